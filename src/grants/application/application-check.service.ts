import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../../audit/command-runner.js';
import type { Unit } from '../../audit/unit.js';
import { ruleViolated, stateConflict } from '../../kernel/failure.js';
import { newId, type ApplicationId } from '../../kernel/ids.js';
import type { Text } from '../../kernel/violation.js';
import type { Answer, Invocation } from '../../platform/invocation.js';
import { applicationHindrance } from '../lifecycle.rules.js';
import type { ApplicationCheck, ApplicationCheckResult } from './application-check.entity.js';
import { ApplicationDeskRepository } from './application-desk.repository.js';
import type { ApplicationDeviation } from './application-opinion.entity.js';
import { ApplicationPartsService, type ApplicationFile } from './application-parts.service.js';
import type { ApplicationRecommendation } from './application-recommendation.entity.js';
import { ApplicationRepository } from './application.repository.js';
import type { Application } from './application.entity.js';
import {
  checkHindrance,
  checklistOf,
  isChecked,
  judgeResults,
  type CheckFacts,
  type CheckResult,
} from './check.rules.js';
import { judgeSeen } from './continuation.rules.js';
import { judgeDeviations, standingOpinions, type Deviation, type Proposal } from './opinion.rules.js';

export interface CheckInput {
  readonly results: readonly CheckResult[];
  readonly note: string;
  /** Of the submission that was checked, where it is to be no other. */
  readonly sha256?: string | null;
}

export interface RecommendationInput {
  readonly recommendation: string;
  readonly proposes: Proposal;
  readonly deviations: readonly Deviation[];
}

/** The granting authority's side of an application, up to the decision. */
@Injectable()
export class ApplicationCheckService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly applications: ApplicationRepository,
    private readonly desk: ApplicationDeskRepository,
    private readonly parts: ApplicationPartsService,
  ) {}

  /** Answers every item of the checklist of the guideline about what was submitted. */
  check(
    invocation: Invocation<ApplicationFile>,
    id: ApplicationId,
    { results, note, sha256 = null }: CheckInput,
  ): Promise<Answer> {
    return this.commands.run(invocation, 'application.check', async (unit) => {
      const application = await this.parts.lock(unit, id);
      unit.expect(application.version);
      const facts = await this.factsOf(unit, application);
      allowed(checkHindrance(facts));
      const { grounds } = await this.parts.groundsOf(unit, application);
      const checklist = checklistOf(grounds.flatMap(({ version }) => version ?? []));
      const { sha256: stands } = await this.parts.frozen(unit, application);
      const objections = [...judgeSeen(sha256, stands), ...judgeResults(checklist, results)];
      if (objections.length > 0) throw ruleViolated(objections);
      const { caseId, centreId, submission } = application;
      const about = { applicationId: id, caseId, centreId };
      const checkId = newId<ApplicationCheck['id']>();
      await this.desk.addCheck(
        unit,
        { ...about, id: checkId, submission, queries: facts.queries, note, checkedOn: unit.today },
        checklist.flatMap(({ code, guidelineVersionId }) =>
          results
            .filter((result) => result.code === code)
            .map(({ result, reason }) => ({
              ...{ ...about, id: newId<ApplicationCheckResult['id']>(), checkId },
              ...{ guidelineVersionId, code, result, reason },
            })),
        ),
      );
      await this.applications.move(unit, id, 'in_check');
      return this.done(unit, application);
    });
  }

  /** Says what should be decided, and why; only what was checked may be decided, and no opinion is passed over. */
  recommend(
    invocation: Invocation<ApplicationFile>,
    id: ApplicationId,
    { recommendation, proposes, deviations }: RecommendationInput,
  ): Promise<Answer> {
    return this.commands.run(invocation, 'application.recommend', async (unit) => {
      const application = await this.parts.lock(unit, id);
      unit.expect(application.version);
      allowed(applicationHindrance(application.state, 'recommended'));
      allowed(isChecked(await this.factsOf(unit, application)) ? null : NOT_CHECKED);
      const standing = standingOpinions(await this.desk.opinions(unit, id), application.submission);
      const objections = judgeDeviations(standing, proposes, deviations);
      if (objections.length > 0) throw ruleViolated(objections);
      const { caseId, centreId } = application;
      await this.applications.recommend(unit, id);
      await this.desk.addRecommendation(unit, {
        ...{ id: newId<ApplicationRecommendation['id']>(), applicationId: id, caseId, centreId },
        ...{ recommendation, proposes },
      });
      await this.desk.addDeviations(
        unit,
        standing.flatMap(({ id: opinionId, office }) =>
          deviations
            .filter((deviation) => deviation.office === office)
            .map(({ reason }) => ({
              ...{ id: newId<ApplicationDeviation['id']>(), opinionId, applicationId: id, caseId, centreId },
              reason,
            })),
        ),
      );
      return this.done(unit, application);
    });
  }

  private async factsOf(unit: Unit, { id, state, submission }: Application): Promise<CheckFacts> {
    const checks = await this.desk.checks(unit, id);
    const queries = await this.desk.queries(unit, id);
    return { state, submission, checks, queries: queries.length };
  }

  private done(unit: Unit, { id, caseId, centreId, version }: Application): Promise<ApplicationFile> {
    unit.concerns({ type: 'application', id, version: version + 1, centreId, caseId });
    return this.parts.show(unit, id, unit.actor);
  }
}

const NOT_CHECKED: Text = {
  de: 'Die letzte Einreichung ist noch nicht geprüft, oder seither wurde rückgefragt. Als Nächstes beantwortet die Bewilligungsbehörde die Prüfliste (application.check).',
  en: 'The latest submission has not been checked yet, or something was asked since. Next, the granting authority answers the checklist (application.check).',
};

function allowed(hindrance: Text | null): void {
  if (hindrance !== null) throw stateConflict(hindrance);
}
