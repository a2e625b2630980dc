import { Fraction } from './fraction.js';
import { Money } from './money.js';

/**
 * Distributes an amount by whole weights (inhabitants, posts, cents of a plan) with the largest remainder
 * (Hare/Niemeyer): every key first gets its quota rounded down, the cents left over go to the largest
 * remainders, ties to the smaller key. The parts sum to the total exactly, a weight of zero gets nothing, the
 * order of the input does not matter, and a negative total gives the mirror image of the positive one.
 *
 * RangeError for a negative weight, and when there is money but no weight to give it to.
 */
export function apportion<K extends string>(total: Money, weights: ReadonlyMap<K, bigint>): Map<K, Money> {
  const shares = new Map<K, Fraction>();
  for (const [key, weight] of weights) shares.set(key, Fraction.of(weight));
  return distribute(total, proportional(total, shares));
}

/**
 * The same for fractional shares. Where the shares are the exact cents of the lines of a notice and the total
 * is their sum, rounded once, each line stays within a cent of its own amount and a line that is whole keeps
 * it; with any other total the shares count as weights.
 *
 * RangeError as for `apportion`.
 */
export function apportionFractions<K extends string>(
  total: Money,
  shares: ReadonlyMap<K, Fraction>,
): Map<K, Money> {
  const quotas = proportional(total, shares);
  const areItsLines = Fraction.sum(shares.values()).roundHalfAwayFromZero() === magnitude(total);
  return distribute(total, areItsLines ? shares : quotas);
}

function proportional<K extends string>(total: Money, shares: ReadonlyMap<K, Fraction>): Map<K, Fraction> {
  for (const [key, share] of shares) {
    if (share.num < 0n) throw new RangeError(`The share of ${key} is negative: ${share}`);
  }
  const sum = Fraction.sum(shares.values());
  if (sum.num === 0n && !total.isZero()) {
    throw new RangeError(`There are ${total} cents to distribute, but no share above zero`);
  }
  const perShare = sum.num === 0n ? Fraction.zero : Fraction.of(magnitude(total)).dividedBy(sum);
  return new Map([...shares].map(([key, share]) => [key, share.times(perShare)]));
}

/** Quotas are in cents, not negative, and less than a cent per key away from the magnitude of the total. */
function distribute<K extends string>(total: Money, quotas: ReadonlyMap<K, Fraction>): Map<K, Money> {
  const parts = [...quotas].map(([key, quota]) => {
    const whole = quota.floor();
    return { key, whole, remainder: quota.minus(Fraction.of(whole)) };
  });
  const spread = parts.reduce((sum, part) => sum + part.whole, 0n);
  const left = Number(magnitude(total) - spread);
  const inTurn = parts.toSorted((a, b) => {
    const largestFirst = b.remainder.compare(a.remainder);
    return largestFirst === 0 ? byCodePoint(a.key, b.key) : largestFirst;
  });
  const luckyKeys = new Set(inTurn.slice(0, left).map((part) => part.key));

  return new Map(
    parts.map(({ key, whole }) => {
      const amount = Money.ofCents(luckyKeys.has(key) ? whole + 1n : whole);
      return [key, total.isNegative() ? amount.negated() : amount];
    }),
  );
}

function magnitude(amount: Money): bigint {
  return amount.isNegative() ? -amount.cents : amount.cents;
}

/** UTF-8 bytes sort like code points and like `collate "C"` in the database; JavaScript's `<` does not. */
function byCodePoint(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
