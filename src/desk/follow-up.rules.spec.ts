import { describe, expect, it } from '@jest/globals';
import { CalendarDate } from '../kernel/calendar-date.js';
import { judgeFollowUp } from './follow-up.rules.js';

const today = CalendarDate.of(2016, 3, 1);
const right = { dueOn: today, subjectSeen: true, forColleague: true };
const codes = (changes: object): string[] =>
  judgeFollowUp({ ...right, ...changes }, today).map(({ code }) => code);

describe('a follow-up', () => {
  it('may be for today, and not for yesterday', () => {
    expect(codes({})).toEqual([]);
    expect(codes({ dueOn: CalendarDate.of(2016, 2, 29) })).toEqual(['follow-up-in-the-past']);
  });

  it('says everything that is wrong with it at once', () => {
    expect(codes({ dueOn: CalendarDate.of(2016, 2, 29), subjectSeen: false, forColleague: false })).toEqual([
      ...['unknown-subject', 'follow-up-in-the-past', 'not-a-colleague'],
    ]);
  });
});
