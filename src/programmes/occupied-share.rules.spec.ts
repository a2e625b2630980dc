import { describe, expect, it } from '@jest/globals';
import { CalendarDate } from '../kernel/calendar-date.js';
import { fundingYear } from '../kernel/funding-year.js';
import { Period } from '../kernel/period.js';
import { occupiedShare, occupiedTime, type ShareRule } from './occupied-share.rules.js';

const leap = fundingYear(2016);
const common = fundingYear(2015);

/** From the first day up to, but excluding, the second. */
function period(from: string, to: string | null = null): Period {
  return Period.of(CalendarDate.parse(from), to === null ? null : CalendarDate.parse(to));
}

function counted(occupied: Period, year: typeof leap, rule: ShareRule): string {
  const { counted: units, of } = occupiedTime(occupied, year, rule);
  return `${units}/${of}`;
}

describe('the occupied share of a funding year', () => {
  it.each<[string, ShareRule, string]>([
    ['2016-02-12', 'actual_days', '324/366'],
    ['2016-02-12', 'thirty_day_months', '319/360'],
    ['2016-02-12', 'months_begun', '11/12'],
    ['2016-06-28', 'actual_days', '187/366'],
    ['2016-06-28', 'thirty_day_months', '183/360'],
    ['2016-06-28', 'months_begun', '7/12'],
    ['2016-06-29', 'actual_days', '186/366'],
    ['2016-06-29', 'thirty_day_months', '182/360'],
    ['2016-06-29', 'months_begun', '7/12'],
  ])('from %s, by %s, is %s', (from, rule, expected) => {
    expect(counted(period(from), leap, rule)).toBe(expected);
  });

  it.each<[ShareRule, string, string]>([
    ['actual_days', '366/366', '365/365'],
    ['thirty_day_months', '360/360', '360/360'],
    ['months_begun', '12/12', '12/12'],
  ])('is one over a full year by %s, in a leap year and in a common one', (rule, inLeap, inCommon) => {
    expect(counted(period('2010-01-01'), leap, rule)).toBe(inLeap);
    expect(counted(period('2010-01-01'), common, rule)).toBe(inCommon);
    expect(occupiedShare(period('2010-01-01'), leap, rule).toString()).toBe('1/1');
  });

  it('counts 29 February by days and by months begun, and nothing beyond the thirtieth by thirty-day months', () => {
    const leapDay = period('2016-02-29', '2016-03-01');
    expect(counted(leapDay, leap, 'actual_days')).toBe('1/366');
    expect(counted(leapDay, leap, 'months_begun')).toBe('1/12');
    expect(counted(period('2016-01-31', '2016-02-01'), leap, 'thirty_day_months')).toBe('1/360');
    expect(counted(period('2016-01-30', '2016-01-31'), leap, 'thirty_day_months')).toBe('0/360');
    expect(counted(period('2016-01-30', '2016-02-01'), leap, 'thirty_day_months')).toBe('1/360');
  });

  it('counts a month from its first occupied day, and not the day before', () => {
    expect(counted(period('2016-01-01', '2016-02-01'), leap, 'months_begun')).toBe('1/12');
    expect(counted(period('2016-01-01', '2016-02-02'), leap, 'months_begun')).toBe('2/12');
    expect(counted(period('2016-01-31', '2016-02-02'), leap, 'months_begun')).toBe('2/12');
  });

  it.each<ShareRule>(['actual_days', 'thirty_day_months', 'months_begun'])(
    'ignores what lies outside the year, by %s',
    (rule) => {
      expect(occupiedTime(period('2015-01-01', '2016-01-01'), leap, rule).counted).toBe(0);
      expect(occupiedTime(period('2017-01-01'), leap, rule).counted).toBe(0);
      expect(occupiedTime(period('2015-12-31', '2016-01-02'), leap, rule).counted).toBe(1);
    },
  );
});
