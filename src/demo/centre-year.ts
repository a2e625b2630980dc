import type { CalendarDate } from '../kernel/calendar-date.js';
import { fundingYear, yearPeriod } from '../kernel/funding-year.js';
import type { CallId, CentreId } from '../kernel/ids.js';
import type { Money } from '../kernel/money.js';
import type { Outcome } from './demo-cast.service.js';
import type { DemoHouses } from './demo-houses.service.js';
import type { DemoStage } from './demo-stage.js';
import type { GuidelineDraft, HostType } from '../programmes/guideline.rules.js';

/** A centre in the year that is played. */
export interface PlayedCentre {
  readonly id: CentreId;
  readonly ags: string;
  readonly hostType: HostType;
  /** First day of its grant in this year. */
  readonly from: CalendarDate;
  /** Modelled shares of the municipality and of third parties, and what they are modelled from. */
  readonly municipal: Money;
  readonly thirdParty: Money;
  readonly origin: string;
}

/** The days on which a group of centres acts in a year, and the instalments it calls. */
export interface CentreCalendar {
  readonly applies: string;
  readonly checks: string;
  readonly drafts: string;
  readonly releases: string;
  readonly waives: string;
  readonly instalments: readonly Instalment[];
  readonly reports: string;
  readonly examines: string;
  readonly accepts: string;
}

/** A part of the year's grant, between two cumulative hundredths of it, and the days it is asked for, due and paid. */
export interface Instalment {
  readonly asks: string;
  readonly dueOn: string;
  readonly paidOn: string;
  readonly from: number;
  readonly to: number;
}

/** What happens on one day. */
export interface Act {
  readonly on: string;
  play(): Promise<unknown>;
}

/** How many commands each part of a centre's year takes. */
export const commandCounts = { grant: 8, instalment: 4, settlement: 6 } as const;

/** What a year is played with. */
export interface Setting {
  readonly year: number;
  /** What everybody applies through. */
  readonly callId: CallId;
  readonly guideline: GuidelineDraft;
  readonly houses: DemoHouses;
  readonly stage: DemoStage;
}

export function applicationOf({ application }: { application: Outcome }): Outcome {
  return application;
}

export function decisionOf({ decision }: { decision: Outcome }): Outcome {
  return decision;
}

export function settlementOf({ settlement }: { settlement: Outcome }): Outcome {
  return settlement;
}

export function known<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key);
  if (value === undefined) throw new Error(`Nothing is known of ${String(key)}`);
  return value;
}

export function yearEnd(year: number): CalendarDate {
  const { to } = yearPeriod(fundingYear(year));
  if (to === null) throw new Error('A funding year has an end');
  return to;
}
