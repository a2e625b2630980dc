import { describe, expect, it } from '@jest/globals';
import { CalendarDate } from '../../kernel/calendar-date.js';
import {
  addedStarts,
  judgeConsent,
  judgeEarlyStart,
  plannedStarts,
  type EarlyStartFacts,
} from './early-start.rules.js';

const day = (iso: string) => CalendarDate.parse(iso);
const ban = {
  ...{ provision: 'VV', source: 'Erlass', confidence: 'assumed' as const },
  ...{ validFrom: day('2016-01-01'), validTo: day('2017-01-01') },
};
const starts = plannedStarts(
  [
    { position: 1, category: 'specialist', fteHundredths: 200, occupiedFrom: day('2016-02-12') },
    { position: 2, category: 'specialist', fteHundredths: 50, occupiedFrom: day('2016-07-01') },
  ],
  [{ kind: 'material', text: 'Möbel', fundingYear: 2016 }],
  day('2016-02-12'),
);
const faults = (changes: Partial<EarlyStartFacts>) =>
  judgeEarlyStart({
    ...{ starts, years: [{ fundingYear: 2016, bans: [ban] }], consents: [], granted: [], recurring: [] },
    ...{ on: day('2016-03-01'), ...changes },
  }).map(({ code, basis, pointer }) => `${code} ${basis ?? ''} ${pointer ?? ''}`);
const consent = (startsOn: string, covers = starts) => ({
  ...{ startsOn: day(startsOn), consentedOn: day('2016-01-20'), covers },
});
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
    ['a consent to less of it', { consents: [consent('2016-02-01', starts.slice(1, 2))] }, [POST, MEASURE]],
    ['a consent to posts alone', { consents: [consent('2016-02-01', starts.slice(0, 2))] }, [MEASURE]],
    [
      'a consent of which half is used up',
      { consents: [consent('2016-02-01')], granted: [{ thing: 'specialist', extent: 100 }] },
      [POST],
    ],
    ['money in the year before', { recurring: [2016] }, []],
    ['money in the year before another', { recurring: [2017] }, [POST, MEASURE]],
    ['a guideline that says nothing', { years: [{ fundingYear: 2016, bans: [] }] }, []],
    ['a prohibition that ended before the draft', { on: day('2017-01-01') }, []],
    ['another year’s prohibition', { years: [{ fundingYear: 2017, bans: [ban] }] }, []],
  ])('with %s', (_, changes, expected) => {
    expect(faults(changes)).toEqual(expected);
  });
});

describe('a consent to fewer posts', () => {
  const late = (on: string) => faults({ on: day(on), consents: [consent('2016-02-01', starts.slice(0, 1))] });

  it('covers those that begin first', () => {
    expect(late('2016-06-01')).toEqual([MEASURE]);
    expect(late('2016-08-01')).toEqual(['begun-before-decision VV /posts/1/occupiedFrom', MEASURE]);
  });
});

describe('what an amendment lets begin', () => {
  const post = (position: number, fteHundredths: number, from: string, category = 'specialist') => ({
    ...{ position, category, fteHundredths, occupiedFrom: day(from) },
  });
  const added = (...posts: ReturnType<typeof post>[]) =>
    addedStarts([post(1, 200, '2016-02-12'), post(2, 50, '2016-02-12', 'assistant')], posts).starts.map(
      ({ thing, extent, on }) => [thing, extent, on.toString()],
    );

  it('is nothing where posts stay, shrink, begin later or go', () => {
    expect(added(post(1, 200, '2016-02-12'), post(2, 50, '2016-02-12', 'assistant'))).toEqual([]);
    expect(added(post(1, 100, '2016-03-01'))).toEqual([]);
  });

  it('is another post, more of one, one that begins earlier and one that becomes another', () => {
    expect(added(post(3, 100, '2016-03-01'))).toEqual([['specialist', 100, '2016-03-01']]);
    expect(added(post(1, 250, '2016-02-12'))).toEqual([['specialist', 50, '2016-02-12']]);
    expect(added(post(1, 200, '2016-02-01'))).toEqual([['specialist', 200, '2016-02-01']]);
    expect(added(post(2, 50, '2016-02-12'))).toEqual([['specialist', 50, '2016-02-12']]);
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
