import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../../audit/command-runner.js';
import type { Unit } from '../../audit/unit.js';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import { ruleViolated, stateConflict } from '../../kernel/failure.js';
import { newId, type DecisionId } from '../../kernel/ids.js';
import type { Text, Violation } from '../../kernel/violation.js';
import type { Answer, Invocation } from '../../platform/invocation.js';
import { ActRepository } from './act.repository.js';
import type { TakingBack } from './act.rules.js';
import { CourseService, type DecisionCourse } from './course.service.js';
import type { Decision } from './decision.entity.js';
import { isActKind } from './act-kinds.rules.js';
import type { Hearing } from './hearing.entity.js';
import {
  answerHindrance,
  hearingToAnswer,
  judgeHearing,
  judgeHearingEnd,
  NO_HEARING,
} from './hearing.rules.js';

export interface HearingInput {
  readonly purpose: TakingBack;
  readonly reasons: string;
  readonly dueOn: CalendarDate;
}

/** The recipient is heard before money is taken back. */
@Injectable()
export class HearingService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly acts: ActRepository,
    private readonly courses: CourseService,
  ) {}

  open(invocation: Invocation<DecisionCourse>, id: DecisionId, input: HearingInput): Promise<Answer> {
    return this.commands.run(invocation, 'decision.openHearing', async (unit) => {
      const { decision } = await this.courses.lockNoticed(unit, id, HEARD);
      if (isActKind(decision.kind) || decision.kind === 'refusal') throw stateConflict(NOTHING_TO_TAKE);
      if ((await this.openHearing(unit, decision)) !== null) throw stateConflict(ONE_HEARING);
      refuseOn(judgeHearing(input.dueOn, unit.today));
      const { caseId, centreId } = decision;
      const { purpose, reasons, dueOn } = input;
      const hearing = {
        ...{ id: newId<Hearing['id']>(), decisionId: id, caseId, centreId, purpose, reasons, dueOn },
        openedOn: unit.today,
      };
      await this.acts.insertHearing(unit, hearing);
      unit.concerns({ type: 'hearing', id: hearing.id, version: 1, centreId, caseId });
      return this.courses.done(unit, decision);
    });
  }

  /** By the recipient itself: early or late, as long as what it is heard about has not been made known to it. */
  answer(invocation: Invocation<DecisionCourse>, id: DecisionId, statement: string): Promise<Answer> {
    return this.commands.run(invocation, 'decision.answerHearing', async (unit) => {
      const { decision } = await this.courses.lockNoticed(unit, id, HEARD);
      const { hearings, chain } = await this.courses.of(unit, id);
      const isTaken = (one: Hearing): boolean =>
        chain.some(({ hearingId, notifiedAt }) => hearingId === one.id && notifiedAt !== null);
      const hearing = hearingToAnswer(hearings, isTaken);
      const hindrance = answerHindrance(hearing, hearing !== null && isTaken(hearing));
      if (hearing === null || hindrance !== null) throw stateConflict(hindrance ?? NO_HEARING);
      await this.acts.answerHearing(unit, hearing.id, statement, unit.today);
      const { caseId, centreId } = decision;
      unit.concerns({ type: 'hearing', id: hearing.id, version: hearing.version + 1, centreId, caseId });
      return this.courses.done(unit, decision);
    });
  }

  /** With what the recipient said, itself or by letter, or that it said nothing until the day due. */
  close(invocation: Invocation<DecisionCourse>, id: DecisionId, statement: string | null): Promise<Answer> {
    return this.commands.run(invocation, 'decision.closeHearing', async (unit) => {
      const { decision } = await this.courses.lockNoticed(unit, id, HEARD);
      const hearing = await this.openHearing(unit, decision);
      if (hearing === null) throw stateConflict(NO_HEARING);
      refuseOn(judgeHearingEnd(hearing, statement, unit.today));
      const said = statement ?? hearing.statement;
      await this.acts.closeHearing(unit, hearing.id, { statement: said, on: unit.today });
      const { caseId, centreId } = decision;
      unit.concerns({ type: 'hearing', id: hearing.id, version: hearing.version + 1, centreId, caseId });
      return this.courses.done(unit, decision);
    });
  }

  private async openHearing(unit: Unit, { id, caseId }: Decision): Promise<Hearing | null> {
    const hearings = await this.acts.hearingsOfCase(unit, caseId);
    return hearings.find(({ decisionId, state }) => decisionId === id && state === 'open') ?? null;
  }
}

function refuseOn(objections: readonly Violation[]): void {
  if (objections.length > 0) throw ruleViolated(objections);
}

const HEARD: Text = { de: 'Gegenstand einer Anhörung', en: 'the subject of a hearing' };
const NOTHING_TO_TAKE: Text = {
  de: 'Zurückgenommen oder widerrufen wird ein Bewilligungsbescheid; nur zu ihm wird angehört.',
  en: 'What is withdrawn or revoked is a grant; a hearing is about that.',
};
const ONE_HEARING: Text = {
  de: 'Zu diesem Bescheid läuft schon eine Anhörung; sie ist zuerst abzuschließen (decision.closeHearing).',
  en: 'A hearing about this decision is already open; it is to be closed first (decision.closeHearing).',
};
