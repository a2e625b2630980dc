import type { CalendarDate } from '../kernel/calendar-date.js';
import { Money } from '../kernel/money.js';
import type { Violation } from '../kernel/violation.js';
import type { DecidedGrant } from '../grants/decision/replay.rules.js';
import { stateSources, type StateSource } from '../programmes/funding-facts.rules.js';
import { calculateGrant, judgeFacts, judgePosts } from '../programmes/funding.rules.js';
import type { GuidelineFacts } from '../programmes/guideline.rules.js';

/** What an amendment would do for the recipient; `not_computable` where the version lacks what the reckoning needs. */
export const amendmentOutcomes = ['more', 'less', 'unchanged', 'not_computable'] as const;
export type AmendmentOutcome = (typeof amendmentOutcomes)[number];

/** One source of a decision: what it fixed, and what the version would give. */
export interface AmendedSource {
  readonly source: StateSource;
  readonly decided: Money;
  readonly due: Money;
  readonly difference: Money;
}

export interface TouchedDecision {
  readonly grant: DecidedGrant;
  readonly periodFrom: CalendarDate;
  readonly outcome: AmendmentOutcome;
  /** Empty where nothing can be computed; `objections` says why. */
  readonly sources: readonly AmendedSource[];
  /** What is missing, and posts the version would no longer fund. */
  readonly objections: readonly Violation[];
}

/**
 * Whether a version governs a year of a decision that rests on another one, and the amendment that would follow. The
 * guideline in force on the first day of the year within the grant period governs that year. Reckoned from the facts the decision froze; the
 * decision itself stays what it is until somebody amends it.
 */
export function touchedBy(version: GuidelineFacts, grant: DecidedGrant): TouchedDecision | null {
  if (grant.guidelineVersionId === version.id) return null;
  const { facts, periodFrom } = grant;
  if (!version.validity.contains(periodFrom)) return null;
  const amended = { ...facts, version };
  const missing = judgeFacts(amended);
  if (missing.length > 0) {
    return { grant, periodFrom, outcome: 'not_computable', sources: [], objections: missing };
  }
  const { totals } = calculateGrant(amended);
  const sources = stateSources.flatMap((source) => {
    const decided = grant.decided.get(source) ?? Money.zero;
    const due = totals.find((total) => total.source === source)?.amount ?? Money.zero;
    return decided.isZero() && due.isZero() ? [] : [{ source, decided, due, difference: due.minus(decided) }];
  });
  const outcome = outcomeOf(Money.sum(sources.map(({ difference }) => difference)), sources);
  return { grant, periodFrom, outcome, sources, objections: judgePosts(amended) };
}

/** What one source gains and another loses is no wash: it counts by the sum, and as unchanged only where both are. */
function outcomeOf(sum: Money, sources: readonly AmendedSource[]): AmendmentOutcome {
  if (sources.every(({ difference }) => difference.isZero())) return 'unchanged';
  return sum.isNegative() ? 'less' : 'more';
}
