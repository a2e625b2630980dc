import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import pg from 'pg';
import { BudgetRepository } from '../../src/budget/budget.repository.js';
import { DeadlineRepository } from '../../src/desk/deadline.repository.js';
import { deadlineKinds, deadlineRules } from '../../src/desk/deadline.rules.js';
import { kindsFor } from '../../src/desk/waiting.rules.js';
import { waitingWork, workKinds } from '../../src/desk/waiting-work.repository.js';
import { WorkListRepository } from '../../src/desk/work-list.repository.js';
import { permits } from '../../src/identity/access.rules.js';
import { powers, type Role } from '../../src/kernel/actor.js';
import { CalendarDate } from '../../src/kernel/calendar-date.js';
import type { ReadTx } from '../../src/platform/database/tx.js';
import { BurnDownRepository } from '../../src/reporting/burn-down.repository.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { generateDesk } from '../support/generated-desk.js';
import { CENTRE, faultsOfGenerated, generateBooks } from '../support/generated-books.js';

/** The version whose plans are kept in full; on others the tables and indexes that are read must be the same. */
const KEPT_VERSION = 18;
const CASES = 1_000;
const WRITE = process.env['WRITE_PLANS'] === 'yes';

interface Question {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** How the questions of splits and overview are answered, on the same generated books every time: a lost index shows. */
describe('the plans of what must not grow with the transfers', () => {
  let database: TestDatabase;
  let client: pg.Client;
  let version = 0;

  beforeAll(async () => {
    database = await cloneDatabase('plans');
    client = new pg.Client(database.ownerUrl);
    await client.connect();
    await generateBooks(client, CASES);
    version = await majorVersion(client);
  }, 120_000);
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  /** The statement of a function, with its parameters filled in. */
  const bodyOf = async (name: string, values: Readonly<Record<string, string>>): Promise<Question> => {
    const { rows } = await client.query<{ body: string }>(
      'select prosrc as body from pg_proc where proname = $1',
      [name],
    );
    const body = rows[0]?.body ?? '';
    const sql = body.replaceAll(/\bp_\w+\b/g, (parameter) => values[parameter] ?? parameter);
    return { sql, parameters: [] };
  };
  const when = { p_year: '2018', p_as_of: `date '2018-05-20'`, p_centre: 'null::uuid' };
  const known = `timestamptz '2018-05-10 09:00+02'`;
  const filter = { fundingYear: 2018, lineId: null, programme: null, centreId: null };

  const questions: Readonly<Record<string, () => Promise<Question>>> = {
    'statewide-as-of': () => bodyOf('land_flow', { ...when, p_known_at: 'null::timestamptz' }),
    'statewide-as-known': () => bodyOf('land_flow', { ...when, p_known_at: known }),
    'centres-as-of': () => bodyOf('centre_flow', { ...when, p_known_at: 'null::timestamptz' }),
    'one-centre-as-of': () =>
      bodyOf('centre_flow', { ...when, p_known_at: 'null::timestamptz', p_centre: `'${CENTRE}'::uuid` }),
    'one-centre-as-known': () =>
      bodyOf('centre_flow', { ...when, p_known_at: known, p_centre: `'${CENTRE}'::uuid` }),
    overview: () => sent((tx) => new BudgetRepository().movements(tx, 2018)),
    'burn-down-by-month': () =>
      sent((tx) => new BurnDownRepository().movements(tx, { ...filter, by: 'month' })),
    'burn-down-by-centre': () =>
      sent((tx) => new BurnDownRepository().movements(tx, { ...filter, by: 'centre' })),
  };

  it.each(Object.keys(questions))('%s', async (name) => {
    const plan = await planOf(client, (await questions[name]?.()) ?? { sql: '', parameters: [] });
    compareWithKept(name, plan, version);
    // Nothing of a total may be answered from all transfers or accounts.
    expect(plan).not.toMatch(/Seq Scan on (transfer|account)\b/);
  });

  it('show when an index is lost', async () => {
    await client.query('begin');
    await client.query('drop index transfer_at');
    const plan = await planOf(client, await bodyOf('land_flow', { ...when, p_known_at: known }));
    await client.query('rollback');
    expect(plan).toMatch(/Seq Scan on transfer/);
  });

  it('are those of books that are true', async () => {
    expect(await faultsOfGenerated(client)).toEqual([]);
  });
});

function scansOf(plan: string): string {
  return plan
    .split('\n')
    .flatMap((line) => /(?:Seq|Index|Index Only|Bitmap Heap|Bitmap Index) Scan.*/.exec(line) ?? [])
    .sort()
    .join('\n');
}

const ROLES: readonly Role[] = ['granting_authority', 'municipality', 'cashier', 'ministry', 'auditor'];
const TODAY = CalendarDate.parse('2023-06-01');

/** What a desk asks each time somebody looks at it, after years of work of which little still waits. */
describe('the plans of what waits and falls due', () => {
  let database: TestDatabase;
  let owner: pg.Client;
  let app: pg.Client;
  let version = 0;

  beforeAll(async () => {
    database = await cloneDatabase('desk_plans');
    owner = new pg.Client(database.ownerUrl);
    app = new pg.Client(database.appUrl);
    await Promise.all([owner.connect(), app.connect()]);
    version = await majorVersion(owner);
    await generateDesk(owner);
  }, 120_000);
  afterAll(async () => {
    await Promise.all([owner.end(), app.end()]);
    await database.drop();
  });

  const workOf = (role: Role): Promise<Question> => {
    const known = workKinds.map((kind) => ({ kind, ...waitingWork[kind] }));
    const kinds = kindsFor(known, { role, powers: role === 'municipality' ? powers : [] });
    const asking = { kinds, persons: [], today: TODAY, over: TODAY };
    const everything = { centreId: null, programme: null };
    return sent((tx) => new WorkListRepository().list(tx, asking, everything, { after: null, limit: 51 }));
  };
  const deadlinesOf = (role: Role): Promise<Question> => {
    const kinds = deadlineKinds.filter((kind) => permits(deadlineRules[kind].seenBy, role));
    return sent((tx) => new DeadlineRepository().running(tx, kinds, TODAY, null));
  };
  /** With the policies of the role: they are part of what is planned. */
  const planAs = async (role: Role, question: Question): Promise<string> => {
    await app.query(`begin; set local role foerderbuch_${role}`);
    try {
      return await planOf(app, question);
    } finally {
      await app.query('rollback');
    }
  };

  it.each(ROLES)('of %s, read by indexes where there is much', async (role) => {
    for (const [name, question] of [
      ['work-list', await workOf(role)],
      ['deadlines', await deadlinesOf(role)],
    ] as const) {
      const plan = await planAs(role, question);
      compareWithKept(`${name}-${role}`, plan, version);
      expect(plan).not.toMatch(WHOLE_TABLE);
    }
  });

  it.each([
    'decision_waiting',
    'drawdown_open',
    'application_state',
    'application_with_change',
    'follow_up_open',
  ])('show when %s is lost', async (index) => {
    const question = await workOf('granting_authority');
    expect(await planAs('granting_authority', question)).toContain(index);
    const { rows } = await owner.query<{ definition: string }>(
      'select pg_get_indexdef($1::regclass) as definition',
      [index],
    );
    await owner.query(`drop index ${index}`);
    const plan = await planAs('granting_authority', question);
    await owner.query(rows[0]?.definition ?? '');
    expect(plan).toMatch(WHOLE_TABLE);
  });
});

/** What grows with the years is never read as a whole to find the few that wait. */
const WHOLE_TABLE =
  /Seq Scan on (application\w*|decision\w*|grant_year|hearing|suit|drawdown|payment|settlement\w*|follow_up)\b/;

async function majorVersion(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ version: number }>(
    `select current_setting('server_version_num')::integer / 10000 as version`,
  );
  return rows[0]?.version ?? 0;
}

/** The statement a repository sends. */
async function sent(ask: (tx: ReadTx) => Promise<unknown>): Promise<Question> {
  const asked: Question[] = [];
  const rows = <T>(sql: string, parameters: readonly unknown[] = []): Promise<T[]> => {
    asked.push({ sql, parameters });
    return Promise.resolve([]);
  };
  await ask({ rows } as ReadTx);
  const [first] = asked;
  if (first === undefined) throw new Error('nothing was asked');
  return first;
}

async function planOf(client: pg.Client, { sql, parameters }: Question): Promise<string> {
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain (costs off) ${sql}`, [
    ...parameters,
  ]);
  return `${rows.map((row) => row['QUERY PLAN']).join('\n')}\n`;
}

function compareWithKept(name: string, plan: string, version: number): void {
  const file = `${import.meta.dirname}/../expected/plans/${name}.txt`;
  if (WRITE) writeFileSync(file, plan);
  const expected = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const compared = (text: string): string => (version === KEPT_VERSION ? text : scansOf(text));
  expect(compared(plan)).toBe(compared(expected));
}
