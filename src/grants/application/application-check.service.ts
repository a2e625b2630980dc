import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../../audit/command-runner.js';
import type { Unit } from '../../audit/unit.js';
import { ruleViolated, stateConflict } from '../../kernel/failure.js';
import { newId, type ApplicationId } from '../../kernel/ids.js';
import type { Text } from '../../kernel/violation.js';
import type { Answer, Invocation } from '../../platform/invocation.js';
import { applicationHindrance } from '../lifecycle.rules.js';
import type { ApplicationCheck } from './application-check.entity.js';
import {
  ApplicationPartsService,
  type ApplicationFile,
  type ApplicationParts,
} from './application-parts.service.js';
import { ApplicationRepository } from './application.repository.js';
import { checkHindrance, isCheckedComplete } from './application.rules.js';
import { judgeSeen } from './continuation.rules.js';

/** The granting authority's side of an application, up to the decision. */
@Injectable()
export class ApplicationCheckService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly applications: ApplicationRepository,
    private readonly parts: ApplicationPartsService,
  ) {}

  /** Finds a submission complete, or hands it back with what is missing. */
  check(
    invocation: Invocation<ApplicationFile>,
    id: ApplicationId,
    { complete, note, sha256 = null }: { complete: boolean; note: string; sha256?: string | null },
  ): Promise<Answer> {
    return this.commands.run(invocation, 'application.check', async (unit) => {
      const { application, checks } = await this.parts.lock(unit, id);
      unit.expect(application.version);
      allowed(checkHindrance({ ...stateOf(application), checks }, complete));
      const { caseId, centreId, submission } = application;
      const objections = judgeSeen(sha256, await this.parts.submittedHash(unit, application));
      if (objections.length > 0) throw ruleViolated(objections);
      await this.applications.addCheck(unit, {
        ...{ applicationId: id, caseId, centreId, submission, complete, note },
        id: newId<ApplicationCheck['id']>(),
        checkedOn: unit.today,
      });
      await this.applications.move(unit, id, complete ? 'in_check' : 'queried');
      return this.done(unit, application);
    });
  }

  /** Says what should be decided, and why; only what was found complete may be decided. */
  recommend(
    invocation: Invocation<ApplicationFile>,
    id: ApplicationId,
    recommendation: string,
  ): Promise<Answer> {
    return this.commands.run(invocation, 'application.recommend', async (unit) => {
      const { application, checks } = await this.parts.lock(unit, id);
      unit.expect(application.version);
      allowed(applicationHindrance(application.state, 'recommended'));
      allowed(isCheckedComplete({ ...stateOf(application), checks }) ? null : NOT_CHECKED);
      await this.applications.recommend(unit, id, recommendation);
      return this.done(unit, application);
    });
  }

  private done(
    unit: Unit,
    { id, caseId, centreId, version }: ApplicationParts['application'],
  ): Promise<ApplicationFile> {
    unit.concerns({ type: 'application', id, version: version + 1, centreId, caseId });
    return this.parts.show(unit, id);
  }
}

const NOT_CHECKED: Text = {
  de: 'Die letzte Einreichung ist noch nicht als vollständig geprüft. Als Nächstes stellt die Bewilligungsbehörde ihre Vollständigkeit fest (application.check).',
  en: 'The latest submission has not been checked as complete yet. Next, the granting authority finds it complete (application.check).',
};

function allowed(hindrance: Text | null): void {
  if (hindrance !== null) throw stateConflict(hindrance);
}

function stateOf({ state, submission }: ApplicationParts['application']) {
  return { state, submission };
}
