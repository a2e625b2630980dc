import type { CalendarDate } from '../kernel/calendar-date.js';
import { Period } from '../kernel/period.js';
import type { PostCategory, RateFacts } from './guideline.rules.js';

export function rateValidity(rate: Pick<RateFacts, 'validFrom' | 'validTo'>): Period {
  return Period.of(rate.validFrom, rate.validTo);
}

/** The rate of a category on a day; null where the guideline knows none: then nothing may be computed. */
export function rateOn<R extends RateFacts>(
  rates: readonly R[],
  category: PostCategory,
  day: CalendarDate,
): R | null {
  return rates.find((rate) => rate.category === category && rateValidity(rate).contains(day)) ?? null;
}

export interface RatedPiece {
  readonly period: Period;
  readonly rate: RateFacts | null;
}

/** A period cut where the rate of a category changes; a piece without a rate says so with null. */
export function piecesByRate(
  period: Period,
  rates: readonly RateFacts[],
  category: PostCategory,
): RatedPiece[] {
  const own = rates.filter((rate) => rate.category === category);
  const cuts = own.flatMap(({ validFrom, validTo }) =>
    validTo === null ? [validFrom] : [validFrom, validTo],
  );
  return period.splitAt(cuts).map((piece) => ({ period: piece, rate: rateOn(own, category, piece.from) }));
}
