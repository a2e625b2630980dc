import { Module } from '@nestjs/common';
import { AnswerStore } from './answer-store.js';
import { AuditQueryController } from './audit-query.controller.js';
import { AuditQueryRepository } from './audit-query.repository.js';
import { AuditQueryService } from './audit-query.service.js';
import { CommandRunner } from './command-runner.js';

@Module({
  controllers: [AuditQueryController],
  providers: [AnswerStore, CommandRunner, AuditQueryRepository, AuditQueryService],
  exports: [CommandRunner],
})
export class AuditModule {}
