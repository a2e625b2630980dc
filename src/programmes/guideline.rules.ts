import { confidences, type Confidence } from '../kernel/confidence.js';
import { CalendarDate } from '../kernel/calendar-date.js';
import type { FundingYear } from '../kernel/funding-year.js';
import type { GuidelineVersionId, RateId } from '../kernel/ids.js';
import type { Money } from '../kernel/money.js';
import type { Period } from '../kernel/period.js';
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

/** A value of the law may also be missing: looked for and not found. Then it is null, and nothing rests on it. */
export const statedConfidences = [...confidences, 'missing'] as const;
export type StatedConfidence = (typeof statedConfidences)[number];

/** Posts the guideline funds per host type and category, in hundredths of a full-time equivalent. */
export interface FundedPost {
  readonly hostType: HostType;
  readonly category: PostCategory;
  /** Null where no source says how many; a rate may be known all the same. */
  readonly fteHundredths: number | null;
  readonly funder: PostFunder;
  readonly source: string;
  readonly confidence: StatedConfidence;
}

/** What a post is worth a year, as the guideline states it; null where the amount is missing. */
export interface StatedRate {
  readonly category: PostCategory;
  readonly amount: Money | null;
  /** The FTE the amount is stated for: an assistant's rate is one for half a post. */
  readonly perFteHundredths: number;
  /** Seconded staff instead of money: counted, never paid. */
  readonly inKind: boolean;
  readonly source: string;
  readonly confidence: StatedConfidence;
  readonly validFrom: CalendarDate;
  /** The first day it no longer holds; null while that is open. */
  readonly validTo: CalendarDate | null;
}

/** A rate one can reckon with. */
export interface RateFacts extends StatedRate {
  readonly amount: Money;
  readonly confidence: Confidence;
}

export function isKnown(rate: StatedRate): rate is RateFacts {
  return rate.amount !== null && rate.confidence !== 'missing';
}

/** What is given for material: a pool of interpreters, things for the work, furnished workplaces. */
export const materialCodes = ['interpreter_pool', 'material', 'workplace'] as const;
export type MaterialCode = (typeof materialCodes)[number];

/** A lump sum is given as it stands, a ceiling only as far as money was spent. */
export const materialKinds = ['lump_sum', 'ceiling'] as const;
export type MaterialKind = (typeof materialKinds)[number];

export interface Material {
  readonly code: MaterialCode;
  readonly kind: MaterialKind;
  readonly amount: Money | null;
  /** The FTE of funded posts the amount is stated for; null where it is one for the centre. */
  readonly perFteHundredths: number | null;
  readonly source: string;
  readonly confidence: StatedConfidence;
  readonly validFrom: CalendarDate;
  readonly validTo: CalendarDate | null;
}

export const deadlineKinds = ['application'] as const;
export type DeadlineKind = (typeof deadlineKinds)[number];

/** The last day for something about a funding year. */
export interface Deadline {
  readonly kind: DeadlineKind;
  /** The one year it holds for; null for every year without a day of its own. */
  readonly fundingYear: number | null;
  /** -1: the day lies in the year before the funding year. */
  readonly yearOffset: number;
  readonly month: number;
  readonly day: number;
  readonly source: string;
  readonly confidence: Confidence;
}

/** General provisions are part of every notice, special ones where the authority chooses them. */
export const provisionReaches = ['general', 'special'] as const;
export type ProvisionReach = (typeof provisionReaches)[number];

/** An ancillary provision (Nebenbestimmung) that becomes part of a notice drafted while it is in force. */
export interface Provision {
  readonly code: string;
  readonly reach: ProvisionReach;
  readonly provision: string;
  readonly textDe: string;
  readonly textEn: string;
  readonly source: string;
  readonly confidence: Confidence;
  readonly validFrom: CalendarDate;
  readonly validTo: CalendarDate | null;
}

/** A question the granting authority answers before it recommends what to decide, and where it comes from. */
export interface ChecklistItem {
  readonly code: string;
  /** The basis of the question. */
  readonly provision: string;
  readonly textDe: string;
  readonly textEn: string;
  readonly source: string;
  readonly confidence: Confidence;
}

/** Above which grant notice and application are copied to the court of audit, by the day of the draft. */
export interface CopyThreshold {
  readonly thresholdCents: Money;
  readonly source: string;
  readonly confidence: Confidence;
  readonly validFrom: CalendarDate;
  readonly validTo: CalendarDate | null;
}

/** From when to when nobody may begin what is applied for before the decision, by the day of the draft. */
export interface EarlyStartBan {
  /** The basis an objection names. */
  readonly provision: string;
  readonly source: string;
  readonly confidence: Confidence;
  readonly validFrom: CalendarDate;
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
  readonly financingTypeSource: string;
  readonly financingTypeConfidence: Confidence;
  /** Proportional only: the funded part of eligible expenditure, in hundredths of a per cent; 9000 is 90 %. */
  readonly fundedShareHundredths: number | null;
  readonly shareRule: ShareRule;
  readonly shareRuleSource: string;
  readonly shareRuleConfidence: Confidence;
  readonly rounding: Rounding;
  readonly roundingSource: string;
  readonly roundingConfidence: Confidence;
  /** The day of the following year by which use must be proved. */
  readonly proofDueMonth: number;
  readonly proofDueDay: number;
  /** Whoever is granted the money late still has these months from the release of the decision. */
  readonly proofDueMonths: number;
  readonly proofDueSource: string;
  readonly proofDueConfidence: Confidence;
  readonly source: string;
  readonly confidence: Confidence;
  /** What a reader must know: contradictions between sources, what was not seen. */
  readonly note: string | null;
  readonly posts: readonly FundedPost[];
  readonly rates: readonly StatedRate[];
  readonly materials: readonly Material[];
  readonly paymentDates: readonly PaymentDate[];
  readonly deadlines: readonly Deadline[];
  readonly provisions: readonly Provision[];
  readonly checklist: readonly ChecklistItem[];
  readonly copyThresholds: readonly CopyThreshold[];
  readonly earlyStartBans: readonly EarlyStartBan[];
}

/** A recorded version. `validity` ends earlier than drafted where a later version has superseded it. */
export interface GuidelineFacts extends GuidelineDraft {
  readonly id: GuidelineVersionId;
  readonly validity: Period;
  readonly rates: readonly (StatedRate & { readonly id: RateId })[];
}

/** The day by which use of a year's money must be proved: the version's day of the following year. */
export function proofDueOn(
  version: Pick<GuidelineDraft, 'proofDueMonth' | 'proofDueDay'>,
  fundingYear: FundingYear,
): CalendarDate {
  return CalendarDate.of(fundingYear + 1, version.proofDueMonth, version.proofDueDay);
}

/**
 * The same for a grant that was decided late: no sooner than the version's months after the release, or the proof would
 * be overdue before anybody knew of the grant.
 */
export function proofDueAfterRelease(
  dueOn: CalendarDate,
  months: number,
  releasedOn: CalendarDate,
): CalendarDate {
  return CalendarDate.max(dueOn, releasedOn.plusMonths(months));
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
