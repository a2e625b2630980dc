import { Temporal } from 'temporal-polyfill';

const ISO_DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/**
 * A day of the Gregorian calendar, without time and zone, years 1 to 9999 (what ISO 8601 writes with four
 * digits). Deadlines, validity and grant periods are days: an instant would move them with the time zone.
 */
export class CalendarDate {
  // Own fields instead of a hidden Temporal.PlainDate, so that comparing two of them member by member is sound.
  private constructor(
    readonly year: number,
    readonly month: number,
    readonly day: number,
  ) {}

  /** Strictly `YYYY-MM-DD`; RangeError for any other text and for days that do not exist. */
  static parse(iso: string): CalendarDate {
    const [, year, month, day] = ISO_DAY.exec(iso) ?? [];
    if (year === undefined) throw new RangeError(`Not a day in the form YYYY-MM-DD: ${iso}`);
    return CalendarDate.of(Number(year), Number(month), Number(day));
  }

  /** RangeError for days that do not exist, 29 February 2015 among them. */
  static of(year: number, month: number, day: number): CalendarDate {
    // Temporal would cut 1.5 down to 1 without a word.
    if (![year, month, day].every(Number.isInteger)) {
      throw new RangeError(`Not a day: ${[year, month, day].join('-')}`);
    }
    return CalendarDate.from(Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' }));
  }

  static min(a: CalendarDate, b: CalendarDate): CalendarDate {
    return b.isBefore(a) ? b : a;
  }

  static max(a: CalendarDate, b: CalendarDate): CalendarDate {
    return b.isAfter(a) ? b : a;
  }

  private static from(date: Temporal.PlainDate): CalendarDate {
    if (date.year < 1 || date.year > 9999) {
      throw new RangeError(`Outside the years 1 to 9999: ${date.toString()}`);
    }
    return new CalendarDate(date.year, date.month, date.day);
  }

  /** 1 is Monday, 7 is Sunday. */
  get dayOfWeek(): number {
    return this.plain().dayOfWeek;
  }

  plusDays(days: number): CalendarDate {
    return CalendarDate.from(this.plain().add({ days }));
  }

  /** 31 January + 1 is 28 or 29 February: a day that the month lacks becomes its last (§ 188 (3) BGB). */
  plusMonths(months: number): CalendarDate {
    return CalendarDate.from(this.plain().add({ months }));
  }

  /** 29 February becomes 28 February in a common year. */
  plusYears(years: number): CalendarDate {
    return CalendarDate.from(this.plain().add({ years }));
  }

  /** Days from this day to the other one, negative when the other one is earlier. */
  daysUntil(other: CalendarDate): number {
    return this.plain().until(other.plain(), { largestUnit: 'day' }).days;
  }

  /** By its three fields, because a report compares days by the hundred thousand. */
  compare(other: CalendarDate): -1 | 0 | 1 {
    const ahead = this.year - other.year || this.month - other.month || this.day - other.day;
    if (ahead === 0) return 0;
    return ahead < 0 ? -1 : 1;
  }

  equals(other: CalendarDate): boolean {
    return this.compare(other) === 0;
  }

  isBefore(other: CalendarDate): boolean {
    return this.compare(other) < 0;
  }

  isAfter(other: CalendarDate): boolean {
    return this.compare(other) > 0;
  }

  firstOfMonth(): CalendarDate {
    return new CalendarDate(this.year, this.month, 1);
  }

  lastOfMonth(): CalendarDate {
    return new CalendarDate(this.year, this.month, this.plain().daysInMonth);
  }

  /** `YYYY-MM-DD`. */
  toString(): string {
    const [year, month, day] = [String(this.year).padStart(4, '0'), String(this.month), String(this.day)];
    return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  }

  toJSON(): string {
    return this.toString();
  }

  /** For readers: `31.12.2016` in German, `2016-12-31` in English. */
  format(locale: 'de' | 'en'): string {
    const [year = '', month = '', day = ''] = this.toString().split('-');
    return locale === 'de' ? `${day}.${month}.${year}` : `${year}-${month}-${day}`;
  }

  private plain(): Temporal.PlainDate {
    return new Temporal.PlainDate(this.year, this.month, this.day);
  }
}
