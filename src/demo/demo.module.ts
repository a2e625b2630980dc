import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { BudgetModule } from '../budget/budget.module.js';
import { CentresModule } from '../centres/centres.module.js';
import { PublishedFiguresModule } from '../financing/published-figures.module.js';
import { DrawdownModule } from '../grants/drawdown/drawdown.module.js';
import { GrantsModule } from '../grants/grants.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { ReportingModule } from '../reporting/reporting.module.js';
import { SettlementModule } from '../settlement/settlement.module.js';
import { DemoCast } from './demo-cast.service.js';
import { DemoHouses } from './demo-houses.service.js';
import { DemoRepository } from './demo.repository.js';
import { DemoService } from './demo.service.js';

@Module({
  imports: [
    AuditModule,
    BudgetModule,
    CentresModule,
    DrawdownModule,
    GrantsModule,
    IdentityModule,
    ProgrammesModule,
    PublishedFiguresModule,
    ReportingModule,
    SettlementModule,
  ],
  providers: [DemoCast, DemoHouses, DemoRepository, DemoService],
})
export class DemoModule {}
