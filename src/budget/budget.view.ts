import type { AllocationId, AppropriationId, BudgetLineId, CentreId, PersonId } from '../kernel/ids.js';
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
import type { Allocation } from './allocation.entity.js';
import type { Appropriation } from './appropriation.entity.js';
import type { BudgetLine } from './budget-line.entity.js';
import type { OverviewRow } from './budget.repository.js';
import { allocationKinds, confidences, type ProposalState } from './budget.rules.js';

const STATES = ['proposed', 'released'] as const;

export class BudgetLineView {
  @IdField({ de: 'Kennung', en: 'Id' }) id!: BudgetLineId;
  @TextField({ de: 'Kapitel', en: 'Chapter of the budget', example: '11 060' }) chapter!: string;
  @TextField({ de: 'Titel oder Titelgruppe', en: 'Title or group of titles', example: 'TG 68' })
  title!: string;
  @TextField({ de: 'Zweckbestimmung', en: 'Purpose', example: 'Kommunale Integrationszentren' })
  name!: string;
  @FlagField({
    de: 'Übertragbar',
    en: 'Whether unspent money may be carried over',
    source: '§ 19 LHO NRW',
    example: false,
  })
  transferable!: boolean;
  @IntegerField({ de: 'Fassung', en: 'Version', example: 1 }) version!: number;

  static of({ id, chapter, title, name, transferable, version }: BudgetLine): BudgetLineView {
    return { id, chapter, title, name, transferable, version };
  }
}

export class AppropriationView {
  @IdField({ de: 'Kennung', en: 'Id' }) id!: AppropriationId;
  @IdField({ de: 'Haushaltsstelle', en: 'Budget line' }) lineId!: BudgetLineId;
  @YearField({ de: 'Haushaltsjahr', en: 'Budget year', example: 2016 }) fundingYear!: number;
  @ChoiceField({ de: 'Art', en: 'Kind', of: ['initial'], example: 'initial' }) kind!: 'initial';
  @CentsField({ de: 'Ansatz', en: 'Appropriation', example: 1_000_000_000 }) amountCents!: Money;
  @TextField({ de: 'Begründung', en: 'Reason', example: 'Haushaltsplan 2016' }) reason!: string;
  @TextField({ de: 'Fundstelle', en: 'Source', example: 'Haushaltsgesetz 2016, Einzelplan 11' })
  source!: string;
  @ChoiceField({
    de: 'Wie sicher die Angabe ist',
    en: 'How sure the figure is',
    of: confidences,
    example: 'assumed',
  })
  confidence!: string;
  @ChoiceField({ de: 'Stand', en: 'State', of: STATES, example: 'released' }) state!: ProposalState;
  @IdField({ de: 'Eingetragen von (Person)', en: 'Person who proposed' }) proposedBy!: PersonId;
  @IdField({ de: 'Freigegeben von (Person)', en: 'Person who released', nullable: true })
  releasedBy!: PersonId | null;
  @IntegerField({ de: 'Fassung', en: 'Version', example: 2 }) version!: number;

  static of({ amount, ...row }: Appropriation): AppropriationView {
    const {
      id,
      lineId,
      fundingYear,
      kind,
      reason,
      source,
      confidence,
      state,
      proposedBy,
      releasedBy,
      version,
    } = row;
    return {
      id,
      lineId,
      fundingYear,
      kind,
      amountCents: amount,
      reason,
      source,
      confidence,
      state,
      proposedBy,
      releasedBy,
      version,
    };
  }
}

export class AllocationView {
  @IdField({ de: 'Kennung', en: 'Id' }) id!: AllocationId;
  @IdField({ de: 'Haushaltsstelle', en: 'Budget line' }) lineId!: BudgetLineId;
  @YearField({ de: 'Haushaltsjahr', en: 'Budget year', example: 2016 }) fundingYear!: number;
  @TextField({ de: 'Programm', en: 'Programme', example: 'KI' }) programme!: string;
  @ChoiceField({
    de: 'Mittelzuweisung oder Kontingent',
    en: 'Allotment or quota',
    of: allocationKinds,
    example: 'allotment',
  })
  kind!: string;
  @IdField({ de: 'Zentrum, bei einem Kontingent', en: 'Centre, for a quota', nullable: true, example: null })
  centreId!: CentreId | null;
  @CentsField({ de: 'Betrag', en: 'Amount', example: 884_000_000 }) amountCents!: Money;
  @TextField({ de: 'Begründung', en: 'Reason', example: 'Zuweisung zum Jahresbeginn' }) reason!: string;
  @ChoiceField({ de: 'Stand', en: 'State', of: STATES, example: 'released' }) state!: ProposalState;
  @IdField({ de: 'Eingetragen von (Person)', en: 'Person who proposed' }) proposedBy!: PersonId;
  @IdField({ de: 'Freigegeben von (Person)', en: 'Person who released', nullable: true })
  releasedBy!: PersonId | null;
  @IntegerField({ de: 'Fassung', en: 'Version', example: 2 }) version!: number;

  static of({ amount, ...row }: Allocation): AllocationView {
    const {
      id,
      lineId,
      fundingYear,
      programme,
      kind,
      centreId,
      reason,
      state,
      proposedBy,
      releasedBy,
      version,
    } = row;
    return {
      id,
      lineId,
      fundingYear,
      programme,
      kind,
      centreId,
      amountCents: amount,
      reason,
      state,
      proposedBy,
      releasedBy,
      version,
    };
  }
}

export class OverviewItemView {
  @IdField({ de: 'Haushaltsstelle', en: 'Budget line' }) lineId!: BudgetLineId;
  @TextField({ de: 'Kapitel', en: 'Chapter of the budget', example: '11 060' }) chapter!: string;
  @TextField({ de: 'Titel oder Titelgruppe', en: 'Title or group of titles', example: 'TG 68' })
  title!: string;
  @TextField({
    de: 'Programm; null, was noch nicht zugewiesen ist',
    en: 'Programme; null for what is not yet allocated',
    nullable: true,
    example: 'KI',
  })
  programme!: string | null;
  @CentsField({ de: 'Ansatz', en: 'Appropriated', example: 0 }) appropriatedCents!: Money;
  @CentsField({ de: 'Zugewiesen', en: 'Allocated', example: 884_000_000 }) allocatedCents!: Money;
  @CentsField({ de: 'Bewilligt', en: 'Committed', example: 865_374_316 }) committedCents!: Money;
  @CentsField({ de: 'Abgerufen', en: 'Called', example: 865_374_316 }) calledCents!: Money;
  @CentsField({ de: 'Ausgezahlt', en: 'Paid', example: 865_374_316 }) paidCents!: Money;
  @CentsField({ de: 'Abgerechnet', en: 'Settled', example: 865_374_316 }) settledCents!: Money;
  @CentsField({ de: 'Noch frei', en: 'Still free', example: 18_625_684 }) freeCents!: Money;

  static of(row: OverviewRow): OverviewItemView {
    return {
      lineId: row.lineId,
      chapter: row.chapter,
      title: row.title,
      programme: row.programme,
      appropriatedCents: row.appropriated,
      allocatedCents: row.allocated,
      committedCents: row.committed,
      calledCents: row.called,
      paidCents: row.paid,
      settledCents: row.settled,
      freeCents: row.free,
    };
  }
}

export class OverviewView {
  @YearField({ de: 'Haushaltsjahr', en: 'Budget year', example: 2016 }) fundingYear!: number;
  @ListField({
    de: 'Je Haushaltsstelle und Programm',
    en: 'Per budget line and programme',
    of: OverviewItemView,
  })
  items!: OverviewItemView[];

  static of(fundingYear: number, rows: readonly OverviewRow[]): OverviewView {
    return { fundingYear, items: rows.map((row) => OverviewItemView.of(row)) };
  }
}
