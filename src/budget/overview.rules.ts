import type { BudgetLineId } from '../kernel/ids.js';
import { Money } from '../kernel/money.js';
import type { Stage } from '../ledger/chart.rules.js';

/** What moved on one stage of a line and programme, in cents; `reversed` is the part of debits that undid something. */
export interface StageMovement {
  readonly stage: Stage;
  readonly programme: string | null;
  readonly debits: Money;
  readonly credits: Money;
  readonly reversed: Money;
}

/** Money of one line, year and programme, stage by stage, in cents. `programme` is null for what is not allocated. */
export interface StageTotals {
  readonly appropriated: Money;
  readonly blocked: Money;
  readonly allocated: Money;
  readonly committed: Money;
  readonly called: Money;
  readonly paid: Money;
  readonly settled: Money;
  /** Came back after it had been paid. */
  readonly returned: Money;
  readonly free: Money;
  /** Lapsed when the year was closed. */
  readonly lapsed: Money;
  /** Left over on a transferable line when the year was closed. */
  readonly remainder: Money;
  /** Leave of earlier years to promise money of this one, and what was promised under it. */
  readonly authorised: Money;
  readonly promised: Money;
}

export interface OverviewRow extends StageTotals {
  readonly lineId: BudgetLineId;
  readonly chapter: string;
  readonly title: string;
  readonly programme: string | null;
}

/** Adds up one programme's movements; money is nowhere lost, so a stage's total is what lies on it and beyond it. */
export function totalsOf(movements: readonly StageMovement[]): StageTotals {
  const of = (stage: Stage): readonly StageMovement[] => movements.filter((one) => one.stage === stage);
  const lying = (...stages: Stage[]): Money =>
    Money.sum(stages.flatMap((stage) => of(stage).map(({ credits, debits }) => credits.minus(debits))));
  const settled = lying('settled');
  const paid = settled.plus(lying('paid'));
  const called = paid.plus(lying('called'));
  const committed = called.plus(lying('committed'));
  const allocated = committed.plus(lying('allocated'));
  const remainder = Money.sum(of('remainder').map(({ credits }) => credits));
  return {
    ...{ settled, paid, called, committed, allocated, remainder },
    // What lies on other programmes' accounts is added by whoever holds all of them.
    appropriated: lying('appropriated', 'blocked', 'lapsed').plus(remainder),
    blocked: lying('blocked'),
    lapsed: lying('lapsed'),
    returned: Money.sum(of('paid').map(({ reversed }) => reversed)),
    free: lying('appropriated', 'allocated'),
    authorised: lying('authorised', 'promised', 'redeemed'),
    promised: lying('promised', 'redeemed'),
  };
}

/** One row for the line itself and one per programme; the line's appropriation is all that lies on it and beyond. */
export function lineRows(
  movements: readonly StageMovement[],
): { programme: string | null; totals: StageTotals }[] {
  const programmes = [...new Set(movements.map(({ programme }) => programme))].sort(nullsFirst);
  const rows = programmes.map((programme) => ({
    programme,
    totals: totalsOf(movements.filter((one) => one.programme === programme)),
  }));
  const handedOn = Money.sum(
    rows.filter(({ programme }) => programme !== null).map(({ totals }) => totals.allocated),
  );
  return rows.map(({ programme, totals }) => ({
    programme,
    totals: {
      ...totals,
      appropriated: programme === null ? totals.appropriated.plus(handedOn) : Money.zero,
    },
  }));
}

function nullsFirst(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? -1 : 1;
  return a < b ? -1 : 1;
}
