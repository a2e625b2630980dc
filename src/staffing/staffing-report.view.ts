import type { FundingYear } from '../kernel/funding-year.js';
import type { CentreId, PostId } from '../kernel/ids.js';
import { Money } from '../kernel/money.js';
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
import type { PostGap } from './gap.rules.js';
import { categories, latestPhase, type Category } from './staffing.rules.js';
import type { CentreVacancies } from './staffing-report.service.js';
import { noDays, plus, type MonthlyVacancy, type PostDays } from './vacancy.rules.js';

const DAYS = { unit: 'VZÄ/100 × Tage · FTE/100 × days' } as const;

export class PostDaysView {
  @IntegerField({ de: 'vorhanden', en: 'established', ...DAYS, example: 18_600 }) established!: number;
  @IntegerField({ de: 'besetzt', en: 'occupied', ...DAYS, example: 15_500 }) occupied!: number;
  @IntegerField({ de: 'unbesetzt', en: 'vacant', ...DAYS, example: 3_100 }) vacant!: number;

  static of({ established, occupied, vacant }: PostDays): PostDaysView {
    return { established, occupied, vacant };
  }
}

export class MonthlyVacancyView {
  @TextField({ de: 'Monat', en: 'month', example: '2017-03' }) month!: string;
  @IntegerField({ de: 'Tage', en: 'days', example: 31 }) days!: number;
  @ObjectField({
    of: PostDaysView,
    de: 'Fachkräfte und Verwaltungsassistenz',
    en: 'specialists and assistants',
  })
  staff!: PostDaysView;
  @ObjectField({ of: PostDaysView, de: 'abgeordnete Lehrkräfte', en: 'seconded teachers' })
  teachers!: PostDaysView;

  static of({ month, days, staff, teachers }: MonthlyVacancy): MonthlyVacancyView {
    return { month, days, staff: PostDaysView.of(staff), teachers: PostDaysView.of(teachers) };
  }
}

export class CentreVacanciesView {
  @IdField({ de: 'Zentrum', en: 'centre' }) centreId!: CentreId;
  @ListField({ of: MonthlyVacancyView, de: 'die zwölf Monate', en: 'the twelve months', max: 12 })
  months!: MonthlyVacancyView[];
  @ObjectField({
    of: PostDaysView,
    de: 'Jahr, Fachkräfte und Verwaltungsassistenz',
    en: 'year, specialists and assistants',
  })
  staff!: PostDaysView;
  @ObjectField({ of: PostDaysView, de: 'Jahr, abgeordnete Lehrkräfte', en: 'year, seconded teachers' })
  teachers!: PostDaysView;

  static of({ centreId, months }: CentreVacancies): CentreVacanciesView {
    return {
      centreId,
      months: months.map((month) => MonthlyVacancyView.of(month)),
      staff: PostDaysView.of(months.map((month) => month.staff).reduce(plus, noDays)),
      teachers: PostDaysView.of(months.map((month) => month.teachers).reduce(plus, noDays)),
    };
  }
}

export class VacancyReportView {
  @YearField({ de: 'Haushaltsjahr', en: 'funding year', example: 2017 }) fundingYear!: FundingYear;
  @ListField({
    of: CentreVacanciesView,
    de: 'Zentren mit Stellen im Jahr',
    en: 'centres with posts in the year',
  })
  items!: CentreVacanciesView[];

  static of(fundingYear: FundingYear, centres: readonly CentreVacancies[]): VacancyReportView {
    return { fundingYear, items: centres.map((centre) => CentreVacanciesView.of(centre)) };
  }
}

export class PostGapView {
  @IdField({ de: 'Stelle', en: 'post' }) postId!: PostId;
  @IdField({ de: 'Zentrum', en: 'centre' }) centreId!: CentreId;
  @TextField({ de: 'Nummer im Stellenplan', en: 'number in the plan of posts', example: 'KI-01' })
  number!: string;
  @ChoiceField({
    of: categories,
    de: 'Art der Stelle, zuletzt',
    en: 'category of the post, latest',
    example: 'specialist',
  })
  category!: Category;
  @FlagField({
    de: 'gestelltes Personal, es fließt kein Geld',
    en: 'seconded staff, no money flows',
    example: false,
  })
  inKind!: boolean;
  @CentsField({
    de: 'nach den Sätzen für die besetzte Zeit; null, wo ein Satz fehlt',
    en: 'by the rates for the occupied time; null where a rate is missing',
    nullable: true,
    example: 5_000_000,
  })
  fundedCents!: Money | null;
  @CentsField({ de: 'erfasste tatsächliche Ausgaben', en: 'actual expenditure recorded', example: 6_150_000 })
  actualCents!: Money;
  @CentsField({
    de: 'trägt die Körperschaft selbst; null, solange eine Seite unvollständig ist',
    en: 'borne by the body itself; null while either side is incomplete',
    nullable: true,
    signed: true,
    example: 1_150_000,
  })
  gapCents!: Money | null;
  @IntegerField({
    de: 'Besetzungen ohne erfasste Ausgaben',
    en: 'occupancies without expenditure recorded',
    example: 0,
  })
  withoutExpenditure!: number;

  static of({ post, inKind, funded, actual, gap, withoutExpenditure }: PostGap): PostGapView {
    const { id: postId, centreId, number } = post;
    const { category } = latestPhase(post);
    return {
      ...{
        postId,
        centreId,
        number,
        category,
        inKind,
        fundedCents: funded,
        actualCents: actual,
        gapCents: gap,
      },
      withoutExpenditure,
    };
  }
}

export class GapReportView {
  @YearField({ de: 'Haushaltsjahr', en: 'funding year', example: 2017 }) fundingYear!: FundingYear;
  @ListField({ of: PostGapView, de: 'Stellen', en: 'posts', max: 2000 }) items!: PostGapView[];
  @CentsField({
    de: 'Summe der bezifferten Lücken',
    en: 'sum of the gaps that are known',
    signed: true,
    example: 1_150_000,
  })
  gapCents!: Money;
  @IntegerField({ de: 'Stellen ohne bezifferte Lücke', en: 'posts whose gap is not known', example: 0 })
  open!: number;

  static of(fundingYear: FundingYear, gaps: readonly PostGap[]): GapReportView {
    return {
      fundingYear,
      items: gaps.map((gap) => PostGapView.of(gap)),
      gapCents: Money.sum(gaps.flatMap(({ gap }) => gap ?? [])),
      open: gaps.filter(({ gap, inKind }) => gap === null && !inKind).length,
    };
  }
}
