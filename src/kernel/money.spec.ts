import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Money } from './money.js';

const cents = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n });
const amounts = cents.map((each) => Money.ofCents(each));

describe('Money', () => {
  it('adds and takes away without loss, far beyond what a double holds', () => {
    fc.assert(
      fc.property(amounts, amounts, (a, b) => {
        expect(a.plus(b).cents).toBe(a.cents + b.cents);
        expect(a.plus(b).minus(b).equals(a)).toBe(true);
        expect(a.plus(a.negated()).isZero()).toBe(true);
      }),
    );
  });

  it('orders like its cents', () => {
    fc.assert(
      fc.property(amounts, amounts, (a, b) => {
        expect(a.compare(b) + b.compare(a)).toBe(0);
        expect(a.minus(b).isNegative()).toBe(a.compare(b) === -1);
        expect(a.minus(b).isPositive()).toBe(a.compare(b) === 1);
        expect(Money.min(a, b).plus(Money.max(a, b)).equals(a.plus(b))).toBe(true);
        expect(Money.min(a, b).compare(Money.max(a, b))).toBeLessThanOrEqual(0);
      }),
    );
  });

  it('sums a list, nothing to zero', () => {
    expect(Money.sum([]).isZero()).toBe(true);
    expect(Money.sum([Money.ofCents(1), Money.ofCents(2n), Money.ofCents(-4)]).cents).toBe(-1n);
  });

  it('multiplies by whole numbers', () => {
    expect(Money.ofCents(8_500_000).times(2).cents).toBe(17_000_000n);
    expect(Money.ofCents(1).times(-(2n ** 70n)).cents).toBe(-(2n ** 70n));
  });

  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('refuses the number %p', (value) => {
    expect(() => Money.ofCents(value)).toThrow(RangeError);
    expect(() => Money.ofCents(1).times(value)).toThrow(RangeError);
  });

  describe('in JSON', () => {
    const largest = 2n ** 53n - 1n;

    it.each([largest, -largest, 0n])('carries %p exactly', (value) => {
      expect(BigInt(Money.ofCents(value).toJSON())).toBe(value);
      expect(JSON.stringify({ amountCents: Money.ofCents(value) })).toBe(
        `{"amountCents":${value.toString()}}`,
      );
    });

    it.each([largest + 1n, -largest - 1n])('refuses %p, one cent further', (value) => {
      expect(() => Money.ofCents(value).toJSON()).toThrow(RangeError);
    });
  });

  it.each([
    [17_000_000n, '170.000,00 EUR', 'EUR 170,000.00'],
    [0n, '0,00 EUR', 'EUR 0.00'],
    [5n, '0,05 EUR', 'EUR 0.05'],
    [-99n, '-0,99 EUR', '-EUR 0.99'],
    [99_999n, '999,99 EUR', 'EUR 999.99'],
    [100_000n, '1.000,00 EUR', 'EUR 1,000.00'],
    [-123_456_789_012n, '-1.234.567.890,12 EUR', '-EUR 1,234,567,890.12'],
  ])('writes %p cents for human readers', (value, german, english) => {
    expect(Money.ofCents(value).format('de')).toBe(german);
    expect(Money.ofCents(value).format('en')).toBe(english);
    expect(Money.ofCents(value).toString()).toBe(value.toString());
  });
});
