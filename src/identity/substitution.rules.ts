import { isAtWork, type Actor, type Power, type Role } from '../kernel/actor.js';
import type { CalendarDate } from '../kernel/calendar-date.js';
import type { CentreId, PersonId } from '../kernel/ids.js';
import { violation, type Violation } from '../kernel/violation.js';

// As for roles: no statute names substitutes of clerks; the house keeps for them what VV zu § 70 LHO keeps for money.
const HOUSE_RULE = null;

/** A role somebody may act in, as far as it matters who could stand in for whom. */
export interface HeldRole {
  readonly personId: PersonId;
  readonly role: Role;
  readonly centreId: CentreId | null;
  readonly powers: readonly Power[];
}

export interface Leave {
  readonly validFrom: CalendarDate;
  /** The first day the substitute no longer acts. */
  readonly validTo: CalendarDate;
}

/** The grants by which an account could exercise a role for somebody else: the same role, for the same centre, with the same powers at least. */
export function fittingGrants<T extends HeldRole>(held: readonly T[], role: HeldRole): T[] {
  return held.filter((own) => own.role === role.role && own.centreId === role.centreId && covers(own, role));
}

function covers(own: HeldRole, role: HeldRole): boolean {
  return role.powers.every((power) => own.powers.includes(power));
}

/** Another person who holds the role anyway, for days that are not over: a substitute gains no right by it. */
export function judgeSubstitution(
  { role, substitute, held }: { role: HeldRole; substitute: PersonId; held: readonly HeldRole[] },
  { validFrom, validTo }: Leave,
  today: CalendarDate,
): Violation[] {
  const found: Violation[] = [];
  if (substitute === role.personId) {
    found.push(
      violation(
        'own-substitute',
        HOUSE_RULE,
        { de: 'Niemand vertritt sich selbst.', en: 'Nobody stands in for themselves.' },
        '/substituteUserId',
      ),
    );
  }
  if (fittingGrants(held, role).length === 0) {
    found.push(
      violation(
        'role-not-held',
        HOUSE_RULE,
        {
          de: 'Wer vertritt, hat dieselbe Rolle selbst: für dasselbe Zentrum und mindestens mit denselben Befugnissen, bestätigt und nicht entzogen.',
          en: 'Whoever stands in holds the same role: for the same centre and with the same powers at least, confirmed and not revoked.',
        },
        '/substituteUserId',
      ),
    );
  }
  return [...found, ...judgeLeave({ validFrom, validTo }, today)];
}

function judgeLeave({ validFrom, validTo }: Leave, today: CalendarDate): Violation[] {
  if (!validFrom.isBefore(validTo)) {
    const detail = {
      de: 'Die Vertretung endet, bevor sie beginnt; „bis“ nennt den ersten Tag danach.',
      en: 'The substitution ends before it begins; "to" names the first day after it.',
    };
    return [violation('leave-empty', HOUSE_RULE, detail, '/to')];
  }
  if (validTo.isAfter(today)) return [];
  const detail = {
    de: 'Für vergangene Tage wird niemand vertreten.',
    en: 'Nobody is represented on days that are over.',
  };
  return [violation('leave-over', HOUSE_RULE, detail, '/to')];
}

/** Four eyes over persons: neither who entered it nor either of the two it is about confirms it. */
export function judgeSubstitutionConfirmation(
  proposed: { readonly proposedBy: PersonId; readonly personId: PersonId; readonly substituteId: PersonId },
  acting: Pick<Actor, 'personId' | 'onBehalfOf'>,
): Violation[] {
  const found: Violation[] = [];
  if (isAtWork(proposed.proposedBy, acting)) {
    found.push(
      violation('four-eyes', HOUSE_RULE, {
        de: 'Wer die Vertretung eingetragen hat, bestätigt sie nicht.',
        en: 'Who entered the substitution does not confirm it.',
      }),
    );
  }
  if (isAtWork(proposed.personId, acting) || isAtWork(proposed.substituteId, acting)) {
    found.push(
      violation('four-eyes-beneficiary', HOUSE_RULE, {
        de: 'Wer vertreten wird oder vertritt, bestätigt die Vertretung nicht.',
        en: 'Neither who is represented nor who stands in confirms the substitution.',
      }),
    );
  }
  return found;
}
