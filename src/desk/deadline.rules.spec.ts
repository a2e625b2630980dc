import { describe, expect, it } from '@jest/globals';
import { CalendarDate } from '../kernel/calendar-date.js';
import {
  daysLeft,
  deadlineKinds,
  deadlineRules,
  type DeadlineFacts,
  type DeadlineKind,
  type DeadlineRule,
} from './deadline.rules.js';

const day = (iso: string): CalendarDate => CalendarDate.parse(iso);

function endOf(kind: DeadlineKind, eventOn: string, changes: Partial<DeadlineFacts> = {}): string[] | null {
  const facts = { namedOn: null, mode: null, remedyInformation: null, ground: null, ...changes };
  const rule: DeadlineRule = deadlineRules[kind];
  const ending = rule.ending({ eventOn: day(eventOn), ...facts });
  return ending === null ? null : [ending.endsOn.toString(), ending.dueOn.toString()];
}

describe('deadlines', () => {
  it('each say from what, on which basis, whose, and what follows, in both languages', () => {
    const rules: readonly DeadlineRule[] = deadlineKinds.map((kind) => deadlineRules[kind]);
    for (const { event, text, consequence, basis } of rules) {
      const words = [event, text, consequence].flatMap(({ de, en }) => [de, en]);
      expect([...words, basis].filter((word) => word.trim() === '')).toEqual([]);
      expect(consequence.de).not.toBe(consequence.en);
    }
  });

  it('remedy_period: a month from receipt, off a Saturday to Monday; a year without information', () => {
    const notified = { mode: 'handover', remedyInformation: true } as const;
    expect(endOf('remedy_period', '2016-02-12', notified)).toEqual(['2016-03-12', '2016-03-14']);
    expect(endOf('remedy_period', '2016-02-15', notified)).toEqual(['2016-03-15', '2016-03-15']);
    expect(endOf('remedy_period', '2016-02-12', { ...notified, remedyInformation: false })).toEqual([
      ...['2017-02-12', '2017-02-13'],
    ]);
    expect(endOf('remedy_period', '2016-02-12')).toBeNull();
  });

  it('taking_back: a year from knowledge, on whatever day of the week; none after deceit', () => {
    // 12 February 2017 is a Sunday.
    expect(endOf('taking_back', '2016-02-12', { ground: 'requirement_broken' })).toEqual([
      ...['2017-02-12', '2017-02-12'],
    ]);
    expect(endOf('taking_back', '2016-02-12', { ground: 'obtained_by_deceit' })).toBeNull();
  });

  it('hearing: the day that was named, moved off weekends and holidays', () => {
    expect(endOf('hearing', '2016-03-01', { namedOn: day('2016-03-24') })).toEqual([
      '2016-03-24',
      '2016-03-24',
    ]);
    expect(endOf('hearing', '2016-03-01', { namedOn: day('2016-03-25') })).toEqual([
      '2016-03-25',
      '2016-03-29',
    ]);
  });

  it('use_of_money: two months from payment, a day the month lacks becomes its last', () => {
    expect(endOf('use_of_money', '2016-05-02')).toEqual(['2016-07-02', '2016-07-04']);
    expect(endOf('use_of_money', '2016-12-31')).toEqual(['2017-02-28', '2017-02-28']);
  });

  it('call_window, drawdown_due and proof_of_use: the very day that was named', () => {
    for (const kind of ['call_window', 'drawdown_due', 'proof_of_use'] as const) {
      expect(endOf(kind, '2016-01-04', { namedOn: day('2016-12-31') })).toEqual(['2016-12-31', '2016-12-31']);
    }
  });

  it('authorisation_lapse and year_close: the last day of the year, New Year’s Eve or not', () => {
    expect(endOf('authorisation_lapse', '2016-02-01', { namedOn: day('2016-12-31') })).toEqual([
      ...['2016-12-31', '2016-12-31'],
    ]);
    expect(endOf('year_close', '2016-01-01')).toEqual(['2016-12-31', '2016-12-31']);
  });

  it('count the days: none is left on the day itself, and the day after one is missing', () => {
    expect(daysLeft(day('2016-03-14'), day('2016-03-13'))).toBe(1);
    expect(daysLeft(day('2016-03-14'), day('2016-03-14'))).toBe(0);
    expect(daysLeft(day('2016-03-14'), day('2016-03-15'))).toBe(-1);
  });
});
