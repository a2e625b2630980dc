import type { CalendarDate } from '../kernel/calendar-date.js';
import { confidences, type Confidence } from '../kernel/confidence.js';
import type { Money } from '../kernel/money.js';
import {
  CentsField,
  ChoiceField,
  DayField,
  FlagField,
  IntegerField,
  ListField,
  TextField,
} from '../platform/http/fields.js';
import { PageQuery } from '../platform/http/page.js';
import {
  financingTypes,
  hostTypes,
  postCategories,
  postFunders,
  programmeCodes,
  roundings,
  type FinancingType,
  type FundedPost,
  type GuidelineDraft,
  type HostType,
  type PaymentDate,
  type PostCategory,
  type PostFunder,
  type ProgrammeCode,
  type RateFacts,
  type Rounding,
} from './guideline.rules.js';
import { shareRules, type ShareRule } from './occupied-share.rules.js';

const CONFIDENCE = { of: confidences, de: 'Verlässlichkeit', en: 'confidence', example: 'derived' } as const;
const SOURCE = {
  de: 'Fundstelle',
  en: 'source',
  max: 1000,
  example: 'MBl. NRW. 2012 Nr. 19 S. 537',
} as const;
const MOST_FTE = 10_000;

export class FundedPostDto implements FundedPost {
  @ChoiceField({ of: hostTypes, de: 'Kreis oder Stadt', en: 'Kreis or city', example: 'kreis' })
  hostType!: HostType;

  @ChoiceField({ of: postCategories, de: 'Stellenart', en: 'category of post', example: 'specialist' })
  category!: PostCategory;

  @IntegerField({ de: 'Umfang', en: 'size', unit: '1/100 VZÄ · FTE', min: 1, max: MOST_FTE, example: 300 })
  fteHundredths!: number;

  @ChoiceField({
    of: postFunders,
    de: 'wer die Stelle trägt',
    en: 'who funds the post',
    example: 'integration_ministry',
  })
  funder!: PostFunder;

  @TextField(SOURCE)
  source!: string;

  @ChoiceField(CONFIDENCE)
  confidence!: Confidence;
}

export class RateDto {
  @ChoiceField({ of: postCategories, de: 'Stellenart', en: 'category of post', example: 'specialist' })
  category!: PostCategory;

  @CentsField({ de: 'Jahresbetrag', en: 'amount a year', min: 1, example: 5_000_000 })
  amountCents!: Money;

  @IntegerField({
    de: 'Umfang, für den der Betrag gilt',
    en: 'size the amount is stated for',
    unit: '1/100 VZÄ · FTE',
    min: 1,
    max: MOST_FTE,
    example: 100,
  })
  perFteHundredths!: number;

  @FlagField({
    de: 'Sachleistung: zählt, wird nie ausgezahlt',
    en: 'in kind: counted, never paid',
    example: false,
  })
  inKind!: boolean;

  @DayField({ de: 'gilt ab', en: 'valid from', example: '2012-06-25' })
  validFrom!: CalendarDate;

  @DayField({
    de: 'erster Tag danach; null, solange offen',
    en: 'first day after; null while open',
    nullable: true,
    optional: true,
    example: null,
  })
  validTo: CalendarDate | null = null;

  @TextField(SOURCE)
  source!: string;

  @ChoiceField(CONFIDENCE)
  confidence!: Confidence;
}

export class PaymentDateDto implements PaymentDate {
  @IntegerField({ de: 'Monat', en: 'month', min: 1, max: 12, example: 5 })
  month!: number;

  @IntegerField({ de: 'Tag', en: 'day', min: 1, max: 31, example: 1 })
  day!: number;

  @IntegerField({
    de: 'ab diesem Tag abrufbarer Anteil, frühere Termine eingeschlossen',
    en: 'part that may be called from this day, earlier dates included',
    unit: '1/100 %',
    min: 1,
    max: 10_000,
    example: 5000,
  })
  cumulativeHundredths!: number;

  @TextField({
    de: 'Rechtsgrundlage',
    en: 'legal basis',
    max: 300,
    example: 'VVG Nr. 7.4 zu § 44 LHO (Abdruck von 2012)',
  })
  basis!: string;

  @ChoiceField({ ...CONFIDENCE, example: 'assumed' })
  confidence!: Confidence;
}

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

  @ChoiceField({
    of: shareRules,
    de: 'wie ein Teil des Jahres zählt',
    en: 'how part of a year counts',
    example: 'actual_days',
  })
  shareRule!: ShareRule;

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

  @ChoiceField({ ...CONFIDENCE, example: 'assumed' })
  proofDueConfidence!: Confidence;

  @TextField(SOURCE)
  source!: string;

  @ChoiceField(CONFIDENCE)
  confidence!: Confidence;

  @ListField({ of: FundedPostDto, de: 'geförderte Stellen', en: 'funded posts', min: 1, max: 20 })
  posts!: FundedPostDto[];

  @ListField({ of: RateDto, de: 'Sätze', en: 'rates', min: 1, max: 50 })
  rates!: RateDto[];

  @ListField({ of: PaymentDateDto, de: 'Auszahlungstermine', en: 'payment dates', min: 1, max: 12 })
  paymentDates!: PaymentDateDto[];

  /** On the wire an amount is named by its unit; in the rules it is money. */
  toDraft(): GuidelineDraft {
    const { rates: written, ...draft } = this;
    const rates: RateFacts[] = written.map(({ amountCents, ...rate }) => ({ ...rate, amount: amountCents }));
    return { ...draft, rates };
  }
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
