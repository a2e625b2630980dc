import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../../audit/command-runner.js';
import type { Unit } from '../../audit/unit.js';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import { ruleViolated, stateConflict } from '../../kernel/failure.js';
import { newId, type DecisionId } from '../../kernel/ids.js';
import { Money } from '../../kernel/money.js';
import type { Text, Violation } from '../../kernel/violation.js';
import { LedgerService } from '../../ledger/ledger.service.js';
import type { Posting } from '../../ledger/posting.rules.js';
import type { Answer, Invocation } from '../../platform/invocation.js';
import { commit, free } from './act-effect.service.js';
import { ActRepository } from './act.repository.js';
import { CourseService, type DecisionCourse } from './course.service.js';
import type { DecisionAmount } from './decision-amount.entity.js';
import type { Decision } from './decision.entity.js';
import { changeOf } from './in-force.rules.js';
import type { Suit } from './suit.entity.js';
import {
  judgeChallenges,
  judgeEnd,
  judgeSuitDay,
  wholeOf,
  type AmountPart,
  type SuitOutcome,
} from './suit.rules.js';

export interface SuitInput {
  readonly broughtOn: CalendarDate;
  readonly court: string;
  readonly fileNumber: string;
  /** The part of each amount it is about; null for all of the decision. */
  readonly parts: readonly AmountPart[] | null;
}

export interface SuitEnd {
  readonly outcome: SuitOutcome;
  readonly endedOn: CalendarDate;
  /** What the court set aside; null for all that was challenged. */
  readonly parts: readonly AmountPart[] | null;
}

/** Actions against a decision: they hold up what they are about, and nothing else. */
@Injectable()
export class SuitService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly acts: ActRepository,
    private readonly courses: CourseService,
    private readonly ledger: LedgerService,
  ) {}

  record(invocation: Invocation<DecisionCourse>, id: DecisionId, input: SuitInput): Promise<Answer> {
    return this.commands.run(invocation, 'decision.recordSuit', async (unit) => {
      const { decision, amounts } = await this.courses.lockNoticed(unit, id, CHALLENGED);
      if ((await this.openSuit(unit, decision)) !== null) throw stateConflict(ONE_SUIT);
      const rows = amounts.filter(({ validity }) => validity === 'in_force');
      const parts = input.parts ?? wholeOf(rows.filter(({ suit }) => suit === 'no_suit'));
      refuseOn([...judgeSuitDay(decision, input.broughtOn, unit.today), ...judgeChallenges(rows, parts)]);
      const { caseId, centreId } = decision;
      const { broughtOn, court, fileNumber } = input;
      const suit = {
        id: newId<Suit['id']>(),
        decisionId: id,
        caseId,
        centreId,
        broughtOn,
        court,
        fileNumber,
      };
      await this.acts.insertSuit(unit, suit);
      for (const part of parts) await this.acts.challenge(unit, suit.id, part);
      unit.concerns({ type: 'suit', id: suit.id, version: 1, centreId, caseId });
      return this.courses.done(unit, decision);
    });
  }

  /** The end of the suit: what the decision loses is freed, what it must not take is committed again. */
  close(invocation: Invocation<DecisionCourse>, id: DecisionId, end: SuitEnd): Promise<Answer> {
    return this.commands.run(invocation, 'decision.closeSuit', async (unit) => {
      const { decision, amounts } = await this.courses.lockNoticed(unit, id, ENDED);
      const suit = await this.openSuit(unit, decision);
      if (suit === null) throw stateConflict(NO_SUIT);
      const rows = amounts.filter(({ suitId }) => suitId === suit.id);
      const { outcome, endedOn, parts } = end;
      refuseOn(judgeEnd({ broughtOn: suit.broughtOn, outcome, endedOn, rows, annulled: parts }, unit.today));
      const annulled = new Map(rows.map((row) => [row.id, annulledOf(row, end)]));
      for (const row of rows) {
        const part = annulled.get(row.id) ?? Money.zero;
        await this.acts.endChallenge(unit, row.id, {
          ...{ suit: part.isPositive() ? 'annulled' : 'upheld', annulled: part, on: endedOn },
        });
      }
      await this.acts.closeSuit(unit, suit.id, outcome, endedOn);
      const { caseId, centreId } = decision;
      unit.concerns({ type: 'suit', id: suit.id, version: suit.version + 1, centreId, caseId });
      const postings = await this.postings(unit, decision, rows, annulled);
      const answer = await this.courses.done(unit, decision);
      await this.ledger.post(unit, postings);
      return answer;
    });
  }

  private async openSuit(unit: Unit, { id, caseId }: Decision): Promise<Suit | null> {
    const suits = await this.acts.suitsOfCase(unit, caseId);
    return suits.find(({ decisionId, state }) => decisionId === id && state === 'suit_recorded') ?? null;
  }

  private async postings(
    unit: Unit,
    decision: Decision,
    rows: readonly DecisionAmount[],
    annulled: ReadonlyMap<DecisionAmount['id'], Money>,
  ): Promise<Posting[]> {
    const commitments = await this.ledger.commitments(unit, decision.caseId);
    return rows.flatMap((row) => {
      const part = annulled.get(row.id) ?? Money.zero;
      if (!part.isPositive() || row.validity !== 'in_force') return [];
      return changeOf(row).isNegative()
        ? commit('decision.closeSuit', decision, row, { more: part, on: unit.today })
        : [...free('decision.closeSuit', row, commitments, { less: part, on: unit.today }).postings];
    });
  }
}

function annulledOf(row: DecisionAmount, { outcome, parts }: SuitEnd): Money {
  if (outcome !== 'annulled') return Money.zero;
  if (parts === null) return row.challenged;
  return parts.find(({ amountId }) => amountId === row.id)?.cents ?? Money.zero;
}

function refuseOn(objections: readonly Violation[]): void {
  if (objections.length > 0) throw ruleViolated(objections);
}

const CHALLENGED: Text = { de: 'angefochten', en: 'challenged' };
const ENDED: Text = { de: 'im Klageverfahren beendet', en: 'settled in court' };
const ONE_SUIT: Text = {
  de: 'Gegen diesen Bescheid läuft schon eine Klage; sie ist zuerst zu beenden (decision.closeSuit).',
  en: 'A suit against this decision is already pending; it has to end first (decision.closeSuit).',
};
const NO_SUIT: Text = {
  de: 'Gegen diesen Bescheid läuft keine Klage (decision.recordSuit).',
  en: 'No suit against this decision is pending (decision.recordSuit).',
};
