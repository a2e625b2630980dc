import type { CalendarDate } from '../kernel/calendar-date.js';
import { fundingYear, yearPeriod } from '../kernel/funding-year.js';
import type { Money } from '../kernel/money.js';
import { Period } from '../kernel/period.js';
import { violation, type Violation } from '../kernel/violation.js';

interface Days {
  readonly occupiedFrom: CalendarDate;
  readonly occupiedTo: CalendarDate | null;
}

export function judgeEnd({ occupiedFrom }: Days, on: CalendarDate): Violation[] {
  return occupiedFrom.isBefore(on)
    ? []
    : [
        violation(
          'end-before-start',
          null,
          {
            de: `Die Besetzung beginnt am ${occupiedFrom} und kann nicht davor oder am selben Tag enden.`,
            en: `The occupancy begins on ${occupiedFrom} and cannot end before or on that day.`,
          },
          '/on',
        ),
      ];
}

/** Expenditure belongs to a year in which the post was occupied, and each year has one figure. */
export function judgeExpenditure(
  { occupiedFrom, occupiedTo }: Days,
  expenditure: readonly { readonly fundingYear: number; readonly amount: Money }[],
  pointer: (index: number) => string = (index) => `/expenditure/${String(index)}/fundingYear`,
): Violation[] {
  const period = Period.of(occupiedFrom, occupiedTo);
  return expenditure.flatMap(({ fundingYear: year }, index) => {
    if (expenditure.findIndex((other) => other.fundingYear === year) !== index) {
      const text = {
        de: `Für ${String(year)} stehen zwei Beträge da.`,
        en: `There are two figures for ${String(year)}.`,
      };
      return [violation('repeated-year', null, text, pointer(index))];
    }
    if (period.overlaps(yearPeriod(fundingYear(year)))) return [];
    const text = {
      de: `Im Jahr ${String(year)} war die Stelle nicht so besetzt.`,
      en: `The post was not occupied so in ${String(year)}.`,
    };
    return [violation('year-not-occupied', 'Nr. 5.4.1.1 KI-Richtlinie', text, pointer(index))];
  });
}
