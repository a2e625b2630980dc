import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { FinancingPlanItem } from './financing-plan-item.entity.js';
import { FinancingPlanRepository } from './financing-plan.repository.js';
import { FinancingPlanService } from './financing-plan.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([FinancingPlanItem])],
  providers: [FinancingPlanRepository, FinancingPlanService],
  exports: [FinancingPlanService],
})
export class FinancingModule {}
