import { Injectable } from '@nestjs/common';
import type { Unit } from '../../audit/unit.js';
import { BudgetYearService } from '../../budget/budget-year.service.js';
import { stateConflict } from '../../kernel/failure.js';
import { fundingYear } from '../../kernel/funding-year.js';
import type { BudgetLineId, CaseId, CentreId, DecisionId } from '../../kernel/ids.js';
import { Money } from '../../kernel/money.js';
import type { ProgrammeCode } from '../../programmes/guideline.rules.js';
import { ProgrammeService } from '../../programmes/programme.service.js';
import { DecisionService } from '../decision/decision.service.js';
import { finalShareOn } from '../decision/in-force.rules.js';
import { GrantYearService } from '../decision/grant-year.service.js';
import type { GrantSlice } from './drawdown.repository.js';
import type { CallFacts } from './drawdown.rules.js';

/** What can be called of a decision and year, and where it is booked. */
export interface Callable extends Omit<CallFacts, 'amount' | 'dueOn' | 'claimed'> {
  readonly caseId: CaseId;
  readonly centreId: CentreId;
  readonly programme: ProgrammeCode;
  readonly fileNumber: string;
  /** State money in cash, by the budget line that granted it. */
  readonly byLine: ReadonlyMap<BudgetLineId, Money>;
}

/** Gathers what a drawdown is judged by, from the decision, its guideline version and the proofs of earlier years. */
@Injectable()
export class DrawdownFactsService {
  constructor(
    private readonly decisions: DecisionService,
    private readonly grantYears: GrantYearService,
    private readonly programmes: ProgrammeService,
    private readonly years: BudgetYearService,
  ) {}

  /** @throws Failure 404 for a decision the actor does not see, 409 for one that grants nothing yet. */
  async callable(unit: Unit, slice: GrantSlice): Promise<Callable> {
    const { decision, amounts, course, finalOn } = await this.decisions.requireGrant(unit, slice.decisionId);
    const { caseId, centreId, programme, fileNumber } = decision;
    const version = await this.grantYears.guidelineOf(unit, decision, slice.fundingYear);
    const { facts: guideline } = await this.programmes.require(unit, version);
    const byLine = new Map<BudgetLineId, Money>();
    const grantedYears = new Set<number>();
    for (const { lineId, amount, fundingYear: year, inKind } of amounts) {
      if (lineId === null || inKind) continue;
      grantedYears.add(year);
      if (year !== slice.fundingYear) continue;
      byLine.set(lineId, amount.plus(byLine.get(lineId) ?? Money.zero));
    }
    if (decision.state === 'closed') throw stateConflict(CLOSED);
    const finalShare = Money.sum(
      amounts
        .filter(({ lineId, fundingYear: year }) => lineId !== null && year === slice.fundingYear)
        .flatMap(({ id }) => course.filter((row) => row.id === id))
        .map((row) => finalShareOn(row, course, unit.today)),
    );
    return {
      ...{ caseId, centreId, programme, fileNumber, finalOn, finalShare, byLine },
      fundingYear: fundingYear(slice.fundingYear),
      grantedYears: [...grantedYears].sort((a, b) => a - b),
      granted: Money.sum(byLine.values()),
      paymentDates: guideline.paymentDates,
      overdueProofs: await this.grantYears.overdueProofs(unit, {
        centreId,
        programme,
        before: slice.fundingYear,
      }),
    };
  }

  /** What the case was promised for the year under an authorisation, as long as the year has not been opened. */
  onlyPromised(unit: Unit, { caseId, fundingYear: year }: Callable): Promise<Money> {
    return this.years.promisedTo(unit, caseId, year);
  }

  programmeOf(unit: Unit, decisionId: DecisionId): Promise<ProgrammeCode> {
    return this.decisions.programmeOf(unit, decisionId);
  }
}

const CLOSED = {
  de: 'Der Bescheid ist abgeschlossen; es gibt nichts mehr abzurufen.',
  en: 'The decision is closed; there is nothing left to call.',
};
