import type { CalendarDate } from '../../kernel/calendar-date.js';
import { yearPeriod, type FundingYear } from '../../kernel/funding-year.js';
import { Money } from '../../kernel/money.js';
import { Period } from '../../kernel/period.js';
import { violation, type Text, type Violation } from '../../kernel/violation.js';
import { judgePlan, judgeStateShares, type PlannedShare } from '../../financing/plan.rules.js';
import type { FundingFacts } from '../../programmes/funding-facts.rules.js';
import { calculateGrant, judgeFacts, judgePosts } from '../../programmes/funding.rules.js';
import type { PostCategory } from '../../programmes/guideline.rules.js';
import { applicationHindrance, applicationRefusal, type ApplicationState } from '../lifecycle.rules.js';
import { dayWords } from '../explanation.rules.js';
import { judgeOpening, type Opening } from './opening.rules.js';

/** A post as an applicant states it; half-open like every period. */
export interface PostAsked {
  readonly category: PostCategory;
  readonly fteHundredths: number;
  readonly occupiedFrom: CalendarDate;
  readonly occupiedTo: CalendarDate;
  /** What it is expected to cost in the year; a fixed amount does not ask. */
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
  readonly plan: readonly PlannedShare[];
}

export interface CheckFacts {
  readonly state: ApplicationState;
  readonly submission: number;
  readonly checks: readonly { readonly submission: number; readonly complete: boolean }[];
}

export interface SubmissionFacts {
  readonly content: ApplicationContent;
  readonly fundingYear: FundingYear;
  readonly opening: Opening;
  /** The guideline version on the first day of the grant period; null where none is in force. */
  readonly guideline: Pick<FundingFacts, 'version' | 'hostType'> | null;
  /** Another live application of the centre for the programme asks for days of this period. */
  readonly overlapsAnother: boolean;
}

/** What no draft may contain, because nothing could be computed from it. */
export function judgeContent({ periodFrom, periodTo, posts, plan }: ApplicationContent): Violation[] {
  const violations = judgePlan(plan);
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

/** The facts of the reckoning: posts keyed by their place in the application, other income from the financing plan. */
export function fundingFacts(
  { version, hostType }: Pick<FundingFacts, 'version' | 'hostType'>,
  fundingYear: FundingYear,
  posts: readonly PlacedPost[],
  plan: readonly Pick<PlannedShare, 'source' | 'amount'>[],
): FundingFacts {
  const planned = (source: PlannedShare['source']) =>
    plan.find((share) => share.source === source)?.amount ?? Money.zero;
  return {
    version,
    hostType,
    fundingYear,
    income: { own: planned('municipal'), thirdParty: planned('third_party') },
    posts: posts.map((post) => ({
      key: String(post.position),
      category: post.category,
      fteHundredths: post.fteHundredths,
      occupied: Period.of(post.occupiedFrom, post.occupiedTo),
      expenditure: post.expectedExpenditure ?? null,
    })),
  };
}

/** Posts in the order in which they were stated. */
export function placed(posts: readonly PostAsked[]): PlacedPost[] {
  return posts.map((post, index) => ({ ...post, position: index + 1 }));
}

/** Whether this submission was found complete: only then it may be recommended. */
export function isCheckedComplete({ submission, checks }: CheckFacts): boolean {
  return checks.some((check) => check.submission === submission && check.complete);
}

/** Why the check cannot be recorded; null when it can. A submission is found complete once; a query hands it back. */
export function checkHindrance(facts: CheckFacts, complete: boolean): Text | null {
  // What lies with the applicant may have changed since it was submitted.
  if (facts.state === 'queried') return applicationRefusal(facts.state, { de: 'geprüft', en: 'checked' });
  if (facts.state === 'in_check' && complete) return isCheckedComplete(facts) ? ALREADY_CHECKED : null;
  return applicationHindrance(facts.state, complete ? 'in_check' : 'queried');
}

function judgePeriod({ content, fundingYear }: SubmissionFacts): Violation[] {
  const year = yearPeriod(fundingYear);
  const { periodFrom, periodTo, posts } = content;
  const violations: Violation[] = [];
  if (periodFrom.isBefore(year.from) || (year.to !== null && periodTo.isAfter(year.to))) {
    violations.push(
      violation(
        'period-outside-year',
        '§ 4 LHO NRW',
        {
          de: `Der Bewilligungszeitraum muss im Haushaltsjahr ${String(fundingYear)} liegen.`,
          en: `The grant period must lie within the budget year ${String(fundingYear)}.`,
        },
        '/periodFrom',
      ),
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
  posts.forEach(({ occupiedFrom, occupiedTo }, index) => {
    if (occupiedFrom.isBefore(periodFrom) || occupiedTo.isAfter(periodTo)) {
      violations.push(
        violation(
          'post-outside-period',
          null,
          {
            de: `Stelle ${String(index + 1)} ist über den Bewilligungszeitraum hinaus besetzt.`,
            en: `Post ${String(index + 1)} is occupied beyond the grant period.`,
          },
          `/posts/${String(index)}`,
        ),
      );
    }
  });
  return violations;
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

function judgeAgainstGuideline({ content, fundingYear, guideline }: SubmissionFacts): Violation[] {
  if (guideline === null) {
    return [
      violation(
        'no-guideline-in-force',
        null,
        {
          de: `Am ${dayWords(content.periodFrom, 'de')} gilt für dieses Programm keine Richtlinie.`,
          en: `No guideline of this programme is in force on ${String(content.periodFrom)}.`,
        },
        '/periodFrom',
      ),
    ];
  }
  if (content.posts.length === 0) return [];
  const facts = fundingFacts(guideline, fundingYear, placed(content.posts), content.plan);
  const missing = judgeFacts(facts);
  const reported = new Set(missing.map(({ code, pointer }) => `${code} ${String(pointer)}`));
  const above = judgePosts(facts).filter(({ code, pointer }) => !reported.has(`${code} ${String(pointer)}`));
  return [
    ...missing,
    ...above,
    ...(missing.length > 0 ? [] : judgeStateShares(content.plan, calculateGrant(facts).totals)),
  ];
}

const ALREADY_CHECKED: Text = {
  de: 'Diese Einreichung ist bereits als vollständig geprüft. Als Nächstes schlägt die Bewilligungsbehörde die Entscheidung vor (application.recommend).',
  en: 'This submission has already been found complete. Next, the granting authority recommends what to decide (application.recommend).',
};

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
