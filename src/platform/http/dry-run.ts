import { invalidInput } from './invalid-input.js';

/** The query parameter of every write but sessions and tokens. */
export const DRY_RUN = 'dryRun';

/** `?dryRun=true|false`; anything else is refused rather than taken for "no", which would write. */
export function isDryRun(query: Record<string, unknown>, allowed: boolean): boolean {
  const written = query[DRY_RUN];
  if (written === undefined) return false;
  if (!allowed) {
    const detail = { de: 'hier kein Probelauf', en: 'no dry run here' };
    throw invalidInput('unknown-field', detail, `query:${DRY_RUN}`);
  }
  if (written !== 'true' && written !== 'false') {
    throw invalidInput('not-a-flag', { de: 'true oder false', en: 'true or false' }, `query:${DRY_RUN}`);
  }
  return written === 'true';
}
