import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.js';
import {
  GuidelineDeadline,
  GuidelineMaterial,
  GuidelinePaymentDate,
  GuidelinePost,
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
      GuidelineVersion,
      GuidelinePost,
      GuidelineRate,
      GuidelineMaterial,
      GuidelinePaymentDate,
      GuidelineDeadline,
      GuidelineProvision,
    ]),
  ],
  controllers: [ProgrammeController, GuidelineController, RateController],
  providers: [ProgrammeRepository, ProgrammeService],
  exports: [ProgrammeService],
})
export class ProgrammesModule {}
