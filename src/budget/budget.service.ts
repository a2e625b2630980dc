import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../audit/command-runner.js';
import type { Actor } from '../kernel/actor.js';
import { ruleViolated } from '../kernel/failure.js';
import { newId, type BudgetLineId } from '../kernel/ids.js';
import type { ReadTx } from '../platform/database/tx.js';
import type { Answer, Invocation } from '../platform/invocation.js';
import { BudgetLine } from './budget-line.entity.js';
import { BudgetRepository, type Slice } from './budget.repository.js';
import { noAllotment } from './budget.rules.js';
import { lineRows, type OverviewRow } from './overview.rules.js';

export interface NewLine {
  readonly chapter: string;
  readonly title: string;
  readonly name: string;
  readonly transferable: boolean;
}

/** The lines of the budget, what lies on them, and which of them funds what. */
@Injectable()
export class BudgetService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly budget: BudgetRepository,
  ) {}

  createLine(invocation: Invocation<BudgetLine>, input: NewLine): Promise<Answer> {
    return this.commands.run(invocation, 'budgetLine.create', async (unit) => {
      const line = { id: newId<BudgetLineId>(), ...input, version: 1 };
      await this.budget.insert(unit, BudgetLine, line);
      const { id, version } = line;
      unit.concerns({ type: 'budget_line', id, version, centreId: null, caseId: null });
      return line;
    });
  }

  lines(actor: Actor, slice: Slice): Promise<BudgetLine[]> {
    return this.commands.read(actor, (tx) => this.budget.lines(tx, slice));
  }

  overview(actor: Actor, fundingYear: number): Promise<OverviewRow[]> {
    return this.commands.read(actor, async (tx) => {
      const movements = await this.budget.movements(tx, fundingYear);
      const lines = new Map(movements.map((one) => [one.lineId, one]));
      return [...lines.values()].flatMap(({ lineId, chapter, title }) =>
        lineRows(movements.filter((one) => one.lineId === lineId)).map(({ programme, totals }) => ({
          ...{ lineId, chapter, title, programme, ...totals },
        })),
      );
    });
  }

  /**
   * The budget line that funds a programme in a year, by an allotment or by leave to promise that year's money: the one
   * that was chosen, or the first that was released. `place` says where the choice stands in the request.
   * @throws Failure 422 while nothing of that year has been released, or not on the chosen line.
   */
  async lineFor(
    tx: ReadTx,
    programme: string,
    fundingYear: number,
    chosen: { readonly id: BudgetLineId; readonly place: number } | null = null,
  ): Promise<BudgetLineId> {
    const lines = await this.budget.linesOf(tx, programme, fundingYear);
    const line = chosen === null ? lines[0] : lines.find((one) => one === chosen.id);
    if (line === undefined) throw ruleViolated([noAllotment(programme, fundingYear, chosen?.place ?? null)]);
    return line;
  }

  linesById(tx: ReadTx, ids: readonly BudgetLineId[]): Promise<BudgetLine[]> {
    return this.budget.linesById(tx, ids);
  }
}
