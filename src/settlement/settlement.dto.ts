import type { CentreId, DecisionId } from '../kernel/ids.js';
import { statesOf } from '../kernel/lifecycle.js';
import type { Money } from '../kernel/money.js';
import {
  CentsField,
  ChoiceField,
  FlagField,
  IdField,
  IntegerField,
  ListField,
  TextField,
  YearField,
} from '../platform/http/fields.js';
import { PageQuery } from '../platform/http/page.js';
import { itemCategories, itemKinds, type ItemCategory, type ItemKind } from './settlement-item.rules.js';
import {
  consequences,
  settlementLifecycle,
  type Consequence,
  type SettlementState,
} from './settlement.rules.js';

export class OpenSettlementDto {
  @IdField({ de: 'Bescheid', en: 'Decision' }) decisionId!: DecisionId;
  @YearField({ de: 'Haushaltsjahr', en: 'Funding year', example: 2016 }) fundingYear!: number;
}

export class FigureDto {
  @ChoiceField({
    de: 'Einnahme oder Ausgabe',
    en: 'Income or expenditure',
    of: itemKinds,
    example: 'expenditure',
  })
  kind!: ItemKind;

  @ChoiceField({
    de: 'Einnahmequelle oder Ausgabeart',
    en: 'Source of income or kind of expenditure',
    of: itemCategories,
    example: 'personnel',
  })
  category!: ItemCategory;

  @CentsField({ de: 'Abgerechnet', en: 'As settled', example: 18_000_000 }) settledCents!: Money;

  @CentsField({
    de: 'Davon zuwendungsfähig, nur bei Ausgaben',
    en: 'Eligible part, for expenditure only',
    optional: true,
    nullable: true,
    example: 17_800_000,
  })
  eligibleCents: Money | null = null;
}

export class EditSettlementDto {
  @TextField({
    de: 'Sachbericht',
    en: 'Narrative report',
    source: 'Nr. 7 ANBest-G',
    max: 20_000,
    multiline: true,
    optional: true,
    example: 'Alle Stellen waren das ganze Jahr besetzt.',
  })
  narrative: string | null = null;

  @IntegerField({
    de: 'Besetzte Stellenmonate in Hundertsteln eines Vollzeitmonats',
    en: 'Post months filled, in hundredths of a full-time month',
    max: 10_000_000,
    optional: true,
    example: 4200,
  })
  postMonthsHundredths: number | null = null;

  @FlagField({
    de: 'Von der örtlichen Rechnungsprüfung bescheinigt',
    en: 'Certified by the local audit office',
    optional: true,
    example: true,
  })
  auditOfficeCertified: boolean | null = null;

  @FlagField({
    de: 'Bestätigt: Ausgaben notwendig, wirtschaftlich und mit den Büchern übereinstimmend',
    en: 'Confirmed: expenditure necessary, economical and in agreement with the books',
    optional: true,
    example: true,
  })
  confirmed: boolean | null = null;

  @ListField({ de: 'Geänderte Zahlen', en: 'Changed figures', of: FigureDto, max: 20, optional: true })
  items: FigureDto[] | null = null;
}

export class CheckSettlementDto {
  @TextField({
    de: 'Vermerk; Pflicht, wenn ein schon geprüfter Nachweis zurück in die Prüfung geht',
    en: 'Note; required when a report that has been examined goes back into examination',
    multiline: true,
    optional: true,
    nullable: true,
    example: null,
  })
  note: string | null = null;
}

export class QuerySettlementDto {
  @TextField({
    de: 'Was fehlt oder zu erläutern ist',
    en: 'What is missing or to be explained',
    multiline: true,
    example: 'Bitte die Stellenmonate erläutern.',
  })
  note!: string;
}

export class ExamineSettlementDto {
  @TextField({
    de: 'Was geprüft wurde',
    en: 'What was checked',
    multiline: true,
    example: 'Zahlenteil gegen Bescheid und Auszahlungen; Stellenplan; Belege der Stichprobe.',
  })
  checked!: string;

  @TextField({ de: 'Ergebnis', en: 'Result', multiline: true, example: 'Keine Beanstandungen.' })
  result!: string;

  @FlagField({ de: 'Zuwendungszweck erreicht', en: 'The purpose was reached', example: true })
  purposeReached!: boolean;

  @ChoiceField({
    de: 'Folge: die Zuwendung bleibt. Kürzung und Widerruf sind eigene Bescheide (decision.revoke)',
    en: 'Consequence: the grant is kept. Reduction and revocation are decisions of their own (decision.revoke)',
    of: consequences,
    example: 'grant_kept',
  })
  consequence!: Consequence;
}

export class SettlementQuery extends PageQuery {
  @IdField({ de: 'Bescheid', en: 'Decision', optional: true })
  decisionId: DecisionId | null = null;

  @IdField({ de: 'Zentrum', en: 'Centre', optional: true })
  centreId: CentreId | null = null;

  @YearField({ de: 'Haushaltsjahr', en: 'Funding year', example: 2016, optional: true, fromText: true })
  fundingYear: number | null = null;

  @ChoiceField({
    de: 'Stand',
    en: 'State',
    of: statesOf(settlementLifecycle),
    example: 'submitted',
    optional: true,
  })
  state: SettlementState | null = null;

  @FlagField({
    de: 'Nur überfällige: fällig und nicht eingegangen',
    en: 'Overdue only: due and not received',
    example: true,
    optional: true,
    fromText: true,
  })
  overdue: boolean | null = null;
}
