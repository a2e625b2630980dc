type Path = readonly (string | number)[];

/** JSON Pointer (RFC 6901) into the body. What cannot be stored or shown is not echoed either. */
export function pointerOf(path: Path): string {
  return path.map((part) => `/${shown(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Place in the query string, `query:limit`. */
export const queryPointerOf = (path: Path): string => `query:${path.map(shown).join('.')}`;

const shown = (part: string | number): string =>
  String(part)
    .slice(0, 100)
    .replaceAll(/[\p{Cs}\p{Cc}]/gu, '\ufffd');
