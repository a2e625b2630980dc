import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../audit/command-runner.js';
import type { Unit } from '../audit/unit.js';
import type { Actor } from '../kernel/actor.js';
import { Failure, notFound, ruleViolated, stateConflict } from '../kernel/failure.js';
import type { CaseId } from '../kernel/ids.js';
import { mayBecome } from '../kernel/lifecycle.js';
import { Money } from '../kernel/money.js';
import { LedgerService } from '../ledger/ledger.service.js';
import type { ReadTx } from '../platform/database/tx.js';
import type { Answer, Invocation } from '../platform/invocation.js';
import type { BudgetYear, BudgetYearId } from './budget-year.entity.js';
import type { Slice } from './budget.repository.js';
import { YearRepository } from './year.repository.js';
import {
  closingPostings,
  closingsOf,
  judgeClosing,
  judgeOpening,
  openingPostings,
  yearLifecycle,
  type LineClosing,
} from './year.rules.js';

export interface OpenedYear {
  readonly year: BudgetYear;
  /** Promised in earlier years, and from now on callable, in cents. */
  readonly broughtForward: Money;
  readonly cases: number;
}

export interface ClosedYear {
  readonly year: BudgetYear;
  readonly lines: readonly LineClosing[];
}

/** A budget year begins with the promises made for it, and ends with the question what becomes of the rest. */
@Injectable()
export class BudgetYearService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly years: YearRepository,
    private readonly ledger: LedgerService,
  ) {}

  open(invocation: Invocation<OpenedYear>, { fundingYear }: { fundingYear: number }): Promise<Answer> {
    return this.commands.run(invocation, 'budget.openYear', async (unit) => {
      const objections = judgeOpening(fundingYear, unit.today);
      if (objections.length > 0) throw ruleViolated(objections);
      const year = await this.years.open(unit, fundingYear);
      if (year === null) throw new Failure('duplicate', { detail: OPENED_BEFORE });
      concern(unit, year, year.version);
      const promises = await this.years.promised(unit, fundingYear);
      for (const { caseId, centreId } of promises) {
        unit.concerns({ type: 'case', id: caseId, version: null, centreId, caseId });
      }
      await this.ledger.post(unit, openingPostings(promises, unit.today));
      const broughtForward = Money.sum(promises.map(({ amount }) => amount));
      return { year, broughtForward, cases: new Set(promises.map(({ caseId }) => caseId)).size };
    });
  }

  /** As a dry run it says what closing would do, and does nothing. */
  close(invocation: Invocation<ClosedYear>, id: BudgetYearId): Promise<Answer> {
    return this.commands.run(invocation, 'budget.closeYear', async (unit) => {
      const year = await this.years.lock(unit, id);
      if (year === null) throw notFound();
      unit.expect(year.version);
      if (!mayBecome(yearLifecycle, year.state, 'closed')) throw stateConflict(CLOSED_BEFORE);
      const objections = judgeClosing(year.fundingYear, unit.today);
      if (objections.length > 0) throw ruleViolated(objections);
      await this.years.close(unit, id);
      concern(unit, year, year.version + 1);
      const left = await this.years.leftOver(unit, year.fundingYear);
      await this.ledger.post(unit, closingPostings(year.fundingYear, left, unit.today));
      const closed = await this.years.lock(unit, id);
      return { year: closed ?? year, lines: closingsOf(year.fundingYear, left) };
    });
  }

  /** What a case was promised for a year and has not been brought onto that year's appropriation yet. */
  promisedTo(tx: ReadTx, caseId: CaseId, fundingYear: number): Promise<Money> {
    return this.years.promisedTo(tx, caseId, fundingYear);
  }

  list(actor: Actor, slice: Slice): Promise<BudgetYear[]> {
    return this.commands.read(actor, (tx) => this.years.list(tx, slice));
  }
}

function concern(unit: Unit, { id }: BudgetYear, version: number): void {
  unit.concerns({ type: 'budget_year', id, version, centreId: null, caseId: null });
}

const OPENED_BEFORE = {
  de: 'Dieses Haushaltsjahr ist bereits eröffnet.',
  en: 'This budget year has already been opened.',
};
const CLOSED_BEFORE = {
  de: 'Dieses Haushaltsjahr ist bereits geschlossen.',
  en: 'This budget year has already been closed.',
};
