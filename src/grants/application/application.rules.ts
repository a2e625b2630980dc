import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { FundingYear } from '../../kernel/funding-year.js';
import type { Money } from '../../kernel/money.js';
import { violation, type Violation } from '../../kernel/violation.js';
import { judgePlan, judgePlanYears, type PlannedShare } from '../../financing/plan.rules.js';
import type { PostCategory } from '../../programmes/guideline.rules.js';
import {
  claimsIn,
  fundingYearsOf,
  guidelineMissing,
  judgeSpan,
  judgeYears,
  type YearGround,
} from './funding-years.rules.js';
import { judgeMeasures, type PlannedMeasure } from './measure.rules.js';
import { judgeOpening, type Opening } from './opening.rules.js';

/** A post as an applicant states it; half-open like every period. */
export interface PostAsked {
  readonly category: PostCategory;
  readonly fteHundredths: number;
  readonly occupiedFrom: CalendarDate;
  readonly occupiedTo: CalendarDate;
  /** What it is expected to cost in its year; a fixed amount does not ask. */
  readonly expectedExpenditure?: Money | null;
}

/** A post and its place in the application, beginning with 1. */
export interface PlacedPost extends PostAsked {
  readonly position: number;
}

/** What can be said of an application while it is still being written. */
export interface ApplicationContent {
  readonly periodFrom: CalendarDate;
  readonly periodTo: CalendarDate;
  readonly posts: readonly PostAsked[];
  readonly measures: readonly PlannedMeasure[];
  readonly plan: readonly PlannedShare[];
}

export interface SubmissionFacts {
  readonly content: ApplicationContent;
  readonly fundingYear: FundingYear;
  readonly opening: Opening;
  /** One for each funding year of the grant period. */
  readonly grounds: readonly YearGround[];
  /** Another live application of the centre for the programme asks for days of this period. */
  readonly overlapsAnother: boolean;
}

/** What no draft may contain, because nothing could be computed from it. */
export function judgeContent({
  periodFrom,
  periodTo,
  posts,
  plan,
}: Omit<ApplicationContent, 'measures'>): Violation[] {
  const violations = [...judgePlan(plan), ...judgeSpan({ periodFrom, periodTo })];
  if (!periodFrom.isBefore(periodTo)) {
    violations.push(emptyPeriod('/periodTo'));
  }
  posts.forEach(({ occupiedFrom, occupiedTo }, index) => {
    if (!occupiedFrom.isBefore(occupiedTo)) {
      violations.push(emptyPeriod(`/posts/${String(index)}/occupiedTo`));
    }
  });
  return violations;
}

/**
 * Whether an application may be submitted: every objection at once, so that the applicant needs one round.
 * A draft already passed `judgeContent`.
 */
export function judgeSubmission(facts: SubmissionFacts): Violation[] {
  return [
    ...judgePeriod(facts),
    ...judgeOpening(facts.content.posts, facts.opening),
    ...judgeOverlap(facts),
    ...judgeAgainstGuideline(facts),
  ];
}

/** Posts in the order in which they were stated. */
export function placed(posts: readonly PostAsked[]): PlacedPost[] {
  return posts.map((post, index) => ({ ...post, position: index + 1 }));
}

function judgePeriod({ content, fundingYear }: SubmissionFacts): Violation[] {
  const { periodFrom, periodTo, posts, measures, plan } = content;
  const years = fundingYearsOf(content);
  const violations: Violation[] = [];
  if (periodFrom.year !== fundingYear) {
    violations.push(
      violation(
        'period-outside-year',
        '§ 4 LHO NRW',
        {
          de: `Der Bewilligungszeitraum muss im Haushaltsjahr ${String(fundingYear)} beginnen.`,
          en: `The grant period must begin in the budget year ${String(fundingYear)}.`,
        },
        '/periodFrom',
      ),
    );
  } else {
    violations.push(
      ...judgePlanYears(plan, years),
      ...judgeMeasures(measures, years),
      ...judgeEmptyYears(content),
    );
  }
  if (posts.length === 0) {
    violations.push(
      violation(
        'no-posts',
        'VVG zu § 44 LHO',
        { de: 'Der Antrag nennt keine Stelle.', en: 'The application names no post.' },
        '/posts',
      ),
    );
  }
  posts.forEach((post, index) => {
    const { occupiedFrom, occupiedTo } = post;
    const pointer = `/posts/${String(index)}`;
    if (occupiedFrom.isBefore(periodFrom) || occupiedTo.isAfter(periodTo)) {
      violations.push(
        violation(
          'post-outside-period',
          null,
          {
            de: `Stelle ${String(index + 1)} ist über den Bewilligungszeitraum hinaus besetzt.`,
            en: `Post ${String(index + 1)} is occupied beyond the grant period.`,
          },
          pointer,
        ),
      );
    }
    const years = occupiedTo.plusDays(-1).year - occupiedFrom.year;
    if (years > 0 && (post.expectedExpenditure ?? null) !== null) {
      violations.push(expenditureOfSeveralYears(index + 1, `${pointer}/expectedExpenditureCents`));
    }
  });
  return violations;
}

/** A year of the grant period in which nothing is asked for is a slip, or belongs into another application. */
function judgeEmptyYears(content: ApplicationContent): Violation[] {
  const posts = placed(content.posts);
  if (posts.length === 0) return [];
  return fundingYearsOf(content)
    .filter((year) => claimsIn(year, posts).length === 0)
    .map((year) =>
      violation(
        'year-without-posts',
        'VVG zu § 44 LHO',
        {
          de: `Für ${String(year)} nennt der Antrag keine Stelle, der Bewilligungszeitraum reicht aber in dieses Jahr.`,
          en: `The application names no post for ${String(year)}, but the grant period reaches into that year.`,
        },
        '/periodTo',
      ),
    );
}

/** Expenditure is planned and proved year by year, so it cannot be one figure for several. */
export function expenditureOfSeveralYears(place: number, pointer: string): Violation {
  return violation(
    'expenditure-of-several-years',
    '§ 4 LHO NRW',
    {
      de: `Stelle ${String(place)} ist über mehrere Haushaltsjahre besetzt; ihre Ausgaben werden je Jahr genannt, also für jedes Jahr eine eigene Zeile.`,
      en: `Post ${String(place)} is occupied over several funding years; its expenditure is stated by year, so each year has an item of its own.`,
    },
    pointer,
  );
}

/** The same days are funded once (§ 9 (4) TIntG says it for KIM; for the KI it is the plain sense of a grant). */
function judgeOverlap({ overlapsAnother }: SubmissionFacts): Violation[] {
  if (!overlapsAnother) return [];
  return [
    violation(
      'already-applied',
      null,
      {
        de: 'Für Tage dieses Zeitraums liegt schon ein Antrag dieses Zentrums im selben Programm vor.',
        en: 'Another application of this centre in the same programme covers days of this period.',
      },
      '/periodFrom',
    ),
  ];
}

function judgeAgainstGuideline({ content, grounds }: SubmissionFacts): Violation[] {
  const ungoverned = grounds.filter(({ version }) => version === null);
  return [
    ...ungoverned.map(({ fundingYear }) => guidelineMissing(fundingYear, content.periodFrom)),
    ...judgeYears(placed(content.posts), content.plan, grounds),
  ];
}

function emptyPeriod(pointer: string): Violation {
  return violation(
    'period-empty',
    null,
    {
      de: 'Das Ende muss nach dem Beginn liegen; es ist der erste Tag, der nicht mehr dazugehört.',
      en: 'The end must lie after the beginning; it is the first day no longer included.',
    },
    pointer,
  );
}
