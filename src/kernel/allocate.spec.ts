import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { apportion, apportionFractions } from './allocate.js';
import { Fraction } from './fraction.js';
import { Money } from './money.js';

const keys = fc.string({ unit: 'binary', maxLength: 6 });
const totals = fc.bigInt({ min: -(10n ** 13n), max: 10n ** 13n }).map((cents) => Money.ofCents(cents));
const weightings = fc
  .uniqueArray(fc.tuple(keys, fc.bigInt({ min: 0n, max: 20_000_000n })), {
    selector: ([key]) => key,
    minLength: 1,
    maxLength: 60,
  })
  .filter((entries) => entries.some(([, weight]) => weight > 0n));
/** Amounts of post lines in exact cents: whole ones, and months and days of a year. */
const lines = fc
  .uniqueArray(fc.tuple(keys, fc.nat(20_000_000), fc.constantFrom(1, 2, 3, 12, 365, 366)), {
    selector: ([key]) => key,
    minLength: 1,
    maxLength: 20,
  })
  .map((entries) => new Map(entries.map(([key, num, den]) => [key, Fraction.of(num, den)])))
  .filter((shares) => Fraction.sum(shares.values()).num > 0n);

function centsOf(parts: Map<string, Money>): Record<string, bigint> {
  return Object.fromEntries([...parts].map(([key, part]) => [key, part.cents]));
}

function expectWithinACent(part: Money, quota: Fraction): void {
  const exact = Fraction.of(part.cents).minus(quota);
  expect(exact.compare(Fraction.of(1))).toBe(-1);
  expect(exact.compare(Fraction.of(-1))).toBe(1);
}

describe('apportion', () => {
  it('gives away the total, not a cent more or less', () => {
    fc.assert(
      fc.property(totals, weightings, (total, entries) => {
        expect(Money.sum(apportion(total, new Map(entries)).values()).equals(total)).toBe(true);
      }),
    );
  });

  it('gives every key its quota, rounded down or up', () => {
    fc.assert(
      fc.property(totals, weightings, (total, entries) => {
        const weights = new Map(entries);
        const sum = [...weights.values()].reduce((a, b) => a + b);
        for (const [key, part] of apportion(total, weights)) {
          expectWithinACent(part, Fraction.of(total.cents * (weights.get(key) ?? 0n), sum));
        }
      }),
    );
  });

  it('gives nothing to weight zero', () => {
    fc.assert(
      fc.property(totals, weightings, (total, entries) => {
        const weights = new Map<string, bigint>([...entries, ['without-weight', 0n]]);
        expect(apportion(total, weights).get('without-weight')?.isZero()).toBe(true);
      }),
    );
  });

  it('does not care for the order of the input', () => {
    const shuffled = weightings.chain((entries) =>
      fc.tuple(
        fc.constant(entries),
        fc.shuffledSubarray(entries, { minLength: entries.length, maxLength: entries.length }),
      ),
    );
    fc.assert(
      fc.property(totals, shuffled, (total, [entries, reordered]) => {
        expect(apportion(total, new Map(reordered))).toEqual(apportion(total, new Map(entries)));
      }),
    );
  });

  it('never gives less to the larger weight', () => {
    fc.assert(
      fc.property(totals, weightings, (total, entries) => {
        fc.pre(!total.isNegative());
        const parts = apportion(total, new Map(entries));
        const ascending = entries.toSorted(([, a], [, b]) => Number(a - b));
        const heaviest = ascending.at(-1);
        const lightest = ascending[0];
        fc.pre(heaviest !== undefined && lightest !== undefined && heaviest[1] > lightest[1]);
        const most = parts.get(heaviest[0]);
        expect(most?.compare(parts.get(lightest[0]) ?? Money.zero)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('takes back exactly what it gave', () => {
    fc.assert(
      fc.property(totals, weightings, (total, entries) => {
        const given = centsOf(apportion(total, new Map(entries)));
        const taken = centsOf(apportion(total.negated(), new Map(entries)));
        expect(Object.entries(taken)).toEqual(Object.entries(given).map(([key, cents]) => [key, -cents]));
      }),
    );
  });

  it('hands the odd cents to the largest remainders', () => {
    const weights = new Map([
      ['a', 1n],
      ['b', 2n],
      ['c', 4n],
    ]);
    // Quotas of 100 cents: 14 2/7, 28 4/7, 57 1/7.
    expect(centsOf(apportion(Money.ofCents(100), weights))).toEqual({ a: 14n, b: 29n, c: 57n });
  });

  it('breaks ties by code point, as the database does, not by UTF-16 unit', () => {
    const [privateUse, emoji] = ['\u{E000}', '\u{1F600}'];
    expect(emoji < privateUse).toBe(true);
    const parts = apportion(
      Money.ofCents(1),
      new Map([
        [emoji, 1n],
        [privateUse, 1n],
      ]),
    );
    expect(centsOf(parts)).toEqual({ [privateUse]: 1n, [emoji]: 0n });
  });

  it('refuses a negative weight, and money without anyone to give it to', () => {
    expect(() => apportion(Money.ofCents(1), new Map([['a', -1n]]))).toThrow(RangeError);
    expect(() => apportion(Money.zero, new Map([['a', -1n]]))).toThrow(RangeError);
    expect(() => apportion(Money.ofCents(1), new Map([['a', 0n]]))).toThrow(RangeError);
    expect(() => apportion(Money.ofCents(1), new Map())).toThrow(RangeError);
  });

  it('distributes no money among no weights', () => {
    expect(apportion(Money.zero, new Map()).size).toBe(0);
    expect(centsOf(apportion(Money.zero, new Map([['a', 0n]])))).toEqual({ a: 0n });
  });
});

describe('apportionFractions', () => {
  it('gives away any other total in proportion, within a cent of each quota', () => {
    fc.assert(
      fc.property(totals, lines, (total, shares) => {
        const sum = Fraction.sum(shares.values());
        fc.pre(sum.roundHalfAwayFromZero() !== (total.isNegative() ? -total.cents : total.cents));
        const parts = apportionFractions(total, shares);
        expect(Money.sum(parts.values()).equals(total)).toBe(true);
        for (const [key, part] of parts) {
          const share = shares.get(key) ?? Fraction.zero;
          expectWithinACent(part, share.times(Fraction.of(total.cents)).dividedBy(sum));
        }
      }),
    );
  });

  it('rounds the lines of a notice to their rounded sum, each within a cent of its own amount', () => {
    fc.assert(
      fc.property(lines, (shares) => {
        const total = Money.ofCents(Fraction.sum(shares.values()).roundHalfAwayFromZero());
        fc.pre(!total.isZero());
        const parts = apportionFractions(total, shares);
        expect(Money.sum(parts.values()).equals(total)).toBe(true);
        for (const [key, part] of parts) expectWithinACent(part, shares.get(key) ?? Fraction.zero);
        const reversed = apportionFractions(total.negated(), shares);
        for (const [key, part] of parts) expect(reversed.get(key)?.equals(part.negated())).toBe(true);
      }),
    );
  });

  it('leaves a line that is whole as it is, where weights would take a cent from it', () => {
    const shares = new Map([
      ['a', Fraction.of(10)],
      ['b', Fraction.of(7, 10)],
      ['c', Fraction.of(7, 10)],
    ]);
    expect(centsOf(apportionFractions(Money.ofCents(11), shares))).toEqual({ a: 10n, b: 1n, c: 0n });
  });

  it('takes parts of one as weights', () => {
    const thirds = new Map(['a', 'b', 'c'].map((key) => [key, Fraction.of(1, 3)]));
    expect(centsOf(apportionFractions(Money.ofCents(1000), thirds))).toEqual({ a: 334n, b: 333n, c: 333n });
  });

  it('refuses a negative share, and money without anyone to give it to', () => {
    expect(() => apportionFractions(Money.ofCents(1), new Map([['a', Fraction.of(-1, 2)]]))).toThrow(
      RangeError,
    );
    expect(() => apportionFractions(Money.ofCents(1), new Map([['a', Fraction.zero]]))).toThrow(RangeError);
  });
});
