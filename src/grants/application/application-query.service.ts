import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../../audit/command-runner.js';
import type { Unit } from '../../audit/unit.js';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import { ruleViolated, stateConflict } from '../../kernel/failure.js';
import { newId, type ApplicationId } from '../../kernel/ids.js';
import type { Violation } from '../../kernel/violation.js';
import type { Answer, Invocation } from '../../platform/invocation.js';
import { answeringHindrance, applicationHindrance } from '../lifecycle.rules.js';
import { ApplicationDeskRepository } from './application-desk.repository.js';
import { ApplicationDeskService } from './application-desk.service.js';
import { ApplicationPartsService, type ApplicationFile } from './application-parts.service.js';
import type { AskedQuery, QueryAnswer } from './application-query.entity.js';
import type { Application } from './application.entity.js';
import { ApplicationRepository } from './application.repository.js';
import { answerDueOn, judgeAnswered, judgeDueDay, judgeUnchanged } from './query.rules.js';

/** What the authority asks the applicant, and what the applicant answers. */
@Injectable()
export class ApplicationQueryService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly applications: ApplicationRepository,
    private readonly parts: ApplicationPartsService,
    private readonly desk: ApplicationDeskRepository,
    private readonly queries: ApplicationDeskService,
  ) {}

  /** Hands the application back with a question and the day until which to answer. */
  query(
    invocation: Invocation<ApplicationFile>,
    id: ApplicationId,
    { question, dueOn }: { readonly question: string; readonly dueOn: CalendarDate },
  ): Promise<Answer> {
    return this.commands.run(invocation, 'application.query', async (unit) => {
      const application = await this.parts.lock(unit, id);
      unit.expect(application.version);
      const hindrance = applicationHindrance(application.state, 'queried');
      if (hindrance !== null) throw stateConflict(hindrance);
      refuseOn(judgeDueDay(dueOn, unit.today));
      const { caseId, centreId, submission } = application;
      const asked = await this.desk.queries(unit, id);
      await this.desk.addQuery(unit, {
        ...{ id: newId<AskedQuery['id']>(), applicationId: id, caseId, centreId },
        ...{ number: asked.length + 1, submission, question, dueOn: answerDueOn(dueOn) },
        askedOn: unit.today,
      });
      await this.applications.move(unit, id, 'queried');
      return this.done(unit, application);
    });
  }

  /** Answers in words and hands the application back as it was submitted. */
  answer(
    invocation: Invocation<ApplicationFile>,
    id: ApplicationId,
    { query: number, text }: { readonly query: number; readonly text: string },
  ): Promise<Answer> {
    return this.commands.run(invocation, 'application.answer', async (unit) => {
      const parts = await this.parts.lockWhole(unit, id);
      const { application } = parts;
      unit.expect(application.version);
      const hindrance = answeringHindrance(application.state);
      if (hindrance !== null) throw stateConflict(hindrance);
      const queries = await this.queries.queries(unit, id);
      const facts = queries.map(({ query, answer }) => ({ number: query.number, answered: answer !== null }));
      const submitted = await this.parts.frozen(unit, application);
      const now = this.parts.freeze(parts, await this.parts.reckon(unit, parts));
      refuseOn([...judgeAnswered(facts, number), ...judgeUnchanged(submitted.content, now.content)]);
      await this.answered(unit, application, text);
      await this.applications.move(unit, id, 'in_check');
      return this.done(unit, application);
    });
  }

  /** Closes what is open: with a text about the submission that lies there, or by the one named. */
  async answered(
    unit: Unit,
    { id: applicationId, caseId, centreId, submission }: Application,
    text: string | null,
  ): Promise<void> {
    const queries = await this.queries.queries(unit, applicationId);
    for (const { query } of queries.filter(({ answer }) => answer === null)) {
      await this.desk.addAnswer(unit, {
        ...{ id: newId<QueryAnswer['id']>(), queryId: query.id, applicationId, caseId, centreId },
        ...{ submission: text === null ? submission + 1 : submission, text, answeredOn: unit.today },
      });
    }
  }

  private done(unit: Unit, { id, caseId, centreId, version }: Application): Promise<ApplicationFile> {
    unit.concerns({ type: 'application', id, version: version + 1, centreId, caseId });
    return this.parts.show(unit, id, unit.actor);
  }
}

function refuseOn(objections: readonly Violation[]): void {
  if (objections.length > 0) throw ruleViolated(objections);
}
