import { Failure } from '../../kernel/failure.js';
import { invalidInput } from './invalid-input.js';

const ETAG = /^"v([1-9]\d{0,9})"$/;

/** The strong validator of one version of a resource (RFC 9110, section 8.8.3). */
export const etagOf = (version: number): string => `"v${String(version)}"`;

/**
 * The version in `If-Match`; null when the header is missing. Lists, `*` and weak tags are refused: a change
 * is judged against exactly one version that the caller has seen.
 */
export function versionIn(ifMatch: string | undefined): number | null {
  if (ifMatch === undefined) return null;
  const version = Number(ETAG.exec(ifMatch.trim())?.[1]);
  if (!Number.isInteger(version) || version > 2_147_483_647) {
    const detail = { de: 'ein ETag der Form "v3"', en: 'one ETag of the form "v3"' };
    throw invalidInput('bad-etag', detail, 'header:If-Match');
  }
  return version;
}

/** As `versionIn`, for operations that may not be called without having seen a version (RFC 6585, section 3). */
export function requiredVersionIn(ifMatch: string | undefined): number {
  const version = versionIn(ifMatch);
  if (version === null) throw new Failure('precondition-required');
  return version;
}
