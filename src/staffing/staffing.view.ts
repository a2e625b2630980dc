import type { CalendarDate } from '../kernel/calendar-date.js';
import type { CentreId, OccupancyId, PostId } from '../kernel/ids.js';
import type { Money } from '../kernel/money.js';
import {
  CentsField,
  ChoiceField,
  DayField,
  IdField,
  InstantField,
  IntegerField,
  ListField,
  TextField,
  YearField,
} from '../platform/http/fields.js';
import { programmeCodes, type ProgrammeCode } from '../programmes/guideline.rules.js';
import type { ImportResult } from './import.service.js';
import type { Expenditure, Occupancy } from './occupancy.rules.js';
import {
  categories,
  funders,
  latestPhase,
  type Category,
  type Funder,
  type Phase,
  type Post,
} from './staffing.rules.js';

const SIZE = {
  de: 'Stellenanteil in Hundertsteln eines VZÄ',
  en: 'size in hundredths of a full-time equivalent',
  unit: 'VZÄ/100 · FTE/100',
} as const;

export class PhaseView {
  @DayField({ de: 'ab', en: 'from', example: '2017-01-01' }) from!: CalendarDate;
  @DayField({ de: 'bis, dieser Tag nicht mehr', en: 'up to, but excluding', nullable: true, example: null })
  to!: CalendarDate | null;
  @ChoiceField({ of: categories, de: 'Art der Stelle', en: 'category of the post', example: 'specialist' })
  category!: Category;
  @IntegerField({ ...SIZE, example: 100 }) fteHundredths!: number;
  @ChoiceField({
    of: funders,
    de: 'wer fördert oder stellt',
    en: 'who funds or staffs it',
    example: 'integration_ministry',
  })
  funder!: Funder;

  static of({ from, to, category, fteHundredths, funder }: Phase): PhaseView {
    return { from, to, category, fteHundredths, funder };
  }
}

export class PostView {
  @IdField({ de: 'Stelle', en: 'post' }) id!: PostId;
  @IdField({ de: 'Zentrum', en: 'centre' }) centreId!: CentreId;
  @ChoiceField({ of: programmeCodes, de: 'Programm', en: 'programme', example: 'KI' })
  programme!: ProgrammeCode;
  @TextField({ de: 'Nummer im Stellenplan', en: 'number in the plan of posts', example: 'KI-01' })
  number!: string;
  @ChoiceField({
    of: categories,
    de: 'Art der Stelle, zuletzt',
    en: 'category of the post, latest',
    example: 'specialist',
  })
  category!: Category;
  @IntegerField({ ...SIZE, example: 100 }) fteHundredths!: number;
  @ChoiceField({
    of: funders,
    de: 'wer fördert oder stellt, zuletzt',
    en: 'who funds or staffs it, latest',
    example: 'integration_ministry',
  })
  funder!: Funder;
  @DayField({ de: 'besteht seit', en: 'exists since', example: '2017-01-01' }) establishedOn!: CalendarDate;
  @DayField({ de: 'abgeschafft ab', en: 'abolished from', nullable: true, example: null })
  abolishedOn!: CalendarDate | null;
  @ListField({ of: PhaseView, de: 'was die Stelle wann war', en: 'what the post was when' })
  phases!: PhaseView[];
  @IntegerField({ de: 'Version; als "v<n>" in If-Match', en: 'version; as "v<n>" in If-Match', min: 1 })
  version!: number;

  static of(post: Post): PostView {
    const { id, centreId, programme, number, establishedOn, abolishedOn, phases, version } = post;
    const { category, fteHundredths, funder } = latestPhase(post);
    return {
      ...{ id, centreId, programme, number, category, fteHundredths, funder, establishedOn, abolishedOn },
      ...{ phases: phases.map((phase) => PhaseView.of(phase)), version },
    };
  }
}

export class ExpenditureView {
  @YearField({ de: 'Haushaltsjahr', en: 'funding year', example: 2017 }) fundingYear!: number;
  @CentsField({ de: 'tatsächliche Ausgaben', en: 'actual expenditure', example: 6_150_000 })
  amountCents!: Money;

  static of({ fundingYear, amount }: Expenditure): ExpenditureView {
    return { fundingYear, amountCents: amount };
  }
}

export class OccupancyView {
  @IdField({ de: 'Besetzung', en: 'occupancy' }) id!: OccupancyId;
  @IdField({ de: 'Stelle', en: 'post' }) postId!: PostId;
  @IdField({ de: 'Zentrum', en: 'centre' }) centreId!: CentreId;
  @TextField({
    de: 'Pseudonym; nur für die eigene Körperschaft',
    en: 'pseudonym; for the body itself only',
    nullable: true,
    example: 'P-4711-0815',
  })
  pseudonym!: string | null;
  @DayField({ de: 'besetzt ab', en: 'occupied from', example: '2017-01-01' }) occupiedFrom!: CalendarDate;
  @DayField({
    de: 'besetzt bis, dieser Tag nicht mehr',
    en: 'occupied up to, but excluding',
    nullable: true,
    example: null,
  })
  occupiedTo!: CalendarDate | null;
  @IntegerField({ ...SIZE, example: 50 }) fteHundredths!: number;
  @ListField({ of: ExpenditureView, de: 'tatsächliche Ausgaben je Jahr', en: 'actual expenditure by year' })
  expenditure!: ExpenditureView[];
  @IdField({
    de: 'Besetzung, an deren Stelle diese tritt',
    en: 'occupancy this one takes the place of',
    nullable: true,
    example: null,
  })
  corrects!: OccupancyId | null;
  @InstantField({
    de: 'berichtigt; gilt seitdem nicht mehr',
    en: 'corrected; no longer counts since',
    nullable: true,
    example: null,
  })
  correctedAt!: string | null;
  @TextField({ de: 'Grund der Berichtigung', en: 'reason of the correction', nullable: true, example: null })
  correctionReason!: string | null;
  @IntegerField({ de: 'Version; als "v<n>" in If-Match', en: 'version; as "v<n>" in If-Match', min: 1 })
  version!: number;

  static of(occupancy: Occupancy): OccupancyView {
    const { id, postId, centreId, pseudonym, occupiedFrom, occupiedTo, fteHundredths, expenditure } =
      occupancy;
    const { corrects, correctedAt, correctionReason, version } = occupancy;
    return {
      ...{ id, postId, centreId, pseudonym, occupiedFrom, occupiedTo, fteHundredths },
      ...{
        expenditure: expenditure.map((one) => ExpenditureView.of(one)),
        corrects,
        correctedAt,
        correctionReason,
        version,
      },
    };
  }
}

export class ImportView {
  @IntegerField({ de: 'Besetzungen in der Datei', en: 'occupancies in the file', example: 8 })
  occupancies!: number;
  @IntegerField({ de: 'neu erfasst', en: 'newly recorded', example: 2 }) recorded!: number;
  @IntegerField({ de: 'beendet', en: 'ended', example: 1 }) ended!: number;
  @IntegerField({ de: 'unverändert', en: 'unchanged', example: 3 }) unchanged!: number;
  @IntegerField({
    de: 'Ausgabenbeträge neu oder geändert',
    en: 'figures of expenditure new or changed',
    example: 4,
  })
  figures!: number;

  static of({ occupancies, recorded, ended, unchanged, figures }: ImportResult): ImportView {
    return { occupancies, recorded, ended, unchanged, figures };
  }
}
