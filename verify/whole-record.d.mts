import type { Verdict } from './foerderbuch-verify.mjs';

/** Checks the file of a whole record, as `npm run audit:export` writes it. */
export function verifyWhole(
  path: string,
  options?: { readonly key?: string | null; readonly checkpoint?: string | null },
): Verdict;
