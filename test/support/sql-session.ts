import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Actor } from '../../src/kernel/actor.js';
import type { Posting } from '../../src/ledger/posting.rules.js';
import type { TestApp } from './app.js';

/** What a statement came to: its rows, or the SQLSTATE and message of its failure. */
export interface Outcome<T> {
  readonly rows: readonly T[];
  /** How many rows it read or wrote. */
  readonly count: number;
  readonly failure: string | null;
  readonly detail: string;
}

/** Plain SQL in the application's own login, inside a transaction whose actor is checked and fixed. */
export class SqlSession {
  private constructor(readonly client: pg.Client) {}

  static async connect(app: TestApp): Promise<SqlSession> {
    const client = new pg.Client(app.database.appUrl);
    await client.connect();
    return new SqlSession(client);
  }

  async begin({ sessionId, role }: Actor, action = 'test'): Promise<void> {
    await this.client.query('begin');
    await this.client.query('select access.enter($1, $2, $3, $4)', [sessionId, role, action, randomUUID()]);
    await this.client.query(`set local role foerderbuch_${role}`);
  }

  /** One statement; a failure leaves the transaction as it was before. */
  async tries<T extends object>(sql: string, parameters: unknown[] = []): Promise<Outcome<T>> {
    await this.client.query('savepoint before');
    try {
      const { rows, rowCount } = await this.client.query<T>(sql, parameters);
      await this.client.query('release savepoint before');
      return { rows, count: rowCount ?? 0, failure: null, detail: '' };
    } catch (error) {
      await this.client.query('rollback to savepoint before');
      if (!(error instanceof pg.DatabaseError)) throw error;
      return {
        rows: [],
        count: 0,
        failure: `${String(error.code)} ${error.message}`,
        detail: error.detail ?? '',
      };
    }
  }

  posts(postings: readonly Posting[]): Promise<Outcome<{ posted: Posted[] }>> {
    return this.tries('select ledger.post($1, $2) as posted', [
      randomUUID(),
      JSON.stringify(wired(postings)),
    ]);
  }

  async rollback(): Promise<void> {
    await this.client.query('rollback');
  }

  async end(): Promise<void> {
    await this.client.end();
  }
}

export interface Posted {
  readonly debit: string;
  readonly credit: string;
  readonly debitVersion: number;
  readonly creditVersion: number;
}

/** Postings as `ledger.post` reads them, each with an id. */
export function wired(postings: readonly Posting[]): object[] {
  return postings.map(({ amount, effectiveOn, ...posting }) => ({
    ...posting,
    id: randomUUID(),
    amountCents: amount.toString(),
    effectiveOn: effectiveOn.toString(),
  }));
}
