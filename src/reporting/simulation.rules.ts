import { CalendarDate } from '../kernel/calendar-date.js';
import { yearPeriod, type FundingYear } from '../kernel/funding-year.js';
import type { CentreId } from '../kernel/ids.js';
import { Money } from '../kernel/money.js';
import { type Period } from '../kernel/period.js';
import type { Violation } from '../kernel/violation.js';
import type { FundingFacts, PostClaim } from '../programmes/funding-facts.rules.js';
import { calculateGrant, judgeFacts } from '../programmes/funding.rules.js';
import type { GuidelineFacts, HostType } from '../programmes/guideline.rules.js';
import { expected, fullyPosted, withinPosts, type ExpectedCost } from './simulated-posts.rules.js';

/** Posts as they are recorded for the centre, or every post the version would fund. */
export const postBases = ['recorded', 'funded'] as const;
export type PostBasis = (typeof postBases)[number];

/** Where the posts of a centre and year come from. */
export const postOrigins = ['established', 'granted', 'granted_before', 'guideline'] as const;
export type PostOrigin = (typeof postOrigins)[number];

/** A post of a centre in a year, before anybody says which version it is reckoned under. */
export type SimulatedPost = Pick<PostClaim, 'category' | 'fteHundredths' | 'occupied'>;

export interface SimulatedCentre {
  readonly id: CentreId;
  readonly ags: string;
  readonly name: string;
  readonly hostType: HostType;
  readonly open: Period;
  /** Of each year in which any are known. */
  readonly posts: ReadonlyMap<
    number,
    { readonly origin: PostOrigin; readonly posts: readonly SimulatedPost[] }
  >;
}

/** What parliament and ministry gave for the programme; null where nobody has decided yet. */
export interface YearBudget {
  readonly appropriated: Money | null;
  readonly allotted: Money | null;
}

export interface SimulationFacts {
  readonly draft: GuidelineFacts;
  /** The binding versions of the same programme, without the draft itself. */
  readonly inForce: readonly GuidelineFacts[];
  readonly years: readonly FundingYear[];
  readonly centres: readonly SimulatedCentre[];
  readonly basis: PostBasis;
  readonly costs: readonly ExpectedCost[];
  readonly budgets: ReadonlyMap<number, YearBudget>;
}

/** Money and seconded staff that one version gives, in cents. */
export interface Given {
  readonly money: Money;
  readonly inKind: Money;
}

export interface CentreYear {
  readonly fundingYear: FundingYear;
  readonly origin: PostOrigin;
  /** Null where that side has no guideline or lacks what the reckoning needs. */
  readonly now: Given | null;
  readonly then: Given | null;
  readonly difference: Money | null;
}

export const simulationOutcomes = ['winner', 'loser', 'unchanged', 'not_computable'] as const;
export type SimulationOutcome = (typeof simulationOutcomes)[number];

export interface SimulatedResult {
  readonly centre: SimulatedCentre;
  readonly outcome: SimulationOutcome;
  readonly years: readonly CentreYear[];
}

export interface YearTotal {
  readonly fundingYear: FundingYear;
  readonly centres: number;
  readonly now: Given | null;
  readonly then: Given | null;
  readonly budget: YearBudget;
}

/** Something that kept a year from being reckoned, once for all centres it concerns. */
export interface Obstacle {
  readonly fundingYear: FundingYear;
  readonly side: 'now' | 'then';
  readonly violation: Violation;
}

export interface Simulation {
  readonly results: readonly SimulatedResult[];
  readonly totals: readonly YearTotal[];
  readonly obstacles: readonly Obstacle[];
}

type Reckoned = Given | { readonly missing: readonly Violation[] };

/**
 * A draft beside what is in force, for real centres and years. In a year whose first day of funding the draft covers it
 * takes the place of the version in force; elsewhere both sides are the same. Centres whose posts and days agree are
 * reckoned once.
 */
export function simulate(facts: SimulationFacts): Simulation {
  const known = new Map<string, Reckoned>();
  const obstacles: Obstacle[] = [];
  const reckon = (year: FundingYear, side: Obstacle['side'], claim: Claim): Given | null => {
    const reckoned = reckonOnce(known, claim, facts);
    if (!('missing' in reckoned)) return reckoned;
    for (const violation of reckoned.missing) {
      const said = obstacles.some(
        (one) =>
          one.fundingYear === year && one.side === side && one.violation.detail.de === violation.detail.de,
      );
      if (!said) obstacles.push({ fundingYear: year, side, violation });
    }
    return null;
  };
  const results = facts.centres.map((centre) => {
    const years = facts.years.flatMap((year) => centreYear(centre, year, facts, reckon) ?? []);
    return { centre, outcome: outcomeOf(years), years };
  });
  return { results, totals: facts.years.map((year) => totalOf(year, results, facts)), obstacles };
}

interface Claim {
  readonly version: GuidelineFacts | null;
  readonly hostType: HostType;
  readonly year: FundingYear;
  readonly posts: readonly SimulatedPost[] | null;
  readonly open: Period;
}

type Reckon = (year: FundingYear, side: Obstacle['side'], claim: Claim) => Given | null;

function centreYear(
  centre: SimulatedCentre,
  year: FundingYear,
  { draft, inForce, basis }: SimulationFacts,
  reckon: Reckon,
): CentreYear | null {
  const open = centre.open.intersect(yearPeriod(year));
  if (open === null) return null;
  const recorded = basis === 'recorded' ? (centre.posts.get(year) ?? null) : null;
  const posts = recorded?.posts ?? null;
  const first = firstDay(posts, open);
  const current = inForce.find(({ validity }) => validity.contains(first)) ?? null;
  const next = draft.validity.contains(first) ? draft : current;
  const claim = { hostType: centre.hostType, year, posts, open };
  const now = reckon(year, 'now', { ...claim, version: current });
  const then = next === current ? now : reckon(year, 'then', { ...claim, version: next });
  const difference = now === null || then === null ? null : then.money.minus(now.money);
  return { fundingYear: year, origin: recorded?.origin ?? 'guideline', now, then, difference };
}

/** The guideline in force on the first funded day of the year governs all of it. */
function firstDay(posts: readonly SimulatedPost[] | null, open: Period): CalendarDate {
  const starts = (posts ?? []).map(({ occupied }) => CalendarDate.max(occupied.from, open.from));
  return starts.reduce((a, b) => CalendarDate.min(a, b), starts[0] ?? open.from);
}

function reckonOnce(known: Map<string, Reckoned>, claim: Claim, facts: SimulationFacts): Reckoned {
  const key = keyOf(claim);
  const found = known.get(key);
  if (found !== undefined) return found;
  const reckoned = reckonClaim(claim, facts);
  known.set(key, reckoned);
  return reckoned;
}

function keyOf({ version, hostType, year, posts, open }: Claim): string {
  const of = ({ from, to }: Period) => `${from} ${to ?? ''}`;
  const stated = posts?.map((post) => `${post.category} ${post.fteHundredths} ${of(post.occupied)}`);
  return [version?.id, hostType, year, of(open), stated?.join(';') ?? '-'].join('|');
}

function reckonClaim({ version, hostType, year, posts, open }: Claim, facts: SimulationFacts): Reckoned {
  if (version === null) return { missing: [noGuideline(year, facts)] };
  const asked = posts === null ? fullyPosted(version, hostType, open) : withinPosts(version, hostType, posts);
  const claims = expected(asked, facts.costs, year).map((post, index) => ({
    ...post,
    key: String(index + 1),
  }));
  const funding: FundingFacts = {
    // Without costs the question is what a version gives at most, and that is its ceiling whatever the financing type.
    version: facts.costs.length === 0 ? { ...version, financingType: 'fixed_amount' } : version,
    ...{ hostType, fundingYear: year, posts: claims },
  };
  const missing = judgeFacts(funding);
  if (missing.length > 0) return { missing };
  const { totals } = calculateGrant(funding);
  const sum = (inKind: boolean) =>
    Money.sum(totals.flatMap((total) => (total.inKind === inKind ? total.amount : [])));
  return { money: sum(false), inKind: sum(true) };
}

function noGuideline(year: FundingYear, { draft }: SimulationFacts): Violation {
  return {
    code: 'no-guideline-in-force',
    basis: null,
    detail: {
      de: `Für das Programm ${draft.programme} gilt im Haushaltsjahr ${year} keine Richtlinie.`,
      en: `No guideline of the programme ${draft.programme} is in force in the funding year ${year}.`,
    },
    pointer: null,
  };
}

/** By the money of all years in which both sides can be reckoned. */
function outcomeOf(years: readonly CentreYear[]): SimulationOutcome {
  const differences = years.flatMap(({ difference }) => difference ?? []);
  if (differences.length === 0) return 'not_computable';
  const sum = Money.sum(differences);
  if (sum.isZero()) return 'unchanged';
  return sum.isNegative() ? 'loser' : 'winner';
}

function totalOf(
  year: FundingYear,
  results: readonly SimulatedResult[],
  { budgets }: SimulationFacts,
): YearTotal {
  const own = results.flatMap(({ years }) => years.filter(({ fundingYear }) => fundingYear === year));
  const side = (of: (one: CentreYear) => Given | null): Given | null => {
    const given = own.map(of);
    const whole = given.filter((one) => one !== null);
    // A total with a hole in it would look like a small one.
    if (whole.length < given.length || given.length === 0) return null;
    return {
      money: Money.sum(whole.map(({ money }) => money)),
      inKind: Money.sum(whole.map(({ inKind }) => inKind)),
    };
  };
  return {
    ...{
      fundingYear: year,
      centres: own.length,
      now: side(({ now }) => now),
      then: side(({ then }) => then),
    },
    budget: budgets.get(year) ?? { appropriated: null, allotted: null },
  };
}
