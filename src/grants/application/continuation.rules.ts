import { CalendarDate } from '../../kernel/calendar-date.js';
import { fundingYear, yearPeriod } from '../../kernel/funding-year.js';
import { Period } from '../../kernel/period.js';
import { violation, type Text, type Violation } from '../../kernel/violation.js';
import { applicationRefusal, type ApplicationState } from '../lifecycle.rules.js';
import type { ApplicationContent, PostAsked } from './application.rules.js';

/** Last year's content carried into the year after, to be looked through and submitted. */
export interface Continued extends ApplicationContent {
  readonly fundingYear: number;
}

/**
 * The whole year after the one in which the period ended, from what was planned for that last year. A post that was
 * filled to the end is filled from the first day; any other keeps its days, a year later. Measures and plan are
 * carried over with their amounts: the applicant knows better.
 */
export function continued({ periodTo: ended, posts, measures, plan }: ApplicationContent): Continued {
  const last = fundingYear(ended.plusDays(-1).year);
  const year = last + 1;
  const { from: periodFrom, to } = yearPeriod(fundingYear(year));
  const periodTo = to ?? periodFrom.plusYears(1);
  const aYearOn = <T extends { readonly fundingYear: number }>(rows: readonly T[]): T[] =>
    rows.filter((row) => row.fundingYear === last).map((row) => ({ ...row, fundingYear: year }));
  return {
    ...{ fundingYear: year, periodFrom, periodTo, measures: aYearOn(measures), plan: aYearOn(plan) },
    posts: posts.flatMap((post) => {
      const { occupiedFrom, occupiedTo } = post;
      const occupied = Period.of(occupiedFrom, occupiedTo).intersect(yearPeriod(last));
      if (occupied === null) return [];
      if (!occupiedTo.isBefore(ended)) {
        return [{ ...post, occupiedFrom: periodFrom, occupiedTo: periodTo }];
      }
      return [aYearLater({ ...post, occupiedFrom: occupied.from, occupiedTo })];
    }),
  };
}

function aYearLater(post: PostAsked): PostAsked {
  const occupiedFrom = post.occupiedFrom.plusYears(1);
  // 28 and 29 February are one day in most years; a post is filled for a day at least.
  const occupiedTo = CalendarDate.max(post.occupiedTo.plusYears(1), occupiedFrom.plusDays(1));
  return { ...post, occupiedFrom, occupiedTo };
}

/** Why an application cannot be carried on; null when it can: it was submitted, and not taken back. */
export function continuationHindrance(state: ApplicationState): Text | null {
  return state === 'draft' || state === 'retracted' ? applicationRefusal(state, CONTINUED) : null;
}

/** What somebody saw and what stands are told apart by their hashes; null claims nothing. */
export function judgeSeen(seen: string | null, stands: string): Violation[] {
  if (seen === null || seen === stands) return [];
  return [
    violation(
      'content-changed',
      null,
      {
        de: 'Der Inhalt ist nicht mehr der, den diese Prüfsumme nennt. Bitte neu lesen.',
        en: 'The content is no longer the one this hash names. Please read it again.',
      },
      '/sha256',
    ),
  ];
}

const CONTINUED: Text = { de: 'fortgesetzt', en: 'continued' };
