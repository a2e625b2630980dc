import { Injectable } from '@nestjs/common';
import { createHmac, hkdfSync } from 'node:crypto';
import { Failure } from '../kernel/failure.js';
import { Config } from '../platform/config.js';
import type { ReadTx } from '../platform/database/tx.js';
import type { Answer, Invocation } from '../platform/invocation.js';

interface StoredAnswer {
  readonly action: string;
  readonly fingerprint: string;
  readonly status: number;
  readonly etag: string | null;
  readonly location: string | null;
  readonly body: Buffer | null;
}

/**
 * Remembers the exact bytes answered to an Idempotency-Key, so that asking twice does once. Operations that answer
 * personal data, or are asked with secrets, take no key (`key: 'none'`): what is not kept need not be erased.
 */
@Injectable()
export class AnswerStore {
  private readonly pepper: Buffer;

  constructor({ TOKEN_SECRET: secret }: Config) {
    if (secret === null) throw new Error('TOKEN_SECRET is not set.');
    // Of its own for this use, so that neither use says anything of the other.
    this.pepper = Buffer.from(hkdfSync('sha256', secret, '', 'foerderbuch idempotency fingerprint', 32));
  }

  /**
   * The stored answer, or null when the key is new.
   * @throws Failure 409 while the first request is still running, 422 when the key came with another request.
   */
  async find<R>(
    tx: ReadTx,
    { idempotency, actor, dryRun }: Invocation<R>,
    action: string,
  ): Promise<Answer | null> {
    if (idempotency === null || dryRun) {
      return null;
    }
    // Lock first, look second and in another statement: READ COMMITTED sees what was committed before the lock was ours.
    const [lock] = await tx.rows<{ taken: boolean }>(
      `select pg_try_advisory_xact_lock(hashtextextended('idempotency ' || $1 || ' ' || $2, 0)) as taken`,
      [actor.userId, idempotency.key],
    );
    if (lock?.taken !== true) {
      throw new Failure('request-in-flight');
    }
    const [stored] = await tx.rows<StoredAnswer>(
      'select action, fingerprint, status, etag, location, body from idempotent_answer where user_id = $1 and key = $2',
      [actor.userId, idempotency.key],
    );
    if (stored === undefined) {
      return null;
    }
    if (stored.fingerprint !== this.peppered(idempotency.fingerprint) || stored.action !== action) {
      throw new Failure('idempotency-key-reused');
    }
    const { status, etag, location, body } = stored;
    return { status, etag, location, bytes: body, replayed: true, dryRun: false };
  }

  async keep<R>(
    tx: ReadTx,
    { idempotency, actor }: Invocation<R>,
    action: string,
    answer: Answer,
  ): Promise<void> {
    if (idempotency === null) {
      return;
    }
    await tx.rows(
      `insert into idempotent_answer (user_id, key, action, fingerprint, status, etag, location, body)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        actor.userId,
        idempotency.key,
        action,
        this.peppered(idempotency.fingerprint),
        answer.status,
        answer.etag,
        answer.location,
        answer.bytes,
      ],
    );
  }

  /**
   * A request has little in it that cannot be guessed, so its plain hash would confirm every guess to whoever has a
   * copy of the database. The secret is not in there. After a change of secret an old key answers 422, never twice.
   */
  private peppered(fingerprint: string): string {
    return createHmac('sha256', this.pepper).update(fingerprint).digest('hex');
  }
}
