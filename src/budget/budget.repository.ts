import { Injectable } from '@nestjs/common';
import type { EntityTarget, ObjectLiteral } from 'typeorm';
import type { BudgetLineId } from '../kernel/ids.js';
import { Money } from '../kernel/money.js';
import type { Key } from '../platform/http/page.js';
import type { ReadTx, Tx } from '../platform/database/tx.js';
import { Allocation } from './allocation.entity.js';
import { Appropriation } from './appropriation.entity.js';
import { BudgetLine } from './budget-line.entity.js';

/** Money of one line, year and programme, stage by stage. `programme` is null for what is not yet allocated. */
export interface OverviewRow {
  readonly lineId: BudgetLineId;
  readonly chapter: string;
  readonly title: string;
  readonly programme: string | null;
  readonly appropriated: Money;
  readonly allocated: Money;
  readonly committed: Money;
  readonly called: Money;
  readonly paid: Money;
  readonly settled: Money;
  readonly free: Money;
}

export interface Slice {
  readonly after: Key | null;
  readonly limit: number;
}

@Injectable()
export class BudgetRepository {
  async insert<E extends ObjectLiteral>(tx: Tx, target: EntityTarget<E>, row: E): Promise<void> {
    await tx.manager.createQueryBuilder().insert().into(target).values(row).updateEntity(false).execute();
  }

  lines(tx: ReadTx, { after, limit }: Slice): Promise<BudgetLine[]> {
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

  line(tx: ReadTx, id: BudgetLineId): Promise<BudgetLine | null> {
    return tx.manager.createQueryBuilder(BudgetLine, 'l').where('l.id = :id', { id }).getOne();
  }

  appropriations(tx: ReadTx, fundingYear: number | null, slice: Slice): Promise<Appropriation[]> {
    return this.proposals(tx, Appropriation, fundingYear, slice);
  }

  allocations(tx: ReadTx, fundingYear: number | null, slice: Slice): Promise<Allocation[]> {
    return this.proposals(tx, Allocation, fundingYear, slice);
  }

  lockAppropriation(tx: Tx, id: string): Promise<Appropriation | null> {
    return tx.manager
      .createQueryBuilder(Appropriation, 'p')
      .where('p.id = :id', { id })
      .setLock('pessimistic_write')
      .getOne();
  }

  lockAllocation(tx: Tx, id: string): Promise<Allocation | null> {
    return tx.manager
      .createQueryBuilder(Allocation, 'p')
      .where('p.id = :id', { id })
      .setLock('pessimistic_write')
      .getOne();
  }

  async release(tx: Tx, target: typeof Appropriation | typeof Allocation, id: string): Promise<void> {
    await tx.manager
      .createQueryBuilder()
      .update(target)
      .set({ state: 'released', releasedAt: () => 'transaction_timestamp()', version: () => 'version + 1' })
      .where('id = :id', { id })
      .execute();
  }

  /** The line whose released allotment funds a programme in a year; null before the first allotment. */
  async lineOf(tx: ReadTx, programme: string, fundingYear: number): Promise<BudgetLineId | null> {
    const [row] = await tx.rows<{ line_id: BudgetLineId }>(
      `select line_id from allocation
        where programme = $1 and funding_year = $2 and kind = 'allotment' and state = 'released'
        order by released_at limit 1`,
      [programme, fundingYear],
    );
    return row?.line_id ?? null;
  }

  /** What came into each stage and what is still free, from the ledger's accounts, in one statement. */
  async overview(tx: ReadTx, fundingYear: number): Promise<OverviewRow[]> {
    const rows = await tx.rows<Record<string, string | null>>(
      `select l.id as "lineId", l.chapter, l.title, a.programme,
              coalesce(sum(a.credits) filter (where a.stage = 'appropriated'), 0) as appropriated,
              coalesce(sum(a.credits) filter (where a.stage = 'allocated'), 0) as allocated,
              coalesce(sum(a.credits) filter (where a.stage = 'committed'), 0) as committed,
              coalesce(sum(a.credits) filter (where a.stage = 'called'), 0) as called,
              coalesce(sum(a.credits) filter (where a.stage = 'paid'), 0) as paid,
              coalesce(sum(a.credits) filter (where a.stage = 'settled'), 0) as settled,
              coalesce(sum(a.credits - a.debits) filter (where a.stage in ('appropriated', 'allocated')), 0) as free
         from account a
         join budget_line l on l.id = a.line_id
        where a.funding_year = $1 and a.stage <> 'outside'
        group by l.id, l.chapter, l.title, a.programme
        order by l.chapter, l.title, a.programme nulls first`,
      [fundingYear],
    );
    return rows.map((row) => {
      const money = (name: string) => Money.ofCents(BigInt(row[name] ?? '0'));
      return {
        lineId: String(row['lineId']) as BudgetLineId,
        chapter: String(row['chapter']),
        title: String(row['title']),
        programme: row['programme'] ?? null,
        appropriated: money('appropriated'),
        allocated: money('allocated'),
        committed: money('committed'),
        called: money('called'),
        paid: money('paid'),
        settled: money('settled'),
        free: money('free'),
      };
    });
  }

  private proposals<E extends Appropriation | Allocation>(
    tx: ReadTx,
    target: EntityTarget<E>,
    fundingYear: number | null,
    { after, limit }: Slice,
  ): Promise<E[]> {
    const query = tx.manager
      .createQueryBuilder(target, 'p')
      .orderBy('p.id')
      .limit(limit + 1);
    if (fundingYear !== null) {
      query.andWhere('p.funding_year = :fundingYear', { fundingYear });
    }
    if (after !== null) {
      query.andWhere('p.id > :id', { id: after[0] });
    }
    return query.getMany();
  }
}
