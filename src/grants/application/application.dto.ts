import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { CallId, CentreId } from '../../kernel/ids.js';
import type { Money } from '../../kernel/money.js';
import { fundingSources, type FundingSource, type StatedShare } from '../../financing/plan.rules.js';
import {
  CentsField,
  ChoiceField,
  DayField,
  FlagField,
  IdField,
  IntegerField,
  ListField,
  TextField,
  YearField,
} from '../../platform/http/fields.js';
import { PageQuery } from '../../platform/http/page.js';
import {
  postCategories,
  programmeCodes,
  type PostCategory,
  type ProgrammeCode,
} from '../../programmes/guideline.rules.js';
import type { PostAsked } from './application.rules.js';
import { MeasureItemDto } from './measure.dto.js';
import { applicationLifecycle, type ApplicationState } from '../lifecycle.rules.js';
import { statesOf } from '../../kernel/lifecycle.js';

export class PostItemDto {
  @ChoiceField({ de: 'Stellenart', en: 'Kind of post', of: postCategories, example: 'specialist' })
  category!: PostCategory;
  @IntegerField({
    de: 'Umfang in Hundertsteln einer Vollzeitstelle',
    en: 'Hundredths of a full-time equivalent',
    min: 1,
    max: 10_000,
    example: 300,
  })
  fteHundredths!: number;
  @DayField({ de: 'Besetzt ab', en: 'Occupied from', example: '2016-01-01' }) occupiedFrom!: CalendarDate;
  @DayField({
    de: 'Erster Tag, an dem die Stelle nicht mehr besetzt ist',
    en: 'First day the post is no longer occupied',
    example: '2017-01-01',
  })
  occupiedTo!: CalendarDate;
  @CentsField({
    de: 'Erwartete zuwendungsfähige Ausgaben des Jahres; nur die Festbetragsfinanzierung fragt nicht danach. Wer sie nennt, nennt für jedes Haushaltsjahr eine eigene Zeile',
    en: 'Expected eligible expenditure of the year; only a fixed amount does not ask for it. Whoever states it states an item of its own for each funding year',
    nullable: true,
    optional: true,
    example: 5_400_000,
  })
  expectedExpenditureCents: Money | null = null;

  /** On the wire an amount is named by its unit; in the rules it is money. */
  toPost(): PostAsked {
    const { category, fteHundredths, occupiedFrom, occupiedTo, expectedExpenditureCents } = this;
    return {
      category,
      fteHundredths,
      occupiedFrom,
      occupiedTo,
      expectedExpenditure: expectedExpenditureCents,
    };
  }
}

export class PlanItemDto {
  @YearField({
    de: 'Haushaltsjahr; ohne Angabe das erste des Bewilligungszeitraums',
    en: 'Funding year; the first of the grant period when left out',
    optional: true,
    nullable: true,
    example: 2016,
  })
  fundingYear: number | null = null;
  @ChoiceField({ de: 'Quelle', en: 'Source', of: fundingSources, example: 'state_integration' })
  source!: FundingSource;
  @CentsField({ de: 'Betrag', en: 'Amount', example: 17_000_000 }) amountCents!: Money;
  @FlagField({
    de: 'Modelliert statt vom Träger angegeben',
    en: 'Modelled instead of stated by the body',
    optional: true,
    example: false,
  })
  modelled: boolean = false;
  @TextField({
    de: 'Woraus ein modellierter Betrag abgeleitet ist',
    en: 'What a modelled amount is derived from',
    max: 500,
    optional: true,
    nullable: true,
    example: null,
  })
  origin: string | null = null;
}

const IN_2016 = { occupiedFrom: '2016-01-01', occupiedTo: '2017-01-01', expectedExpenditureCents: null };

/** A whole year of a centre under the guideline of 2012, as it can be submitted. */
const WHOLE_YEAR = [
  { category: 'specialist', fteHundredths: 300, ...IN_2016 },
  { category: 'assistant', fteHundredths: 50, ...IN_2016 },
  { category: 'teacher', fteHundredths: 200, ...IN_2016 },
];
const PLAN = [
  { source: 'state_integration', amountCents: 17_000_000, modelled: false, origin: null },
  { source: 'state_school', amountCents: 10_000_000, modelled: false, origin: null },
  { source: 'municipal', amountCents: 2_100_000, modelled: false, origin: null },
];

export class DraftApplicationDto {
  @IdField({
    de: 'Aufruf, auf den der Antrag antwortet; offene nennt call.list',
    en: 'Call the application answers; call.list names those open',
  })
  callId!: CallId;
  @ChoiceField({ de: 'Programm', en: 'Programme', of: programmeCodes, example: 'KI' })
  programme!: ProgrammeCode;
  @YearField({
    de: 'Haushaltsjahr, in dem der Bewilligungszeitraum beginnt; er umfasst höchstens fünf',
    en: 'Funding year in which the grant period begins; it spans at most five',
    example: 2016,
  })
  fundingYear!: number;
  @DayField({
    de: 'Beginn des Bewilligungszeitraums',
    en: 'Start of the grant period',
    example: '2016-01-01',
  })
  periodFrom!: CalendarDate;
  @DayField({
    de: 'Erster Tag nach dem Bewilligungszeitraum',
    en: 'First day after the grant period',
    example: '2017-01-01',
  })
  periodTo!: CalendarDate;
  @ListField({
    de: 'Beantragte Stellen',
    en: 'Posts applied for',
    of: PostItemDto,
    max: 100,
    example: WHOLE_YEAR,
  })
  posts!: PostItemDto[];
  @ListField({
    de: 'Geplante Sachausgaben und Maßnahmen',
    en: 'Material expenditure and measures planned',
    of: MeasureItemDto,
    max: 100,
    optional: true,
    example: [],
  })
  measures: MeasureItemDto[] = [];
  @ListField({
    de: 'Finanzierungsplan nach Haushaltsjahren und Quellen',
    en: 'Financing plan by funding year and source',
    source: 'VVG zu § 44 LHO',
    of: PlanItemDto,
    max: 20,
    example: PLAN,
  })
  financingPlan!: PlanItemDto[];
}

export class ContinueApplicationDto {
  @IdField({
    de: 'Aufruf des folgenden Jahres; offene nennt call.list',
    en: 'Call of the following year; call.list names those open',
  })
  callId!: CallId;
}

/** What the signatory read; a submission binds the municipality to this and to nothing else. */
export class SubmitApplicationDto {
  @TextField({
    de: 'Prüfsumme des gelesenen Inhalts aus application.readiness; ist er inzwischen ein anderer, wird nicht eingereicht',
    en: 'Hash of the content that was read, from application.readiness; when it is another by now, nothing is submitted',
    min: 64,
    max: 64,
    pattern: /^[0-9a-f]{64}$/,
    optional: true,
    nullable: true,
    example: null,
  })
  sha256: string | null = null;
}

export class EditApplicationDto {
  @DayField({
    de: 'Beginn des Bewilligungszeitraums',
    en: 'Start of the grant period',
    optional: true,
    example: '2016-01-01',
  })
  periodFrom: CalendarDate | null = null;
  @DayField({
    de: 'Erster Tag nach dem Bewilligungszeitraum',
    en: 'First day after the grant period',
    optional: true,
    example: '2017-01-01',
  })
  periodTo: CalendarDate | null = null;
  @ListField({
    de: 'Beantragte Stellen; ersetzt die bisherigen',
    en: 'Posts applied for; replaces the former ones',
    of: PostItemDto,
    max: 100,
    optional: true,
    example: WHOLE_YEAR,
  })
  posts: PostItemDto[] | null = null;
  @ListField({
    de: 'Geplante Sachausgaben und Maßnahmen; ersetzt die bisherigen',
    en: 'Material expenditure and measures planned; replaces the former ones',
    of: MeasureItemDto,
    max: 100,
    optional: true,
    example: [],
  })
  measures: MeasureItemDto[] | null = null;
  @ListField({
    de: 'Finanzierungsplan; ersetzt den bisherigen',
    en: 'Financing plan; replaces the former one',
    of: PlanItemDto,
    max: 20,
    optional: true,
    example: PLAN,
  })
  financingPlan: PlanItemDto[] | null = null;
}

export class ApplicationQuery extends PageQuery {
  @ChoiceField({ de: 'Programm', en: 'Programme', of: programmeCodes, optional: true, example: 'KI' })
  programme: ProgrammeCode | null = null;
  @YearField({
    de: 'Haushaltsjahr, das der Bewilligungszeitraum berührt',
    en: 'Funding year that the grant period touches',
    ...{ example: 2016, optional: true, fromText: true },
  })
  fundingYear: number | null = null;
  @ChoiceField({
    de: 'Stand',
    en: 'State',
    of: statesOf(applicationLifecycle),
    optional: true,
    example: 'submitted',
  })
  state: ApplicationState | null = null;
  @IdField({ de: 'Zentrum', en: 'Centre', optional: true }) centreId: CentreId | null = null;
}

/** The plan as the service takes it. */
export function planIn(items: readonly PlanItemDto[]): StatedShare[] {
  return items.map(({ fundingYear, source, amountCents, modelled, origin }) => ({
    ...{ fundingYear, source, amount: amountCents, modelled, origin },
  }));
}
