import type { Money } from '../kernel/money.js';

/** Who pays: the two ministries, the municipality, and foundations and other third parties as one. */
export const splitSources = ['state_integration', 'state_school', 'municipal', 'third_party'] as const;
export type SplitSource = (typeof splitSources)[number];

/** The money of one source by stage, in cents. `paid` is null where the Land pays nothing: what does not apply is not 0. */
export interface Split {
  readonly source: SplitSource;
  readonly planned: Money;
  readonly committed: Money;
  readonly paid: Money | null;
  readonly settled: Money;
  /** Some of it rests on a plan that was modelled instead of reported. */
  readonly modelled: boolean;
}
