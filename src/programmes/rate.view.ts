import type { CalendarDate } from '../kernel/calendar-date.js';
import type { GuidelineVersionId, RateId } from '../kernel/ids.js';
import type { Money } from '../kernel/money.js';
import {
  CentsField,
  ChoiceField,
  DayField,
  FlagField,
  IdField,
  IntegerField,
  TextField,
} from '../platform/http/fields.js';
import { CONFIDENCE, SOURCE } from './guideline-part.dto.js';
import { rateFields } from './guideline-part.view.js';
import {
  postCategories,
  programmeCodes,
  statedConfidences,
  type GuidelineFacts,
  type PostCategory,
  type ProgrammeCode,
  type StatedConfidence,
} from './guideline.rules.js';
import type { RateInForce } from './programme.service.js';

export class GuidelineRateView {
  @IdField({ de: 'Satz', en: 'rate' })
  id!: RateId;

  @ChoiceField({ of: postCategories, de: 'Stellenart', en: 'category of post', example: 'specialist' })
  category!: PostCategory;

  @CentsField({
    de: 'Jahresbetrag; null, wenn er fehlt',
    en: 'amount a year; null where it is missing',
    nullable: true,
    example: 5_000_000,
  })
  amountCents!: Money | null;

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

  @ChoiceField({ ...CONFIDENCE, of: statedConfidences })
  confidence!: StatedConfidence;

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
