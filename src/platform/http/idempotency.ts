import { createHash } from 'node:crypto';
import { Failure } from '../../kernel/failure.js';
import { invalidInput } from './invalid-input.js';
import { ON_BEHALF_OF } from './on-behalf-of.js';
import type { KeyUse } from './operation.js';
import type { HttpRequest } from './request.js';

const VISIBLE_ASCII = /^[\x21-\x7e]{1,200}$/;

/** The caller's key and what it stands for, or null where the operation takes none or none was sent. */
export function idempotencyOf(
  request: HttpRequest,
  use: KeyUse,
): { key: string; fingerprint: string } | null {
  if (use === 'none') return null;
  const key = request.get('idempotency-key');
  if (key === undefined || key === '') {
    if (use === 'required') throw new Failure('idempotency-key-missing');
    return null;
  }
  if (!VISIBLE_ASCII.test(key)) {
    const detail = { de: '1 bis 200 sichtbare ASCII-Zeichen', en: '1 to 200 visible ASCII characters' };
    throw invalidInput('bad-idempotency-key', detail, 'header:Idempotency-Key');
  }
  return { key, fingerprint: fingerprintOf(request) };
}

/**
 * SHA-256 over method, path and body: a key sent again with anything else is another request. Who sends it is
 * not part of it, keys are kept per user, but for whom a substitute acts is; `dryRun` is not, so that a rehearsal and
 * the real call agree.
 */
export function fingerprintOf(request: HttpRequest): string {
  const url = new URL(request.originalUrl, 'http://localhost');
  url.searchParams.delete('dryRun');
  url.searchParams.sort();
  const represented = request.get(ON_BEHALF_OF) ?? '';
  const lines = [
    request.method,
    `${url.pathname}?${url.searchParams.toString()}`,
    request.bodyDigest ?? '',
    ...(represented === '' ? [] : [represented]),
  ];
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}
