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

  /** Everything at once in the database, where alone the rights for it are. */
  async erase(tx: Tx, personId: PersonId): Promise<void> {
    await tx.rows('select access.erase_person($1)', [personId]);
  }
}
