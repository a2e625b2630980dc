import type { CentreId, PersonId, SessionId, UserId } from './ids.js';

/** What a person can be granted; each is also a database role that sees only what its trade needs. */
export const roles = [
  'ministry',
  'school_ministry',
  'granting_authority',
  'cashier',
  'municipality',
  'auditor',
  'admin',
] as const;
export type Role = (typeof roles)[number];

/** What a municipality divides among its people: who drafts, who answers for money and figures, who signs. */
export const powers = ['drafter', 'treasurer', 'signatory'] as const;
export type Power = (typeof powers)[number];

/** The house itself at work: before anyone is signed in, on a schedule, sealing the audit log. */
export const technicalRoles = ['signin', 'system', 'sealer'] as const;
export type TechnicalRole = (typeof technicalRoles)[number];

/** In whose name a transaction runs. `centreId` binds a municipality to its centre and is null statewide. */
export interface Actor {
  readonly role: Role | TechnicalRole;
  readonly userId: UserId | null;
  readonly personId: PersonId | null;
  readonly sessionId: SessionId | null;
  readonly centreId: CentreId | null;
  /** Of a municipality's role; empty for every other. */
  readonly powers: readonly Power[];
  /** The person whose duty the actor performs as a deputy; the four eyes are counted over both. */
  readonly onBehalfOf: PersonId | null;
}

/** Whether this person is at work in the act: as the one acting or as the one deputised for. Four eyes count both. */
export function isAtWork(
  person: PersonId | null,
  { personId, onBehalfOf }: Pick<Actor, 'personId' | 'onBehalfOf'>,
): boolean {
  return person !== null && (person === personId || person === onBehalfOf);
}

/** The house acting by itself: no person, no session, no centre. */
export function technicalActor(role: TechnicalRole): Actor {
  return {
    ...{ role, userId: null, personId: null, sessionId: null, centreId: null, powers: [] },
    onBehalfOf: null,
  };
}
