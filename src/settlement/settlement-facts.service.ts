import { Injectable } from '@nestjs/common';
import type { Unit } from '../audit/unit.js';
import { DecisionService } from '../grants/decision/decision.service.js';
import { GrantYearService } from '../grants/decision/grant-year.service.js';
import { DrawdownService, type PaidMoney } from '../grants/drawdown/drawdown.service.js';
import type { CalendarDate } from '../kernel/calendar-date.js';
import type { CaseId, CentreId, DecisionId } from '../kernel/ids.js';
import type { FinancingType, ProgrammeCode } from '../programmes/guideline.rules.js';
import { ProgrammeService } from '../programmes/programme.service.js';
import type { GrantedAmount } from './settlement-item.rules.js';

/** What a decision granted for a year, what was paid of it, and by when its use must be proved. */
export interface GrantedYear {
  readonly caseId: CaseId;
  readonly centreId: CentreId;
  readonly programme: ProgrammeCode;
  readonly financingType: FinancingType;
  readonly amounts: readonly GrantedAmount[];
  readonly dueOn: CalendarDate;
  readonly paid: PaidMoney;
}

/** Gathers what a settlement report is judged by, from the rooms below. */
@Injectable()
export class SettlementFactsService {
  constructor(
    private readonly decisions: DecisionService,
    private readonly grantYears: GrantYearService,
    private readonly drawdowns: DrawdownService,
    private readonly programmes: ProgrammeService,
  ) {}

  /** @throws Failure 404 for a decision or year the actor does not see, 409 for a decision that grants nothing yet. */
  async granted(
    unit: Unit,
    slice: { readonly decisionId: DecisionId; readonly fundingYear: number },
  ): Promise<GrantedYear> {
    const { decision, amounts } = await this.decisions.requireGrant(unit, slice.decisionId);
    const { caseId, centreId, programme, guidelineVersionId } = decision;
    const { proofDueOn } = await this.grantYears.require(unit, caseId, slice.fundingYear);
    const { facts: guideline } = await this.programmes.require(unit, guidelineVersionId);
    return {
      ...{ caseId, centreId, programme, dueOn: proofDueOn },
      financingType: guideline.financingType,
      amounts: amounts.filter(({ fundingYear }) => fundingYear === slice.fundingYear),
      paid: await this.drawdowns.paidMoney(unit, slice),
    };
  }
}
