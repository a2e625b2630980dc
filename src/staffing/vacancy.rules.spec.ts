import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CalendarDate } from '../kernel/calendar-date.js';
import { Fraction } from '../kernel/fraction.js';
import { fundingYear, yearPeriod } from '../kernel/funding-year.js';
import { Period } from '../kernel/period.js';
import { occupiedShare } from '../programmes/occupied-share.rules.js';
import type { Phase, Step } from './staffing.rules.js';
import { monthlyVacancies, monthsOf, noDays, plus, postDays } from './vacancy.rules.js';

const day = (iso: string) => CalendarDate.parse(iso);
const phase = (changes: Partial<Phase> = {}): Phase => ({
  from: day('2016-01-01'),
  to: null,
  category: 'specialist',
  fteHundredths: 100,
  funder: 'integration_ministry',
  ...changes,
});
const Y2017 = yearPeriod(fundingYear(2017));

describe('vacancies by day', () => {
  it('counts half a post vacant for three months', () => {
    const occupied: Step[] = [
      { from: day('2016-01-01'), fteHundredths: 100 },
      { from: day('2017-04-01'), fteHundredths: 50 },
      { from: day('2017-07-01'), fteHundredths: 100 },
    ];
    const year = postDays({ phases: [phase()], occupied }, Y2017, false);
    expect(year).toEqual({ established: 36_500, occupied: 36_500 - 91 * 50, vacant: 91 * 50 });
  });

  it('takes a post nobody ever sat on for vacant, and days without the post for nothing', () => {
    const phases = [phase({ from: day('2017-02-01'), to: day('2017-03-01') })];
    expect(postDays({ phases, occupied: [] }, Y2017, false)).toEqual({
      established: 2800,
      occupied: 0,
      vacant: 2800,
    });
  });

  it('keeps teachers apart, also when a post changes category within the year', () => {
    const phases = [
      phase({ to: day('2017-07-01') }),
      phase({ from: day('2017-07-01'), category: 'teacher', funder: 'school_ministry' }),
    ];
    const occupied = [{ from: day('2017-01-01'), fteHundredths: 100 }];
    expect(postDays({ phases, occupied }, Y2017, false).occupied).toBe(18_100);
    expect(postDays({ phases, occupied }, Y2017, true).occupied).toBe(18_400);
  });

  it('gives each month its days, 29 in February of a leap year', () => {
    const months = monthlyVacancies([{ phases: [phase()], occupied: [] }], fundingYear(2016));
    expect(months).toHaveLength(12);
    expect(months[1]).toMatchObject({
      month: '2016-02',
      days: 29,
      staff: { vacant: 2900 },
      teachers: noDays,
    });
  });
});

const aDay = fc.integer({ min: 0, max: 364 }).map((days) => day('2017-01-01').plusDays(days));
const steps = fc
  .array(fc.record({ from: aDay, fteHundredths: fc.integer({ min: 0, max: 100 }) }), { maxLength: 6 })
  .map((list) => [...list].sort((a, b) => a.from.compare(b.from)));

describe('whatever the history', () => {
  it('months sum to the year, and any split sums to the whole', () => {
    fc.assert(
      fc.property(steps, fc.array(aDay, { maxLength: 5 }), (occupied, cuts) => {
        const whole = postDays({ phases: [phase()], occupied }, Y2017, false);
        for (const parts of [monthsOf(fundingYear(2017)), Y2017.splitAt(cuts)]) {
          expect(
            parts.map((part) => postDays({ phases: [phase()], occupied }, part, false)).reduce(plus, noDays),
          ).toEqual(whole);
        }
        expect(whole.occupied + whole.vacant).toBe(whole.established);
      }),
      { numRuns: 60 },
    );
  });

  it('more vacancy never gives a larger occupied share', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 100 }), (occupied, cap) => {
        const fewer = occupied.map((step) => ({ ...step, fteHundredths: Math.min(step.fteHundredths, cap) }));
        const before = postDays({ phases: [phase()], occupied }, Y2017, false);
        const after = postDays({ phases: [phase()], occupied: fewer }, Y2017, false);
        expect(after.vacant).toBeGreaterThanOrEqual(before.vacant);
        expect(after.occupied).toBeLessThanOrEqual(before.occupied);
      }),
      { numRuns: 60 },
    );
  });

  it('day-exact shares are additive over any split of an occupied period', () => {
    fc.assert(
      fc.property(
        aDay,
        fc.integer({ min: 1, max: 200 }),
        fc.array(aDay, { maxLength: 5 }),
        (from, length, cuts) => {
          const period = Period.of(from, from.plusDays(length));
          const share = (part: Period) => occupiedShare(part, fundingYear(2017), 'actual_days');
          expect(Fraction.sum(period.splitAt(cuts).map(share))).toEqual(share(period));
        },
      ),
      { numRuns: 60 },
    );
  });
});
