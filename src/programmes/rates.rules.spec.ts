import { describe, expect, it } from '@jest/globals';
import { guidelineDraft } from '../../test/support/guideline.js';
import { CalendarDate } from '../kernel/calendar-date.js';
import { Money } from '../kernel/money.js';
import { Period } from '../kernel/period.js';
import type { StatedRate } from './guideline.rules.js';
import { piecesByRate, rateOn, statedOn } from './rates.rules.js';

const day = (iso: string) => CalendarDate.parse(iso);

function specialist(euros: number, validFrom: string, validTo: string | null): StatedRate {
  const [rate] = guidelineDraft().rates;
  if (rate === undefined) throw new Error('no rate');
  const until = validTo === null ? null : day(validTo);
  return { ...rate, amount: Money.ofCents(euros * 100), validFrom: day(validFrom), validTo: until };
}

const rates = [specialist(50_000, '2012-06-25', '2021-01-01'), specialist(55_000, '2021-01-01', null)];

describe('the rate of a day', () => {
  it.each([
    ['2012-06-24', null],
    ['2012-06-25', 50_000],
    ['2020-12-31', 50_000],
    ['2021-01-01', 55_000],
  ])('is, on %s, %s', (on, euros) => {
    const cents = rateOn(rates, 'specialist', day(on))?.amount ?? null;
    expect(cents).toEqual(euros === null ? null : Money.ofCents(euros * 100));
  });

  it('is missing where the guideline says that its amount is', () => {
    const stated = { ...specialist(1, '2025-01-01', null), amount: null, confidence: 'missing' as const };
    expect(rateOn([stated], 'specialist', day('2025-06-01'))).toBeNull();
    expect(statedOn([stated], 'specialist', day('2025-06-01'))).toBe(stated);
    expect(piecesByRate(Period.of(day('2025-01-01'), null), [stated], 'specialist')).toMatchObject([
      { rate: null, stated: { confidence: 'missing' } },
    ]);
  });

  it('belongs to its category', () => {
    expect(rateOn(rates, 'teacher', day('2016-01-01'))).toBeNull();
  });

  it('cuts a period where it changes, and says where it is missing', () => {
    const pieces = piecesByRate(Period.of(day('2012-01-01'), day('2022-01-01')), rates, 'specialist');
    expect(
      pieces.map(({ period, rate }) => [period.from.toString(), rate?.amount.toString() ?? null]),
    ).toEqual([
      ['2012-01-01', null],
      ['2012-06-25', '5000000'],
      ['2021-01-01', '5500000'],
    ]);
  });
});
