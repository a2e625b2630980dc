import { Injectable } from '@nestjs/common';
import type { Unit } from '../audit/unit.js';
import { notFound, ruleViolated } from '../kernel/failure.js';
import type { BudgetLineId } from '../kernel/ids.js';
import type { Text, Violation } from '../kernel/violation.js';
import { refuseStep } from '../kernel/withdrawal.js';
import type { ReadTx } from '../platform/database/tx.js';
import type { BudgetLine } from './budget-line.entity.js';
import { BudgetRepository, type Proposal, type ProposalTable } from './budget.repository.js';
import { judgeRelease, unknownLine, unknownProgramme, type ProposalState } from './budget.rules.js';
import { proposalHindrance, type ProposalWords } from './proposal.rules.js';

/** One of the three tables: what the record calls its rows, and how they are spoken of. */
export interface ProposalKind<E extends Proposal> {
  readonly target: ProposalTable<E>;
  readonly type: string;
  readonly words: ProposalWords;
  readonly thing: (proposal: E) => Text;
}

/** What is proposed by one person, and released by another or withdrawn by either; each step within a command. */
@Injectable()
export class ProposalService {
  constructor(private readonly budget: BudgetRepository) {}

  async propose<E extends Proposal>(unit: Unit, kind: ProposalKind<E>, proposal: E): Promise<E> {
    await this.budget.insert(unit, kind.target, proposal);
    return this.reread(unit, kind, proposal.id);
  }

  /** Judged and marked as released; the money is moved by whoever called. */
  async release<E extends Proposal>(unit: Unit, kind: ProposalKind<E>, id: E['id']): Promise<E> {
    const proposal = await this.lockFor(unit, kind, id, 'released');
    refuseOn(judgeRelease(proposal.proposedBy, unit.actor));
    await this.budget.release(unit, kind.target, id);
    return this.reread(unit, kind, id);
  }

  /** By whoever may propose: nothing came of it yet, so one person is enough, and the second may refuse this way. */
  async withdraw<E extends Proposal>(
    unit: Unit,
    kind: ProposalKind<E>,
    id: E['id'],
    reason: string,
  ): Promise<E> {
    await this.lockFor(unit, kind, id, 'withdrawn');
    await this.budget.withdraw(unit, kind.target, id, reason);
    return this.reread(unit, kind, id);
  }

  async requireLine(tx: ReadTx, id: BudgetLineId, pointer: string): Promise<BudgetLine> {
    const line = await this.budget.line(tx, id);
    if (line === null) throw ruleViolated([unknownLine(pointer)]);
    return line;
  }

  async requireProgramme(tx: ReadTx, code: string): Promise<void> {
    if (!(await this.budget.knowsProgramme(tx, code))) throw ruleViolated([unknownProgramme]);
  }

  /** As it is before a step that it can take. @throws Failure 404, 409, 412 */
  private async lockFor<E extends Proposal>(
    unit: Unit,
    { target, words, thing }: ProposalKind<E>,
    id: E['id'],
    to: ProposalState,
  ): Promise<E> {
    const proposal = await this.budget.lock(unit, target, id);
    if (proposal === null) throw notFound();
    unit.expect(proposal.version);
    refuseStep(proposalHindrance(words, thing(proposal), proposal, to), proposal);
    return proposal;
  }

  /** The proposal as this command leaves it, which is also what its record is about. */
  private async reread<E extends Proposal>(
    unit: Unit,
    { target, type }: ProposalKind<E>,
    id: E['id'],
  ): Promise<E> {
    const proposal = await this.budget.lock(unit, target, id);
    if (proposal === null) throw notFound();
    unit.concerns({ type, id, version: proposal.version, centreId: null, caseId: null });
    return proposal;
  }
}

/** What every row of the three tables begins with. */
export const PROPOSED = { state: 'proposed' as const, version: 1 };

export function refuseOn(objections: readonly Violation[]): void {
  if (objections.length > 0) throw ruleViolated(objections);
}
