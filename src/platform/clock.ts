import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { CalendarDate } from '../kernel/calendar-date.js';

/**
 * The only place that reads the clock. The business day is the calendar day in Düsseldorf; the demo player and
 * tests may set it, and only where the clock was made settable. Instants in the audit record come from the
 * database and are never settable.
 */
@Injectable()
export class Clock {
  private day: CalendarDate | null = null;

  constructor(private readonly settable: boolean) {}

  today(): CalendarDate {
    return this.day ?? CalendarDate.parse(Temporal.Now.plainDateISO('Europe/Berlin').toString());
  }

  /** Seconds since 1970, for the lifetime of tokens. */
  epochSeconds(): number {
    return Math.floor(Temporal.Now.instant().epochMilliseconds / 1000);
  }

  /** Plays on this business day until told otherwise; null returns to the real one. */
  playOn(day: CalendarDate | null): void {
    if (!this.settable) {
      throw new Error('The business day is settable only by the demo player and in tests.');
    }
    this.day = day;
  }
}
