import { describe, expect, it } from '@jest/globals';
import { CalendarDate } from '../kernel/calendar-date.js';
import { isOpenOn, judgeNewCentre, type NewCentre } from './centres.rules.js';

const day = (iso: string) => CalendarDate.parse(iso);
const coesfeld: NewCentre = {
  ...{
    ags: '05558000',
    name: 'Kreis Coesfeld',
    hostType: 'kreis',
    regierungsbezirk: 'Münster',
    ordinal: 50,
    note: null,
  },
  recipient: { name: 'Kreis Coesfeld', kind: 'kreis' },
  ...{ openedOn: day('2016-02-12'), knownOpenBy: null, assumedOpenFrom: null, assumedOpenReason: null },
  ...{ population: 220_586, populationOn: day('2019-12-31'), populationConfidence: 'verified' },
};

describe('a centre', () => {
  it.each([
    ['on the day before it opened', '2016-02-11', false],
    ['on the day it opened', '2016-02-12', true],
  ])('whose opening day is known, %s', (_, on, open) => {
    expect(isOpenOn({ openedOn: day('2016-02-12'), knownOpenBy: null, closedOn: null }, day(on))).toBe(open);
  });

  it.each([
    ['on the day before, is open or not: nobody knows', '2016-02-11', null],
    ['on that day, is open', '2016-02-12', true],
  ])('known to be open by a day, %s', (_, on, open) => {
    expect(isOpenOn({ openedOn: null, knownOpenBy: day('2016-02-12'), closedOn: null }, day(on))).toBe(open);
  });

  it('is not open without a day, and no longer from the day it closed', () => {
    expect(isOpenOn({ openedOn: null, knownOpenBy: null, closedOn: null }, day('2030-01-01'))).toBe(false);
    const closed = { openedOn: day('2016-02-12'), knownOpenBy: null, closedOn: day('2020-01-01') };
    expect([isOpenOn(closed, day('2019-12-31')), isOpenOn(closed, day('2020-01-01'))]).toEqual([true, false]);
  });

  it('is entered with one statement on its opening and a complete one on its inhabitants', () => {
    const codes = (changes: Partial<NewCentre>) =>
      judgeNewCentre({ ...coesfeld, ...changes }).map(({ code }) => code);
    expect(codes({})).toEqual([]);
    expect(codes({ population: null, populationOn: null, populationConfidence: null })).toEqual([]);
    expect(codes({ knownOpenBy: day('2016-02-12'), populationOn: null })).toEqual([
      'opening-stated-twice',
      'population-incomplete',
    ]);
  });

  it('may be assumed open only before a day it is known to be open, and with a reason', () => {
    const known = { openedOn: null, knownOpenBy: day('2016-02-12') };
    const codes = (changes: Partial<NewCentre>) =>
      judgeNewCentre({ ...coesfeld, ...known, ...changes }).map(({ code }) => code);
    const assumption = { assumedOpenFrom: day('2016-02-11'), assumedOpenReason: 'Haushaltsansatz' };
    expect(codes(assumption)).toEqual([]);
    expect(codes({ ...assumption, assumedOpenReason: null })).toEqual(['assumption-incomplete']);
    expect(codes({ ...assumption, assumedOpenFrom: null })).toEqual(['assumption-incomplete']);
    expect(codes({ ...assumption, assumedOpenFrom: day('2016-02-12') })).toEqual(['nothing-to-assume']);
    const opened = { openedOn: day('2016-02-12'), knownOpenBy: null };
    expect(codes({ ...assumption, ...opened })).toEqual(['nothing-to-assume']);
  });
});
