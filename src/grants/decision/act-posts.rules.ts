import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { DerivationStep } from '../../kernel/derivation.js';
import { ruleViolated } from '../../kernel/failure.js';
import { fundingYear } from '../../kernel/funding-year.js';
import { Money } from '../../kernel/money.js';
import { Period } from '../../kernel/period.js';
import { violation, type Violation } from '../../kernel/violation.js';
import { sourceWords, type FundingSource } from '../../financing/plan.rules.js';
import { stateSources, type FundingFacts } from '../../programmes/funding-facts.rules.js';
import { calculateGrant, judgeFacts } from '../../programmes/funding.rules.js';
import type { PostCategory } from '../../programmes/guideline.rules.js';
import type { NewAmountWish } from './act.rules.js';

/** A post as an amendment states it anew. */
export interface AmendedPost {
  readonly position: number;
  readonly category: PostCategory;
  readonly fteHundredths: number;
  readonly occupiedFrom: CalendarDate;
  readonly occupiedTo: CalendarDate;
  readonly expenditure: Money | null;
}

/** Each place once, each post for some time. */
export function judgeAmendedPosts(posts: readonly AmendedPost[]): Violation[] {
  return posts.flatMap(({ position, occupiedFrom, occupiedTo }, index) => {
    const at = `/posts/${String(index)}`;
    const twice = posts.findIndex((post) => post.position === position) !== index;
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
      ...(occupiedFrom.isBefore(occupiedTo)
        ? []
        : [
            violation(
              'post-without-time',
              null,
              {
                de: `Stelle ${String(position)} endet, bevor sie beginnt.`,
                en: `Post ${String(position)} ends before it begins.`,
              },
              `${at}/occupiedTo`,
            ),
          ]),
    ];
  });
}

/** What the frozen guideline gives for other posts, year by year; years that are granted and get no post give nothing. */
export function wishesOfPosts(
  facts: FundingFacts,
  posts: readonly AmendedPost[],
  grantedYears: readonly number[],
): { readonly wishes: NewAmountWish[]; readonly steps: DerivationStep[] } {
  const years = [...new Set([...grantedYears, ...posts.flatMap(yearsOf)])].sort((a, b) => a - b);
  const claims = posts.map(
    ({ position, category, fteHundredths, occupiedFrom, occupiedTo, expenditure }) => ({
      ...{ key: String(position), category, fteHundredths, expenditure },
      occupied: Period.of(occupiedFrom, occupiedTo),
    }),
  );
  const reckoned = years.map((year) => {
    const ofYear = { ...facts, fundingYear: fundingYear(year), posts: within(claims, year) };
    const missing = judgeFacts(ofYear);
    if (missing.length > 0) throw ruleViolated(missing);
    return { year, ...calculateGrant(ofYear) };
  });
  return {
    wishes: reckoned.flatMap(({ year, totals }) =>
      stateSources.map((source) => ({
        ...{ fundingYear: year, source, pointer: null },
        amount: totals.find((total) => total.source === source)?.amount ?? Money.zero,
      })),
    ),
    steps: reckoned.flatMap(({ derivation }) => derivation),
  };
}

/** The posts of a year, as far as they are occupied in it. */
function within(claims: readonly FundingFacts['posts'][number][], year: number): FundingFacts['posts'] {
  return claims.filter(({ occupied }) => occupied.from.year <= year && lastYearOf(occupied) >= year);
}

function yearsOf({ occupiedFrom, occupiedTo }: AmendedPost): number[] {
  const last = occupiedTo.plusDays(-1).year;
  return Array.from({ length: Math.max(0, last - occupiedFrom.year + 1) }, (_, i) => occupiedFrom.year + i);
}

function lastYearOf({ to }: Period): number {
  return to === null ? Number.MAX_SAFE_INTEGER : to.plusDays(-1).year;
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
