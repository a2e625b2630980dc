import { CalendarDate } from '../../kernel/calendar-date.js';
import type { DerivationStep } from '../../kernel/derivation.js';
import { Money } from '../../kernel/money.js';
import { violation, type Violation } from '../../kernel/violation.js';
import { sourceWords, type FundingSource } from '../../financing/plan.rules.js';
import { stateSources } from '../../programmes/funding-facts.rules.js';
import { calculateGrant } from '../../programmes/funding.rules.js';
import type { PostCategory } from '../../programmes/guideline.rules.js';
import { expenditureOfSeveralYears } from '../application/application.rules.js';
import { judgeSpan, stepsOfYears, type GrantPeriod } from '../application/funding-years.rules.js';
import type { NewAmountWish } from './act.rules.js';
import type { DecidedYear } from './replay.rules.js';

/** A post as an amendment states it anew. */
export interface AmendedPost {
  readonly position: number;
  readonly category: PostCategory;
  readonly fteHundredths: number;
  readonly occupiedFrom: CalendarDate;
  readonly occupiedTo: CalendarDate;
  readonly expenditure: Money | null;
}

/** Each place once, each post for some time, its expenditure for one year, and all within the years one may promise. */
export function judgeAmendedPosts(posts: readonly AmendedPost[], period: GrantPeriod): Violation[] {
  const found = posts.flatMap(({ position, occupiedFrom, occupiedTo, expenditure }, index) => {
    const at = `/posts/${String(index)}`;
    const twice = posts.findIndex((post) => post.position === position) !== index;
    const empty = !occupiedFrom.isBefore(occupiedTo);
    const several = !empty && occupiedTo.plusDays(-1).year > occupiedFrom.year;
    return [
      ...(twice
        ? [
            violation(
              'post-named-twice',
              null,
              {
                de: `Stelle ${String(position)} ist doppelt genannt.`,
                en: `Post ${String(position)} is named twice.`,
              },
              `${at}/position`,
            ),
          ]
        : []),
      ...(empty
        ? [
            violation(
              'post-without-time',
              null,
              {
                de: `Stelle ${String(position)} endet, bevor sie beginnt.`,
                en: `Post ${String(position)} ends before it begins.`,
              },
              `${at}/occupiedTo`,
            ),
          ]
        : []),
      ...(several && expenditure !== null
        ? [expenditureOfSeveralYears(position, `${at}/expenditureCents`)]
        : []),
    ];
  });
  return [...found, ...judgeSpan(period)];
}

/** One year as decisions freeze it. */
export interface FrozenYear {
  readonly fundingYear: number;
  readonly guideline: object;
  readonly otherIncome: { readonly ownCents: number; readonly thirdPartyCents: number };
}

/** What a decision froze, in the form with a list of years. */
export interface FrozenGrant {
  readonly application: { readonly periodFrom: string; readonly periodTo: string };
  readonly years: readonly FrozenYear[];
}

/** Reads what a decision froze; the first form of it knew one year, and is brought into the second. */
export function frozenGrant(inputs: string): FrozenGrant {
  const frozen = JSON.parse(inputs) as FrozenGrant | (Omit<FrozenGrant, 'years'> & FrozenYear);
  if ('years' in frozen) return frozen;
  const { guideline, otherIncome, ...rest } = frozen;
  const year = { fundingYear: rest.fundingYear, guideline, otherIncome };
  return { ...rest, ...{ v: 2, years: [year] } };
}

/** The grant period, as far as posts reach beyond it. */
export function amendedPeriod({ application }: FrozenGrant, posts: readonly AmendedPost[]): GrantPeriod {
  const { periodFrom, periodTo } = application;
  return {
    periodFrom: posts.reduce(
      (day, { occupiedFrom }) => CalendarDate.min(day, occupiedFrom),
      CalendarDate.parse(periodFrom),
    ),
    periodTo: posts.reduce(
      (day, { occupiedTo }) => CalendarDate.max(day, occupiedTo),
      CalendarDate.parse(periodTo),
    ),
  };
}

/** What others give, as the amendment states it; where it does not, what was frozen stays. */
export function otherIncomeOf(
  { fundingYear, otherIncome }: Pick<FrozenYear, 'fundingYear' | 'otherIncome'>,
  stated: readonly Pick<NewAmountWish, 'fundingYear' | 'source' | 'amount'>[],
): FrozenYear['otherIncome'] {
  const given = (source: FundingSource) =>
    stated.find((one) => one.source === source && one.fundingYear === fundingYear)?.amount.toJSON();
  return {
    ownCents: given('municipal') ?? otherIncome.ownCents,
    thirdPartyCents: given('third_party') ?? otherIncome.thirdPartyCents,
  };
}

/** What the frozen rules of each year give; a year that gets no post gives nothing. */
export function wishesOfYears(years: readonly DecidedYear[]): {
  readonly wishes: NewAmountWish[];
  readonly steps: DerivationStep[];
} {
  const reckoned = years.map(({ fundingYear, facts }) => ({
    ...{ fundingYear, version: facts.version, funding: calculateGrant(facts) },
  }));
  return {
    wishes: reckoned.flatMap(({ fundingYear, funding: { totals } }) =>
      stateSources.map((source) => ({
        ...{ fundingYear, source, pointer: null },
        amount: totals.find((total) => total.source === source)?.amount ?? Money.zero,
      })),
    ),
    steps: stepsOfYears(reckoned),
  };
}

/** What an act changes, amount by amount, so that nobody has to compare two notices. */
export function changeSteps(
  changes: readonly {
    readonly fundingYear: number;
    readonly source: FundingSource;
    readonly former: Money;
    readonly amount: Money;
  }[],
  basis: string,
): DerivationStep[] {
  return changes.map(({ fundingYear: year, source, former, amount }) => {
    const words = sourceWords[source];
    return {
      label: {
        de: `${words.de} ${String(year)}: bisher ${former.format('de')}, jetzt ${amount.format('de')}`,
        en: `${words.en} ${String(year)}: ${former.format('en')} so far, ${amount.format('en')} now`,
      },
      ...{ rule: 'act.amount', basis, confidence: null },
      operands: [
        { name: 'fundingYear', value: String(year) },
        { name: 'formerCents', value: former.toString() },
        { name: 'newCents', value: amount.toString() },
      ],
      result: amount.minus(former).toString(),
    };
  });
}
