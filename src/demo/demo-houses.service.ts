import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { AllocationService } from '../budget/allocation.service.js';
import { AppropriationService } from '../budget/appropriation.service.js';
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
import { CallService } from '../programmes/call.service.js';
import { ProgrammeService } from '../programmes/programme.service.js';
import { SplitService } from '../reporting/split.service.js';
import { AcceptanceService } from '../settlement/acceptance.service.js';
import { SettlementService } from '../settlement/settlement.service.js';

/** The doors the demo knocks at: the same services the controllers call, and nothing beneath them. */
@Injectable()
export class DemoHouses {
  constructor(private readonly modules: ModuleRef) {}

  get allocations(): AllocationService {
    return this.modules.get(AllocationService, { strict: false });
  }

  get appropriations(): AppropriationService {
    return this.modules.get(AppropriationService, { strict: false });
  }

  get budget(): BudgetService {
    return this.modules.get(BudgetService, { strict: false });
  }

  get accounts(): BankAccountService {
    return this.modules.get(BankAccountService, { strict: false });
  }

  get calls(): CallService {
    return this.modules.get(CallService, { strict: false });
  }

  get centres(): CentreService {
    return this.modules.get(CentreService, { strict: false });
  }

  get figures(): PublishedFigureService {
    return this.modules.get(PublishedFigureService, { strict: false });
  }

  get checks(): ApplicationCheckService {
    return this.modules.get(ApplicationCheckService, { strict: false });
  }

  get applications(): ApplicationService {
    return this.modules.get(ApplicationService, { strict: false });
  }

  get decisions(): DecisionService {
    return this.modules.get(DecisionService, { strict: false });
  }

  get drafts(): DecisionDraftService {
    return this.modules.get(DecisionDraftService, { strict: false });
  }

  get drawdowns(): DrawdownService {
    return this.modules.get(DrawdownService, { strict: false });
  }

  get payments(): PaymentService {
    return this.modules.get(PaymentService, { strict: false });
  }

  get programmes(): ProgrammeService {
    return this.modules.get(ProgrammeService, { strict: false });
  }

  get splits(): SplitService {
    return this.modules.get(SplitService, { strict: false });
  }

  get acceptances(): AcceptanceService {
    return this.modules.get(AcceptanceService, { strict: false });
  }

  get settlements(): SettlementService {
    return this.modules.get(SettlementService, { strict: false });
  }
}
