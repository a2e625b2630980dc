import { Injectable } from '@nestjs/common';
import { BudgetService } from '../budget/budget.service.js';
import { BankAccountService } from '../centres/bank-account.service.js';
import { CentreService } from '../centres/centre.service.js';
import { PublishedFigureService } from '../financing/published-figure.service.js';
import { ApplicationCheckService } from '../grants/application/application-check.service.js';
import { ApplicationService } from '../grants/application/application.service.js';
import { DecisionDraftService } from '../grants/decision/decision-draft.service.js';
import { DecisionService } from '../grants/decision/decision.service.js';
import { DrawdownService } from '../grants/drawdown/drawdown.service.js';
import { PaymentService } from '../grants/drawdown/payment.service.js';
import { ProgrammeService } from '../programmes/programme.service.js';
import { SplitService } from '../reporting/split.service.js';
import { AcceptanceService } from '../settlement/acceptance.service.js';
import { SettlementService } from '../settlement/settlement.service.js';

/** The doors the demo knocks at: the same services the controllers call, and nothing beneath them. */
@Injectable()
export class DemoHouses {
  constructor(
    readonly budget: BudgetService,
    readonly accounts: BankAccountService,
    readonly centres: CentreService,
    readonly figures: PublishedFigureService,
    readonly checks: ApplicationCheckService,
    readonly applications: ApplicationService,
    readonly decisions: DecisionService,
    readonly drafts: DecisionDraftService,
    readonly drawdowns: DrawdownService,
    readonly payments: PaymentService,
    readonly programmes: ProgrammeService,
    readonly splits: SplitService,
    readonly acceptances: AcceptanceService,
    readonly settlements: SettlementService,
  ) {}
}
