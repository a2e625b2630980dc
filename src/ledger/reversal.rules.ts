import type { CalendarDate } from '../kernel/calendar-date.js';
import type { AccountId, TransferId } from '../kernel/ids.js';
import { Money } from '../kernel/money.js';
import { accountKey, type AccountKey } from './chart.rules.js';
import { stepBetween, type Posting } from './posting.rules.js';

/** A transfer that brought money to an account of a case, and how much of it nothing has taken back yet. */
export interface Inflow {
  readonly transferId: TransferId;
  readonly account: AccountId;
  readonly from: AccountKey;
  readonly to: AccountKey;
  readonly left: Money;
  /** What lies on the account now; the rest has gone on. */
  readonly lying: Money;
}

/** Money of a case that is to go back where it came from. */
export interface Wanted {
  readonly fundingYear: number;
  readonly source: AccountKey['source'];
  readonly lineId: AccountKey['lineId'] | null;
  readonly amount: Money;
}

/** What of a wish can go back, and what cannot because it has gone on. */
export interface TakenBack {
  readonly postings: readonly Posting[];
  readonly amount: Money;
  readonly missing: Money;
}

/** What lies uncalled for a year, source and line. */
export function lyingFor(inflows: readonly Inflow[], wanted: Omit<Wanted, 'amount'>): Money {
  const accounts = new Map(
    inflows.filter(({ to }) => isOf(to, wanted)).map(({ account, lying }) => [account, lying]),
  );
  return Money.sum(accounts.values());
}

/**
 * Takes money back from the newest inflow to the oldest, each step naming the transfer it undoes, and never more than
 * lies there. Leave to promise money of a later year that was used in a former issue year does not come to life again.
 */
export function takeBack(
  inflows: readonly Inflow[],
  wanted: Wanted,
  code: string,
  effectiveOn: CalendarDate,
): TakenBack {
  const lying = new Map(inflows.map(({ account, lying: amount }) => [account, amount]));
  const postings: Posting[] = [];
  let missing = wanted.amount;
  for (const { transferId, account, from, to, left } of inflows.filter((one) => isOf(one.to, wanted))) {
    const part = Money.min(Money.min(missing, left), lying.get(account) ?? Money.zero);
    if (!part.isPositive()) continue;
    const back = stepBetween(code, [to, whereTo(from, effectiveOn)], { amount: part, effectiveOn });
    postings.push({ ...back, reverses: transferId });
    lying.set(account, (lying.get(account) ?? Money.zero).minus(part));
    missing = missing.minus(part);
  }
  return { postings, amount: wanted.amount.minus(missing), missing };
}

function isOf(to: AccountKey, { fundingYear, source, lineId }: Omit<Wanted, 'amount'>): boolean {
  return to.fundingYear === fundingYear && to.source === source && (to.lineId ?? null) === (lineId ?? null);
}

function whereTo(from: AccountKey, today: CalendarDate): AccountKey {
  const lapsed = from.stage === 'authorised' && from.issueYear !== today.year;
  return lapsed ? accountKey('authorisation_lapsed', from) : from;
}
