import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { CentresModule } from '../centres/centres.module.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { ImportService } from './import.service.js';
import { OccupancyController } from './occupancy.controller.js';
import { OccupancyRepository } from './occupancy.repository.js';
import { OccupancyService } from './occupancy.service.js';
import { PostController, VacancyController } from './post.controller.js';
import { PostRepository } from './post.repository.js';
import { PostService } from './post.service.js';
import { StaffingReportService } from './staffing-report.service.js';

@Module({
  imports: [AuditModule, CentresModule, ProgrammesModule],
  controllers: [PostController, VacancyController, OccupancyController],
  providers: [
    PostRepository,
    OccupancyRepository,
    PostService,
    OccupancyService,
    ImportService,
    StaffingReportService,
  ],
  exports: [PostService, OccupancyService, StaffingReportService],
})
export class StaffingModule {}
