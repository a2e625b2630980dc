import { CalendarDate } from '../../kernel/calendar-date.js';
import type { DerivationStep } from '../../kernel/derivation.js';
import type { Money } from '../../kernel/money.js';
import type { RecipientKind } from '../../centres/centres.rules.js';
import type { FundingSource } from '../../financing/plan.rules.js';
import type {
  FinancingType,
  PaymentDate,
  PostCategory,
  ProgrammeCode,
} from '../../programmes/guideline.rules.js';
import {
  printedProvisions,
  type FrozenProvision,
  type FrozenProvisions,
  type FurtherProvision,
} from './provision.rules.js';

/** What a notice may be about: the decision on an application, and what may become of a grant afterwards. */
export const noticeKinds = [
  'grant',
  'partial_grant',
  'refusal',
  'amendment',
  'revocation',
  'withdrawal',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** An amount the decision fixes; state money names its place in the budget. */
export interface NoticeAmount {
  readonly fundingYear: number;
  readonly source: FundingSource;
  readonly inKind: boolean;
  readonly amount: Money;
  readonly line: string | null;
}

export interface NoticePost {
  readonly position: number;
  readonly category: PostCategory;
  readonly fteHundredths: number;
  readonly from: CalendarDate;
  /** The first day it is no longer granted. */
  readonly to: CalendarDate;
}

/** What the decision froze of the rules that govern one of its funding years. */
export interface NoticeGround {
  readonly fundingYear: number;
  readonly title: string;
  readonly legalInstrument: string;
  readonly financingType: FinancingType;
  readonly fundedShareHundredths: number | null;
  readonly paymentDates: readonly Pick<PaymentDate, 'month' | 'day' | 'cumulativeHundredths' | 'basis'>[];
  readonly provisions: readonly Pick<FrozenProvision, 'provision' | 'textDe'>[];
}

/** The earlier decision that is changed or undone. */
export interface EarlierDecision {
  readonly fileNumber: string;
  readonly releasedOn: CalendarDate;
  /** State money in cash, all years together. */
  readonly granted: Money;
}

/** Everything a notice says, as the decision froze it. */
export interface NoticeFacts {
  readonly kind: NoticeKind;
  readonly fileNumber: string;
  readonly programme: ProgrammeCode;
  readonly recipient: { readonly name: string; readonly kind: RecipientKind };
  readonly centre: { readonly name: string; readonly ags: string };
  readonly appliedOn: CalendarDate | null;
  readonly period: { readonly from: CalendarDate; readonly to: CalendarDate };
  /** Null in a draft. */
  readonly releasedOn: CalendarDate | null;
  /** Until when the use is to be proved; a draft knows the first year's day. */
  readonly proofs: readonly { readonly fundingYear: number; readonly dueOn: CalendarDate }[];
  readonly reasons: string | null;
  readonly remedyInformation: boolean;
  /** Notice and application are copied to the court of audit. */
  readonly copyRequired: boolean;
  /** A provision of no catalogue, with its reason. */
  readonly furtherProvision: FurtherProvision | null;
  /** From when the authority had let it begin, and when it said so. */
  readonly earlyStarts: readonly { readonly startsOn: CalendarDate; readonly consentedOn: CalendarDate }[];
  readonly amounts: readonly NoticeAmount[];
  readonly posts: readonly NoticePost[];
  /** Year by year, the first one first; there is at least one. */
  readonly grounds: readonly NoticeGround[];
  readonly steps: readonly DerivationStep[];
  /** SHA-256 of the frozen reckoning, so that the annex can be held against the record. */
  readonly reckoning: string;
  readonly earlier: EarlierDecision | null;
  /** Seconds since 1970: of the release, or of the draft. */
  readonly at: number;
}

interface FrozenDay {
  readonly occupiedFrom: string;
  readonly occupiedTo: string;
}

interface FrozenYear {
  readonly fundingYear: number;
  readonly guideline: Omit<NoticeGround, 'fundingYear' | 'provisions'> & {
    readonly provisions: readonly FrozenProvision[];
  };
}

/** As much of a decision's frozen inputs as its notice repeats; the first form of them knew one funding year. */
type FrozenInputs = {
  readonly application: { readonly periodFrom: string; readonly periodTo: string };
  /** Left out before one could choose. */
  readonly provisions?: FrozenProvisions;
  /** Left out before one could consent to an early start. */
  readonly earlyStarts?: readonly { readonly startsOn: string; readonly consentedOn: string }[];
  readonly posts: readonly (FrozenDay & Pick<NoticePost, 'position' | 'category' | 'fteHundredths'>)[];
} & (FrozenYear | { readonly v: 2; readonly years: readonly FrozenYear[] });

/** Reads the canonical text of the frozen inputs; nothing of it is looked up anywhere else. */
export function frozenFacts(
  inputs: string,
): Pick<NoticeFacts, 'period' | 'grounds' | 'posts' | 'earlyStarts' | 'furtherProvision'> {
  const frozen = JSON.parse(inputs) as FrozenInputs;
  const { application, posts, earlyStarts = [], provisions = null } = frozen;
  const years = 'years' in frozen ? frozen.years : [frozen];
  return {
    period: {
      from: CalendarDate.parse(application.periodFrom),
      to: CalendarDate.parse(application.periodTo),
    },
    earlyStarts: earlyStarts.map(({ startsOn, consentedOn }) => ({
      ...{ startsOn: CalendarDate.parse(startsOn), consentedOn: CalendarDate.parse(consentedOn) },
    })),
    furtherProvision: provisions?.further ?? null,
    grounds: years.map(({ fundingYear, guideline }) => ({
      ...guideline,
      ...{ fundingYear, provisions: printedProvisions(guideline.provisions, provisions) },
    })),
    posts: posts.map(({ position, category, fteHundredths, occupiedFrom, occupiedTo }) => ({
      ...{ position, category, fteHundredths },
      ...{ from: CalendarDate.parse(occupiedFrom), to: CalendarDate.parse(occupiedTo) },
    })),
  };
}
