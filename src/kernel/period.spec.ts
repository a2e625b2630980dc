import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CalendarDate } from './calendar-date.js';
import { Period } from './period.js';

const day = (iso: string): CalendarDate => CalendarDate.parse(iso);
const period = (from: string, to: string | null): Period =>
  Period.of(day(from), to === null ? null : day(to));

const days = fc.integer({ min: 0, max: 1500 }).map((offset) => day('2015-01-01').plusDays(offset));
const lengths = fc.option(fc.integer({ min: 1, max: 900 }));
const periods = fc
  .tuple(days, lengths)
  .map(([from, length]) => Period.of(from, length === null ? null : from.plusDays(length)));

describe('Period', () => {
  const year2016 = period('2016-01-01', '2017-01-01');

  it.each([
    ['2015-12-31', false],
    ['2016-01-01', true],
    ['2016-12-31', true],
    ['2017-01-01', false],
  ])('of 2016 contains %s: %p', (iso, inside) => {
    expect(year2016.contains(day(iso))).toBe(inside);
  });

  it('contains every day from its first on while the end is open', () => {
    const open = period('2016-01-01', null);
    expect(open.contains(day('2015-12-31'))).toBe(false);
    expect(open.contains(day('2016-01-01'))).toBe(true);
    expect(open.contains(day('9999-12-31'))).toBe(true);
  });

  it('holds at least one day', () => {
    expect(period('2016-01-01', '2016-01-02').days()).toBe(1);
    expect(() => period('2016-01-01', '2016-01-01')).toThrow(RangeError);
    expect(() => period('2016-01-02', '2016-01-01')).toThrow(RangeError);
  });

  it('counts its days, and cannot while the end is open', () => {
    expect(year2016.days()).toBe(366);
    expect(period('2016-02-12', '2017-01-01').days()).toBe(324);
    expect(() => period('2016-01-01', null).days()).toThrow(RangeError);
  });

  it.each([
    ['2015-01-01', '2015-12-31', false],
    ['2015-01-01', '2016-01-01', false],
    ['2015-01-01', '2016-01-02', true],
    ['2016-12-31', '2017-06-01', true],
    ['2017-01-01', '2017-06-01', false],
    ['2016-12-31', null, true],
    ['2017-01-01', null, false],
  ])('of 2016 overlaps [%s, %s): %p', (from, to, shared) => {
    expect(year2016.overlaps(period(from, to))).toBe(shared);
    expect(period(from, to).overlaps(year2016)).toBe(shared);
  });

  it('intersects to the days in both, and only those', () => {
    fc.assert(
      fc.property(periods, periods, days, (a, b, probe) => {
        const both = a.intersect(b);
        expect(both).toEqual(b.intersect(a));
        expect(both?.contains(probe) ?? false).toBe(a.contains(probe) && b.contains(probe));
      }),
    );
  });

  it('splits into parts that follow each other and hold exactly its days', () => {
    fc.assert(
      fc.property(periods, fc.array(days, { maxLength: 8 }), (whole, cuts) => {
        const parts = whole.splitAt(cuts);
        expect(parts[0]?.from).toEqual(whole.from);
        expect(parts.at(-1)?.to).toEqual(whole.to);
        expect(parts.slice(1).map((part) => part.from)).toEqual(parts.slice(0, -1).map((part) => part.to));
        for (const cut of cuts) {
          if (whole.contains(cut)) expect(parts.some((part) => part.from.equals(cut))).toBe(true);
        }
      }),
    );
  });

  it('begins a new part on the day of the cut', () => {
    expect(year2016.splitAt([day('2016-07-01'), day('2017-01-01'), day('2016-01-01')])).toEqual([
      period('2016-01-01', '2016-07-01'),
      period('2016-07-01', '2017-01-01'),
    ]);
  });
});
