import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { type TestDatabase, cloneDatabase } from '../support/database.js';

describe('a cloned database', () => {
  let database: TestDatabase | null = null;

  beforeAll(async () => {
    database = await cloneDatabase('clone');
  }, 60_000);
  afterAll(() => database?.drop());

  it('has run every migration and belongs to the owner', async () => {
    const client = new pg.Client(database?.ownerUrl);
    await client.connect();
    const found = await client.query<{ user: string; migrations: number }>(
      'select current_user as user, count(*)::int as migrations from schema_migration',
    );
    await client.end();
    expect(found.rows[0]?.user).toBe('foerderbuch_owner');
    expect(found.rows[0]?.migrations).toBeGreaterThan(0);
  });

  it('shows the application no table by itself', async () => {
    const client = new pg.Client(database?.appUrl);
    await client.connect();
    await expect(client.query('select * from schema_migration')).rejects.toThrow(/permission denied/);
    await client.end();
  });
});
