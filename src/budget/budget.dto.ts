import type { BudgetLineId, CentreId } from '../kernel/ids.js';
import type { Money } from '../kernel/money.js';
import {
  CentsField,
  ChoiceField,
  FlagField,
  IdField,
  IntegerField,
  ListField,
  ObjectField,
  TextField,
  YearField,
} from '../platform/http/fields.js';
import { PageQuery } from '../platform/http/page.js';
import { allocationKinds, type AllocationKind, type DistributionKey } from './allocation.rules.js';
import { appropriationKinds, type AppropriationKind } from './appropriation.rules.js';
import { confidences, proposalStates, type Confidence, type ProposalState } from './budget.rules.js';

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
  @ChoiceField({
    de: 'Art: Ansatz, Nachtrag, Kürzung, Sperre, Freigabe der Sperre, Umschichtung, Übertragung eines Ausgaberests',
    en: 'Kind: what parliament gave, or how it is changed later',
    of: appropriationKinds,
    optional: true,
    example: 'initial',
  })
  kind: AppropriationKind = 'initial';
  @CentsField({ de: 'Betrag', en: 'Amount', min: 1, example: 1_000_000_000 }) amountCents!: Money;
  @IdField({
    de: 'Abgebende Haushaltsstelle einer Umschichtung',
    en: 'Line that gives, of a virement',
    ...{ optional: true, nullable: true, example: null, source: '§ 46 LHO NRW' },
  })
  fromLineId: BudgetLineId | null = null;
  @YearField({
    de: 'Jahr, aus dem ein Ausgaberest stammt',
    en: 'Year a carried-over remainder comes from',
    ...{ optional: true, nullable: true, example: null, source: '§ 45 LHO NRW' },
  })
  fromYear: number | null = null;
  @TextField({
    de: 'Einwilligung des Finanzministeriums in die Bildung eines Ausgaberests (Aktenzeichen)',
    en: 'Consent of the finance ministry to form a remainder (file reference)',
    ...{ max: 200, optional: true, nullable: true, example: null, source: '§ 45 LHO NRW' },
  })
  consentToForm: string | null = null;
  @TextField({
    de: 'Einwilligung des Finanzministeriums in Inanspruchnahme, Entsperrung oder Umschichtung (Aktenzeichen)',
    en: 'Consent of the finance ministry to use, unblock or move (file reference)',
    ...{ max: 200, optional: true, nullable: true, example: null, source: '§§ 36, 45, 46 LHO NRW' },
  })
  consentToUse: string | null = null;
  @TextField({
    de: 'Deckung eines Ausgaberests',
    en: 'Cover of a carried-over remainder',
    ...{ max: 500, optional: true, nullable: true, example: null, source: '§ 45 LHO NRW' },
  })
  cover: string | null = null;
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

export class ProposeAuthorisationDto {
  @IdField({ de: 'Haushaltsstelle', en: 'Budget line' }) lineId!: BudgetLineId;
  @TextField({ de: 'Programm', en: 'Programme', max: 20, example: 'KI' }) programme!: string;
  @YearField({ de: 'Haushaltsjahr der Ausbringung', en: 'Issue year', example: 2016 }) issueYear!: number;
  @YearField({ de: 'Haushaltsjahr der Fälligkeit', en: 'Year the money is due', example: 2017 })
  dueYear!: number;
  @CentsField({ de: 'Betrag', en: 'Amount', min: 1, example: 100_000_000 }) amountCents!: Money;
  @TextField({ de: 'Begründung', en: 'Reason', max: 500, example: 'Bewilligungen für 2017' }) reason!: string;
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

export class KeyWeightDto {
  @IdField({ de: 'Zentrum', en: 'Centre' }) centreId!: CentreId;
  @IntegerField({
    de: 'Gewicht, etwa Einwohner oder Stellen; nicht negativ',
    en: 'Weight, inhabitants or posts for instance; not negative',
    signed: true,
    example: 218_000,
  })
  weight!: number;
}

export class DistributionKeyDto {
  @TextField({ de: 'Schlüssel', en: 'Key', max: 200, example: 'Einwohner am 31.12.2014' }) name!: string;
  @TextField({ de: 'Fundstelle', en: 'Source', max: 500, example: 'IT.NRW, Fortschreibung' }) source!: string;
  @ListField({ de: 'Gewichte je Zentrum', en: 'Weights by centre', of: KeyWeightDto, min: 1 })
  weights!: KeyWeightDto[];

  /** As rules want it: weights are whole numbers of any size. */
  static keyOf({ name, source, weights }: DistributionKeyDto): DistributionKey {
    return {
      name,
      source,
      weights: weights.map(({ centreId, weight }) => ({ centreId, weight: BigInt(weight) })),
    };
  }
}

export class ProposeAllocationDto {
  @IdField({ de: 'Haushaltsstelle', en: 'Budget line' }) lineId!: BudgetLineId;
  @YearField({ de: 'Haushaltsjahr', en: 'Budget year', example: 2016 }) fundingYear!: number;
  @TextField({ de: 'Programm', en: 'Programme', max: 20, example: 'KI' }) programme!: string;
  @ChoiceField({
    de: 'Mittelzuweisung an die Bewilligungsbehörde, Kontingent von Zentren, oder Rücknahme davon',
    en: 'Allotment to the granting authority, quota of centres, or taking back of either',
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
  @ObjectField({
    de: 'Verteilschlüssel: Das Kontingent wird nach größten Resten auf mehrere Zentren verteilt',
    en: 'Distribution key: the quota is spread over several centres by largest remainder',
    of: DistributionKeyDto,
    optional: true,
    nullable: true,
    example: null,
  })
  key: DistributionKeyDto | null = null;
  @CentsField({ de: 'Betrag', en: 'Amount', min: 1, example: 884_000_000 }) amountCents!: Money;
  @TextField({ de: 'Begründung', en: 'Reason', max: 500, example: 'Zuweisung zum Jahresbeginn' })
  reason!: string;
}

export class ProposalQuery extends PageQuery {
  @YearField({ de: 'Haushaltsjahr', en: 'Budget year', example: 2016, optional: true, fromText: true })
  fundingYear: number | null = null;

  @ChoiceField({
    of: proposalStates,
    de: 'Stand; `proposed` wartet auf die Freigabe',
    en: 'State; `proposed` waits to be released',
    optional: true,
    example: 'proposed',
  })
  state: ProposalState | null = null;
}

export class OverviewQuery {
  @YearField({ de: 'Haushaltsjahr', en: 'Budget year', example: 2016, fromText: true }) fundingYear!: number;
}

export class OpenYearDto {
  @YearField({ de: 'Haushaltsjahr', en: 'Budget year', example: 2017 }) fundingYear!: number;
}
