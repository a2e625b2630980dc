import type { Verdict } from './foerderbuch-verify.mjs';

/** Checks a whole record as `npm run audit:export` writes it: a file by its path, or its bytes. */
export function verifyWhole(
  source: string | Uint8Array,
  options?: { readonly key?: string | null; readonly checkpoint?: string | null },
): Verdict;
