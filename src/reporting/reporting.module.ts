import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { PublishedFiguresModule } from '../financing/published-figures.module.js';
import { FundingSplitController, ReportController } from './split.controller.js';
import { SplitRepository } from './split.repository.js';
import { SplitService } from './split.service.js';

@Module({
  imports: [AuditModule, PublishedFiguresModule],
  controllers: [FundingSplitController, ReportController],
  providers: [SplitRepository, SplitService],
  exports: [SplitService],
})
export class ReportingModule {}
