import type { BudgetLineId, CentreId } from '../kernel/ids.js';
import { ChoiceField, FlagField, IdField, TextField, YearField } from '../platform/http/fields.js';
import { burnDownGroups, type BurnDownGroup } from './burn-down.rules.js';

const formats = ['json', 'csv'] as const;

export class BurnDownQuery {
  @YearField({ de: 'Haushaltsjahr', en: 'Budget year', example: 2016, fromText: true }) fundingYear!: number;
  @ChoiceField({
    de: 'Je Haushaltsstelle, Programm, Zentrum oder Monat',
    en: 'By line, programme, centre or month',
    of: burnDownGroups,
    optional: true,
    example: 'month',
  })
  by: BurnDownGroup = 'month';
  @IdField({ de: 'Nur diese Haushaltsstelle', en: 'This budget line only', optional: true })
  lineId: BudgetLineId | null = null;
  @TextField({ de: 'Nur dieses Programm', en: 'This programme only', max: 20, optional: true, example: 'KI' })
  programme: string | null = null;
  @IdField({ de: 'Nur dieses Zentrum', en: 'This centre only', optional: true }) centreId: CentreId | null =
    null;
  @ChoiceField({
    de: 'Form der Antwort',
    en: 'Form of the answer',
    of: formats,
    optional: true,
    example: 'json',
  })
  format: 'json' | 'csv' = 'json';
  @FlagField({
    de: 'CSV mit Byte-Order-Mark, wie manche Tabellenprogramme sie brauchen',
    en: 'CSV with a byte order mark, as some spreadsheets need it',
    ...{ optional: true, fromText: true, example: false },
  })
  bom = false;
}
