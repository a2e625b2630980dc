import type { Power, Role } from '../kernel/actor.js';
import type { CentreId, RoleGrantId } from '../kernel/ids.js';
import { violation, type Violation } from '../kernel/violation.js';

export const ACCESS_TOKEN_SECONDS = 600;
export const SESSION_HOURS = 12;
export const LOCK_MINUTES = 15;
const MOST_MISSES = 5;

/** What a missed password does to an account: counts, and with the fifth in a row locks and begins to count anew. */
export function afterMiss(failedAttempts: number): { failedAttempts: number; locks: boolean } {
  const locks = failedAttempts + 1 >= MOST_MISSES;
  return { failedAttempts: locks ? 0 : failedAttempts + 1, locks };
}

/** A confirmed, unrevoked role an account may act in. */
export interface LiveRole {
  readonly id: RoleGrantId;
  readonly role: Role;
  readonly centreId: CentreId | null;
  readonly powers: readonly Power[];
}

/** What the caller asked to act as; both null where the account leaves no choice. */
export interface RoleWish {
  readonly role: Role | null;
  readonly centreId: CentreId | null;
}

/** The roles that fit the wish. A session acts in exactly one, so the caller must choose among several. */
export function fittingRoles(held: readonly LiveRole[], wish: RoleWish): LiveRole[] {
  return held.filter(
    ({ role, centreId }) =>
      (wish.role === null || role === wish.role) && (wish.centreId === null || centreId === wish.centreId),
  );
}

/** Objection to a sign-in that leaves open in which of several roles it acts. */
export function roleNotChosen(fitting: readonly LiveRole[]): Violation {
  const names = fitting
    .map(({ role, centreId }) => (centreId === null ? role : `${role} ${centreId}`))
    .sort()
    .join(', ');
  return violation(
    'role-not-chosen',
    null,
    { de: `Das Konto hat mehrere Rollen: ${names}`, en: `The account holds several roles: ${names}` },
    '/role',
  );
}
