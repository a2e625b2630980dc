import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { TestApp } from './app.js';

/**
 * Somebody who holds the application's login and a live session of its user, and knows every table: plain SQL past all
 * services and rules, undone afterwards.
 */
export class Attacker {
  private constructor(
    private readonly app: TestApp,
    private readonly client: pg.Client,
  ) {}

  static async of(app: TestApp): Promise<Attacker> {
    const client = new pg.Client(app.database.appUrl);
    await client.connect();
    return new Attacker(app, client);
  }

  /** In one transaction: the rows of the last statement, or the SQLSTATE that refused one of them. */
  async tries(username: string, ...statements: readonly string[]): Promise<readonly object[] | string> {
    const { sessionId, role } = await this.app.cast.actor(username);
    await this.client.query('begin');
    try {
      const context = [sessionId, role, 'test.attack', randomUUID()];
      await this.client.query('select access.enter($1, $2, $3, $4)', context);
      await this.client.query(`set local role foerderbuch_${role}`);
      let answer: readonly object[] = [];
      for (const sql of statements) {
        const { rows, rowCount, command } = await this.client.query<object>(sql);
        if (command === 'UPDATE' && rowCount === 0) return 'no row';
        answer = rows;
      }
      return answer;
    } catch (error) {
      if (error instanceof pg.DatabaseError) return error.code ?? error.message;
      throw error;
    } finally {
      await this.client.query('rollback');
    }
  }

  end(): Promise<void> {
    return this.client.end();
  }
}
