import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { Id } from '../../kernel/ids.js';
import type { Lifecycle } from '../../kernel/lifecycle.js';
import type { Money } from '../../kernel/money.js';
import { violation, type Violation } from '../../kernel/violation.js';
import { changeOf, type AmountCourse } from './in-force.rules.js';

export type SuitState = 'suit_recorded' | 'upheld' | 'annulled' | 'withdrawn';

/** A suit itself; withdrawn, it leaves the decision as it is. */
export const suitLifecycle: Lifecycle<SuitState> = {
  suit_recorded: ['upheld', 'annulled', 'withdrawn'],
  upheld: [],
  annulled: [],
  withdrawn: [],
};

export const suitOutcomes = ['upheld', 'annulled', 'withdrawn'] as const;
export type SuitOutcome = (typeof suitOutcomes)[number];

/** The decision as far as bringing action is concerned. */
export interface ChallengeableDecision {
  readonly notifiedOn: CalendarDate | null;
  readonly remedyEndsOn: CalendarDate | null;
  readonly remedyInformation: boolean;
  readonly waivedOn: CalendarDate | null;
}

/** A part of one amount: challenged, or set aside. */
export interface AmountPart {
  readonly amountId: Id<'DecisionAmount'>;
  readonly cents: Money;
}

/** An action is brought after the notice, before anything was waived and while there is time (§§ 74, 58 VwGO). */
export function judgeSuitDay(
  { notifiedOn, remedyEndsOn, remedyInformation, waivedOn }: ChallengeableDecision,
  broughtOn: CalendarDate,
  today: CalendarDate,
): Violation[] {
  const at = '/broughtOn';
  const found: Violation[] = [];
  if (broughtOn.isAfter(today)) {
    found.push(
      violation(
        'suit-in-the-future',
        '§ 81 VwGO',
        { de: 'Der Tag der Klage liegt in der Zukunft.', en: 'The day of the suit lies in the future.' },
        at,
      ),
    );
  }
  if (notifiedOn === null || broughtOn.isBefore(notifiedOn)) {
    found.push(
      violation(
        'suit-before-notification',
        '§ 43 Abs. 1 VwVfG NRW',
        {
          de: 'Vor seiner Bekanntgabe ist ein Bescheid nicht wirksam und nicht anfechtbar.',
          en: 'Before it is made known a decision has no effect and cannot be challenged.',
        },
        at,
      ),
    );
  }
  if (waivedOn !== null && !broughtOn.isBefore(waivedOn)) {
    found.push(
      violation(
        'remedies-waived',
        '§ 74 Abs. 1 VwGO',
        {
          de: `Auf Rechtsbehelfe wurde am ${waivedOn.format('de')} verzichtet.`,
          en: `Remedies were waived on ${waivedOn.toString()}.`,
        },
        at,
      ),
    );
  }
  if (remedyEndsOn !== null && broughtOn.isAfter(remedyEndsOn)) {
    found.push(
      violation(
        'suit-too-late',
        remedyInformation ? '§ 74 Abs. 1 VwGO' : '§ 58 Abs. 2 VwGO',
        {
          de: `Die Klagefrist endete am ${remedyEndsOn.format('de')}; der Bescheid ist seitdem bestandskräftig.`,
          en: `The time to bring action ended on ${remedyEndsOn.toString()}; the decision has been final since.`,
        },
        at,
      ),
    );
  }
  return found;
}

/** A suit concerns amounts of this decision, none twice, each with a part of what the decision gave or took there. */
export function judgeChallenges(rows: readonly AmountCourse[], parts: readonly AmountPart[]): Violation[] {
  return parts.flatMap(({ amountId, cents }, index) => {
    const at = `/amounts/${String(index)}`;
    const row = rows.find(({ id }) => id === amountId);
    if (row === undefined || parts.findIndex((part) => part.amountId === amountId) !== index) {
      return [unknownAmount(`${at}/amountId`)];
    }
    if (row.suit !== 'no_suit') {
      return [
        violation(
          'challenged-already',
          null,
          { de: 'Um diesen Betrag ging schon eine Klage.', en: 'A suit has already concerned this amount.' },
          `${at}/amountId`,
        ),
      ];
    }
    return judgePart(cents, absolute(changeOf(row)), `${at}/challengedCents`);
  });
}

/** How the suit ended: a day that has come, and what was set aside is part of what was challenged. */
export function judgeEnd(
  suit: {
    readonly broughtOn: CalendarDate;
    readonly outcome: SuitOutcome;
    readonly endedOn: CalendarDate;
    readonly rows: readonly AmountCourse[];
    readonly annulled: readonly AmountPart[] | null;
  },
  today: CalendarDate,
): Violation[] {
  const { broughtOn, outcome, endedOn, rows, annulled } = suit;
  const found: Violation[] = [];
  if (endedOn.isAfter(today) || endedOn.isBefore(broughtOn)) {
    found.push(
      violation(
        'suit-end-impossible',
        '§ 121 VwGO',
        {
          de: 'Eine Klage endet nach ihrer Erhebung und nicht in der Zukunft.',
          en: 'A suit ends after it was brought, and not in the future.',
        },
        '/endedOn',
      ),
    );
  }
  if (annulled !== null && outcome !== 'annulled') {
    found.push(
      violation(
        'nothing-was-annulled',
        '§ 113 Abs. 1 VwGO',
        {
          de: 'Nur wenn das Gericht den Bescheid aufhebt, gibt es aufgehobene Beträge.',
          en: 'Amounts are set aside only where the court annuls the decision.',
        },
        '/amounts',
      ),
    );
  }
  if (annulled?.length === 0) {
    found.push(unknownAmount('/amounts'));
  }
  const judged = (annulled ?? []).flatMap(({ amountId, cents }, index) => {
    const at = `/amounts/${String(index)}`;
    const row = rows.find(({ id, suit: state }) => id === amountId && state === 'suit_recorded');
    if (row === undefined || (annulled ?? []).findIndex((part) => part.amountId === amountId) !== index)
      return [unknownAmount(`${at}/amountId`)];
    return judgePart(cents, row.challenged, `${at}/annulledCents`);
  });
  return [...found, ...judged];
}

/** All of what the decision gave or took, amount by amount: a suit against the whole. */
export function wholeOf(rows: readonly AmountCourse[]): AmountPart[] {
  return rows
    .map((row) => ({ amountId: row.id, cents: absolute(changeOf(row)) }))
    .filter(({ cents }) => cents.isPositive());
}

export function absolute(amount: Money): Money {
  return amount.isNegative() ? amount.negated() : amount;
}

function judgePart(cents: Money, most: Money, pointer: string): Violation[] {
  if (cents.isPositive() && cents.compare(most) <= 0) return [];
  return [
    violation(
      'part-beyond-whole',
      '§ 42 VwGO',
      {
        de: `Hier kann es um mehr als 0 und höchstens ${most.format('de')} gehen.`,
        en: `This can be about more than 0 and at most ${most.format('en')}.`,
      },
      pointer,
    ),
  ];
}

function unknownAmount(pointer: string): Violation {
  return violation(
    'amount-unknown',
    null,
    {
      de: 'Diesen Betrag gibt es hier nicht, oder er ist doppelt genannt.',
      en: 'There is no such amount here, or it is named twice.',
    },
    pointer,
  );
}
