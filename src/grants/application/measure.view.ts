import type { Money } from '../../kernel/money.js';
import { CentsField, ChoiceField, IntegerField, TextField, YearField } from '../../platform/http/fields.js';
import { measureKinds, type MeasureKind, type PlannedMeasure } from './measure.rules.js';

export class MeasureItemView {
  @ChoiceField({
    de: 'Sachausgaben des Zentrums oder Maßnahme für andere',
    en: 'Material expenditure of the centre, or a measure for others',
    of: measureKinds,
    example: 'measure',
  })
  kind!: MeasureKind;
  @TextField({ de: 'Vorhaben', en: 'What is planned', max: 500, example: 'Fachtage zur Elternarbeit' })
  text!: string;
  @YearField({ de: 'Haushaltsjahr', en: 'Funding year', example: 2016 }) fundingYear!: number;
  @CentsField({
    de: 'Geplante Ausgaben des Jahres',
    en: 'Expenditure planned for the year',
    example: 300_000,
  })
  expectedExpenditureCents!: Money;
  @IntegerField({
    de: 'Zahl der Einheiten; null, wo nicht gezählt wird',
    en: 'Number of units; null where they are not counted',
    ...{ nullable: true, example: 2 },
  })
  units!: number | null;

  static of({ kind, text, fundingYear, expectedExpenditure, units }: PlannedMeasure): MeasureItemView {
    return { kind, text, fundingYear, units, expectedExpenditureCents: expectedExpenditure };
  }
}
