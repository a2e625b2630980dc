import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../kernel/calendar-date.js';
import type { CallId } from '../kernel/ids.js';
import type { ReadTx, Tx } from '../platform/database/tx.js';
import type { Key } from '../platform/http/page.js';
import { Call } from './call.entity.js';
import type { CallState } from './call.rules.js';
import type { ProgrammeCode } from './guideline.rules.js';

export interface CallFilter {
  readonly programme: ProgrammeCode | null;
  readonly fundingYear: number | null;
  readonly state: CallState | null;
}

/** A row as it is born; who opened it when is stamped by the database. */
export type NewCall = Pick<
  Call,
  | 'id'
  | 'programme'
  | 'fromYear'
  | 'toYear'
  | 'opensOn'
  | 'closesOn'
  | 'titleDe'
  | 'titleEn'
  | 'textDe'
  | 'textEn'
  | 'requiredAttachments'
>;

/** callState (call.rules.ts), for many rows at once. */
const STATES: Readonly<Record<CallState, string>> = {
  closed: '(c.closedOn is not null or c.closesOn < cast(:today as date))',
  announced: 'c.closedOn is null and c.opensOn > cast(:today as date)',
  open: 'c.closedOn is null and cast(:today as date) between c.opensOn and c.closesOn',
};

@Injectable()
export class CallRepository {
  async insert(tx: Tx, row: NewCall): Promise<void> {
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(Call)
      .values({ ...row, version: 1 })
      .updateEntity(false)
      .execute();
  }

  find(tx: ReadTx, id: CallId): Promise<Call | null> {
    return tx.manager.createQueryBuilder(Call, 'c').where('c.id = :id', { id }).getOne();
  }

  lock(tx: Tx, id: CallId): Promise<Call | null> {
    return tx.manager
      .createQueryBuilder(Call, 'c')
      .where('c.id = :id', { id })
      .setLock('pessimistic_write')
      .getOne();
  }

  async close(tx: Tx, id: CallId, on: CalendarDate, reason: string): Promise<void> {
    await tx.rows(
      `update call set closed_on = $2, closed_at = transaction_timestamp(), close_reason = $3, version = version + 1
        where id = $1`,
      [id, on.toString(), reason],
    );
  }

  page(
    tx: ReadTx,
    { programme, fundingYear, state }: CallFilter,
    today: CalendarDate,
    { after, limit }: { after: Key | null; limit: number },
  ): Promise<Call[]> {
    const query = tx.manager.createQueryBuilder(Call, 'c').orderBy('c.id').limit(limit);
    if (programme !== null) query.andWhere('c.programme = :programme', { programme });
    if (fundingYear !== null) query.andWhere(':fundingYear between c.fromYear and c.toYear', { fundingYear });
    if (state !== null) query.andWhere(STATES[state], { today: today.toString() });
    if (after !== null) query.andWhere('c.id > :after', { after: after[0] });
    return query.getMany();
  }
}
