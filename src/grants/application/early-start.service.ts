import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../../audit/command-runner.js';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import { ruleViolated, stateConflict } from '../../kernel/failure.js';
import { newId, type ApplicationId } from '../../kernel/ids.js';
import type { Violation } from '../../kernel/violation.js';
import type { ReadTx } from '../../platform/database/tx.js';
import type { Answer, Invocation } from '../../platform/invocation.js';
import { consentHindrance } from '../lifecycle.rules.js';
import { ApplicationPartsService, type ApplicationFile, type Ground } from './application-parts.service.js';
import type { Application } from './application.entity.js';
import { ApplicationRepository } from './application.repository.js';
import type { EarlyStart } from './early-start.entity.js';
import { EarlyStartRepository } from './early-start.repository.js';
import {
  judgeConsent,
  judgeEarlyStart,
  plannedStarts,
  type EarlyStartConsent,
  type Planned,
  type PlannedStart,
} from './early-start.rules.js';

/** What is about to be granted, when. */
export interface AboutToBegin {
  readonly starts: readonly PlannedStart[];
  /** What of the same has been granted already. */
  readonly granted: readonly Planned[];
  readonly grounds: readonly Ground[];
  readonly on: CalendarDate;
}

/** Whether what was applied for may have begun before it is decided on. */
@Injectable()
export class EarlyStartService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly applications: ApplicationRepository,
    private readonly parts: ApplicationPartsService,
    private readonly earlyStarts: EarlyStartRepository,
  ) {}

  /** Lets it begin from a day, before the decision; that promises no grant. */
  consent(
    invocation: Invocation<ApplicationFile>,
    id: ApplicationId,
    { startsOn, reason }: Pick<EarlyStart, 'startsOn' | 'reason'>,
  ): Promise<Answer> {
    return this.commands.run(invocation, 'application.consentEarlyStart', async (unit) => {
      const application = await this.parts.lock(unit, id);
      unit.expect(application.version);
      const hindrance = consentHindrance(application.state);
      if (hindrance !== null) throw stateConflict(hindrance);
      const objections = judgeConsent(startsOn, application.periodTo, unit.today);
      if (objections.length > 0) throw ruleViolated(objections);
      const { caseId, centreId, submission, version } = application;
      await this.earlyStarts.insert(unit, {
        ...{ id: newId<EarlyStart['id']>(), applicationId: id, caseId, centreId },
        ...{ submission, startsOn, reason, consentedOn: unit.today },
      });
      await this.applications.touch(unit, id);
      unit.concerns({ type: 'application', id, version: version + 1, centreId, caseId });
      return this.parts.show(unit, id, unit.actor);
    });
  }

  /** Objections to granting what has begun, and the consents that stand against them. */
  async judge(
    tx: ReadTx,
    application: Application,
    { starts, granted, grounds, on }: AboutToBegin,
  ): Promise<{ objections: Violation[]; consents: EarlyStartConsent[] }> {
    const consents = await this.consents(tx, application);
    const recurring: number[] = [];
    const { centreId, programme, continues } = application;
    for (const fundingYear of new Set(starts.map((start) => start.on.year))) {
      const about = { centreId, programme, fundingYear, continues };
      if (await this.earlyStarts.recurs(tx, about)) recurring.push(fundingYear);
    }
    const objections = judgeEarlyStart({
      starts,
      years: grounds.map(({ fundingYear, version }) => ({
        fundingYear,
        bans: version?.earlyStartBans ?? [],
      })),
      ...{ consents, granted, recurring, on },
    });
    return { objections, consents };
  }

  /** The same at a release, which states nothing that a pointer could lead to. */
  async judgeReleased(tx: ReadTx, application: Application, about: AboutToBegin): Promise<Violation[]> {
    const { objections } = await this.judge(tx, application, about);
    return objections.map((objection) => ({ ...objection, pointer: null }));
  }

  /** Each with what the submission it was given to planned. */
  private async consents(tx: ReadTx, { id }: Pick<Application, 'id'>): Promise<EarlyStartConsent[]> {
    const consents: EarlyStartConsent[] = [];
    for (const { submission, startsOn, consentedOn } of await this.earlyStarts.of(tx, id)) {
      const { posts, measures, periodFrom } = await this.parts.submitted(tx, { id, submission });
      consents.push({ startsOn, consentedOn, covers: plannedStarts(posts, measures, periodFrom) });
    }
    return consents;
  }
}
