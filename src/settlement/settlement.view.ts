import type { CalendarDate } from '../kernel/calendar-date.js';
import type { CaseId, CentreId, DecisionId, PersonId, SettlementId } from '../kernel/ids.js';
import { statesOf } from '../kernel/lifecycle.js';
import type { Money } from '../kernel/money.js';
import {
  CentsField,
  ChoiceField,
  DayField,
  FlagField,
  IdField,
  IntegerField,
  ListField,
  ObjectField,
  TextField,
  YearField,
} from '../platform/http/fields.js';
import type { SettlementItem } from './settlement-item.entity.js';
import { itemCategories, itemKinds, type ItemCategory, type ItemKind } from './settlement-item.rules.js';
import type { SettlementNote } from './settlement-note.entity.js';
import type { Settlement } from './settlement.entity.js';
import {
  cashOf,
  consequences,
  noteKinds,
  settlementLifecycle,
  type Consequence,
  type NoteKind,
  type SettlementState,
} from './settlement.rules.js';
import type { SettlementReport } from './settlement.service.js';

/** A report as it stands in a list. */
export class SettlementSummaryView {
  @IdField({ de: 'Kennung', en: 'Id' }) id!: SettlementId;
  @IdField({ de: 'Vorgang', en: 'Case' }) caseId!: CaseId;
  @IdField({ de: 'Bescheid', en: 'Decision' }) decisionId!: DecisionId;
  @IdField({ de: 'Zentrum', en: 'Centre' }) centreId!: CentreId;
  @YearField({ de: 'Haushaltsjahr', en: 'Funding year', example: 2016 }) fundingYear!: number;
  @DayField({ de: 'Fällig am', en: 'Due on', source: 'Nr. 7 ANBest-G', example: '2017-03-31' })
  dueOn!: CalendarDate;
  @ChoiceField({ de: 'Stand', en: 'State', of: statesOf(settlementLifecycle), example: 'accepted' })
  state!: SettlementState;
  @FlagField({ de: 'Fällig und nicht eingegangen', en: 'Due and not received', example: false })
  overdue!: boolean;
  @DayField({ de: 'Eingereicht am', en: 'Submitted on', nullable: true, example: '2017-03-15' })
  submittedOn!: CalendarDate | null;
  @DayField({ de: 'Geprüft am', en: 'Examined on', nullable: true, example: '2017-06-01' })
  examinedOn!: CalendarDate | null;
  @DayField({ de: 'Abgenommen am', en: 'Accepted on', nullable: true, example: '2017-06-20' })
  acceptedOn!: CalendarDate | null;
  @IntegerField({ de: 'Fassung', en: 'Version', min: 1, example: 6 }) version!: number;

  static of(report: Listed): SettlementSummaryView {
    return summaryOf(report);
  }
}

interface Listed {
  readonly settlement: Settlement;
  readonly overdue: boolean;
}

function summaryOf({ settlement, overdue }: Listed) {
  const { id, caseId, decisionId, centreId, fundingYear, dueOn, state } = settlement;
  const { submittedOn, examinedOn, acceptedOn, version } = settlement;
  return {
    ...{ id, caseId, decisionId, centreId, fundingYear, dueOn, state, overdue },
    ...{ submittedOn, examinedOn, acceptedOn, version },
  };
}

export class SettlementItemView {
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
  @CentsField({
    de: 'Nach den Bescheiden, Stand der letzten Bearbeitung oder Einreichung; null, wo sie keine Zahl nennen',
    en: 'Per notices, as of the last edit or submission; null where they name no figure',
    nullable: true,
    example: null,
  })
  perNoticeCents!: Money | null;
  @CentsField({
    de: 'Abgerechnet; null, bis angegeben',
    en: 'As settled; null until given',
    nullable: true,
    example: 18_000_000,
  })
  settledCents!: Money | null;
  @CentsField({ de: 'Davon zuwendungsfähig', en: 'Eligible part', nullable: true, example: 17_800_000 })
  eligibleCents!: Money | null;
  @FlagField({ de: 'Personalgestellung, kein Geld', en: 'Seconded staff, no money', example: false })
  inKind!: boolean;
  @FlagField({ de: 'Planzahl ist modelliert', en: 'The planned figure is modelled', example: false })
  modelled!: boolean;

  static of(item: SettlementItem): SettlementItemView {
    const { kind, category, perNotice, settled, eligible, inKind, modelled } = item;
    return {
      ...{ kind, category, inKind, modelled },
      ...{ perNoticeCents: perNotice, settledCents: settled, eligibleCents: eligible },
    };
  }
}

export class ExaminationView {
  @TextField({
    de: 'Was geprüft wurde',
    en: 'What was checked',
    example: 'Zahlenteil gegen Bescheid und Auszahlungen.',
  })
  checked!: string;
  @TextField({ de: 'Ergebnis', en: 'Result', example: 'Keine Beanstandungen.' }) result!: string;
  @FlagField({ de: 'Zuwendungszweck erreicht', en: 'The purpose was reached', example: true })
  purposeReached!: boolean;
  @ChoiceField({ de: 'Folge', en: 'Consequence', of: consequences, example: 'grant_kept' })
  consequence!: Consequence;
  @IdField({ de: 'Geprüft von (Person)', en: 'Person who examined', nullable: true })
  examinedBy!: PersonId | null;

  static of(settlement: Settlement): ExaminationView | null {
    const {
      examinationChecked: checked,
      examinationResult: result,
      purposeReached,
      consequence,
      examinedBy,
    } = settlement;
    return checked === null || result === null || purposeReached === null || consequence === null
      ? null
      : { checked, result, purposeReached, consequence, examinedBy };
  }
}

export class SettlementNoteView {
  @ChoiceField({
    de: 'Vollständig, Rückfrage oder Prüfungsvermerk',
    en: 'Complete, query or examination note',
    of: noteKinds,
    example: 'query',
  })
  kind!: NoteKind;
  @TextField({
    de: 'Vermerk; bei der Prüfung, was geprüft wurde',
    en: 'Note; of an examination, what was checked',
    nullable: true,
    multiline: true,
    example: 'Bitte die Stellenmonate erläutern.',
  })
  note!: string | null;
  @TextField({
    de: 'Ergebnis der Prüfung',
    en: 'Result of the examination',
    nullable: true,
    multiline: true,
    example: null,
  })
  result!: string | null;
  @IdField({ de: 'Person, die den Vermerk gefertigt hat', en: 'Person who made the note' })
  notedBy!: PersonId;
  @DayField({ de: 'Vermerkt am', en: 'Noted on', example: '2017-03-20' }) notedOn!: CalendarDate;

  static of({ kind, note, result, notedBy, notedOn }: SettlementNote): SettlementNoteView {
    return { kind, note, result, notedBy, notedOn };
  }
}

/** A whole report. */
export class SettlementView extends SettlementSummaryView {
  @TextField({
    de: 'Sachbericht',
    en: 'Narrative report',
    nullable: true,
    max: 20_000,
    multiline: true,
    example: 'Alle Stellen waren das ganze Jahr besetzt.',
  })
  narrative!: string | null;
  @IntegerField({
    de: 'Besetzte Stellenmonate in Hundertsteln',
    en: 'Post months filled, in hundredths',
    nullable: true,
    example: 4200,
  })
  postMonthsHundredths!: number | null;
  @FlagField({
    de: 'Von der örtlichen Rechnungsprüfung bescheinigt',
    en: 'Certified by the local audit office',
    example: true,
  })
  auditOfficeCertified!: boolean;
  @FlagField({ de: 'Angaben bestätigt', en: 'Figures confirmed', example: true }) confirmed!: boolean;
  @ListField({
    de: 'Zahlenteil in der Gliederung des Finanzierungsplans',
    en: 'Figures in the structure of the financing plan',
    of: SettlementItemView,
  })
  items!: SettlementItemView[];
  @CentsField({ de: 'Einnahmen in Geld', en: 'Income in money', example: 19_200_000 }) incomeCents!: Money;
  @CentsField({ de: 'Ausgaben in Geld', en: 'Expenditure in money', example: 19_200_000 })
  expenditureCents!: Money;
  @CentsField({ de: 'Zuwendungsfähige Ausgaben', en: 'Eligible expenditure', example: 19_000_000 })
  eligibleCents!: Money;
  @IdField({ de: 'Eingereicht von (Person)', en: 'Person who submitted', nullable: true })
  submittedBy!: PersonId | null;
  @ListField({
    de: 'Vermerke der Bewilligungsbehörde, auch überholte, die ältesten zuerst',
    en: "The granting authority's notes, superseded ones included, oldest first",
    of: SettlementNoteView,
  })
  notes!: SettlementNoteView[];
  @ObjectField({
    de: 'Geltender Prüfungsvermerk',
    en: 'Examination note in force',
    of: ExaminationView,
    nullable: true,
  })
  examination!: ExaminationView | null;
  @IdField({ de: 'Abgenommen von (Person)', en: 'Person who accepted', nullable: true })
  acceptedBy!: PersonId | null;

  static override of({ settlement, items, notes, overdue }: SettlementReport): SettlementView {
    const { narrative, postMonthsHundredths, auditOfficeCertified, confirmed } = settlement;
    const { submittedBy, acceptedBy } = settlement;
    return {
      ...summaryOf({ settlement, overdue }),
      ...{ narrative, postMonthsHundredths, auditOfficeCertified, confirmed },
      items: items.map((item) => SettlementItemView.of(item)),
      incomeCents: cashOf(items, 'income', 'settled'),
      expenditureCents: cashOf(items, 'expenditure', 'settled'),
      eligibleCents: cashOf(items, 'expenditure', 'eligible'),
      ...{ submittedBy, acceptedBy },
      notes: notes.map((note) => SettlementNoteView.of(note)),
      examination: ExaminationView.of(settlement),
    };
  }
}
