import { Fraction } from '../kernel/fraction.js';
import { yearPeriod, type FundingYear } from '../kernel/funding-year.js';
import { Money } from '../kernel/money.js';
import type { Period } from '../kernel/period.js';
import { fundedPost, type PostClaim } from '../programmes/funding-facts.rules.js';
import type { GuidelineFacts, HostType, PostCategory } from '../programmes/guideline.rules.js';
import { occupiedShare } from '../programmes/occupied-share.rules.js';

type Post = Pick<PostClaim, 'category' | 'fteHundredths' | 'occupied'>;

/** What a full post is expected to cost a year, and by how much that rises from one year to the next. */
export interface ExpectedCost {
  readonly category: PostCategory;
  /** For 1.00 FTE and a whole year. */
  readonly amount: Money;
  /** The year the amount is stated for. */
  readonly fundingYear: number;
  /** Hundredths of a per cent; 250 is 2.5 %. */
  readonly yearlyRiseHundredths: number;
}

/** Every post the version funds for a centre of this kind, filled for as long as the centre is open. */
export function fullyPosted(
  { posts }: Pick<GuidelineFacts, 'posts'>,
  hostType: HostType,
  open: Period,
): Post[] {
  return posts
    .filter((post) => post.hostType === hostType)
    .flatMap(({ category, fteHundredths }) => ({
      ...{ category, occupied: open },
      // A version that does not say how many is asked about one: it says what else is missing, or funds by the post.
      fteHundredths: fteHundredths ?? 100,
    }));
}

/** As much of the posts as the version funds: on no day more of a category than it names; the first come first. */
export function withinPosts(
  { posts: funded }: Pick<GuidelineFacts, 'posts'>,
  hostType: HostType,
  posts: readonly Post[],
): Post[] {
  const kept: Post[] = [];
  for (const post of posts) {
    const most = fundedPost(funded, hostType, post.category);
    if (most === null) continue;
    if (most.fteHundredths === null) {
      kept.push(post);
      continue;
    }
    const same = kept.filter((other) => other.category === post.category);
    const taken = Math.max(
      0,
      ...[post, ...same]
        .map(({ occupied }) => occupied.from)
        .filter((day) => post.occupied.contains(day))
        .map((day) => fteOn(same, day)),
    );
    const fteHundredths = Math.min(post.fteHundredths, most.fteHundredths - taken);
    if (fteHundredths > 0) kept.push({ ...post, fteHundredths });
  }
  return kept;
}

/** The posts with what they are expected to cost in the year; without any costs nothing is said of them. */
export function expected(
  posts: readonly Post[],
  costs: readonly ExpectedCost[],
  year: FundingYear,
): Omit<PostClaim, 'key'>[] {
  return posts.map((post) => {
    const cost = costs.find(({ category }) => category === post.category);
    return cost === undefined ? { ...post } : { ...post, expenditure: costOf(post, cost, year) };
  });
}

/** By days, because that is how wages run, whatever the share rule of the guideline. */
function costOf({ fteHundredths, occupied }: Post, cost: ExpectedCost, year: FundingYear): Money {
  const step = Fraction.of(10_000 + cost.yearlyRiseHundredths, 10_000);
  const years = year - cost.fundingYear;
  let factor = Fraction.of(1);
  for (let passed = 0; passed < Math.abs(years); passed += 1) {
    factor = years > 0 ? factor.times(step) : factor.dividedBy(step);
  }
  const part = occupied.intersect(yearPeriod(year));
  const share = part === null ? Fraction.zero : occupiedShare(part, year, 'actual_days');
  const exact = Fraction.of(cost.amount.cents)
    .times(Fraction.of(fteHundredths, 100))
    .times(share)
    .times(factor);
  return Money.ofCents(exact.roundHalfAwayFromZero());
}

function fteOn(posts: readonly Post[], day: Period['from']): number {
  return posts
    .filter(({ occupied }) => occupied.contains(day))
    .reduce((sum, { fteHundredths }) => sum + fteHundredths, 0);
}
