import { CalendarDate } from './calendar-date.js';

/**
 * Days from `from` up to but excluding `to`; `to` is null while the end is open. Half-open, like the ranges of
 * the database: neighbours share a boundary day without sharing a day.
 */
export class Period {
  private constructor(
    readonly from: CalendarDate,
    readonly to: CalendarDate | null,
  ) {}

  /** RangeError unless the period holds at least one day. */
  static of(from: CalendarDate, to: CalendarDate | null): Period {
    if (to !== null && !from.isBefore(to)) {
      throw new RangeError(`No day lies from ${from} up to, but excluding, ${to}`);
    }
    return new Period(from, to);
  }

  contains(day: CalendarDate): boolean {
    return !day.isBefore(this.from) && (this.to === null || day.isBefore(this.to));
  }

  overlaps(other: Period): boolean {
    return this.intersect(other) !== null;
  }

  /** The days in both, null when there are none. */
  intersect(other: Period): Period | null {
    const from = CalendarDate.max(this.from, other.from);
    const to = earlierEnd(this.to, other.to);
    return to === null || from.isBefore(to) ? new Period(from, to) : null;
  }

  /** The number of days; RangeError while the end is open. */
  days(): number {
    if (this.to === null) throw new RangeError(`The period from ${this.from} has no end yet`);
    return this.from.daysUntil(this.to);
  }

  /**
   * Cuts the period so that each given day begins a new part; days outside it, and its first day, cut nothing.
   * The parts are in order and together hold exactly the days of the whole.
   */
  splitAt(days: Iterable<CalendarDate>): Period[] {
    const parts: Period[] = [];
    let from = this.from;
    for (const cut of [...days].sort((a, b) => a.compare(b))) {
      if (!cut.isAfter(from) || !this.contains(cut)) continue;
      parts.push(new Period(from, cut));
      from = cut;
    }
    return [...parts, new Period(from, this.to)];
  }
}

function earlierEnd(a: CalendarDate | null, b: CalendarDate | null): CalendarDate | null {
  if (a === null || b === null) return a ?? b;
  return CalendarDate.min(a, b);
}
