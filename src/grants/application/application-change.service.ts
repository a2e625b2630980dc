import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../../audit/command-runner.js';
import type { Unit } from '../../audit/unit.js';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import { ruleViolated, stateConflict } from '../../kernel/failure.js';
import { newId, type ApplicationId } from '../../kernel/ids.js';
import type { Violation } from '../../kernel/violation.js';
import type { Answer, Invocation } from '../../platform/invocation.js';
import { applicationRefusal } from '../lifecycle.rules.js';
import type { ChangeAnswer, ToldChange } from './application-change.entity.js';
import { ApplicationChangeRepository } from './application-change.repository.js';
import { ApplicationPartsService, type ApplicationFile } from './application-parts.service.js';
import type { Application } from './application.entity.js';
import {
  judgeAcknowledged,
  judgeChange,
  tellingHindrance,
  type ChangeConsequence,
  type ChangeKind,
} from './change.rules.js';

export interface ChangeInput {
  readonly kind: ChangeKind;
  readonly what: string;
  readonly sinceOn: CalendarDate;
}

export interface AcknowledgementInput {
  readonly change: number;
  readonly consequence: ChangeConsequence;
  readonly reason: string;
}

/** What the recipient tells of changes after the notice, and what the authority makes of it. */
@Injectable()
export class ApplicationChangeService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly changes: ApplicationChangeRepository,
    private readonly parts: ApplicationPartsService,
  ) {}

  tell(
    invocation: Invocation<ApplicationFile>,
    id: ApplicationId,
    { kind, what, sinceOn }: ChangeInput,
  ): Promise<Answer> {
    return this.commands.run(invocation, 'application.notifyChange', async (unit) => {
      const application = await this.parts.lock(unit, id);
      unit.expect(application.version);
      const hindrance = tellingHindrance(application.state, await this.changes.decided(unit, id));
      if (hindrance !== null) throw stateConflict(hindrance);
      refuseOn(judgeChange(sinceOn, unit.today));
      const { caseId, centreId } = application;
      const told = await this.changes.changes(unit, id);
      await this.changes.add(unit, {
        ...{ id: newId<ToldChange['id']>(), applicationId: id, caseId, centreId },
        ...{ number: told.length + 1, kind, what, sinceOn, toldOn: unit.today },
      });
      return this.done(unit, application);
    });
  }

  /** Once, and also after the case was closed: what was told is never left without an answer. */
  acknowledge(
    invocation: Invocation<ApplicationFile>,
    id: ApplicationId,
    { change: number, consequence, reason }: AcknowledgementInput,
  ): Promise<Answer> {
    return this.commands.run(invocation, 'application.acknowledgeChange', async (unit) => {
      const application = await this.parts.lock(unit, id);
      unit.expect(application.version);
      const { state, caseId, centreId } = application;
      if (state !== 'decided') throw stateConflict(applicationRefusal(state, ACKNOWLEDGED));
      const told = await this.changes.changes(unit, id);
      const facts = told.map(({ change, answer }) => ({ number: change.number, answered: answer !== null }));
      refuseOn(judgeAcknowledged(facts, number));
      for (const { change } of told.filter((one) => one.change.number === number)) {
        await this.changes.answer(unit, {
          ...{ id: newId<ChangeAnswer['id']>(), changeId: change.id, applicationId: id, caseId, centreId },
          ...{ consequence, reason, acknowledgedOn: unit.today },
        });
      }
      return this.done(unit, application);
    });
  }

  /** What is told or answered raises the version by itself. */
  private done(unit: Unit, { id, caseId, centreId, version }: Application): Promise<ApplicationFile> {
    unit.concerns({ type: 'application', id, version: version + 1, centreId, caseId });
    return this.parts.show(unit, id, unit.actor);
  }
}

function refuseOn(objections: readonly Violation[]): void {
  if (objections.length > 0) throw ruleViolated(objections);
}

const ACKNOWLEDGED = {
  de: 'mit der Antwort auf eine Änderungsmitteilung versehen',
  en: 'given the answer to a change that was told',
};
