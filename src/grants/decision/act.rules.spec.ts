import { describe, expect, it } from '@jest/globals';
import { CalendarDate } from '../../kernel/calendar-date.js';
import { Money } from '../../kernel/money.js';
import {
  grounds,
  groundsOf,
  judgeAmendment,
  judgeTakenAmounts,
  judgeTakingBack,
  judgeWishes,
  judgeYear,
  lastDayToTakeBack,
  takingsBack,
  type StandingRow,
} from './act.rules.js';

const day = (iso: string) => CalendarDate.parse(iso);
const codes = (found: readonly { code: string }[]) => found.map(({ code }) => code);
const NOTHING = { de: 'nichts', en: 'nothing' };

const row: StandingRow = {
  ...{ fundingYear: 2016, source: 'state_integration', suit: 'no_suit', settled: false },
  ...{ amount: Money.ofCents(1_000), called: Money.ofCents(400) },
};
const wish = (cents: number, pointer: string | null = '/amounts/0') => ({
  ...{ fundingYear: 2016, source: 'state_integration' as const, amount: Money.ofCents(cents), pointer },
});

describe('the year for taking back', () => {
  const known = { ground: 'requirement_broken' as const, knownOn: day('2016-02-29') };

  it('ends on the day of the same number a year later, also from a leap day, and not a day after', () => {
    expect(lastDayToTakeBack(known.ground, known.knownOn)?.toString()).toBe('2017-02-28');
    expect(judgeYear('revocation', known, day('2017-02-28'))).toEqual([]);
    expect(codes(judgeYear('revocation', known, day('2017-03-01')))).toEqual(['year-of-knowledge-over']);
  });

  it('does not move off a Sunday', () => {
    // 1 May 2016 plus a year is Labour Day 2017; 31 July 2016 gives Monday 31 July 2017.
    const labour = { ...known, knownOn: day('2016-05-01') };
    expect(judgeYear('revocation', labour, day('2017-05-01'))).toEqual([]);
    expect(codes(judgeYear('revocation', labour, day('2017-05-02')))).toEqual(['year-of-knowledge-over']);
  });

  it('does not run where the decision was obtained by deceit', () => {
    const deceit = { ...known, ground: 'obtained_by_deceit' as const };
    expect(judgeYear('withdrawal', deceit, day('2026-01-01'))).toEqual([]);
  });
});

describe('a withdrawal or revocation', () => {
  const facts = {
    ...{ kind: 'revocation' as const, ground: 'requirement_broken' as const, knownOn: day('2016-06-01') },
    hearing: { state: 'closed' as const },
  };
  const TODAY = day('2016-06-01');

  it('needs a hearing that is over, and hears every objection at once', () => {
    expect(judgeTakingBack(facts, TODAY)).toEqual([]);
    expect(codes(judgeTakingBack({ ...facts, hearing: { state: 'open' } }, TODAY))).toEqual([
      'hearing-missing',
    ]);
    const wrong = {
      ...facts,
      hearing: null,
      ground: 'wrong_statements' as const,
      knownOn: TODAY.plusDays(1),
    };
    expect(codes(judgeTakingBack(wrong, TODAY))).toEqual([
      ...['ground-of-another-act', 'hearing-missing', 'known-in-the-future'],
    ]);
  });

  it('has each ground with its provision, and each ground belongs to one of the two', () => {
    const given = takingsBack.flatMap((kind) => Object.keys(groundsOf[kind]));
    expect(given.sort()).toEqual([...grounds].sort());
  });

  it('leaves at most what stands', () => {
    expect(judgeTakenAmounts([row], [wish(1_000)])).toEqual([]);
    expect(codes(judgeTakenAmounts([row], [wish(1_001)]))).toEqual(['more-than-stands']);
  });
});

describe('an amendment', () => {
  it('goes down to what was called, and not a cent below', () => {
    expect(judgeAmendment([row], [wish(400)], [])).toEqual([]);
    expect(codes(judgeAmendment([row], [wish(399)], []))).toEqual(['less-than-called']);
  });

  it('goes up only by posts', () => {
    expect(codes(judgeAmendment([row], [wish(1_001)], []))).toEqual(['more-needs-posts']);
    expect(judgeAmendment([row], [wish(1_001, null)], [])).toEqual([]);
  });

  it('leaves settled years alone, and what does not change is no matter', () => {
    expect(codes(judgeAmendment([row], [wish(999)], [2016]))).toEqual(['year-settled']);
    expect(judgeAmendment([row], [wish(1_000)], [2016])).toEqual([]);
    expect(judgeAmendment([row], [wish(999)], [2015])).toEqual([]);
  });
});

describe('what an act wants', () => {
  it('changes something, names nothing twice, and waits for the court', () => {
    expect(judgeWishes([row], [wish(999)], NOTHING)).toEqual([]);
    expect(codes(judgeWishes([row], [wish(1_000)], NOTHING))).toEqual(['nothing-changes']);
    expect(codes(judgeWishes([row], [], NOTHING))).toEqual(['nothing-changes']);
    expect(codes(judgeWishes([row], [wish(1), wish(2)], NOTHING))).toEqual(['amount-named-twice']);
    const sued = { ...row, suit: 'suit_recorded' as const };
    expect(codes(judgeWishes([sued], [wish(1)], NOTHING))).toEqual(['suit-pending']);
  });
});
