import { weakest } from '../kernel/confidence.js';
import type { DerivationStep } from '../kernel/derivation.js';
import { Fraction } from '../kernel/fraction.js';
import { yearPeriod } from '../kernel/funding-year.js';
import { Period } from '../kernel/period.js';
import type { Text } from '../kernel/violation.js';
import {
  fundedPost,
  sourceOf,
  type ExactLine,
  type FundingFacts,
  type PostClaim,
} from './funding-facts.rules.js';
import type { PostCategory, RateFacts } from './guideline.rules.js';
import { occupiedTime } from './occupied-share.rules.js';
import { piecesByRate } from './rates.rules.js';

/**
 * The most a post can bring in a year: rate × FTE / the FTE of the rate × occupied share, exact. Under a fixed amount
 * that is the grant itself, under every other financing type its ceiling. Where a rate changes within the year, each
 * counts for its own days; a month begun counts for the earlier one.
 */
export function ceilingOf(
  post: PostClaim,
  facts: FundingFacts,
): { line: ExactLine; steps: DerivationStep[] } {
  const { version, hostType, fundingYear } = facts;
  const { key, category } = post;
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
  const source = sourceOf(fundedPost(version.posts, hostType, category));
  const inKind = version.rates.some((rate) => rate.category === category && rate.inKind);
  return { line: { key, category, fundingYear, source, inKind, exact }, steps };
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
      de: `${categoryWords[post.category].de}: Satz × VZÄ ÷ VZÄ des Satzes × besetzter Anteil des Jahres`,
      en: `${categoryWords[post.category].en}: rate × FTE ÷ FTE of the rate × occupied share of the year`,
    },
    rule: `${version.financingType}.${version.shareRule}`,
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
      { name: 'rateSource', value: rate.source },
      { name: 'rateConfidence', value: rate.confidence },
      ...(counted === of ? [] : [{ name: 'shareRuleConfidence', value: version.shareRuleConfidence }]),
    ],
    result: amount.toString(),
  };
}

export const categoryWords: Readonly<Record<PostCategory, Text>> = {
  specialist: { de: 'Fachkraft', en: 'specialist' },
  assistant: { de: 'Verwaltungsassistenz', en: 'administrative assistant' },
  teacher: { de: 'abgeordnete Lehrkraft', en: 'seconded teacher' },
};
