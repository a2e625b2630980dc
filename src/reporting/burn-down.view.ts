import type { CalendarDate } from '../kernel/calendar-date.js';
import type { BudgetLineId, CentreId } from '../kernel/ids.js';
import type { Money } from '../kernel/money.js';
import {
  CentsField,
  ChoiceField,
  DayField,
  IdField,
  ListField,
  TextField,
  YearField,
} from '../platform/http/fields.js';
import { burnDownGroups, type BurnDownGroup, type BurnDownRow } from './burn-down.rules.js';
import type { BurnDown } from './burn-down.service.js';

const maybe = { nullable: true, example: null } as const;

export class BurnDownItemView {
  @IdField({ de: 'Haushaltsstelle', en: 'Budget line', ...maybe }) lineId!: BudgetLineId | null;
  @TextField({ de: 'Kapitel und Titel', en: 'Chapter and title', ...maybe }) line!: string | null;
  @TextField({ de: 'Programm', en: 'Programme', ...maybe }) programme!: string | null;
  @IdField({ de: 'Zentrum', en: 'Centre', ...maybe }) centreId!: CentreId | null;
  @TextField({ de: 'Name des Zentrums', en: 'Name of the centre', ...maybe }) centre!: string | null;
  @TextField({
    de: 'Bis Ende dieses Monats',
    en: 'Until the end of this month',
    nullable: true,
    example: '2016-05',
  })
  month!: string | null;
  @CentsField({ de: 'Ansatz', en: 'Appropriated', nullable: true, example: 1_000_000_000 })
  appropriatedCents!: Money | null;
  @CentsField({ de: 'Gesperrt', en: 'Blocked', nullable: true, example: 0 }) blockedCents!: Money | null;
  @CentsField({ de: 'Zugewiesen', en: 'Allocated', nullable: true, example: 884_000_000 })
  allocatedCents!: Money | null;
  @CentsField({ de: 'Bewilligt', en: 'Committed', example: 865_374_316 }) committedCents!: Money;
  @CentsField({ de: 'Abgerufen', en: 'Called', example: 432_687_158 }) calledCents!: Money;
  @CentsField({ de: 'Ausgezahlt', en: 'Paid', example: 432_687_158 }) paidCents!: Money;
  @CentsField({ de: 'Zurückgekommen', en: 'Returned', example: 0 }) returnedCents!: Money;
  @CentsField({ de: 'Noch frei', en: 'Still free', nullable: true, example: 134_625_684 })
  freeCents!: Money | null;
  @CentsField({
    de: 'Erwartete Auszahlungen bis Monatsende, nach den Zahlungsterminen der Bescheide; nur für künftige Monate',
    en: 'Payments expected until the end of the month by the decisions’ payment dates; for months to come only',
    ...maybe,
  })
  forecastPaidCents!: Money | null;

  static of(row: BurnDownRow): BurnDownItemView {
    const { lineId, line, programme, centreId, centre, month } = row;
    return {
      ...{ lineId, line, programme, centreId, centre, month },
      appropriatedCents: row.appropriated,
      blockedCents: row.blocked,
      allocatedCents: row.allocated,
      committedCents: row.committed,
      calledCents: row.called,
      paidCents: row.paid,
      returnedCents: row.returned,
      freeCents: row.free,
      forecastPaidCents: row.forecastPaid,
    };
  }
}

export class BurnDownView {
  @YearField({ de: 'Haushaltsjahr', en: 'Budget year', example: 2016 }) fundingYear!: number;
  @ChoiceField({ de: 'Gliederung', en: 'Grouping', of: burnDownGroups, example: 'month' }) by!: BurnDownGroup;
  @DayField({ de: 'Stand', en: 'As of', example: '2016-06-30' }) asOf!: CalendarDate;
  @CentsField({
    de: 'Bis Jahresende erwartete Auszahlungen aus freigegebenen Bescheiden',
    en: 'Payments expected until the end of the year from released decisions',
    example: 865_374_316,
  })
  expectedPaidCents!: Money;
  @ListField({ de: 'Zeilen', en: 'Rows', of: BurnDownItemView }) items!: BurnDownItemView[];

  static of({ fundingYear, by, asOf, expectedPaid, rows }: BurnDown): BurnDownView {
    const items = rows.map((row) => BurnDownItemView.of(row));
    return { fundingYear, by, asOf, expectedPaidCents: expectedPaid, items };
  }
}
