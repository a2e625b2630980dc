import fc from 'fast-check';
import { appropriationPosting, type AppropriationKind } from '../../src/budget/appropriation.rules.js';
import { commitmentStages } from '../../src/budget/authorisation.rules.js';
import { allocationPostings } from '../../src/budget/allocation.rules.js';
import {
  closingPostings,
  openingPostings,
  type LeftOver,
  type PromisedMoney,
} from '../../src/budget/year.rules.js';
import { CalendarDate } from '../../src/kernel/calendar-date.js';
import type { BudgetLineId, CaseId, CentreId } from '../../src/kernel/ids.js';
import { Money } from '../../src/kernel/money.js';
import { step, stepBetween, type Posting } from '../../src/ledger/posting.rules.js';

/** A command as the trade knows it; numbers choose among few lines, years and cases, so that commands meet. */
export type Command =
  | { do: 'appropriate'; kind: AppropriationKind; line: number; year: number; cents: number }
  | { do: 'allot' | 'take back'; line: number; year: number; cents: number }
  | { do: 'authorise'; line: number; year: number; cents: number }
  | { do: 'grant' | 'order' | 'pay' | 'settle'; line: number; year: number; of: number; cents: number }
  | { do: 'open' | 'close'; year: number };

export const LINES = 2;
export const CASES = 3;
export const YEARS = [2016, 2017, 2018];
const TODAY = CalendarDate.of(2016, 6, 1);

const uuid = (kind: number, number: number): string =>
  `0000000${String(kind)}-0000-7000-8000-00000000000${String(number)}`;
/** The same ids in every run; only the first part differs from sequence to sequence. */
export const lineId = (line: number): BudgetLineId => uuid(1, line) as BudgetLineId;
export const caseId = (of: number): CaseId => uuid(2, of) as CaseId;
const centreId = (of: number): CentreId => uuid(3, of) as CentreId;

const line = fc.integer({ min: 0, max: LINES - 1 });
const year = fc.constantFrom(...YEARS);
const of = fc.integer({ min: 0, max: CASES - 1 });
const cents = fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 1_000 }));
const kinds = [
  'initial',
  'supplement',
  'supplement',
  'reduction',
  'block',
  'unblock',
  'virement',
  'carry_over',
] as const;

export const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('appropriate' as const),
      kind: fc.constantFrom(...kinds),
      line,
      year,
      cents,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('allot' as const, 'allot' as const, 'take back' as const),
      line,
      year,
      cents,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('authorise' as const),
      line,
      year: fc.constantFrom(2017, 2018),
      cents,
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'grant' as const,
        'grant' as const,
        'order' as const,
        'pay' as const,
        'settle' as const,
      ),
      line,
      year,
      of,
      cents,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('open' as const, 'close' as const), year }) },
);

/** What lies where, as far as a command must know it to be put into postings. */
export interface Standing {
  promised(year: number): PromisedMoney[];
  left(year: number): LeftOver[];
}

/** The role a command is run in, as the application runs it. */
export function roleOf(given: Command): 'ministry' | 'granting_authority' | 'cashier' {
  if (given.do === 'pay') return 'cashier';
  return given.do === 'grant' || given.do === 'order' || given.do === 'settle'
    ? 'granting_authority'
    : 'ministry';
}

/** The command as the product's own rules put it into postings. */
export function postingsOf(given: Command, standing: Standing): Posting[] {
  const moved = (amount: number) => ({ amount: Money.ofCents(amount), effectiveOn: TODAY });
  switch (given.do) {
    case 'appropriate': {
      const facts = {
        ...{ kind: given.kind, lineId: lineId(given.line), fundingYear: given.year },
        amount: Money.ofCents(given.cents),
        fromLineId: given.kind === 'virement' ? lineId((given.line + 1) % LINES) : null,
        fromYear: given.kind === 'carry_over' ? given.year - 1 : null,
        ...{ consentToForm: null, consentToUse: null, cover: null },
      };
      return [appropriationPosting(facts, TODAY)];
    }
    case 'allot':
    case 'take back': {
      const kind = given.do === 'allot' ? ('allotment' as const) : ('reduction' as const);
      const released = {
        kind,
        centreId: null,
        lineId: lineId(given.line),
        fundingYear: given.year,
        programme: 'KI',
      };
      return allocationPostings({ ...released, amount: Money.ofCents(given.cents) }, TODAY);
    }
    case 'authorise': {
      const dimensions = {
        lineId: lineId(given.line),
        fundingYear: given.year,
        issueYear: TODAY.year,
        programme: 'KI',
      };
      return [
        step(
          'commitmentAuthorisation.release',
          ['authorisation_outside', 'authorised'],
          dimensions,
          moved(given.cents),
        ),
      ];
    }
    case 'grant':
      return [
        stepBetween('decision.release', commitmentStages(dimensionsOf(given), TODAY), moved(given.cents)),
      ];
    case 'order':
      return [step('drawdown.order', ['committed', 'called'], dimensionsOf(given), moved(given.cents))];
    case 'pay':
      return [step('payment.confirm', ['called', 'paid'], dimensionsOf(given), moved(given.cents))];
    case 'settle':
      return [step('settlement.accept', ['paid', 'settled'], dimensionsOf(given), moved(given.cents))];
    case 'open':
      return openingPostings(standing.promised(given.year), TODAY);
    case 'close':
      return closingPostings(given.year, standing.left(given.year), TODAY);
  }
}

export function dimensionsOf(given: { line: number; year: number; of: number }) {
  return {
    ...{ lineId: lineId(given.line), fundingYear: given.year, programme: 'KI' },
    ...{ centreId: centreId(given.of), source: 'state_integration' as const, caseId: caseId(given.of) },
  };
}
