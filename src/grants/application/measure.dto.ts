import type { Money } from '../../kernel/money.js';
import { CentsField, ChoiceField, IntegerField, TextField, YearField } from '../../platform/http/fields.js';
import { measureKinds, type MeasureKind, type StatedMeasure } from './measure.rules.js';

export class MeasureItemDto {
  @ChoiceField({
    de: 'Sachausgaben des Zentrums oder Maßnahme für andere',
    en: 'Material expenditure of the centre, or a measure for others',
    of: measureKinds,
    example: 'measure',
  })
  kind!: MeasureKind;
  @TextField({ de: 'Vorhaben', en: 'What is planned', max: 500, example: 'Fachtage zur Elternarbeit' })
  text!: string;
  @YearField({
    de: 'Haushaltsjahr; ohne Angabe das erste des Bewilligungszeitraums',
    en: 'Funding year; the first of the grant period when left out',
    optional: true,
    nullable: true,
    example: 2016,
  })
  fundingYear: number | null = null;
  @CentsField({
    de: 'Geplante Ausgaben des Jahres',
    en: 'Expenditure planned for the year',
    example: 300_000,
  })
  expectedExpenditureCents!: Money;
  @IntegerField({
    de: 'Zahl der Einheiten, wo gezählt wird',
    en: 'Number of units, where they are counted',
    ...{ min: 1, max: 100_000, optional: true, nullable: true, example: 2 },
  })
  units: number | null = null;

  toMeasure(): StatedMeasure {
    const { kind, text, fundingYear, expectedExpenditureCents, units } = this;
    return { kind, text, fundingYear, units, expectedExpenditure: expectedExpenditureCents };
  }
}
