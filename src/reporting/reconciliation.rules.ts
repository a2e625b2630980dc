import { Money } from '../kernel/money.js';
import type { SplitSource } from './split.rules.js';

/** What the books of a whole year can be compared with; figures on anything else stand alone. */
export const COMPARED_SUBJECT = 'ki.total';

export const explanations = ['within_rounding', 'unexplained', 'not_comparable'] as const;
export type Explanation = (typeof explanations)[number];

export type PublishedOf = 'all' | 'state' | 'municipal' | 'third_party';

/** The sources of the books behind a published one. The published split knows the Land as one. */
const behind: Readonly<Record<PublishedOf, readonly SplitSource[]>> = {
  all: ['state_integration', 'state_school', 'municipal', 'third_party'],
  state: ['state_integration', 'state_school'],
  municipal: ['municipal'],
  third_party: ['third_party'],
};

/** What is committed of a source, and how much of that rests on modelled plans. */
export interface Booked {
  readonly source: SplitSource;
  readonly committed: Money;
  readonly modelled: Money;
}

export interface Comparison {
  /** Committed and reported, in cents; null where there is nothing to compare with. */
  readonly booked: Money | null;
  /** Committed on modelled plans. */
  readonly modelled: Money | null;
  /** Published less booked and modelled. */
  readonly difference: Money | null;
  readonly explanation: Explanation;
}

/**
 * Sets a published figure against the commitments of its year. A difference of up to half the unit the publication
 * rounded to is rounding; beyond that it is unexplained, whatever might explain it.
 */
export function compare(
  published: {
    readonly subject: string;
    readonly source: PublishedOf;
    readonly amount: Money;
    readonly roundedTo: Money;
  },
  books: readonly Booked[],
): Comparison {
  if (published.subject !== COMPARED_SUBJECT) {
    return { booked: null, modelled: null, difference: null, explanation: 'not_comparable' };
  }
  const sources = behind[published.source];
  const ours = books.filter(({ source }) => sources.includes(source));
  const modelled = Money.sum(ours.map((one) => one.modelled));
  const booked = Money.sum(ours.map((one) => one.committed)).minus(modelled);
  const difference = published.amount.minus(booked).minus(modelled);
  const size = difference.isNegative() ? difference.negated() : difference;
  const explained = size.times(2).compare(published.roundedTo) <= 0;
  return { booked, modelled, difference, explanation: explained ? 'within_rounding' : 'unexplained' };
}
