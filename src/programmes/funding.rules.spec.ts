import { describe, expect, it } from '@jest/globals';
import { guidelineDraft, guidelineFacts } from '../../test/support/guideline.js';
import { CalendarDate } from '../kernel/calendar-date.js';
import { Failure } from '../kernel/failure.js';
import { fundingYear } from '../kernel/funding-year.js';
import { Money } from '../kernel/money.js';
import { Period } from '../kernel/period.js';
import type { FundingFacts, PostClaim, StateSource } from './funding-facts.rules.js';
import { calculateGrant, judgeFacts, judgePosts } from './funding.rules.js';
import type { GuidelineDraft } from './guideline.rules.js';
import type { ShareRule } from './occupied-share.rules.js';

/** Richtlinie vom 25.06.2012: 3 × 50,000 + 20,000 for half an assistant, and two teachers in kind. */
const ki2012 = guidelineDraft();

const from = (day: string, to: string | null = null) =>
  Period.of(CalendarDate.parse(day), to === null ? null : CalendarDate.parse(to));

function allPosts(occupied: Period): PostClaim[] {
  return [
    ...['head', 'deputy', 'specialist'].map((key) => ({
      key,
      category: 'specialist' as const,
      fteHundredths: 100,
      occupied,
    })),
    { key: 'assistant', category: 'assistant', fteHundredths: 50, occupied },
    { key: 'teachers', category: 'teacher', fteHundredths: 200, occupied },
  ];
}

function facts(posts: PostClaim[], changes: Partial<GuidelineDraft> = {}, year = 2016): FundingFacts {
  return { version: guidelineFacts(changes), hostType: 'kreis', fundingYear: fundingYear(year), posts };
}

function total(given: FundingFacts, source: StateSource): string {
  const found = calculateGrant(given).totals.find((one) => one.source === source);
  return (found?.amount ?? Money.zero).format('en');
}

describe('calculateGrant', () => {
  it.each([2015, 2016])('gives a full year, %d, 170,000 in money and 100,000 in teachers', (year) => {
    const given = facts(allPosts(from('2012-07-01')), {}, year);
    expect(total(given, 'state_integration')).toBe('EUR 170,000.00');
    expect(total(given, 'state_school')).toBe('EUR 100,000.00');
  });

  it.each<[string, string, ShareRule, string, string]>([
    ['Coesfeld', '2016-02-12', 'actual_days', '150,491.80', '88,524.59'],
    ['Borken', '2016-06-28', 'actual_days', '86,857.92', '51,092.90'],
    ['Steinfurt', '2016-06-29', 'actual_days', '86,393.44', '50,819.67'],
    ['Coesfeld', '2016-02-12', 'thirty_day_months', '150,638.89', '88,611.11'],
    ['Borken', '2016-06-28', 'thirty_day_months', '86,416.67', '50,833.33'],
    ['Steinfurt', '2016-06-29', 'thirty_day_months', '85,944.44', '50,555.56'],
    ['Coesfeld', '2016-02-12', 'months_begun', '155,833.33', '91,666.67'],
    ['Borken', '2016-06-28', 'months_begun', '99,166.67', '58,333.33'],
    ['Steinfurt', '2016-06-29', 'months_begun', '99,166.67', '58,333.33'],
  ])('gives %s, from %s by %s, %s and %s', (_, day, shareRule, money, teachers) => {
    const given = facts(allPosts(from(day)), { shareRule });
    expect(total(given, 'state_integration')).toBe(`EUR ${money}`);
    expect(total(given, 'state_school')).toBe(`EUR ${teachers}`);
  });

  it.each<[ShareRule, string, string]>([
    ['actual_days', 'EUR 8,653,743.16', 'EUR 5,090,437.16'],
    ['thirty_day_months', 'EUR 8,653,000.00', 'EUR 5,090,000.00'],
    ['months_begun', 'EUR 8,684,166.67', 'EUR 5,108,333.33'],
  ])('sums the 52 centres of 2016 by %s to %s and %s', (shareRule, money, teachers) => {
    const opened = [
      ...Array.from({ length: 49 }, () => '2013-01-01'),
      '2016-02-12',
      '2016-06-28',
      '2016-06-29',
    ];
    const all = opened.map((day) => calculateGrant(facts(allPosts(from(day)), { shareRule })));
    const sum = (source: StateSource) =>
      Money.sum(
        all.flatMap(({ totals }) =>
          totals.filter((one) => one.source === source).map(({ amount }) => amount),
        ),
      );
    expect(sum('state_integration').format('en')).toBe(money);
    expect(sum('state_school').format('en')).toBe(teachers);
  });

  it('gives half for a post that is half vacant: in its size, or in its time', () => {
    const year = from('2015-01-01');
    const post = { key: 'a', category: 'specialist' as const };
    expect(
      total(facts([{ ...post, fteHundredths: 50, occupied: year }], {}, 2015), 'state_integration'),
    ).toBe('EUR 25,000.00');
    const january = from('2015-01-01', '2015-02-01');
    // 31 of 365 days: 4,246.5753…
    expect(
      total(facts([{ ...post, fteHundredths: 100, occupied: january }], {}, 2015), 'state_integration'),
    ).toBe('EUR 4,246.58');
    const wholeAssistant = { key: 'b', category: 'assistant' as const, fteHundredths: 100, occupied: year };
    // The rate of 20,000 is stated for half a post.
    expect(total(facts([wholeAssistant], {}, 2015), 'state_integration')).toBe('EUR 40,000.00');
  });

  it('rounds once per source and hands the cents out so that the lines sum to the notice', () => {
    const { lines, totals } = calculateGrant(facts(allPosts(from('2016-02-12'))));
    const money = lines.filter(({ source }) => source === 'state_integration');
    // 324/366 of 50,000 is 44,262.2950…, of 20,000 is 17,704.9180…: rounded one by one they would sum to 150,491.82.
    expect(Object.fromEntries(money.map(({ key, amount }) => [key, amount.toString()]))).toEqual({
      ...{ head: '4426229', deputy: '4426230', specialist: '4426229', assistant: '1770492' },
    });
    expect(Money.sum(money.map(({ amount }) => amount)).equals(totals[0]?.amount ?? Money.zero)).toBe(true);
  });

  it('keeps teachers in kind and everything else in money', () => {
    const { lines } = calculateGrant(facts(allPosts(from('2016-01-01'))));
    expect(lines.filter(({ inKind }) => inKind).map(({ key }) => key)).toEqual(['teachers']);
    expect(lines.every(({ inKind, source }) => inKind === (source === 'state_school'))).toBe(true);
  });

  it('counts nothing outside the year', () => {
    const given = facts(allPosts(from('2017-01-01')));
    expect(total(given, 'state_integration')).toBe('EUR 0.00');
  });

  it('changes the rate within the year, and the pieces add up under every share rule', () => {
    const [specialist] = ki2012.rates;
    if (specialist === undefined) throw new Error('no rate');
    const change = CalendarDate.of(2016, 7, 15);
    const rates = [
      { ...specialist, validTo: change },
      { ...specialist, amount: Money.ofCents(5_500_000), validFrom: change },
    ];
    const posts: PostClaim[] = [
      { key: 'a', category: 'specialist', fteHundredths: 100, occupied: from('2016-01-01') },
    ];
    // 196/366 of 50,000 + 170/366 of 55,000
    expect(total(facts(posts, { rates }), 'state_integration')).toBe('EUR 52,322.40');
    // 194/360 and 166/360
    expect(total(facts(posts, { rates, shareRule: 'thirty_day_months' }), 'state_integration')).toBe(
      'EUR 52,305.56',
    );
    // July, begun before the change, counts for the earlier rate: 7/12 and 5/12
    expect(total(facts(posts, { rates, shareRule: 'months_begun' }), 'state_integration')).toBe(
      'EUR 52,083.33',
    );
  });

  it('shows each step with its provision and the confidence of its weakest fact', () => {
    const full = calculateGrant(facts(allPosts(from('2016-01-01')))).derivation;
    const part = calculateGrant(facts(allPosts(from('2016-02-12')))).derivation;
    expect(full[0]).toMatchObject({
      basis: ki2012.legalInstrument,
      confidence: 'derived',
      result: '5000000/1',
    });
    expect(part[0]).toMatchObject({
      rule: 'fixed_amount.actual_days',
      confidence: 'assumed',
      result: '270000000/61',
    });
    expect(part[0]?.operands).toContainEqual({ name: 'occupiedUnits', value: '324' });
    expect(part.at(-1)).toMatchObject({ rule: 'largest_remainder', result: '8852459' });
  });
});

describe('judgeFacts', () => {
  const one: PostClaim = {
    key: 'a',
    category: 'specialist',
    fteHundredths: 100,
    occupied: from('2016-01-01'),
  };
  const codes = (given: FundingFacts) => judgeFacts(given).map(({ code }) => code);

  it('finds nothing missing in the guideline of 2012', () => {
    expect(codes(facts(allPosts(from('2016-01-01'))))).toEqual([]);
  });

  it('names everything a calculation needs and does not find, and then nothing is calculated', () => {
    const [specialist] = ki2012.rates;
    if (specialist === undefined) throw new Error('no rate');
    const given = facts(allPosts(from('2016-01-01')), {
      financingType: 'full_funding',
      rates: [{ ...specialist, validTo: CalendarDate.of(2016, 12, 31) }],
      posts: ki2012.posts.filter(({ category }) => category !== 'teacher'),
    });
    expect(codes(given)).toEqual([
      ...['rate-missing', 'expenditure-missing', 'rate-missing', 'expenditure-missing'],
      ...['rate-missing', 'expenditure-missing', 'rate-missing', 'expenditure-missing'],
      'category-not-funded',
    ]);
    expect(() => calculateGrant(given)).toThrow(Failure);
  });

  it('asks no rate for days that nobody works', () => {
    const [specialist] = ki2012.rates;
    if (specialist === undefined) throw new Error('no rate');
    const rates = [{ ...specialist, validFrom: CalendarDate.of(2016, 7, 1) }];
    expect(codes(facts([{ ...one, occupied: from('2016-07-01') }], { rates }))).toEqual([]);
    expect(codes(facts([{ ...one, occupied: from('2016-06-30') }], { rates }))).toEqual(['rate-missing']);
  });

  it('refuses two posts of one key: their amounts could not be told apart', () => {
    expect(() => judgeFacts(facts([one, one]))).toThrow(RangeError);
  });
});

describe('judgePosts', () => {
  const codes = (posts: PostClaim[], changes: Partial<GuidelineDraft> = {}) =>
    judgePosts(facts(posts, changes)).map(({ code, pointer }) => `${code} ${pointer ?? ''}`);
  const assistant = (key: string, occupied: Period, fteHundredths = 50): PostClaim => ({
    ...{ key, category: 'assistant', fteHundredths, occupied },
  });

  it('allows exactly what the guideline funds, and not a hundredth more', () => {
    expect(codes(allPosts(from('2016-01-01')))).toEqual([]);
    expect(codes([assistant('a', from('2016-01-01'), 51)])).toEqual(['posts-above-guideline /posts/0']);
  });

  it('allows one after the other on a post, but not both on one day', () => {
    const first = assistant('a', from('2016-01-01', '2016-07-01'));
    expect(codes([first, assistant('b', from('2016-07-01'))])).toEqual([]);
    expect(codes([first, assistant('b', from('2016-06-30'))])).toEqual(['posts-above-guideline /posts/0']);
  });

  it('counts a month once, in which a post changed hands, where begun months count', () => {
    const posts = [assistant('a', from('2016-01-01', '2016-07-15')), assistant('b', from('2016-07-15'))];
    expect(codes(posts)).toEqual([]);
    expect(codes(posts, { shareRule: 'months_begun' })).toEqual(['posts-above-guideline /posts/0']);
  });
});
