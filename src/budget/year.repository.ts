import { Injectable } from '@nestjs/common';
import { newId, type BudgetLineId, type CaseId } from '../kernel/ids.js';
import { Money } from '../kernel/money.js';
import type { Stage } from '../ledger/chart.rules.js';
import type { ReadTx, Tx } from '../platform/database/tx.js';
import { BudgetYear, type BudgetYearId } from './budget-year.entity.js';
import type { Slice } from './budget.repository.js';
import type { LeftOver, PromisedMoney } from './year.rules.js';

interface AccountRow {
  stage: Stage;
  line_id: BudgetLineId;
  funding_year: number;
  issue_year: number | null;
  programme: string | null;
  cents: string;
  transferable: boolean;
}

@Injectable()
export class YearRepository {
  /** Null when the year was opened before. */
  async open(tx: Tx, fundingYear: number): Promise<BudgetYear | null> {
    const id = newId<BudgetYearId>();
    const made = await tx.rows(
      `insert into budget_year (id, funding_year, state, opened_at) values ($1, $2, 'open', transaction_timestamp())
       on conflict (funding_year) do nothing returning id`,
      [id, fundingYear],
    );
    return made.length === 0 ? null : this.lock(tx, id);
  }

  lock(tx: Tx, id: BudgetYearId): Promise<BudgetYear | null> {
    return tx.manager
      .createQueryBuilder(BudgetYear, 'y')
      .where('y.id = :id', { id })
      .setLock('pessimistic_write')
      .getOne();
  }

  async close(tx: Tx, id: BudgetYearId): Promise<void> {
    await tx.rows(
      `update budget_year set state = 'closed', closed_at = transaction_timestamp(), version = version + 1 where id = $1`,
      [id],
    );
  }

  list(tx: ReadTx, { after, limit }: Slice): Promise<BudgetYear[]> {
    const query = tx.manager
      .createQueryBuilder(BudgetYear, 'y')
      .orderBy('y.funding_year')
      .limit(limit + 1);
    return (after === null ? query : query.where('y.funding_year > :year', { year: after[0] })).getMany();
  }

  /** What was promised for the year under authorisations of earlier ones, case by case. */
  async promised(tx: ReadTx, fundingYear: number): Promise<PromisedMoney[]> {
    const rows = await tx.rows<Omit<PromisedMoney, 'amount'> & { cents: string }>(
      `select line_id as "lineId", funding_year as "fundingYear", issue_year as "issueYear", programme,
              centre_id as "centreId", source, case_id as "caseId", (credits - debits)::text as cents
         from account where stage = 'promised' and funding_year = $1 and credits > debits
        order by line_id, programme, centre_id, case_id, source, issue_year`,
      [fundingYear],
    );
    return rows.map(({ cents, ...row }) => ({ ...row, amount: Money.ofCents(BigInt(cents)) }));
  }

  async promisedTo(tx: ReadTx, caseId: CaseId, fundingYear: number): Promise<Money> {
    const [row] = await tx.rows<{ cents: string }>(
      `select coalesce(sum(credits - debits), 0)::text as cents
         from account where stage = 'promised' and case_id = $1 and funding_year = $2`,
      [caseId, fundingYear],
    );
    return Money.ofCents(BigInt(row?.cents ?? '0'));
  }

  /** What lies on the accounts that closing looks at: those of the year, its unused authorisations, old remainders. */
  async leftOver(tx: ReadTx, year: number): Promise<LeftOver[]> {
    const rows = await tx.rows<AccountRow>(
      `select a.stage, a.line_id, a.funding_year, a.issue_year, a.programme, sum(a.credits - a.debits)::text as cents,
              l.transferable
         from account a join budget_line l on l.id = a.line_id
        where a.funding_year = $1 and a.stage in ('appropriated', 'blocked', 'allocated', 'committed')
           or a.issue_year = $1 and a.stage = 'authorised'
           or a.funding_year = $1 - 2 and a.stage = 'remainder'
        group by a.stage, a.line_id, a.funding_year, a.issue_year, a.programme, l.transferable, l.chapter, l.title
        order by l.chapter, l.title, a.stage, a.funding_year, a.programme`,
      [year],
    );
    return rows.map(({ cents, ...row }) => ({
      stage: row.stage,
      lineId: row.line_id,
      fundingYear: row.funding_year,
      issueYear: row.issue_year,
      programme: row.programme,
      amount: Money.ofCents(BigInt(cents)),
      transferable: row.transferable,
    }));
  }
}
