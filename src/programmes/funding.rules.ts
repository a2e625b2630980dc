import { apportionFractions } from '../kernel/allocate.js';
import { weakest } from '../kernel/confidence.js';
import type { DerivationStep } from '../kernel/derivation.js';
import { ruleViolated } from '../kernel/failure.js';
import { Fraction } from '../kernel/fraction.js';
import { yearPeriod, type FundingYear } from '../kernel/funding-year.js';
import { Money } from '../kernel/money.js';
import { Period } from '../kernel/period.js';
import { violation, type Text, type Violation } from '../kernel/violation.js';
import type { FundedPost, GuidelineFacts, HostType, PostCategory, RateFacts } from './guideline.rules.js';
import { occupiedShare, occupiedTime } from './occupied-share.rules.js';
import { piecesByRate } from './rates.rules.js';

/** Whose money, or whose staff, a state grant consists of. */
export const stateSources = ['state_integration', 'state_school'] as const;
export type StateSource = (typeof stateSources)[number];

/** A post asked for: how much of it, and when it is occupied. `key` is the caller's own, unique among the posts. */
export interface PostClaim {
  readonly key: string;
  readonly category: PostCategory;
  readonly fteHundredths: number;
  readonly occupied: Period;
}

export interface FundingFacts {
  readonly version: Pick<
    GuidelineFacts,
    | 'id'
    | 'title'
    | 'legalInstrument'
    | 'financingType'
    | 'shareRule'
    | 'shareRuleConfidence'
    | 'rounding'
    | 'posts'
    | 'rates'
  >;
  readonly hostType: HostType;
  readonly fundingYear: FundingYear;
  readonly posts: readonly PostClaim[];
}

export interface FundingLine {
  readonly key: string;
  readonly category: PostCategory;
  readonly fundingYear: FundingYear;
  readonly source: StateSource;
  /** Seconded staff: counted in the split, never paid. */
  readonly inKind: boolean;
  readonly amount: Money;
}

export interface FundingTotal {
  readonly source: StateSource;
  readonly inKind: boolean;
  readonly amount: Money;
}

export interface Funding {
  readonly lines: readonly FundingLine[];
  readonly totals: readonly FundingTotal[];
  readonly derivation: readonly DerivationStep[];
}

/** One post with its exact, not yet rounded amount in cents. */
interface ExactLine extends Omit<FundingLine, 'amount'> {
  readonly exact: Fraction;
}

/**
 * What the state gives for the posts of one funding year, with every step of the reckoning.
 *
 * Fixed amount: rate × FTE / the FTE of the rate × occupied share of the year. Rounded once per year and source, half
 * away from zero; the posts get the cents by largest remainder, so that they sum to the notice.
 * Where a rate changes within the year, each rate counts for its own days; a month begun counts for the earlier rate.
 *
 * @throws Failure 422 with every fact that is missing (`judgeFacts`): a calculation never guesses.
 */
export function calculateGrant(facts: FundingFacts): Funding {
  const missing = judgeFacts(facts);
  if (missing.length > 0) {
    throw ruleViolated(missing);
  }
  const posts = facts.posts.map((post) => fixedAmount(post, facts));
  const derivation = posts.flatMap(({ steps }) => steps);
  const lines: FundingLine[] = [];
  const totals: FundingTotal[] = [];
  for (const source of stateSources) {
    const own = posts.map(({ line }) => line).filter((line) => line.source === source);
    const [first] = own;
    if (first === undefined) continue;
    const rounded = roundOnce(own, source, facts);
    lines.push(...rounded.lines);
    totals.push({ source, inKind: first.inKind, amount: rounded.total });
    derivation.push(...rounded.steps);
  }
  return { lines, totals, derivation };
}

/** What a calculation needs and does not find: all of it at once. */
export function judgeFacts({ version, hostType, fundingYear, posts }: FundingFacts): Violation[] {
  const basis = version.legalInstrument;
  const violations: Violation[] = [];
  if (version.financingType !== 'fixed_amount') {
    violations.push(
      violation('financing-type-not-computable', basis, {
        de: `Die Finanzierungsart ${version.financingType} braucht Ausgaben, die hier nicht vorliegen.`,
        en: `The financing type ${version.financingType} needs expenditure that is not given here.`,
      }),
    );
  }
  posts.forEach(({ key, category, occupied }, index) => {
    if (posts.findIndex((other) => other.key === key) !== index) {
      throw new RangeError(`Two posts share the key ${key}`);
    }
    if (fundedPost(version.posts, hostType, category) === null) {
      violations.push(notFunded(basis, hostType, index));
      return;
    }
    const part = occupied.intersect(yearPeriod(fundingYear));
    const gap =
      part === null
        ? undefined
        : piecesByRate(part, version.rates, category).find(({ rate }) => rate === null);
    if (gap !== undefined) {
      violations.push(
        violation(
          'rate-missing',
          basis,
          {
            de: `Für ${words[category].de} ist ab ${gap.period.from} kein Fördersatz hinterlegt.`,
            en: `No rate is recorded for ${words[category].en} from ${gap.period.from}.`,
          },
          `/posts/${index}`,
        ),
      );
    }
  });
  return violations;
}

/** Whether the posts stay within what the guideline funds per host type: on every day, and over the whole year. */
export function judgePosts({ version, hostType, fundingYear, posts }: FundingFacts): Violation[] {
  const categories = [...new Set(posts.map(({ category }) => category))];
  return categories.flatMap((category) => {
    const funded = fundedPost(version.posts, hostType, category);
    const own = posts.filter((post) => post.category === category);
    const first = posts.findIndex((post) => post.category === category);
    if (funded === null) {
      return [notFunded(version.legalInstrument, hostType, first)];
    }
    const year = Fraction.sum(
      own.map(({ fteHundredths, occupied }) =>
        Fraction.of(fteHundredths).times(occupiedShare(occupied, fundingYear, version.shareRule)),
      ),
    );
    const most = Math.max(...own.map(({ occupied }) => fteOn(own, occupied.from)));
    if (most <= funded.fteHundredths && year.compare(Fraction.of(funded.fteHundredths)) <= 0) {
      return [];
    }
    return [
      violation(
        'posts-above-guideline',
        version.legalInstrument,
        {
          de: `Gefördert werden höchstens ${hundredths(funded.fteHundredths, ',')} VZÄ für ${words[category].de}.`,
          en: `At most ${hundredths(funded.fteHundredths, '.')} FTE are funded for ${words[category].en}.`,
        },
        `/posts/${first}`,
      ),
    ];
  });
}

/** The one place a financing type differs: what one post yields before rounding. */
function fixedAmount(post: PostClaim, facts: FundingFacts): { line: ExactLine; steps: DerivationStep[] } {
  const { version, hostType, fundingYear } = facts;
  const { key, category } = post;
  const funded = fundedPost(version.posts, hostType, category);
  const part = post.occupied.intersect(yearPeriod(fundingYear));
  const pieces = part === null ? [] : piecesByRate(part, version.rates, category);
  const steps: DerivationStep[] = [];
  let exact = Fraction.zero;
  for (const { period, rate } of pieces) {
    if (rate === null || part === null) continue;
    const counted = countedUpTo(part, period.to, facts) - countedUpTo(part, period.from, facts);
    const { of } = occupiedTime(part, fundingYear, version.shareRule);
    const amount = perFte(rate, post.fteHundredths).times(Fraction.of(counted, of));
    exact = exact.plus(amount);
    steps.push(pieceStep({ post, rate, period, counted, of, amount }, version));
  }
  const inKind = version.rates.some((rate) => rate.category === category && rate.inKind);
  return { line: { key, category, fundingYear, source: sourceOf(funded), inKind, exact }, steps };
}

/** Units from the beginning of the part up to a day, so that pieces add up to the whole under every share rule. */
function countedUpTo(part: Period, day: Period['to'], { fundingYear, version }: FundingFacts): number {
  if (day !== null && !part.from.isBefore(day)) return 0;
  return occupiedTime(Period.of(part.from, day), fundingYear, version.shareRule).counted;
}

function perFte(rate: RateFacts, fteHundredths: number): Fraction {
  return Fraction.of(rate.amount.cents).times(Fraction.of(fteHundredths, rate.perFteHundredths));
}

interface Piece {
  readonly post: PostClaim;
  readonly rate: RateFacts;
  readonly period: Period;
  readonly counted: number;
  readonly of: number;
  readonly amount: Fraction;
}

function pieceStep(
  { post, rate, period, counted, of, amount }: Piece,
  version: FundingFacts['version'],
): DerivationStep {
  // Over a full year every share rule gives one, so there is nothing to doubt about it.
  const doubts = counted === of ? [rate.confidence] : [rate.confidence, version.shareRuleConfidence];
  return {
    label: {
      de: `${words[post.category].de}: Satz × VZÄ ÷ VZÄ des Satzes × besetzter Anteil des Jahres`,
      en: `${words[post.category].en}: rate × FTE ÷ FTE of the rate × occupied share of the year`,
    },
    rule: `fixed_amount.${version.shareRule}`,
    basis: version.legalInstrument,
    confidence: weakest(doubts),
    operands: [
      { name: 'post', value: post.key },
      { name: 'rateCents', value: rate.amount.toString() },
      { name: 'fteHundredths', value: String(post.fteHundredths) },
      { name: 'perFteHundredths', value: String(rate.perFteHundredths) },
      { name: 'occupiedFrom', value: period.from.toString() },
      { name: 'occupiedTo', value: period.to?.toString() ?? '' },
      { name: 'occupiedUnits', value: String(counted) },
      { name: 'unitsOfYear', value: String(of) },
    ],
    result: amount.toString(),
  };
}

/** Rounds the sum of a source once and hands its cents to the posts. */
function roundOnce(
  own: readonly ExactLine[],
  source: StateSource,
  { version }: FundingFacts,
): { lines: FundingLine[]; total: Money; steps: DerivationStep[] } {
  const sum = Fraction.sum(own.map(({ exact }) => exact));
  const total = Money.ofCents(sum.roundHalfAwayFromZero());
  const parts = apportionFractions(total, new Map(own.map(({ key, exact }) => [key, exact])));
  const lines = own.map(({ exact: _, ...line }) => ({ ...line, amount: parts.get(line.key) ?? Money.zero }));
  const steps: DerivationStep[] = [
    {
      label: {
        de: `Summe ${sourceWords[source].de}, einmal kaufmännisch auf Cent gerundet`,
        en: `Sum of ${sourceWords[source].en}, rounded once to a cent, half away from zero`,
      },
      rule: version.rounding,
      basis: null,
      confidence: 'assumed',
      operands: own.map(({ key, exact }) => ({ name: key, value: exact.toString() })),
      result: total.toString(),
    },
    {
      label: {
        de: 'Verteilung der Cent auf die Stellen nach größten Resten',
        en: 'The cents handed to the posts by largest remainder',
      },
      rule: 'largest_remainder',
      basis: null,
      confidence: 'assumed',
      operands: lines.map(({ key, amount }) => ({ name: key, value: amount.toString() })),
      result: total.toString(),
    },
  ];
  return { lines, total, steps };
}

const words: Readonly<Record<PostCategory, Text>> = {
  specialist: { de: 'Fachkraft', en: 'specialist' },
  assistant: { de: 'Verwaltungsassistenz', en: 'administrative assistant' },
  teacher: { de: 'abgeordnete Lehrkraft', en: 'seconded teacher' },
};

const sourceWords: Readonly<Record<StateSource, Text>> = {
  state_integration: { de: 'Integrationsministerium', en: 'integration ministry' },
  state_school: { de: 'Schulministerium', en: 'school ministry' },
};

function fundedPost(
  posts: readonly FundedPost[],
  hostType: HostType,
  category: PostCategory,
): FundedPost | null {
  return posts.find((post) => post.hostType === hostType && post.category === category) ?? null;
}

function sourceOf(funded: FundedPost | null): StateSource {
  return funded?.funder === 'school_ministry' ? 'state_school' : 'state_integration';
}

function notFunded(basis: string, hostType: HostType, index: number): Violation {
  return violation(
    'category-not-funded',
    basis,
    {
      de: `Diese Stellenart wird bei einem Zentrum der Art „${hostType}“ nicht gefördert.`,
      en: `This kind of post is not funded at a centre of type "${hostType}".`,
    },
    `/posts/${index}/category`,
  );
}

function fteOn(posts: readonly PostClaim[], day: Period['from']): number {
  return posts
    .filter(({ occupied }) => occupied.contains(day))
    .reduce((sum, post) => sum + post.fteHundredths, 0);
}

/** 350 as 3.50, without a float. */
function hundredths(value: number, point: string): string {
  const digits = String(value).padStart(3, '0');
  return `${digits.slice(0, -2)}${point}${digits.slice(-2)}`;
}
