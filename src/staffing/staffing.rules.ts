import type { CalendarDate } from '../kernel/calendar-date.js';
import type { Role, TechnicalRole } from '../kernel/actor.js';
import type { CentreId, OccupancyId, PostId } from '../kernel/ids.js';
import { Period } from '../kernel/period.js';
import { violation, type Text, type Violation } from '../kernel/violation.js';
import { postCategories, type PostCategory, type ProgrammeCode } from '../programmes/guideline.rules.js';

/** Whose money, or whose staff, a post is. */
export const funders = ['integration_ministry', 'school_ministry', 'municipality'] as const;
export type Funder = (typeof funders)[number];

export const categories = postCategories;
export type Category = PostCategory;

/** What a post is from a day on. */
export interface Phase {
  readonly from: CalendarDate;
  /** The first day it is something else, or nothing; null while that is open. */
  readonly to: CalendarDate | null;
  readonly category: Category;
  readonly fteHundredths: number;
  readonly funder: Funder;
}

export interface Post {
  readonly id: PostId;
  readonly centreId: CentreId;
  readonly programme: ProgrammeCode;
  /** Its number in the body's own plan of posts. */
  readonly number: string;
  readonly establishedOn: CalendarDate;
  readonly abolishedOn: CalendarDate | null;
  /** At least one, in order, without gaps. */
  readonly phases: readonly Phase[];
  readonly version: number;
}

export interface NewPost {
  readonly centreId: CentreId;
  readonly programme: ProgrammeCode;
  readonly number: string;
  readonly category: Category;
  readonly fteHundredths: number;
  readonly funder: Funder;
  readonly from: CalendarDate;
}

/** How much of a post is taken from a day on, until the day of the next step. */
export interface Step {
  readonly from: CalendarDate;
  readonly fteHundredths: number;
}

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

/** Where a violation is shown: members of a request, or cells of a sheet. */
export type Places = Readonly<Record<'post' | 'pseudonym' | 'from' | 'to' | 'fte', string>>;

const inBody: Places = {
  post: '/postId',
  pseudonym: '/pseudonym',
  from: '/occupiedFrom',
  to: '/occupiedTo',
  fte: '/fteHundredths',
};

const KI_POSTS = 'Nr. 5.4.1.1 KI-Richtlinie';
const CENTRES = '§ 8 TIntG NRW';
const DOUBLE_FUNDING = '§ 9 Abs. 4 TIntG NRW';

/** Two people must not be told apart by blanks or case; the database applies the same before it computes the key. */
export function canonicalPseudonym(written: string): string {
  return written.normalize('NFKC').replaceAll(/\s/gu, '').toUpperCase();
}

/** Six to forty letters, digits and hyphens with at least two digits: what a personnel office numbers, never a name. */
const PSEUDONYM = /^(?=(?:[A-Z-]*\d){2})[A-Z\d][A-Z\d-]{5,39}$/;

export function phaseOn(post: Pick<Post, 'phases'>, day: CalendarDate): Phase | null {
  return post.phases.find(({ from, to }) => Period.of(from, to).contains(day)) ?? null;
}

/** The phase a post is in last. */
export function latestPhase(post: Pick<Post, 'phases'>): Phase {
  const last = post.phases.at(-1);
  if (last === undefined) throw new RangeError('A post has at least one phase');
  return last;
}

/** Each ministry decides about what it funds; a municipality's own post is noted by the integration ministry. */
export function judgeFunder(
  role: Role | TechnicalRole,
  { category, funder }: Pick<Phase, 'category' | 'funder'>,
): Violation[] {
  const violations: Violation[] = [];
  if ((category === 'teacher') !== (funder === 'school_ministry')) {
    violations.push(violation('teachers-are-seconded', 'KI-Richtlinie', TEACHERS, '/funder'));
  }
  if ((role === 'school_ministry') !== (funder === 'school_ministry')) {
    violations.push(violation('not-this-ministry', 'KI-Richtlinie', OTHER_MINISTRY, '/funder'));
  }
  return violations;
}

export function judgeNewPost(
  post: NewPost,
  role: Role | TechnicalRole,
  closedOn: CalendarDate | null,
): Violation[] {
  return [
    ...judgeSize(post.fteHundredths, '/fteHundredths'),
    ...judgeFunder(role, post),
    ...(closedOn !== null && !post.from.isBefore(closedOn)
      ? [violation('centre-closed', CENTRES, closedSince(closedOn), '/from')]
      : []),
  ];
}

export interface Change {
  readonly from: CalendarDate;
  readonly category: Category;
  readonly fteHundredths: number;
  readonly funder: Funder;
}

/**
 * A post changes from a day on; the day its latest phase began corrects that phase. What people already sit on
 * cannot be taken away, neither on that day nor later.
 */
export function judgeChange(
  post: Post,
  change: Change,
  occupied: readonly Step[],
  role: Role | TechnicalRole,
): Violation[] {
  const latest = latestPhase(post);
  const violations = [...judgeSize(change.fteHundredths, '/fteHundredths'), ...judgeFunder(role, change)];
  if ((role === 'school_ministry') !== (latest.funder === 'school_ministry')) {
    violations.push(violation('not-this-ministry', 'KI-Richtlinie', OTHER_MINISTRY));
  }
  if (change.from.isBefore(latest.from)) {
    violations.push(
      violation(
        'change-in-the-past',
        null,
        {
          de: `Die Stelle hat sich zuletzt am ${latest.from} geändert; eine frühere Änderung schriebe Vergangenes um.`,
          en: `The post last changed on ${latest.from}; an earlier change would rewrite the past.`,
        },
        '/from',
      ),
    );
  }
  const crowded = stepsFrom(occupied, change.from).find((step) => step.fteHundredths > change.fteHundredths);
  if (crowded !== undefined) {
    violations.push(
      violation(
        'occupied-beyond-fte',
        KI_POSTS,
        {
          de: `Am ${crowded.from} sind ${fte(crowded.fteHundredths, 'de')} VZÄ der Stelle besetzt.`,
          en: `On ${crowded.from} ${fte(crowded.fteHundredths, 'en')} FTE of the post are occupied.`,
        },
        '/fteHundredths',
      ),
    );
  }
  return violations;
}

export function judgeAbolition(
  post: Post,
  on: CalendarDate,
  occupied: readonly Step[],
  role: Role | TechnicalRole,
): Violation[] {
  const latest = latestPhase(post);
  const violations: Violation[] = [];
  if ((role === 'school_ministry') !== (latest.funder === 'school_ministry')) {
    violations.push(violation('not-this-ministry', 'KI-Richtlinie', OTHER_MINISTRY));
  }
  if (!on.isAfter(latest.from)) {
    violations.push(
      violation(
        'end-before-start',
        null,
        {
          de: `Die Stelle besteht in dieser Form seit ${latest.from} und endet frühestens am Tag danach.`,
          en: `The post exists in this form since ${latest.from} and ends on the day after at the earliest.`,
        },
        '/on',
      ),
    );
  }
  const taken = stepsFrom(occupied, on).find((step) => step.fteHundredths > 0);
  if (taken !== undefined) {
    violations.push(
      violation(
        'still-occupied',
        null,
        {
          de: `Die Stelle ist am ${taken.from} noch besetzt; zuerst endet die Besetzung.`,
          en: `The post is still occupied on ${taken.from}; the occupancy ends first.`,
        },
        '/on',
      ),
    );
  }
  return violations;
}

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
          de: `Die Besetzung beginnt am ${claim.occupiedFrom} und kann nicht davor oder am selben Tag enden.`,
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
          de: `Die Stelle besteht erst seit ${post.establishedOn}.`,
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
          de: `Die Stelle ist ab ${post.abolishedOn} abgeschafft.`,
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
          de: `Am ${crowded.day} wären ${fte(crowded.occupied, 'de')} von ${fte(crowded.established, 'de')} VZÄ der Stelle besetzt.`,
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

/** The steps that count on a day or later; the one under way on the day counts from that day. */
function stepsFrom(steps: readonly Step[], day: CalendarDate): Step[] {
  const current = steps.filter(({ from }) => !from.isAfter(day)).at(-1);
  const later = steps.filter(({ from }) => from.isAfter(day));
  return current === undefined ? later : [{ ...current, from: day }, ...later];
}

function judgeSize(fteHundredths: number, pointer: string): Violation[] {
  return fteHundredths > 0 ? [] : [violation('fte-not-positive', null, NOT_POSITIVE, pointer)];
}

/** 50 reads 0,50 in German and 0.50 in English. */
export function fte(hundredths: number, language: 'de' | 'en'): string {
  const digits = String(hundredths).padStart(3, '0');
  return `${digits.slice(0, -2)}${language === 'de' ? ',' : '.'}${digits.slice(-2)}`;
}

const closedSince = (day: CalendarDate): Text => ({
  de: `Das Zentrum ist ab ${day} geschlossen.`,
  en: `The centre is closed from ${day}.`,
});
const NOT_POSITIVE: Text = {
  de: 'Ein Stellenanteil ist größer als null.',
  en: 'A share of a post is greater than zero.',
};
const TEACHERS: Text = {
  de: 'Lehrkräfte ordnet das Schulministerium ab, und nur sie.',
  en: 'Teachers, and only they, are seconded by the school ministry.',
};
const OTHER_MINISTRY: Text = {
  de: 'Über diese Stelle entscheidet das andere Ministerium.',
  en: 'The other ministry decides about this post.',
};
const ONE_PERSON: Text = {
  de: 'Eine Person besetzt an keinem Tag mehr als eine volle geförderte Stelle (1,00 VZÄ).',
  en: 'A person occupies no more than one full funded post (1.00 FTE) on any day.',
};
const PSEUDONYM_FORM: Text = {
  de: 'Ein Pseudonym hat 6 bis 40 Buchstaben, Ziffern und Bindestriche, darunter mindestens zwei Ziffern; nie einen Namen.',
  en: 'A pseudonym has 6 to 40 letters, digits and hyphens with at least two digits; never a name.',
};
