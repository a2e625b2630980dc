import { describe, expect, it } from '@jest/globals';
import { guidelineDraft } from '../../test/support/guideline.js';
import { CalendarDate } from '../kernel/calendar-date.js';
import { fundingYear } from '../kernel/funding-year.js';
import { Money } from '../kernel/money.js';
import { judgeDraft } from './guideline-draft.rules.js';
import {
  payableHundredths,
  proofDueAfterRelease,
  proofDueOn,
  type Deadline,
  type GuidelineDraft,
  type Material,
} from './guideline.rules.js';

const day = (iso: string) => CalendarDate.parse(iso);

describe('judgeDraft', () => {
  const codes = (changes: Partial<GuidelineDraft>) =>
    judgeDraft(guidelineDraft(changes)).map(({ code, pointer }) => `${code} ${pointer ?? ''}`);
  const { posts, rates, paymentDates, checklist, provisions } = guidelineDraft();
  const deadline: Deadline = {
    ...{ kind: 'application', fundingYear: null, yearOffset: -1, month: 10, day: 31 },
    ...{ source: 'Aufruf', confidence: 'verified' },
  };
  const material: Material = {
    ...{ code: 'interpreter_pool', kind: 'ceiling', amount: Money.ofCents(1), perFteHundredths: null },
    ...{ source: 'Erlass', confidence: 'verified', validFrom: day('2012-06-25'), validTo: null },
  };

  const ban = {
    ...{ provision: 'VV', source: 'Erlass', confidence: 'assumed' as const },
    ...{ validFrom: day('2012-06-25'), validTo: null },
  };

  it('accepts the guideline of 2012', () => {
    expect(codes({})).toEqual([]);
  });

  it.each<[string, Partial<GuidelineDraft>, string]>([
    [
      'that prohibits an early start twice on one day',
      { earlyStartBans: [ban, { ...ban, validFrom: day('2014-01-01') }] },
      'bans-overlap /earlyStartBans/1',
    ],
    [
      'that prohibits an early start for no day',
      { earlyStartBans: [{ ...ban, validTo: ban.validFrom }] },
      'validity-empty /earlyStartBans/0/validTo',
    ],
    [
      'with two provisions of one code for one day',
      { provisions: [...provisions, ...provisions.slice(0, 1)] },
      `provision-stated-twice /provisions/${String(provisions.length)}/code`,
    ],
    ['that ends the day it begins', { validTo: day('2012-06-25') }, 'validity-empty /validTo'],
    ['with a post stated twice', { posts: [...posts, ...posts.slice(0, 1)] }, 'post-stated-twice /posts/6'],
    ['with two rates for one day', { rates: [...rates, ...rates.slice(0, 1)] }, 'rates-overlap /rates/3'],
    ['without the rate of a category', { rates: rates.slice(0, 2) }, 'rate-missing /rates'],
    [
      'whose rate begins a day late',
      {
        rates: rates.map((rate) => ({ ...rate, validFrom: day('2012-06-26') })).slice(0, 1),
        posts: posts.slice(0, 1),
      },
      'rate-missing /rates',
    ],
    [
      'that would pay out seconded teachers',
      { rates: rates.map((rate) => ({ ...rate, inKind: false })) },
      'funder-and-rate-disagree /rates/2/inKind',
    ],
    [
      'that counts money in kind',
      { rates: rates.map((rate) => ({ ...rate, inKind: true })).slice(0, 1), posts: posts.slice(0, 1) },
      'funder-and-rate-disagree /rates/0/inKind',
    ],
    [
      'whose last payment date leaves a rest',
      { paymentDates: paymentDates.slice(0, 1) },
      'payment-dates-incomplete /paymentDates',
    ],
    [
      'whose payment dates run backwards',
      { paymentDates: paymentDates.toReversed() },
      'payment-dates-incomplete /paymentDates',
    ],
    [
      'whose missing rate is called verified',
      { rates: rates.map((rate, index) => (index === 0 ? { ...rate, amount: null } : rate)) },
      'missing-value-unclear /rates/0/confidence',
    ],
    [
      'whose number of posts is missing and given',
      { posts: posts.map((post, index) => (index === 1 ? { ...post, confidence: 'missing' } : post)) },
      'missing-value-unclear /posts/1/confidence',
    ],
    [
      'of proportional financing without the share',
      { financingType: 'proportional' },
      'funded-share-and-type-disagree /fundedShareHundredths',
    ],
    [
      'of a fixed amount with a share',
      { fundedShareHundredths: 9000 },
      'funded-share-and-type-disagree /fundedShareHundredths',
    ],
    [
      'with two deadlines for the same',
      { deadlines: [deadline, { ...deadline, day: 30 }] },
      'deadline-stated-twice /deadlines/1',
    ],
    [
      'with a deadline on a day that is none',
      { deadlines: [{ ...deadline, month: 11, day: 31 }] },
      'no-such-day /deadlines/0/day',
    ],
    [
      'with two lump sums of a kind',
      { materials: [material, { ...material, validFrom: day('2015-01-01') }] },
      'material-stated-twice /materials/1',
    ],
    [
      'with two checklist items of one code',
      { checklist: [...checklist.slice(0, 1), ...checklist.slice(0, 1)] },
      'checklist-item-stated-twice /checklist/1/code',
    ],
    ['with proof due on 29 February', { proofDueMonth: 2, proofDueDay: 29 }, 'no-such-day /proofDueDay'],
  ])('refuses one %s', (_, changes, expected) => {
    expect(codes(changes)).toEqual([expected]);
  });

  it('accepts a version whose amounts are missing and say so', () => {
    const unknown = { confidence: 'missing' } as const;
    expect(
      codes({
        posts: posts.map((post) => ({ ...post, ...unknown, fteHundredths: null })),
        rates: rates.map((rate) => ({ ...rate, ...unknown, amount: null })),
      }),
    ).toEqual([]);
  });

  it('states every objection at once', () => {
    expect(
      codes({ validTo: day('2012-01-01'), paymentDates: [], proofDueMonth: 4, proofDueDay: 31 }),
    ).toEqual([
      'validity-empty /validTo',
      'payment-dates-incomplete /paymentDates',
      'no-such-day /proofDueDay',
    ]);
  });
});

describe('days of the guideline', () => {
  const version = guidelineDraft();
  const year = fundingYear(2016);

  it('lets proof of use fall due on 31 March of the following year (assumed)', () => {
    expect(proofDueOn(version, year).toString()).toBe('2017-03-31');
  });

  it.each([
    ['2016-12-31', '2017-03-31'],
    ['2017-01-01', '2017-04-01'],
    ['2026-11-30', '2027-02-28'],
  ])('leaves three months from a release on %s: %s', (releasedOn, due) => {
    const dueOn = proofDueOn(version, year);
    const after = proofDueAfterRelease(dueOn, version.proofDueMonths, CalendarDate.parse(releasedOn));
    expect(after.toString()).toBe(due);
  });

  it.each([
    ['2016-04-30', 0],
    ['2016-05-01', 5000],
    ['2016-09-30', 5000],
    ['2016-10-01', 10_000],
    ['2017-01-01', 10_000],
  ])(
    'lets, on %s, %d hundredths of a per cent be called (VVG Nr. 7.4 zu § 44 LHO, print of 2012)',
    (on, part) => {
      expect(payableHundredths(version, year, day(on))).toBe(part);
    },
  );
});
