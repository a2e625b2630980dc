import { describe, expect, it } from '@jest/globals';
import { guidelineFacts } from '../../../test/support/guideline.js';
import { CalendarDate } from '../../kernel/calendar-date.js';
import { fundingYear } from '../../kernel/funding-year.js';
import { Money } from '../../kernel/money.js';
import type { FundingSource } from '../../financing/plan.rules.js';
import {
  claimsIn,
  fundingFacts,
  fundingYearsOf,
  governingDay,
  guidelineMissing,
  judgeSpan,
  judgeYears,
  stepsOfYears,
  type YearGround,
} from './funding-years.rules.js';

const day = (iso: string) => CalendarDate.parse(iso);
const period = (from: string, to: string) => ({ periodFrom: day(from), periodTo: day(to) });
const post = (position: number, fteHundredths: number, from: string, to: string) => ({
  ...{ position, category: 'specialist' as const, fteHundredths },
  ...{ occupiedFrom: day(from), occupiedTo: day(to), expectedExpenditure: null },
});
const share = (year: number, source: FundingSource, cents: number) => ({
  ...{ fundingYear: year, source, amount: Money.ofCents(cents), modelled: false, origin: null },
});

const version = guidelineFacts();
/** A version that knows no rate for anybody after the first of July. */
const endingVersion = guidelineFacts({
  rates: version.rates.map((rate) => ({ ...rate, validTo: day('2016-07-01') })),
});
const ground = (year: number, of: YearGround['version'] = version): YearGround => ({
  ...{ fundingYear: fundingYear(year), hostType: 'kreis', version: of },
});

describe('the funding years of a grant period', () => {
  it('are those it touches', () => {
    expect(fundingYearsOf(period('2014-12-31', '2016-01-02'))).toEqual([2014, 2015, 2016]);
    expect(fundingYearsOf(period('2014-01-01', '2015-01-01'))).toEqual([2014]);
    expect(fundingYearsOf(period('2014-01-01', '2014-01-01'))).toEqual([]);
    expect(fundingYearsOf(period('2099-01-01', '2103-01-01'))).toEqual([2099, 2100]);
  });

  it('are five at most, to the day', () => {
    expect(judgeSpan(period('2014-02-12', '2019-01-01'))).toEqual([]);
    const [objection] = judgeSpan(period('2014-02-12', '2019-01-02'));
    expect([objection?.code, objection?.pointer]).toEqual(['period-too-long', '/periodTo']);
    expect(objection?.detail.de).toContain('spätestens am 31.12.2018');
    expect(fundingYearsOf(period('2014-02-12', '2030-01-01'))).toHaveLength(5);
  });

  it('are each governed by the guideline of their first day within the period', () => {
    expect(governingDay(fundingYear(2014), day('2014-02-12')).toString()).toBe('2014-02-12');
    expect(governingDay(fundingYear(2015), day('2014-02-12')).toString()).toBe('2015-01-01');
    const missing = [2014, 2015].map((year) => guidelineMissing(fundingYear(year), day('2014-02-12')));
    expect(missing.map(({ pointer }) => pointer)).toEqual(['/periodFrom', '/periodTo']);
    expect(missing[1]?.detail.de).toContain('01.01.2015');
  });

  it('each have their days of a post that spans them, and of no other', () => {
    const posts = [post(1, 100, '2015-07-01', '2016-04-01'), post(2, 50, '2016-01-01', '2017-01-01')];
    const in2015 = claimsIn(fundingYear(2015), posts);
    expect(in2015.map(({ key, occupied }) => [key, occupied.days()])).toEqual([['1', 184]]);
    expect(claimsIn(fundingYear(2016), posts).map(({ key, occupied }) => [key, occupied.days()])).toEqual([
      ['1', 91],
      ['2', 366],
    ]);
    expect(claimsIn(fundingYear(2017), posts)).toEqual([]);
  });

  it('each reckon with the other income of their own year', () => {
    const plan = [share(2015, 'third_party', 1), share(2016, 'third_party', 2), share(2016, 'municipal', 3)];
    const income = (year: number) =>
      fundingFacts({ ...ground(year), version }, [], plan).income ?? { own: null, thirdParty: null };
    expect([income(2015).own?.toJSON(), income(2015).thirdParty?.toJSON()]).toEqual([0, 1]);
    expect([income(2016).own?.toJSON(), income(2016).thirdParty?.toJSON()]).toEqual([3, 2]);
  });
});

describe('judging several years', () => {
  const both = [post(1, 300, '2015-01-01', '2017-01-01')];
  const balanced = [
    share(2015, 'state_integration', 15_000_000),
    share(2016, 'state_integration', 15_000_000),
  ];

  it('accepts a plan that balances in each', () => {
    expect(judgeYears(both, balanced, [ground(2015), ground(2016)])).toEqual([]);
  });

  it('refuses one that balances only in sum, once for each year', () => {
    const plan = [share(2015, 'state_integration', 15_000_001), share(2016, 'state_integration', 14_999_999)];
    const found = judgeYears(both, plan, [ground(2015), ground(2016)]);
    expect(found.map(({ code, pointer, detail }) => [code, pointer, detail.de.slice(0, 5)])).toEqual([
      ['plan-differs-from-rules', '/financingPlan/0/amountCents', '2015,'],
      ['plan-differs-from-rules', '/financingPlan/1/amountCents', '2016,'],
    ]);
  });

  it('names the year the plan leaves out', () => {
    const [objection, ...others] = judgeYears(both, balanced.slice(0, 1), [ground(2015), ground(2016)]);
    expect([objection?.pointer, others]).toEqual(['/financingPlan', []]);
    expect(objection?.detail.en).toContain(
      '2016, State (integration ministry): the financing plan says nothing',
    );
  });

  it('names year and post where a rate is missing, by the place the post has in the application', () => {
    const posts = [post(1, 100, '2015-01-01', '2016-01-01'), post(2, 100, '2016-01-01', '2017-01-01')];
    const found = judgeYears(
      posts,
      [share(2015, 'state_integration', 5_000_000)],
      [...[ground(2015, endingVersion), ground(2016, endingVersion)]],
    );
    expect(found.map(({ code, pointer }) => [code, pointer])).toEqual([['rate-missing', '/posts/1']]);
    expect(found[0]?.detail.de).toMatch(/^2016: .*ab 01.07.2016 kein Fördersatz/);
  });

  it('counts posts year by year: who leaves with the one makes room in the next', () => {
    const posts = [post(1, 300, '2015-01-01', '2016-01-01'), post(2, 300, '2016-01-01', '2017-01-01')];
    expect(judgeYears(posts, balanced, [ground(2015), ground(2016)])).toEqual([]);
    const tooMany = [...posts, post(3, 1, '2016-01-01', '2017-01-01')];
    const codes = judgeYears(tooMany, balanced, [ground(2015), ground(2016)]).map(({ code, pointer }) => [
      ...[code, pointer],
    ]);
    expect(codes).toContainEqual(['posts-above-guideline', '/posts/1']);
  });

  it('heads the steps of each year only where there are several', () => {
    const of = (year: number) => ({ fundingYear: year, version, funding: { derivation: [] } });
    expect(stepsOfYears([of(2015)])).toEqual([]);
    expect(stepsOfYears([of(2015), of(2016)]).map(({ rule, result }) => [rule, result])).toEqual([
      ['funding_year.guideline', '2015'],
      ['funding_year.guideline', '2016'],
    ]);
  });
});
