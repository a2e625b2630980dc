import { Injectable } from '@nestjs/common';
import type { Power, Role } from '../kernel/actor.js';
import type { CentreId, PersonId, RoleGrantId, SessionId, UserId } from '../kernel/ids.js';
import type { ReadTx, Tx } from '../platform/database/tx.js';
import { LOCK_MINUTES, SESSION_HOURS, type LiveRole } from './session.rules.js';

/** An account at the moment someone tries to sign in. */
export interface SignInFacts {
  readonly personId: PersonId;
  readonly passwordHash: string;
  readonly failedAttempts: number;
  readonly locked: boolean;
  readonly disabled: boolean;
}

/** A refresh token with everything its session depends on. */
export interface RefreshFacts {
  readonly sessionId: SessionId;
  readonly userId: UserId;
  readonly personId: PersonId;
  readonly role: Role;
  readonly centreId: CentreId | null;
  readonly powers: readonly Power[];
  readonly used: boolean;
  readonly live: boolean;
}

@Injectable()
export class SessionRepository {
  async credentialOf(tx: ReadTx, username: string): Promise<{ userId: UserId; passwordHash: string } | null> {
    const [found] = await tx.rows<{ userId: UserId; passwordHash: string }>(
      `select u.id as "userId", c.password_hash as "passwordHash"
         from user_account u join credential c on c.user_id = u.id where u.username = $1`,
      [username],
    );
    return found ?? null;
  }

  async lockForSignIn(tx: Tx, userId: UserId): Promise<SignInFacts | null> {
    const [found] = await tx.rows<SignInFacts>(
      `select u.person_id as "personId", c.password_hash as "passwordHash", c.failed_attempts as "failedAttempts",
              coalesce(c.locked_until > transaction_timestamp(), false) as locked, u.disabled_at is not null as disabled
         from credential c join user_account u on u.id = c.user_id
        where c.user_id = $1 for update of c`,
      [userId],
    );
    return found ?? null;
  }

  async countMiss(tx: Tx, userId: UserId, miss: { failedAttempts: number; locks: boolean }): Promise<void> {
    await tx.rows(
      `update credential set failed_attempts = $2,
              locked_until = case when $3 then transaction_timestamp() + make_interval(mins => $4) end
        where user_id = $1`,
      [userId, miss.failedAttempts, miss.locks, LOCK_MINUTES],
    );
  }

  async forgetMisses(tx: Tx, userId: UserId): Promise<void> {
    await tx.rows(
      'update credential set failed_attempts = 0, locked_until = null where user_id = $1 and failed_attempts > 0',
      [userId],
    );
  }

  liveRoles(tx: ReadTx, userId: UserId): Promise<LiveRole[]> {
    return tx.rows<LiveRole>(
      `select id, role, centre_id as "centreId", powers from role_grant
        where user_id = $1 and confirmed_at is not null and revoked_at is null order by granted_at, id`,
      [userId],
    );
  }

  async begin(tx: Tx, session: { id: SessionId; userId: UserId; roleGrantId: RoleGrantId }): Promise<void> {
    await tx.rows(
      `insert into session (id, user_id, role_grant_id, expires_at)
       values ($1, $2, $3, transaction_timestamp() + make_interval(hours => $4))`,
      [session.id, session.userId, session.roleGrantId, SESSION_HOURS],
    );
  }

  async end(tx: Tx, id: SessionId): Promise<void> {
    await tx.rows(
      'update session set ended_at = transaction_timestamp() where id = $1 and ended_at is null',
      [id],
    );
  }

  async keepRefreshToken(tx: Tx, sha256: Buffer, sessionId: SessionId): Promise<void> {
    await tx.rows('insert into refresh_token (sha256, session_id) values ($1, $2)', [sha256, sessionId]);
  }

  /** Locks the token, so that of two callers who present it at once one finds it used. */
  async lockRefreshToken(tx: Tx, sha256: Buffer): Promise<RefreshFacts | null> {
    const [found] = await tx.rows<RefreshFacts>(
      `select s.id as "sessionId", u.id as "userId", u.person_id as "personId", g.role, g.centre_id as "centreId", g.powers,
              t.used_at is not null as used,
              s.ended_at is null and s.expires_at > transaction_timestamp() and u.disabled_at is null
                and g.confirmed_at is not null and g.revoked_at is null as live
         from refresh_token t
         join session s on s.id = t.session_id
         join user_account u on u.id = s.user_id
         join role_grant g on g.id = s.role_grant_id
        where t.sha256 = $1 for update of t`,
      [sha256],
    );
    return found ?? null;
  }

  async useRefreshToken(tx: Tx, sha256: Buffer): Promise<void> {
    await tx.rows('update refresh_token set used_at = transaction_timestamp() where sha256 = $1', [sha256]);
  }

  async self(
    tx: ReadTx,
    userId: UserId,
  ): Promise<{ username: string; personId: PersonId; name: string } | null> {
    const [found] = await tx.rows<{ username: string; personId: PersonId; name: string }>(
      `select u.username, p.id as "personId", p.name from user_account u join person p on p.id = u.person_id where u.id = $1`,
      [userId],
    );
    return found ?? null;
  }
}
