import type { CalendarDate } from '../kernel/calendar-date.js';
import type { Money } from '../kernel/money.js';
import type { Confidence } from '../kernel/confidence.js';
import { ChoiceField, DayField, IntegerField, ListField, TextField } from '../platform/http/fields.js';
import { PageQuery } from '../platform/http/page.js';
import {
  ChecklistItemDto,
  CONFIDENCE,
  CopyThresholdDto,
  DeadlineDto,
  FundedPostDto,
  MaterialDto,
  PaymentDateDto,
  RateDto,
  SOURCE,
} from './guideline-part.dto.js';
import { EarlyStartBanDto, ProvisionDto } from './guideline-clause.dto.js';
import {
  financingTypes,
  programmeCodes,
  roundings,
  type FinancingType,
  type GuidelineDraft,
  type ProgrammeCode,
  type Rounding,
} from './guideline.rules.js';
import { shareRules, type ShareRule } from './occupied-share.rules.js';

const VVG_7_4 = { basis: 'VVG Nr. 7.4 zu § 44 LHO (Abdruck von 2012)', confidence: 'assumed' } as const;
const PAYMENT_DATES = [
  { month: 5, day: 1, cumulativeHundredths: 5000, ...VVG_7_4 },
  { month: 10, day: 1, cumulativeHundredths: 10_000, ...VVG_7_4 },
];

export class DraftGuidelineDto {
  @ChoiceField({ of: programmeCodes, de: 'Programm', en: 'programme', example: 'KI' })
  programme!: ProgrammeCode;

  @TextField({
    de: 'Bezeichnung',
    en: 'title',
    max: 300,
    example: 'Förderung Kommunaler Integrationszentren, Fassung 2012',
  })
  title!: string;

  @TextField({
    de: 'Rechtsakt',
    en: 'legal instrument',
    max: 300,
    example: 'Richtlinie vom 25.06.2012, MBl. NRW. 2012 Nr. 19 S. 537',
  })
  legalInstrument!: string;

  @DayField({ de: 'gilt ab', en: 'valid from', example: '2012-06-25' })
  validFrom!: CalendarDate;

  @DayField({
    de: 'erster Tag danach; null, solange offen',
    en: 'first day after; null while open',
    nullable: true,
    optional: true,
    example: '2017-01-01',
  })
  validTo: CalendarDate | null = null;

  @ChoiceField({
    of: financingTypes,
    de: 'Finanzierungsart',
    en: 'financing type',
    source: 'VV Nr. 2 zu § 44 LHO',
    example: 'fixed_amount',
  })
  financingType!: FinancingType;

  @TextField({ ...SOURCE, de: 'Fundstelle der Finanzierungsart', en: 'source of the financing type' })
  financingTypeSource!: string;

  @ChoiceField({ ...CONFIDENCE, example: 'derived' })
  financingTypeConfidence!: Confidence;

  @IntegerField({
    de: 'geförderter Anteil der Ausgaben; nur bei Anteilfinanzierung',
    en: 'funded share of expenditure; proportional financing only',
    unit: '1/100 %',
    min: 1,
    max: 10_000,
    nullable: true,
    optional: true,
    example: null,
  })
  fundedShareHundredths: number | null = null;

  @ChoiceField({
    of: shareRules,
    de: 'wie ein Teil des Jahres zählt',
    en: 'how part of a year counts',
    example: 'actual_days',
  })
  shareRule!: ShareRule;

  @TextField({ ...SOURCE, de: 'Fundstelle der Anteilsregel', en: 'source of the share rule' })
  shareRuleSource!: string;

  @ChoiceField({ ...CONFIDENCE, example: 'assumed' })
  shareRuleConfidence!: Confidence;

  @ChoiceField({
    of: roundings,
    de: 'Rundung',
    en: 'rounding',
    optional: true,
    example: 'half_away_from_zero',
  })
  rounding: Rounding = 'half_away_from_zero';

  @TextField({ ...SOURCE, de: 'Fundstelle der Rundung', en: 'source of the rounding' })
  roundingSource!: string;

  @ChoiceField({ ...CONFIDENCE, example: 'assumed' })
  roundingConfidence!: Confidence;

  @IntegerField({
    de: 'Verwendungsnachweis fällig: Monat des Folgejahres',
    en: 'proof of use due: month of the following year',
    min: 1,
    max: 12,
    example: 3,
  })
  proofDueMonth!: number;

  @IntegerField({
    de: 'Verwendungsnachweis fällig: Tag',
    en: 'proof of use due: day',
    min: 1,
    max: 31,
    example: 31,
  })
  proofDueDay!: number;

  @IntegerField({
    de: 'Verwendungsnachweis frühestens fällig: Monate nach Freigabe des Bescheids',
    en: 'proof of use due no sooner than: months after the decision was released',
    max: 60,
    example: 3,
  })
  proofDueMonths!: number;

  @TextField({ ...SOURCE, de: 'Fundstelle der Nachweisfrist', en: 'source of the day proof is due' })
  proofDueSource!: string;

  @ChoiceField({ ...CONFIDENCE, example: 'assumed' })
  proofDueConfidence!: Confidence;

  @TextField(SOURCE)
  source!: string;

  @ChoiceField(CONFIDENCE)
  confidence!: Confidence;

  @TextField({
    de: 'was man wissen muss: Widersprüche zwischen Quellen, nicht Eingesehenes',
    en: 'what one must know: contradictions between sources, what was not seen',
    max: 4000,
    nullable: true,
    optional: true,
    example: null,
  })
  note: string | null = null;

  @ListField({ of: FundedPostDto, de: 'geförderte Stellen', en: 'funded posts', min: 1, max: 20 })
  posts!: FundedPostDto[];

  @ListField({ of: RateDto, de: 'Sätze', en: 'rates', min: 1, max: 50 })
  rates!: RateDto[];

  @ListField({ of: MaterialDto, de: 'Sachausgaben', en: 'material', max: 20, optional: true })
  materials: MaterialDto[] = [];

  @ListField({
    of: PaymentDateDto,
    de: 'Auszahlungstermine',
    en: 'payment dates',
    min: 1,
    max: 12,
    example: PAYMENT_DATES,
  })
  paymentDates!: PaymentDateDto[];

  @ListField({ of: DeadlineDto, de: 'Fristen', en: 'deadlines', max: 20, optional: true })
  deadlines: DeadlineDto[] = [];

  @ListField({
    of: ProvisionDto,
    de: 'Nebenbestimmungen',
    en: 'ancillary provisions',
    max: 50,
    optional: true,
  })
  provisions: ProvisionDto[] = [];

  @ListField({
    of: ChecklistItemDto,
    de: 'Prüfliste: was vor dem Votum zu jedem Antrag zu beantworten ist',
    en: 'checklist: what is answered about every application before it is recommended',
    max: 50,
    optional: true,
  })
  checklist: ChecklistItemDto[] = [];

  @ListField({
    of: CopyThresholdDto,
    de: 'Abdruck an den Landesrechnungshof ab',
    en: 'copied to the court of audit above',
    max: 20,
    optional: true,
  })
  copyThresholds: CopyThresholdDto[] = [];

  @ListField({
    of: EarlyStartBanDto,
    de: 'Verbot, vor der Entscheidung zu beginnen; gilt nur an den genannten Tagen',
    en: 'prohibition to begin before the decision; holds on the days named only',
    max: 20,
    optional: true,
  })
  earlyStartBans: EarlyStartBanDto[] = [];

  /** On the wire an amount is named by its unit; in the rules it is money. */
  toDraft(): GuidelineDraft {
    const { rates, materials, ...draft } = this;
    return { ...draft, rates: rates.map(money), materials: materials.map(money) };
  }
}

function money<T extends { amountCents: Money | null }>({ amountCents, ...rest }: T) {
  return { ...rest, amount: amountCents };
}

export class GuidelineQuery extends PageQuery {
  @ChoiceField({ of: programmeCodes, de: 'Programm', en: 'programme', optional: true, example: 'KI' })
  programme: ProgrammeCode | null = null;

  @DayField({
    de: 'nur was an diesem Tag gilt',
    en: 'only what is in force on this day',
    optional: true,
    example: '2016-02-12',
  })
  on: CalendarDate | null = null;
}
