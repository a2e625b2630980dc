import { CalendarDate } from '../../kernel/calendar-date.js';
import { canonicalBytes, sha256Hex } from '../../kernel/canonical-json.js';
import { fundingYear } from '../../kernel/funding-year.js';
import type { CentreId, DecisionId, GuidelineVersionId } from '../../kernel/ids.js';
import { Money } from '../../kernel/money.js';
import { Period } from '../../kernel/period.js';
import { stateSources, type FundingFacts, type StateSource } from '../../programmes/funding-facts.rules.js';
import { calculateGrant } from '../../programmes/funding.rules.js';
import type { GuidelineFacts, HostType, PostCategory, StatedRate } from '../../programmes/guideline.rules.js';

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

/** As much of the frozen inputs as the reckoning rests on; written by the drafting of a decision. */
interface FrozenInputs {
  readonly application: { readonly periodFrom: string; readonly centreId: CentreId };
  readonly fundingYear: number;
  readonly hostType: HostType;
  readonly guideline: Omit<FundingFacts['version'], 'rates'> & { readonly rates: readonly FrozenRate[] };
  readonly posts: readonly FrozenPost[];
  readonly otherIncome: { readonly ownCents: number; readonly thirdPartyCents: number };
}

/** A decision's frozen facts: nothing in them is looked up anywhere else. */
export interface DecidedFacts {
  readonly facts: FundingFacts;
  /** Whose guideline governs: the one in force on this day. */
  readonly periodFrom: CalendarDate;
}

/** Reads the canonical text of the frozen inputs back into what the rules take. */
export function decidedFacts(inputs: string): DecidedFacts {
  const frozen = JSON.parse(inputs) as FrozenInputs;
  const { hostType, guideline, posts, otherIncome } = frozen;
  const rates = guideline.rates.map((rate) => ({
    ...rate,
    amount: rate.amount === null ? null : Money.ofCents(rate.amount),
    validFrom: CalendarDate.parse(rate.validFrom),
    validTo: rate.validTo === null ? null : CalendarDate.parse(rate.validTo),
  }));
  return {
    periodFrom: CalendarDate.parse(frozen.application.periodFrom),
    facts: {
      ...{ version: { ...guideline, rates }, hostType, fundingYear: fundingYear(frozen.fundingYear) },
      income: {
        own: Money.ofCents(otherIncome.ownCents),
        thirdParty: Money.ofCents(otherIncome.thirdPartyCents),
      },
      posts: posts.map(({ position, category, fteHundredths, expenditureCents, ...occupied }) => ({
        ...{ key: String(position), category, fteHundredths },
        occupied: Period.of(
          CalendarDate.parse(occupied.occupiedFrom),
          CalendarDate.parse(occupied.occupiedTo),
        ),
        expenditure: expenditureCents === null ? null : Money.ofCents(expenditureCents),
      })),
    },
  };
}

export interface FrozenDecision {
  readonly id: DecisionId;
  readonly inputs: string;
  readonly steps: string;
  readonly sha256: string;
  /** What the decision fixed, in cents, by source; others than the state are not reckoned. */
  readonly decided: ReadonlyMap<string, Money>;
}

/** A released grant with what it froze. */
export interface DecidedGrant extends FrozenDecision {
  readonly centreId: CentreId;
  readonly fundingYear: number;
  readonly fileNumber: string;
  readonly guidelineVersionId: GuidelineVersionId;
  /** Null while its proof of use has not been accepted. */
  readonly settledOn: CalendarDate | null;
}

/** One way in which a decision and its replay differ. */
export interface ReplayFault {
  readonly decisionId: DecisionId;
  readonly what: 'hash' | 'inputs' | StateSource;
  readonly decided: string;
  readonly replayed: string;
}

/** Reckons a decision again from nothing but its frozen inputs: the same cents, or what differs. */
export function replay({ id, inputs, steps, sha256, decided }: FrozenDecision): ReplayFault[] {
  const fault = (what: ReplayFault['what'], was: string, is: string): ReplayFault[] =>
    was === is ? [] : [{ decisionId: id, what, decided: was, replayed: is }];
  const text = Buffer.from(canonicalBytes(JSON.parse(inputs))).toString('utf8');
  const { totals } = calculateGrant(decidedFacts(inputs).facts);
  return [
    ...fault('hash', sha256, sha256Hex(Buffer.from(`${inputs}\n${steps}`))),
    ...fault('inputs', inputs, text),
    ...stateSources.flatMap((source) => {
      const again = totals.find((total) => total.source === source)?.amount ?? Money.zero;
      return fault(source, (decided.get(source) ?? Money.zero).toString(), again.toString());
    }),
  ];
}
