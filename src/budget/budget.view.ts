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
import { withdrawalOf, WithdrawalView } from '../platform/http/withdrawal.js';
import { allocationKinds, type QuotaShare } from './allocation.rules.js';
import type { AllocationParts } from './allocation.service.js';
import type { Appropriation } from './appropriation.entity.js';
import { appropriationKinds, type AppropriationKind } from './appropriation.rules.js';
import type { BudgetLine } from './budget-line.entity.js';
import { confidences, proposalStates, type ProposalState } from './budget.rules.js';

import type { OverviewRow } from './overview.rules.js';

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

export class AppropriationView extends WithdrawalView {
  @IdField({ de: 'Kennung', en: 'Id' }) id!: AppropriationId;
  @IdField({ de: 'Haushaltsstelle', en: 'Budget line' }) lineId!: BudgetLineId;
  @YearField({ de: 'Haushaltsjahr', en: 'Budget year', example: 2016 }) fundingYear!: number;
  @ChoiceField({ de: 'Art', en: 'Kind', of: appropriationKinds, example: 'initial' })
  kind!: AppropriationKind;
  @CentsField({ de: 'Betrag', en: 'Amount', example: 1_000_000_000 }) amountCents!: Money;
  @IdField({ de: 'Abgebende Haushaltsstelle', en: 'Line that gives', nullable: true, example: null })
  fromLineId!: BudgetLineId | null;
  @YearField({ de: 'Jahr des Ausgaberests', en: 'Year of the remainder', nullable: true, example: null })
  fromYear!: number | null;
  @TextField({ de: 'Einwilligung in die Bildung', en: 'Consent to form', nullable: true, example: null })
  consentToForm!: string | null;
  @TextField({
    de: 'Einwilligung in die Inanspruchnahme',
    en: 'Consent to use',
    nullable: true,
    example: null,
  })
  consentToUse!: string | null;
  @TextField({ de: 'Deckung', en: 'Cover', nullable: true, example: null }) cover!: string | null;
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
  @ChoiceField({ de: 'Stand', en: 'State', of: proposalStates, example: 'released' }) state!: ProposalState;
  @IdField({ de: 'Eingetragen von (Person)', en: 'Person who proposed' }) proposedBy!: PersonId;
  @IdField({ de: 'Freigegeben von (Person)', en: 'Person who released', nullable: true })
  releasedBy!: PersonId | null;
  @IntegerField({ de: 'Fassung', en: 'Version', example: 2 }) version!: number;

  static of(row: Appropriation): AppropriationView {
    const { id, lineId, fundingYear, kind, fromLineId, fromYear, consentToForm, consentToUse, cover } = row;
    const { amount: amountCents, reason, source, confidence, state, proposedBy, releasedBy, version } = row;
    return {
      ...{ id, lineId, fundingYear, kind, fromLineId, fromYear, consentToForm, consentToUse, cover },
      ...{ amountCents, reason, source, confidence, state, proposedBy, releasedBy, version },
      ...withdrawalOf(row),
    };
  }
}

export class QuotaShareView {
  @IdField({ de: 'Zentrum', en: 'Centre' }) centreId!: CentreId;
  @IntegerField({ de: 'Gewicht im Schlüssel', en: 'Weight in the key', example: 218_000 }) weight!: number;
  @CentsField({ de: 'Anteil', en: 'Share', example: 5_276_400 }) amountCents!: Money;

  static of({ centreId, weight, amount }: QuotaShare): QuotaShareView {
    return { centreId, weight: Number(weight), amountCents: amount };
  }
}

export class AllocationView extends WithdrawalView {
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
  @TextField({ de: 'Verteilschlüssel', en: 'Distribution key', nullable: true, example: null })
  keyName!: string | null;
  @TextField({ de: 'Fundstelle des Schlüssels', en: 'Source of the key', nullable: true, example: null })
  keySource!: string | null;
  @ListField({
    de: 'Anteile je Zentrum, nach Schlüssel',
    en: 'Shares by centre, by the key',
    of: QuotaShareView,
  })
  shares!: QuotaShareView[];
  @CentsField({ de: 'Betrag', en: 'Amount', example: 884_000_000 }) amountCents!: Money;
  @TextField({ de: 'Begründung', en: 'Reason', example: 'Zuweisung zum Jahresbeginn' }) reason!: string;
  @ChoiceField({ de: 'Stand', en: 'State', of: proposalStates, example: 'released' }) state!: ProposalState;
  @IdField({ de: 'Eingetragen von (Person)', en: 'Person who proposed' }) proposedBy!: PersonId;
  @IdField({ de: 'Freigegeben von (Person)', en: 'Person who released', nullable: true })
  releasedBy!: PersonId | null;
  @IntegerField({ de: 'Fassung', en: 'Version', example: 2 }) version!: number;

  static of({ allocation, shares }: AllocationParts): AllocationView {
    const { id, lineId, fundingYear, programme, kind, centreId, keyName, keySource } = allocation;
    const { amount: amountCents, reason, state, proposedBy, releasedBy, version } = allocation;
    return {
      ...{ id, lineId, fundingYear, programme, kind, centreId, keyName, keySource },
      ...{ amountCents, reason, state, proposedBy, releasedBy, version },
      ...withdrawalOf(allocation),
      shares: shares.map((share) => QuotaShareView.of(share)),
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
  @CentsField({ de: 'Gesperrt', en: 'Blocked', example: 0 }) blockedCents!: Money;
  @CentsField({ de: 'Nach Auszahlung zurückgekommen', en: 'Came back after payment', example: 0 })
  returnedCents!: Money;
  @CentsField({ de: 'Noch frei', en: 'Still free', example: 18_625_684 }) freeCents!: Money;
  @CentsField({ de: 'Bei Jahresabschluss verfallen', en: 'Lapsed when the year was closed', example: 0 })
  lapsedCents!: Money;
  @CentsField({ de: 'Bei Jahresabschluss übertragbar', en: 'Left to be carried over at closing', example: 0 })
  remainderCents!: Money;
  @CentsField({
    de: 'Verpflichtungsermächtigungen früherer Jahre für dieses, verfallene nicht mitgezählt',
    en: 'Authorisations of earlier years for this one, without what lapsed',
    example: 0,
  })
  authorisedCents!: Money;
  @CentsField({ de: 'Davon in Anspruch genommen', en: 'Of these, used for promises', example: 0 })
  promisedCents!: Money;

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
      blockedCents: row.blocked,
      returnedCents: row.returned,
      freeCents: row.free,
      lapsedCents: row.lapsed,
      remainderCents: row.remainder,
      authorisedCents: row.authorised,
      promisedCents: row.promised,
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
