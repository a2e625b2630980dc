import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.js';
import { BudgetModule } from '../budget/budget.module.js';
import { CentresModule } from '../centres/centres.module.js';
import { AttachmentsModule } from '../documents/attachments.module.js';
import { RenderingModule } from '../documents/rendering.module.js';
import { FinancingModule } from '../financing/financing.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { ApplicationCheck, ApplicationCheckResult } from './application/application-check.entity.js';
import { ApplicationCheckService } from './application/application-check.service.js';
import { ChangeAnswer, ToldChange } from './application/application-change.entity.js';
import { ApplicationChangeRepository } from './application/application-change.repository.js';
import { ApplicationChangeService } from './application/application-change.service.js';
import { ApplicationDeskRepository } from './application/application-desk.repository.js';
import { ApplicationDeskService } from './application/application-desk.service.js';
import { ApplicationDeviation, ApplicationOpinion } from './application/application-opinion.entity.js';
import { ApplicationRecommendation } from './application/application-recommendation.entity.js';
import { ApplicationOpinionService } from './application/application-opinion.service.js';
import { EarlyStart } from './application/early-start.entity.js';
import { EarlyStartRepository } from './application/early-start.repository.js';
import { EarlyStartService } from './application/early-start.service.js';
import { AskedQuery, QueryAnswer } from './application/application-query.entity.js';
import { ApplicationQueryService } from './application/application-query.service.js';
import { ChangeController } from './application/change.controller.js';
import { DeskController } from './application/desk.controller.js';
import { ApplicationDecidedService } from './application/application-decided.service.js';
import { ApplicationPartsService } from './application/application-parts.service.js';
import { ApplicationMeasureItem } from './application/application-measure-item.entity.js';
import { ApplicationPostItem } from './application/application-post-item.entity.js';
import { ApplicationSubmission } from './application/application-submission.entity.js';
import { ApplicationController } from './application/application.controller.js';
import { Application } from './application/application.entity.js';
import { ApplicationAttachmentService } from './application/application-attachment.service.js';
import { AttachmentController } from './application/attachment.controller.js';
import { ApplicantController } from './application/applicant.controller.js';
import { ApplicationReadingService } from './application/application-reading.service.js';
import { ApplicationRepository } from './application/application.repository.js';
import { ApplicationService } from './application/application.service.js';
import { ActController } from './decision/act.controller.js';
import { ActDraftService } from './decision/act-draft.service.js';
import { ActEffectService } from './decision/act-effect.service.js';
import { ActReckoningService } from './decision/act-reckoning.service.js';
import { ActRepository } from './decision/act.repository.js';
import { CaseGrantController } from './decision/case-grant.controller.js';
import { ClosingService } from './decision/closing.service.js';
import { CourseService } from './decision/course.service.js';
import { DecisionAmount } from './decision/decision-amount.entity.js';
import { DecisionDerivation } from './decision/decision-derivation.entity.js';
import { DecisionDraftService } from './decision/decision-draft.service.js';
import { DecisionReckoningService } from './decision/decision-reckoning.service.js';
import { DecisionController } from './decision/decision.controller.js';
import { Decision } from './decision/decision.entity.js';
import { DecisionRepository } from './decision/decision.repository.js';
import { DecisionService } from './decision/decision.service.js';
import { FrozenDecisionRepository } from './decision/frozen-decision.repository.js';
import { GrantedPostsService } from './decision/granted-posts.service.js';
import { Hearing } from './decision/hearing.entity.js';
import { HearingService } from './decision/hearing.service.js';
import { ReplayService } from './decision/replay.service.js';
import { NoticeController } from './decision/notice.controller.js';
import { NoticeRepository } from './decision/notice.repository.js';
import { NoticeService } from './decision/notice.service.js';
import { StandingService } from './decision/standing.service.js';
import { Suit } from './decision/suit.entity.js';
import { SuitService } from './decision/suit.service.js';
import { GrantYear } from './decision/grant-year.entity.js';
import { GrantYearRepository } from './decision/grant-year.repository.js';
import { GrantYearService } from './decision/grant-year.service.js';

/** Applications and decisions; drawdowns build on what it exports. */
@Module({
  imports: [
    TypeOrmModule.forFeature([
      ...[Application, ApplicationPostItem, ApplicationMeasureItem, ApplicationSubmission],
      ...[ApplicationCheck, ApplicationCheckResult, AskedQuery, QueryAnswer],
      ...[ApplicationOpinion, ApplicationDeviation, ApplicationRecommendation],
      ...[EarlyStart, ToldChange, ChangeAnswer],
      ...[Decision, DecisionAmount, DecisionDerivation, GrantYear, Suit, Hearing],
    ]),
    ...[AuditModule, LedgerModule, CentresModule, ProgrammesModule, BudgetModule, FinancingModule],
    ...[AttachmentsModule, RenderingModule],
  ],
  controllers: [
    ...[ApplicationController, ApplicantController, AttachmentController, DeskController],
    ...[ChangeController],
    ...[DecisionController, NoticeController, ActController, CaseGrantController],
  ],
  providers: [
    ...[ApplicationRepository, ApplicationPartsService, ApplicationDecidedService],
    ...[ApplicationService, ApplicationCheckService, ApplicationReadingService],
    ...[
      ApplicationAttachmentService,
      ApplicationChangeRepository,
      ApplicationChangeService,
      ApplicationDeskRepository,
      ApplicationDeskService,
      ApplicationOpinionService,
      ApplicationQueryService,
      ...[EarlyStartRepository, EarlyStartService],
    ],
    ...[
      DecisionRepository,
      FrozenDecisionRepository,
      GrantYearRepository,
      GrantYearService,
      DecisionService,
      DecisionReckoningService,
      DecisionDraftService,
    ],
    ...[ReplayService, GrantedPostsService, NoticeRepository, NoticeService],
    ...[ActRepository, StandingService, ActEffectService, ActReckoningService, ActDraftService],
    ...[CourseService, SuitService, HearingService, ClosingService],
  ],
  exports: [
    ApplicationService,
    ApplicationCheckService,
    DecisionService,
    DecisionDraftService,
    GrantYearService,
    GrantedPostsService,
    ReplayService,
    ...[ActDraftService, SuitService, HearingService, ClosingService],
  ],
})
export class GrantsModule {}
