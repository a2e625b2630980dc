import { Injectable } from '@nestjs/common';
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Failure } from '../kernel/failure.js';
import type { Actor } from '../kernel/actor.js';
import { newId } from '../kernel/ids.js';
import { Clock } from '../platform/clock.js';
import { Database, isConnectionLoss, sqlState, type OpenTransaction } from '../platform/database/database.js';
import type { ReadTx } from '../platform/database/tx.js';
import type { Answer, Invocation, Presented } from '../platform/invocation.js';
import { casesOf, sealableRecord, type Collected } from './audit-body.js';
import { AnswerStore } from './answer-store.js';
import { Refusal, RunningUnit, type Unit } from './unit.js';

const MOST_ATTEMPTS = 5;
const SERIALIZATION_FAILURE = '40001';
const DEADLOCK_DETECTED = '40P01';

/**
 * The one door for writes, and the one for reads.
 *
 * A command is one transaction: idempotency look-up, work, audit record, stored answer, commit. There is no way to
 * write around it: repositories demand the `Tx` that only this class makes, and the database refuses a row change
 * without the context that is set here.
 */
@Injectable()
export class CommandRunner {
  private readonly running = new AsyncLocalStorage<string>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly answers: AnswerStore,
  ) {}

  /** Runs `work` as the named action; a returned `Refusal` is recorded and committed, a thrown `Failure` undone. */
  async run<R>(
    invocation: Invocation<R>,
    action: string,
    work: (unit: Unit) => Promise<R | Refusal>,
  ): Promise<Answer> {
    const outer = this.running.getStore();
    if (outer !== undefined) {
      throw new Error(`${action} was called inside ${outer}: a command is one transaction and does not nest`);
    }
    return this.running.run(action, () => this.attempt(invocation, action, work));
  }

  /** Reads in one READ ONLY snapshot, with role and context set. */
  async read<T>(actor: Actor, query: (tx: ReadTx) => Promise<T>): Promise<T> {
    const outer = this.running.getStore();
    if (outer !== undefined) {
      throw new Error(`${outer} opened a second transaction to read: a command reads through its own`);
    }
    return this.look(actor, query);
  }

  /** Reads personal data: the same transaction as a command's, and like every command it leaves a record. */
  async readRecorded<T>(
    { actor, requestId }: Pick<Invocation<T>, 'actor' | 'requestId'>,
    action: string,
    query: (unit: Unit) => Promise<T>,
  ): Promise<T> {
    const found: T[] = [];
    const present = (result: T): Presented => {
      found.push(result);
      return { status: 200, body: null };
    };
    const plain = { idempotency: null, expectedVersion: null, dryRun: false };
    await this.run({ ...plain, actor, requestId, present }, action, query);
    const last = found.at(-1);
    if (last === undefined) throw new Error(`${action} found nothing to present`);
    return last;
  }

  private async look<T>(actor: Actor, query: (tx: ReadTx) => Promise<T>): Promise<T> {
    const transaction = await this.database.open({ actor, action: 'read', requestId: newId() }, 'read');
    try {
      return await query(transaction);
    } finally {
      await transaction.rollback();
    }
  }

  private async attempt<R>(
    invocation: Invocation<R>,
    action: string,
    work: (unit: Unit) => Promise<R | Refusal>,
  ): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.once(invocation, action, work);
      } catch (error) {
        const state = sqlState(error);
        const collided = state === SERIALIZATION_FAILURE || state === DEADLOCK_DETECTED;
        if (!collided || attempt >= MOST_ATTEMPTS) {
          throw collided ? new Failure('unavailable') : error;
        }
        await pause(randomInt(5, 20 * attempt));
      }
    }
  }

  private async once<R>(
    invocation: Invocation<R>,
    action: string,
    work: (unit: Unit) => Promise<R | Refusal>,
  ): Promise<Answer> {
    const { actor, requestId } = invocation;
    const transaction = await this.database.open({ actor, action, requestId }, 'write');
    let answer: Answer;
    let refusal: Failure | null;
    try {
      const known = await this.answers.find(transaction, invocation, action);
      if (known !== null) {
        await transaction.rollback();
        return known;
      }
      const unit = new RunningUnit(transaction, actor, this.clock.today(), invocation.expectedVersion);
      const result = await work(unit as RunningUnit & Unit);
      refusal = result instanceof Refusal ? result.failure : null;
      answer =
        result instanceof Refusal
          ? { status: 0, bytes: null, etag: null, location: null, replayed: false, dryRun: false }
          : answerOf(invocation.present(result), invocation.dryRun);
      await this.record(transaction, unit, { invocation, action, refusal });
      if (invocation.dryRun) {
        await transaction.rows('set constraints all immediate');
        await transaction.rollback();
        return answer;
      }
      if (refusal === null) {
        await this.answers.keep(transaction, invocation, action, answer);
      }
    } catch (error) {
      await transaction.rollback();
      throw error;
    }
    await this.commit(transaction, invocation, action);
    if (refusal !== null) {
      throw refusal;
    }
    return answer;
  }

  /** Writes the audit record: exactly one per command, from what the database itself says was changed. */
  private async record<R>(
    transaction: OpenTransaction,
    unit: RunningUnit,
    { invocation, action, refusal }: { invocation: Invocation<R>; action: string; refusal: Failure | null },
  ): Promise<void> {
    if (unit.subjects.length === 0) {
      throw new Error(`${action} names no subject, so its audit record would be about nothing`);
    }
    const draft = {
      actor: { ...invocation.actor, personId: unit.person },
      action,
      requestId: invocation.requestId,
      outcome: refusal === null ? ('done' as const) : ('refused' as const),
      reason: refusal?.code ?? null,
      subjects: unit.subjects,
      transfers: unit.transfers,
      facts: unit.facts,
    };
    const [row] = await transaction.rows<{ collected: Collected }>('select audit.collect($1) as collected', [
      casesOf(draft),
    ]);
    if (row === undefined) {
      throw new Error('audit.collect gave no row');
    }
    const { body, parts, caseId, centreId } = sealableRecord(draft, row.collected);
    await transaction.rows('select audit.append($1, $2, $3, $4, $5, $6, $7)', [
      Buffer.from(body),
      JSON.stringify(unit.subjects),
      JSON.stringify(parts),
      row.collected.cases.map((link) => link.caseId),
      unit.person,
      caseId,
      centreId,
    ]);
  }

  /** A connection lost during COMMIT leaves open whether it happened; the stored answer knows. */
  private async commit<R>(
    transaction: OpenTransaction,
    invocation: Invocation<R>,
    action: string,
  ): Promise<void> {
    try {
      await transaction.commit();
    } catch (error) {
      if (!isConnectionLoss(error) || invocation.idempotency === null) {
        throw error;
      }
      const known = await this.look(invocation.actor, (tx) => this.answers.find(tx, invocation, action));
      if (known === null) {
        throw new Failure('unavailable');
      }
    }
  }
}

function answerOf(presented: Presented, dryRun: boolean): Answer {
  return {
    status: presented.status,
    bytes: presented.body === null ? null : Buffer.from(JSON.stringify(presented.body)),
    // What was only tried is nowhere to be found, and its version is nobody's to build on.
    etag: dryRun || presented.version === undefined ? null : `"v${String(presented.version)}"`,
    location: dryRun ? null : (presented.location ?? null),
    replayed: false,
    dryRun,
  };
}
