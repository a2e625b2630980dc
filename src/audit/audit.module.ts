import { Module } from '@nestjs/common';
import { AnswerStore } from './answer-store.js';
import { AuditHealthController } from './audit-health.controller.js';
import { AuditHealthRepository } from './audit-health.repository.js';
import { AuditHealthService } from './audit-health.service.js';
import { AuditQueryController } from './audit-query.controller.js';
import { AuditQueryRepository } from './audit-query.repository.js';
import { AuditQueryService } from './audit-query.service.js';
import { CaseExportController } from './case-export.controller.js';
import { CaseExportService } from './case-export.service.js';
import { CheckpointFile } from './checkpoint-file.js';
import { CheckpointService } from './checkpoint.service.js';
import { CommandRunner } from './command-runner.js';
import { CompletenessRepository } from './completeness.repository.js';
import { CompletenessService } from './completeness.service.js';
import { KeyRotationService } from './key-rotation.service.js';
import { ProofController } from './proof.controller.js';
import { ProofRepository } from './proof.repository.js';
import { ProofService } from './proof.service.js';
import { SealingRepository } from './sealing.repository.js';
import { SealingService } from './sealing.service.js';
import { SigningKey } from './signing-key.js';
import { WholeRecordService } from './whole-record.service.js';

@Module({
  controllers: [AuditHealthController, AuditQueryController, CaseExportController, ProofController],
  providers: [
    AnswerStore,
    AuditHealthRepository,
    AuditHealthService,
    AuditQueryRepository,
    AuditQueryService,
    CaseExportService,
    CheckpointFile,
    CheckpointService,
    CommandRunner,
    CompletenessRepository,
    CompletenessService,
    KeyRotationService,
    ProofRepository,
    ProofService,
    SealingRepository,
    SealingService,
    SigningKey,
    WholeRecordService,
  ],
  exports: [CommandRunner],
})
export class AuditModule {}
