import { describe, expect, it } from '@jest/globals';
import { CalendarDate } from '../kernel/calendar-date.js';
import { newId, type GuidelineVersionId } from '../kernel/ids.js';
import { Period } from '../kernel/period.js';
import { supersede } from './supersession.rules.js';

const day = (iso: string) => CalendarDate.parse(iso);
const period = (from: string, to: string | null) => Period.of(day(from), to === null ? null : day(to));

describe('supersede', () => {
  const id = newId<GuidelineVersionId>();
  const standing = (from: string, to: string | null) => [{ id, title: 'alt', validity: period(from, to) }];

  it('leaves versions alone that do not touch the new one', () => {
    expect(supersede(period('2017-01-01', null), standing('2012-06-25', '2017-01-01'))).toEqual({
      superseded: [],
      replaced: [],
      violations: [],
    });
  });

  it.each([
    ['an open one', '2012-06-25', null],
    ['one that would have run on', '2012-06-25', '2020-01-01'],
  ])('ends %s with the first day of the new one', (_, from, to) => {
    expect(supersede(period('2017-01-01', null), standing(from, to))).toMatchObject({
      superseded: [id],
      replaced: [],
    });
  });

  it('takes the place of one that begins the same day: it was recorded until now, and is no longer', () => {
    expect(supersede(period('2017-01-01', null), standing('2017-01-01', '2020-01-01'))).toMatchObject({
      ...{ superseded: [], replaced: [id], violations: [] },
    });
  });

  it.each([
    ['that begins a day later', '2017-01-02', null, null],
    ['that outlasts the new one', '2012-06-25', null, '2018-01-01'],
    ['that outlasts the new one by a day', '2012-06-25', '2018-01-02', '2018-01-01'],
    ['that begins the same day and outlasts it', '2017-01-01', null, '2018-01-01'],
  ])('does not touch one %s', (_, from, to, end) => {
    const { superseded, replaced, violations } = supersede(period('2017-01-01', end), standing(from, to));
    expect([...superseded, ...replaced]).toEqual([]);
    expect(violations.map(({ code }) => code)).toEqual(['validity-overlaps']);
  });
});
