import { describe, expect, it } from '@jest/globals';
import { CalendarDate } from '../../kernel/calendar-date.js';
import { Money } from '../../kernel/money.js';
import { auditCopyOf } from './audit-copy.rules.js';

const day = (text: string) => CalendarDate.parse(text);
const rows = [
  {
    ...{ thresholdCents: Money.ofCents(3_000), source: 'Erlass A', confidence: 'assumed' as const },
    ...{ validFrom: day('2012-01-01'), validTo: day('2016-07-01') },
  },
  {
    ...{ thresholdCents: Money.ofCents(9_000), source: 'Erlass B', confidence: 'verified' as const },
    ...{ validFrom: day('2016-07-01'), validTo: null },
  },
];
const copy = (cents: number, on: string, waiver: string | null = null) =>
  auditCopyOf(Money.ofCents(cents), rows, day(on), waiver);

describe('a copy for the court of audit', () => {
  it('is made above the threshold, not at it', () => {
    expect(copy(3_000, '2016-06-30').copyRequired).toBe(false);
    expect(copy(3_001, '2016-06-30')).toEqual({
      ...{ copyRequired: true, copyThreshold: Money.ofCents(3_000), copyBasis: 'Erlass A' },
      ...{ copyConfidence: 'assumed', copyWaiver: null },
    });
  });

  it('follows the threshold of the day', () => {
    expect(copy(3_001, '2016-07-01')).toMatchObject({ copyRequired: false, copyBasis: 'Erlass B' });
    expect(copy(9_001, '2016-07-01')).toMatchObject({ copyRequired: true, copyConfidence: 'verified' });
  });

  it('is not made where it was waived, and the threshold is told all the same', () => {
    expect(copy(9_001, '2016-07-01', 'Verzicht vom 1. Juli')).toMatchObject({
      ...{ copyRequired: false, copyBasis: 'Erlass B', copyWaiver: 'Verzicht vom 1. Juli' },
    });
  });

  it('is not made on a day without a threshold', () => {
    expect(copy(9_001, '2011-12-31')).toMatchObject({ copyRequired: false, copyThreshold: null });
  });
});
