import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.js';
import { PublishedFigureController } from './published-figure.controller.js';
import { PublishedFigure, ReconciliationCandidate } from './published-figure.entity.js';
import { PublishedFigureRepository } from './published-figure.repository.js';
import { PublishedFigureService } from './published-figure.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([PublishedFigure, ReconciliationCandidate]), AuditModule],
  controllers: [PublishedFigureController],
  providers: [PublishedFigureRepository, PublishedFigureService],
  exports: [PublishedFigureService],
})
export class PublishedFiguresModule {}
