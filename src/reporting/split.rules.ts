import type { Money } from '../kernel/money.js';
import { violation, type Violation } from '../kernel/violation.js';

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

/** As many years as a series may have: more than the grants have existed. */
export const MOST_YEARS = 30;

/** A series runs forwards, over as many years as anybody can mean. */
export function judgeYears(from: number, to: number): Violation[] {
  if (to < from) {
    const detail = {
      de: 'Die Zeitreihe endet nicht vor ihrem Anfang.',
      en: 'The series does not end before it begins.',
    };
    return [violation('series-backwards', null, detail, '/to')];
  }
  if (to - from >= MOST_YEARS) {
    const detail = {
      de: `Die Zeitreihe umfasst höchstens ${String(MOST_YEARS)} Jahre.`,
      en: `The series covers ${String(MOST_YEARS)} years at most.`,
    };
    return [violation('series-too-long', null, detail, '/to')];
  }
  return [];
}
