import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { DecisionId, Id } from '../../kernel/ids.js';
import type { Lifecycle } from '../../kernel/lifecycle.js';
import { Money } from '../../kernel/money.js';

export type AmountSuit = 'no_suit' | 'suit_recorded' | 'upheld' | 'annulled';

/** What a suit does to an amount of a decision: once recorded the decision is upheld or annulled there, once and for all. */
export const amountSuitLifecycle: Lifecycle<AmountSuit> = {
  no_suit: ['suit_recorded'],
  suit_recorded: ['upheld', 'annulled'],
  upheld: [],
  annulled: [],
};

/** An amount of a decision with what became of it. */
export interface AmountCourse {
  readonly id: Id<'DecisionAmount'>;
  readonly amount: Money;
  readonly finalOn: CalendarDate | null;
  readonly replacesId: Id<'DecisionAmount'> | null;
  readonly replaced: Money | null;
  readonly suit: AmountSuit;
  readonly challenged: Money;
  readonly annulled: Money;
  readonly suitEndedOn: CalendarDate | null;
}

/** What a decision gave (or, negative, took) here: what can be challenged of it. */
export function changeOf({ amount, replaced }: Pick<AmountCourse, 'amount' | 'replaced'>): Money {
  return amount.minus(replaced ?? Money.zero);
}

/** What the amount comes to after a court set part of it aside: less of what was given, or of what was taken. */
export function effectiveAmount(row: Pick<AmountCourse, 'amount' | 'replaced' | 'annulled'>): Money {
  return changeOf(row).isNegative() ? row.amount.plus(row.annulled) : row.amount.minus(row.annulled);
}

/**
 * How much of an amount can no longer be challenged on a day (§ 43, § 74 VwGO): what a former decision had made final
 * and this one leaves, what it gives beyond that once its own time has run out, and of the challenged part what is
 * left of it once the suit has ended. A suit against a part holds up that part only.
 */
export function finalShareOn(row: AmountCourse, all: readonly AmountCourse[], day: CalendarDate): Money {
  const former = all.find(({ id }) => id === row.replacesId) ?? null;
  const before = former === null ? Money.zero : finalShareOn(former, all, day);
  const kept = Money.min(effectiveAmount(row), before);
  const given = changeOf(row);
  if (!given.isPositive() || row.finalOn === null || day.isBefore(row.finalOn)) return kept;
  const ended = row.suitEndedOn !== null && !day.isBefore(row.suitEndedOn);
  return kept.plus(given.minus(ended ? row.annulled : row.challenged));
}

/**
 * The amounts of a case with an act on it, whether the act has taken effect already or not: what it leaves alone, as it
 * stands, and what it says itself.
 */
export function withAct<R extends AmountCourse>(standing: readonly R[], act: readonly R[]): R[] {
  const own = new Set(act.flatMap(({ id, replacesId }) => (replacesId === null ? [id] : [id, replacesId])));
  const left = standing
    .filter(({ id }) => !own.has(id))
    .map((row) => ({ ...row, amount: effectiveAmount(row) }));
  return [...left, ...act];
}

/** An amount with the days and instants that tell what held when, and who knew. */
export interface DatedAmount extends AmountCourse {
  readonly decisionId: DecisionId;
  /** From when on the decision is effective, and the instant at which that was recorded. */
  readonly effectiveFrom: CalendarDate;
  readonly recordedAt: string;
  /** The end of a suit as it was recorded; null where there was none, or it runs. */
  readonly suitClosedAt: string | null;
  readonly suitRecordedAt: string | null;
  readonly waivedOn: CalendarDate | null;
  readonly waivedAt: string | null;
  /** Final on this day if nobody had waived anything. */
  readonly finalWithoutWaiver: CalendarDate;
}

/** A question about the past: what held on this day, as far as it was known at this instant. */
export interface AsOf {
  readonly on: CalendarDate;
  /** ISO 8601 in UTC; null for all that is known now. */
  readonly knownAt: string | null;
}

/** An amount as it stood, with its final part. */
export interface StandingAmount<T extends DatedAmount> {
  readonly row: T;
  readonly amount: Money;
  readonly final: Money;
}

/**
 * What was in force on a day, as far as it was known at an instant: notified by then and not yet replaced. A later
 * decision can take effect first, the former still on its way by post: whoever replaces a decision replaces all before it.
 */
export function inForceOn<T extends DatedAmount>(rows: readonly T[], asOf: AsOf): StandingAmount<T>[] {
  const known = (instant: string | null): boolean =>
    instant !== null && (asOf.knownAt === null || bare(instant) <= bare(asOf.knownAt));
  const seen = rows
    .filter(({ recordedAt, effectiveFrom }) => known(recordedAt) && !asOf.on.isBefore(effectiveFrom))
    .map((row) => asKnown(row, asOf, known));
  const replaced = new Set(seen.flatMap(({ row }) => formersOf(row, rows).map(({ id }) => id)));
  const courses = seen.map(({ course }) => onSeen(course, rows, seen));
  return seen
    .filter(({ row }) => !replaced.has(row.id))
    .map(({ row }) => {
      const course = courses.find(({ id }) => id === row.id) ?? row;
      return { row, amount: effectiveAmount(course), final: finalShareOn(course, courses, asOf.on) };
    });
}

/** The amounts an amount replaced, the last first. */
function formersOf<T extends AmountCourse>(row: AmountCourse, rows: readonly T[]): T[] {
  const former = rows.find(({ id }) => id === row.replacesId);
  return former === undefined ? [] : [former, ...formersOf(former, rows)];
}

/** An amount as if it replaced the last one before it that was in effect. */
function onSeen<T extends DatedAmount>(
  course: AmountCourse,
  rows: readonly T[],
  seen: readonly { readonly row: T; readonly course: AmountCourse }[],
): AmountCourse {
  const [first, ...before] = formersOf(course, rows);
  const isSeen = (id: AmountCourse['id']): boolean => seen.some(({ row }) => row.id === id);
  if (first === undefined || isSeen(first.id)) return course;
  const last = seen.find(({ row }) => row.id === before.find(({ id }) => isSeen(id))?.id)?.course ?? null;
  return {
    ...course,
    replacesId: last?.id ?? null,
    replaced: last === null ? null : effectiveAmount(last),
  };
}

/** Instants in UTC compare as text once they are written with as many digits as they need. */
function bare(instant: string): string {
  return instant.replace(/(\.\d*?)0*Z$/, '$1').replace(/[.Z]$/, '');
}

/** Forgets what was not known yet, or had not happened. */
function asKnown<T extends DatedAmount>(
  row: T,
  { on }: AsOf,
  known: (instant: string | null) => boolean,
): { row: T; course: AmountCourse } {
  const waived = known(row.waivedAt) && row.waivedOn !== null && !on.isBefore(row.waivedOn);
  const ended = known(row.suitClosedAt) && row.suitEndedOn !== null && !on.isBefore(row.suitEndedOn);
  const course = {
    ...row,
    finalOn: waived ? row.finalOn : row.finalWithoutWaiver,
    challenged: known(row.suitRecordedAt) ? row.challenged : Money.zero,
    annulled: ended ? row.annulled : Money.zero,
    suitEndedOn: ended ? row.suitEndedOn : null,
  };
  return { row, course };
}
