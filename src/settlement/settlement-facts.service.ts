import { Injectable } from '@nestjs/common';
import type { Unit } from '../audit/unit.js';
import { DecisionService } from '../grants/decision/decision.service.js';
import { GrantedPostsService } from '../grants/decision/granted-posts.service.js';
import { GrantYearService } from '../grants/decision/grant-year.service.js';
import { DrawdownService, type PaidMoney } from '../grants/drawdown/drawdown.service.js';
import type { CalendarDate } from '../kernel/calendar-date.js';
import type { CaseId, CentreId, DecisionId } from '../kernel/ids.js';
import { Money } from '../kernel/money.js';
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
  /** Of these, the state's money. */
  readonly granted: Money;
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
    private readonly grantedPosts: GrantedPostsService,
  ) {}

  /** @throws Failure 404 for a decision or year the actor does not see, 409 for a decision that grants nothing yet. */
  async granted(
    unit: Unit,
    slice: { readonly decisionId: DecisionId; readonly fundingYear: number },
  ): Promise<GrantedYear> {
    const { decision, amounts } = await this.decisions.requireGrant(unit, slice.decisionId);
    const { caseId, centreId, programme } = decision;
    const { proofDueOn, guidelineVersionId } = await this.grantYears.require(unit, caseId, slice.fundingYear);
    const { facts: guideline } = await this.programmes.require(unit, guidelineVersionId);
    const ofYear = amounts.filter(({ fundingYear }) => fundingYear === slice.fundingYear);
    const stateMoney = ofYear.filter(({ source }) => source === 'state_integration');
    return {
      ...{ caseId, centreId, programme, dueOn: proofDueOn },
      financingType: guideline.financingType,
      amounts: ofYear,
      granted: Money.sum(stateMoney.map(({ amount }) => amount)),
      paid: await this.drawdowns.paidMoney(unit, slice),
    };
  }

  /** Posts the decision grants for the year, in hundredths of a full-time equivalent; null where it grants none. */
  async grantedFteHundredths(
    unit: Unit,
    { decisionId, fundingYear }: { readonly decisionId: DecisionId; readonly fundingYear: number },
  ): Promise<number | null> {
    const { decision } = await this.decisions.require(unit, decisionId);
    const posts = await this.grantedPosts.of(unit, decision, fundingYear);
    return posts.length === 0 ? null : posts.reduce((sum, { fteHundredths }) => sum + fteHundredths, 0);
  }
}
