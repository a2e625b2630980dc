import { permits } from '../identity/access.rules.js';
import { lackingPower } from '../identity/power.rules.js';
import type { Actor } from '../kernel/actor.js';
import type { CalendarDate } from '../kernel/calendar-date.js';
import type { PersonId } from '../kernel/ids.js';
import { nextWorkingDay } from '../grants/decision/finality.rules.js';

/** Who takes a thing on, as far as it can be said without looking at the thing. */
export interface Taken {
  /** The operation by which it goes on, as in access.rules.ts. */
  readonly operation: string;
  /** Whoever may call this operation too sees the thing there, and not here. */
  readonly unless: string | null;
}

type Asking = Pick<Actor, 'role' | 'powers'>;

function may(operation: string, actor: Asking): boolean {
  return permits(operation, actor.role) && lackingPower(operation, actor) === null;
}

/** The kinds of work that can wait for somebody at all: what the role permits and, in a municipality, the powers. */
export function kindsFor<K extends string>(
  kinds: readonly (Taken & { readonly kind: K })[],
  actor: Asking,
): K[] {
  return kinds
    .filter(({ operation, unless }) => may(operation, actor) && (unless === null || !may(unless, actor)))
    .map(({ kind }) => kind);
}

/** The persons at work in the act: four eyes count the one acting and the one deputised for. */
export function personsOf({ personId, onBehalfOf }: Pick<Actor, 'personId' | 'onBehalfOf'>): PersonId[] {
  return [...new Set([personId, onBehalfOf])].filter((person) => person !== null);
}

/** Calendar days a thing has waited. What begins to wait later than today, as a played day may have it, has not waited. */
export function ageInDays(sinceOn: CalendarDate, today: CalendarDate): number {
  return Math.max(0, sinceOn.daysUntil(today));
}

/**
 * The last day due that is over for good today: a period that ends on a Saturday, Sunday or public holiday runs on
 * to the next working day (§ 31 (3) VwVfG NRW).
 */
export function lastDayOver(today: CalendarDate): CalendarDate {
  let day = today.plusDays(-1);
  while (!nextWorkingDay(day).isBefore(today)) day = day.plusDays(-1);
  return day;
}
