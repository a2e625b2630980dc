/** Words for human readers, in both languages of the house. */
export interface Text {
  readonly de: string;
  readonly en: string;
}

/** One rule that a request breaks: a value, not an error, so that a caller learns all of them at once. */
export interface Violation {
  /** Stable, kebab-case, for machines. */
  readonly code: string;
  /** The provision, `Nr. 1.4 VVG zu § 44 LHO`; null where the rule is one of order, not of law. */
  readonly basis: string | null;
  readonly detail: Text;
  /** JSON Pointer (RFC 6901) to the offending member of the request; null when no single one is to blame. */
  readonly pointer: string | null;
}

export function violation(
  code: string,
  basis: string | null,
  detail: Text,
  pointer: string | null = null,
): Violation {
  return { code, basis, detail, pointer };
}
