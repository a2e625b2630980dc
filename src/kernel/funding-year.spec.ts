import { describe, expect, it } from '@jest/globals';
import { CalendarDate } from './calendar-date.js';
import { daysInYear, fundingYear, splitByYear, yearOf, yearPeriod } from './funding-year.js';
import { Period } from './period.js';

const day = (iso: string): CalendarDate => CalendarDate.parse(iso);

describe('FundingYear', () => {
  it.each([1989, 2101, 2016.5, Number.NaN, 16])('refuses %p', (year) => {
    expect(() => fundingYear(year)).toThrow(RangeError);
  });

  it.each([1990, 2100])('admits %p', (year) => {
    expect(fundingYear(year)).toBe(year);
  });

  it('runs from New Year to the next, excluded', () => {
    const year = yearPeriod(fundingYear(2016));
    expect(year.contains(day('2015-12-31'))).toBe(false);
    expect(year.contains(day('2016-01-01'))).toBe(true);
    expect(year.contains(day('2016-12-31'))).toBe(true);
    expect(year.contains(day('2017-01-01'))).toBe(false);
  });

  it.each([
    [2015, 365],
    [2016, 366],
    [2000, 366],
    [2100, 365],
  ])('%p has %p days', (year, days) => {
    expect(daysInYear(fundingYear(year))).toBe(days);
  });

  it('is that of the day, as long as there is one', () => {
    expect(yearOf(day('2016-12-31'))).toBe(2016);
    expect(yearOf(day('2017-01-01'))).toBe(2017);
    expect(() => yearOf(day('1989-12-31'))).toThrow(RangeError);
  });

  it('splits a grant period of several years', () => {
    const parts = splitByYear(Period.of(day('2015-12-31'), day('2017-01-02')));
    expect([...parts].map(([year, part]) => [year, part.days()])).toEqual([
      [2015, 1],
      [2016, 366],
      [2017, 1],
    ]);
  });

  it('leaves a period within one year whole, its last day included', () => {
    const last = yearPeriod(fundingYear(2100));
    expect(splitByYear(last)).toEqual(new Map([[2100, last]]));
    expect(() => splitByYear(Period.of(day('2016-01-01'), null))).toThrow(RangeError);
    expect(() => splitByYear(Period.of(day('2100-12-31'), day('2101-01-02')))).toThrow(RangeError);
  });
});
