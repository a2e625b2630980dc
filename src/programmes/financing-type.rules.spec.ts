import { describe, expect, it } from '@jest/globals';
import { guidelineFacts, kiVersions } from '../../test/support/guideline.js';
import { CalendarDate } from '../kernel/calendar-date.js';
import { Failure } from '../kernel/failure.js';
import { fundingYear } from '../kernel/funding-year.js';
import { Money } from '../kernel/money.js';
import { Period } from '../kernel/period.js';
import type { Funding, FundingFacts, PostClaim } from './funding-facts.rules.js';
import { calculateGrant } from './funding.rules.js';
import type { GuidelineDraft } from './guideline.rules.js';
import type { ShareRule } from './occupied-share.rules.js';

const euros = (amount: string) => Money.ofCents(BigInt(amount.replaceAll(/[,.]/g, '')));
const from = (day: string, to: string | null = null) =>
  Period.of(CalendarDate.parse(day), to === null ? null : CalendarDate.parse(to));

let posts = 0;
/** A whole specialist's post for all of time, unless said otherwise. */
function post(changes: Partial<PostClaim> = {}): PostClaim {
  posts += 1;
  const usual = { category: 'specialist', fteHundredths: 100, occupied: from('2012-07-01') } as const;
  return { key: String(posts), ...usual, ...changes };
}

interface Case {
  readonly year: number;
  readonly posts: readonly PostClaim[];
  readonly version: GuidelineDraft;
  readonly income?: FundingFacts['income'];
}

function funding({ year, posts: claims, version, income = null }: Case): Funding {
  const facts = {
    version: guidelineFacts(version),
    hostType: 'kreis',
    fundingYear: fundingYear(year),
  } as const;
  return calculateGrant({ ...facts, posts: claims, income });
}

function money(given: Case): string {
  const { totals } = funding(given);
  return Money.sum(totals.filter(({ inKind }) => !inKind).map(({ amount }) => amount)).format('en');
}

/** Richtlinie vom 25.06.2012 i. d. F. vom 24.04.2017: a fixed amount for each post. */
describe('fixed amount', () => {
  const version = kiVersions.of2017;

  it('gives the half of an assistant whose rate is stated for half a post', () => {
    expect(money({ year: 2017, version, posts: [post({ category: 'assistant', fteHundredths: 50 })] })).toBe(
      'EUR 20,000.00',
    );
  });

  it.each<[ShareRule, string]>([
    // 25,000 + 25,000 × 274/365
    ['actual_days', 'EUR 43,767.12'],
    // 25,000 + 25,000 × 270/360
    ['thirty_day_months', 'EUR 43,750.00'],
    // 25,000 + 25,000 × 9/12
    ['months_begun', 'EUR 43,750.00'],
  ])('pays, by %s, for a post that was half vacant from April to June: %s', (shareRule, expected) => {
    const half = { fteHundredths: 50 };
    const claims = [
      post(half),
      post({ ...half, occupied: from('2017-01-01', '2017-04-01') }),
      post({ ...half, occupied: from('2017-07-01', '2018-01-01') }),
    ];
    expect(money({ year: 2017, version: { ...version, shareRule }, posts: claims })).toBe(expected);
  });

  it.each<[number, string]>([
    // 60 days to the end of February, of 366
    [2016, 'EUR 8,196.72'],
    // 59 of 365
    [2017, 'EUR 8,082.19'],
  ])('counts 29 February where there is one: January and February of %d', (year, expected) => {
    const occupied = from(`${String(year)}-01-01`, `${String(year)}-03-01`);
    const always = { ...version, validFrom: CalendarDate.of(2012, 6, 25) };
    const rates = version.rates.map((rate) => ({ ...rate, validFrom: CalendarDate.of(2012, 6, 25) }));
    expect(money({ year, version: { ...always, rates }, posts: [post({ occupied })] })).toBe(expected);
  });

  it('pays each category for its own days when a post changes from assistant to specialist', () => {
    const claims = [
      post({ category: 'assistant', fteHundredths: 50, occupied: from('2017-01-01', '2017-07-01') }),
      post({ fteHundredths: 50, occupied: from('2017-07-01', '2018-01-01') }),
    ];
    // 20,000 × 181/365 + 25,000 × 184/365
    expect(money({ year: 2017, version, posts: claims })).toBe('EUR 22,520.55');
  });

  it.each([
    ['keeps its amount while as much is spent', '50,000.00', 'EUR 50,000.00'],
    ['and when more is', '61,000.00', 'EUR 50,000.00'],
    ['falls to the expenditure, to the cent, when less is', '49,999.99', 'EUR 49,999.99'],
    ['asks nothing where nobody has said what was spent', null, 'EUR 50,000.00'],
  ])('%s', (_, spent, expected) => {
    const expenditure = spent === null ? null : euros(spent);
    expect(money({ year: 2017, version, posts: [post({ expenditure })] })).toBe(expected);
  });

  it('is one sum: what one post saves pays for another (reduced only below the grant)', () => {
    const claims = [post({ expenditure: euros('45,000.00') }), post({ expenditure: euros('56,000.00') })];
    expect(money({ year: 2017, version, posts: claims })).toBe('EUR 100,000.00');
  });
});

/** Änderungserlass vom 30.10.2020, Nr. 5.2 und 5.4.1: full funding up to a maximum, here 55,000 for a post. */
describe('full funding with a ceiling', () => {
  const version = kiVersions.of2021;

  it.each([
    ['below the ceiling what was spent', '52,345.67', 'EUR 52,345.67'],
    ['at the ceiling the ceiling', '55,000.00', 'EUR 55,000.00'],
    ['a cent above it no more', '55,000.01', 'EUR 55,000.00'],
    ['above it no more', '61,000.00', 'EUR 55,000.00'],
  ])('gives %s', (_, spent, expected) => {
    expect(money({ year: 2021, version, posts: [post({ expenditure: euros(spent) })] })).toBe(expected);
  });

  it('looks at each post by itself, so that a cheap one does not pay for a dear one (assumed)', () => {
    const claims = [post({ expenditure: euros('50,000.00') }), post({ expenditure: euros('61,000.00') })];
    expect(money({ year: 2021, version, posts: claims })).toBe('EUR 105,000.00');
  });

  it('cuts the ceiling by FTE and vacancy, and shows what the municipality pays itself', () => {
    // 55,000 × 0.75 × 184/365 = 20,794.5205…
    const claim = post({ fteHundredths: 75, occupied: from('2021-07-01'), expenditure: euros('25,000.00') });
    const { coverage, totals } = funding({ year: 2021, version, posts: [claim] });
    expect(totals.map(({ amount }) => amount.format('en'))).toEqual(['EUR 20,794.52']);
    expect(JSON.parse(JSON.stringify(coverage))).toEqual({
      ...{ ceiling: 2_079_452, expenditure: 2_500_000, thirdParty: 0, grant: 2_079_452 },
      ...{ shortfall: 420_548, gap: 420_548 },
    });
  });

  it.each([
    ['5,000.00', 'EUR 50,000.00', '6,000.00'],
    ['55,000.00', 'EUR 0.00', '6,000.00'],
    ['60,000.00', 'EUR 0.00', '1,000.00'],
  ])('is reduced euro for euro by %s of third parties to %s', (thirdParty, expected, gap) => {
    const income = { own: Money.zero, thirdParty: euros(thirdParty) };
    const given = { year: 2021, version, posts: [post({ expenditure: euros('61,000.00') })], income };
    expect(money(given)).toBe(expected);
    expect(funding(given).coverage?.gap).toEqual(euros(gap));
  });

  it('changes the ceiling with the rate, each for its own days', () => {
    const [rate] = version.rates;
    if (rate === undefined) throw new Error('no rate');
    const change = CalendarDate.of(2022, 7, 1);
    const rates = [
      { ...rate, validTo: change },
      { ...rate, amount: euros('57,000.00'), validFrom: change },
    ];
    // 55,000 × 181/365 + 57,000 × 184/365
    const given = {
      year: 2022,
      version: { ...version, rates },
      posts: [post({ expenditure: euros('99,000.00') })],
    };
    expect(money(given)).toBe('EUR 56,008.22');
  });

  it('asks for the expenditure of every paid post, and says so with the provision', () => {
    const given = { year: 2021, version, posts: [post(), post({ category: 'teacher' })] };
    expect(() => funding(given)).toThrow(Failure);
    expect(() => funding(given)).toThrow('expenditure-missing');
  });

  it('leaves seconded teachers out: they are counted, and cost no money', () => {
    const claims = [
      post({ expenditure: euros('40,000.00') }),
      post({ category: 'teacher', fteHundredths: 200 }),
    ];
    const { totals } = funding({ year: 2021, version, posts: claims });
    expect(totals.map(({ source, amount }) => [source, amount.format('en')])).toEqual([
      ['state_integration', 'EUR 40,000.00'],
      ['state_school', 'EUR 100,000.00'],
    ]);
  });

  it('names rule, operands and the doubt in each step', () => {
    const { derivation } = funding({
      year: 2021,
      version,
      posts: [post({ key: 'a', expenditure: euros('61,000.00') })],
    });
    expect(derivation[1]).toMatchObject({
      rule: 'full_funding.post',
      basis: version.legalInstrument,
      confidence: 'verified',
      operands: [
        { name: 'expenditureCents', value: '6100000/1' },
        { name: 'ceilingCents', value: '5500000/1' },
      ],
      result: '5500000/1',
    });
  });
});

/** VV Nr. 2.2.1 zu § 44 LHO; KOMM-AN Programmteil III: up to 90 % of eligible expenditure. */
describe('proportional 90 %', () => {
  const version = {
    ...kiVersions.of2021,
    financingType: 'proportional',
    fundedShareHundredths: 9000,
  } as const;

  it.each([
    ['50,000.00', 'EUR 45,000.00'],
    ['61,111.11', 'EUR 55,000.00'],
    ['70,000.00', 'EUR 55,000.00'],
    ['33.35', 'EUR 30.02'],
    ['0.00', 'EUR 0.00'],
  ])('of %s is %s', (spent, expected) => {
    expect(money({ year: 2021, version, posts: [post({ expenditure: euros(spent) })] })).toBe(expected);
  });

  it('hands the cents to the posts by what they cost', () => {
    const claims = [
      post({ key: 'a', expenditure: euros('20,000.01') }),
      post({ key: 'b', expenditure: euros('10,000.00') }),
    ];
    const { lines } = funding({ year: 2021, version, posts: claims });
    expect(lines.map(({ amount }) => amount.format('en'))).toEqual(['EUR 18,000.01', 'EUR 9,000.00']);
  });
});

/** VV Nr. 2.2.2 zu § 44 LHO: what own money and third parties leave open, up to the ceiling. */
describe('deficit', () => {
  const version = { ...kiVersions.of2021, financingType: 'deficit' } as const;

  it.each([
    ['what is left over', '60,000.00', '6,000.00', '10,000.00', 'EUR 44,000.00'],
    ['at most the ceiling', '80,000.00', '5,000.00', '5,000.00', 'EUR 55,000.00'],
    ['nothing where there is no deficit', '60,000.00', '50,000.00', '10,000.00', 'EUR 0.00'],
    ['nothing, and not less, where there is a surplus', '60,000.00', '50,000.00', '20,000.00', 'EUR 0.00'],
  ])('gives %s', (_, spent, own, thirdParty, expected) => {
    const income = { own: euros(own), thirdParty: euros(thirdParty) };
    expect(money({ year: 2021, version, posts: [post({ expenditure: euros(spent) })], income })).toBe(
      expected,
    );
  });
});
