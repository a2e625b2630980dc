import type { CalendarDate } from '../kernel/calendar-date.js';
import { Fraction } from '../kernel/fraction.js';
import { daysInYear, yearPeriod, type FundingYear } from '../kernel/funding-year.js';
import type { Period } from '../kernel/period.js';

/** How part of a year is counted. The guideline's own text was not found, so each version says which, and how sure. */
export const shareRules = ['actual_days', 'thirty_day_months', 'months_begun'] as const;
export type ShareRule = (typeof shareRules)[number];

/** Occupied units of a funding year: 324 of 366 days, 319 of 360 days, 11 of 12 months. */
export interface OccupiedTime {
  readonly counted: number;
  readonly of: number;
}

/**
 * The occupied part of a funding year in the units of the rule; days outside the year do not count.
 * - `actual_days`: calendar days, of 365 or 366.
 * - `thirty_day_months`: every month has 30 days, the 31st adds none, of 360.
 * - `months_begun`: every calendar month with at least one occupied day, of 12.
 */
export function occupiedTime(occupied: Period, year: FundingYear, rule: ShareRule): OccupiedTime {
  const part = occupied.intersect(yearPeriod(year));
  switch (rule) {
    case 'actual_days':
      return { counted: part?.days() ?? 0, of: daysInYear(year) };
    case 'thirty_day_months':
      return {
        counted: part === null ? 0 : commercialDay(endOf(part), year) - commercialDay(part.from, year),
        of: 360,
      };
    case 'months_begun':
      return { counted: part === null ? 0 : endOf(part).plusDays(-1).month - part.from.month + 1, of: 12 };
  }
}

/** The occupied share of a funding year, exact, from 0 to 1. */
export function occupiedShare(occupied: Period, year: FundingYear, rule: ShareRule): Fraction {
  const { counted, of } = occupiedTime(occupied, year, rule);
  return Fraction.of(counted, of);
}

/** The place of a day in a year of twelve months of thirty days; 1 January of the next year is 360. */
function commercialDay(day: CalendarDate, year: FundingYear): number {
  return (day.year - year) * 360 + (day.month - 1) * 30 + Math.min(day.day, 30) - 1;
}

/** What lies within a year has an end. */
function endOf(part: Period): CalendarDate {
  return part.from.plusDays(part.days());
}
