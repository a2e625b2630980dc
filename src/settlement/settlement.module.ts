import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.js';
import { DrawdownModule } from '../grants/drawdown/drawdown.module.js';
import { GrantsModule } from '../grants/grants.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { AcceptanceService } from './acceptance.service.js';
import { SettlementFactsService } from './settlement-facts.service.js';
import { SettlementItem } from './settlement-item.entity.js';
import { SettlementNote } from './settlement-note.entity.js';
import { SettlementController } from './settlement.controller.js';
import { Settlement } from './settlement.entity.js';
import { SettlementRepository } from './settlement.repository.js';
import { SettlementService } from './settlement.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([Settlement, SettlementItem, SettlementNote]),
    AuditModule,
    LedgerModule,
    ProgrammesModule,
    GrantsModule,
    DrawdownModule,
  ],
  controllers: [SettlementController],
  providers: [SettlementRepository, SettlementFactsService, SettlementService, AcceptanceService],
  exports: [SettlementService, AcceptanceService],
})
export class SettlementModule {}
