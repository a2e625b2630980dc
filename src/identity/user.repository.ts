import { Injectable } from '@nestjs/common';
import type { Power, Role } from '../kernel/actor.js';
import type { CentreId, PersonId, RoleGrantId, UserId } from '../kernel/ids.js';
import { sqlState } from '../platform/database/database.js';
import type { ReadTx, Tx } from '../platform/database/tx.js';
import type { PasswordHash } from './password.service.js';
import { Person, RoleGrant, UserAccount, type UserWithRoles } from './user.entity.js';

const UNIQUE_VIOLATION = '23505';
const FOREIGN_KEY_VIOLATION = '23503';

interface NewRoleGrant {
  readonly id: RoleGrantId;
  readonly userId: UserId;
  readonly personId: PersonId;
  readonly role: Role;
  readonly centreId: CentreId | null;
  readonly powers: readonly Power[];
}

@Injectable()
export class UserRepository {
  async addPerson(tx: Tx, person: { id: PersonId; name: string; email: string | null }): Promise<Person> {
    await tx.manager.insert(Person, { ...person, version: 1 });
    return tx.manager.findOneByOrFail(Person, { id: person.id });
  }

  /** The person, locked against erasure until the end of the command; null when there is none or none any more. */
  lockPerson(tx: Tx, id: PersonId): Promise<Person | null> {
    return tx.manager
      .createQueryBuilder(Person, 'p')
      .setLock('pessimistic_read')
      .where('p.id = :id and p.erased_at is null', { id })
      .getOne();
  }

  /** False when the user name is taken. */
  async addAccount(tx: Tx, account: { id: UserId; personId: PersonId; username: string }): Promise<boolean> {
    const added = await tx.rows(
      `insert into user_account (id, person_id, username) values ($1, $2, $3)
       on conflict (username) do nothing returning id`,
      [account.id, account.personId, account.username],
    );
    return added.length === 1;
  }

  async addCredential(tx: Tx, userId: UserId, passwordHash: PasswordHash): Promise<void> {
    await tx.rows('insert into credential (user_id, password_hash) values ($1, $2)', [userId, passwordHash]);
  }

  async find(tx: ReadTx, id: UserId): Promise<UserWithRoles | null> {
    const account = await this.accounts(tx).where('u.id = :id', { id }).getOne();
    return account === null ? null : { account, grants: await this.grantsOf(tx, [id]) };
  }

  async page(tx: ReadTx, after: UserId | null, limit: number): Promise<UserWithRoles[]> {
    const query = this.accounts(tx).orderBy('u.id').limit(limit);
    const accounts = await (after === null ? query : query.where('u.id > :after', { after })).getMany();
    const grants = await this.grantsOf(
      tx,
      accounts.map(({ id }) => id),
    );
    return accounts.map((account) => ({
      account,
      grants: grants.filter(({ userId }) => userId === account.id),
    }));
  }

  /** Locks the account: whatever changes it or its roles does so one after the other. */
  lockAccount(tx: Tx, id: UserId): Promise<UserAccount | null> {
    return tx.manager
      .createQueryBuilder(UserAccount, 'u')
      .setLock('pessimistic_write')
      .where('u.id = :id', { id })
      .getOne();
  }

  async disable(tx: Tx, id: UserId): Promise<void> {
    await tx.rows(
      'update user_account set disabled_at = transaction_timestamp(), version = version + 1 where id = $1',
      [id],
    );
  }

  lockGrant(tx: Tx, userId: UserId, id: RoleGrantId): Promise<RoleGrant | null> {
    return tx.manager
      .createQueryBuilder(RoleGrant, 'g')
      .setLock('pessimistic_write')
      .where('g.id = :id and g.user_id = :userId', { id, userId })
      .getOne();
  }

  /** Who grants is stamped by the database. */
  async addGrant(tx: Tx, grant: NewRoleGrant): Promise<'added' | 'held already' | 'unknown centre'> {
    try {
      await tx.rows(
        'insert into role_grant (id, user_id, person_id, role, centre_id, powers) values ($1, $2, $3, $4, $5, $6)',
        [grant.id, grant.userId, grant.personId, grant.role, grant.centreId, grant.powers],
      );
      return 'added';
    } catch (error) {
      if (sqlState(error) === UNIQUE_VIOLATION) return 'held already';
      if (sqlState(error) === FOREIGN_KEY_VIOLATION) return 'unknown centre';
      throw error;
    }
  }

  async confirmGrant(tx: Tx, id: RoleGrantId): Promise<void> {
    await tx.rows(
      'update role_grant set confirmed_at = transaction_timestamp(), version = version + 1 where id = $1',
      [id],
    );
  }

  async revokeGrant(tx: Tx, id: RoleGrantId): Promise<void> {
    await tx.rows(
      'update role_grant set revoked_at = transaction_timestamp(), version = version + 1 where id = $1',
      [id],
    );
  }

  readGrant(tx: ReadTx, id: RoleGrantId): Promise<RoleGrant> {
    return tx.manager.findOneByOrFail(RoleGrant, { id });
  }

  /**
   * How many persons can still administer without this account or this grant. The grants counted stay locked, or
   * two administrators could remove each other at the same moment.
   */
  async otherAdmins(
    tx: Tx,
    without: { userId: UserId } | { grantId: RoleGrantId } | { personId: PersonId },
  ): Promise<number> {
    const [column, id] =
      'userId' in without
        ? ['user_id', without.userId]
        : 'grantId' in without
          ? ['id', without.grantId]
          : ['person_id', without.personId];
    const others = await tx.rows<{ personId: PersonId }>(
      `select g.person_id as "personId" from role_grant g join user_account u on u.id = g.user_id
        where g.role = 'admin' and g.confirmed_at is not null and g.revoked_at is null and u.disabled_at is null
          and g.${column} <> $1
        order by g.id for update of g, u`,
      [id],
    );
    return new Set(others.map(({ personId }) => personId)).size;
  }

  /** Whether anybody was ever made an administrator. Locked, so that two bootstraps cannot both find nobody. */
  async hasAdmin(tx: Tx): Promise<boolean> {
    await tx.rows(`select pg_advisory_xact_lock(hashtextextended('bootstrap', 0))`);
    const [found] = await tx.rows(`select id from role_grant where role = 'admin' limit 1`);
    return found !== undefined;
  }

  private accounts(tx: ReadTx) {
    return tx.manager.createQueryBuilder(UserAccount, 'u').innerJoinAndSelect('u.person', 'p');
  }

  private grantsOf(tx: ReadTx, users: readonly UserId[]): Promise<RoleGrant[]> {
    return tx.manager
      .createQueryBuilder(RoleGrant, 'g')
      .where('g.user_id = any(:users)', { users })
      .orderBy('g.granted_at')
      .addOrderBy('g.id')
      .getMany();
  }
}
