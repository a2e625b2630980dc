import type { CalendarDate } from '../kernel/calendar-date.js';
import { confidences, type Confidence } from '../kernel/confidence.js';
import type { GuidelineVersionId, PersonId, ProgrammeId, RateId } from '../kernel/ids.js';
import { statesOf } from '../kernel/lifecycle.js';
import type { Money } from '../kernel/money.js';
import {
  CentsField,
  ChoiceField,
  DayField,
  FlagField,
  IdField,
  InstantField,
  IntegerField,
  ListField,
  TextField,
} from '../platform/http/fields.js';
import { FundedPostDto, PaymentDateDto } from './guideline.dto.js';
import type { Guideline, Programme } from './guideline.entity.js';
import {
  financingTypes,
  guidelineLifecycle,
  instruments,
  isBinding,
  postCategories,
  programmeCodes,
  roundings,
  type FinancingType,
  type GuidelineFacts,
  type GuidelineState,
  type Instrument,
  type PostCategory,
  type ProgrammeCode,
  type Rounding,
} from './guideline.rules.js';
import { shareRules, type ShareRule } from './occupied-share.rules.js';
import type { RateInForce } from './programme.service.js';

const CONFIDENCE = { of: confidences, de: 'Verlässlichkeit', en: 'confidence', example: 'derived' } as const;
const SOURCE = { de: 'Fundstelle', en: 'source', example: 'MBl. NRW. 2012 Nr. 19 S. 537' } as const;

export class ProgrammeView {
  @IdField({ de: 'Programm', en: 'programme' })
  id!: ProgrammeId;

  @ChoiceField({ of: programmeCodes, de: 'Kürzel', en: 'code', example: 'KI' })
  code!: ProgrammeCode;

  @TextField({ de: 'Name', en: 'name', example: 'Kommunale Integrationszentren' })
  name!: string;

  @ChoiceField({
    of: instruments,
    de: 'Zuwendung oder fachbezogene Pauschale',
    en: 'grant or earmarked lump sum',
    example: 'grant',
  })
  instrument!: Instrument;

  @TextField({ de: 'Anmerkung', en: 'note', nullable: true, example: null })
  note!: string | null;

  static of({ id, code, name, instrument, note }: Programme): ProgrammeView {
    return Object.assign(new ProgrammeView(), { id, code, name, instrument, note });
  }
}

export class GuidelineRateView {
  @IdField({ de: 'Satz', en: 'rate' })
  id!: RateId;

  @ChoiceField({ of: postCategories, de: 'Stellenart', en: 'category of post', example: 'specialist' })
  category!: PostCategory;

  @CentsField({ de: 'Jahresbetrag', en: 'amount a year', example: 5_000_000 })
  amountCents!: Money;

  @IntegerField({
    de: 'Umfang, für den der Betrag gilt',
    en: 'size the amount is stated for',
    unit: '1/100 VZÄ · FTE',
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
    example: null,
  })
  validTo!: CalendarDate | null;

  @TextField(SOURCE)
  source!: string;

  @ChoiceField(CONFIDENCE)
  confidence!: Confidence;

  static of(rate: GuidelineFacts['rates'][number]): GuidelineRateView {
    return Object.assign(new GuidelineRateView(), rateFields(rate));
  }
}

export class RateView extends GuidelineRateView {
  @ChoiceField({ of: programmeCodes, de: 'Programm', en: 'programme', example: 'KI' })
  programme!: ProgrammeCode;

  @IdField({ de: 'Fassung der Richtlinie', en: 'guideline version' })
  guidelineVersionId!: GuidelineVersionId;

  @TextField({
    de: 'Rechtsakt',
    en: 'legal instrument',
    example: 'Richtlinie vom 25.06.2012, MBl. NRW. 2012 Nr. 19 S. 537',
  })
  legalInstrument!: string;

  static ofVersion({ rate, version }: RateInForce): RateView {
    const { programme, id: guidelineVersionId, legalInstrument } = version;
    return Object.assign(new RateView(), {
      ...rateFields(rate),
      programme,
      guidelineVersionId,
      legalInstrument,
    });
  }
}

export class GuidelineView {
  @IdField({ de: 'Fassung der Richtlinie', en: 'guideline version' })
  id!: GuidelineVersionId;

  @ChoiceField({ of: programmeCodes, de: 'Programm', en: 'programme', example: 'KI' })
  programme!: ProgrammeCode;

  @TextField({
    de: 'Bezeichnung',
    en: 'title',
    example: 'Förderung Kommunaler Integrationszentren, Fassung 2012',
  })
  title!: string;

  @TextField({
    de: 'Rechtsakt',
    en: 'legal instrument',
    example: 'Richtlinie vom 25.06.2012, MBl. NRW. 2012 Nr. 19 S. 537',
  })
  legalInstrument!: string;

  @ChoiceField({ of: statesOf(guidelineLifecycle), de: 'Stand', en: 'state', example: 'co_released' })
  state!: GuidelineState;

  @FlagField({ de: 'alle nötigen Freigaben liegen vor', en: 'all releases it needs are there' })
  binding!: boolean;

  @DayField({ de: 'gilt ab', en: 'valid from', example: '2012-06-25' })
  validFrom!: CalendarDate;

  @DayField({
    de: 'erster Tag danach; null, solange offen',
    en: 'first day after; null while open',
    nullable: true,
    example: '2017-01-01',
  })
  validTo!: CalendarDate | null;

  @DayField({
    de: 'ab diesem Tag durch eine spätere Fassung abgelöst',
    en: 'superseded by a later version from this day',
    nullable: true,
    example: null,
  })
  supersededFrom!: CalendarDate | null;

  @ChoiceField({ of: financingTypes, de: 'Finanzierungsart', en: 'financing type', example: 'fixed_amount' })
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

  @ChoiceField({ of: roundings, de: 'Rundung', en: 'rounding', example: 'half_away_from_zero' })
  rounding!: Rounding;

  @IntegerField({
    de: 'Verwendungsnachweis fällig: Monat des Folgejahres',
    en: 'proof of use due: month of the following year',
    example: 3,
  })
  proofDueMonth!: number;

  @IntegerField({ de: 'Verwendungsnachweis fällig: Tag', en: 'proof of use due: day', example: 31 })
  proofDueDay!: number;

  @ChoiceField({ ...CONFIDENCE, example: 'assumed' })
  proofDueConfidence!: Confidence;

  @TextField(SOURCE)
  source!: string;

  @ChoiceField(CONFIDENCE)
  confidence!: Confidence;

  @ListField({ of: FundedPostDto, de: 'geförderte Stellen', en: 'funded posts' })
  posts!: FundedPostDto[];

  @ListField({ of: GuidelineRateView, de: 'Sätze', en: 'rates' })
  rates!: GuidelineRateView[];

  @ListField({ of: PaymentDateDto, de: 'Auszahlungstermine', en: 'payment dates' })
  paymentDates!: PaymentDateDto[];

  @InstantField({ de: 'entworfen', en: 'drafted' })
  draftedAt!: string;

  @IdField({ de: 'entworfen von', en: 'drafted by' })
  draftedBy!: PersonId;

  @InstantField({ de: 'freigegeben', en: 'released', nullable: true })
  releasedAt!: string | null;

  @IdField({ de: 'freigegeben von', en: 'released by', nullable: true })
  releasedBy!: PersonId | null;

  @InstantField({
    de: 'vom Schulministerium freigegeben',
    en: 'released by the school ministry',
    nullable: true,
  })
  coReleasedAt!: string | null;

  @IdField({
    de: 'im Schulministerium freigegeben von',
    en: 'released in the school ministry by',
    nullable: true,
  })
  coReleasedBy!: PersonId | null;

  @IntegerField({ de: 'Version; als "v<n>" in If-Match', en: 'version; as "v<n>" in If-Match', min: 1 })
  version!: number;

  static of({ row, facts }: Guideline): GuidelineView {
    const { id, programme, title, legalInstrument, state, validFrom, validTo, supersededFrom } = row;
    const { financingType, shareRule, shareRuleConfidence, rounding, source, confidence } = row;
    const { proofDueMonth, proofDueDay, proofDueConfidence } = row;
    const { draftedAt, draftedBy, releasedAt, releasedBy, coReleasedAt, coReleasedBy, version } = row;
    return Object.assign(new GuidelineView(), {
      ...{ id, programme, title, legalInstrument, state, binding: isBinding(programme, state) },
      ...{ validFrom, validTo, supersededFrom, financingType, shareRule, shareRuleConfidence, rounding },
      ...{ proofDueMonth, proofDueDay, proofDueConfidence, source, confidence },
      posts: facts.posts.map(postFields),
      rates: facts.rates.map((rate) => GuidelineRateView.of(rate)),
      paymentDates: facts.paymentDates.map(paymentFields),
      ...{ draftedAt, draftedBy, releasedAt, releasedBy, coReleasedAt, coReleasedBy, version },
    });
  }
}

function rateFields({ amount, ...rate }: GuidelineFacts['rates'][number]) {
  const { id, category, perFteHundredths, inKind, validFrom, validTo, source, confidence } = rate;
  return {
    id,
    category,
    amountCents: amount,
    perFteHundredths,
    inKind,
    validFrom,
    validTo,
    source,
    confidence,
  };
}

function postFields(post: GuidelineFacts['posts'][number]) {
  const { hostType, category, fteHundredths, funder, source, confidence } = post;
  return { hostType, category, fteHundredths, funder, source, confidence };
}

function paymentFields(date: GuidelineFacts['paymentDates'][number]) {
  const { month, day, cumulativeHundredths, basis, confidence } = date;
  return { month, day, cumulativeHundredths, basis, confidence };
}
