import { describe, expect, it } from '@jest/globals';
import { CalendarDate } from '../kernel/calendar-date.js';
import {
  attachmentKinds,
  callState,
  judgeApplying,
  judgeAttached,
  judgeNewCall,
  type Applying,
  type CallFacts,
} from './call.rules.js';

const day = (text: string) => CalendarDate.parse(text);

const call: CallFacts = {
  ...{ programme: 'KI', fromYear: 2016, toYear: 2017, closedOn: null },
  opensOn: day('2016-01-04'),
  closesOn: day('2016-03-31'),
  titleDe: 'Aufruf 2016',
  titleEn: 'Call 2016',
  requiredAttachments: ['cost_estimate', 'council_resolution'],
};

describe('a call', () => {
  it.each([
    ['2016-01-03', 'announced'],
    ['2016-01-04', 'open'],
    ['2016-03-31', 'open'],
    ['2016-04-01', 'closed'],
  ])('is on %s %s', (on, state) => {
    expect(callState(call, day(on))).toBe(state);
  });

  it('is closed for good from the day somebody closes it', () => {
    expect(callState({ ...call, closedOn: day('2016-02-01') }, day('2016-02-01'))).toBe('closed');
  });

  it.each([
    ['years and window in order', {}, '2016-03-31', []],
    ['a window of one day', { closesOn: day('2016-01-04') }, '2016-01-04', []],
    ['a window that is past', {}, '2016-04-01', ['window-past']],
    [
      'everything backwards',
      { toYear: 2015, closesOn: day('2016-01-03') },
      '2016-01-01',
      ['years-backwards', 'window-backwards'],
    ],
  ])('with %s is announced or not', (_, changes, today, codes) => {
    expect(judgeNewCall({ ...call, ...changes }, day(today)).map(({ code }) => code)).toEqual(codes);
  });
});

describe('applying', () => {
  const applying: Applying = { programme: 'KI', fundingYears: [2016], on: day('2016-02-01') };
  const codes = (changes: Partial<Applying>, of: CallFacts = call) =>
    judgeApplying(of, { ...applying, ...changes }).map(({ code }) => code);

  it.each([
    ['on the first day', { on: day('2016-01-04') }, []],
    ['the day before', { on: day('2016-01-03') }, ['call-not-open-yet']],
    ['on the last day', { on: day('2016-03-31') }, []],
    ['the day after', { on: day('2016-04-01') }, ['call-closed']],
    ['again, long after, what was in time once', { on: null }, []],
    ['for both years', { fundingYears: [2016, 2017] }, []],
    ['for the year before', { fundingYears: [2015] }, ['call-other-year']],
    ['for a year beyond', { fundingYears: [2017, 2018] }, ['call-other-year']],
    ['for another programme', { programme: 'KOMM_AN_I' as const }, ['call-other-programme']],
  ])('%s', (_, changes, expected) => {
    expect(codes(changes)).toEqual(expected);
  });

  it('names every objection at once', () => {
    expect(codes({ programme: 'KOMM_AN_I', fundingYears: [2018], on: day('2016-04-01') })).toEqual([
      'call-other-programme',
      'call-other-year',
      'call-closed',
    ]);
  });

  it('to a call closed early counts until the day before', () => {
    const closed = { ...call, closedOn: day('2016-02-15') };
    expect(codes({ on: day('2016-02-14') }, closed)).toEqual([]);
    expect(judgeApplying(closed, { ...applying, on: day('2016-02-15') })).toMatchObject([
      {
        code: 'call-closed',
        detail: {
          de: 'Der Aufruf „Aufruf 2016“ wurde am 15.02.2016 geschlossen.',
          en: 'The call "Call 2016" was closed on 2016-02-15.',
        },
      },
    ]);
  });

  it('without what the call asks for is incomplete, one objection for each', () => {
    expect(judgeAttached(call, []).map(({ detail }) => detail.de)).toEqual([
      'Es fehlt die Anlage: Kostenaufstellung.',
      'Es fehlt die Anlage: Rats- oder Kreistagsbeschluss.',
    ]);
    expect(judgeAttached(call, ['council_resolution'])).toHaveLength(1);
    expect(judgeAttached(call, attachmentKinds)).toEqual([]);
  });
});
