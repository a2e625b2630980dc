import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.js';
import {
  GuidelinePaymentDate,
  GuidelinePost,
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
      GuidelinePaymentDate,
    ]),
  ],
  controllers: [ProgrammeController, GuidelineController, RateController],
  providers: [ProgrammeRepository, ProgrammeService],
  exports: [ProgrammeService],
})
export class ProgrammesModule {}
