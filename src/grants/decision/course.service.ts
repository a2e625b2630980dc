import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../../audit/command-runner.js';
import type { Unit } from '../../audit/unit.js';
import type { Actor } from '../../kernel/actor.js';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import { notFound, stateConflict } from '../../kernel/failure.js';
import type { CaseId, DecisionId } from '../../kernel/ids.js';
import type { Text } from '../../kernel/violation.js';
import { Clock } from '../../platform/clock.js';
import type { ReadTx } from '../../platform/database/tx.js';
import { noticedHindrance } from '../lifecycle.rules.js';
import { ActRepository } from './act.repository.js';
import type { DecisionAmount } from './decision-amount.entity.js';
import type { Decision } from './decision.entity.js';
import { DecisionRepository } from './decision.repository.js';
import { DecisionService, type DecisionParts } from './decision.service.js';
import { finalityOf } from './finality.rules.js';
import type { Hearing } from './hearing.entity.js';
import { inForceOn, type AsOf, type DatedAmount, type StandingAmount } from './in-force.rules.js';
import type { Suit } from './suit.entity.js';

/** What happened to a decision since its notice. */
export interface DecisionCourse extends DecisionParts {
  readonly suits: readonly Suit[];
  readonly hearings: readonly Hearing[];
  /** All decisions of the case, oldest first. */
  readonly chain: readonly Decision[];
}

export type CourseAmount = DecisionAmount & DatedAmount;

/** What the decisions of a case gave on a day. */
export interface CaseGrant {
  readonly caseId: CaseId;
  readonly asOf: AsOf;
  readonly chain: readonly Decision[];
  readonly amounts: readonly StandingAmount<CourseAmount>[];
}

/** Reads what became of a decision, and what held when. */
@Injectable()
export class CourseService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly acts: ActRepository,
    private readonly decisions: DecisionRepository,
    private readonly parts: DecisionService,
    private readonly clock: Clock,
  ) {}

  read(actor: Actor, id: DecisionId): Promise<DecisionCourse> {
    return this.commands.read(actor, (tx) => this.of(tx, id));
  }

  async of(tx: ReadTx, id: DecisionId): Promise<DecisionCourse> {
    const parts = await this.parts.require(tx, id);
    const { caseId } = parts.decision;
    return {
      ...parts,
      suits: (await this.acts.suitsOfCase(tx, caseId)).filter(({ decisionId }) => decisionId === id),
      hearings: (await this.acts.hearingsOfCase(tx, caseId)).filter(({ decisionId }) => decisionId === id),
      chain: await this.decisions.ofCase(tx, caseId),
    };
  }

  /** What held on a day, as far as it was known at an instant. @throws Failure 404 for a case the actor does not see */
  inForce(
    actor: Actor,
    caseId: CaseId,
    { on, knownAt }: { readonly on: CalendarDate | null; readonly knownAt: string | null },
  ): Promise<CaseGrant> {
    const asOf = { on: on ?? this.clock.today(), knownAt };
    return this.commands.read(actor, async (tx) => {
      const chain = await this.decisions.ofCase(tx, caseId);
      if (chain.length === 0) throw notFound();
      const suits = await this.acts.suitsOfCase(tx, caseId);
      const rows = (await this.acts.amountsOfCase(tx, caseId)).flatMap((row) => dated(row, chain, suits));
      return { caseId, asOf, chain, amounts: inForceOn(rows, asOf) };
    });
  }

  /** A notified decision, locked for something that happens to it. @throws Failure 404, 409, 412 */
  async lockNoticed(
    unit: Unit,
    id: DecisionId,
    step: Text,
  ): Promise<Pick<DecisionParts, 'decision' | 'amounts'>> {
    const parts = await this.parts.lockWithAmounts(unit, id);
    const hindrance = noticedHindrance(parts.decision.state, step);
    if (hindrance !== null) throw stateConflict(hindrance);
    return parts;
  }

  /** The decision as the command leaves it. */
  async done(unit: Unit, { id, centreId, caseId }: Decision): Promise<DecisionCourse> {
    const version = await this.acts.touch(unit, id);
    unit.concerns({ type: 'decision', id, version, centreId, caseId });
    return this.of(unit, id);
  }
}

/** An amount with the days of its decision; one that is released and not notified has none. */
function dated(row: DecisionAmount, chain: readonly Decision[], suits: readonly Suit[]): CourseAmount[] {
  const decision = chain.find(({ id }) => id === row.decisionId);
  if (decision === undefined) return [];
  const { notifiedAt, notifiedMode, notifiedOn, receivedOn, remedyInformation, waivedOn, waivedAt } =
    decision;
  if (notifiedAt === null || notifiedMode === null || notifiedOn === null || receivedOn === null) return [];
  const { ...amount } = row;
  const suit = suits.find(({ id }) => id === row.suitId) ?? null;
  const { finalOn: finalWithoutWaiver } = finalityOf({
    ...{ mode: notifiedMode, on: notifiedOn, remedyInformation },
  });
  return [
    {
      ...amount,
      ...{ effectiveFrom: receivedOn, recordedAt: notifiedAt, waivedOn, waivedAt, finalWithoutWaiver },
      suitRecordedAt: suit?.recordedAt ?? null,
      suitClosedAt: suit?.closedAt ?? null,
    },
  ];
}
