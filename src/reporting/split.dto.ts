import type { CalendarDate } from '../kernel/calendar-date.js';
import type { CentreId } from '../kernel/ids.js';
import { ChoiceField, DayField, IdField, InstantField, YearField } from '../platform/http/fields.js';
import { PageQuery } from '../platform/http/page.js';

export const formats = ['json', 'csv'] as const;
export type Format = (typeof formats)[number];

export class YearQuery {
  @YearField({ de: 'Haushaltsjahr', en: 'Budget year', example: 2016, fromText: true }) fundingYear!: number;
}

const AS_OF = {
  de: 'Stichtag; ohne Angabe heute',
  en: 'As of this day; today when left out',
  optional: true,
} as const;
const KNOWN_AT = {
  de: 'Wie es zu diesem Zeitpunkt erfasst war; ohne Angabe alles, was jetzt erfasst ist',
  en: 'As recorded until this instant; everything recorded by now when left out',
  optional: true,
} as const;

export class StatewideQuery extends YearQuery {
  @DayField(AS_OF) asOf: CalendarDate | null = null;
  @InstantField(KNOWN_AT) knownAt: string | null = null;
}

export class SeriesQuery {
  @YearField({ de: 'Erstes Haushaltsjahr', en: 'First budget year', example: 2016, fromText: true })
  from!: number;
  @YearField({ de: 'Letztes Haushaltsjahr', en: 'Last budget year', example: 2018, fromText: true })
  to!: number;
  @IdField({ de: 'Nur dieses Zentrum', en: 'This centre only', optional: true }) centreId: CentreId | null =
    null;
  @DayField(AS_OF) asOf: CalendarDate | null = null;
  @InstantField(KNOWN_AT) knownAt: string | null = null;
}

export class SplitQuery extends PageQuery {
  @YearField({ de: 'Haushaltsjahr', en: 'Budget year', example: 2016, fromText: true }) fundingYear!: number;
  @IdField({ de: 'Zentrum', en: 'Centre', optional: true }) centreId: CentreId | null = null;
  @DayField(AS_OF) asOf: CalendarDate | null = null;
  @InstantField(KNOWN_AT) knownAt: string | null = null;
  @ChoiceField({
    de: 'Form der Antwort; `csv` gibt alle Zeilen auf einmal',
    en: 'Form of the answer; `csv` gives all rows at once',
    of: formats,
    example: 'json',
    optional: true,
  })
  format: Format = 'json';
}
