import { describe, expect, it } from '@jest/globals';
import { CalendarDate } from '../../kernel/calendar-date.js';
import { judgeClosing } from './closing.rules.js';

const day = (iso: string) => CalendarDate.parse(iso);
const done = {
  ...{ finalOn: day('2016-03-02'), grantedYears: [2016, 2017], settledYears: [2016, 2017] },
  ...{ openSuits: 0, openHearings: 0, unfinished: null },
};
const judged = (changes: object = {}, on = '2018-06-01') =>
  judgeClosing({ ...done, ...changes }, day(on)).map(({ code }) => code);

describe('closing a decision', () => {
  it('needs every year settled, the decision final, no suit, no hearing and no other act', () => {
    expect(judged()).toEqual([]);
    expect(judged({ settledYears: [2016] })).toEqual(['year-not-settled']);
    expect(judged({}, '2016-03-01')).toEqual(['not-final']);
    expect(judged({}, '2016-03-02')).toEqual([]);
    expect(
      judged({ openSuits: 1, openHearings: 1, unfinished: 'A-1', settledYears: [], finalOn: null }),
    ).toEqual([
      ...[
        'not-final',
        'year-not-settled',
        'year-not-settled',
        'suit-pending',
        'hearing-pending',
        'act-under-way',
      ],
    ]);
  });

  it('asks nothing about years of a refusal', () => {
    expect(judged({ grantedYears: [], settledYears: [] })).toEqual([]);
  });
});
