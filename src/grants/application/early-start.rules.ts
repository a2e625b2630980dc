import type { CalendarDate } from '../../kernel/calendar-date.js';
import { fundingYear } from '../../kernel/funding-year.js';
import { violation, type Text, type Violation } from '../../kernel/violation.js';
import type { EarlyStartBan } from '../../programmes/guideline.rules.js';
import { dayWords } from '../explanation.rules.js';
import { governingDay } from './funding-years.rules.js';

/** That something may begin before the decision, from a day on. */
export interface EarlyStartConsent {
  readonly startsOn: CalendarDate;
  readonly consentedOn: CalendarDate;
}

/** What every consent says, whatever its reason. */
export const PROMISES_NOTHING: Text = {
  de: 'Die Zustimmung zum vorzeitigen Beginn ist keine Zusage einer Zuwendung; wer beginnt, trägt das Risiko der Ablehnung.',
  en: 'Consent to an early start promises no grant; whoever begins bears the risk of a refusal.',
};

/** Consent comes before the start, and the start before the period is over; no wording on this was seen, it is assumed. */
export function judgeConsent(startsOn: CalendarDate, periodTo: CalendarDate, on: CalendarDate): Violation[] {
  if (startsOn.isBefore(on)) {
    return [
      violation(
        'consent-reaches-back',
        null,
        {
          de: 'Die Zustimmung geht dem Beginn voraus; sie wirkt frühestens ab dem Tag, an dem sie erteilt wird.',
          en: 'Consent comes before the start; it takes effect on the day it is given at the earliest.',
        },
        '/startsOn',
      ),
    ];
  }
  if (startsOn.isBefore(periodTo)) return [];
  return [
    violation(
      'consent-after-period',
      null,
      {
        de: `Der Bewilligungszeitraum endet am ${dayWords(periodTo.plusDays(-1), 'de')}.`,
        en: `The grant period ends on ${dayWords(periodTo.plusDays(-1), 'en')}.`,
      },
      '/startsOn',
    ),
  ];
}

/** Something planned and the day on which it begins. */
export interface PlannedStart {
  readonly what: Text;
  readonly on: CalendarDate;
  readonly pointer: string;
}

/** Posts begin when they are first occupied; a measure, planned for a year, on the first day of it that is funded. */
export function plannedStarts(
  posts: readonly { readonly position: number; readonly occupiedFrom: CalendarDate }[],
  measures: readonly { readonly fundingYear: number }[],
  periodFrom: CalendarDate,
): PlannedStart[] {
  return [
    ...posts.map(({ position, occupiedFrom: on }, index) => ({
      what: { de: `Stelle ${String(position)} ist`, en: `Post ${String(position)} is` },
      ...{ on, pointer: `/posts/${String(index)}/occupiedFrom` },
    })),
    ...measures.map(({ fundingYear: year }, index) => ({
      what: { de: `Vorhaben ${String(index + 1)} ist`, en: `Measure ${String(index + 1)} is` },
      on: governingDay(fundingYear(year), periodFrom),
      pointer: `/measures/${String(index)}/fundingYear`,
    })),
  ];
}

export interface EarlyStartFacts {
  readonly starts: readonly PlannedStart[];
  /** What the guideline of each funding year states. */
  readonly years: readonly { readonly fundingYear: number; readonly bans: readonly EarlyStartBan[] }[];
  readonly consents: readonly EarlyStartConsent[];
  /** The same is funded every year: the state gave money for it in the year before. */
  readonly recurring: boolean;
  /** The day of the draft. */
  readonly on: CalendarDate;
}

/**
 * What has begun before it is decided on is not funded, unless the authority consented before or it recurs every year
 * (VV zu § 44 LHO), and only where the guideline of its year says so for the day of the draft.
 */
export function judgeEarlyStart({ starts, years, consents, recurring, on }: EarlyStartFacts): Violation[] {
  if (recurring) return [];
  return starts.flatMap((start) => {
    const ban = banOf(years, start, on);
    const consented = consents.some(({ startsOn }) => !start.on.isBefore(startsOn));
    if (ban === null || !start.on.isBefore(on) || consented) return [];
    const { what, pointer } = start;
    return [
      violation(
        'begun-before-decision',
        ban.provision,
        {
          de: `${what.de} ab dem ${dayWords(start.on, 'de')} geplant, vor der Entscheidung; eine Zustimmung zum Beginn an diesem Tag liegt nicht vor (application.consentEarlyStart).`,
          en: `${what.en} planned from ${dayWords(start.on, 'en')} on, before the decision; there is no consent to a start on that day (application.consentEarlyStart).`,
        },
        pointer,
      ),
    ];
  });
}

function banOf(years: EarlyStartFacts['years'], start: PlannedStart, on: CalendarDate): EarlyStartBan | null {
  const year = years.find(({ fundingYear: one }) => one === start.on.year);
  const holds = ({ validFrom, validTo }: EarlyStartBan) =>
    !on.isBefore(validFrom) && (validTo === null || on.isBefore(validTo));
  return year?.bans.find(holds) ?? null;
}
