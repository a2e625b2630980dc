import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { BooksRepository } from './books.repository.js';
import { BooksService } from './books.service.js';
import { LedgerRepository } from './ledger.repository.js';
import { LedgerService } from './ledger.service.js';
import { ReversalRepository } from './reversal.repository.js';

@Module({
  imports: [AuditModule],
  providers: [BooksRepository, BooksService, LedgerRepository, LedgerService, ReversalRepository],
  exports: [BooksService, LedgerService],
})
export class LedgerModule {}
