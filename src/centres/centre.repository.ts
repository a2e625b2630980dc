import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import type { CalendarDate } from '../kernel/calendar-date.js';
import type { BankAccountId, CentreId, RecipientId } from '../kernel/ids.js';
import type { Key } from '../platform/http/page.js';
import type { ReadTx, Tx } from '../platform/database/tx.js';
import { withdrawing } from '../platform/database/withdrawable.js';
import { BankAccount } from './bank-account.entity.js';
import { Centre } from './centre.entity.js';
import type { HostType, Regierungsbezirk } from './centres.rules.js';
import { Recipient } from './recipient.entity.js';

export interface CentreFilter {
  readonly openOn: CalendarDate;
  readonly hostType: HostType | null;
  readonly regierungsbezirk: Regierungsbezirk | null;
}

/** isOpenOn (centres.rules.ts), for many rows at once. */
const OPEN = 'coalesce(c.opened_on, c.known_open_by) <= :day and (c.closed_on is null or c.closed_on > :day)';
const UNKNOWN = 'c.opened_on is null and c.known_open_by > :day';

@Injectable()
export class CentreRepository {
  async add(tx: Tx, recipient: Recipient, centre: Centre): Promise<boolean> {
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(Recipient)
      .values(recipient)
      .updateEntity(false)
      .execute();
    const result = await tx.manager
      .createQueryBuilder()
      .insert()
      .into(Centre)
      .values(centre)
      .orIgnore()
      .returning('id')
      .updateEntity(false)
      .execute();
    const added: unknown = result.raw;
    return Array.isArray(added) && added.length === 1;
  }

  async assume(tx: Tx, id: CentreId, from: CalendarDate, reason: string): Promise<void> {
    await tx.rows(
      'update centre set assumed_open_from = $2::date, assumed_open_reason = $3, version = version + 1 where id = $1',
      [id, from.toString(), reason],
    );
  }

  lock(tx: Tx, id: CentreId): Promise<Centre | null> {
    return tx.manager
      .createQueryBuilder(Centre, 'c')
      .where('c.id = :id', { id })
      .setLock('pessimistic_write')
      .getOne();
  }

  /** How many of these there are. */
  countOf(tx: ReadTx, ids: readonly CentreId[]): Promise<number> {
    return tx.manager.createQueryBuilder(Centre, 'c').where('c.id = any (:ids)', { ids }).getCount();
  }

  find(tx: ReadTx, id: CentreId): Promise<Centre | null> {
    return tx.manager.createQueryBuilder(Centre, 'c').where('c.id = :id', { id }).getOne();
  }

  /** The body behind a centre; every centre has one. */
  recipient(tx: ReadTx, id: RecipientId): Promise<Recipient> {
    return tx.manager.findOneByOrFail(Recipient, { id });
  }

  openOn(tx: ReadTx, day: CalendarDate): Promise<Centre[]> {
    return tx.manager
      .createQueryBuilder(Centre, 'c')
      .where(OPEN, { day: day.toString() })
      .orderBy('c.ags')
      .getMany();
  }

  page(tx: ReadTx, filter: CentreFilter, after: Key | null, limit: number): Promise<Centre[]> {
    const query = this.filtered(tx, filter, OPEN).orderBy('c.ags').limit(limit);
    return (after === null ? query : query.andWhere('c.ags > :ags', { ags: after[0] })).getMany();
  }

  /** How many may or may not have been open on the day, because only a later day is known. */
  openingUnknown(tx: ReadTx, filter: CentreFilter): Promise<number> {
    return this.filtered(tx, filter, UNKNOWN).getCount();
  }

  async addAccount(
    tx: Tx,
    account: Pick<BankAccount, 'id' | 'recipientId' | 'centreId' | 'iban' | 'holder'>,
  ): Promise<void> {
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(BankAccount)
      .values(account)
      .updateEntity(false)
      .execute();
  }

  account(tx: ReadTx, id: BankAccountId): Promise<BankAccount | null> {
    return tx.manager.createQueryBuilder(BankAccount, 'a').where('a.id = :id', { id }).getOne();
  }

  /** Every account of a centre, so that two confirmations come one after the other. */
  lockAccounts(tx: Tx, centreId: CentreId): Promise<BankAccount[]> {
    return tx.manager
      .createQueryBuilder(BankAccount, 'a')
      .where('a.centre_id = :centreId', { centreId })
      .orderBy('a.id')
      .setLock('pessimistic_write')
      .getMany();
  }

  accounts(tx: ReadTx, centreId: CentreId, after: Key | null, limit: number): Promise<BankAccount[]> {
    const query = tx.manager
      .createQueryBuilder(BankAccount, 'a')
      .where('a.centre_id = :centreId', { centreId })
      .orderBy('a.id')
      .limit(limit);
    return (after === null ? query : query.andWhere('a.id > :id', { id: after[0] })).getMany();
  }

  confirmedAccount(tx: ReadTx, centreId: CentreId): Promise<BankAccount | null> {
    return tx.manager
      .createQueryBuilder(BankAccount, 'a')
      .where('a.centre_id = :centreId and a.confirmed_at is not null and a.replaced_at is null', { centreId })
      .getOne();
  }

  async stampAccount(tx: Tx, id: BankAccountId, act: 'confirmedAt' | 'replacedAt'): Promise<void> {
    await tx.manager
      .createQueryBuilder()
      .update(BankAccount)
      .set({ [act]: () => 'transaction_timestamp()', version: () => 'version + 1' })
      .where('id = :id', { id })
      .execute();
  }

  async withdrawAccount(tx: Tx, id: BankAccountId, reason: string): Promise<void> {
    await tx.manager
      .createQueryBuilder()
      .update(BankAccount)
      .set(withdrawing(reason))
      .where('id = :id', { id })
      .execute();
  }

  private filtered(tx: ReadTx, filter: CentreFilter, opening: string): SelectQueryBuilder<Centre> {
    const query = tx.manager
      .createQueryBuilder(Centre, 'c')
      .where(opening, { day: filter.openOn.toString() });
    if (filter.hostType !== null) query.andWhere('c.host_type = :hostType', { hostType: filter.hostType });
    if (filter.regierungsbezirk !== null) {
      query.andWhere('c.regierungsbezirk = :bezirk', { bezirk: filter.regierungsbezirk });
    }
    return query;
  }
}
