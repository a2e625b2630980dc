import { CalendarDate } from '../kernel/calendar-date.js';
import type { FundingYear } from '../kernel/funding-year.js';
import { yearPeriod } from '../kernel/funding-year.js';
import { Period } from '../kernel/period.js';
import type { Phase, Step } from './staffing.rules.js';

/** Hundredths of a full-time equivalent times days: exact, and additive over any split of the days. */
export interface PostDays {
  readonly established: number;
  readonly occupied: number;
  readonly vacant: number;
}

export const noDays: PostDays = { established: 0, occupied: 0, vacant: 0 };

export function plus(a: PostDays, b: PostDays): PostDays {
  return {
    established: a.established + b.established,
    occupied: a.occupied + b.occupied,
    vacant: a.vacant + b.vacant,
  };
}

/** Phases and occupation of one post, for which category; steps in order. */
export interface PostHistory {
  readonly phases: readonly Phase[];
  readonly occupied: readonly Step[];
}

/**
 * What of a post existed, was occupied and was vacant in a period, counted day by day. Vacant is what exists and is
 * not occupied; a day without the post counts for nothing.
 */
export function postDays({ phases, occupied }: PostHistory, within: Period, teachers: boolean): PostDays {
  let sum = noDays;
  for (const phase of phases) {
    const part =
      (phase.category === 'teacher') === teachers ? Period.of(phase.from, phase.to).intersect(within) : null;
    if (part === null) continue;
    for (const piece of part.splitAt(occupied.map(({ from }) => from))) {
      const taken = Math.min(takenOn(occupied, piece.from), phase.fteHundredths);
      const days = piece.days();
      sum = plus(sum, {
        established: phase.fteHundredths * days,
        occupied: taken * days,
        vacant: (phase.fteHundredths - taken) * days,
      });
    }
  }
  return sum;
}

/** The hundredths occupied on a day. */
export function takenOn(steps: readonly Step[], day: CalendarDate): number {
  return steps.filter(({ from }) => !from.isAfter(day)).at(-1)?.fteHundredths ?? 0;
}

/** The twelve months of a funding year. */
export function monthsOf(year: FundingYear): Period[] {
  return yearPeriod(year).splitAt(
    Array.from({ length: 12 }, (_, index) => CalendarDate.of(year, index + 1, 1)),
  );
}

export interface MonthlyVacancy {
  /** `2017-03` */
  readonly month: string;
  readonly days: number;
  /** Posts of the municipality's staff: specialists and assistants. */
  readonly staff: PostDays;
  /** Seconded teachers stand apart: no money flows for them. */
  readonly teachers: PostDays;
}

/** The vacancies of one centre in each month of a year. */
export function monthlyVacancies(posts: readonly PostHistory[], year: FundingYear): MonthlyVacancy[] {
  return monthsOf(year).map((month) => ({
    month: month.from.toString().slice(0, 7),
    days: month.days(),
    staff: posts.map((post) => postDays(post, month, false)).reduce(plus, noDays),
    teachers: posts.map((post) => postDays(post, month, true)).reduce(plus, noDays),
  }));
}
