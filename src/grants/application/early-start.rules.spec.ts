import { describe, expect, it } from '@jest/globals';
import { CalendarDate } from '../../kernel/calendar-date.js';
import { judgeConsent, judgeEarlyStart, plannedStarts, type EarlyStartFacts } from './early-start.rules.js';

const day = (iso: string) => CalendarDate.parse(iso);
const ban = {
  ...{ provision: 'VV', source: 'Erlass', confidence: 'assumed' as const },
  ...{ validFrom: day('2016-01-01'), validTo: day('2017-01-01') },
};
const starts = plannedStarts(
  [
    { position: 1, occupiedFrom: day('2016-02-12') },
    { position: 2, occupiedFrom: day('2016-07-01') },
  ],
  [{ fundingYear: 2016 }],
  day('2016-02-12'),
);
const faults = (changes: Partial<EarlyStartFacts>) =>
  judgeEarlyStart({
    ...{ starts, years: [{ fundingYear: 2016, bans: [ban] }], consents: [], recurring: false },
    ...{ on: day('2016-03-01'), ...changes },
  }).map(({ code, basis, pointer }) => `${code} ${basis ?? ''} ${pointer ?? ''}`);
const consent = (startsOn: string) => ({ startsOn: day(startsOn), consentedOn: day('2016-01-20') });
const POST = 'begun-before-decision VV /posts/0/occupiedFrom';
const MEASURE = 'begun-before-decision VV /measures/0/fundingYear';

describe('what begins before the decision', () => {
  it('is objected to, post by post and measure by measure; what begins later is not', () => {
    expect(faults({})).toEqual([POST, MEASURE]);
    expect(faults({ on: day('2016-02-12') })).toEqual([]);
    expect(faults({ on: day('2016-07-02') })).toHaveLength(3);
  });

  it.each<[string, Partial<EarlyStartFacts>, string[]]>([
    ['a consent from the day on', { consents: [consent('2016-02-12')] }, []],
    ['a consent from a day later', { consents: [consent('2016-02-13')] }, [POST, MEASURE]],
    [
      'an earlier consent beside a later one',
      { consents: [consent('2016-03-01'), consent('2016-02-01')] },
      [],
    ],
    ['money in the year before', { recurring: true }, []],
    ['a guideline that says nothing', { years: [{ fundingYear: 2016, bans: [] }] }, []],
    ['a prohibition that ended before the draft', { on: day('2017-01-01') }, []],
    ['another year’s prohibition', { years: [{ fundingYear: 2017, bans: [ban] }] }, []],
  ])('with %s', (_, changes, expected) => {
    expect(faults(changes)).toEqual(expected);
  });
});

describe('a consent', () => {
  it.each<[string, string[]]>([
    ['2016-02-28', ['consent-reaches-back']],
    ['2016-02-29', []],
    ['2016-12-31', []],
    ['2017-01-01', ['consent-after-period']],
  ])('of 29 February for the rest of 2016 from %s', (startsOn, expected) => {
    const found = judgeConsent(day(startsOn), day('2017-01-01'), day('2016-02-29'));
    expect(found.map(({ code }) => code)).toEqual(expected);
    expect(found.every(({ pointer }) => pointer === '/startsOn')).toBe(true);
  });
});
