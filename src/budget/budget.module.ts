import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.js';
import { CentresModule } from '../centres/centres.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { AllocationController } from './allocation.controller.js';
import { Allocation } from './allocation.entity.js';
import { AllocationService } from './allocation.service.js';
import { AppropriationController } from './appropriation.controller.js';
import { Appropriation } from './appropriation.entity.js';
import { AppropriationService } from './appropriation.service.js';
import { BudgetLine } from './budget-line.entity.js';
import { BudgetYearController } from './budget-year.controller.js';
import { BudgetYear } from './budget-year.entity.js';
import { BudgetYearService } from './budget-year.service.js';
import { BudgetController } from './budget.controller.js';
import { BudgetRepository } from './budget.repository.js';
import { BudgetService } from './budget.service.js';
import { CommitmentAuthorisationController } from './commitment-authorisation.controller.js';
import { CommitmentAuthorisation } from './commitment-authorisation.entity.js';
import { ProposalService } from './proposal.service.js';
import { YearRepository } from './year.repository.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([BudgetLine, BudgetYear, Appropriation, CommitmentAuthorisation, Allocation]),
    AuditModule,
    CentresModule,
    LedgerModule,
  ],
  controllers: [
    BudgetController,
    AppropriationController,
    AllocationController,
    BudgetYearController,
    CommitmentAuthorisationController,
  ],
  providers: [
    AllocationService,
    AppropriationService,
    BudgetRepository,
    BudgetService,
    BudgetYearService,
    ProposalService,
    YearRepository,
  ],
  exports: [AllocationService, AppropriationService, BudgetService, BudgetYearService],
})
export class BudgetModule {}
