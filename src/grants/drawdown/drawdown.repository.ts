import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { CentreId, DecisionId, DrawdownId } from '../../kernel/ids.js';
import { Money } from '../../kernel/money.js';
import type { ReadTx, Tx } from '../../platform/database/tx.js';
import type { Key } from '../../platform/http/page.js';
import { Drawdown } from './drawdown.entity.js';
import type { DrawdownState } from './drawdown.rules.js';

/** The money of one decision in one year: what drawdowns are counted against. */
export interface GrantSlice {
  readonly decisionId: DecisionId;
  readonly fundingYear: number;
}

export interface DrawdownFilter {
  readonly decisionId: DecisionId | null;
  readonly centreId: CentreId | null;
  readonly fundingYear: number | null;
  readonly state: DrawdownState | null;
}

/** A row as it is born: instants are the database's own, persons are stamped by it. */
export type NewDrawdown = Pick<
  Drawdown,
  'id' | 'caseId' | 'decisionId' | 'centreId' | 'fundingYear' | 'amount' | 'dueOn' | 'requestedOn'
>;

@Injectable()
export class DrawdownRepository {
  async insert(tx: Tx, row: NewDrawdown): Promise<void> {
    const values = { ...row, state: 'requested' as const, version: 1 };
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(Drawdown)
      .values(values)
      .updateEntity(false)
      .execute();
  }

  find(tx: ReadTx, id: DrawdownId): Promise<Drawdown | null> {
    return tx.manager.createQueryBuilder(Drawdown, 'd').where('d.id = :id', { id }).getOne();
  }

  lock(tx: Tx, id: DrawdownId): Promise<Drawdown | null> {
    return tx.manager
      .createQueryBuilder(Drawdown, 'd')
      .where('d.id = :id', { id })
      .setLock('pessimistic_write')
      .getOne();
  }

  list(tx: ReadTx, filter: DrawdownFilter, after: Key | null, limit: number): Promise<Drawdown[]> {
    const query = tx.manager.createQueryBuilder(Drawdown, 'd').orderBy('d.id').limit(limit);
    for (const [name, value] of Object.entries({ ...filter })) {
      if (value !== null) query.andWhere(`d.${name} = :${name}`, { [name]: value });
    }
    if (after !== null) query.andWhere('d.id > :after', { after: after[0] });
    return query.getMany();
  }

  /** Everybody who counts or claims the money of this slice waits here: a sum of rows cannot be locked. */
  async takeTurns(tx: Tx, { decisionId, fundingYear }: GrantSlice): Promise<void> {
    await tx.rows('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `drawdowns ${decisionId} ${String(fundingYear)}`,
    ]);
  }

  /** What the drawdowns in these states claim, one of them left out. */
  async claimed(
    tx: ReadTx,
    { decisionId, fundingYear }: GrantSlice,
    states: readonly DrawdownState[],
    except: DrawdownId | null,
  ): Promise<Money> {
    const [row] = await tx.rows<{ cents: string }>(
      `select coalesce(sum(amount_cents), 0)::text as cents from drawdown
        where decision_id = $1 and funding_year = $2 and state = any ($3) and id is distinct from $4::uuid`,
      [decisionId, fundingYear, states, except],
    );
    return Money.ofCents(BigInt(row?.cents ?? '0'));
  }

  /** Drawdowns that still run: before their order, or ordered and not yet paid. */
  async open(tx: ReadTx, { decisionId, fundingYear }: GrantSlice): Promise<number> {
    const [row] = await tx.rows<{ count: number }>(
      `select count(*)::integer as count from drawdown d
        where d.decision_id = $1 and d.funding_year = $2
          and (d.state in ('requested', 'certified')
               or exists (select from payment p where p.drawdown_id = d.id and p.state = 'ordered'))`,
      [decisionId, fundingYear],
    );
    return row?.count ?? 0;
  }

  async certify(
    tx: Tx,
    id: DrawdownId,
    statements: { factually: boolean; arithmetically: boolean },
  ): Promise<void> {
    await tx.rows(
      `update drawdown
          set factually_certified_at = coalesce(factually_certified_at, case when $2 then transaction_timestamp() end),
              arithmetically_certified_at = coalesce(arithmetically_certified_at, case when $3 then transaction_timestamp() end),
              state = case when (factually_certified_at is not null or $2)
                            and (arithmetically_certified_at is not null or $3) then 'certified' else state end,
              version = version + 1
        where id = $1`,
      [id, statements.factually, statements.arithmetically],
    );
  }

  async order(tx: Tx, id: DrawdownId, on: CalendarDate): Promise<void> {
    await tx.rows(
      `update drawdown set state = 'ordered', ordered_at = transaction_timestamp(), ordered_on = $2, version = version + 1
        where id = $1`,
      [id, on.toString()],
    );
  }

  /** Its payment came back: certified as before, and to be ordered anew. */
  async paymentCameBack(tx: Tx, id: DrawdownId): Promise<void> {
    await tx.rows(
      `update drawdown set state = 'certified', ordered_at = null, ordered_on = null, version = version + 1 where id = $1`,
      [id],
    );
  }

  async reject(tx: Tx, id: DrawdownId, reason: string): Promise<void> {
    await tx.rows(
      `update drawdown set state = 'rejected', rejected_at = transaction_timestamp(), reason = $2, version = version + 1
        where id = $1`,
      [id, reason],
    );
  }

  async cancel(tx: Tx, id: DrawdownId): Promise<void> {
    await tx.rows(
      `update drawdown set state = 'cancelled', cancelled_at = transaction_timestamp(), version = version + 1 where id = $1`,
      [id],
    );
  }
}
