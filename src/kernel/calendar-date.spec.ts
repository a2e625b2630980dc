import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CalendarDate } from './calendar-date.js';

const day = (iso: string): CalendarDate => CalendarDate.parse(iso);
const days = fc.integer({ min: -36_000, max: 36_000 }).map((offset) => day('2016-02-29').plusDays(offset));

describe('CalendarDate', () => {
  it('reads what it writes', () => {
    fc.assert(
      fc.property(days, (each) => {
        expect(day(each.toString())).toEqual(each);
        expect(JSON.stringify(each)).toBe(`"${each.toString()}"`);
      }),
    );
    expect(day('0001-01-01').toString()).toBe('0001-01-01');
    expect([day('2016-02-09').format('de'), day('2016-02-09').format('en')]).toEqual([
      '09.02.2016',
      '2016-02-09',
    ]);
  });

  it.each([
    '2015-02-29',
    '1900-02-29',
    '2016-13-01',
    '2016-00-10',
    '2016-04-31',
    '2016-4-1',
    '16-04-01',
    '2016-04-01T00:00:00Z',
    '2016-04-01[u-ca=hebrew]',
    '20160401',
    '+002016-04-01',
    '0000-01-01',
    ' 2016-04-01',
    '2016-04-01\n',
    '２０１６-04-01',
    '',
  ])('refuses %j', (text) => {
    expect(() => day(text)).toThrow(RangeError);
  });

  it('refuses days that do not exist', () => {
    expect(() => CalendarDate.of(2015, 2, 29)).toThrow(RangeError);
    expect(() => CalendarDate.of(2016, 0, 1)).toThrow(RangeError);
    expect(() => CalendarDate.of(2016, 1, 1.5)).toThrow(RangeError);
    expect(() => CalendarDate.of(10_000, 1, 1)).toThrow(RangeError);
    expect(() => day('9999-12-31').plusDays(1)).toThrow(RangeError);
    expect(() => day('0001-01-01').plusDays(-1)).toThrow(RangeError);
    expect(() => day('2016-01-01').plusDays(0.5)).toThrow(RangeError);
  });

  it('counts days there and back', () => {
    fc.assert(
      fc.property(days, days, (a, b) => {
        expect(a.plusDays(a.daysUntil(b))).toEqual(b);
        expect(a.daysUntil(b) + b.daysUntil(a)).toBe(0);
        expect(a.compare(b)).toBe(Math.sign(b.daysUntil(a)));
        expect(a.isBefore(b)).toBe(a.daysUntil(b) > 0);
        expect(a.isAfter(b)).toBe(b.isBefore(a));
        expect(a.equals(b)).toBe(a.toString() === b.toString());
        expect(CalendarDate.min(a, b).daysUntil(CalendarDate.max(a, b))).toBe(Math.abs(a.daysUntil(b)));
      }),
    );
  });

  it('knows leap years, the centuries too', () => {
    expect(day('2016-02-28').plusDays(1).toString()).toBe('2016-02-29');
    expect(day('2015-02-28').plusDays(1).toString()).toBe('2015-03-01');
    expect(day('2000-02-28').plusDays(1).toString()).toBe('2000-02-29');
    expect(day('1900-02-28').plusDays(1).toString()).toBe('1900-03-01');
    expect(day('2016-01-01').daysUntil(day('2017-01-01'))).toBe(366);
    expect(day('2017-01-01').daysUntil(day('2018-01-01'))).toBe(365);
  });

  it('clamps to the last day of a shorter month', () => {
    expect(day('2016-01-30').plusMonths(1).toString()).toBe('2016-02-29');
    expect(day('2016-01-29').plusMonths(1).toString()).toBe('2016-02-29');
    expect(day('2015-01-31').plusMonths(1).toString()).toBe('2015-02-28');
    expect(day('2015-12-31').plusMonths(2).toString()).toBe('2016-02-29');
    expect(day('2016-03-31').plusMonths(-1).toString()).toBe('2016-02-29');
    expect(day('2016-02-29').plusYears(1).toString()).toBe('2017-02-28');
    expect(day('2016-02-29').plusYears(4).toString()).toBe('2020-02-29');
  });

  it('knows the month around it', () => {
    fc.assert(
      fc.property(days, (each) => {
        expect(each.firstOfMonth().day).toBe(1);
        expect(each.lastOfMonth().plusDays(1)).toEqual(each.firstOfMonth().plusMonths(1));
        expect(each.lastOfMonth().month).toBe(each.month);
      }),
    );
    expect(day('2016-02-01').lastOfMonth().toString()).toBe('2016-02-29');
  });

  it('begins the week on Monday', () => {
    expect(day('2016-02-29').dayOfWeek).toBe(1);
    expect(day('2016-03-06').dayOfWeek).toBe(7);
  });
});
