import type { CalendarDate } from '../kernel/calendar-date.js';
import type { TransferId } from '../kernel/ids.js';
import type { Money } from '../kernel/money.js';
import { accountKey, type AccountKey, type Stage } from './chart.rules.js';

/** A step of money from one stage to the next. `code` is the command that makes it. */
export interface Posting {
  readonly code: string;
  readonly from: AccountKey;
  readonly to: AccountKey;
  readonly amount: Money;
  readonly effectiveOn: CalendarDate;
  readonly reverses: TransferId | null;
}

/**
 * A step between two stages whose accounts share the given dimensions; each takes those its stage has.
 * @throws RangeError for an amount that is not positive, or a missing dimension.
 */
export function step(
  code: string,
  [from, to]: readonly [Stage, Stage],
  dimensions: Omit<AccountKey, 'stage'>,
  moved: Pick<Posting, 'amount' | 'effectiveOn'>,
): Posting {
  return stepBetween(code, [accountKey(from, dimensions), accountKey(to, dimensions)], moved);
}

/**
 * A step between two accounts of whatever dimensions, from one budget line or year to another for instance.
 * @throws RangeError for an amount that is not positive.
 */
export function stepBetween(
  code: string,
  [from, to]: readonly [AccountKey, AccountKey],
  { amount, effectiveOn }: Pick<Posting, 'amount' | 'effectiveOn'>,
): Posting {
  if (!amount.isPositive()) {
    throw new RangeError(`A transfer moves a positive amount, not ${amount.toString()} cents`);
  }
  return { code, from, to, amount, effectiveOn, reverses: null };
}
