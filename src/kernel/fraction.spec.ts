import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Fraction } from './fraction.js';

const wide = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n });
const fractions = fc
  .tuple(
    wide,
    wide.filter((den) => den !== 0n),
  )
  .map(([num, den]) => Fraction.of(num, den));

describe('Fraction', () => {
  it('is a field: sums and products commute, associate, distribute and have inverses', () => {
    fc.assert(
      fc.property(fractions, fractions, fractions, (a, b, c) => {
        expect(a.plus(b)).toEqual(b.plus(a));
        expect(a.times(b)).toEqual(b.times(a));
        expect(a.plus(b).plus(c)).toEqual(a.plus(b.plus(c)));
        expect(a.times(b).times(c)).toEqual(a.times(b.times(c)));
        expect(a.times(b.plus(c))).toEqual(a.times(b).plus(a.times(c)));
        expect(a.plus(b).minus(b)).toEqual(a);
        if (b.num !== 0n) expect(a.times(b).dividedBy(b)).toEqual(a);
      }),
    );
  });

  it('is reduced with a positive denominator, so equal values are equal member by member', () => {
    fc.assert(
      fc.property(fractions, wide, (a, factor) => {
        fc.pre(factor !== 0n);
        expect(a.den > 0n).toBe(true);
        expect(Fraction.of(a.num * factor, a.den * factor)).toEqual(a);
      }),
    );
    expect(Fraction.of(0, -7).toString()).toBe('0/1');
    expect(Fraction.of(324, 366).toString()).toBe('54/61');
    expect(Fraction.of(4, -2).toString()).toBe('-2/1');
  });

  it('orders by value', () => {
    fc.assert(
      fc.property(fractions, fractions, (a, b) => {
        expect(a.compare(b)).toBe(a.minus(b).compare(Fraction.zero));
        expect(Fraction.min(a, b).plus(Fraction.max(a, b))).toEqual(a.plus(b));
        expect(Fraction.min(a, b).compare(Fraction.max(a, b))).toBeLessThanOrEqual(0);
      }),
    );
  });

  it('floors to the whole number at or just below', () => {
    fc.assert(
      fc.property(fractions, (a) => {
        const below = Fraction.of(a.floor());
        expect(below.compare(a)).toBeLessThanOrEqual(0);
        expect(below.plus(Fraction.of(1)).compare(a)).toBe(1);
      }),
    );
    expect(Fraction.of(-1, 2).floor()).toBe(-1n);
    expect(Fraction.of(-4, 2).floor()).toBe(-2n);
  });

  it('rounds to the nearest whole number, and a negative one as its mirror image', () => {
    fc.assert(
      fc.property(fractions, (a) => {
        const rounded = a.roundHalfAwayFromZero();
        const error = a.minus(Fraction.of(rounded));
        expect(error.compare(Fraction.of(1, 2))).toBeLessThanOrEqual(0);
        expect(error.compare(Fraction.of(-1, 2))).toBeGreaterThanOrEqual(0);
        expect(Fraction.zero.minus(a).roundHalfAwayFromZero()).toBe(-rounded);
      }),
    );
  });

  it.each([
    [1, 2, 1n],
    [-1, 2, -1n],
    [5, 2, 3n],
    [49, 100, 0n],
    [-49, 100, 0n],
    [51, 100, 1n],
  ])('rounds %p/%p to %p', (num, den, rounded) => {
    expect(Fraction.of(num, den).roundHalfAwayFromZero()).toBe(rounded);
  });

  it('sums thirds to one, where floats fail', () => {
    const third = Fraction.of(1, 3);
    expect(Fraction.sum([third, third, third])).toEqual(Fraction.of(1));
    expect(Fraction.sum([])).toEqual(Fraction.zero);
  });

  it('refuses a zero denominator and numbers that are not whole', () => {
    expect(() => Fraction.of(1, 0)).toThrow(RangeError);
    expect(() => Fraction.of(1).dividedBy(Fraction.zero)).toThrow(RangeError);
    expect(() => Fraction.of(0.1)).toThrow(RangeError);
    expect(() => Fraction.of(1, 2 ** 53)).toThrow(RangeError);
  });
});
