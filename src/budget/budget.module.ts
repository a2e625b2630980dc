import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.js';
import { CentresModule } from '../centres/centres.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { Allocation } from './allocation.entity.js';
import { Appropriation } from './appropriation.entity.js';
import { BudgetLine } from './budget-line.entity.js';
import { BudgetController } from './budget.controller.js';
import { BudgetRepository } from './budget.repository.js';
import { BudgetService } from './budget.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([BudgetLine, Appropriation, Allocation]),
    AuditModule,
    CentresModule,
    LedgerModule,
  ],
  controllers: [BudgetController],
  providers: [BudgetRepository, BudgetService],
  exports: [BudgetService],
})
export class BudgetModule {}
