import type { CalendarDate } from '../kernel/calendar-date.js';
import { Money } from '../kernel/money.js';
import { accountKey, type AccountKey, type Stage } from './chart.rules.js';
import { stepBetween, type Posting } from './posting.rules.js';

/** Where the money of a promise comes from, and goes back to: the dimensions say which account. */
const origins = {
  committed: 'allocated',
  promised: 'authorised',
  memo_committed: 'memo_outside',
} as const satisfies Partial<Record<Stage, Stage>>;

export type CommitmentStage = keyof typeof origins;
export const promiseStages = Object.keys(origins) as readonly CommitmentStage[];

/** An account of a case on which promised money lies that has not been called. */
export interface Commitment {
  readonly account: AccountKey & { readonly stage: CommitmentStage };
  /** What lies there now; the rest has gone on. */
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
  readonly missing: Money;
}

/** What lies uncalled for a year, source and line. */
export function lyingFor(commitments: readonly Commitment[], wanted: Omit<Wanted, 'amount'>): Money {
  return Money.sum(commitments.filter((one) => isOf(one, wanted)).map(({ lying }) => lying));
}

/**
 * Takes money back in the order given, never more than lies there. Leave to promise money of a later year that was used
 * in a former issue year does not come to life again: what comes back of it lapses at once (§ 45 LHO NRW).
 */
export function takeBack(
  commitments: readonly Commitment[],
  wanted: Wanted,
  code: string,
  effectiveOn: CalendarDate,
): TakenBack {
  const postings: Posting[] = [];
  let missing = wanted.amount;
  for (const { account, lying } of commitments.filter((one) => isOf(one, wanted))) {
    const amount = Money.min(missing, lying);
    if (!amount.isPositive()) continue;
    const origin = accountKey(origins[account.stage], account);
    postings.push(stepBetween(code, [account, origin], { amount, effectiveOn }));
    if (origin.stage === 'authorised' && origin.issueYear !== effectiveOn.year) {
      const lapsed = accountKey('authorisation_lapsed', origin);
      postings.push(stepBetween(code, [origin, lapsed], { amount, effectiveOn }));
    }
    missing = missing.minus(amount);
  }
  return { postings, missing };
}

function isOf({ account }: Commitment, { fundingYear, source, lineId }: Omit<Wanted, 'amount'>): boolean {
  return (
    account.fundingYear === fundingYear &&
    account.source === source &&
    (account.lineId ?? null) === (lineId ?? null)
  );
}
