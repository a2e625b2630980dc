import type { BudgetLineId, CentreId } from '../kernel/ids.js';
import type { Money } from '../kernel/money.js';
import {
  CentsField,
  ChoiceField,
  FlagField,
  IdField,
  TextField,
  YearField,
} from '../platform/http/fields.js';
import { PageQuery } from '../platform/http/page.js';
import { allocationKinds, confidences, type AllocationKind, type Confidence } from './budget.rules.js';

export class CreateBudgetLineDto {
  @TextField({ de: 'Kapitel', en: 'Chapter of the budget', max: 20, example: '11 060' }) chapter!: string;
  @TextField({ de: 'Titel oder Titelgruppe', en: 'Title or group of titles', max: 20, example: 'TG 68' })
  title!: string;
  @TextField({ de: 'Zweckbestimmung', en: 'Purpose', max: 200, example: 'Kommunale Integrationszentren' })
  name!: string;
  @FlagField({
    de: 'Übertragbar',
    en: 'Whether unspent money may be carried over',
    source: '§ 19 LHO NRW',
    example: false,
  })
  transferable!: boolean;
}

export class ProposeAppropriationDto {
  @IdField({ de: 'Haushaltsstelle', en: 'Budget line' }) lineId!: BudgetLineId;
  @YearField({ de: 'Haushaltsjahr', en: 'Budget year', example: 2016 }) fundingYear!: number;
  @CentsField({ de: 'Ansatz', en: 'Appropriation', min: 1, example: 1_000_000_000 }) amountCents!: Money;
  @TextField({ de: 'Begründung', en: 'Reason', max: 500, example: 'Haushaltsplan 2016' }) reason!: string;
  @TextField({ de: 'Fundstelle', en: 'Source', max: 500, example: 'Haushaltsgesetz 2016, Einzelplan 11' })
  source!: string;
  @ChoiceField({
    de: 'Wie sicher die Angabe ist',
    en: 'How sure the figure is',
    of: confidences,
    example: 'assumed',
  })
  confidence!: Confidence;
}

export class ProposeAllocationDto {
  @IdField({ de: 'Haushaltsstelle', en: 'Budget line' }) lineId!: BudgetLineId;
  @YearField({ de: 'Haushaltsjahr', en: 'Budget year', example: 2016 }) fundingYear!: number;
  @TextField({ de: 'Programm', en: 'Programme', max: 20, example: 'KI' }) programme!: string;
  @ChoiceField({
    de: 'Mittelzuweisung an die Bewilligungsbehörde oder Kontingent eines Zentrums',
    en: 'Allotment to the granting authority, or quota of one centre',
    of: allocationKinds,
    example: 'allotment',
  })
  kind!: AllocationKind;
  @IdField({
    de: 'Zentrum, nur bei einem Kontingent',
    en: 'Centre, for a quota only',
    optional: true,
    nullable: true,
    example: null,
  })
  centreId: CentreId | null = null;
  @CentsField({ de: 'Betrag', en: 'Amount', min: 1, example: 884_000_000 }) amountCents!: Money;
  @TextField({ de: 'Begründung', en: 'Reason', max: 500, example: 'Zuweisung zum Jahresbeginn' })
  reason!: string;
}

export class ProposalQuery extends PageQuery {
  @YearField({ de: 'Haushaltsjahr', en: 'Budget year', example: 2016, optional: true, fromText: true })
  fundingYear: number | null = null;
}

export class OverviewQuery {
  @YearField({ de: 'Haushaltsjahr', en: 'Budget year', example: 2016, fromText: true }) fundingYear!: number;
}
