import type { CalendarDate } from '../kernel/calendar-date.js';
import type { FundingYear } from '../kernel/funding-year.js';
import type { CentreId, PostId } from '../kernel/ids.js';
import type { Money } from '../kernel/money.js';
import {
  CentsField,
  ChoiceField,
  DayField,
  FlagField,
  IdField,
  IntegerField,
  ListField,
  ObjectField,
  TextField,
  YearField,
} from '../platform/http/fields.js';
import { PageQuery } from '../platform/http/page.js';
import { programmeCodes, type ProgrammeCode } from '../programmes/guideline.rules.js';
import { categories, funders, type Category, type Funder } from './staffing.rules.js';

// Negative sizes are let through to the rules, which then state every objection to the post at once.
const SIZE = {
  de: 'Stellenanteil in Hundertsteln eines VZÄ',
  en: 'size in hundredths of a full-time equivalent',
  unit: 'VZÄ/100 · FTE/100',
  signed: true,
  max: 10_000,
} as const;

export class ChangePostDto {
  @DayField({ de: 'ab diesem Tag', en: 'from this day on', example: '2017-01-01' }) from!: CalendarDate;
  @ChoiceField({ of: categories, de: 'Art der Stelle', en: 'category of the post', example: 'specialist' })
  category!: Category;
  @IntegerField({ ...SIZE, example: 100 }) fteHundredths!: number;
  @ChoiceField({
    of: funders,
    de: 'wer die Stelle fördert oder stellt',
    en: 'who funds or staffs the post',
    example: 'integration_ministry',
  })
  funder!: Funder;
}

export class EstablishPostDto extends ChangePostDto {
  @IdField({ de: 'Zentrum', en: 'centre' }) centreId!: CentreId;
  @ChoiceField({ of: programmeCodes, de: 'Programm', en: 'programme', example: 'KI' })
  programme!: ProgrammeCode;
  @TextField({
    de: 'Nummer im Stellenplan der Körperschaft',
    en: 'number in the plan of posts of the body',
    max: 40,
    pattern: /^[0-9A-Za-z][0-9A-Za-z ./-]{0,39}$/,
    example: 'KI-01',
  })
  number!: string;
}

export class EndDto {
  @DayField({
    de: 'erster Tag, an dem es nicht mehr gilt',
    en: 'first day on which it no longer holds',
    example: '2017-07-01',
  })
  on!: CalendarDate;
}

export class PostQuery extends PageQuery {
  @IdField({ de: 'Zentrum', en: 'centre', optional: true }) centreId: CentreId | null = null;
  @ChoiceField({ of: programmeCodes, de: 'Programm', en: 'programme', optional: true })
  programme: ProgrammeCode | null = null;
}

export class ExpenditureDto {
  @YearField({ de: 'Haushaltsjahr', en: 'funding year', example: 2017 }) fundingYear!: FundingYear;
  @CentsField({ de: 'tatsächliche Ausgaben', en: 'actual expenditure', example: 6_150_000 })
  amountCents!: Money;
}

export class OccupancyDto {
  @IdField({ de: 'Stelle', en: 'post' }) postId!: PostId;
  @TextField({
    de: 'Pseudonym der Person, landesweit dasselbe; nie ein Name',
    en: 'pseudonym of the person, the same in all bodies; never a name',
    max: 60,
    example: 'P-4711-0815',
  })
  pseudonym!: string;
  @DayField({ de: 'Besetzt ab', en: 'occupied from', example: '2017-01-01' }) occupiedFrom!: CalendarDate;
  @DayField({
    de: 'Besetzt bis, dieser Tag nicht mehr; ohne Angabe offen',
    en: 'occupied up to, but excluding, this day; open when left out',
    optional: true,
    nullable: true,
    example: null,
  })
  occupiedTo: CalendarDate | null = null;
  @IntegerField({ ...SIZE, example: 50 }) fteHundredths!: number;
}

export class RecordOccupancyDto extends OccupancyDto {
  @ListField({
    of: ExpenditureDto,
    de: 'tatsächliche Ausgaben je Jahr',
    en: 'actual expenditure by year',
    max: 30,
    optional: true,
  })
  expenditure: ExpenditureDto[] = [];
}

export class ReplacementDto extends OccupancyDto {
  @ListField({
    of: ExpenditureDto,
    de: 'tatsächliche Ausgaben je Jahr; ohne Angabe bleiben die erfassten',
    en: 'actual expenditure by year; what is recorded stays when left out',
    max: 30,
    optional: true,
    nullable: true,
  })
  expenditure: ExpenditureDto[] | null = null;
}

export class CorrectOccupancyDto {
  @TextField({
    de: 'Grund der Berichtigung',
    en: 'reason of the correction',
    max: 500,
    example: 'Dienstantritt verschob sich',
  })
  reason!: string;
  @ObjectField({
    of: ReplacementDto,
    de: 'was richtig ist; null, wenn es die Besetzung nie gab',
    en: 'what is right; null where the occupancy never existed',
    nullable: true,
  })
  replacement!: ReplacementDto | null;
}

export class OccupancyQuery extends PageQuery {
  @IdField({ de: 'Zentrum', en: 'centre', optional: true }) centreId: CentreId | null = null;
  @IdField({ de: 'Stelle', en: 'post', optional: true }) postId: PostId | null = null;
  @DayField({
    de: 'an diesem Tag besetzt',
    en: 'occupied on this day',
    optional: true,
    example: '2017-06-30',
  })
  on: CalendarDate | null = null;
  @FlagField({
    de: 'auch berichtigte',
    en: 'corrected ones as well',
    optional: true,
    fromText: true,
    example: false,
  })
  corrected = false;
}

export class TemplateQuery {
  @ChoiceField({ of: ['xlsx', 'csv'], de: 'Dateiformat', en: 'file format', optional: true, example: 'xlsx' })
  format: 'xlsx' | 'csv' = 'xlsx';
}

export class StaffingReportQuery {
  @YearField({ de: 'Haushaltsjahr', en: 'funding year', example: 2017, fromText: true })
  fundingYear!: FundingYear;
  @IdField({ de: 'Zentrum', en: 'centre', optional: true }) centreId: CentreId | null = null;
  @ChoiceField({ of: programmeCodes, de: 'Programm', en: 'programme', optional: true })
  programme: ProgrammeCode | null = null;
}
