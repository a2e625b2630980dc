import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

/** Wherever a table says that two acts are two persons' it must say so of those they represent as well. */
describe('four eyes in the catalogue', () => {
  let database: TestDatabase;
  let owner: pg.Client;

  beforeAll(async () => {
    database = await cloneDatabase('on-behalf');
    owner = new pg.Client(database.ownerUrl);
    await owner.connect();
  }, 120_000);
  afterAll(async () => {
    await owner.end();
    await database.drop();
  });

  /** The arguments of a trigger function, table by table. */
  async function argumentsOf(routine: string): Promise<Map<string, string[]>> {
    const { rows } = await owner.query<{ name: string; given: string[] }>(
      `select c.relname as name, string_to_array(encode(g.tgargs, 'escape'), E'\\\\000') as given
         from pg_trigger g join pg_class c on c.oid = g.tgrelid where g.tgfoid::regproc::text = $1`,
      [routine],
    );
    return new Map(rows.map(({ name, given }) => [name, given.slice(0, -1)]));
  }

  /** Each pair of columns that a constraint keeps apart and that names persons. */
  async function keptApart(): Promise<[table: string, later: string, earlier: string][]> {
    const { rows } = await owner.query<{ name: string; rule: string }>(
      `select c.relname as name, pg_get_constraintdef(k.oid) as rule
         from pg_constraint k join pg_class c on c.oid = k.conrelid where k.contype = 'c'`,
    );
    return rows.flatMap(({ name, rule }) =>
      [...rule.matchAll(/(\w+_by) <> (\w+)/g)].map(
        ([, later = '', earlier = '']): [string, string, string] => [...([name, later, earlier] as const)],
      ),
    );
  }

  it('sees through a substitute for every pair a constraint keeps apart', async () => {
    const others = await argumentsOf('access.other_persons');
    const pairs = await keptApart();
    expect(pairs.length).toBeGreaterThan(20);
    const missing = pairs.filter(([table, later, earlier]) => {
      const given = others.get(table) ?? [];
      return !given.some((one, place) => place % 2 === 0 && one === later && given[place + 1] === earlier);
    });
    expect(missing).toEqual([]);
  });

  it('writes down whom every such act represents', async () => {
    const written = await argumentsOf('access.on_behalf');
    const stamped = await argumentsOf('access.stamp');
    const missing = (await keptApart()).flatMap(([table, ...columns]) =>
      columns.filter(
        (column) =>
          (stamped.get(table) ?? []).includes(column) && !(written.get(table) ?? []).includes(column),
      ),
    );
    expect(missing).toEqual([]);
    for (const [table, columns] of written)
      expect(stamped.get(table)).toEqual(expect.arrayContaining(columns));
  });

  it('acts after the stamp, which knows who acts', async () => {
    const { rows } = await owner.query<{ first: string; name: string }>(
      `select c.relname as name, min(g.tgname) as first
         from pg_trigger g join pg_class c on c.oid = g.tgrelid
        where g.tgfoid::regproc::text in ('access.stamp', 'access.on_behalf', 'access.other_persons') group by 1`,
    );
    expect(rows.filter(({ first }) => first !== 'stamp')).toEqual([]);
  });
});
