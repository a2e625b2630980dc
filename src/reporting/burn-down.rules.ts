import { totalsOf, type StageMovement, type StageTotals } from '../budget/overview.rules.js';
import type { BudgetLineId, CentreId } from '../kernel/ids.js';
import { Money } from '../kernel/money.js';

export const burnDownGroups = ['line', 'programme', 'centre', 'month'] as const;
export type BurnDownGroup = (typeof burnDownGroups)[number];

/** What a row is about. Of the four only those are set that the grouping names. */
export interface BurnDownSubject {
  readonly lineId: BudgetLineId | null;
  readonly line: string | null;
  readonly programme: string | null;
  readonly centreId: CentreId | null;
  readonly centre: string | null;
  /** `2016-05`: everything up to the end of this month. */
  readonly month: string | null;
}

export interface BurnDownMovement extends StageMovement, BurnDownSubject {}

/** Where the money stands, in cents; null where a stage has no such dimension. */
export interface BurnDownRow extends BurnDownSubject {
  readonly appropriated: Money | null;
  readonly blocked: Money | null;
  readonly allocated: Money | null;
  readonly committed: Money;
  readonly called: Money;
  readonly paid: Money;
  readonly returned: Money;
  readonly free: Money | null;
  /** By month only: what will have been paid by its end, by the payment dates of the released decisions. */
  readonly forecastPaid: Money | null;
}

/** What released decisions let expect by the end of a month. */
export interface ExpectedPayment {
  readonly month: string;
  readonly amount: Money;
}

export interface BurnDownView {
  readonly by: BurnDownGroup;
  /** A centre has no appropriation and no allotment of its own. */
  readonly ofCentre: boolean;
  readonly thisMonth: string;
}

/** One row per group, or per month with everything up to its end. */
export function burnDown(
  movements: readonly BurnDownMovement[],
  expected: readonly ExpectedPayment[],
  view: BurnDownView,
): BurnDownRow[] {
  const groups = new Map<string, BurnDownMovement[]>();
  for (const one of movements) {
    const key = [one.line, one.lineId, one.programme, one.centre, one.centreId, one.month]
      .map((part) => part ?? '')
      .join('\n');
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  if (view.by === 'month') return months(movements, expected, view);
  return [...groups.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, members]) => members.slice(0, 1).map((first) => rowOf(first, totalsOf(members), view)));
}

function months(
  movements: readonly BurnDownMovement[],
  expected: readonly ExpectedPayment[],
  view: BurnDownView,
): BurnDownRow[] {
  const named = new Set([
    ...expected.map(({ month }) => month),
    ...movements.flatMap(({ month }) => month ?? []),
  ]);
  return [...named].sort().map((month) => {
    const until = movements.filter((one) => (one.month ?? '') <= month);
    const row = rowOf({ ...NOTHING, month }, totalsOf(until), view);
    const due = expected.findLast((one) => one.month <= month)?.amount ?? Money.zero;
    // What is paid is paid; the forecast is for months to come.
    return { ...row, forecastPaid: month <= view.thisMonth ? null : Money.max(row.paid, due) };
  });
}

function rowOf(
  { lineId, line, programme, centreId, centre, month }: BurnDownSubject,
  totals: StageTotals,
  { by, ofCentre }: BurnDownView,
): BurnDownRow {
  const whole = by === 'line' || by === 'month' || programme === null;
  const subject = { lineId, line, programme, centreId, centre, month };
  const { committed, called, paid, returned, allocated, blocked, free } = totals;
  const promised = { committed, called, paid, returned, forecastPaid: null };
  if (ofCentre)
    return { ...subject, ...promised, appropriated: null, blocked: null, allocated: null, free: null };
  return {
    ...{ ...subject, ...promised, allocated, free },
    appropriated: whole ? totals.appropriated.plus(allocated) : null,
    blocked: whole ? blocked : null,
  };
}

const NOTHING: BurnDownSubject = {
  ...{ lineId: null, line: null, programme: null, centreId: null, centre: null, month: null },
};
