import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { BudgetModule } from '../budget/budget.module.js';
import { PublishedFiguresModule } from '../financing/published-figures.module.js';
import { GrantsModule } from '../grants/grants.module.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { BurnDownController } from './burn-down.controller.js';
import { BurnDownRepository } from './burn-down.repository.js';
import { BurnDownService } from './burn-down.service.js';
import { SimulationController } from './simulation.controller.js';
import { SimulationRepository } from './simulation.repository.js';
import { SimulationService } from './simulation.service.js';
import { FundingSplitController, ReportController } from './split.controller.js';
import { SplitRepository } from './split.repository.js';
import { SplitService } from './split.service.js';
import { TouchedDecisionsController } from './touched-decisions.controller.js';
import { TouchedDecisionsService } from './touched-decisions.service.js';

@Module({
  imports: [AuditModule, PublishedFiguresModule, ProgrammesModule, BudgetModule, GrantsModule],
  controllers: [
    BurnDownController,
    FundingSplitController,
    ReportController,
    SimulationController,
    TouchedDecisionsController,
  ],
  providers: [
    BurnDownRepository,
    BurnDownService,
    SplitRepository,
    SplitService,
    SimulationRepository,
    SimulationService,
    TouchedDecisionsService,
  ],
  exports: [SplitService],
})
export class ReportingModule {}
