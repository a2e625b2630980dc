import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

let database: TestDatabase;
const project = join(import.meta.dirname, '..', '..');

beforeAll(async () => {
  database = await cloneDatabase('bootstrap');
});
afterAll(() => database.drop());

const anna = ['--admin', 'a.beispiel=Anna Beispiel'];
const ben = ['--admin', 'b.muster=Ben Muster'];

/** The command line as an operator runs it, from its sources, in a process of its own. */
async function bootstrap(options: readonly string[], environment: Record<string, string> = {}) {
  const { NODE_OPTIONS: _, ...inherited } = process.env;
  const child = spawn(
    process.execPath,
    [
      '--no-warnings',
      '--import',
      join(project, 'test/support/typescript.mjs'),
      'src/bin/bootstrap.ts',
      ...options,
    ],
    {
      cwd: project,
      env: { ...inherited, DATABASE_URL: database.appUrl, LOG_LEVEL: 'silent', ...environment },
    },
  );
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code: Number(code), out, err };
}

async function rows(sql: string): Promise<object[]> {
  const client = new pg.Client(database.ownerUrl);
  await client.connect();
  try {
    return (await client.query<object>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('npm run bootstrap', () => {
  it.each([
    ['one person', [...anna], /must be two persons/],
    ['one person twice', [...anna, '--admin', 'a.beispiel2=anna beispiel'], /two different persons/],
    ['a name without user name', [...anna, '--admin', 'Ben Muster'], /expected "user.name=Full Name"/],
  ])('refuses %s', async (_, options, reason) => {
    const { code, err } = await bootstrap(options);
    expect([code, err]).toEqual([1, expect.stringMatching(reason)]);
    expect(await rows('select from person')).toEqual([]);
  });

  it('refuses a short password', async () => {
    const { code, err } = await bootstrap([...anna, ...ben], { BOOTSTRAP_PASSWORD_1: 'short' });
    expect([code, err]).toEqual([1, expect.stringMatching(/fewer than 12 characters/)]);
  });

  it('makes two administrators in one recorded command, and shows a made-up password once', async () => {
    const { code, out, err } = await bootstrap([...anna, ...ben], {
      BOOTSTRAP_PASSWORD_1: 'chosen by the operator',
    });
    expect([code, err]).toEqual([0, '']);
    expect(out).not.toContain('chosen by the operator');
    expect(out).toMatch(/b\.muster \(Ben Muster\) {2}password: \S{20}/);
    expect(await rows('select action, role, actor_person from audit_record')).toEqual([
      { action: 'user.bootstrap', role: 'system', actor_person: null },
    ]);
    expect(
      await rows(
        `select username, role, granted_by, confirmed_by, confirmed_at is not null as live
           from role_grant g join user_account u on u.id = g.user_id order by username`,
      ),
    ).toEqual([
      { username: 'a.beispiel', role: 'admin', granted_by: null, confirmed_by: null, live: true },
      { username: 'b.muster', role: 'admin', granted_by: null, confirmed_by: null, live: true },
    ]);
  });

  it('refuses when there is an administrator', async () => {
    const { code, err } = await bootstrap([
      '--admin',
      'c.dritte=Clara Dritte',
      '--admin',
      'd.vierte=Dora Vierte',
    ]);
    expect([code, err]).toEqual([1, expect.stringMatching(/There is an administrator already/)]);
    expect(await rows('select from person')).toHaveLength(2);
  });
});
