import { CalendarDate } from '../../kernel/calendar-date.js';
import type { ApplicationId, CallId, CaseId, CentreId, RecipientId } from '../../kernel/ids.js';
import { Money } from '../../kernel/money.js';
import { sharesFrom, type FundingSource } from '../../financing/plan.rules.js';
import type { Funding } from '../../programmes/funding-facts.rules.js';
import type { GuidelineFacts, PostCategory, ProgrammeCode } from '../../programmes/guideline.rules.js';
import type { ApplicationContent, PlacedPost } from './application.rules.js';
import type { PlannedMeasure } from './measure.rules.js';

/** What was asked for, as it can be decided upon: posts keep their places. */
export interface SubmittedContent extends ApplicationContent {
  readonly posts: readonly PlacedPost[];
}

/** The reckoning a submission carries with it, year by year. */
interface Reckoned {
  /** By hash: the file itself stays where it is, its name may name a person and stays there too. */
  readonly attached: readonly {
    readonly id: string;
    readonly kind: string;
    readonly mediaType: string;
    readonly sizeBytes: number;
    readonly sha256: string;
  }[];
  readonly years: readonly {
    readonly fundingYear: number;
    readonly version: Pick<GuidelineFacts, 'id'> | null;
    readonly funding: Pick<Funding, 'lines' | 'totals'> | null;
  }[];
}

/** Which application it is, for whom and for when. */
export interface ApplicationFacts {
  readonly id: ApplicationId;
  readonly caseId: CaseId;
  readonly centreId: CentreId;
  readonly recipientId: RecipientId;
  readonly callId: CallId;
  readonly programme: ProgrammeCode;
  readonly fundingYear: number;
  readonly periodFrom: CalendarDate;
  readonly periodTo: CalendarDate;
}

/** What a submission says, whole and by itself; written as canonical JSON, read back by `submittedContent`. */
export function frozenSubmission(
  application: ApplicationFacts,
  { posts, measures, plan }: Pick<SubmittedContent, 'posts' | 'measures' | 'plan'>,
  { attached, years }: Reckoned,
): object {
  const { id, caseId, centreId, recipientId, callId } = application;
  const { programme, fundingYear, periodFrom, periodTo } = application;
  const about = { id, caseId, centreId, recipientId, callId };
  return {
    application: { ...about, programme, fundingYear, periodFrom, periodTo },
    posts: posts.map((post) => ({
      ...{ position: post.position, category: post.category, fteHundredths: post.fteHundredths },
      ...{ occupiedFrom: post.occupiedFrom, occupiedTo: post.occupiedTo },
      expectedExpenditureCents: post.expectedExpenditure ?? null,
    })),
    measures: measures.map(({ kind, text, fundingYear: year, units, expectedExpenditure }, index) => ({
      ...{ position: index + 1, kind, text, fundingYear: year, units },
      expectedExpenditureCents: expectedExpenditure,
    })),
    attachments: attached.map(({ id: file, kind, mediaType, sizeBytes, sha256 }) => ({
      ...{ id: file, kind, mediaType, sizeBytes, sha256 },
    })),
    financingPlan: plan.map(({ fundingYear: year, source, amount, modelled, origin }) => ({
      ...{ fundingYear: year, source, amountCents: amount, modelled, origin },
    })),
    calculation: years.map(({ fundingYear: year, version, funding }) => ({
      ...{ fundingYear: year, guidelineVersionId: version?.id ?? null },
      lines: (funding?.lines ?? []).map(({ key, source, inKind, amount }) => ({
        ...{ position: Number(key), source, inKind, amountCents: amount },
      })),
      totals: (funding?.totals ?? []).map(({ source, inKind, amount }) => ({
        ...{ source, inKind, amountCents: amount },
      })),
    })),
  };
}

/** As much of a submission as a decision rests on: days and cents as JSON has them. */
interface FrozenContent {
  readonly application: {
    readonly fundingYear: number;
    readonly periodFrom: string;
    readonly periodTo: string;
  };
  readonly posts: readonly {
    readonly position: number;
    readonly category: PostCategory;
    readonly fteHundredths: number;
    readonly occupiedFrom: string;
    readonly occupiedTo: string;
    readonly expectedExpenditureCents: number | null;
  }[];
  /** Left out where an application could plan none. */
  readonly measures?: readonly (Omit<PlannedMeasure, 'expectedExpenditure'> & {
    readonly expectedExpenditureCents: number;
  })[];
  readonly financingPlan: readonly {
    /** Left out where an application could be for one year only. */
    readonly fundingYear?: number;
    readonly source: FundingSource;
    readonly amountCents: number;
    readonly modelled: boolean;
    readonly origin: string | null;
  }[];
}

/** What was submitted, read back from its frozen text: the application may have been edited since. */
export function submittedContent(content: string): SubmittedContent {
  const { application, posts, measures = [], financingPlan } = JSON.parse(content) as FrozenContent;
  return {
    periodFrom: CalendarDate.parse(application.periodFrom),
    periodTo: CalendarDate.parse(application.periodTo),
    posts: posts.map(({ expectedExpenditureCents: expected, ...post }) => ({
      ...{ position: post.position, category: post.category, fteHundredths: post.fteHundredths },
      occupiedFrom: CalendarDate.parse(post.occupiedFrom),
      occupiedTo: CalendarDate.parse(post.occupiedTo),
      expectedExpenditure: expected === null ? null : Money.ofCents(expected),
    })),
    measures: measures.map(({ expectedExpenditureCents: expected, kind, text, fundingYear, units }) => ({
      ...{ kind, text, fundingYear, units },
      expectedExpenditure: Money.ofCents(expected),
    })),
    plan: sharesFrom(
      application.fundingYear,
      financingPlan.map(({ amountCents, ...share }) => ({ ...share, amount: Money.ofCents(amountCents) })),
    ),
  };
}
