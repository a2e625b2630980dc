import { Module, type DynamicModule } from '@nestjs/common';
import { AttachmentsModule } from './documents/attachments.module.js';
import { AuditModule } from './audit/audit.module.js';
import { BudgetModule } from './budget/budget.module.js';
import { CentresModule } from './centres/centres.module.js';
import { DeskModule } from './desk/desk.module.js';
import { DemoModule } from './demo/demo.module.js';
import { PublishedFiguresModule } from './financing/published-figures.module.js';
import { RenderingModule } from './documents/rendering.module.js';
import { FinancingModule } from './financing/financing.module.js';
import { DrawdownModule } from './grants/drawdown/drawdown.module.js';
import { GrantsModule } from './grants/grants.module.js';
import { IdentityModule } from './identity/identity.module.js';
import { PlatformModule, type Start } from './platform/platform.module.js';
import { ProgrammesModule } from './programmes/programmes.module.js';
import { ReportingModule } from './reporting/reporting.module.js';
import { StaffingModule } from './staffing/staffing.module.js';
import { SettlementModule } from './settlement/settlement.module.js';

/** All modules, bottom to top. */
@Module({})
export class AppModule {
  static with(start: Start): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.with(start),
        AuditModule,
        IdentityModule,
        AttachmentsModule,
        RenderingModule,
        CentresModule,
        ProgrammesModule,
        StaffingModule,
        BudgetModule,
        PublishedFiguresModule,
        FinancingModule,
        GrantsModule,
        DrawdownModule,
        SettlementModule,
        DeskModule,
        ReportingModule,
        DemoModule,
      ],
    };
  }
}
