import { Fraction } from '../kernel/fraction.js';
import { yearPeriod, type FundingYear } from '../kernel/funding-year.js';
import { Money } from '../kernel/money.js';
import { Period } from '../kernel/period.js';
import type { StatedRate } from '../programmes/guideline.rules.js';
import { occupiedShare, type ShareRule } from '../programmes/occupied-share.rules.js';
import { piecesByRate } from '../programmes/rates.rules.js';
import type { Category, Post } from './staffing.rules.js';

/** What of the guideline the comparison needs. */
export interface Funding {
  readonly rates: readonly StatedRate[];
  readonly shareRule: ShareRule;
}

/** An occupancy with what it really cost in the year; null where nobody has said yet. */
export interface CostedOccupancy {
  readonly period: Period;
  readonly fteHundredths: number;
  readonly expenditure: Money | null;
}

/** Actual expenditure of one post beside what the state funds for it. */
export interface PostGap {
  readonly post: Post;
  /** What the rates give for the occupied time; null where a rate is missing: then nothing is guessed. */
  readonly funded: Money | null;
  readonly actual: Money;
  /** What the body pays itself; negative where the rates exceed the expenditure. Null while either side is incomplete. */
  readonly gap: Money | null;
  /** Occupancies of the year whose expenditure is not recorded yet. */
  readonly withoutExpenditure: number;
  readonly inKind: boolean;
}

/**
 * Rates beside reality for one post and year: rate × FTE / the FTE of the rate × occupied share, summed exactly over the
 * occupancies and rounded once. A comparison, no claim: what is granted stands in the notice.
 */
export function gapOf(
  post: Post,
  occupancies: readonly CostedOccupancy[],
  funding: Funding | null,
  year: FundingYear,
): PostGap {
  const within = occupancies.flatMap((one) => {
    const part = one.period.intersect(yearPeriod(year));
    return part === null ? [] : [{ ...one, period: part }];
  });
  const exact = within.map((one) => fundedExactly(post, one, funding, year));
  const known = exact.filter((one) => one !== null);
  const funded =
    funding === null || known.length < exact.length
      ? null
      : Money.ofCents(Fraction.sum(known).roundHalfAwayFromZero());
  const actual = Money.sum(within.flatMap(({ expenditure }) => expenditure ?? []));
  const withoutExpenditure = within.filter(({ expenditure }) => expenditure === null).length;
  const inKind = post.phases.at(-1)?.category === 'teacher';
  const comparable = funded !== null && withoutExpenditure === 0 && !inKind;
  return { post, funded, actual, gap: comparable ? actual.minus(funded) : null, withoutExpenditure, inKind };
}

/** Null where the guideline knows no rate for some of the days. */
function fundedExactly(
  post: Post,
  { period, fteHundredths }: CostedOccupancy,
  funding: Funding | null,
  year: FundingYear,
): Fraction | null {
  if (funding === null) return null;
  let sum = Fraction.zero;
  for (const { from, to, category, funder } of post.phases) {
    const part = funder === 'municipality' ? null : Period.of(from, to).intersect(period);
    if (part === null) continue;
    const exact = byRate(part, category, funding, year);
    if (exact === null) return null;
    sum = sum.plus(exact.times(Fraction.of(fteHundredths)));
  }
  return sum;
}

/** Cents per hundredth of an FTE for the days of the period. */
function byRate(
  period: Period,
  category: Category,
  { rates, shareRule }: Funding,
  year: FundingYear,
): Fraction | null {
  let sum = Fraction.zero;
  for (const { period: piece, rate } of piecesByRate(period, rates, category)) {
    if (rate === null) return null;
    sum = sum.plus(
      Fraction.of(rate.amount.cents, rate.perFteHundredths).times(occupiedShare(piece, year, shareRule)),
    );
  }
  return sum;
}
