import { CalendarDate } from '../../kernel/calendar-date.js';
import { isFundingYear, yearPeriod, type FundingYear } from '../../kernel/funding-year.js';
import type { GuidelineVersionId } from '../../kernel/ids.js';
import { Money } from '../../kernel/money.js';
import { Period } from '../../kernel/period.js';
import type { DerivationStep } from '../../kernel/derivation.js';
import { violation, type Violation } from '../../kernel/violation.js';
import { judgeStateShares, type PlannedShare } from '../../financing/plan.rules.js';
import type { Funding, FundingFacts, FundingTotal, PostClaim } from '../../programmes/funding-facts.rules.js';
import { calculateGrant, judgeFacts, judgePosts } from '../../programmes/funding.rules.js';

/** No budget is planned further ahead than the medium-term financial plan (§ 31 LHO NRW). */
export const MOST_FUNDING_YEARS = 5;

/** The half-open grant period. */
export interface GrantPeriod {
  readonly periodFrom: CalendarDate;
  readonly periodTo: CalendarDate;
}

type PlacedClaim = Pick<PostClaim, 'category' | 'fteHundredths'> & {
  readonly position: number;
  readonly occupiedFrom: CalendarDate;
  readonly occupiedTo: CalendarDate;
  readonly expectedExpenditure?: Money | null;
};

/** What one funding year of a grant period is reckoned on; the version is null where none is in force. */
export interface YearGround<V = FundingFacts['version']> extends Pick<FundingFacts, 'hostType'> {
  readonly fundingYear: FundingYear;
  readonly version: V | null;
}

/** What the rules give for one funding year. */
export interface YearTotals {
  readonly fundingYear: number;
  readonly totals: readonly FundingTotal[];
}

/** The funding years a grant period touches, in order; of a period that is too long, the first ones. */
export function fundingYearsOf({ periodFrom, periodTo }: GrantPeriod): FundingYear[] {
  if (!periodFrom.isBefore(periodTo)) return [];
  const count = periodTo.plusDays(-1).year - periodFrom.year + 1;
  return Array.from(
    { length: Math.min(count, MOST_FUNDING_YEARS) },
    (_, index) => periodFrom.year + index,
  ).filter(isFundingYear);
}

/** The years a call has to be for: those of the period, and the one the applicant named, which may lie beside it. */
export function yearsAskedFor(asked: GrantPeriod & { readonly fundingYear: number }): number[] {
  return [...new Set([asked.fundingYear, ...fundingYearsOf(asked)])].sort((one, other) => one - other);
}

/** A period of more years than may be promised. */
export function judgeSpan({ periodFrom, periodTo }: GrantPeriod): Violation[] {
  if (!periodFrom.isBefore(periodTo)) return [];
  const end = CalendarDate.of(Math.min(periodFrom.year + MOST_FUNDING_YEARS, 9999), 1, 1);
  if (!periodTo.isAfter(end)) return [];
  return [
    violation(
      'period-too-long',
      '§ 31 LHO NRW',
      {
        de: `Der Bewilligungszeitraum umfasst höchstens ${String(MOST_FUNDING_YEARS)} Haushaltsjahre; er endet spätestens am ${end.plusDays(-1).format('de')}.`,
        en: `The grant period spans at most ${String(MOST_FUNDING_YEARS)} funding years; it ends on ${end.plusDays(-1).format('en')} at the latest.`,
      },
      '/periodTo',
    ),
  ];
}

/** The day whose guideline governs a funding year: the first of it that the grant period holds. */
export function governingDay(year: FundingYear, periodFrom: CalendarDate): CalendarDate {
  return CalendarDate.max(periodFrom, yearPeriod(year).from);
}

/** The posts of a funding year, cut down to its days, and keyed by their place in the application. */
export function claimsIn(year: FundingYear, posts: readonly PlacedClaim[]): PostClaim[] {
  return posts.flatMap((post) => {
    const { position, category, fteHundredths, occupiedFrom, occupiedTo, expectedExpenditure } = post;
    const occupied = Period.of(occupiedFrom, occupiedTo).intersect(yearPeriod(year));
    if (occupied === null) return [];
    return [
      {
        ...{ key: String(position), category, fteHundredths, occupied },
        expenditure: expectedExpenditure ?? null,
      },
    ];
  });
}

/** The facts of the reckoning of one funding year; other income from the financing plan of that year. */
export function fundingFacts<V extends FundingFacts['version']>(
  { version, hostType, fundingYear }: YearGround<V> & { readonly version: V },
  posts: readonly PlacedClaim[],
  plan: readonly Pick<PlannedShare, 'source' | 'fundingYear' | 'amount'>[],
): FundingFacts & { readonly version: V } {
  const planned = (source: PlannedShare['source']) =>
    plan.find((share) => share.source === source && share.fundingYear === fundingYear)?.amount ?? Money.zero;
  return {
    ...{ version, hostType, fundingYear },
    income: { own: planned('municipal'), thirdParty: planned('third_party') },
    posts: claimsIn(fundingYear, posts),
  };
}

/** Every year of an application against the guideline that governs it, and against its financing plan. */
export function judgeYears(
  posts: readonly PlacedClaim[],
  plan: readonly PlannedShare[],
  grounds: readonly YearGround[],
): Violation[] {
  const several = grounds.length > 1;
  const reckoned: YearTotals[] = [];
  const violations: Violation[] = [];
  for (const { version, ...ground } of grounds) {
    if (version === null) continue;
    const facts = fundingFacts({ ...ground, version }, posts, plan);
    if (facts.posts.length === 0) continue;
    violations.push(...judgeYearFacts(facts, posts, several));
    if (judgeFacts(facts).length === 0) {
      reckoned.push({ fundingYear: ground.fundingYear, totals: calculateGrant(facts).totals });
    }
  }
  return [...violations, ...judgeStateShares(plan, reckoned, several)];
}

/** What is missing for the reckoning of a year, and what its guideline does not fund, said in words that name the year where there are several. */
export function judgeYearFacts(
  facts: FundingFacts,
  posts: readonly PlacedClaim[],
  several: boolean,
): Violation[] {
  const missing = judgeFacts(facts);
  const reported = new Set(missing.map(({ code, pointer }) => `${code} ${String(pointer)}`));
  const above = judgePosts(facts).filter(({ code, pointer }) => !reported.has(`${code} ${String(pointer)}`));
  return [...missing, ...above].map((one) =>
    ofYear(atPlaces(one, facts.posts, posts), facts.fundingYear, several),
  );
}

/** No guideline, no grant: said for each year by the day on which one is looked for. */
export function guidelineMissing(year: FundingYear, periodFrom: CalendarDate): Violation {
  const day = governingDay(year, periodFrom);
  return violation(
    'no-guideline-in-force',
    null,
    {
      de: `Am ${day.format('de')} gilt für dieses Programm keine Richtlinie.`,
      en: `No guideline of this programme is in force on ${String(day)}.`,
    },
    day.equals(periodFrom) ? '/periodFrom' : '/periodTo',
  );
}

/** The steps of all years in order, each year under its heading; a single year needs none. */
export function stepsOfYears(
  years: readonly {
    readonly fundingYear: number;
    readonly version:
      | (Pick<FundingFacts['version'], 'title' | 'legalInstrument'> & { readonly id: GuidelineVersionId })
      | null;
    readonly funding: Pick<Funding, 'derivation'> | null;
  }[],
): DerivationStep[] {
  return years.flatMap(({ fundingYear, version, funding }) => {
    if (funding === null || version === null) return [];
    return years.length === 1
      ? [...funding.derivation]
      : [heading(fundingYear, version), ...funding.derivation];
  });
}

function heading(
  year: number,
  { id, title, legalInstrument }: Pick<FundingFacts['version'], 'id' | 'title' | 'legalInstrument'>,
): DerivationStep {
  return {
    label: {
      de: `Haushaltsjahr ${String(year)} nach: ${title}`,
      en: `Funding year ${String(year)} by: ${title}`,
    },
    ...{ rule: 'funding_year.guideline', basis: legalInstrument, confidence: null },
    operands: [{ name: 'guidelineVersionId', value: id }],
    result: String(year),
  };
}

/** The reckoning of a year sees its own posts only; the applicant knows them by their place in the application. */
function atPlaces(one: Violation, claims: readonly PostClaim[], posts: readonly PlacedClaim[]): Violation {
  if (one.pointer === null) return one;
  const pointer = one.pointer.replace(/^\/posts\/(\d+)/, (_, place: string) => {
    const key = claims[Number(place)]?.key;
    return `/posts/${String(posts.findIndex(({ position }) => String(position) === key))}`;
  });
  return { ...one, pointer };
}

function ofYear(one: Violation, year: number, several: boolean): Violation {
  if (!several) return one;
  const { de, en } = one.detail;
  return { ...one, detail: { de: `${String(year)}: ${de}`, en: `${String(year)}: ${en}` } };
}
