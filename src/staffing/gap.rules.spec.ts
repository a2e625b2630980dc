import { describe, expect, it } from '@jest/globals';
import { CalendarDate } from '../kernel/calendar-date.js';
import { fundingYear } from '../kernel/funding-year.js';
import { newId } from '../kernel/ids.js';
import { Money } from '../kernel/money.js';
import { Period } from '../kernel/period.js';
import type { RateFacts } from '../programmes/guideline.rules.js';
import { gapOf, type CostedOccupancy, type Funding } from './gap.rules.js';
import type { Phase, Post } from './staffing.rules.js';

const day = (iso: string) => CalendarDate.parse(iso);
const euros = (amount: number) => Money.ofCents(amount * 100);
const Y2017 = fundingYear(2017);

const rate = (changes: Partial<RateFacts>): RateFacts => ({
  category: 'specialist',
  amount: euros(50_000),
  perFteHundredths: 100,
  inKind: false,
  source: 'test',
  confidence: 'assumed',
  validFrom: day('2012-01-01'),
  validTo: null,
  ...changes,
});
const rates = [rate({}), rate({ category: 'assistant', amount: euros(20_000), perFteHundredths: 50 })];
const funding: Funding = { rates, shareRule: 'actual_days' };

function post(changes: Partial<Phase> = {}): Post {
  const from = day('2016-01-01');
  const phase: Phase = {
    from,
    to: null,
    category: 'specialist',
    fteHundredths: 100,
    funder: 'integration_ministry',
    ...changes,
  };
  const ids = { id: newId<Post['id']>(), centreId: newId<Post['centreId']>() };
  return {
    ...ids,
    programme: 'KI',
    number: 'KI-01',
    establishedOn: from,
    abolishedOn: null,
    phases: [phase],
    version: 1,
  };
}
const sits = (
  from: string,
  to: string | null,
  expenditure: number | null,
  fteHundredths = 100,
): CostedOccupancy => ({
  period: Period.of(day(from), to === null ? null : day(to)),
  fteHundredths,
  expenditure: expenditure === null ? null : euros(expenditure),
});

describe('the gap of a post', () => {
  it('is what a full year costs above the rate', () => {
    const { funded, gap } = gapOf(post(), [sits('2016-01-01', null, 61_500)], funding, Y2017);
    expect([funded, gap]).toEqual([euros(50_000), euros(11_500)]);
  });

  it('sets a part of the year against its part of the rate: 184 of 365 days', () => {
    const { funded } = gapOf(post(), [sits('2017-07-01', null, 30_000)], funding, Y2017);
    expect(funded).toEqual(Money.ofCents(2_520_548)); // 5,000,000 × 184 / 365 = 2,520,547.945…
  });

  it('takes half an assistant at the rate that is stated for half a post', () => {
    const half = post({ category: 'assistant', fteHundredths: 50 });
    expect(gapOf(half, [sits('2016-01-01', null, 19_000, 50)], funding, Y2017)).toMatchObject({
      funded: euros(20_000),
      gap: euros(-1_000),
    });
  });

  it('counts each rate for its own days', () => {
    const rise = {
      ...funding,
      rates: [
        rate({ validTo: day('2017-07-01') }),
        rate({ amount: euros(55_000), validFrom: day('2017-07-01') }),
      ],
    };
    const { funded } = gapOf(post(), [sits('2016-01-01', null, 60_000)], rise, Y2017);
    expect(funded).toEqual(Money.ofCents(5_252_055)); // (50,000 × 181 + 55,000 × 184) / 365 = 52,520.5479…
  });

  it('stays unknown while a figure or a rate is missing', () => {
    const open = gapOf(
      post(),
      [sits('2017-01-01', '2017-07-01', 25_000), sits('2017-07-01', null, null)],
      funding,
      Y2017,
    );
    expect([open.gap, open.actual, open.withoutExpenditure]).toEqual([null, euros(25_000), 1]);
    const unrated = gapOf(post(), [sits('2016-01-01', null, 1)], { ...funding, rates: [] }, Y2017);
    expect([unrated.funded, unrated.gap]).toEqual([null, null]);
    expect(gapOf(post(), [], null, Y2017).funded).toBeNull();
  });

  it('does not look at other years, nor fund what the body established for itself', () => {
    expect(gapOf(post(), [sits('2016-01-01', '2017-01-01', 9)], funding, Y2017)).toMatchObject({
      funded: Money.zero,
      actual: Money.zero,
    });
    const own = gapOf(post({ funder: 'municipality' }), [sits('2016-01-01', null, 60_000)], funding, Y2017);
    expect([own.funded, own.gap]).toEqual([Money.zero, euros(60_000)]);
  });
});
