import type { Confidence } from '../kernel/confidence.js';
import { CalendarDate } from '../kernel/calendar-date.js';
import type { FundingYear } from '../kernel/funding-year.js';
import type { GuidelineVersionId, PersonId, RateId } from '../kernel/ids.js';
import type { Lifecycle } from '../kernel/lifecycle.js';
import type { Money } from '../kernel/money.js';
import type { Period } from '../kernel/period.js';
import { violation, type Violation } from '../kernel/violation.js';
import type { ShareRule } from './occupied-share.rules.js';

export const programmeCodes = [
  'KI',
  'KOMM_AN_I',
  'KOMM_AN_II',
  'KOMM_AN_III',
  'KIM_1',
  'KIM_2',
  'KIM_3',
] as const;
export type ProgrammeCode = (typeof programmeCodes)[number];

/** An earmarked lump sum (fachbezogene Pauschale) is no grant: paid by budget act, without application. */
export const instruments = ['grant', 'earmarked_lump_sum'] as const;
export type Instrument = (typeof instruments)[number];

/** The ways a grant relates to eligible expenditure (VV Nr. 2 zu § 44 LHO). */
export const financingTypes = ['fixed_amount', 'full_funding', 'proportional', 'deficit'] as const;
export type FinancingType = (typeof financingTypes)[number];

export const hostTypes = ['kreis', 'stadt'] as const;
export type HostType = (typeof hostTypes)[number];

export const postCategories = ['specialist', 'assistant', 'teacher'] as const;
export type PostCategory = (typeof postCategories)[number];

export const postFunders = ['integration_ministry', 'school_ministry'] as const;
export type PostFunder = (typeof postFunders)[number];

export const roundings = ['half_away_from_zero'] as const;
export type Rounding = (typeof roundings)[number];

export type GuidelineState = 'drafted' | 'released' | 'co_released';
export const guidelineLifecycle: Lifecycle<GuidelineState> = {
  drafted: ['released'],
  released: ['co_released'],
  co_released: [],
};

/** Posts the guideline funds per host type and category, in hundredths of a full-time equivalent. */
export interface FundedPost {
  readonly hostType: HostType;
  readonly category: PostCategory;
  readonly fteHundredths: number;
  readonly funder: PostFunder;
  readonly source: string;
  readonly confidence: Confidence;
}

/** What a post is worth a year. A rate names the FTE it is stated for: 20,000 per 0.5, 50,000 per 1.0. */
export interface RateFacts {
  readonly category: PostCategory;
  readonly amount: Money;
  readonly perFteHundredths: number;
  /** Seconded staff instead of money: counted, never paid. */
  readonly inKind: boolean;
  readonly source: string;
  readonly confidence: Confidence;
  readonly validFrom: CalendarDate;
  /** The first day it no longer holds; null while that is open. */
  readonly validTo: CalendarDate | null;
}

/** A day of the budget year from which this part of the grant, all earlier ones included, may be called. */
export interface PaymentDate {
  readonly month: number;
  readonly day: number;
  /** Hundredths of a per cent: 5000 is half, 10000 all. */
  readonly cumulativeHundredths: number;
  readonly basis: string;
  readonly confidence: Confidence;
}

/** A guideline version as it is entered; nothing unknown is left to the program. */
export interface GuidelineDraft {
  readonly programme: ProgrammeCode;
  readonly title: string;
  readonly legalInstrument: string;
  readonly validFrom: CalendarDate;
  readonly validTo: CalendarDate | null;
  readonly financingType: FinancingType;
  readonly shareRule: ShareRule;
  readonly shareRuleConfidence: Confidence;
  readonly rounding: Rounding;
  /** The day of the following year by which use must be proved. */
  readonly proofDueMonth: number;
  readonly proofDueDay: number;
  readonly proofDueConfidence: Confidence;
  readonly source: string;
  readonly confidence: Confidence;
  readonly posts: readonly FundedPost[];
  readonly rates: readonly RateFacts[];
  readonly paymentDates: readonly PaymentDate[];
}

/** A recorded version. `validity` ends earlier than drafted where a later version has superseded it. */
export interface GuidelineFacts extends GuidelineDraft {
  readonly id: GuidelineVersionId;
  readonly validity: Period;
  readonly rates: readonly (RateFacts & { readonly id: RateId })[];
}

/** The KI guideline is a decree of the integration and the school ministry, so it holds only when both released it. */
export function needsCoRelease(programme: ProgrammeCode): boolean {
  return programme === 'KI';
}

/** Whether decisions may rest on a version in this state; whether it holds on a day is a question of its validity. */
export function isBinding(programme: ProgrammeCode, state: GuidelineState): boolean {
  return state === (needsCoRelease(programme) ? 'co_released' : 'released');
}

/** The day by which use of a year's money must be proved: the version's day of the following year. */
export function proofDueOn(
  version: Pick<GuidelineDraft, 'proofDueMonth' | 'proofDueDay'>,
  fundingYear: FundingYear,
): CalendarDate {
  return CalendarDate.of(fundingYear + 1, version.proofDueMonth, version.proofDueDay);
}

/**
 * The part of a year's grant whose payment date has been reached on a day, in hundredths of a per cent; 0 before the
 * first date (VVG Nr. 7.4 zu § 44 LHO in the print of 2012: 1 May and 1 October).
 */
export function payableHundredths(
  version: Pick<GuidelineDraft, 'paymentDates'>,
  fundingYear: FundingYear,
  on: CalendarDate,
): number {
  const reached = version.paymentDates.filter(
    ({ month, day }) => !on.isBefore(CalendarDate.of(fundingYear, month, day)),
  );
  return Math.max(0, ...reached.map(({ cumulativeHundredths }) => cumulativeHundredths));
}

/** Four eyes count persons; a decree of two ministries passes through three pairs. */
export function judgeReleaser(
  earlier: readonly (PersonId | null)[],
  releasing: PersonId | null,
): Violation[] {
  if (!earlier.includes(releasing)) {
    return [];
  }
  return [
    violation('four-eyes', null, {
      de: 'Wer die Richtlinie entworfen oder schon freigegeben hat, gibt sie nicht noch einmal frei.',
      en: 'Whoever drafted the guideline or released it before does not release it again.',
    }),
  ];
}

interface Standing {
  readonly id: GuidelineVersionId;
  readonly title: string;
  readonly validity: Period;
}

/**
 * Which versions a new one supersedes, and which stand in its way. A version is superseded from the day the new one
 * begins, when it began earlier and the new one lasts at least as long; anything else would leave a gap or rewrite
 * days on which decisions already rest.
 */
export function supersede(
  validity: Period,
  standing: readonly Standing[],
): { superseded: GuidelineVersionId[]; violations: Violation[] } {
  const touched = standing.filter((other) => other.validity.overlaps(validity));
  const gives = ({ validity: old }: Standing) =>
    old.from.isBefore(validity.from) &&
    (validity.to === null || (old.to !== null && !old.to.isAfter(validity.to)));
  return {
    superseded: touched.filter(gives).map(({ id }) => id),
    violations: touched
      .filter((other) => !gives(other))
      .map(({ title }) =>
        violation(
          'validity-overlaps',
          null,
          {
            de: `Die geltende Fassung „${title}“ kann nur von einer später beginnenden und nicht früher endenden Fassung abgelöst werden.`,
            en: `The version in force "${title}" can only be superseded by one that begins later and ends no earlier.`,
          },
          '/validFrom',
        ),
      ),
  };
}
