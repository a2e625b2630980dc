import { CalendarDate } from '../kernel/calendar-date.js';
import type { FundingYear } from '../kernel/funding-year.js';
import { yearPeriod } from '../kernel/funding-year.js';
import type { Period } from '../kernel/period.js';
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

/** Days of one size and use on the number line of days since EPOCH, where adding up a year of months is cheap. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly teachers: boolean;
  readonly established: number;
  readonly occupied: number;
}

const EPOCH = CalendarDate.of(1970, 1, 1);
const place = (day: CalendarDate): number => EPOCH.daysUntil(day);

/** A post cut into stretches on which nothing changes. */
function stretchesOf({ phases, occupied }: PostHistory): Stretch[] {
  const steps = occupied.map(({ from, fteHundredths }) => ({ from: place(from), fteHundredths }));
  return phases.flatMap((phase) => {
    const [begin, end] = [place(phase.from), phase.to === null ? Infinity : place(phase.to)];
    const cuts = [begin, ...steps.map(({ from }) => from).filter((cut) => cut > begin && cut < end), end];
    return cuts.slice(0, -1).map((from, index) => {
      const taken = steps.filter((step) => step.from <= from).at(-1)?.fteHundredths ?? 0;
      return {
        from,
        to: cuts[index + 1] ?? end,
        teachers: phase.category === 'teacher',
        established: phase.fteHundredths,
        occupied: Math.min(taken, phase.fteHundredths),
      };
    });
  });
}

function sumWithin(
  stretches: readonly Stretch[],
  within: { from: number; to: number },
  teachers: boolean,
): PostDays {
  return stretches
    .filter((one) => one.teachers === teachers)
    .map(({ from, to, established, occupied }) => {
      const days = Math.max(0, Math.min(to, within.to) - Math.max(from, within.from));
      return {
        established: established * days,
        occupied: occupied * days,
        vacant: (established - occupied) * days,
      };
    })
    .reduce(plus, noDays);
}

/**
 * What of a post existed, was occupied and was vacant in a period, counted day by day. Vacant is what exists and is
 * not occupied; a day without the post counts for nothing. RangeError for a period whose end is open.
 */
export function postDays(post: PostHistory, within: Period, teachers: boolean): PostDays {
  return sumWithin(stretchesOf(post), placed(within), teachers);
}

function placed(period: Period): { from: number; to: number } {
  const from = place(period.from);
  return { from, to: from + period.days() };
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
  const stretches = posts.flatMap(stretchesOf);
  return monthsOf(year).map((month) => {
    const days = placed(month);
    return {
      month: month.from.toString().slice(0, 7),
      days: days.to - days.from,
      staff: sumWithin(stretches, days, false),
      teachers: sumWithin(stretches, days, true),
    };
  });
}
