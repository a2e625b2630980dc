import type { CalendarDate } from '../kernel/calendar-date.js';
import { confidences, type Confidence } from '../kernel/confidence.js';
import type { Money } from '../kernel/money.js';
import {
  CentsField,
  ChoiceField,
  DayField,
  FlagField,
  IntegerField,
  TextField,
  YearField,
} from '../platform/http/fields.js';
import {
  deadlineKinds,
  hostTypes,
  materialCodes,
  materialKinds,
  postCategories,
  postFunders,
  statedConfidences,
  type ChecklistItem,
  type CopyThreshold,
  type Deadline,
  type DeadlineKind,
  type FundedPost,
  type HostType,
  type MaterialCode,
  type MaterialKind,
  type PaymentDate,
  type PostCategory,
  type PostFunder,
  type StatedConfidence,
} from './guideline.rules.js';

export const CONFIDENCE = {
  of: confidences,
  de: 'Verlässlichkeit',
  en: 'confidence',
  example: 'derived',
} as const;
const STATED = {
  of: statedConfidences,
  de: 'Verlässlichkeit; „missing“ heißt gesucht und nicht gefunden',
  en: 'confidence; "missing" means looked for and not found',
  example: 'derived',
} as const;
export const SOURCE = {
  de: 'Fundstelle',
  en: 'source',
  max: 1000,
  example: 'MBl. NRW. 2012 Nr. 19 S. 537',
} as const;
const VALID_FROM = { de: 'gilt ab', en: 'valid from', example: '2012-06-25' } as const;
const VALID_TO = {
  de: 'erster Tag danach; null, solange offen',
  en: 'first day after; null while open',
  nullable: true,
  optional: true,
  example: null,
} as const;
const MOST_FTE = 10_000;

export class FundedPostDto implements FundedPost {
  @ChoiceField({ of: hostTypes, de: 'Kreis oder Stadt', en: 'Kreis or city', example: 'kreis' })
  hostType!: HostType;

  @ChoiceField({ of: postCategories, de: 'Stellenart', en: 'category of post', example: 'specialist' })
  category!: PostCategory;

  @IntegerField({
    de: 'Umfang; null, wenn keine Quelle ihn nennt',
    en: 'size; null where no source says',
    unit: '1/100 VZÄ · FTE',
    min: 1,
    max: MOST_FTE,
    nullable: true,
    example: 300,
  })
  fteHundredths!: number | null;

  @ChoiceField({
    of: postFunders,
    de: 'wer die Stelle trägt',
    en: 'who funds the post',
    example: 'integration_ministry',
  })
  funder!: PostFunder;

  @TextField(SOURCE)
  source!: string;

  @ChoiceField(STATED)
  confidence!: StatedConfidence;
}

export class RateDto {
  @ChoiceField({ of: postCategories, de: 'Stellenart', en: 'category of post', example: 'specialist' })
  category!: PostCategory;

  @CentsField({
    de: 'Jahresbetrag; null, wenn er fehlt',
    en: 'amount a year; null where it is missing',
    min: 1,
    nullable: true,
    example: 5_000_000,
  })
  amountCents!: Money | null;

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

  @DayField(VALID_FROM)
  validFrom!: CalendarDate;

  @DayField(VALID_TO)
  validTo: CalendarDate | null = null;

  @TextField(SOURCE)
  source!: string;

  @ChoiceField(STATED)
  confidence!: StatedConfidence;
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

export class MaterialDto {
  @ChoiceField({ of: materialCodes, de: 'wofür', en: 'what for', example: 'interpreter_pool' })
  code!: MaterialCode;

  @ChoiceField({
    of: materialKinds,
    de: 'Pauschale oder Höchstbetrag',
    en: 'lump sum or ceiling',
    example: 'ceiling',
  })
  kind!: MaterialKind;

  @CentsField({
    de: 'Jahresbetrag; null, wenn er fehlt',
    en: 'amount a year; null where it is missing',
    min: 1,
    nullable: true,
    example: 5_000_000,
  })
  amountCents!: Money | null;

  @IntegerField({
    de: 'Umfang geförderter Stellen, für den der Betrag gilt; null: je Zentrum',
    en: 'size of funded posts the amount is stated for; null: per centre',
    unit: '1/100 VZÄ · FTE',
    min: 1,
    max: MOST_FTE,
    nullable: true,
    optional: true,
    example: null,
  })
  perFteHundredths: number | null = null;

  @TextField(SOURCE)
  source!: string;

  @ChoiceField(STATED)
  confidence!: StatedConfidence;

  @DayField(VALID_FROM)
  validFrom!: CalendarDate;

  @DayField(VALID_TO)
  validTo: CalendarDate | null = null;
}

export class DeadlineDto implements Deadline {
  @ChoiceField({ of: deadlineKinds, de: 'wofür', en: 'what for', example: 'application' })
  kind!: DeadlineKind;

  @YearField({
    de: 'Haushaltsjahr, wenn nur für eines; sonst null',
    en: 'funding year, where for one only; otherwise null',
    nullable: true,
    optional: true,
    example: null,
  })
  fundingYear: number | null = null;

  @IntegerField({
    de: 'Jahr des Tages gegenüber dem Haushaltsjahr: -1 ist das Vorjahr',
    en: 'year of the day against the funding year: -1 is the year before',
    min: -1,
    max: 1,
    example: -1,
  })
  yearOffset!: number;

  @IntegerField({ de: 'Monat', en: 'month', min: 1, max: 12, example: 10 })
  month!: number;

  @IntegerField({ de: 'Tag', en: 'day', min: 1, max: 31, example: 31 })
  day!: number;

  @TextField(SOURCE)
  source!: string;

  @ChoiceField(CONFIDENCE)
  confidence!: Confidence;
}

export class CopyThresholdDto implements CopyThreshold {
  @CentsField({
    de: 'Zuwendung, über der Bescheid und Antrag dem Landesrechnungshof übersandt werden',
    en: 'grant above which notice and application are copied to the court of audit',
    example: 4_000_000,
  })
  thresholdCents!: Money;

  @TextField(SOURCE)
  source!: string;

  @ChoiceField(CONFIDENCE)
  confidence!: Confidence;

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
}

export class ChecklistItemDto implements ChecklistItem {
  @TextField({
    de: 'Kürzel, unter dem die Prüfung den Punkt beantwortet',
    en: 'code by which a check answers the item',
    max: 60,
    pattern: /^[a-z][a-z0-9_]*$/,
    example: 'financing_secured',
  })
  code!: string;

  @TextField({ de: 'Grundlage', en: 'basis', max: 100, example: 'VVG zu § 44 LHO' })
  provision!: string;

  @TextField({
    de: 'Prüffrage, deutsch',
    en: 'question in German',
    max: 1000,
    example: 'Die Gesamtfinanzierung ist gesichert.',
  })
  textDe!: string;

  @TextField({
    de: 'Prüffrage, englisch',
    en: 'question in English',
    max: 1000,
    example: 'The whole of the financing is secured.',
  })
  textEn!: string;

  @TextField(SOURCE)
  source!: string;

  @ChoiceField({ ...CONFIDENCE, example: 'assumed' })
  confidence!: Confidence;
}
