import type { DerivationStep } from '../kernel/derivation.js';
import { Fraction } from '../kernel/fraction.js';
import { Money } from '../kernel/money.js';
import type { Text } from '../kernel/violation.js';
import { categoryWords } from './ceiling.rules.js';
import type { Coverage, ExactLine, FundingFacts, OtherIncome, PostClaim } from './funding-facts.rules.js';

/** A paid post: what the rates give at most, and what it costs; null where nobody has said. */
export interface PaidPost {
  readonly line: ExactLine;
  readonly expenditure: Money | null;
}

export interface FinancedPosts {
  readonly lines: readonly ExactLine[];
  readonly steps: readonly DerivationStep[];
  /** Null while the expenditure of some post is unknown. */
  readonly coverage: Omit<Coverage, 'grant' | 'gap'> | null;
}

interface Sums {
  readonly ceiling: Fraction;
  /** Null while the expenditure of some post is unknown. */
  readonly expenditure: Fraction | null;
  readonly own: Fraction;
  readonly thirdParty: Fraction;
}

/**
 * What the posts bring under the financing type of the version (VV Nr. 2 zu § 44 LHO), exact, in cents:
 * - fixed amount: what the rates give, and no more than is spent.
 * - full funding: post by post the lesser of expenditure and ceiling (assumed); money of third parties reduces it euro
 *   for euro. What is spent beyond a ceiling is not eligible.
 * - proportional: the funded share of eligible expenditure, up to the ceiling.
 * - deficit: what expenditure leaves after own money and third parties', up to the ceiling.
 */
export function financePosts(posts: readonly PaidPost[], facts: FundingFacts): FinancedPosts {
  const sums = sumsOf(posts, facts.income ?? null);
  const coverage = coverageOf(sums);
  const ceilings = posts.map(({ line }) => line);
  switch (facts.version.financingType) {
    case 'fixed_amount': {
      const { expenditure, ceiling } = sums;
      if (expenditure === null || expenditure.compare(ceiling) >= 0) {
        return { lines: ceilings, steps: [], coverage };
      }
      const steps = [
        step(facts, {
          rule: 'fixed_amount.reduced',
          label: words.reduced,
          operands: { expenditure, ceiling },
          result: expenditure,
        }),
      ];
      return { lines: scaled(ceilings, expenditure), steps, coverage };
    }
    case 'full_funding':
      return { ...fullFunding(posts, sums, facts), coverage };
    case 'proportional': {
      const { expenditure, ceiling } = known(sums);
      const share = Fraction.of(facts.version.fundedShareHundredths ?? 0, 10_000);
      const grant = Fraction.min(expenditure.times(share), ceiling);
      const operands = { expenditure, share, ceiling };
      const steps = [
        step(facts, { rule: 'proportional.share', label: words.proportional, operands, result: grant }),
      ];
      return { lines: scaled(bySpending(posts), grant), steps, coverage };
    }
    case 'deficit': {
      const { expenditure, ceiling, own, thirdParty } = known(sums);
      const deficit = Fraction.max(Fraction.zero, expenditure.minus(own).minus(thirdParty));
      const grant = Fraction.min(deficit, ceiling);
      const operands = { expenditure, own, thirdParty, ceiling };
      const steps = [step(facts, { rule: 'deficit.gap', label: words.deficit, operands, result: grant })];
      return { lines: scaled(bySpending(posts), grant), steps, coverage };
    }
  }
}

function fullFunding(posts: readonly PaidPost[], { thirdParty }: Sums, facts: FundingFacts) {
  const steps: DerivationStep[] = [];
  const lines = posts.map(({ line, expenditure }) => {
    const spent = exactly(expenditure ?? Money.zero);
    const eligible = Fraction.min(spent, line.exact);
    const label = {
      de: `${categoryWords[line.category].de}, Stelle ${line.key}: ${words.eligible.de}`,
      en: `${categoryWords[line.category].en}, post ${line.key}: ${words.eligible.en}`,
    };
    steps.push(
      step(facts, {
        rule: 'full_funding.post',
        label,
        operands: { expenditure: spent, ceiling: line.exact },
        result: eligible,
      }),
    );
    return { ...line, exact: eligible };
  });
  if (thirdParty.compare(Fraction.zero) === 0) return { lines, steps };
  const eligible = Fraction.sum(lines.map(({ exact }) => exact));
  const grant = Fraction.max(Fraction.zero, eligible.minus(thirdParty));
  steps.push(
    step(facts, {
      rule: 'full_funding.other_income',
      label: words.income,
      operands: { eligible, thirdParty },
      result: grant,
    }),
  );
  return { lines: scaled(lines, grant), steps };
}

/** Claims beside their ceilings; what is in kind costs no money and is left out. */
export function paidPosts(lines: readonly ExactLine[], claims: readonly PostClaim[]): PaidPost[] {
  return lines
    .filter(({ inKind }) => !inKind)
    .map((line) => ({
      line,
      expenditure: claims.find(({ key }) => key === line.key)?.expenditure ?? null,
    }));
}

function sumsOf(posts: readonly PaidPost[], income: OtherIncome | null): Sums {
  const spent = posts.flatMap(({ expenditure }) => expenditure ?? []);
  return {
    ceiling: Fraction.sum(posts.map(({ line }) => line.exact)),
    expenditure: spent.length < posts.length ? null : exactly(Money.sum(spent)),
    own: exactly(income?.own ?? Money.zero),
    thirdParty: exactly(income?.thirdParty ?? Money.zero),
  };
}

function coverageOf({ ceiling, expenditure, thirdParty }: Sums): FinancedPosts['coverage'] {
  if (expenditure === null) return null;
  const most = Money.ofCents(ceiling.roundHalfAwayFromZero());
  const spent = Money.ofCents(expenditure.num);
  return {
    ceiling: most,
    expenditure: spent,
    thirdParty: Money.ofCents(thirdParty.num),
    shortfall: Money.max(Money.zero, spent.minus(most)),
  };
}

/** `judgeFacts` has refused whatever lacks its expenditure. */
function known(sums: Sums): Sums & { readonly expenditure: Fraction } {
  const { expenditure } = sums;
  if (expenditure === null) throw new RangeError('A post has no expenditure');
  return { ...sums, expenditure };
}

/** Lines weighted by what they cost. */
function bySpending(posts: readonly PaidPost[]): ExactLine[] {
  return posts.map(({ line, expenditure }) => ({ ...line, exact: exactly(expenditure ?? Money.zero) }));
}

/** The lines in the same proportion, summing to the grant; nothing spent gives nothing. */
function scaled(lines: readonly ExactLine[], grant: Fraction): ExactLine[] {
  const sum = Fraction.sum(lines.map(({ exact }) => exact));
  const factor = sum.compare(Fraction.zero) === 0 ? Fraction.zero : grant.dividedBy(sum);
  return lines.map((line) => ({ ...line, exact: line.exact.times(factor) }));
}

function exactly(amount: Money): Fraction {
  return Fraction.of(amount.cents);
}

interface Said {
  readonly rule: string;
  readonly label: Text;
  readonly operands: Readonly<Record<string, Fraction>>;
  readonly result: Fraction;
}

function step({ version }: FundingFacts, { rule, label, operands, result }: Said): DerivationStep {
  return {
    label,
    rule,
    basis: version.legalInstrument,
    confidence: version.financingTypeConfidence,
    operands: Object.entries(operands).map(([name, value]) => ({
      name: name === 'share' ? 'fundedShare' : `${name}Cents`,
      value: value.toString(),
    })),
    result: result.toString(),
  };
}

const words = {
  reduced: {
    de: 'Festbetrag, gekürzt auf die zuwendungsfähigen Ausgaben',
    en: 'Fixed amount, reduced to the eligible expenditure',
  },
  eligible: {
    de: 'das Kleinere von Ausgaben und Höchstbetrag',
    en: 'the lesser of expenditure and ceiling',
  },
  income: {
    de: 'Vollfinanzierung: zuwendungsfähige Ausgaben abzüglich der Einnahmen von Dritten',
    en: 'Full funding: eligible expenditure less income from third parties',
  },
  proportional: {
    de: 'Anteilfinanzierung: geförderter Anteil der Ausgaben, höchstens der Höchstbetrag',
    en: 'Proportional financing: the funded share of expenditure, at most the ceiling',
  },
  deficit: {
    de: 'Fehlbedarfsfinanzierung: Ausgaben abzüglich eigener und dritter Mittel, höchstens der Höchstbetrag',
    en: 'Deficit financing: expenditure less own and third-party money, at most the ceiling',
  },
} satisfies Readonly<Record<string, Text>>;
