import type { CalendarDate } from '../kernel/calendar-date.js';
import type { CentreId } from '../kernel/ids.js';
import { Money } from '../kernel/money.js';
import {
  CentsField,
  DayField,
  IdField,
  InstantField,
  ListField,
  YearField,
} from '../platform/http/fields.js';
import type { YearSplits } from './split.repository.js';
import type { SeriesAnswer } from './split.service.js';
import { SplitView } from './split.view.js';

/** One year of the series, by source and in total. */
export class SplitYearView {
  @YearField({ de: 'Haushaltsjahr', en: 'Budget year', example: 2016 }) fundingYear!: number;
  @ListField({ de: 'Je Quelle', en: 'By source', of: SplitView }) items!: SplitView[];
  @CentsField({ de: 'Geplant, alle Quellen', en: 'Planned, all sources', example: 17_000_000 })
  totalPlannedCents!: Money;
  @CentsField({ de: 'Bewilligt, alle Quellen', en: 'Committed, all sources', example: 17_000_000 })
  totalCommittedCents!: Money;
  @CentsField({ de: 'Ausgezahlt', en: 'Paid', example: 17_000_000 }) totalPaidCents!: Money;
  @CentsField({ de: 'Abgerechnet, alle Quellen', en: 'Settled, all sources', example: 17_000_000 })
  totalSettledCents!: Money;

  static of({ fundingYear, splits }: YearSplits): SplitYearView {
    return {
      fundingYear,
      items: splits.map((split) => SplitView.of(split)),
      totalPlannedCents: Money.sum(splits.map(({ planned }) => planned)),
      totalCommittedCents: Money.sum(splits.map(({ committed }) => committed)),
      totalPaidCents: Money.sum(splits.map(({ paid }) => paid ?? Money.zero)),
      totalSettledCents: Money.sum(splits.map(({ settled }) => settled)),
    };
  }
}

export class SplitSeriesView {
  @YearField({ de: 'Erstes Haushaltsjahr', en: 'First budget year', example: 2016 }) from!: number;
  @YearField({ de: 'Letztes Haushaltsjahr', en: 'Last budget year', example: 2018 }) to!: number;
  @IdField({
    de: 'Zentrum; null für das ganze Land',
    en: 'Centre; null for the whole Land',
    nullable: true,
    example: null,
  })
  centreId!: CentreId | null;
  @DayField({ de: 'Stichtag', en: 'As of this day', example: '2018-12-31' }) asOf!: CalendarDate;
  @InstantField({
    de: 'Wie es zu diesem Zeitpunkt erfasst war; null für alles Erfasste',
    en: 'As recorded until this instant; null for everything recorded',
    nullable: true,
    example: null,
  })
  knownAt!: string | null;
  @ListField({ de: 'Jahr für Jahr', en: 'Year by year', of: SplitYearView }) years!: SplitYearView[];

  static of({ from, to, centreId, asOf, knownAt, years }: SeriesAnswer): SplitSeriesView {
    return { from, to, centreId, asOf, knownAt, years: years.map((year) => SplitYearView.of(year)) };
  }
}
