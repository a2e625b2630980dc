import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../../audit/command-runner.js';
import { Failure, stateConflict } from '../../kernel/failure.js';
import { newId, type ApplicationId } from '../../kernel/ids.js';
import type { Answer, Invocation } from '../../platform/invocation.js';
import { opiningHindrance } from '../lifecycle.rules.js';
import { ApplicationDeskRepository } from './application-desk.repository.js';
import type { ApplicationOpinion } from './application-opinion.entity.js';
import { ApplicationPartsService, type ApplicationFile } from './application-parts.service.js';
import { ApplicationRepository } from './application.repository.js';
import { opiningOffices, type Opinion } from './opinion.rules.js';

/** What the offices say of an application from their trade. */
@Injectable()
export class ApplicationOpinionService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly applications: ApplicationRepository,
    private readonly parts: ApplicationPartsService,
    private readonly desk: ApplicationDeskRepository,
  ) {}

  /** Stated for the office the actor acts for; another opinion of the same office takes its place. */
  opine(
    invocation: Invocation<ApplicationFile>,
    id: ApplicationId,
    { opinion, reason }: { readonly opinion: Opinion; readonly reason: string },
  ): Promise<Answer> {
    return this.commands.run(invocation, 'application.opine', async (unit) => {
      const application = await this.parts.lock(unit, id);
      unit.expect(application.version);
      const hindrance = opiningHindrance(application.state);
      if (hindrance !== null) throw stateConflict(hindrance);
      const office = opiningOffices.find((one) => one === unit.actor.role);
      if (office === undefined) throw new Failure('forbidden');
      const { caseId, centreId, submission, version } = application;
      await this.desk.addOpinion(unit, {
        ...{ id: newId<ApplicationOpinion['id']>(), applicationId: id, caseId, centreId },
        ...{ submission, office, opinion, reason, statedOn: unit.today },
      });
      await this.applications.touch(unit, id);
      unit.concerns({ type: 'application', id, version: version + 1, centreId, caseId });
      return this.parts.show(unit, id, unit.actor);
    });
  }
}
