import { describe, expect, it } from '@jest/globals';
import { CalendarDate } from '../../kernel/calendar-date.js';
import { answerDueOn, judgeAnswered, judgeDueDay, judgeUnchanged } from './query.rules.js';

const day = (iso: string) => CalendarDate.parse(iso);

describe('the day until which to answer', () => {
  it.each([
    ['2016-03-15', '2016-03-15'],
    ['2016-03-19', '2016-03-21'],
    // Good Friday, the weekend and Easter Monday.
    ['2016-03-25', '2016-03-29'],
    // Corpus Christi is a holiday in North Rhine-Westphalia, and not everywhere.
    ['2016-05-26', '2016-05-27'],
  ])('%s is %s', (stated, due) => {
    expect(answerDueOn(day(stated)).toString()).toBe(due);
  });

  it.each([
    ['2016-03-14', ['due-day-past']],
    ['2016-03-15', ['due-day-past']],
    ['2016-03-16', []],
    ['2017-03-15', []],
    ['2017-03-16', ['due-day-too-far']],
  ])('asked on 15 March 2016 for %s: %j', (stated, codes) => {
    expect(judgeDueDay(day(stated), day('2016-03-15')).map(({ code }) => code)).toEqual(codes);
  });
});

describe('an answer', () => {
  it('names a query that is open', () => {
    const queries = [
      { number: 1, answered: true },
      { number: 2, answered: false },
    ];
    expect([1, 2, 3].map((number) => judgeAnswered(queries, number).map(({ code }) => code))).toEqual([
      ['query-not-open'],
      [],
      ['query-not-open'],
    ]);
  });

  it('in words is about what was submitted, whatever the rules make of it by now', () => {
    const content = (posts: number, calculation: number) => JSON.stringify({ calculation, posts });
    expect(judgeUnchanged(content(3, 100), content(3, 90))).toEqual([]);
    expect(judgeUnchanged(content(3, 100), content(2, 100)).map(({ code }) => code)).toEqual([
      'application-changed',
    ]);
  });
});
