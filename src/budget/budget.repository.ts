import { Injectable } from '@nestjs/common';
import { In, type EntityTarget, type ObjectLiteral } from 'typeorm';
import { stateConflict } from '../kernel/failure.js';
import { newId, type AllocationId, type BudgetLineId, type CentreId } from '../kernel/ids.js';
import { Money } from '../kernel/money.js';
import { sqlState } from '../platform/database/database.js';
import type { Key } from '../platform/http/page.js';
import type { ReadTx, Tx } from '../platform/database/tx.js';
import { withdrawing } from '../platform/database/withdrawable.js';
import { Allocation } from './allocation.entity.js';
import type { QuotaShare } from './allocation.rules.js';
import { Appropriation } from './appropriation.entity.js';
import { BudgetLine } from './budget-line.entity.js';
import type { ProposalState } from './budget.rules.js';
import { CommitmentAuthorisation } from './commitment-authorisation.entity.js';
import type { StageMovement } from './overview.rules.js';

export interface Slice {
  readonly after: Key | null;
  readonly limit: number;
}

/** What is proposed by one person and released by another, or withdrawn by either. */
export type Proposal = Appropriation | Allocation | CommitmentAuthorisation;

/** Of one year or of all, in one state or in any. */
export interface ProposalFilter {
  readonly fundingYear: number | null;
  readonly state: ProposalState | null;
}

/** Which of the three tables. */
export type ProposalTable<E extends Proposal> = EntityTarget<E>;

/** Movements of a line's stages in one year. */
export interface LineMovement extends StageMovement {
  readonly lineId: BudgetLineId;
  readonly chapter: string;
  readonly title: string;
}

@Injectable()
export class BudgetRepository {
  async insert<E extends ObjectLiteral>(tx: Tx, target: EntityTarget<E>, row: E): Promise<void> {
    await whileOpen(
      tx.manager.createQueryBuilder().insert().into(target).values(row).updateEntity(false).execute(),
    );
  }

  async lines(tx: ReadTx, { after, limit }: Slice): Promise<BudgetLine[]> {
    const query = tx.manager
      .createQueryBuilder(BudgetLine, 'l')
      .orderBy('l.chapter')
      .addOrderBy('l.title')
      .limit(limit + 1);
    return after === null
      ? query.getMany()
      : query
          .where('(l.chapter, l.title) > (:chapter, :title)', { chapter: after[0], title: after[1] })
          .getMany();
  }

  /** The lines of these ids, in no order. */
  linesById(tx: ReadTx, ids: readonly BudgetLineId[]): Promise<BudgetLine[]> {
    return tx.manager.findBy(BudgetLine, { id: In(ids) });
  }

  line(tx: ReadTx, id: BudgetLineId): Promise<BudgetLine | null> {
    return tx.manager.createQueryBuilder(BudgetLine, 'l').where('l.id = :id', { id }).getOne();
  }

  async knowsProgramme(tx: ReadTx, code: string): Promise<boolean> {
    return (await tx.rows('select from programme where code = $1', [code])).length > 0;
  }

  async lock<E extends Proposal>(tx: Tx, target: EntityTarget<E>, id: string): Promise<E | null> {
    return tx.manager
      .createQueryBuilder(target, 'p')
      .where('p.id = :id', { id })
      .setLock('pessimistic_write')
      .getOne();
  }

  async release(tx: Tx, target: EntityTarget<Proposal>, id: string): Promise<void> {
    await whileOpen(
      tx.manager
        .createQueryBuilder()
        .update(target)
        .set({ state: 'released', releasedAt: () => 'transaction_timestamp()', version: () => 'version + 1' })
        .where('id = :id', { id })
        .execute(),
    );
  }

  async withdraw(tx: Tx, target: EntityTarget<Proposal>, id: string, reason: string): Promise<void> {
    await tx.manager
      .createQueryBuilder()
      .update(target)
      .set({ state: 'withdrawn', ...withdrawing(reason) })
      .where('id = :id', { id })
      .execute();
  }

  /** Proposals in the order in which they were made, of one year or of all, in one state or any; `yearColumn` says which year counts. */
  proposals<E extends Proposal>(
    tx: ReadTx,
    target: EntityTarget<E>,
    { fundingYear, state, yearColumn }: ProposalFilter & { yearColumn: 'funding_year' | 'due_year' },
    { after, limit }: Slice,
  ): Promise<E[]> {
    const query = tx.manager
      .createQueryBuilder(target, 'p')
      .orderBy('p.id')
      .limit(limit + 1);
    if (fundingYear !== null) {
      query.andWhere(`p.${yearColumn} = :fundingYear`, { fundingYear });
    }
    if (state !== null) {
      query.andWhere('p.state = :state', { state });
    }
    if (after !== null) {
      query.andWhere('p.id > :id', { id: after[0] });
    }
    return query.getMany();
  }

  async addShares(
    tx: Tx,
    { id, fundingYear, programme }: Allocation,
    shares: readonly QuotaShare[],
  ): Promise<void> {
    const rows = shares.map(({ centreId, weight, amount }) => ({
      ...{ id: newId(), centreId, weight: weight.toString(), amountCents: amount.toString() },
    }));
    await tx.rows(
      `insert into allocation_share (id, allocation_id, funding_year, programme, centre_id, weight, amount_cents)
       select s.id, $1, $2, $3, s."centreId", s.weight, s."amountCents"
         from jsonb_to_recordset($4) as s(id uuid, "centreId" uuid, weight bigint, "amountCents" bigint)`,
      [id, fundingYear, programme, JSON.stringify(rows)],
    );
  }

  async sharesOf(tx: ReadTx, ids: readonly AllocationId[]): Promise<Map<AllocationId, QuotaShare[]>> {
    const rows = await tx.rows<{
      allocation_id: AllocationId;
      centre_id: CentreId;
      weight: string;
      amount_cents: string;
    }>(
      `select allocation_id, centre_id, weight, amount_cents from allocation_share
        where allocation_id = any ($1::uuid[]) order by allocation_id, centre_id`,
      [ids],
    );
    const shares = new Map<AllocationId, QuotaShare[]>();
    for (const { allocation_id: id, centre_id: centreId, weight, amount_cents: cents } of rows) {
      const share = { centreId, weight: BigInt(weight), amount: Money.ofCents(BigInt(cents)) };
      shares.set(id, [...(shares.get(id) ?? []), share]);
    }
    return shares;
  }

  /** Waits for whoever judges quotas of the programme and year, so that two cannot take back the same money. */
  async queueQuotas(
    tx: Tx,
    { programme, fundingYear }: { readonly programme: string; readonly fundingYear: number },
  ): Promise<void> {
    await tx.rows('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `quotas ${programme} ${String(fundingYear)}`,
    ]);
  }

  /** The quotas centres have of a programme and year: given by hand or by key, less what was taken back. */
  async quotasOf(
    tx: ReadTx,
    centreIds: readonly CentreId[],
    { programme, fundingYear }: { readonly programme: string; readonly fundingYear: number },
    states: readonly ProposalState[],
  ): Promise<Map<CentreId, Money>> {
    const rows = await tx.rows<{ centre_id: CentreId; cents: string }>(
      `select centre_id, sum(cents)::text as cents from (
         select centre_id, case kind when 'reduction' then -amount_cents else amount_cents end as cents
           from allocation
          where centre_id = any ($1) and programme = $2 and funding_year = $3 and state = any ($4)
         union all
         select s.centre_id, s.amount_cents from allocation_share s join allocation a on a.id = s.allocation_id
          where s.centre_id = any ($1) and s.programme = $2 and s.funding_year = $3 and a.state = any ($4)) as q
        group by centre_id`,
      [centreIds, programme, fundingYear, states],
    );
    return new Map(rows.map((row) => [row.centre_id, Money.ofCents(BigInt(row.cents))]));
  }

  /** The lines whose released allotment funds a programme in a year, then those whose authorisation promises it. */
  async linesOf(tx: ReadTx, programme: string, fundingYear: number): Promise<BudgetLineId[]> {
    const rows = await tx.rows<{ line_id: BudgetLineId }>(
      `select line_id from (
         select 1 as place, line_id, released_at from allocation
          where programme = $1 and funding_year = $2 and kind = 'allotment' and state = 'released'
         union all
         select 2, line_id, released_at from commitment_authorisation
          where programme = $1 and due_year = $2 and state = 'released') as given
        order by place, released_at`,
      [programme, fundingYear],
    );
    return [...new Set(rows.map((row) => row.line_id))];
  }

  /** What moved on each stage of the year's lines, from the ledger's totals, in one statement. */
  async movements(tx: ReadTx, fundingYear: number): Promise<LineMovement[]> {
    const rows = await tx.rows<
      Omit<LineMovement, 'debits' | 'credits' | 'reversed'> &
        Record<'debits' | 'credits' | 'reversed', string>
    >(
      `select l.id as "lineId", l.chapter, l.title, t.stage, t.programme,
              sum(t.debits)::text as debits, sum(t.credits)::text as credits, sum(t.reversed)::text as reversed
         from stage_total t join budget_line l on l.id = t.line_id
        where t.funding_year = $1 and t.span = 'year' and t.stage not in ('outside', 'authorisation_outside')
        group by l.id, l.chapter, l.title, t.stage, t.programme
        order by l.chapter, l.title, t.programme nulls first, t.stage`,
      [fundingYear],
    );
    return rows.map(({ debits, credits, reversed, ...row }) => ({
      ...row,
      debits: Money.ofCents(BigInt(debits)),
      credits: Money.ofCents(BigInt(credits)),
      reversed: Money.ofCents(BigInt(reversed)),
    }));
  }
}

/** The database refuses every row for a year whose books are closed. */
async function whileOpen<T>(writing: Promise<T>): Promise<T> {
  try {
    return await writing;
  } catch (error) {
    throw sqlState(error) === 'FB423' ? stateConflict(BOOKS_CLOSED) : error;
  }
}

const BOOKS_CLOSED = {
  de: 'Die Bücher dieses Haushaltsjahres sind geschlossen.',
  en: 'The books of this budget year are closed.',
};
