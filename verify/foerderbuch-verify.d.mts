/** What stands where in a finding; all null when everything holds or nothing could be checked. */
export interface Finding {
  readonly field: string | null;
  readonly fault: string | null;
  /** Place of the record in the case, counted from 1; null when the finding is about the file. */
  readonly record: number | null;
  readonly leafIndex: number | null;
}

export interface Verdict extends Finding {
  readonly code: 0 | 1 | 2;
  /** German, then English; then, without a trusted key, where the key came from. */
  readonly lines: readonly string[];
  readonly totals: readonly {
    readonly stage: string;
    readonly totalCents: bigint;
    readonly balanceCents: bigint;
  }[];
}

export function verify(
  text: string,
  options?: { readonly key?: string | null; readonly checkpoint?: string | null },
): Verdict;

/** The leaf of a record's bytes; throws like `checkRecord` when they do not stand at this place in the tree. */
export function sealedLeaf(
  bytes: Uint8Array,
  index: number,
  proof: readonly Uint8Array[],
  log: { readonly size: number; readonly root: Uint8Array },
): Uint8Array;

/** What a record of several cases says of one; throws when the record does not pin these bytes. */
export function readPart(bytes: Uint8Array, body: { readonly parts: readonly object[] }): object;

/** Checks one record by itself; throws an error with `field` and `fault` when it does not hold. */
export function checkRecord(
  record: object,
  log: { readonly caseId: string; readonly size: number; readonly root: Uint8Array; readonly epoch: number },
): { readonly leaf: Uint8Array };

/** RFC 8785 for what the records use. */
export function canonical(value: unknown): string;
