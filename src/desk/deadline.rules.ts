import type { Confidence } from '../kernel/confidence.js';
import type { Role } from '../kernel/actor.js';
import { CalendarDate } from '../kernel/calendar-date.js';
import type { Text } from '../kernel/violation.js';
import { lastDayToTakeBack, type Ground } from '../grants/decision/act.rules.js';
import { finalityOf, nextWorkingDay, type NotificationMode } from '../grants/decision/finality.rules.js';

/** What a period is reckoned from; which of it counts is the business of each kind. */
export interface DeadlineFacts {
  /** The day of what set the period going. */
  readonly eventOn: CalendarDate;
  /** The day the thing itself names; null where the period follows from the event. */
  readonly namedOn: CalendarDate | null;
  readonly mode: NotificationMode | null;
  readonly remedyInformation: boolean | null;
  readonly ground: Ground | null;
}

/** When a period ends: by the calendar, and after moving to the next working day where the law moves it. */
export interface Ending {
  readonly endsOn: CalendarDate;
  readonly dueOn: CalendarDate;
}

/** One kind of deadline in words and in law. */
export interface DeadlineRule {
  /** The operation by which its things are read: who may not, hears nothing of it (access.rules.ts). */
  readonly seenBy: string;
  readonly whose: Role;
  readonly event: Text;
  readonly text: Text;
  readonly consequence: Text;
  readonly basis: string;
  readonly confidence: Confidence;
  /** Null where no period runs. */
  ending(facts: DeadlineFacts): Ending | null;
}

/** Ends of periods move off Saturdays, Sundays and the holidays of North Rhine-Westphalia (§ 31 (3) VwVfG NRW). */
function moved(endsOn: CalendarDate): Ending {
  return { endsOn, dueOn: nextWorkingDay(endsOn) };
}

function fixed(dueOn: CalendarDate): Ending {
  return { endsOn: dueOn, dueOn };
}

const named = ({ eventOn, namedOn }: DeadlineFacts): CalendarDate => namedOn ?? eventOn;
const lastOfYear = (day: CalendarDate): CalendarDate => CalendarDate.of(day.year, 12, 31);

/** For how long drawn money may lie, by the day it was paid; another number is another row. */
const timeToUse: readonly { readonly from: CalendarDate | null; readonly months: number }[] = [
  { from: null, months: 2 },
];

function monthsToUse(paidOn: CalendarDate): number {
  const holding = timeToUse.filter(({ from }) => from === null || !paidOn.isBefore(from));
  return holding.at(-1)?.months ?? 0;
}

/** EVERY kind of deadline; what it is reckoned from is selected in deadline.repository.ts. */
export const deadlineRules = {
  remedy_period: {
    seenBy: 'decision.list',
    whose: 'municipality',
    event: { de: 'Bekanntgabe des Bescheids', en: 'Notification of the decision' },
    text: { de: 'Ende der Klagefrist', en: 'End of the period to bring action' },
    consequence: {
      de: 'Der Bescheid wird unanfechtbar; danach kann ausgezahlt werden.',
      en: 'The decision can no longer be challenged; from then on money can be paid.',
    },
    basis: '§ 74 Abs. 1, § 58 Abs. 2, § 57 Abs. 2 VwGO',
    confidence: 'derived',
    ending: ({ eventOn, mode, remedyInformation }) => {
      if (mode === null || remedyInformation === null) return null;
      const { derivation, remedyEndsOn } = finalityOf({ mode, on: eventOn, remedyInformation });
      const period = derivation.find(({ rule }) => rule === 'remedy-period');
      return {
        endsOn: period === undefined ? remedyEndsOn : CalendarDate.parse(period.result),
        dueOn: remedyEndsOn,
      };
    },
  },
  taking_back: {
    seenBy: 'decision.withdraw',
    whose: 'granting_authority',
    event: { de: 'Volle Kenntnis der Tatsachen', en: 'Full knowledge of the facts' },
    text: {
      de: 'Ende der Jahresfrist für Rücknahme oder Widerruf',
      en: 'End of the year for withdrawal or revocation',
    },
    consequence: {
      de: 'Rücknahme oder Widerruf ist danach ausgeschlossen; es zählt die Bekanntgabe, nicht der Entwurf.',
      en: 'Afterwards the decision can no longer be taken back; what counts is the notice, not the draft.',
    },
    basis: '§ 48 Abs. 4, § 49 Abs. 3 Satz 2 VwVfG NRW',
    confidence: 'derived',
    // The year binds the authority; its end is not moved.
    ending: ({ eventOn, ground }) => {
      const last = ground === null ? null : lastDayToTakeBack(ground, eventOn);
      return last === null ? null : fixed(last);
    },
  },
  hearing: {
    seenBy: 'decision.course',
    whose: 'municipality',
    event: { de: 'Eröffnung der Anhörung', en: 'Opening of the hearing' },
    text: { de: 'Ende der Anhörung', en: 'End of the hearing' },
    consequence: {
      de: 'Danach wird nach Lage der Akten entschieden.',
      en: 'Afterwards it is decided on the file as it stands.',
    },
    basis: '§ 28 Abs. 1, § 31 Abs. 3 VwVfG NRW',
    confidence: 'assumed',
    ending: (facts) => moved(named(facts)),
  },
  query: {
    seenBy: 'application.read',
    whose: 'municipality',
    event: { de: 'Rückfrage zum Antrag', en: 'Query about the application' },
    text: { de: 'Antwort auf die Rückfrage', en: 'Answer to the query' },
    consequence: {
      de: 'Bis zur Antwort ruht die Prüfung des Antrags; auch eine spätere wird angenommen.',
      en: 'Until it is answered the check of the application rests; a later answer is taken too.',
    },
    basis: '§ 26 Abs. 2, § 31 Abs. 2 VwVfG NRW',
    confidence: 'derived',
    // Moved to a working day when it was asked (query.rules.ts).
    ending: (facts) => fixed(named(facts)),
  },
  call_window: {
    seenBy: 'call.list',
    whose: 'municipality',
    event: { de: 'Beginn des Aufrufs', en: 'Beginning of the call' },
    text: { de: 'Letzter Tag des Aufrufs', en: 'Last day of the call' },
    consequence: {
      de: 'Danach nimmt der Aufruf keinen Antrag mehr an.',
      en: 'Afterwards the call takes no more applications.',
    },
    basis: 'VVG zu § 44 LHO',
    confidence: 'derived',
    // The day that was announced is the day that counts (call.rules.ts).
    ending: (facts) => fixed(named(facts)),
  },
  drawdown_due: {
    seenBy: 'drawdown.list',
    whose: 'granting_authority',
    event: { de: 'Mittelabruf', en: 'Drawdown request' },
    text: { de: 'Fälligkeit eines Mittelabrufs', en: 'Drawdown due' },
    consequence: {
      de: 'Die Kommune erhält das Geld später, als sie es braucht.',
      en: 'The municipality gets the money later than it needs it.',
    },
    basis: 'Nr. 7.2 VVG zu § 44 LHO',
    confidence: 'derived',
    ending: (facts) => fixed(named(facts)),
  },
  use_of_money: {
    seenBy: 'payment.list',
    whose: 'municipality',
    event: { de: 'Auszahlung', en: 'Payment' },
    text: { de: 'Verwendung abgerufener Mittel', en: 'Use of money that was drawn' },
    consequence: {
      de: 'Für Geld, das bis dahin nicht für fällige Zahlungen verwendet ist, können Zinsen verlangt werden (§ 49a Abs. 4 VwVfG NRW).',
      en: 'Interest can be demanded for money not used for due payments by then (section 49a (4) VwVfG NRW).',
    },
    basis: 'Nr. 7.2 VVG zu § 44 LHO, § 31 Abs. 3 VwVfG NRW',
    confidence: 'derived',
    ending: ({ eventOn }) => moved(eventOn.plusMonths(monthsToUse(eventOn))),
  },
  proof_of_use: {
    seenBy: 'settlement.list',
    whose: 'municipality',
    event: { de: 'Ende des Haushaltsjahres', en: 'End of the funding year' },
    text: { de: 'Verwendungsnachweis fällig', en: 'Settlement report due' },
    consequence: {
      de: 'Solange der Nachweis fehlt, wird nichts mehr ausgezahlt; der Bescheid kann widerrufen werden (§ 49 Abs. 3 VwVfG NRW).',
      en: 'While the report is missing nothing more is paid; the decision can be revoked (section 49 (3) VwVfG NRW).',
    },
    basis: 'Nr. 7 ANBest-G',
    confidence: 'assumed',
    // By the named day, as settlements and drawdowns count it.
    ending: (facts) => fixed(named(facts)),
  },
  authorisation_lapse: {
    seenBy: 'commitmentAuthorisation.list',
    whose: 'granting_authority',
    event: { de: 'Freigabe der Verpflichtungsermächtigung', en: 'Release of the commitment authorisation' },
    text: { de: 'Ende der Verpflichtungsermächtigung', en: 'End of the commitment authorisation' },
    consequence: {
      de: 'Soweit sie nicht in Anspruch genommen ist, verfällt sie.',
      en: 'As far as it has not been used it lapses.',
    },
    basis: '§ 45 Abs. 1 LHO NRW',
    confidence: 'verified',
    ending: (facts) => fixed(lastOfYear(named(facts))),
  },
  year_close: {
    seenBy: 'budget.years',
    whose: 'ministry',
    event: { de: 'Beginn des Haushaltsjahres', en: 'Beginning of the budget year' },
    text: { de: 'Ende des Haushaltsjahres, dann Abschluss', en: 'End of the budget year, then its closing' },
    consequence: {
      de: 'Was bis dahin nicht ausgegeben und nicht übertragbar ist, verfällt; danach ist das Jahr abzuschließen.',
      en: 'What is neither spent by then nor transferable lapses; afterwards the year is to be closed.',
    },
    basis: '§§ 45, 76 LHO NRW',
    confidence: 'derived',
    ending: (facts) => fixed(lastOfYear(facts.eventOn)),
  },
} satisfies Readonly<Record<string, DeadlineRule>>;

export type DeadlineKind = keyof typeof deadlineRules;
export const deadlineKinds = Object.keys(deadlineRules) as DeadlineKind[];

/** Days until the end: 0 on the day itself, negative when it is missed. */
export function daysLeft(dueOn: CalendarDate, today: CalendarDate): number {
  return today.daysUntil(dueOn);
}
