import type { CalendarDate } from '../kernel/calendar-date.js';
import type { BudgetLineId, CaseId, CentreId } from '../kernel/ids.js';
import type { Lifecycle } from '../kernel/lifecycle.js';
import { Money } from '../kernel/money.js';
import { violation, type Violation } from '../kernel/violation.js';
import { accountKey, type AccountKey, type LedgerSource, type Stage } from '../ledger/chart.rules.js';
import { step, stepBetween, type Posting } from '../ledger/posting.rules.js';

export const yearStates = ['open', 'closed'] as const;
export type YearState = (typeof yearStates)[number];
export const yearLifecycle: Lifecycle<YearState> = { open: ['closed'], closed: [] };

/** What was promised to one case for the year, under an authorisation of an earlier one. */
export interface PromisedMoney {
  readonly lineId: BudgetLineId;
  readonly fundingYear: number;
  readonly issueYear: number;
  readonly programme: string;
  readonly centreId: CentreId;
  readonly source: LedgerSource;
  readonly caseId: CaseId;
  readonly amount: Money;
}

/** What still lies on an account when its year is closed. */
export interface LeftOver {
  readonly stage: Stage;
  readonly lineId: BudgetLineId;
  readonly fundingYear: number;
  readonly issueYear: number | null;
  readonly programme: string | null;
  readonly amount: Money;
  /** Whether the line's money may be carried over. */
  readonly transferable: boolean;
}

/** What closing finds on one line, in cents. */
export interface LineClosing {
  readonly lineId: BudgetLineId;
  /** Neither promised nor blocked: the sum of what lapses and what may be carried over. */
  readonly free: Money;
  readonly lapses: Money;
  /** Of a transferable line, with the finance ministry's consent and cover. */
  readonly mayBeCarriedOver: Money;
  readonly blockedLapses: Money;
  /** Promised and not yet called: stays until it is called or given up. */
  readonly openCommitments: Money;
  /** Leave to promise that nobody used; it lapses with its issue year. */
  readonly authorisationLapses: Money;
  /** A remainder of two years ago that nobody carried over. */
  readonly remainderLapses: Money;
}

/** A year is opened when it has begun. */
export function judgeOpening(year: number, today: CalendarDate): Violation[] {
  return today.year < year
    ? [
        violation(
          'year-not-begun',
          '§ 4 LHO NRW',
          {
            de: `Das Haushaltsjahr ${String(year)} hat noch nicht begonnen.`,
            en: `The budget year ${String(year)} has not begun.`,
          },
          '/fundingYear',
        ),
      ]
    : [];
}

/** A year is closed when it is over. */
export function judgeClosing(year: number, today: CalendarDate): Violation[] {
  return today.year <= year
    ? [
        violation('year-not-over', '§ 76 LHO NRW', {
          de: `Das Haushaltsjahr ${String(year)} ist noch nicht vorbei.`,
          en: `The budget year ${String(year)} is not over.`,
        }),
      ]
    : [];
}

/** Promises of earlier years become commitments on the year's own appropriation; from then on they can be called. */
export function openingPostings(promises: readonly PromisedMoney[], effectiveOn: CalendarDate): Posting[] {
  const code = 'budget.openYear';
  const sums = new Map<string, PromisedMoney>();
  for (const promise of promises) {
    const key = `${promise.lineId} ${promise.programme}`;
    sums.set(key, { ...promise, amount: promise.amount.plus(sums.get(key)?.amount ?? Money.zero) });
  }
  return [
    ...[...sums.values()].map(({ amount, lineId, fundingYear, programme }) =>
      step(code, ['appropriated', 'allocated'], { lineId, fundingYear, programme }, { amount, effectiveOn }),
    ),
    ...promises.flatMap(({ amount, ...dimensions }) => [
      step(code, ['promised', 'redeemed'], dimensions, { amount, effectiveOn }),
      step(code, ['allocated', 'committed'], dimensions, { amount, effectiveOn }),
    ]),
  ];
}

/** Takes back what is free, and lets lapse what nobody may use any more. */
export function closingPostings(
  year: number,
  left: readonly LeftOver[],
  effectiveOn: CalendarDate,
): Posting[] {
  const code = 'budget.closeYear';
  const free = freeByLine(year, left);
  const lapsing: Partial<Record<Stage, Stage>> = {
    blocked: 'lapsed',
    remainder: 'remainder_lapsed',
    authorised: 'authorisation_lapsed',
  };
  return [
    ...left
      .filter(({ stage, amount }) => stage === 'allocated' && amount.isPositive())
      .map((one) =>
        step(code, ['allocated', 'appropriated'], dimensionsOf(one), { amount: one.amount, effectiveOn }),
      ),
    ...[...free]
      .filter(([, { amount }]) => amount.isPositive())
      .map(([lineId, { amount, transferable }]) =>
        step(
          code,
          ['appropriated', transferable ? 'remainder' : 'lapsed'],
          { lineId, fundingYear: year },
          { amount, effectiveOn },
        ),
      ),
    ...left.flatMap((one) => {
      const to = lapsing[one.stage];
      if (to === undefined || !one.amount.isPositive()) return [];
      const keys: [AccountKey, AccountKey] = [
        accountKey(one.stage, dimensionsOf(one)),
        accountKey(to, dimensionsOf(one)),
      ];
      return [stepBetween(code, keys, { amount: one.amount, effectiveOn })];
    }),
  ];
}

/** The same, told per line. */
export function closingsOf(year: number, left: readonly LeftOver[]): LineClosing[] {
  const free = freeByLine(year, left);
  const lines = [...new Set(left.map(({ lineId }) => lineId))];
  return lines.map((lineId) => {
    const sum = (stage: Stage): Money =>
      Money.sum(
        left.filter((one) => one.lineId === lineId && one.stage === stage).map(({ amount }) => amount),
      );
    const { amount = Money.zero, transferable = false } = free.get(lineId) ?? {};
    return {
      lineId,
      free: amount,
      lapses: transferable ? Money.zero : amount,
      mayBeCarriedOver: transferable ? amount : Money.zero,
      blockedLapses: sum('blocked'),
      openCommitments: sum('committed'),
      authorisationLapses: sum('authorised'),
      remainderLapses: sum('remainder'),
    };
  });
}

function freeByLine(year: number, left: readonly LeftOver[]) {
  const free = new Map<BudgetLineId, { amount: Money; transferable: boolean }>();
  for (const { stage, lineId, fundingYear, amount, transferable } of left) {
    if (fundingYear !== year || (stage !== 'appropriated' && stage !== 'allocated')) continue;
    free.set(lineId, { amount: amount.plus(free.get(lineId)?.amount ?? Money.zero), transferable });
  }
  return free;
}

function dimensionsOf({ lineId, fundingYear, issueYear, programme }: LeftOver): Omit<AccountKey, 'stage'> {
  return {
    lineId,
    fundingYear,
    ...(issueYear === null ? {} : { issueYear }),
    ...(programme === null ? {} : { programme }),
  };
}
