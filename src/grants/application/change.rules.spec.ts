import { describe, expect, it } from '@jest/globals';
import { CalendarDate } from '../../kernel/calendar-date.js';
import { statesOf } from '../../kernel/lifecycle.js';
import { applicationLifecycle, decisionLifecycle } from '../lifecycle.rules.js';
import { judgeAcknowledged, judgeChange, tellingHindrance } from './change.rules.js';

const today = CalendarDate.parse('2016-06-20');
const codes = (objections: readonly { code: string; pointer: string | null }[]) =>
  objections.map(({ code, pointer }) => [code, pointer]);

describe('a change that is told', () => {
  it('is of today or before', () => {
    expect(judgeChange(today, today)).toEqual([]);
    expect(judgeChange(CalendarDate.parse('2016-06-01'), today)).toEqual([]);
    expect(codes(judgeChange(CalendarDate.parse('2016-06-21'), today))).toEqual([
      ['change-not-yet', '/sinceOn'],
    ]);
  });

  it('is told from the notice of a grant until its case is closed, and at no other time', () => {
    const free = statesOf(applicationLifecycle).flatMap((state) =>
      [null, ...statesOf(decisionLifecycle)].flatMap((decided) =>
        (['grant', 'partial_grant', 'refusal'] as const)
          .filter((kind) => tellingHindrance(state, decided && { state: decided, kind }) === null)
          .map((kind) => `${state} ${String(decided)} ${kind}`),
      ),
    );
    expect(free).toEqual(['decided notified grant', 'decided notified partial_grant']);
  });

  it('says why not, each time in other words', () => {
    const texts = [
      tellingHindrance('draft', null),
      tellingHindrance('decided', null),
      tellingHindrance('decided', { state: 'notified', kind: 'refusal' }),
      tellingHindrance('decided', { state: 'closed', kind: 'grant' }),
    ].map((text) => text?.de);
    expect(new Set(texts).size).toBe(4);
    expect(tellingHindrance('decided', { state: 'released', kind: 'grant' })?.de).toBe(texts[1]);
  });

  it('is acknowledged once', () => {
    const told = [
      { number: 1, answered: true },
      { number: 2, answered: false },
    ];
    expect(judgeAcknowledged(told, 2)).toEqual([]);
    expect(codes(judgeAcknowledged(told, 1))).toEqual([['change-not-open', '/change']]);
    expect(codes(judgeAcknowledged(told, 3))).toEqual([['change-not-open', '/change']]);
  });
});
