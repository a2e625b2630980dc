import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../../audit/audit.module.js';
import { BudgetModule } from '../../budget/budget.module.js';
import { CentresModule } from '../../centres/centres.module.js';
import { LedgerModule } from '../../ledger/ledger.module.js';
import { ProgrammesModule } from '../../programmes/programmes.module.js';
import { GrantsModule } from '../grants.module.js';
import { DrawdownFactsService } from './drawdown-facts.service.js';
import { DrawdownController } from './drawdown.controller.js';
import { Drawdown } from './drawdown.entity.js';
import { DrawdownRepository } from './drawdown.repository.js';
import { DrawdownService } from './drawdown.service.js';
import { PaymentController } from './payment.controller.js';
import { Payment } from './payment.entity.js';
import { PaymentPart } from './payment-part.entity.js';
import { PaymentReturnService } from './payment-return.service.js';
import { PaymentRepository } from './payment.repository.js';
import { PaymentService } from './payment.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([Drawdown, Payment, PaymentPart]),
    AuditModule,
    BudgetModule,
    LedgerModule,
    CentresModule,
    ProgrammesModule,
    GrantsModule,
  ],
  controllers: [DrawdownController, PaymentController],
  providers: [
    ...[DrawdownRepository, PaymentRepository, DrawdownFactsService],
    ...[DrawdownService, PaymentService, PaymentReturnService],
  ],
  exports: [DrawdownService, PaymentService],
})
export class DrawdownModule {}
