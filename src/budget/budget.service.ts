import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../audit/command-runner.js';
import type { Unit } from '../audit/unit.js';
import { CentreService } from '../centres/centre.service.js';
import type { Actor } from '../kernel/actor.js';
import { notFound, ruleViolated, stateConflict } from '../kernel/failure.js';
import { newId, type BudgetLineId, type CentreId } from '../kernel/ids.js';
import { mayBecome } from '../kernel/lifecycle.js';
import type { Money } from '../kernel/money.js';
import { violation, type Violation } from '../kernel/violation.js';
import { step } from '../ledger/posting.rules.js';
import { LedgerService } from '../ledger/ledger.service.js';
import type { ReadTx } from '../platform/database/tx.js';
import type { Answer, Invocation } from '../platform/invocation.js';
import { Allocation } from './allocation.entity.js';
import { Appropriation } from './appropriation.entity.js';
import { BudgetLine } from './budget-line.entity.js';
import { BudgetRepository, type OverviewRow, type Slice } from './budget.repository.js';
import {
  judgeAllocation,
  judgeRelease,
  proposalLifecycle,
  type AllocationKind,
  type Confidence,
  type ProposalState,
} from './budget.rules.js';

export interface NewLine {
  readonly chapter: string;
  readonly title: string;
  readonly name: string;
  readonly transferable: boolean;
}

export interface ProposedAppropriation {
  readonly lineId: BudgetLineId;
  readonly fundingYear: number;
  readonly amountCents: Money;
  readonly reason: string;
  readonly source: string;
  readonly confidence: Confidence;
}

export interface ProposedAllocation {
  readonly lineId: BudgetLineId;
  readonly fundingYear: number;
  readonly programme: string;
  readonly kind: AllocationKind;
  readonly centreId: CentreId | null;
  readonly amountCents: Money;
  readonly reason: string;
}

@Injectable()
export class BudgetService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly budget: BudgetRepository,
    private readonly centres: CentreService,
    private readonly ledger: LedgerService,
  ) {}

  createLine(invocation: Invocation<BudgetLine>, input: NewLine): Promise<Answer> {
    return this.commands.run(invocation, 'budgetLine.create', async (unit) => {
      const line = { id: newId<BudgetLineId>(), ...input, version: 1 };
      await this.budget.insert(unit, BudgetLine, line);
      concern(unit, 'budget_line', line);
      return line;
    });
  }

  proposeAppropriation(invocation: Invocation<Appropriation>, input: ProposedAppropriation): Promise<Answer> {
    return this.commands.run(invocation, 'appropriation.propose', async (unit) => {
      await this.requireLine(unit, input.lineId);
      const { amountCents: amount, ...rest } = input;
      const proposal = { ...rest, id: newId<Appropriation['id']>(), kind: 'initial' as const, amount };
      await this.budget.insert(unit, Appropriation, {
        ...proposal,
        state: 'proposed',
        version: 1,
      } as Appropriation);
      concern(unit, 'appropriation', { id: proposal.id, version: 1 });
      return this.mustLock(this.budget.lockAppropriation(unit, proposal.id));
    });
  }

  releaseAppropriation(invocation: Invocation<Appropriation>, id: Appropriation['id']): Promise<Answer> {
    return this.commands.run(invocation, 'appropriation.release', async (unit) => {
      const proposal = await this.mustLock(this.budget.lockAppropriation(unit, id));
      this.mayRelease(unit, proposal);
      await this.budget.release(unit, Appropriation, id);
      concern(unit, 'appropriation', { id, version: proposal.version + 1 });
      const { lineId, fundingYear, amount } = proposal;
      await this.ledger.post(unit, [
        step(
          'appropriation.release',
          ['outside', 'appropriated'],
          { lineId, fundingYear },
          { amount, effectiveOn: unit.today },
        ),
      ]);
      return this.mustLock(this.budget.lockAppropriation(unit, id));
    });
  }

  proposeAllocation(invocation: Invocation<Allocation>, input: ProposedAllocation): Promise<Answer> {
    return this.commands.run(invocation, 'allocation.propose', async (unit) => {
      await this.requireLine(unit, input.lineId);
      const objections = judgeAllocation(input.kind, input.centreId);
      if (objections.length > 0) {
        throw ruleViolated(objections);
      }
      if (input.centreId !== null) {
        await this.centres.require(unit, input.centreId);
      }
      const { amountCents: amount, ...rest } = input;
      const proposal = { ...rest, id: newId<Allocation['id']>(), amount };
      await this.budget.insert(unit, Allocation, {
        ...proposal,
        state: 'proposed',
        version: 1,
      } as Allocation);
      concern(unit, 'allocation', { id: proposal.id, version: 1 });
      return this.mustLock(this.budget.lockAllocation(unit, proposal.id));
    });
  }

  releaseAllocation(invocation: Invocation<Allocation>, id: Allocation['id']): Promise<Answer> {
    return this.commands.run(invocation, 'allocation.release', async (unit) => {
      const proposal = await this.mustLock(this.budget.lockAllocation(unit, id));
      this.mayRelease(unit, proposal);
      await this.budget.release(unit, Allocation, id);
      concern(unit, 'allocation', { id, version: proposal.version + 1 });
      const { lineId, fundingYear, programme, amount, kind } = proposal;
      // A quota is a plan, not spending power: it moves nothing.
      if (kind === 'allotment') {
        const dimensions = { lineId, fundingYear, programme };
        await this.ledger.post(unit, [
          step('allocation.release', ['appropriated', 'allocated'], dimensions, {
            amount,
            effectiveOn: unit.today,
          }),
        ]);
      }
      return this.mustLock(this.budget.lockAllocation(unit, id));
    });
  }

  lines(actor: Actor, slice: Slice): Promise<BudgetLine[]> {
    return this.commands.read(actor, (tx) => this.budget.lines(tx, slice));
  }

  appropriations(actor: Actor, fundingYear: number | null, slice: Slice): Promise<Appropriation[]> {
    return this.commands.read(actor, (tx) => this.budget.appropriations(tx, fundingYear, slice));
  }

  allocations(actor: Actor, fundingYear: number | null, slice: Slice): Promise<Allocation[]> {
    return this.commands.read(actor, (tx) => this.budget.allocations(tx, fundingYear, slice));
  }

  overview(actor: Actor, fundingYear: number): Promise<OverviewRow[]> {
    return this.commands.read(actor, (tx) => this.budget.overview(tx, fundingYear));
  }

  /**
   * The budget line that funds a programme in a year.
   * @throws Failure 422 while no allotment of that year has been released.
   */
  async lineFor(tx: ReadTx, programme: string, fundingYear: number): Promise<BudgetLineId> {
    const line = await this.budget.lineOf(tx, programme, fundingYear);
    if (line === null) {
      throw ruleViolated([
        violation('no-allotment', '§ 9 LHO NRW', {
          de: `Für ${programme} ist ${String(fundingYear)} noch keine Mittelzuweisung freigegeben.`,
          en: `No allotment for ${programme} has been released for ${String(fundingYear)} yet.`,
        }),
      ]);
    }
    return line;
  }

  private mayRelease(unit: Unit, proposal: Appropriation | Allocation): void {
    unit.expect(proposal.version);
    const target: ProposalState = 'released';
    if (!mayBecome(proposalLifecycle, proposal.state, target)) {
      throw stateConflict({ de: 'Das ist bereits freigegeben.', en: 'This has already been released.' });
    }
    const objections: Violation[] = judgeRelease(proposal.proposedBy, unit.actor.personId);
    if (objections.length > 0) {
      throw ruleViolated(objections);
    }
  }

  private async requireLine(tx: ReadTx, id: BudgetLineId): Promise<void> {
    if ((await this.budget.line(tx, id)) === null) {
      throw ruleViolated([
        violation(
          'unknown-budget-line',
          null,
          { de: 'Diese Haushaltsstelle gibt es nicht.', en: 'There is no such budget line.' },
          '/lineId',
        ),
      ]);
    }
  }

  private async mustLock<T>(found: Promise<T | null>): Promise<T> {
    const row = await found;
    if (row === null) {
      throw notFound();
    }
    return row;
  }
}

function concern(unit: Unit, type: string, { id, version }: { id: string; version: number }): void {
  unit.concerns({ type, id, version, centreId: null, caseId: null });
}
