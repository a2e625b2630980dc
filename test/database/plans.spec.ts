import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import pg from 'pg';
import { BudgetRepository } from '../../src/budget/budget.repository.js';
import type { ReadTx } from '../../src/platform/database/tx.js';
import { BurnDownRepository } from '../../src/reporting/burn-down.repository.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
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
    const { rows } = await client.query<{ version: number }>(
      `select current_setting('server_version_num')::integer / 10000 as version`,
    );
    version = rows[0]?.version ?? 0;
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
  /** The statement a repository sends. */
  const sent = async (ask: (tx: ReadTx) => Promise<unknown>): Promise<Question> => {
    const asked: Question[] = [];
    const rows = <T>(sql: string, parameters: readonly unknown[] = []): Promise<T[]> => {
      asked.push({ sql, parameters });
      return Promise.resolve([]);
    };
    await ask({ rows } as ReadTx);
    const [first] = asked;
    if (first === undefined) throw new Error('nothing was asked');
    return first;
  };
  const planOf = async ({ sql, parameters }: Question): Promise<string> => {
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain (costs off) ${sql}`, [
      ...parameters,
    ]);
    return `${rows.map((row) => row['QUERY PLAN']).join('\n')}\n`;
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
    const plan = await planOf((await questions[name]?.()) ?? { sql: '', parameters: [] });
    const file = `${import.meta.dirname}/../expected/plans/${name}.txt`;
    if (WRITE) writeFileSync(file, plan);
    const expected = existsSync(file) ? readFileSync(file, 'utf8') : '';
    const compared = (text: string): string => (version === KEPT_VERSION ? text : scansOf(text));
    expect(compared(plan)).toBe(compared(expected));
    // Nothing of a total may be answered from all transfers or accounts.
    expect(plan).not.toMatch(/Seq Scan on (transfer|account)\b/);
  });

  it('show when an index is lost', async () => {
    await client.query('begin');
    await client.query('drop index transfer_at');
    const plan = await planOf(await bodyOf('land_flow', { ...when, p_known_at: known }));
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
