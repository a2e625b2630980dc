import { Injectable } from '@nestjs/common';
import type { PersonErasureId, PersonId } from '../kernel/ids.js';
import { sqlState } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { PersonErasure } from './erasure.entity.js';
import type { ErasureGround } from './erasure.rules.js';
import { Person } from './user.entity.js';

const UNIQUE_VIOLATION = '23505';

@Injectable()
export class ErasureRepository {
  /** The person, locked against every other change; null when there never was one. */
  lockPerson(tx: Tx, id: PersonId): Promise<Person | null> {
    return tx.manager
      .createQueryBuilder(Person, 'p')
      .setLock('pessimistic_write')
      .where('p.id = :id', { id })
      .getOne();
  }

  /** False when one is open already. Who asks is stamped by the database. */
  async add(
    tx: Tx,
    { id, personId, ground }: { id: PersonErasureId; personId: PersonId; ground: ErasureGround },
  ): Promise<boolean> {
    try {
      await tx.rows('insert into person_erasure (id, person_id, ground) values ($1, $2, $3)', [
        id,
        personId,
        ground,
      ]);
      return true;
    } catch (error) {
      if (sqlState(error) === UNIQUE_VIOLATION) return false;
      throw error;
    }
  }

  lock(tx: Tx, personId: PersonId, id: PersonErasureId): Promise<PersonErasure | null> {
    return tx.manager
      .createQueryBuilder(PersonErasure, 'e')
      .setLock('pessimistic_write')
      .where('e.id = :id and e.person_id = :personId', { id, personId })
      .getOne();
  }

  read(tx: Tx, id: PersonErasureId): Promise<PersonErasure> {
    return tx.manager.findOneByOrFail(PersonErasure, { id });
  }

  /** Whether the person may administer at this moment. */
  async isAdmin(tx: Tx, personId: PersonId): Promise<boolean> {
    const rows = await tx.rows(
      `select g.id from role_grant g join user_account u on u.id = g.user_id
        where g.person_id = $1 and g.role = 'admin' and g.confirmed_at is not null and g.revoked_at is null
          and u.disabled_at is null`,
      [personId],
    );
    return rows.length > 0;
  }

  /** Answers first, because they are found by the names; then roles, sessions, accounts and the person. */
  async erase(tx: Tx, personId: PersonId, id: PersonErasureId): Promise<void> {
    const accounts = '(select id from user_account where person_id = $1)';
    const steps = [
      'select access.forget_answers($1)',
      'update role_grant set revoked_at = transaction_timestamp(), version = version + 1 where person_id = $1 and revoked_at is null',
      `update session set ended_at = transaction_timestamp() where user_id in ${accounts} and ended_at is null`,
      `update credential set password_hash = 'erased' where user_id in ${accounts}`,
      `update user_account set username = null, salt = null, disabled_at = coalesce(disabled_at, transaction_timestamp()),
              version = version + 1 where person_id = $1`,
      `update person set name = null, email = null, salt = null, erased_at = transaction_timestamp(), version = version + 1
        where id = $1`,
    ];
    for (const step of steps) await tx.rows(step, [personId]);
    await tx.rows(
      'update person_erasure set confirmed_at = transaction_timestamp(), version = version + 1 where id = $1',
      [id],
    );
  }
}
