import { describe, expect, it } from '@jest/globals';
import { CalendarDate } from '../../kernel/calendar-date.js';
import { newId, type Id } from '../../kernel/ids.js';
import { Money } from '../../kernel/money.js';
import type { AmountCourse } from './in-force.rules.js';
import { judgeChallenges, judgeEnd, judgeSuitDay, wholeOf, type AmountPart } from './suit.rules.js';

const day = (iso: string) => CalendarDate.parse(iso);
const codes = (found: readonly { code: string }[]) => found.map(({ code }) => code);
const decision = {
  ...{ notifiedOn: day('2016-02-01'), remedyEndsOn: day('2016-03-01') },
  ...{ remedyInformation: true, waivedOn: null },
};
const LATER = day('2016-12-31');
const row: AmountCourse = {
  id: newId<Id<'DecisionAmount'>>(),
  ...{ amount: Money.ofCents(1_000), finalOn: null, replacesId: null, replaced: null },
  ...{ suit: 'no_suit', challenged: Money.zero, annulled: Money.zero, suitEndedOn: null },
};
const part = (amountId: AmountPart['amountId'], cents: number): AmountPart => ({
  amountId,
  cents: Money.ofCents(cents),
});

describe('the day of a suit', () => {
  it('may be that of the notice and the last of the period, and no other beyond', () => {
    const judged = (on: string) => codes(judgeSuitDay(decision, day(on), LATER));
    expect(judged('2016-01-31')).toEqual(['suit-before-notification']);
    expect(judged('2016-02-01')).toEqual([]);
    expect(judged('2016-03-01')).toEqual([]);
    expect(judged('2016-03-02')).toEqual(['suit-too-late']);
  });

  it('names the provision that set the period', () => {
    const basis = (remedyInformation: boolean) =>
      judgeSuitDay({ ...decision, remedyInformation }, LATER, LATER)[0]?.basis;
    expect([basis(true), basis(false)]).toEqual(['§ 74 Abs. 1 VwGO', '§ 58 Abs. 2 VwGO']);
  });

  it('is before a waiver, and not in the future', () => {
    const waived = { ...decision, waivedOn: day('2016-02-10') };
    expect(codes(judgeSuitDay(waived, day('2016-02-09'), LATER))).toEqual([]);
    expect(codes(judgeSuitDay(waived, day('2016-02-10'), LATER))).toEqual(['remedies-waived']);
    expect(codes(judgeSuitDay(decision, day('2016-02-11'), day('2016-02-10')))).toEqual([
      'suit-in-the-future',
    ]);
  });
});

describe('what a suit is about', () => {
  it('is a part of what the decision gave or took, to the cent', () => {
    expect(judgeChallenges([row], [part(row.id, 1_000)])).toEqual([]);
    expect(codes(judgeChallenges([row], [part(row.id, 1_001)]))).toEqual(['part-beyond-whole']);
    expect(codes(judgeChallenges([row], [part(row.id, 0)]))).toEqual(['part-beyond-whole']);
    const taken = { ...row, amount: Money.ofCents(300), replaced: Money.ofCents(1_000) };
    expect(judgeChallenges([taken], [part(row.id, 700)])).toEqual([]);
    expect(codes(judgeChallenges([taken], [part(row.id, 701)]))).toEqual(['part-beyond-whole']);
    expect(wholeOf([taken])).toEqual([part(row.id, 700)]);
  });

  it('is an amount of this decision, once, and never again after a suit', () => {
    const strange = newId<Id<'DecisionAmount'>>();
    expect(codes(judgeChallenges([row], [part(strange, 1)]))).toEqual(['amount-unknown']);
    expect(codes(judgeChallenges([row], [part(row.id, 1), part(row.id, 1)]))).toEqual(['amount-unknown']);
    const upheld = { ...row, suit: 'upheld' as const };
    expect(codes(judgeChallenges([upheld], [part(row.id, 1)]))).toEqual(['challenged-already']);
  });
});

describe('the end of a suit', () => {
  const challenged = { ...row, suit: 'suit_recorded' as const, challenged: Money.ofCents(400) };
  const end = { broughtOn: day('2016-02-20'), outcome: 'annulled' as const, endedOn: day('2016-09-01') };
  const judged = (changes: object = {}) =>
    codes(judgeEnd({ ...end, rows: [challenged], annulled: null, ...changes }, LATER));

  it('lies between its beginning and today', () => {
    expect(judged({ endedOn: day('2016-02-20') })).toEqual([]);
    expect(judged({ endedOn: day('2016-02-19') })).toEqual(['suit-end-impossible']);
    expect(judged({ endedOn: LATER.plusDays(1) })).toEqual(['suit-end-impossible']);
  });

  it('sets aside at most what was challenged, and nothing where the decision was upheld', () => {
    expect(judged({ annulled: [part(row.id, 400)] })).toEqual([]);
    expect(judged({ annulled: [part(row.id, 401)] })).toEqual(['part-beyond-whole']);
    expect(judged({ annulled: [] })).toEqual(['amount-unknown']);
    expect(judged({ outcome: 'upheld', annulled: [part(row.id, 1)] })).toEqual(['nothing-was-annulled']);
  });
});
