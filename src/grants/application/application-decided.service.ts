import { Injectable } from '@nestjs/common';
import type { Unit } from '../../audit/unit.js';
import { stateConflict } from '../../kernel/failure.js';
import type { ApplicationId, PersonId } from '../../kernel/ids.js';
import type { Violation } from '../../kernel/violation.js';
import { applicationHindrance } from '../lifecycle.rules.js';
import { ApplicationPartsService } from './application-parts.service.js';
import { ApplicationDeskRepository } from './application-desk.repository.js';
import type { Application } from './application.entity.js';
import { ApplicationRepository } from './application.repository.js';
import { plannedStarts, type StartingPost } from './early-start.rules.js';
import { EarlyStartService } from './early-start.service.js';

/** An application as it is locked for its decision, and whose hands it went through. */
export interface ToDecide {
  readonly application: Application;
  readonly hands: { readonly checkedBy: PersonId[]; readonly recommendedBy: PersonId | null };
}

/** What the release of a decision does to its application, within that command. */
@Injectable()
export class ApplicationDecidedService {
  constructor(
    private readonly applications: ApplicationRepository,
    private readonly desk: ApplicationDeskRepository,
    private readonly parts: ApplicationPartsService,
    private readonly earlyStarts: EarlyStartService,
  ) {}

  /** Locks the application and says whose hands it went through. @throws Failure 409 unless it may be decided */
  async lockForDecision(unit: Unit, id: ApplicationId): Promise<ToDecide> {
    const application = await this.parts.lock(unit, id);
    const hindrance = applicationHindrance(application.state, 'decided');
    if (hindrance !== null) throw stateConflict(hindrance);
    const checks = await this.desk.checks(unit, id);
    const { recommendedBy } = application;
    return { application, hands: { checkedBy: checks.map(({ checkedBy }) => checkedBy), recommendedBy } };
  }

  /** What has begun between the draft of a grant and its release has begun before the decision as well. */
  async judgeBegun(
    unit: Unit,
    application: Application,
    posts: readonly StartingPost[],
  ): Promise<Violation[]> {
    const { centreId, programme } = application;
    const { measures, periodFrom, periodTo } = await this.parts.submitted(unit, application);
    const { grounds } = await this.parts.groundsOf(unit, { centreId, programme, periodFrom, periodTo });
    const starts = plannedStarts(posts, measures, periodFrom);
    const about = { starts, granted: [], grounds, on: unit.today };
    return this.earlyStarts.judgeReleased(unit, application, about);
  }

  async decided(unit: Unit, { id, version, centreId, caseId }: Application): Promise<void> {
    await this.applications.move(unit, id, 'decided');
    unit.concerns({ type: 'application', id, version: version + 1, centreId, caseId });
  }
}
