import { CalendarDate } from '../../kernel/calendar-date.js';
import { canonicalBytes, sha256Hex } from '../../kernel/canonical-json.js';
import { fundingYear } from '../../kernel/funding-year.js';
import type { CentreId, DecisionId, GuidelineVersionId } from '../../kernel/ids.js';
import { Money } from '../../kernel/money.js';
import { stateSources, type FundingFacts, type StateSource } from '../../programmes/funding-facts.rules.js';
import { calculateGrant } from '../../programmes/funding.rules.js';
import type {
  GuidelineDraft,
  GuidelineFacts,
  HostType,
  PostCategory,
  StatedRate,
} from '../../programmes/guideline.rules.js';
import { claimsIn, governingDay } from '../application/funding-years.rules.js';

/** What a decision froze of a post: days and cents as JSON has them. */
interface FrozenPost {
  readonly position: number;
  readonly category: PostCategory;
  readonly fteHundredths: number;
  readonly occupiedFrom: string;
  readonly occupiedTo: string;
  readonly expenditureCents: number | null;
}

interface FrozenRate extends Omit<StatedRate, 'amount' | 'validFrom' | 'validTo'> {
  readonly id: GuidelineFacts['rates'][number]['id'];
  readonly amount: number | null;
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** What the proof of a year's use follows from. */
export type ProofRule = Pick<GuidelineDraft, 'proofDueMonth' | 'proofDueDay' | 'proofDueMonths'>;

interface FrozenYear {
  readonly fundingYear: number;
  readonly guideline: Omit<FundingFacts['version'], 'rates'> &
    ProofRule & { readonly rates: readonly FrozenRate[] };
  readonly otherIncome: { readonly ownCents: number; readonly thirdPartyCents: number };
}

/**
 * As much of the frozen inputs as the reckoning rests on; written by the drafting of a decision. The first form knew
 * one funding year and said what belongs to it at the top; the second has a list of years.
 */
type FrozenInputs = {
  readonly application: { readonly periodFrom: string };
  readonly hostType: HostType;
  readonly posts: readonly FrozenPost[];
} & (FrozenYear | { readonly v: 2; readonly years: readonly FrozenYear[] });

/** One funding year of a decision as it was frozen: nothing in it is looked up anywhere else. */
export interface DecidedYear {
  readonly fundingYear: number;
  readonly facts: FundingFacts;
  /** Whose guideline governs: the one in force on this day, the first of the year that the grant period holds. */
  readonly periodFrom: CalendarDate;
  readonly proof: ProofRule;
}

/** Reads the canonical text of the frozen inputs back into what the rules take, year by year. */
export function decidedYears(inputs: string): DecidedYear[] {
  const frozen = JSON.parse(inputs) as FrozenInputs;
  const { hostType } = frozen;
  const posts = frozen.posts.map(({ occupiedFrom, occupiedTo, expenditureCents, ...post }) => ({
    ...post,
    ...{ occupiedFrom: CalendarDate.parse(occupiedFrom), occupiedTo: CalendarDate.parse(occupiedTo) },
    expectedExpenditure: expenditureCents === null ? null : Money.ofCents(expenditureCents),
  }));
  const years = 'years' in frozen ? frozen.years : [frozen];
  return years.map(({ fundingYear: number, guideline, otherIncome }) => {
    const year = fundingYear(number);
    const rates = guideline.rates.map((rate) => ({
      ...rate,
      amount: rate.amount === null ? null : Money.ofCents(rate.amount),
      validFrom: CalendarDate.parse(rate.validFrom),
      validTo: rate.validTo === null ? null : CalendarDate.parse(rate.validTo),
    }));
    const income = {
      own: Money.ofCents(otherIncome.ownCents),
      thirdParty: Money.ofCents(otherIncome.thirdPartyCents),
    };
    return {
      fundingYear: year,
      periodFrom: governingDay(year, CalendarDate.parse(frozen.application.periodFrom)),
      proof: guideline,
      facts: {
        ...{ version: { ...guideline, rates }, hostType, fundingYear: year, income },
        posts: claimsIn(year, posts),
      },
    };
  });
}

export interface FrozenDecision {
  readonly id: DecisionId;
  readonly inputs: string;
  readonly steps: string;
  readonly sha256: string;
  /** What the decision fixed, in cents, by year and source; others than the state are not reckoned. */
  readonly decided: readonly DecidedAmount[];
}

export interface DecidedAmount {
  readonly fundingYear: number;
  readonly source: string;
  readonly amount: Money;
}

/** One funding year of a released grant with what was frozen of it. */
export interface DecidedGrant {
  readonly id: DecisionId;
  readonly centreId: CentreId;
  readonly fundingYear: number;
  readonly fileNumber: string;
  readonly guidelineVersionId: GuidelineVersionId;
  /** Null while its proof of use has not been accepted. */
  readonly settledOn: CalendarDate | null;
  readonly facts: FundingFacts;
  readonly periodFrom: CalendarDate;
  /** What the decision fixed for the year, by source. */
  readonly decided: ReadonlyMap<string, Money>;
}

/** One way in which a decision and its replay differ. */
export interface ReplayFault {
  readonly decisionId: DecisionId;
  readonly what: 'hash' | 'inputs' | `${number} ${StateSource}`;
  readonly decided: string;
  readonly replayed: string;
}

/** Reckons a decision again from nothing but its frozen inputs: the same cents in every year, or what differs. */
export function replay({ id, inputs, steps, sha256, decided }: FrozenDecision): ReplayFault[] {
  const fault = (what: ReplayFault['what'], was: string, is: string): ReplayFault[] =>
    was === is ? [] : [{ decisionId: id, what, decided: was, replayed: is }];
  const text = Buffer.from(canonicalBytes(JSON.parse(inputs))).toString('utf8');
  const again = new Map(
    decidedYears(inputs).map(({ fundingYear: year, facts }) => [year, calculateGrant(facts).totals]),
  );
  const years = [...new Set([...again.keys(), ...decided.map(({ fundingYear: year }) => year)])];
  return [
    ...fault('hash', sha256, sha256Hex(Buffer.from(`${inputs}\n${steps}`))),
    ...fault('inputs', inputs, text),
    ...years.flatMap((year) =>
      stateSources.flatMap((source) => {
        const fixed = decided.filter((one) => one.fundingYear === year && one.source === source);
        const reckoned = again.get(year)?.find((total) => total.source === source)?.amount ?? Money.zero;
        const sum = Money.sum(fixed.map(({ amount }) => amount));
        return fault(`${year} ${source}`, sum.toString(), reckoned.toString());
      }),
    ),
  ];
}
