import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../kernel/calendar-date.js';
import type { PersonId, RoleGrantId, SessionId, SubstitutionId, UserId } from '../kernel/ids.js';
import { sqlState } from '../platform/database/database.js';
import type { ReadTx, Tx } from '../platform/database/tx.js';
import type { HeldRole } from './substitution.rules.js';
import { Substitution } from './substitution.entity.js';
import { RoleGrant } from './user.entity.js';

const EXCLUSION_VIOLATION = '23P01';

/** A role of an account that is confirmed, not revoked, and whose account is open. */
export interface LiveGrant extends HeldRole {
  readonly id: RoleGrantId;
}

/** A person the caller may act for today. */
export interface Represented {
  readonly personId: PersonId;
  readonly validFrom: string;
  readonly validTo: string;
}

@Injectable()
export class SubstitutionRepository {
  /** The live roles of an account, kept as they are until the end of the command; none where there is no such account. */
  lockLiveGrants(tx: Tx, userId: UserId): Promise<LiveGrant[]> {
    return tx.rows<LiveGrant>(
      `select g.id, g.person_id as "personId", g.role, g.centre_id as "centreId", g.powers
         from role_grant g join user_account u on u.id = g.user_id
        where g.user_id = $1 and g.confirmed_at is not null and g.revoked_at is null and u.disabled_at is null
        order by g.granted_at, g.id for update of g`,
      [userId],
    );
  }

  /** False when the same person already stands in for this role on one of the days. */
  async add(
    tx: Tx,
    row: Pick<
      Substitution,
      'id' | 'roleGrantId' | 'personId' | 'substituteGrantId' | 'substituteId' | 'validFrom' | 'validTo'
    >,
  ): Promise<boolean> {
    try {
      await tx.manager
        .createQueryBuilder()
        .insert()
        .into(Substitution)
        .values({ ...row, version: 1 })
        .updateEntity(false)
        .execute();
      return true;
    } catch (error) {
      if (sqlState(error) === EXCLUSION_VIOLATION) return false;
      throw error;
    }
  }

  lock(tx: Tx, userId: UserId, id: SubstitutionId): Promise<Substitution | null> {
    return this.ofUser(tx, userId)
      .andWhere('s.id = :id', { id })
      .setLock('pessimistic_write', undefined, ['s'])
      .getOne();
  }

  list(tx: ReadTx, userId: UserId): Promise<Substitution[]> {
    return this.ofUser(tx, userId).orderBy('s.validFrom').addOrderBy('s.id').getMany();
  }

  read(tx: ReadTx, id: SubstitutionId): Promise<Substitution> {
    return tx.manager.findOneByOrFail(Substitution, { id });
  }

  async confirm(tx: Tx, id: SubstitutionId): Promise<void> {
    await tx.rows(
      'update substitution set confirmed_at = transaction_timestamp(), version = version + 1 where id = $1',
      [id],
    );
  }

  async end(tx: Tx, id: SubstitutionId): Promise<void> {
    await tx.rows(
      'update substitution set ended_at = transaction_timestamp(), version = version + 1 where id = $1',
      [id],
    );
  }

  /** Whom the holder of a session stands in for on a day, in the role of that session. */
  representedBy(tx: ReadTx, sessionId: SessionId, on: CalendarDate): Promise<Represented[]> {
    return tx.rows<Represented>(
      `select s.person_id as "personId", s.valid_from::text as "validFrom", s.valid_to::text as "validTo"
         from substitution s join session own on own.role_grant_id = s.substitute_grant_id
        where own.id = $1 and s.valid_from <= $2 and $2 < s.valid_to and s.confirmed_at is not null and s.ended_at is null
        order by s.valid_to, s.person_id`,
      [sessionId, on.toString()],
    );
  }

  private ofUser(tx: ReadTx, userId: UserId) {
    return tx.manager
      .createQueryBuilder(Substitution, 's')
      .innerJoin(RoleGrant, 'g', 'g.id = s.roleGrantId')
      .where('g.userId = :userId', { userId });
  }
}
