import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import pg from 'pg';
import { schemaSnapshot } from '../../src/platform/database/schema-snapshot.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

const COMMITTED = 'migrations/schema.sql';

/**
 * The committed snapshot shows in a review what a migration really changed: tables, constraints, policies, grants
 * and functions. `npm run schema` writes it anew; here it is only compared.
 */
describe('the schema', () => {
  let database: TestDatabase;
  let owner: pg.Client;

  beforeAll(async () => {
    database = await cloneDatabase('schema');
    owner = new pg.Client(database.ownerUrl);
    await owner.connect();
  }, 120_000);

  afterAll(async () => {
    await owner.end();
    await database.drop();
  });

  const snapshot = () => schemaSnapshot(async (sql) => (await owner.query(sql)).rows);

  it('after all migrations is the one in migrations/schema.sql', async () => {
    const found = await snapshot();
    if (process.env['WRITE_SCHEMA'] === 'yes') {
      await writeFile(COMMITTED, found);
    }
    expect(found).toBe(await readFile(COMMITTED, 'utf8'));
  });

  it.each([
    ['a table', 'create table stray (id uuid)'],
    ['a column', 'alter table audit_record add column stray text'],
    ['a default', "alter table audit_record alter column role set default 'x'"],
    ['a missing NOT NULL', 'alter table audit_record alter column role drop not null'],
    ['a constraint', "alter table audit_record add constraint stray check (role <> '')"],
    ['an index', 'create index stray on audit_record (role)'],
    ['a trigger that is off', 'alter table audit_record disable trigger append_only'],
    ['a policy', 'create policy stray on audit_record for select to foerderbuch_admin using (true)'],
    ['row-level security that is not forced', 'alter table audit_record no force row level security'],
    ['a right on a table', 'grant update on audit_record to foerderbuch_admin'],
    ['a right on a column', 'grant update (role) on audit_record to foerderbuch_admin'],
    ['a right on a function', 'grant execute on function access.context() to public'],
    ['a function without its search path', 'alter function access.context() reset search_path'],
    ['a function that acts as its owner', 'alter function access.centre() security definer'],
    ['a view', 'create view stray as select id from audit_record'],
    ['a comment', "comment on table audit_record is 'stray'"],
  ])('shows %s', async (_, change) => {
    await owner.query('begin');
    try {
      const before = await snapshot();
      await owner.query(change);
      expect(await snapshot()).not.toBe(before);
    } finally {
      await owner.query('rollback');
    }
  });
});
