import type { CalendarDate } from '../kernel/calendar-date.js';
import type { CentreId } from '../kernel/ids.js';
import { ChoiceField, DayField, IdField, YearField } from '../platform/http/fields.js';
import { PageQuery } from '../platform/http/page.js';

export const formats = ['json', 'csv'] as const;
export type Format = (typeof formats)[number];

export class YearQuery {
  @YearField({ de: 'Haushaltsjahr', en: 'Budget year', example: 2016, fromText: true }) fundingYear!: number;
}

export class StatewideQuery extends YearQuery {
  @DayField({ de: 'Stichtag; ohne Angabe heute', en: 'As of this day; today when left out', optional: true })
  asOf: CalendarDate | null = null;
}

export class SplitQuery extends PageQuery {
  @YearField({ de: 'Haushaltsjahr', en: 'Budget year', example: 2016, fromText: true }) fundingYear!: number;
  @IdField({ de: 'Zentrum', en: 'Centre', optional: true }) centreId: CentreId | null = null;
  @DayField({ de: 'Stichtag; ohne Angabe heute', en: 'As of this day; today when left out', optional: true })
  asOf: CalendarDate | null = null;
  @ChoiceField({
    de: 'Form der Antwort; `csv` gibt alle Zeilen auf einmal',
    en: 'Form of the answer; `csv` gives all rows at once',
    of: formats,
    example: 'json',
    optional: true,
  })
  format: Format = 'json';
}
