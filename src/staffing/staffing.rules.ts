import type { CalendarDate } from '../kernel/calendar-date.js';
import type { CentreId, PostId } from '../kernel/ids.js';
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

export function phaseOn(post: Pick<Post, 'phases'>, day: CalendarDate): Phase | null {
  return post.phases.find(({ from, to }) => Period.of(from, to).contains(day)) ?? null;
}

/** The phase a post is in last. */
export function latestPhase(post: Pick<Post, 'phases'>): Phase {
  const last = post.phases.at(-1);
  if (last === undefined) throw new RangeError('A post has at least one phase');
  return last;
}

/** The number of posts a guideline funds, in its text of 2017. */
export const KI_POSTS = 'Nr. 5.4.1.1 KI-Richtlinie';
export const CENTRES = '§ 8 TIntG NRW';

export function judgeSize(fteHundredths: number, pointer: string): Violation[] {
  return fteHundredths > 0 ? [] : [violation('fte-not-positive', null, NOT_POSITIVE, pointer)];
}

/** 50 reads 0,50 in German and 0.50 in English. */
export function fte(hundredths: number, language: 'de' | 'en'): string {
  const digits = String(hundredths).padStart(3, '0');
  return `${digits.slice(0, -2)}${language === 'de' ? ',' : '.'}${digits.slice(-2)}`;
}

export const closedSince = (day: CalendarDate): Text => ({
  de: `Das Zentrum ist ab ${day.format('de')} geschlossen.`,
  en: `The centre is closed from ${day}.`,
});
const NOT_POSITIVE: Text = {
  de: 'Ein Stellenanteil ist größer als null.',
  en: 'A share of a post is greater than zero.',
};
