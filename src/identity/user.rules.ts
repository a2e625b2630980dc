import type { Power, Role } from '../kernel/actor.js';
import type { CentreId, PersonId } from '../kernel/ids.js';
import { violation, type Violation } from '../kernel/violation.js';

export const USERNAME = /^[a-z0-9][a-z0-9._-]{2,63}$/;
export const MOST_USERNAME_CHARACTERS = 64;
export const LEAST_PASSWORD_CHARACTERS = 12;
export const MOST_PASSWORD_CHARACTERS = 200;

// No statute names administrators; the house keeps for them what VV zu § 70 LHO keeps for money: never one alone.
const HOUSE_RULE = null;

/** A municipality acts for one centre and with named powers, every other role for the whole state. */
export function judgeGrant(role: Role, centreId: CentreId | null, powers: readonly Power[]): Violation[] {
  return [...judgeCentre(role, centreId), ...judgePowers(role, powers)];
}

function judgePowers(role: Role, powers: readonly Power[]): Violation[] {
  if (role === 'municipality' && powers.length === 0) {
    return [
      violation(
        'powers-missing',
        HOUSE_RULE,
        {
          de: 'Die Rolle braucht mindestens eine Befugnis: Antragsbearbeitung (drafter), Kämmerei (treasurer) oder Zeichnungsbefugnis (signatory).',
          en: 'The role needs at least one power: drafting (drafter), treasury (treasurer) or authority to sign (signatory).',
        },
        '/powers',
      ),
    ];
  }
  if (role !== 'municipality' && powers.length > 0) {
    return [
      violation(
        'powers-not-applicable',
        HOUSE_RULE,
        { de: 'Befugnisse hat nur eine Kommune.', en: 'Only a municipality has powers.' },
        '/powers',
      ),
    ];
  }
  return [];
}

function judgeCentre(role: Role, centreId: CentreId | null): Violation[] {
  if (role === 'municipality' && centreId === null) {
    return [
      violation(
        'centre-missing',
        HOUSE_RULE,
        { de: 'Die Rolle gilt für ein Zentrum.', en: 'The role is for one centre.' },
        '/centreId',
      ),
    ];
  }
  if (role !== 'municipality' && centreId !== null) {
    return [
      violation(
        'centre-not-applicable',
        HOUSE_RULE,
        { de: 'Die Rolle gilt landesweit.', en: 'The role is statewide.' },
        '/centreId',
      ),
    ];
  }
  return [];
}

/** A role grant that waits for its second pair of eyes. */
export interface PendingGrant {
  readonly personId: PersonId;
  readonly grantedBy: PersonId | null;
}

/** Four eyes count persons, not accounts: neither who granted the role nor who will hold it confirms it. */
export function judgeConfirmation({ personId, grantedBy }: PendingGrant, confirmer: PersonId): Violation[] {
  const found: Violation[] = [];
  if (confirmer === grantedBy) {
    found.push(
      violation('four-eyes-granter', HOUSE_RULE, {
        de: 'Wer die Rolle vergeben hat, bestätigt sie nicht.',
        en: 'Who granted the role does not confirm it.',
      }),
    );
  }
  if (confirmer === personId) {
    found.push(
      violation('four-eyes-beneficiary', HOUSE_RULE, {
        de: 'Niemand bestätigt die eigene Rolle.',
        en: 'Nobody confirms a role of their own.',
      }),
    );
  }
  return found;
}

/** Somebody must be left who can administer; `others` are the other persons holding a confirmed admin role. */
export function judgeLossOfAdmin(others: number): Violation[] {
  if (others > 0) return [];
  return [
    violation('last-admin', HOUSE_RULE, {
      de: 'Das wäre die letzte Person, die Konten verwalten kann.',
      en: 'This would be the last person who can administer accounts.',
    }),
  ];
}

/** The founding administrators must be two persons, or nobody could ever confirm a role. */
export function judgeFounders(founders: readonly { username: string; name: string }[]): Violation[] {
  const names = new Set(founders.map(({ name }) => name.trim().toLowerCase()));
  const usernames = new Set(founders.map(({ username }) => username));
  if (founders.length === 2 && names.size === 2 && usernames.size === 2) return [];
  return [
    violation('two-founders', HOUSE_RULE, {
      de: 'Es müssen zwei verschiedene Personen mit eigenen Anmeldenamen sein.',
      en: 'There must be two different persons with user names of their own.',
    }),
  ];
}
