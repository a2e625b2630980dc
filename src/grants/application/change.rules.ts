import type { CalendarDate } from '../../kernel/calendar-date.js';
import { violation, type Text, type Violation } from '../../kernel/violation.js';
import { applicationRefusal, type ApplicationState, type DecisionState } from '../lifecycle.rules.js';
import type { DecisionKind } from '../decision/decision.rules.js';

export const changeKinds = ['financing', 'purpose', 'staffing', 'period', 'other'] as const;
/** What is another than was granted for (Nr. 5 ANBest-G; the list is assumed, the text was not seen). */
export type ChangeKind = (typeof changeKinds)[number];

export const changeConsequences = [
  'none',
  'amendment',
  'withdrawal_examined',
  'revocation_examined',
] as const;
/** What the granting authority makes of it; the act itself is a decision of its own. */
export type ChangeConsequence = (typeof changeConsequences)[number];

/** The decision on the application, as far as the asker may see it; null where there is none yet. */
export interface DecidedFacts {
  readonly state: DecisionState;
  readonly kind: DecisionKind;
}

/** A change as a rule sees it. */
export interface ChangeFacts {
  readonly number: number;
  readonly answered: boolean;
}

/** Why no change can be told: there is no grant yet, none any more, or none at all; null between notice and closing. */
export function tellingHindrance(state: ApplicationState, decided: DecidedFacts | null): Text | null {
  if (state !== 'decided') return applicationRefusal(state, TOLD);
  if (decided === null || (decided.state !== 'notified' && decided.state !== 'closed')) return NOT_NOTIFIED;
  if (decided.kind === 'refusal') return REFUSED;
  return decided.state === 'closed' ? CLOSED : null;
}

/** What is told has happened; what is only planned is asked for, not told. */
export function judgeChange(sinceOn: CalendarDate, today: CalendarDate): Violation[] {
  if (!sinceOn.isAfter(today)) return [];
  return [
    violation(
      'change-not-yet',
      'Nr. 5 ANBest-G',
      {
        de: 'Der Tag, seit dem die Änderung besteht, liegt in der Zukunft; mitgeteilt wird, was eingetreten ist.',
        en: 'The day since which things have changed lies in the future; what is told has happened.',
      },
      '/sinceOn',
    ),
  ];
}

/** A change is answered once. */
export function judgeAcknowledged(changes: readonly ChangeFacts[], number: number): Violation[] {
  if (changes.some((change) => change.number === number && !change.answered)) return [];
  return [
    violation(
      'change-not-open',
      null,
      {
        de: `Eine Änderungsmitteilung ${String(number)}, die noch nicht beantwortet ist, gibt es zu diesem Antrag nicht.`,
        en: `This application has no change ${String(number)} that is still to be acknowledged.`,
      },
      '/change',
    ),
  ];
}

const TOLD: Text = { de: 'um eine Änderungsmitteilung ergänzt', en: 'told of as changed' };
const NOT_NOTIFIED: Text = {
  de: 'Der Bescheid ist noch nicht bekannt gegeben; Änderungen werden danach mitgeteilt (decision.notify).',
  en: 'The decision is not notified yet; changes are told after that (decision.notify).',
};
const REFUSED: Text = {
  de: 'Der Antrag ist abgelehnt; es gibt keine Zuwendung, zu der Änderungen mitzuteilen wären.',
  en: 'The application is refused; there is no grant of which changes would be told.',
};
const CLOSED: Text = {
  de: 'Der Fall ist abgeschlossen; Änderungen sind nicht mehr mitzuteilen.',
  en: 'The case is closed; changes are no longer to be told.',
};
