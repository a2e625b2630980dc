import type { CalendarDate } from '../kernel/calendar-date.js';
import { Period } from '../kernel/period.js';
import { isKnown, type PostCategory, type RateFacts, type StatedRate } from './guideline.rules.js';

export function rateValidity(rate: Pick<StatedRate, 'validFrom' | 'validTo'>): Period {
  return Period.of(rate.validFrom, rate.validTo);
}

/** What the guideline states for a category on a day, the amount of which may be missing; null where it is silent. */
export function statedOn<R extends StatedRate>(
  rates: readonly R[],
  category: PostCategory,
  day: CalendarDate,
): R | null {
  return rates.find((rate) => rate.category === category && rateValidity(rate).contains(day)) ?? null;
}

/** The rate of a category on a day; null where none is known: then nothing may be computed. */
export function rateOn(
  rates: readonly StatedRate[],
  category: PostCategory,
  day: CalendarDate,
): RateFacts | null {
  const stated = statedOn(rates, category, day);
  return stated !== null && isKnown(stated) ? stated : null;
}

export interface RatedPiece {
  readonly period: Period;
  /** What the guideline says, were it only that the amount is missing. */
  readonly stated: StatedRate | null;
  readonly rate: RateFacts | null;
}

/** A period cut where the rate of a category changes; a piece without a rate says so with null. */
export function piecesByRate(
  period: Period,
  rates: readonly StatedRate[],
  category: PostCategory,
): RatedPiece[] {
  const own = rates.filter((rate) => rate.category === category);
  const cuts = own.flatMap(({ validFrom, validTo }) =>
    validTo === null ? [validFrom] : [validFrom, validTo],
  );
  return period.splitAt(cuts).map((piece) => ({
    period: piece,
    stated: statedOn(own, category, piece.from),
    rate: rateOn(own, category, piece.from),
  }));
}
