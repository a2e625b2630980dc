import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { roles, technicalRoles } from '../../src/kernel/actor.js';
import { newId } from '../../src/kernel/ids.js';
import { TestApp } from '../support/app.js';

/** Plain SQL as the application's login: what holds when every guard of the application is gone. */
let app: TestApp;
let client: pg.Client;
let tables: string[];

const databaseRoles = [...roles, ...technicalRoles].map((role) => `foerderbuch_${role}`);
const recorded = {
  audit_record: 'action',
  audit_subject: 'version',
  audit_part: 'bytes',
  audit_case: 'sequence',
  audit_case_head: 'sequence',
  row_change: 'after',
};

beforeAll(async () => {
  app = await TestApp.boot('rights');
  await app.signIn('admin');
  client = new pg.Client(app.database.appUrl);
  await client.connect();
  const found = await app.rows<{ name: string }>(
    `select relname as name from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname <> 'schema_migration' order by 1`,
  );
  tables = found.map(({ name }) => name);
});
afterAll(async () => {
  await client.end();
  await app.close();
});

/** Runs one statement as a role in a transaction that is undone; the SQLSTATE and message of its failure, or `ok`. */
async function outcomeOf(role: string | null, sql: string, action = ''): Promise<string> {
  await client.query('begin');
  try {
    if (role !== null) await client.query(`set local role ${role}`);
    if (action !== '') {
      await client.query(
        `select set_config('foerderbuch.action', $1, true), set_config('foerderbuch.role', 'system', true)`,
        [action],
      );
    }
    await client.query(sql);
    return 'ok';
  } catch (error) {
    return error instanceof pg.DatabaseError ? `${String(error.code)} ${error.message}` : String(error);
  } finally {
    await client.query('rollback');
  }
}

describe('the login of the application', () => {
  it('may read and write no table by itself', async () => {
    const open: string[] = [];
    for (const table of tables) {
      for (const sql of [
        `select from ${table}`,
        `delete from ${table}`,
        `insert into ${table} default values`,
      ]) {
        const outcome = await outcomeOf(null, sql);
        if (!outcome.startsWith('42501')) open.push(`${sql}: ${outcome}`);
      }
    }
    expect(open).toEqual([]);
  });
});

describe('without a context', () => {
  it('no role reads any row: it raises, so that forgetting never looks like an empty list', async () => {
    const open: string[] = [];
    for (const table of tables) {
      if ((await app.rows(`select from ${table} limit 1`)).length === 0) continue;
      for (const role of databaseRoles) {
        const outcome = await outcomeOf(role, `select from ${table}`);
        if (!outcome.startsWith('42501')) open.push(`${role} ${table}: ${outcome}`);
      }
    }
    expect(open).toEqual([]);
  });

  it('every policy asks for the context, also those of tables that are still empty', async () => {
    const forgetful = await app.rows(
      `select tablename, policyname from pg_policies
        where schemaname = 'public' and policyname <> 'owner'
          and (cmd <> 'INSERT' and qual !~ $1 or cmd in ('INSERT', 'ALL') and coalesce(with_check, qual) !~ $1)`,
      ['access\\.(context|centre|person|user_id)\\(\\)'],
    );
    expect(forgetful).toEqual([]);
  });

  it.each(['admin', 'system'])('%s writes no person', async (role) => {
    const outcome = await outcomeOf(
      `foerderbuch_${role}`,
      `insert into person (id, name) values ('${newId()}', 'x')`,
    );
    expect(outcome).toMatch(/^42501 no context/);
  });
});

describe('a context made by hand', () => {
  const settings = `set_config('foerderbuch.action', 'test', true), set_config('foerderbuch.person_id', '${newId()}', true)`;

  it.each(databaseRoles)('is no context for %s', async (role) => {
    const short = role.replace('foerderbuch_', '');
    const forged = `select ${settings}, set_config('foerderbuch.role', '${short}', true), access.context()`;
    await expect(outcomeOf(role, forged)).resolves.toMatch(/^42501 forged context/);
  });

  it('does not take over what was checked for another: one changed setting breaks the seal', async () => {
    await client.query('begin');
    await client.query(`select access.enter_technical('system', 'test', '${newId()}')`);
    await client.query('set local role foerderbuch_system');
    await expect(client.query('select access.context() as ok')).resolves.toMatchObject({
      rows: [{ ok: true }],
    });
    await client.query(`select set_config('foerderbuch.person_id', '${newId()}', true)`);
    await expect(client.query('select access.context()')).rejects.toMatchObject({ code: '42501' });
    await client.query('rollback');
  });

  it('does not fit another role', async () => {
    await client.query('begin');
    await client.query(`select access.enter_technical('system', 'test', '${newId()}')`);
    await client.query('set local role foerderbuch_ministry');
    await expect(client.query('select access.context()')).rejects.toMatchObject({ code: '42501' });
    await client.query('rollback');
  });
});

describe('what is recorded', () => {
  it('is inserted, changed, removed and emptied by no role, context or not', async () => {
    const open: string[] = [];
    for (const role of databaseRoles) {
      for (const [table, column] of Object.entries(recorded)) {
        const writes = [
          `insert into ${table} default values`,
          `update ${table} set ${column} = ${column}`,
          `delete from ${table}`,
          `truncate ${table} cascade`,
        ];
        for (const sql of writes) {
          const outcome = await outcomeOf(role, sql, 'test');
          if (!outcome.startsWith('42501 permission denied')) open.push(`${role} ${sql}: ${outcome}`);
        }
      }
    }
    expect(open).toEqual([]);
  });

  it('is changed not even by the owner', async () => {
    const owner = new pg.Client(app.database.ownerUrl);
    await owner.connect();
    try {
      await owner.query('begin');
      await owner.query(
        `insert into audit_record (epoch, role, action, request_id, body) values (1, 'system', 'test', '${newId()}', '\\x00')`,
      );
      await owner.query('savepoint before');
      for (const sql of [
        `update audit_record set action = 'x'`,
        'delete from audit_record',
        'truncate audit_record cascade',
      ]) {
        await expect(owner.query(sql)).rejects.toMatchObject({ code: '42501' });
        await owner.query('rollback to before');
      }
    } finally {
      await owner.end();
    }
  });
});

describe('every table', () => {
  it('forces row-level security, has an owner policy, a class and a comment, and classifies all columns', async () => {
    const undeclared = await app.rows(
      `select c.relname from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'schema_migration'
          and not (c.relrowsecurity and c.relforcerowsecurity
            and exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'owner')
            and exists (select from table_classification t where t.table_name = c.relname)
            and obj_description(c.oid) is not null
            and not exists (select from pg_attribute a
                             where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                               and not exists (select from column_classification k
                                                where k.table_name = c.relname and k.column_name = a.attname)))`,
    );
    expect(undeclared).toEqual([]);
  });
});
