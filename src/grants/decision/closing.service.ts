import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../../audit/command-runner.js';
import { ruleViolated, stateConflict } from '../../kernel/failure.js';
import type { DecisionId } from '../../kernel/ids.js';
import type { Text } from '../../kernel/violation.js';
import { LedgerService } from '../../ledger/ledger.service.js';
import type { Posting } from '../../ledger/posting.rules.js';
import { lyingFor } from '../../ledger/reversal.rules.js';
import type { Answer, Invocation } from '../../platform/invocation.js';
import { free } from './act-effect.service.js';
import { ActRepository } from './act.repository.js';
import { judgeClosing } from './closing.rules.js';
import { CourseService, type DecisionCourse } from './course.service.js';
import { isActKind } from './act-kinds.rules.js';
import { StandingService } from './standing.service.js';

/** The end of a decision. */
@Injectable()
export class ClosingService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly acts: ActRepository,
    private readonly courses: CourseService,
    private readonly standing: StandingService,
    private readonly ledger: LedgerService,
  ) {}

  /** Everything is settled: what was promised and never called is free again, and the decisions of the case rest. */
  close(invocation: Invocation<DecisionCourse>, id: DecisionId): Promise<Answer> {
    return this.commands.run(invocation, 'decision.close', async (unit) => {
      const { decision } = await this.courses.lockNoticed(unit, id, CLOSED);
      if (isActKind(decision.kind)) throw stateConflict(CLOSES_WITH_ITS_BASIS);
      const { caseId, centreId } = decision;
      const stands = await this.standing.ofCase(unit, caseId);
      const suits = await this.acts.suitsOfCase(unit, caseId);
      const hearings = await this.acts.hearingsOfCase(unit, caseId);
      const unfinished = await this.acts.unfinished(unit, caseId);
      const objections = judgeClosing(
        {
          ...{ finalOn: decision.finalOn, settledYears: stands.settledYears },
          grantedYears: stands.rows
            .filter(({ source, amount }) => source === 'state_integration' && amount.isPositive())
            .map(({ fundingYear }) => fundingYear),
          openSuits: suits.filter(({ state }) => state === 'suit_recorded').length,
          openHearings: hearings.filter(({ state }) => state === 'open').length,
          unfinished: unfinished?.fileNumber ?? null,
        },
        unit.today,
      );
      if (objections.length > 0) throw ruleViolated(objections);
      for (const closed of await this.acts.close(unit, caseId)) {
        unit.concerns({ type: 'decision', ...closed, centreId, caseId });
      }
      const postings: Posting[] = stands.rows.flatMap(({ row }) => {
        const { fundingYear, lineId } = row;
        if (lineId === null) return [];
        const less = lyingFor(stands.commitments, { fundingYear, source: 'state_integration', lineId });
        return [...free('decision.close', row, stands.commitments, { less, on: unit.today }).postings];
      });
      const answer = await this.courses.of(unit, id);
      await this.ledger.post(unit, postings);
      return answer;
    });
  }
}

const CLOSED: Text = { de: 'abgeschlossen', en: 'closed' };
const CLOSES_WITH_ITS_BASIS: Text = {
  de: 'Abgeschlossen wird der Bescheid, auf dem dieser beruht; mit ihm ruhen alle Bescheide des Falls.',
  en: 'What is closed is the decision this one is about; with it all decisions of the case rest.',
};
