import { Injectable } from '@nestjs/common';
import type { Unit } from '../../audit/unit.js';
import { stateConflict } from '../../kernel/failure.js';
import type { ApplicationId, PersonId } from '../../kernel/ids.js';
import { applicationHindrance } from '../lifecycle.rules.js';
import { ApplicationPartsService } from './application-parts.service.js';
import { ApplicationDeskRepository } from './application-desk.repository.js';
import { ApplicationRepository } from './application.repository.js';

/** What the release of a decision does to its application, within that command. */
@Injectable()
export class ApplicationDecidedService {
  constructor(
    private readonly applications: ApplicationRepository,
    private readonly desk: ApplicationDeskRepository,
    private readonly parts: ApplicationPartsService,
  ) {}

  /** Locks the application and says whose hands it went through. @throws Failure 409 unless it may be decided */
  async lockForDecision(
    unit: Unit,
    id: ApplicationId,
  ): Promise<{ checkedBy: PersonId[]; recommendedBy: PersonId | null }> {
    const { application } = await this.parts.lock(unit, id);
    const hindrance = applicationHindrance(application.state, 'decided');
    if (hindrance !== null) throw stateConflict(hindrance);
    const checks = await this.desk.checks(unit, id);
    return { checkedBy: checks.map(({ checkedBy }) => checkedBy), recommendedBy: application.recommendedBy };
  }

  async decided(unit: Unit, id: ApplicationId): Promise<void> {
    await this.applications.move(unit, id, 'decided');
    const { application } = await this.parts.require(unit, id);
    const { version, centreId, caseId } = application;
    unit.concerns({ type: 'application', id, version, centreId, caseId });
  }
}
