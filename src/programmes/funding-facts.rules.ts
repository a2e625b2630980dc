import type { DerivationStep } from '../kernel/derivation.js';
import type { Fraction } from '../kernel/fraction.js';
import type { FundingYear } from '../kernel/funding-year.js';
import type { Money } from '../kernel/money.js';
import type { Period } from '../kernel/period.js';
import type { FundedPost, GuidelineFacts, HostType, PostCategory } from './guideline.rules.js';

/** Whose money, or whose staff, a state grant consists of. */
export const stateSources = ['state_integration', 'state_school'] as const;
export type StateSource = (typeof stateSources)[number];

/** A post asked for: how much of it, and when it is occupied. `key` is the caller's own, unique among the posts. */
export interface PostClaim {
  readonly key: string;
  readonly category: PostCategory;
  readonly fteHundredths: number;
  readonly occupied: Period;
  /**
   * Eligible expenditure on the post in the year; before the year has passed the expected one stands in for it. Left
   * out where nobody has said: a fixed amount does not ask, every other financing type does.
   */
  readonly expenditure?: Money | null;
}

/** Money that others give for the same posts in the year. */
export interface OtherIncome {
  /** What the municipality must give of its own; counts in deficit financing only. */
  readonly own: Money;
  readonly thirdParty: Money;
}

export interface FundingFacts {
  readonly version: Pick<
    GuidelineFacts,
    | 'id'
    | 'title'
    | 'legalInstrument'
    | 'financingType'
    | 'financingTypeConfidence'
    | 'fundedShareHundredths'
    | 'shareRule'
    | 'shareRuleConfidence'
    | 'rounding'
    | 'roundingConfidence'
    | 'posts'
    | 'rates'
  >;
  readonly hostType: HostType;
  readonly fundingYear: FundingYear;
  readonly posts: readonly PostClaim[];
  /** Left out where there is none. */
  readonly income?: OtherIncome | null;
}

export interface FundingLine {
  readonly key: string;
  readonly category: PostCategory;
  readonly fundingYear: FundingYear;
  readonly source: StateSource;
  /** Seconded staff: counted in the split, never paid. */
  readonly inKind: boolean;
  readonly amount: Money;
}

/** One post with its exact, not yet rounded amount in cents. */
export interface ExactLine extends Omit<FundingLine, 'amount'> {
  readonly exact: Fraction;
}

export interface FundingTotal {
  readonly source: StateSource;
  readonly inKind: boolean;
  readonly amount: Money;
}

/** How far the money reaches; known only where the expenditure of every paid post is. */
export interface Coverage {
  /** The most the rates give for these posts and this time. */
  readonly ceiling: Money;
  readonly expenditure: Money;
  readonly thirdParty: Money;
  readonly grant: Money;
  /** Expenditure beyond the ceiling. */
  readonly shortfall: Money;
  /** What neither the state nor a third party pays: the municipality's own. */
  readonly gap: Money;
}

export interface Funding {
  readonly lines: readonly FundingLine[];
  readonly totals: readonly FundingTotal[];
  readonly coverage: Coverage | null;
  readonly derivation: readonly DerivationStep[];
}

export function fundedPost(
  posts: readonly FundedPost[],
  hostType: HostType,
  category: PostCategory,
): FundedPost | null {
  return posts.find((post) => post.hostType === hostType && post.category === category) ?? null;
}

export function sourceOf(funded: FundedPost | null): StateSource {
  return funded?.funder === 'school_ministry' ? 'state_school' : 'state_integration';
}
