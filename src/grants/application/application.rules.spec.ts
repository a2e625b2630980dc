import { describe, expect, it } from '@jest/globals';
import { CalendarDate } from '../../kernel/calendar-date.js';
import { fundingYear } from '../../kernel/funding-year.js';
import type { GuidelineVersionId, RateId } from '../../kernel/ids.js';
import { Money } from '../../kernel/money.js';
import type { PostCategory, RateFacts } from '../../programmes/guideline.rules.js';
import { judgeContent, judgeSubmission, type PostAsked, type SubmissionFacts } from './application.rules.js';
import type { YearGround } from './funding-years.rules.js';
import { judgeOpening, openingSteps } from './opening.rules.js';

const day = (iso: string) => CalendarDate.parse(iso);
const euros = (amount: number) => Money.ofCents(amount * 100);

function rate(category: PostCategory, amount: number, perFteHundredths: number): RateFacts & { id: RateId } {
  return {
    ...{ id: category as string as RateId, category, amount: euros(amount), perFteHundredths },
    ...{ inKind: category === 'teacher', source: 'KI-Richtlinie 2012', confidence: 'verified' },
    ...{ validFrom: day('2012-07-01'), validTo: null },
  };
}

const funded = (category: PostCategory, fteHundredths: number) => ({
  ...{
    hostType: 'kreis' as const,
    category,
    fteHundredths,
    source: 'KI-Richtlinie 2012',
    confidence: 'verified' as const,
  },
  funder: category === 'teacher' ? ('school_ministry' as const) : ('integration_ministry' as const),
});

const in2016: YearGround = {
  ...{ fundingYear: fundingYear(2016), hostType: 'kreis' },
  version: {
    ...{ id: 'v' as GuidelineVersionId, title: 'KI 2012', legalInstrument: 'RdErl. vom 25.06.2012' },
    ...{ financingType: 'fixed_amount', shareRule: 'actual_days', shareRuleConfidence: 'assumed' },
    ...{ financingTypeConfidence: 'derived', fundedShareHundredths: null },
    ...{ rounding: 'half_away_from_zero', roundingConfidence: 'assumed' },
    posts: [funded('specialist', 300), funded('assistant', 50), funded('teacher', 200)],
    rates: [rate('specialist', 50_000, 100), rate('assistant', 20_000, 50), rate('teacher', 50_000, 100)],
  },
};

const post = (
  category: PostCategory,
  fteHundredths: number,
  from = '2016-01-01',
  to = '2017-01-01',
): PostAsked => ({
  ...{ category, fteHundredths, occupiedFrom: day(from), occupiedTo: day(to) },
});

const share = (source: 'state_integration' | 'state_school' | 'municipal', amount: Money) => ({
  ...{ fundingYear: 2016, source, amount, modelled: false, origin: null },
});

const fullYear: SubmissionFacts = {
  content: {
    periodFrom: day('2016-01-01'),
    periodTo: day('2017-01-01'),
    posts: [post('specialist', 300), post('assistant', 50), post('teacher', 200)],
    measures: [],
    plan: [
      share('state_integration', euros(170_000)),
      share('state_school', euros(100_000)),
      share('municipal', euros(60_000)),
    ],
  },
  fundingYear: fundingYear(2016),
  opening: {
    ...{ openedOn: null, knownOpenBy: day('2016-02-12'), closedOn: null },
    ...{ assumedOpenFrom: day('2016-01-01'), assumedOpenReason: 'unter den ersten fünfzig' },
  },
  grounds: [in2016],
  overlapsAnother: false,
};

const unassumed = { assumedOpenFrom: null, assumedOpenReason: null, closedOn: null };
const codes = (facts: SubmissionFacts) => judgeSubmission(facts).map(({ code }) => code);
const withContent = (changes: Partial<SubmissionFacts['content']>): SubmissionFacts => ({
  ...fullYear,
  content: { ...fullYear.content, ...changes },
});

describe('a submission', () => {
  it('of a full year that plans what the rules give is beyond objection', () => {
    expect(judgeSubmission(fullYear)).toEqual([]);
  });

  it.each([
    ['ends with the year', '2016-01-01', '2017-01-01', []],
    ['ends a day later', '2016-01-01', '2017-01-02', ['year-without-posts']],
    ['begins a day before the year', '2015-12-31', '2017-01-01', ['period-outside-year']],
  ])('whose period %s', (_, from, to, expected) => {
    expect(codes(withContent({ periodFrom: day(from), periodTo: day(to) }))).toEqual(expected);
  });

  it('names no post beyond its period', () => {
    const cut = withContent({ periodTo: day('2016-12-31') });
    expect(codes(cut)).toEqual(['post-outside-period', 'post-outside-period', 'post-outside-period']);
  });

  it('must plan the state money to the cent', () => {
    const plan = (cents: number) => [
      share('state_integration', Money.ofCents(cents)),
      share('state_school', euros(100_000)),
    ];
    expect(codes(withContent({ plan: plan(17_000_000) }))).toEqual([]);
    expect(codes(withContent({ plan: plan(16_999_999) }))).toEqual(['plan-differs-from-rules']);
    expect(codes(withContent({ plan: plan(17_000_001) }))).toEqual(['plan-differs-from-rules']);
    expect(codes(withContent({ plan: [] }))).toEqual(['plan-differs-from-rules', 'plan-differs-from-rules']);
  });

  it('tells the applicant both amounts, in both languages', () => {
    const [objection] = judgeSubmission(withContent({ plan: [share('state_school', euros(100_000))] }));
    expect(objection?.detail.de).toContain('nichts, nach der Richtlinie ergeben sich 170.000,00 EUR');
    expect(objection?.detail.en).toContain('nothing, the guideline gives EUR 170,000.00');
  });

  it('asks for no more posts than the guideline funds', () => {
    const posts = [post('specialist', 301), post('assistant', 50), post('teacher', 200)];
    expect(codes(withContent({ posts }))).toContain('posts-above-guideline');
  });

  it('funds a centre from the day it opened', () => {
    const from = (iso: string): SubmissionFacts => ({
      ...withContent({
        posts: [post('specialist', 300, iso)],
        plan: [],
      }),
      opening: { ...unassumed, openedOn: day('2016-06-29'), knownOpenBy: null },
    });
    expect(codes(from('2016-06-28'))).toContain('centre-not-open');
    expect(codes(from('2016-06-29'))).not.toContain('centre-not-open');
  });

  it('funds a centre whose opening day is unknown from a day it is known to be open, or from an assumed one', () => {
    const opening = { ...unassumed, openedOn: null, knownOpenBy: day('2017-12-08') };
    const asks = (iso: string, to: string) =>
      judgeOpening([{ occupiedFrom: day(iso), occupiedTo: day(to) }], opening);
    const [objection] = asks('2017-12-07', '2018-01-01');
    expect([objection?.code, objection?.pointer]).toEqual(['centre-opening-unknown', '/posts/0']);
    expect(objection?.detail.de).toContain('vor dem 08.12.2017 besetzt');
    expect(asks('2017-12-08', '2018-01-01')).toEqual([]);

    const assumed = { ...opening, assumedOpenFrom: day('2017-06-01'), assumedOpenReason: 'Ratsbeschluss' };
    const june = [{ occupiedFrom: day('2017-06-01'), occupiedTo: day('2018-01-01') }];
    const may = [{ occupiedFrom: day('2017-05-31'), occupiedTo: day('2018-01-01') }];
    expect(judgeOpening(june, assumed)).toEqual([]);
    expect(judgeOpening(may, assumed).map(({ code }) => code)).toEqual(['centre-opening-unknown']);
    expect(openingSteps(june, assumed)).toMatchObject([
      { rule: 'centre_open.assumed', confidence: 'assumed', result: '2017-06-01' },
    ]);
    expect(openingSteps(june, assumed)[0]?.label.de).toContain('Ratsbeschluss');
    const late = [{ occupiedFrom: day('2017-12-08'), occupiedTo: day('2018-01-01') }];
    expect(openingSteps(late, assumed)).toEqual([]);
  });

  it('of a centre nobody has opened is refused once, of one closed for the days after', () => {
    const opening = { ...unassumed, openedOn: null, knownOpenBy: null };
    expect(codes({ ...fullYear, opening })).toEqual(['centre-not-open']);
    const closed = (iso: string) => ({ ...fullYear, opening: { ...fullYear.opening, closedOn: day(iso) } });
    expect(codes(closed('2017-01-01'))).toEqual([]);
    expect(codes(closed('2016-12-31'))).toHaveLength(3);
  });

  it('names all objections at once', () => {
    const wrong = {
      ...withContent({ posts: [], periodFrom: day('2015-12-01') }),
      grounds: [{ ...in2016, version: null }],
      overlapsAnother: true,
    };
    expect(codes(wrong)).toEqual([
      'period-outside-year',
      'no-posts',
      'already-applied',
      'no-guideline-in-force',
    ]);
  });
});

describe('a draft', () => {
  it('may hold anything but periods without a day, sources twice and modelled figures without origin', () => {
    expect(judgeContent({ ...fullYear.content, posts: [], plan: [] })).toEqual([]);
    const broken = {
      periodFrom: day('2016-01-01'),
      periodTo: day('2016-01-01'),
      posts: [post('teacher', 100, '2016-05-01', '2016-04-30')],
      plan: [share('municipal', euros(1)), { ...share('municipal', euros(2)), modelled: true }],
    };
    expect(judgeContent(broken).map(({ code, pointer }) => [code, pointer])).toEqual([
      ['source-named-twice', '/financingPlan/1/source'],
      ['origin-missing', '/financingPlan/1/origin'],
      ['period-empty', '/periodTo'],
      ['period-empty', '/posts/0/occupiedTo'],
    ]);
  });
});
