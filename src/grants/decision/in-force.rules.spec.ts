import { describe, expect, it } from '@jest/globals';
import { CalendarDate } from '../../kernel/calendar-date.js';
import { newId, type DecisionId, type Id } from '../../kernel/ids.js';
import { Money } from '../../kernel/money.js';
import { effectiveAmount, finalShareOn, inForceOn, type DatedAmount } from './in-force.rules.js';

const day = (iso: string) => CalendarDate.parse(iso);
const cents = (amount: number) => Money.ofCents(amount);

/** 1,000 granted on 1 February, final on 2 March. */
const grant: DatedAmount = {
  id: newId<Id<'DecisionAmount'>>(),
  decisionId: newId<DecisionId>(),
  ...{ amount: cents(1_000), finalOn: day('2016-03-02'), replacesId: null, replaced: null },
  ...{ suit: 'no_suit', challenged: Money.zero, annulled: Money.zero, suitEndedOn: null },
  ...{ effectiveFrom: day('2016-02-01'), recordedAt: '2016-02-01T09:00:00Z' },
  ...{ suitRecordedAt: null, suitClosedAt: null, waivedOn: null, waivedAt: null },
  finalWithoutWaiver: day('2016-03-02'),
};
/** A later decision that leaves this much of it, made known on 1 June, final on 2 July. */
const later = (amount: number, changes: Partial<DatedAmount> = {}): DatedAmount => ({
  ...grant,
  ...{ id: newId<Id<'DecisionAmount'>>(), decisionId: newId<DecisionId>() },
  ...{ amount: cents(amount), replacesId: grant.id, replaced: cents(1_000) },
  ...{ finalOn: day('2016-07-02'), finalWithoutWaiver: day('2016-07-02') },
  ...{ effectiveFrom: day('2016-06-01'), recordedAt: '2016-06-01T09:00:00Z' },
  ...changes,
});
const share = (row: DatedAmount, on: string): number => finalShareOn(row, [grant, row], day(on)).toJSON();

describe('the final share of an amount', () => {
  it('is nothing the day before it is final, and all of it on the day', () => {
    expect(share(grant, '2016-03-01')).toBe(0);
    expect(share(grant, '2016-03-02')).toBe(1_000);
  });

  it('lacks what a suit is about until it ends, and then what was set aside', () => {
    const challenged = { ...grant, suit: 'suit_recorded' as const, challenged: cents(300) };
    expect(share(challenged, '2016-03-01')).toBe(0);
    expect(share(challenged, '2016-12-31')).toBe(700);
    const ended = {
      ...challenged,
      suit: 'annulled' as const,
      annulled: cents(100),
      suitEndedOn: day('2016-09-01'),
    };
    expect(share(ended, '2016-08-31')).toBe(700);
    expect(share(ended, '2016-09-01')).toBe(900);
  });

  it('of an amendment with less is what is left, at once', () => {
    expect(share(later(400), '2016-06-01')).toBe(400);
  });

  it('of an amendment with more is the former at once, and the rest when it becomes final itself', () => {
    expect(share(later(1_500), '2016-07-01')).toBe(1_000);
    expect(share(later(1_500), '2016-07-02')).toBe(1_500);
  });

  it('never exceeds the amount that stands, in whatever order things happen', () => {
    for (const amount of [0, 1, 999, 1_000, 1_001, 5_000]) {
      for (const challenged of [0, 1, Math.abs(amount - 1_000)]) {
        if (challenged > Math.abs(amount - 1_000)) continue;
        for (const on of ['2016-01-31', '2016-03-02', '2016-07-02', '2017-01-01']) {
          const row = later(amount, { challenged: cents(challenged) });
          expect(share(row, on)).toBeLessThanOrEqual(effectiveAmount(row).toJSON());
          expect(share(row, on)).toBeGreaterThanOrEqual(0);
        }
      }
    }
  });
});

describe('an amount after the ruling', () => {
  it('has lost what was given and set aside', () => {
    expect(effectiveAmount({ ...grant, annulled: cents(100) }).toJSON()).toBe(900);
    expect(effectiveAmount(later(1_500, { annulled: cents(500) })).toJSON()).toBe(1_000);
  });

  it('has back what was taken and set aside', () => {
    expect(effectiveAmount(later(400, { annulled: cents(600) })).toJSON()).toBe(1_000);
    expect(effectiveAmount(later(400, { annulled: cents(1) })).toJSON()).toBe(401);
  });
});

describe('what was in force', () => {
  const rows = [grant, later(400)];
  const told = (on: string, knownAt: string | null = null) =>
    inForceOn(rows, { on: day(on), knownAt }).map(({ amount, final }) => [amount.toJSON(), final.toJSON()]);

  it('is nothing before the notice, the grant after it, the amendment from its own', () => {
    expect(told('2016-01-31')).toEqual([]);
    expect(told('2016-02-01')).toEqual([[1_000, 0]]);
    expect(told('2016-05-31')).toEqual([[1_000, 1_000]]);
    expect(told('2016-06-01')).toEqual([[400, 400]]);
  });

  it('is a later decision alone where the one it replaces is still on its way', () => {
    const posted = later(700, { effectiveFrom: day('2016-06-10'), recordedAt: '2016-06-06T09:00:00Z' });
    const handed = {
      ...later(400),
      ...{ replacesId: posted.id, replaced: cents(700) },
      ...{ effectiveFrom: day('2016-06-06'), recordedAt: '2016-06-06T10:00:00Z' },
    };
    const stands = (on: string) =>
      inForceOn([grant, posted, handed], { on: day(on), knownAt: null }).map(({ row, amount, final }) => [
        row.id,
        amount.toJSON(),
        final.toJSON(),
      ]);
    expect(stands('2016-06-05')).toEqual([[grant.id, 1_000, 1_000]]);
    for (const on of ['2016-06-06', '2016-06-09', '2016-06-10', '2016-07-02']) {
      expect(stands(on)).toEqual([[handed.id, 400, 400]]);
    }
    const more = { ...handed, amount: cents(1_200) };
    const told = (on: string) =>
      inForceOn([grant, posted, more], { on: day(on), knownAt: null }).map(({ amount, final }) => [
        amount.toJSON(),
        final.toJSON(),
      ]);
    expect(told('2016-06-06')).toEqual([[1_200, 1_000]]);
    expect(told('2016-07-02')).toEqual([[1_200, 1_200]]);
  });

  it('is told as it was known: to the instant of the record, whatever its digits', () => {
    expect(told('2016-12-31', '2016-06-01T08:59:59.999Z')).toEqual([[1_000, 1_000]]);
    expect(told('2016-12-31', '2016-06-01T09:00:00.000Z')).toEqual([[400, 400]]);
    expect(told('2016-12-31', '2016-06-01T09:00:00Z')).toEqual([[400, 400]]);
  });

  it('does not count a waiver or a suit before it happened, or before it was recorded', () => {
    const waived = {
      ...grant,
      ...{ finalOn: day('2016-02-10'), waivedOn: day('2016-02-10'), waivedAt: '2016-02-12T10:00:00Z' },
    };
    const final = (on: string, knownAt: string | null) =>
      inForceOn([waived], { on: day(on), knownAt })[0]?.final.toJSON();
    expect(final('2016-02-10', null)).toBe(1_000);
    expect(final('2016-02-09', null)).toBe(0);
    expect(final('2016-02-20', '2016-02-12T09:59:59Z')).toBe(0);
    const sued = {
      ...grant,
      ...{ suit: 'annulled' as const, challenged: cents(300), annulled: cents(300) },
      ...{ suitEndedOn: day('2016-09-01'), suitClosedAt: '2016-09-02T08:00:00Z' },
      suitRecordedAt: '2016-02-20T08:00:00Z',
    };
    const stands = (on: string, knownAt: string | null) =>
      inForceOn([sued], { on: day(on), knownAt }).map(({ amount, final: part }) => [
        amount.toJSON(),
        part.toJSON(),
      ]);
    expect(stands('2016-08-31', null)).toEqual([[1_000, 700]]);
    expect(stands('2016-09-01', null)).toEqual([[700, 700]]);
    expect(stands('2016-09-01', '2016-09-01T23:00:00Z')).toEqual([[1_000, 700]]);
  });
});
