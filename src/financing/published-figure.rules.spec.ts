import { describe, expect, it } from '@jest/globals';
import { CalendarDate } from '../kernel/calendar-date.js';
import { Money } from '../kernel/money.js';
import { judgePublished, type PublishedFacts } from './published-figure.rules.js';

const today = CalendarDate.of(2016, 12, 31);
const figure: PublishedFacts = {
  fundingYear: 2016,
  subject: 'ki.total',
  source: 'state',
  amount: Money.ofCents(1_450_000_000),
  roundedTo: Money.ofCents(10_000_000),
  roundingText: null,
  publication: 'press',
  url: null,
  publishedOn: today,
};
const codesOf = (changes: Partial<PublishedFacts>) =>
  judgePublished({ ...figure, ...changes }, today).map(({ code }) => code);

describe('a published figure', () => {
  it('is a multiple of the unit it was rounded to, to the cent', () => {
    expect(codesOf({})).toEqual([]);
    expect(codesOf({ amount: Money.ofCents(1_450_000_001) })).toEqual(['not-rounded-as-said']);
  });

  it('may be published today, not tomorrow, and on an unknown day', () => {
    expect(codesOf({ publishedOn: today.plusDays(1) })).toEqual(['published-in-future']);
    expect(codesOf({ publishedOn: null })).toEqual([]);
  });

  it('hears every objection at once', () => {
    expect(codesOf({ amount: Money.ofCents(7), publishedOn: today.plusDays(1) })).toHaveLength(2);
  });
});
