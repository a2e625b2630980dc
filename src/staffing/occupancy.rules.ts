import type { CalendarDate } from '../kernel/calendar-date.js';
import { fundingYear, yearPeriod } from '../kernel/funding-year.js';
import type { CentreId, OccupancyId, PostId } from '../kernel/ids.js';
import type { Money } from '../kernel/money.js';
import { Period } from '../kernel/period.js';
import { violation, type Text, type Violation } from '../kernel/violation.js';
import { CENTRES, closedSince, fte, judgeSize, KI_POSTS, phaseOn, type Post } from './staffing.rules.js';

/** Days and size of an occupancy as they are asked for; `to` may still be wrong. */
export interface Claim {
  readonly occupiedFrom: CalendarDate;
  readonly occupiedTo: CalendarDate | null;
  readonly fteHundredths: number;
  readonly pseudonym: string;
}

/** An occupancy that counts: days, size, and which one it is. */
export interface Standing {
  readonly id: OccupancyId;
  readonly period: Period;
  readonly fteHundredths: number;
}

/** What an occupancy really cost in a funding year. */
export interface Expenditure {
  readonly fundingYear: number;
  readonly amount: Money;
}

/** A pseudonymous person on a post. The pseudonym is null for whoever may not know it, and once it is erased. */
export interface Occupancy {
  readonly id: OccupancyId;
  readonly postId: PostId;
  readonly centreId: CentreId;
  readonly occupiedFrom: CalendarDate;
  /** The first day it is over; null while that is open. */
  readonly occupiedTo: CalendarDate | null;
  readonly fteHundredths: number;
  readonly pseudonym: string | null;
  readonly corrects: OccupancyId | null;
  readonly correctedAt: string | null;
  readonly correctionReason: string | null;
  readonly expenditure: readonly Expenditure[];
  readonly version: number;
}

export interface NewOccupancy extends Claim {
  readonly id: OccupancyId;
  readonly postId: PostId;
  readonly centreId: CentreId;
  readonly corrects: OccupancyId | null;
  readonly expenditure: readonly Expenditure[];
}

/** A claim on a person's time; `replaces` is the occupancy that it stands for instead. */
export interface PersonClaim extends Omit<Claim, 'fteHundredths'> {
  readonly fteHundredths: number;
  readonly replaces: OccupancyId | null;
}

/** Where a violation is shown: members of a request, or cells of a sheet. */
export type Places = Readonly<Record<'post' | 'pseudonym' | 'from' | 'to' | 'fte', string>>;

const inBody: Places = {
  post: '/postId',
  pseudonym: '/pseudonym',
  from: '/occupiedFrom',
  to: '/occupiedTo',
  fte: '/fteHundredths',
};

const DOUBLE_FUNDING = '§ 9 Abs. 4 TIntG NRW';

/** Two people must not be told apart by blanks or case; the database applies the same before it computes the key. */
export function canonicalPseudonym(written: string): string {
  return written.normalize('NFKC').replaceAll(/\s/gu, '').toUpperCase();
}

/** Six to forty letters, digits and hyphens with at least two digits: what a personnel office numbers, never a name. */
const PSEUDONYM = /^(?=(?:[A-Z-]*\d){2})[A-Z\d][A-Z\d-]{5,39}$/;

export interface Seat {
  readonly post: Post;
  /** What else counts on the post; the occupancy that is being replaced is not among it. */
  readonly standing: readonly Omit<Standing, 'id'>[];
  readonly closedOn: CalendarDate | null;
  /** Whether the person would exceed one full post over all bodies; null when that could not be asked. */
  readonly doubleFunded: boolean | null;
}

/** Whether the claim has days and a size at all; only then can it be laid beside others. */
export function judgeClaim(claim: Claim, places: Places = inBody): Violation[] {
  const violations: Violation[] = [];
  if (claim.occupiedTo !== null && !claim.occupiedFrom.isBefore(claim.occupiedTo)) {
    violations.push(
      violation(
        'end-before-start',
        null,
        {
          de: `Die Besetzung beginnt am ${claim.occupiedFrom.format('de')} und kann nicht davor oder am selben Tag enden.`,
          en: `The occupancy begins on ${claim.occupiedFrom} and cannot end before or on that day.`,
        },
        places.to,
      ),
    );
  }
  violations.push(...judgeSize(claim.fteHundredths, places.fte));
  if (claim.fteHundredths > 100) {
    violations.push(violation('more-than-one-full-post', DOUBLE_FUNDING, ONE_PERSON, places.fte));
  }
  if (!PSEUDONYM.test(canonicalPseudonym(claim.pseudonym))) {
    violations.push(violation('pseudonym-form', 'Art. 4 Nr. 5 DSGVO', PSEUDONYM_FORM, places.pseudonym));
  }
  return violations;
}

/** Every objection to an occupancy on a post. A claim without days or size is judged by `judgeClaim` alone. */
export function judgeOccupancy(claim: Claim, seat: Seat, places: Places = inBody): Violation[] {
  const violations = judgeClaim(claim, places);
  const { post, closedOn } = seat;
  if (violations.some(({ code }) => code === 'end-before-start' || code === 'fte-not-positive'))
    return violations;
  const period = Period.of(claim.occupiedFrom, claim.occupiedTo);
  if (claim.occupiedFrom.isBefore(post.establishedOn)) {
    violations.push(
      violation(
        'post-not-yet-established',
        KI_POSTS,
        {
          de: `Die Stelle besteht erst seit ${post.establishedOn.format('de')}.`,
          en: `The post exists since ${post.establishedOn} only.`,
        },
        places.from,
      ),
    );
  }
  if (post.abolishedOn !== null && (period.to === null || period.to.isAfter(post.abolishedOn))) {
    violations.push(
      violation(
        'post-abolished',
        KI_POSTS,
        {
          de: `Die Stelle ist ab ${post.abolishedOn.format('de')} abgeschafft.`,
          en: `The post is abolished from ${post.abolishedOn}.`,
        },
        places.to,
      ),
    );
  }
  if (closedOn !== null && (period.to === null || period.to.isAfter(closedOn))) {
    violations.push(violation('centre-closed', CENTRES, closedSince(closedOn), places.to));
  }
  const crowded = firstCrowdedDay(claim, seat);
  if (crowded !== null) {
    violations.push(
      violation(
        'occupied-beyond-fte',
        KI_POSTS,
        {
          de: `Am ${crowded.day.format('de')} wären ${fte(crowded.occupied, 'de')} von ${fte(crowded.established, 'de')} VZÄ der Stelle besetzt.`,
          en: `On ${crowded.day} ${fte(crowded.occupied, 'en')} of ${fte(crowded.established, 'en')} FTE of the post would be occupied.`,
        },
        places.fte,
      ),
    );
  }
  if (seat.doubleFunded === true) {
    violations.push(violation('double-funding', DOUBLE_FUNDING, ONE_PERSON, places.pseudonym));
  }
  return violations;
}

/** The first day on which the post would hold more than there is of it; days on which there is no post are judged apart. */
function firstCrowdedDay(claim: Claim, { post, standing }: Seat) {
  const period = Period.of(claim.occupiedFrom, claim.occupiedTo);
  const begins = [
    period.from,
    ...standing.map((other) => other.period.from),
    ...post.phases.map(({ from }) => from),
  ].filter((day) => period.contains(day));
  for (const day of begins.sort((a, b) => a.compare(b))) {
    const established = phaseOn(post, day)?.fteHundredths;
    if (established === undefined) continue;
    const others = standing.filter((other) => other.period.contains(day));
    const occupied = others.reduce((sum, other) => sum + other.fteHundredths, claim.fteHundredths);
    if (occupied > established) return { day, occupied, established };
  }
  return null;
}

interface Days {
  readonly occupiedFrom: CalendarDate;
  readonly occupiedTo: CalendarDate | null;
}

export function judgeEnd({ occupiedFrom }: Days, on: CalendarDate): Violation[] {
  return occupiedFrom.isBefore(on)
    ? []
    : [
        violation(
          'end-before-start',
          null,
          {
            de: `Die Besetzung beginnt am ${occupiedFrom.format('de')} und kann nicht davor oder am selben Tag enden.`,
            en: `The occupancy begins on ${occupiedFrom} and cannot end before or on that day.`,
          },
          '/on',
        ),
      ];
}

/** Expenditure belongs to a year in which the post was occupied, and each year has one figure. */
export function judgeExpenditure(
  { occupiedFrom, occupiedTo }: Days,
  expenditure: readonly { readonly fundingYear: number; readonly amount: Money }[],
  pointer: (index: number) => string = (index) => `/expenditure/${String(index)}/fundingYear`,
): Violation[] {
  const period = Period.of(occupiedFrom, occupiedTo);
  return expenditure.flatMap(({ fundingYear: year }, index) => {
    if (expenditure.findIndex((other) => other.fundingYear === year) !== index) {
      const text = {
        de: `Für ${String(year)} stehen zwei Beträge da.`,
        en: `There are two figures for ${String(year)}.`,
      };
      return [violation('repeated-year', null, text, pointer(index))];
    }
    if (period.overlaps(yearPeriod(fundingYear(year)))) return [];
    const text = {
      de: `Im Jahr ${String(year)} war die Stelle nicht so besetzt.`,
      en: `The post was not occupied so in ${String(year)}.`,
    };
    return [violation('year-not-occupied', 'Nr. 5.4.1.1 KI-Richtlinie', text, pointer(index))];
  });
}

const ONE_PERSON: Text = {
  de: 'Eine Person besetzt an keinem Tag mehr als eine volle geförderte Stelle (1,00 VZÄ).',
  en: 'A person occupies no more than one full funded post (1.00 FTE) on any day.',
};
const PSEUDONYM_FORM: Text = {
  de: 'Ein Pseudonym hat 6 bis 40 Buchstaben, Ziffern und Bindestriche, darunter mindestens zwei Ziffern; nie einen Namen.',
  en: 'A pseudonym has 6 to 40 letters, digits and hyphens with at least two digits; never a name.',
};
