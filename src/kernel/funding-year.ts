import { CalendarDate } from './calendar-date.js';
import { Period } from './period.js';

declare const brand: unique symbol;

const FIRST_YEAR = 1990;
const LAST_YEAR = 2100;

/** A budget year; the Land's runs from 1 January to 31 December (§ 4 LHO). */
export type FundingYear = number & { readonly [brand]: 'FundingYear' };

/** RangeError outside 1990 to 2100: such a year is a slip of the keyboard. */
export function fundingYear(year: number): FundingYear {
  if (!isFundingYear(year)) {
    throw new RangeError(`A funding year is a whole number from ${FIRST_YEAR} to ${LAST_YEAR}: ${year}`);
  }
  return year;
}

export function yearPeriod(year: FundingYear): Period {
  return Period.of(CalendarDate.of(year, 1, 1), CalendarDate.of(year + 1, 1, 1));
}

export function daysInYear(year: FundingYear): 365 | 366 {
  return yearPeriod(year).days() === 366 ? 366 : 365;
}

/** RangeError for a day outside the funding years. */
export function yearOf(day: CalendarDate): FundingYear {
  return fundingYear(day.year);
}

/** The part of the period in each of its funding years, in order. RangeError while its end is open. */
export function splitByYear(period: Period): Map<FundingYear, Period> {
  const end = period.from.plusDays(period.days());
  const newYearsDays = Array.from({ length: end.year - period.from.year }, (_, index) =>
    CalendarDate.of(period.from.year + 1 + index, 1, 1),
  );
  return new Map(period.splitAt(newYearsDays).map((part) => [yearOf(part.from), part]));
}

/** Whether a number is a year that can be a funding year. */
export function isFundingYear(year: number): year is FundingYear {
  return Number.isInteger(year) && year >= FIRST_YEAR && year <= LAST_YEAR;
}
