import type { CalendarDate } from '../kernel/calendar-date.js';
import type { Money } from '../kernel/money.js';
import { violation, type Violation } from '../kernel/violation.js';

/** Whose money a published figure speaks of. The published split knows the Land as one, and foundations as third parties. */
export const publishedSources = ['all', 'state', 'municipal', 'third_party'] as const;
export type PublishedSource = (typeof publishedSources)[number];

/** A figure as somebody published it, in cents; rounded, and the rounding belongs to the figure. */
export interface PublishedFacts {
  readonly fundingYear: number;
  /** What was counted, `ki.total` for instance. */
  readonly subject: string;
  readonly source: PublishedSource;
  readonly amount: Money;
  /** The unit the publication rounded to: 100,000 euros for "14.5 million". */
  readonly roundedTo: Money;
  /** The word it used: "rund", "fast". */
  readonly roundingText: string | null;
  readonly publication: string;
  readonly url: string | null;
  /** Null where the day is not known. */
  readonly publishedOn: CalendarDate | null;
}

/** What might explain a difference; listed beside it, never asserted. */
export interface CandidateFacts {
  readonly fundingYear: number;
  readonly textDe: string;
  readonly textEn: string;
  readonly source: string;
}

/** A figure rounded to a unit is a multiple of it, and nobody has published tomorrow's figure today. */
export function judgePublished(facts: PublishedFacts, today: CalendarDate): Violation[] {
  const objections: Violation[] = [];
  if (facts.amount.cents % facts.roundedTo.cents !== 0n) {
    objections.push(
      violation(
        'not-rounded-as-said',
        null,
        {
          de: 'Der Betrag ist kein Vielfaches der Einheit, auf die er gerundet sein soll.',
          en: 'The amount is no multiple of the unit it is said to be rounded to.',
        },
        '/roundedToCents',
      ),
    );
  }
  if (facts.publishedOn?.isAfter(today) === true) {
    objections.push(
      violation(
        'published-in-future',
        null,
        {
          de: 'Der Tag der Veröffentlichung liegt in der Zukunft.',
          en: 'The day of publication lies ahead.',
        },
        '/publishedOn',
      ),
    );
  }
  return objections;
}
