import type { CalendarDate } from '../../kernel/calendar-date.js';
import { fundingYear } from '../../kernel/funding-year.js';
import { violation, type Text, type Violation } from '../../kernel/violation.js';
import type { EarlyStartBan } from '../../programmes/guideline.rules.js';
import { governingDay } from './funding-years.rules.js';

/** That something may begin before the decision, from a day on. */
export interface EarlyStartConsent {
  readonly startsOn: CalendarDate;
  readonly consentedOn: CalendarDate;
  /** What the submission consented to planned; of what was planned later it says nothing. */
  readonly covers: readonly Planned[];
}

/** How much of a thing is planned: of a kind of post its hundredths, of a measure how often. */
export interface Planned {
  readonly thing: string;
  readonly extent: number;
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
        de: `Der Bewilligungszeitraum endet am ${periodTo.plusDays(-1).format('de')}.`,
        en: `The grant period ends on ${periodTo.plusDays(-1).format('en')}.`,
      },
      '/startsOn',
    ),
  ];
}

/** Something planned and the day on which it begins. */
export interface PlannedStart extends Planned {
  readonly what: Text;
  readonly on: CalendarDate;
  readonly pointer: string;
}

/** As much of a post as its beginning is judged by. */
export interface StartingPost {
  readonly position: number;
  readonly category: string;
  readonly fteHundredths: number;
  readonly occupiedFrom: CalendarDate;
}

/** Posts begin when they are first occupied; a measure, planned for a year, on the first day of it that is funded. */
export function plannedStarts(
  posts: readonly StartingPost[],
  measures: readonly { readonly kind: string; readonly text: string; readonly fundingYear: number }[],
  periodFrom: CalendarDate,
): PlannedStart[] {
  return [
    ...posts.map(postStart),
    ...measures.map(({ kind, text, fundingYear: year }, index) => ({
      what: { de: `Vorhaben ${String(index + 1)} ist`, en: `Measure ${String(index + 1)} is` },
      on: governingDay(fundingYear(year), periodFrom),
      pointer: `/measures/${String(index)}/fundingYear`,
      ...{ thing: `${String(year)} ${kind} ${text}`, extent: 1 },
    })),
  ];
}

function postStart(
  { position, category, fteHundredths, occupiedFrom: on }: StartingPost,
  index: number,
): PlannedStart {
  return {
    what: { de: `Stelle ${String(position)} ist`, en: `Post ${String(position)} is` },
    ...{ on, pointer: `/posts/${String(index)}/occupiedFrom` },
    ...{ thing: category, extent: fteHundredths },
  };
}

/** What an amendment lets begin: posts it adds, and as much as it makes others larger or earlier; and what it keeps. */
export function addedStarts(
  former: readonly StartingPost[],
  posts: readonly StartingPost[],
): { readonly starts: PlannedStart[]; readonly granted: Planned[] } {
  const parts = posts.map((post, index) => {
    const stood = former.find(
      ({ position, category, occupiedFrom }) =>
        position === post.position && category === post.category && !post.occupiedFrom.isBefore(occupiedFrom),
    );
    return {
      start: postStart(post, index),
      kept: Math.min(post.fteHundredths, stood?.fteHundredths ?? 0),
    };
  });
  return {
    starts: parts
      .map(({ start, kept }) => ({ ...start, extent: start.extent - kept }))
      .filter(({ extent }) => extent > 0),
    granted: parts.map(({ start: { thing }, kept: extent }) => ({ thing, extent })),
  };
}

export interface EarlyStartFacts {
  readonly starts: readonly PlannedStart[];
  /** What the guideline of each funding year states. */
  readonly years: readonly { readonly fundingYear: number; readonly bans: readonly EarlyStartBan[] }[];
  readonly consents: readonly EarlyStartConsent[];
  /** What of the same has been granted already: it uses up what was consented to. */
  readonly granted: readonly Planned[];
  /** Years in which the same is funded as every year: the state gave money for it in the year before. */
  readonly recurring: readonly number[];
  /** The day of the draft, and again that of the release. */
  readonly on: CalendarDate;
}

/**
 * What has begun before it is decided on is not funded, unless the authority consented before or it recurs every year
 * (VV zu § 44 LHO), and only where the guideline of its year says so for the day judged. Consent reaches as far as
 * what was planned when it was given: a later submission or an amendment that plans more begins that at its own risk.
 */
export function judgeEarlyStart({ starts, years, recurring, on, ...allowed }: EarlyStartFacts): Violation[] {
  const begun = starts.flatMap((start) => {
    const ban = recurring.includes(start.on.year) ? null : banOf(years, start, on);
    return ban === null || !start.on.isBefore(on) ? [] : [{ start, ban }];
  });
  const consented = consentedStarts(
    begun.map(({ start }) => start),
    allowed,
  );
  return begun
    .filter(({ start }) => !consented.has(start))
    .map(({ start: { what, on: day, pointer }, ban }) =>
      violation(
        'begun-before-decision',
        ban.provision,
        {
          de: `${what.de} ab dem ${day.format('de')} geplant, vor der Entscheidung; eine Zustimmung dazu, dass es so an diesem Tag beginnt, liegt nicht vor (application.consentEarlyStart).`,
          en: `${what.en} planned from ${day.format('en')} on, before the decision; there is no consent to its starting so on that day (application.consentEarlyStart).`,
        },
        pointer,
      ),
    );
}

/** Earliest first, each as long as a consent from its day or before covers it beside those already let begin. */
function consentedStarts(
  starts: readonly PlannedStart[],
  { consents, granted }: Pick<EarlyStartFacts, 'consents' | 'granted'>,
): ReadonlySet<PlannedStart> {
  const begun: Planned[] = [...granted];
  const consented = new Set<PlannedStart>();
  for (const start of [...starts].sort((one, other) => one.on.compare(other.on))) {
    const covered = consents
      .filter(({ startsOn }) => !start.on.isBefore(startsOn))
      .map(({ covers }) => extentOf(covers, start));
    if (extentOf(begun, start) + start.extent > Math.max(0, ...covered)) continue;
    begun.push(start);
    consented.add(start);
  }
  return consented;
}

function extentOf(planned: readonly Planned[], { thing }: Pick<Planned, 'thing'>): number {
  return planned.reduce((sum, one) => (one.thing === thing ? sum + one.extent : sum), 0);
}

function banOf(years: EarlyStartFacts['years'], start: PlannedStart, on: CalendarDate): EarlyStartBan | null {
  const year = years.find(({ fundingYear: one }) => one === start.on.year);
  const holds = ({ validFrom, validTo }: EarlyStartBan) =>
    !on.isBefore(validFrom) && (validTo === null || on.isBefore(validTo));
  return year?.bans.find(holds) ?? null;
}
