import { apportion } from '../../kernel/allocate.js';
import { isAtWork, type Actor } from '../../kernel/actor.js';
import { CalendarDate } from '../../kernel/calendar-date.js';
import { Fraction } from '../../kernel/fraction.js';
import type { FundingYear } from '../../kernel/funding-year.js';
import type { PersonId } from '../../kernel/ids.js';
import type { Lifecycle } from '../../kernel/lifecycle.js';
import { Money } from '../../kernel/money.js';
import { violation, type Text, type Violation } from '../../kernel/violation.js';
import { payableHundredths, type PaymentDate } from '../../programmes/guideline.rules.js';

export type DrawdownState = 'requested' | 'certified' | 'ordered' | 'rejected' | 'cancelled';

/**
 * A drawdown: requested by the recipient, certified by the authority, ordered by another person. When its payment
 * comes back it is certified as before and waits for a new order.
 */
export const drawdownLifecycle: Lifecycle<DrawdownState> = {
  requested: ['certified', 'rejected', 'cancelled'],
  certified: ['ordered', 'rejected', 'cancelled'],
  ordered: ['certified'],
  rejected: [],
  cancelled: [],
};

/** The states in which a drawdown claims its part of the grant. */
export const claimingStates: readonly DrawdownState[] = ['requested', 'certified', 'ordered'];

const ALL = 10_000;
const NOTICE_FINAL = 'Nr. 7.1 VVG zu § 44 LHO';
const CHAIN_OF_ORDERS = 'VV zu § 70 LHO NRW';

/** What judging a drawdown needs to know of its decision and year. */
export interface CallFacts {
  readonly amount: Money;
  readonly dueOn: CalendarDate;
  readonly fundingYear: FundingYear;
  /** Years for which the decision pays anything in cash. */
  readonly grantedYears: readonly number[];
  /** State money of the year that the decision pays in cash. */
  readonly granted: Money;
  /** What other drawdowns of the decision and year already claim. */
  readonly claimed: Money;
  /** Payment dates of the guideline version the decision rests on. */
  readonly paymentDates: readonly PaymentDate[];
  /** First day the decision can no longer be challenged; null while that is open. */
  readonly finalOn: CalendarDate | null;
  /** What of the year's state money can no longer be challenged today: a suit may concern a part only. */
  readonly finalShare: Money;
  /** Proofs of earlier years that are due and have not arrived. */
  readonly overdueProofs: readonly { readonly fundingYear: number; readonly proofDueOn: CalendarDate }[];
}

/**
 * How much of a grant may be called on a day in all: the cumulative part of the payment dates reached, rounded down,
 * so that no instalment is a cent ahead of its date; the last date gives the rest.
 */
export function payableOn(
  granted: Money,
  paymentDates: readonly PaymentDate[],
  fundingYear: FundingYear,
  day: CalendarDate,
): Money {
  const part = Fraction.of(payableHundredths({ paymentDates }, fundingYear, day), ALL);
  return Money.ofCents(Fraction.of(granted.cents).times(part).floor());
}

/** Every objection to a request made today. */
export function judgeRequest(facts: CallFacts, today: CalendarDate): Violation[] {
  if (facts.granted.isZero()) return [...notFinal(facts, today), yearNotGranted(facts)];
  return [
    ...notFinal(facts, today),
    ...outsideYear(facts),
    ...aboveFinalShare(facts, today),
    ...aboveShare(facts, facts.dueOn),
    ...proofsOverdue(facts),
  ];
}

/** Every objection to ordering the payment today; what held when it was requested must hold still. */
export function judgeOrder(
  facts: CallFacts & {
    readonly hasAccount: boolean;
    /** Promised under a commitment authorisation, and not yet brought onto the appropriation of its year. */
    readonly onlyPromised: Money;
  },
  today: CalendarDate,
): Violation[] {
  const violations = [
    ...notFinal(facts, today),
    ...aboveFinalShare(facts, today),
    ...aboveShare(facts, today),
    ...proofsOverdue(facts),
  ];
  if (today.isBefore(facts.dueOn)) {
    violations.push(
      violation('not-due', 'Nr. 7.2 VVG zu § 44 LHO', {
        de: `Der Abruf ist erst am ${facts.dueOn.format('de')} fällig.`,
        en: `The drawdown is not due before ${facts.dueOn}.`,
      }),
    );
  }
  if (facts.onlyPromised.isPositive()) {
    violations.push(yearNotOpened(facts));
  }
  if (!facts.hasAccount) {
    violations.push(
      violation('no-confirmed-account', CHAIN_OF_ORDERS, {
        de: 'Für das Zentrum ist kein von einer zweiten Person bestätigtes Konto hinterlegt.',
        en: 'No account of the centre has been confirmed by a second person.',
      }),
    );
  }
  return violations;
}

function notFinal({ finalOn }: CallFacts, today: CalendarDate): Violation[] {
  if (finalOn !== null && !today.isBefore(finalOn)) {
    return [];
  }
  const since =
    finalOn === null
      ? { de: 'der Tag ist noch offen', en: 'the day is still open' }
      : { de: `am ${finalOn.format('de')}`, en: `on ${finalOn.format('en')}` };
  return [
    violation('not-final', NOTICE_FINAL, {
      de: `Ausgezahlt wird erst, wenn der Bescheid bestandskräftig ist (${since.de}). Ein Rechtsbehelfsverzicht führt sie herbei, sobald der Bescheid als bekannt gegeben gilt (decision.waiveRemedies).`,
      en: `Payment needs a final notice (${since.en}). A waiver of remedies makes it final as soon as it counts as made known (decision.waiveRemedies).`,
    }),
  ];
}

/** What a suit, or the time to bring one, still holds up is not paid; the rest is. */
function aboveFinalShare(
  { amount, granted, finalShare, claimed, finalOn }: CallFacts,
  today: CalendarDate,
): Violation[] {
  if (finalOn === null || today.isBefore(finalOn) || finalShare.compare(granted) >= 0) return [];
  const left = Money.max(Money.zero, finalShare.minus(claimed));
  if (amount.compare(left) <= 0) return [];
  const held = granted.minus(finalShare);
  return [
    violation(
      'above-final-share',
      NOTICE_FINAL,
      {
        de: `Von der Zuwendung sind ${held.format('de')} noch nicht bestandskräftig; vom Übrigen sind ${left.format('de')} noch nicht abgerufen.`,
        en: `Of the grant, ${held.format('en')} is not final yet; of the rest, ${left.format('en')} is left to call.`,
      },
      '/amountCents',
    ),
  ];
}

/** Money of a later year is a promise until the books of that year are open; only what is committed is paid. */
function yearNotOpened({
  fundingYear,
  onlyPromised,
}: Pick<CallFacts, 'fundingYear'> & { onlyPromised: Money }) {
  return violation('year-not-opened', '§ 38 LHO NRW', {
    de: `Für ${fundingYear} sind ${onlyPromised.format('de')} bisher nur zugesagt (Verpflichtungsermächtigung); ausgezahlt wird, sobald das Haushaltsjahr eröffnet ist (budget.openYear).`,
    en: `For ${fundingYear}, ${onlyPromised.format('en')} is only promised so far (commitment authorisation); it is paid once the budget year has been opened (budget.openYear).`,
  });
}

function yearNotGranted({ fundingYear, grantedYears }: CallFacts): Violation {
  const years = grantedYears.join(', ');
  return violation(
    'year-not-granted',
    NOTICE_FINAL,
    years === ''
      ? {
          de: 'Der Bescheid bewilligt kein Geld, das auszuzahlen wäre.',
          en: 'The decision grants no money that could be paid.',
        }
      : {
          de: `Der Bescheid bewilligt für ${fundingYear} nichts; er bewilligt Geld für ${years}.`,
          en: `The decision grants nothing for ${fundingYear}; it grants money for ${years}.`,
        },
    '/fundingYear',
  );
}

function outsideYear({ dueOn, fundingYear }: CallFacts): Violation[] {
  return dueOn.year === fundingYear
    ? []
    : [
        violation(
          'outside-funding-year',
          '§ 45 LHO NRW',
          {
            de: `Mittel des Jahres ${fundingYear} werden von Januar bis Dezember ${fundingYear} fällig, nicht am ${dueOn.format('de')}.`,
            en: `Money of ${fundingYear} falls due from January to December ${fundingYear}, not on ${dueOn}.`,
          },
          '/dueOn',
        ),
      ];
}

function aboveShare(facts: CallFacts, day: CalendarDate): Violation[] {
  const payable = payableOn(facts.granted, facts.paymentDates, facts.fundingYear, day);
  const left = Money.max(Money.zero, payable.minus(facts.claimed));
  if (facts.amount.compare(left) <= 0) {
    return [];
  }
  const later = nextInstalment(facts, { day, left });
  return [
    violation(
      'above-payable-share',
      facts.paymentDates[0]?.basis ?? null,
      {
        de: `Bis ${day.format('de')} sind ${payable.format('de')} der Zuwendung abrufbar, davon sind ${left.format('de')} noch nicht abgerufen.${later.de}`,
        en: `Up to ${day}, ${payable.format('en')} of the grant may be called, of which ${left.format('en')} is left.${later.en}`,
      },
      '/amountCents',
    ),
  ];
}

/** When more will be callable than is left on a day, and how much; says nothing after the last payment date. */
function nextInstalment(
  { granted, claimed, paymentDates, fundingYear }: CallFacts,
  { day, left }: { readonly day: CalendarDate; readonly left: Money },
): Text {
  const [next] = paymentDates
    .map((date) => CalendarDate.of(fundingYear, date.month, date.day))
    .filter((date) => date.isAfter(day))
    .map((date) => ({ date, callable: payableOn(granted, paymentDates, fundingYear, date).minus(claimed) }))
    .filter(({ callable }) => callable.compare(left) > 0)
    .sort((a, b) => a.date.compare(b.date));
  return next === undefined
    ? { de: '', en: '' }
    : {
        de: ` Ab dem ${next.date.format('de')} sind ${next.callable.format('de')} abrufbar.`,
        en: ` From ${next.date} on, ${next.callable.format('en')} may be called.`,
      };
}

function proofsOverdue({ overdueProofs }: CallFacts): Violation[] {
  return overdueProofs.map(({ fundingYear, proofDueOn }) =>
    violation('proof-overdue', 'Nr. 7 ANBest-G', {
      de: `Der Verwendungsnachweis für ${fundingYear} war am ${proofDueOn.format('de')} fällig und fehlt.`,
      en: `The settlement report for ${fundingYear} was due on ${proofDueOn} and is missing.`,
    }),
  );
}

type Acting = Pick<Actor, 'personId' | 'onBehalfOf'>;

/** Whoever asked for the money does not certify that it is due. */
export function judgeCertifier(drawdown: { readonly requestedBy: PersonId }, acting: Acting): Violation[] {
  return isAtWork(drawdown.requestedBy, acting)
    ? [
        violation('four-eyes', CHAIN_OF_ORDERS, {
          de: 'Wer den Abruf gestellt hat, bescheinigt ihn nicht.',
          en: 'Whoever requested the drawdown does not certify it.',
        }),
      ]
    : [];
}

interface Statements {
  readonly factuallyCertifiedBy: PersonId | null;
  readonly arithmeticallyCertifiedBy: PersonId | null;
}

/** A certification says something that nobody has certified yet. */
export function judgeCertification(
  drawdown: Statements,
  says: { readonly factually: boolean; readonly arithmetically: boolean },
): Violation[] {
  const isNew =
    (says.factually && drawdown.factuallyCertifiedBy === null) ||
    (says.arithmetically && drawdown.arithmeticallyCertifiedBy === null);
  return isNew
    ? []
    : [
        violation('nothing-certified', CHAIN_OF_ORDERS, {
          de: 'Zu bescheinigen ist die sachliche oder die rechnerische Richtigkeit, soweit sie noch nicht bescheinigt ist.',
          en: 'What is to be certified is the facts or the arithmetic, as far as nobody has certified it yet.',
        }),
      ];
}

/** Whoever orders has neither certified the arithmetic nor asked for the money. */
export function judgeOrderer(
  drawdown: { readonly requestedBy: PersonId; readonly arithmeticallyCertifiedBy: PersonId | null },
  acting: Acting,
): Violation[] {
  const { requestedBy, arithmeticallyCertifiedBy } = drawdown;
  return isAtWork(arithmeticallyCertifiedBy, acting) || isAtWork(requestedBy, acting)
    ? [
        violation('four-eyes', CHAIN_OF_ORDERS, {
          de: 'Wer die rechnerische Richtigkeit bescheinigt oder den Abruf gestellt hat, ordnet die Auszahlung nicht an.',
          en: 'Whoever certified the arithmetic or requested the drawdown does not order its payment.',
        }),
      ]
    : [];
}

/**
 * One request, booked where it was granted: the amount over the budget lines by what each has left, with the largest
 * remainder, so that no line gives more than it has as long as the amount is within their sum.
 */
export function splitOverLines<L extends string>(amount: Money, left: ReadonlyMap<L, Money>): Map<L, Money> {
  const weights = new Map([...left].map(([line, money]) => [line, money.isPositive() ? money.cents : 0n]));
  const parts = apportion(amount, weights);
  return new Map([...parts].filter(([, part]) => part.isPositive()));
}
