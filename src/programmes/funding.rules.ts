import { apportionFractions } from '../kernel/allocate.js';
import type { DerivationStep } from '../kernel/derivation.js';
import { ruleViolated } from '../kernel/failure.js';
import { Fraction } from '../kernel/fraction.js';
import { yearPeriod } from '../kernel/funding-year.js';
import { Money } from '../kernel/money.js';
import type { Period } from '../kernel/period.js';
import { violation, type Text, type Violation } from '../kernel/violation.js';
import { categoryWords, ceilingOf } from './ceiling.rules.js';
import { financePosts, paidPosts, type FinancedPosts } from './financing-type.rules.js';
import {
  fundedPost,
  stateSources,
  type Coverage,
  type ExactLine,
  type Funding,
  type FundingFacts,
  type FundingLine,
  type FundingTotal,
  type PostClaim,
  type StateSource,
} from './funding-facts.rules.js';
import type { HostType, PostCategory } from './guideline.rules.js';
import { occupiedShare } from './occupied-share.rules.js';
import { piecesByRate } from './rates.rules.js';

/**
 * What the state gives for the posts of one funding year, with every step of the reckoning.
 *
 * The rates give each post its most (`ceilingOf`), the financing type says how much of that is paid (`financePosts`).
 * Rounded once per year and source, half away from zero; the posts get the cents by largest remainder, so that they sum
 * to the notice. Seconded teachers are no money: their value follows the rates alone.
 *
 * @throws Failure 422 with every fact that is missing (`judgeFacts`): a calculation never guesses.
 */
export function calculateGrant(facts: FundingFacts): Funding {
  const missing = judgeFacts(facts);
  if (missing.length > 0) {
    throw ruleViolated(missing);
  }
  const posts = facts.posts.map((post) => ceilingOf(post, facts));
  const ceilings = posts.map(({ line }) => line);
  const financed = financePosts(paidPosts(ceilings, facts.posts), facts);
  const exact = ceilings.map((line) => financed.lines.find(({ key }) => key === line.key) ?? line);
  const derivation = [...posts.flatMap(({ steps }) => steps), ...financed.steps];
  const lines: FundingLine[] = [];
  const totals: FundingTotal[] = [];
  for (const source of stateSources) {
    const own = exact.filter((line) => line.source === source);
    const [first] = own;
    if (first === undefined) continue;
    const rounded = roundOnce(own, source, facts);
    lines.push(...rounded.lines);
    totals.push({ source, inKind: first.inKind, amount: rounded.total });
    derivation.push(...rounded.steps);
  }
  return { lines, totals, coverage: coverageOf(financed.coverage, totals), derivation };
}

/** What a calculation needs and does not find: all of it at once. */
export function judgeFacts(facts: FundingFacts): Violation[] {
  const { version, hostType, posts } = facts;
  const violations: Violation[] = [];
  if (version.financingType === 'proportional' && version.fundedShareHundredths === null) {
    violations.push(
      violation('funded-share-missing', version.legalInstrument, {
        de: 'Welcher Anteil der Ausgaben gefördert wird, ist nicht hinterlegt.',
        en: 'Which share of the expenditure is funded is not recorded.',
      }),
    );
  }
  posts.forEach((post, index) => {
    if (posts.findIndex((other) => other.key === post.key) !== index) {
      throw new RangeError(`Two posts share the key ${post.key}`);
    }
    const funded = fundedPost(version.posts, hostType, post.category);
    if (funded === null) {
      violations.push(notFunded(version.legalInstrument, hostType, index));
      return;
    }
    const missing = rateMissing(post, facts, index);
    if (missing !== null) violations.push(missing);
    const asks = version.financingType !== 'fixed_amount' && funded.funder === 'integration_ministry';
    if (asks && (post.expenditure ?? null) === null) {
      violations.push(expenditureMissing(version.legalInstrument, index));
    }
  });
  return violations;
}

function rateMissing(
  { category, occupied }: PostClaim,
  { version, fundingYear }: FundingFacts,
  index: number,
): Violation | null {
  const part = occupied.intersect(yearPeriod(fundingYear));
  const pieces = part === null ? [] : piecesByRate(part, version.rates, category);
  const gap = pieces.find(({ rate }) => rate === null);
  if (gap === undefined) return null;
  const { period, stated } = gap;
  const [de, en] =
    stated === null ? ['', ''] : [` Gesucht: ${stated.source}.`, ` Looked for: ${stated.source}.`];
  return violation(
    'rate-missing',
    version.legalInstrument,
    {
      de: `Für die Stellenart „${categoryWords[category].de}“ ist ab ${period.from.format('de')} kein Fördersatz hinterlegt.${de}`,
      en: `No rate is recorded for ${categoryWords[category].en} from ${period.from}.${en}`,
    },
    `/posts/${index}`,
  );
}

function expenditureMissing(basis: string, index: number): Violation {
  return violation(
    'expenditure-missing',
    basis,
    {
      de: 'Diese Finanzierungsart rechnet mit den Ausgaben je Stelle; für diese Stelle fehlen sie.',
      en: 'This financing type reckons with the expenditure on each post; for this post it is missing.',
    },
    `/posts/${index}/expectedExpenditureCents`,
  );
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
    if (funded.fteHundredths === null) {
      return [postsMissing(version.legalInstrument, category, first)];
    }
    const most = Math.max(...own.map(({ occupied }) => fteOn(own, occupied.from)));
    if (most <= funded.fteHundredths && year.compare(Fraction.of(funded.fteHundredths)) <= 0) {
      return [];
    }
    return [
      violation(
        'posts-above-guideline',
        version.legalInstrument,
        {
          de: `Gefördert werden höchstens ${hundredths(funded.fteHundredths, ',')} VZÄ für ${categoryWords[category].de}.`,
          en: `At most ${hundredths(funded.fteHundredths, '.')} FTE are funded for ${categoryWords[category].en}.`,
        },
        `/posts/${first}`,
      ),
    ];
  });
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
      confidence: version.roundingConfidence,
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
      confidence: version.roundingConfidence,
      operands: lines.map(({ key, amount }) => ({ name: key, value: amount.toString() })),
      result: total.toString(),
    },
  ];
  return { lines, total, steps };
}

/** Completed by what is granted in money. */
function coverageOf(reach: FinancedPosts['coverage'], totals: readonly FundingTotal[]): Coverage | null {
  if (reach === null) return null;
  const grant = Money.sum(totals.flatMap(({ inKind, amount }) => (inKind ? [] : amount)));
  const gap = Money.max(Money.zero, reach.expenditure.minus(grant).minus(reach.thirdParty));
  return { ...reach, grant, gap };
}

const sourceWords: Readonly<Record<StateSource, Text>> = {
  state_integration: { de: 'Integrationsministerium', en: 'integration ministry' },
  state_school: { de: 'Schulministerium', en: 'school ministry' },
};

function postsMissing(basis: string, category: PostCategory, index: number): Violation {
  return violation(
    'posts-missing',
    basis,
    {
      de: `Wie viele Stellen der Art „${categoryWords[category].de}“ gefördert werden, ist nicht hinterlegt.`,
      en: `How many posts are funded for ${categoryWords[category].en} is not recorded.`,
    },
    `/posts/${index}`,
  );
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
