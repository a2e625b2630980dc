import { describe, expect, it } from '@jest/globals';
import { CalendarDate } from '../../kernel/calendar-date.js';
import type { BudgetLineId, PersonId } from '../../kernel/ids.js';
import { Money } from '../../kernel/money.js';
import type { PlacedPost } from '../application/application.rules.js';
import {
  amountsOf,
  decidedPosts,
  judgeAmounts,
  judgeDraft,
  judgeNotification,
  judgeRelease,
  judgeWaiver,
  type DraftFacts,
  type GrantedPost,
} from './decision.rules.js';
import { isOverdue } from './grant-year.rules.js';

const day = (iso: string) => CalendarDate.parse(iso);
const person = (name: string) => name as PersonId;
const codes = (found: readonly { code: string }[]) => found.map(({ code }) => code);

const asked: PlacedPost[] = [
  {
    ...{ position: 1, category: 'specialist', fteHundredths: 300 },
    ...{ occupiedFrom: day('2016-02-12'), occupiedTo: day('2017-01-01') },
  },
  {
    ...{ position: 2, category: 'assistant', fteHundredths: 50 },
    ...{ occupiedFrom: day('2016-02-12'), occupiedTo: day('2017-01-01') },
  },
];
const all: GrantedPost[] = asked.map(({ position, fteHundredths, occupiedFrom, occupiedTo }) => ({
  ...{ position, fteHundredths, occupiedFrom, occupiedTo },
}));
const [first, second] = all as [GrantedPost, GrantedPost];
const partial = (
  granted: readonly GrantedPost[] | null,
  reasons: string | null = 'Mittel reichen nicht',
): DraftFacts => ({
  ...{ kind: 'partial_grant', reasons, asked, granted },
});

describe('drafting a decision', () => {
  it('a grant needs no reasons, a refusal and a partial grant do', () => {
    expect(judgeDraft({ kind: 'grant', reasons: null, asked, granted: null })).toEqual([]);
    expect(codes(judgeDraft({ kind: 'refusal', reasons: null, asked, granted: null }))).toEqual([
      'reasons-missing',
    ]);
    expect(judgeDraft({ kind: 'refusal', reasons: 'Kein Konzept', asked, granted: null })).toEqual([]);
    expect(codes(judgeDraft(partial([first], null)))).toEqual(['reasons-missing']);
    expect(judgeDraft(partial([first]))).toEqual([]);
  });

  it('a partial grant says what is granted, the others do not', () => {
    expect(codes(judgeDraft(partial(null)))).toEqual(['granted-posts-missing']);
    expect(codes(judgeDraft({ kind: 'grant', reasons: null, asked, granted: all }))).toEqual([
      'granted-posts-unexpected',
    ]);
  });

  it('granting all is no partial grant, and granting none is a refusal', () => {
    expect(codes(judgeDraft(partial(all)))).toEqual(['not-a-partial-grant']);
    expect(codes(judgeDraft(partial([])))).toEqual(['not-a-partial-grant']);
    expect(judgeDraft(partial([{ ...first, fteHundredths: 299 }, second]))).toEqual([]);
    expect(judgeDraft(partial([first, { ...second, occupiedTo: day('2016-12-31') }]))).toEqual([]);
  });

  it.each([
    ['one hundredth more', { fteHundredths: 301 }],
    ['a day earlier', { occupiedFrom: day('2016-02-11') }],
    ['a day longer', { occupiedTo: day('2017-01-02') }],
    ['no day at all', { occupiedFrom: day('2016-05-01'), occupiedTo: day('2016-05-01') }],
  ])('never grants beyond the application: %s', (_, change) => {
    expect(codes(judgeDraft(partial([{ ...first, ...change }])))).toEqual(['granted-beyond-application']);
  });

  it('knows the posts of the application, each once', () => {
    expect(codes(judgeDraft(partial([{ ...first, position: 3 }])))).toEqual(['granted-post-unknown']);
    expect(codes(judgeDraft(partial([first, first])))).toEqual(['granted-post-unknown']);
  });

  it('reckons with all posts, the granted parts, or none', () => {
    const facts = { reasons: null, asked, granted: null };
    expect(decidedPosts({ ...facts, kind: 'grant' })).toEqual(asked);
    expect(decidedPosts({ ...facts, kind: 'refusal' })).toEqual([]);
    expect(decidedPosts(partial([{ ...second, fteHundredths: 25 }]))).toEqual([
      { ...second, fteHundredths: 25, category: 'assistant', expectedExpenditure: null },
    ]);
  });

  it('takes state money from the rules, the rest from the plan, and leaves out what gives nothing', () => {
    const lineId = 'line' as BudgetLineId;
    const totals = [
      { source: 'state_integration' as const, inKind: false, amount: Money.ofCents(15_049_180) },
      { source: 'state_school' as const, inKind: true, amount: Money.ofCents(8_852_459) },
    ];
    const share = (
      fundingYear: number,
      source: 'state_integration' | 'municipal' | 'third_party',
      cents: number,
    ) => ({
      ...{ fundingYear, source, amount: Money.ofCents(cents), modelled: source === 'municipal' },
      origin: source === 'municipal' ? 'Anteil 2016' : null,
    });
    const plan = [
      share(2016, 'state_integration', 1),
      share(2017, 'municipal', 5),
      share(2016, 'municipal', 6_000_000),
      share(2016, 'third_party', 0),
    ];
    expect(
      amountsOf({ fundingYear: 2016, totals }, plan, lineId).map(
        ({ fundingYear, source, amount, lineId: line, inKind, modelled }) => [
          ...[fundingYear, source, amount.toJSON(), line, inKind, modelled],
        ],
      ),
    ).toEqual([
      [2016, 'state_integration', 15_049_180, lineId, false, false],
      [2016, 'state_school', 8_852_459, null, true, false],
      [2016, 'municipal', 6_000_000, null, false, true],
    ]);
    expect(judgeAmounts('grant', totals)).toEqual([]);
    expect(codes(judgeAmounts('grant', []))).toEqual(['nothing-granted']);
    expect(judgeAmounts('refusal', [])).toEqual([]);
  });
});

describe('releasing a decision', () => {
  const hands = {
    draftedBy: [person('a'), person('f')],
    checkedBy: [person('b'), person('c')],
    recommendedBy: person('d'),
  };
  const acting = (name: string, onBehalfOf: string | null = null) => ({
    ...{ personId: person(name), onBehalfOf: onBehalfOf === null ? null : person(onBehalfOf) },
  });

  it.each(['a', 'b', 'c', 'd', 'f'])('is not for %s, who had a hand in it', (name) => {
    expect(codes(judgeRelease(hands, acting(name)))).toEqual(['four-eyes']);
  });

  it('is for anybody else, but not in the name of one who had a hand in it', () => {
    expect(judgeRelease(hands, acting('e'))).toEqual([]);
    expect(codes(judgeRelease(hands, acting('e', 'a')))).toEqual(['four-eyes']);
  });

  it('names every hand', () => {
    const one = { draftedBy: [person('a')], checkedBy: [person('a')], recommendedBy: person('a') };
    expect(judgeRelease(one, acting('a'))).toHaveLength(3);
  });
});

describe('notifying and waiving', () => {
  it('happens between the release and today', () => {
    const judge = (on: string) => codes(judgeNotification(day(on), day('2016-02-10'), day('2016-02-12')));
    expect(judge('2016-02-09')).toEqual(['notified-before-release']);
    expect(judge('2016-02-10')).toEqual([]);
    expect(judge('2016-02-12')).toEqual([]);
    expect(judge('2016-02-13')).toEqual(['notified-in-the-future']);
  });

  it('remedies are waived while there are any', () => {
    const judge = (today: string) =>
      codes(judgeWaiver({ notifiedOn: day('2016-02-12'), finalOn: day('2016-03-15') }, day(today)));
    expect(judge('2016-02-11')).toEqual(['not-notified-yet']);
    expect(judge('2016-02-12')).toEqual([]);
    expect(judge('2016-03-14')).toEqual([]);
    expect(judge('2016-03-15')).toEqual(['already-final']);
  });
});

describe('a proof of use', () => {
  it('is overdue from the day after it is due until it arrives', () => {
    const due = { proofDueOn: day('2017-03-31'), receivedOn: null };
    expect(isOverdue(due, day('2017-03-31'))).toBe(false);
    expect(isOverdue(due, day('2017-04-01'))).toBe(true);
    expect(isOverdue({ ...due, receivedOn: day('2017-05-01') }, day('2017-06-01'))).toBe(false);
  });
});
