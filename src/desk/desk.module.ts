import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.js';
import { DeadlineController } from './deadline.controller.js';
import { DeadlineRepository } from './deadline.repository.js';
import { DeadlineService } from './deadline.service.js';
import { FollowUpController } from './follow-up.controller.js';
import { FollowUp } from './follow-up.entity.js';
import { FollowUpRepository } from './follow-up.repository.js';
import { FollowUpService } from './follow-up.service.js';
import { WorkListController } from './work-list.controller.js';
import { WorkListRepository } from './work-list.repository.js';
import { WorkListService } from './work-list.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([FollowUp]), AuditModule],
  controllers: [WorkListController, DeadlineController, FollowUpController],
  providers: [
    ...[WorkListRepository, WorkListService],
    ...[DeadlineRepository, DeadlineService],
    ...[FollowUpRepository, FollowUpService],
  ],
})
export class DeskModule {}
