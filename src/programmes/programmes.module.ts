import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.js';
import { CallController } from './call.controller.js';
import { Call } from './call.entity.js';
import { CallRepository } from './call.repository.js';
import { CallService } from './call.service.js';
import {
  GuidelineChecklistItem,
  GuidelineDeadline,
  GuidelineEarlyStartBan,
  GuidelineMaterial,
  GuidelinePaymentDate,
  GuidelinePost,
  GuidelineCopyThreshold,
  GuidelineProvision,
  GuidelineRate,
  GuidelineVersion,
  Programme,
} from './guideline.entity.js';
import { GuidelineController, ProgrammeController, RateController } from './programme.controller.js';
import { ProgrammeRepository } from './programme.repository.js';
import { ProgrammeService } from './programme.service.js';

@Module({
  imports: [
    AuditModule,
    TypeOrmModule.forFeature([
      Programme,
      Call,
      GuidelineVersion,
      GuidelinePost,
      GuidelineRate,
      GuidelineMaterial,
      GuidelinePaymentDate,
      GuidelineDeadline,
      GuidelineCopyThreshold,
      GuidelineEarlyStartBan,
      GuidelineProvision,
      GuidelineChecklistItem,
    ]),
  ],
  controllers: [ProgrammeController, GuidelineController, RateController, CallController],
  providers: [ProgrammeRepository, ProgrammeService, CallRepository, CallService],
  exports: [ProgrammeService, CallService],
})
export class ProgrammesModule {}
