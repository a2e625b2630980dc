import { isUuid, type PersonId } from '../../kernel/ids.js';
import { invalidInput } from './invalid-input.js';

/** The header that says for whom a substitute acts. */
export const ON_BEHALF_OF = 'On-Behalf-Of';

/** The person in the header; null without one. Whether a substitution holds, the database checks as it lets the caller in. */
export function representedIn(header: string | undefined): PersonId | null {
  if (header === undefined || header === '') return null;
  if (!isPerson(header)) {
    const detail = { de: 'die Kennung einer Person', en: 'the id of a person' };
    throw invalidInput('not-an-id', detail, `header:${ON_BEHALF_OF}`);
  }
  return header;
}

function isPerson(text: string): text is PersonId {
  return isUuid(text);
}
