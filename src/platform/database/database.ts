import { Injectable } from '@nestjs/common';
import { types } from 'node:util';
import pg from 'pg';
import { DataSource, type QueryRunner } from 'typeorm';
import type { Actor } from '../../kernel/actor.js';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import { Failure } from '../../kernel/failure.js';
import { Clock } from '../clock.js';
import { PreparingClient } from './preparing-client.js';
import type { ReadTx } from './tx.js';

/** Who enters the database, for what, with which request. */
export interface Entry {
  readonly actor: Actor;
  readonly action: string;
  readonly requestId: string;
}

const TECHNICAL: ReadonlySet<string> = new Set(['signin', 'system', 'sealer']);

/**
 * The only way to the database: one connection, one transaction, with role and context set in its first round trip.
 * Reads go through `CommandRunner.read`, writes through `CommandRunner.run`; nobody else opens transactions.
 */
@Injectable()
export class Database {
  constructor(
    private readonly source: DataSource,
    private readonly clock: Clock,
  ) {}

  async open(entry: Entry, mode: 'read' | 'write'): Promise<OpenTransaction> {
    const runner = this.source.createQueryRunner();
    const client: unknown = await runner.connect();
    if (!(client instanceof PreparingClient)) {
      await runner.release();
      throw new Error('The data source must be made with PreparingClient.');
    }
    client.role = entry.actor.role;
    // TypeORM must know of the transaction we begin ourselves: its `save` would else begin one and COMMIT ours.
    Object.assign(runner, { isTransactionActive: true, transactionDepth: 1 });
    const transaction = new OpenTransaction(runner, client);
    try {
      await client.query(beginning(entry, mode, this.clock.today()));
      return transaction;
    } catch (error) {
      await transaction.rollback();
      throw refusedEntry(error) ?? error;
    }
  }

  /** Whether the database answers; throws what keeps it from doing so. Says nothing of any data. */
  async ping(): Promise<void> {
    await this.source.query('select 1');
  }
}

/** A begun transaction. Must be ended by `commit` or `rollback`, which also give the connection back. */
export class OpenTransaction implements ReadTx {
  readonly manager: QueryRunner['manager'];

  constructor(
    private readonly runner: QueryRunner,
    private readonly client: PreparingClient,
  ) {
    this.manager = runner.manager;
  }

  async rows<T extends object>(sql: string, parameters: readonly unknown[] = []): Promise<T[]> {
    const result = await this.client.query<T>(sql, [...parameters]);
    return result.rows;
  }

  async commit(): Promise<void> {
    try {
      const result = await this.client.query('commit');
      if (result.command !== 'COMMIT') {
        throw new Error('A statement had failed, so the database rolled the transaction back at commit.');
      }
    } finally {
      await this.runner.release();
    }
  }

  async rollback(): Promise<void> {
    try {
      await this.client.query('rollback');
    } catch {
      // The connection is gone, and the transaction with it: that is what was wanted.
    } finally {
      await this.runner.release();
    }
  }
}

/** BEGIN, context and role in one round trip. The values are escaped here because a simple query takes no parameters. */
function beginning({ actor, action, requestId }: Entry, mode: 'read' | 'write', today: CalendarDate): string {
  const literal = pg.escapeLiteral;
  const isolation = mode === 'read' ? 'repeatable read read only' : 'read committed read write';
  const entering = TECHNICAL.has(actor.role)
    ? `access.enter_technical(${literal(actor.role)}, ${literal(action)}, ${literal(requestId)})`
    : `access.enter(${literal(actor.sessionId ?? '')}, ${literal(actor.role)}, ${literal(action)}, ${literal(requestId)}${onBehalfOf(actor, today)})`;
  return `begin isolation level ${isolation}; select ${entering}; set local role ${pg.escapeIdentifier(`foerderbuch_${actor.role}`)}`;
}

/** A substitution holds on business days, so the database is told which one it is. */
function onBehalfOf({ onBehalfOf: person }: Actor, today: CalendarDate): string {
  return person === null ? '' : `, ${pg.escapeLiteral(person)}, ${pg.escapeLiteral(today.toString())}`;
}

/** Why nobody was let in; null where something else went wrong. */
function refusedEntry(error: unknown): Failure | null {
  const state = sqlState(error);
  if (state === 'FB401') return new Failure('session-ended');
  return state === 'FB403' ? new Failure('forbidden', { detail: NO_SUBSTITUTION }) : null;
}

const NO_SUBSTITUTION = {
  de: 'Diese Person wird heute nicht durch Sie in dieser Rolle vertreten (On-Behalf-Of). Eine Vertretung trägt die Administration ein (user.substitute), und eine zweite Person bestätigt sie (user.confirmSubstitute).',
  en: 'You do not stand in for this person in this role today (On-Behalf-Of). The operator enters a substitution (user.substitute), and a second person confirms it (user.confirmSubstitute).',
};

/** Every SQLSTATE in use has a digit; EPIPE has none and is no SQLSTATE. */
const SQLSTATE = /^(?=.*\d)[0-9A-Z]{5}$/;

/** The SQLSTATE of a database error, wherever TypeORM has put it; null when the error is none. */
export function sqlState(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) {
    return null;
  }
  const own: unknown = 'code' in error ? error.code : null;
  if (typeof own === 'string' && SQLSTATE.test(own)) {
    return own;
  }
  return 'driverError' in error ? sqlState(error.driverError) : null;
}

/** The DETAIL of a database error, where our own functions put machine-readable facts; empty when there is none. */
export function errorDetail(error: unknown): string {
  if (typeof error !== 'object' || error === null) {
    return '';
  }
  if ('detail' in error && typeof error.detail === 'string') {
    return error.detail;
  }
  return 'driverError' in error ? errorDetail(error.driverError) : '';
}

/** Whether the connection itself was lost or could not be made, so that what was sent may or may not have happened. */
export function isConnectionLoss(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== null) {
    return state.startsWith('08') || state.startsWith('57P');
  }
  if (!types.isNativeError(error)) {
    return false;
  }
  const code: unknown = 'code' in error ? error.code : null;
  return (
    (typeof code === 'string' && /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EHOST|ENET|EAI)/.test(code)) ||
    /Connection terminated|timeout exceeded when trying to connect|not queryable|Client has encountered a connection error/.test(
      error.message,
    )
  );
}
