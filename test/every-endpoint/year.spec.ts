import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { permits } from '../../src/identity/access.rules.js';
import { roles, technicalRoles } from '../../src/kernel/actor.js';
import type { TestApp } from '../support/app.js';
import { fixtures, pathOf, unknownPathOf } from './fixtures.js';
import { call, endpointsOf, exampleBody, requiredQuery, roleFor, type Endpoint } from './operations.js';
import { PlayedYear } from './played-year.js';

/** Reads that disclose what belongs to persons: another office that reads them is recorded, the body itself is not. */
const DISCLOSING = ['occupancy.list', 'post.gap'];

/** Reads that show names: recorded whoever reads. */
const NAMING = ['user.list', 'user.read'];

/** A funding year of two centres is played; then every operation is held against what it left behind. */
describe('a played-through year', () => {
  let app: TestApp;
  let year: PlayedYear;
  let endpoints: Endpoint[];

  beforeAll(async () => {
    ({ app, year } = await PlayedYear.staged('every-year'));
    endpoints = endpointsOf(app);
  }, 300_000);

  afterAll(() => app.close());

  describe('a rehearsal', () => {
    it('was held of every operation that has one, before it was played', () => {
      const rehearsable = endpoints.filter(({ operation }) =>
        operation.parameters.some(({ name }) => name === 'dryRun'),
      );
      expect(rehearsable.length).toBeGreaterThan(60);
      const rehearsed = new Set(year.rehearsed.map(({ operation }) => operation));
      expect(rehearsable.filter(({ id }) => !rehearsed.has(id)).map(({ id }) => id)).toEqual([]);
      // Only signing in and out has none: a refused attempt is recorded, and is meant to be.
      const without = endpoints.filter(
        ({ id, writes, asks }) => writes && !asks && !rehearsable.some((one) => one.id === id),
      );
      expect(without.map(({ id }) => id.split('.')[0])).toEqual(without.map(() => 'session'));
    });

    it('writes to no table, keeps no key and takes no version: the act itself then goes ahead', () => {
      expect(year.rehearsed.filter(({ wrote }) => wrote.length > 0)).toEqual([]);
    });

    it('answers what the act itself then answers', () => {
      // A case file shows the log as far as it was sealed at its moment, so only its status is the same.
      const said = (operation: string, answer: string): string =>
        operation === 'audit.exportCaseFile' ? answer.slice(0, 3) : answer;
      expect(
        year.rehearsed.filter(
          ({ operation, rehearsal, play }) => said(operation, rehearsal) !== said(operation, play),
        ),
      ).toEqual([]);
    });
  });

  describe('audit', () => {
    it('has exactly one record for every write, named like the operation', () => {
      expect(
        year.played.filter(({ operation, records }) => records.length !== 1 || records[0] !== operation),
      ).toEqual([]);
    });

    it('saw every operation that writes', () => {
      const played = new Set(year.played.map(({ operation }) => operation));
      expect(
        endpoints.filter(({ id, writes, asks }) => writes && !asks && !played.has(id)).map(({ id }) => id),
      ).toEqual([]);
    });

    it('has no record of a read, but of one that shows names', async () => {
      for (const endpoint of endpoints.filter(({ writes, asks }) => !writes || asks)) {
        const role = DISCLOSING.includes(endpoint.id) ? 'municipality' : roleFor(endpoint);
        const caller = await app.signIn(role === null || role === 'municipality' ? year.own.member : role);
        const path = (await pathOf(endpoint.template, year.own, year)) + requiredQuery(endpoint);
        const records = await app.recordsOf(() =>
          call(caller, endpoint, path, exampleBody(endpoint)).expect(200),
        );
        expect([endpoint.id, records]).toEqual([
          endpoint.id,
          NAMING.includes(endpoint.id) ? [endpoint.id] : [],
        ]);
      }
    });

    it('has one record of a read that shows an office what belongs to persons', async () => {
      const caller = await app.signIn('auditor');
      for (const endpoint of endpoints.filter(({ id }) => DISCLOSING.includes(id))) {
        const records = await app.recordsOf(() =>
          call(caller, endpoint, endpoint.template + requiredQuery(endpoint)).expect(200),
        );
        expect([endpoint.id, records]).toEqual([endpoint.id, [endpoint.id]]);
      }
    });

    it('keeps no answer for a second asking that says anything of a person', async () => {
      const columns = await app.rows<{ table: string; name: string }>(
        `select table_name as "table", column_name as name
           from column_classification join information_schema.columns using (table_name, column_name)
          where class = 'personal' and table_schema = 'public' and data_type = 'text'`,
      );
      expect(columns.length).toBeGreaterThan(4);
      const [kept] = await app.rows<{ answers: number }>(
        'select count(body)::int as answers from idempotent_answer',
      );
      expect(kept?.answers).toBeGreaterThan(50);
      const leaking: string[] = [];
      for (const { table, name } of columns) {
        const member = name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
        const found = await app.rows<{ action: string }>(
          `select distinct a.action from idempotent_answer a join ${table} t
               on position(convert_to('"${member}":' || to_json(t.${name})::text, 'UTF8') in a.body) > 0`,
        );
        leaking.push(...found.map(({ action }) => `${action}: ${table}.${name}`));
      }
      expect(leaking).toEqual([]);
    });

    it('covers every business row: each change stands in the journal of a transaction that has a record', async () => {
      const loose = await app.rows(
        `select c.table_name, c.operation from row_change c
          where not exists (select from audit_record r where r.epoch = c.epoch and r.xid = c.xid)`,
      );
      expect(loose).toEqual([]);
    });
  });

  describe('another centre’s things', () => {
    it('have a fixture for each path with an id, and no fixture is idle', () => {
      const templates = new Set(
        endpoints.map(({ template }) => template).filter((template) => template.includes('{')),
      );
      expect(Object.keys(fixtures).sort()).toEqual([...templates].sort());
    });

    it('are to a municipality exactly as if they did not exist, whatever it tries', async () => {
      const caller = await app.signIn(year.own.member);
      const tried: string[] = [];
      for (const endpoint of endpoints) {
        if (!endpoint.template.includes('{') || !permits(endpoint.id, 'municipality')) continue;
        if (fixtures[endpoint.template]?.reach === 'everybody') continue;
        const send = async (path: string) => {
          const sent = call(caller, endpoint, path, exampleBody(endpoint)).set('Accept-Language', 'de');
          if (endpoint.writes) void sent.set('Idempotency-Key', randomUUID()).set('If-Match', '"v1"');
          const { status, headers, text } = await sent;
          const { traceId, instance, ...rest } = JSON.parse(text) as Record<string, unknown>;
          const names = Object.keys(headers).filter(
            (name) => !/^(date|x-request-id|ratelimit-.*)$/.test(name),
          );
          return {
            status,
            bytes: JSON.stringify(rest),
            names: names.sort(),
            length: text.length - String(traceId).length - String(instance).length,
          };
        };
        const foreign = await send(await pathOf(endpoint.template, year.foreign, year));
        const unknown = await send(unknownPathOf(endpoint.template));
        expect([endpoint.id, foreign.status]).toEqual([endpoint.id, 404]);
        expect([endpoint.id, foreign]).toEqual([endpoint.id, unknown]);
        if (!endpoint.writes) {
          const own = await call(caller, endpoint, await pathOf(endpoint.template, year.own, year));
          expect([endpoint.id, own.status]).toEqual([endpoint.id, 200]);
        }
        tried.push(endpoint.id);
      }
      expect(tried.length).toBeGreaterThan(12);
    });

    it('appear in no list a municipality may ask for', async () => {
      const caller = await app.signIn(year.own.member);
      const foreign = new Set(
        Object.entries(year.foreign).flatMap(([name, thing]) =>
          // That the other centre exists is public; what it has is not.
          typeof thing === 'string' || name === 'centre'
            ? []
            : [thing.id, ...(thing.caseId === undefined ? [] : [thing.caseId])],
        ),
      );
      for (const endpoint of endpoints) {
        const namesOne = endpoint.template.includes('{') || endpoint.id === 'audit.prove';
        if (endpoint.writes || namesOne || !permits(endpoint.id, 'municipality')) continue;
        const { text } = await call(caller, endpoint, endpoint.template + requiredQuery(endpoint)).expect(
          200,
        );
        expect([endpoint.id, [...foreign].filter((id) => text.includes(id))]).toEqual([endpoint.id, []]);
      }
    });
  });

  describe('in the database', () => {
    let client: pg.Client;
    beforeAll(async () => {
      client = new pg.Client(app.database.appUrl);
      await client.connect();
    });
    afterAll(() => client.end());

    const readable = (role: string) =>
      app.rows<{ name: string }>(
        `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where c.relkind = 'r' and n.nspname = 'public' and has_any_column_privilege($1, c.oid, 'SELECT')`,
        [role],
      );

    it.each([...roles, ...technicalRoles])('%s sees no row of any table without a context', async (name) => {
      const role = `foerderbuch_${name}`;
      for (const { name: table } of await readable(role)) {
        const [filled] = await app.rows<{ rows: string }>(`select count(*)::text as rows from ${table}`);
        await client.query('begin');
        await client.query(`set local role ${role}`);
        const outcome = await client.query(`select from ${table}`).then(
          ({ rowCount }) => `${String(rowCount)} rows`,
          (error: unknown) => (error as pg.DatabaseError).code,
        );
        await client.query('rollback');
        // A table without rows has nobody to ask; a policy over another table may ask all the same.
        const kept = outcome === '42501' || (filled?.rows === '0' && outcome === '0 rows');
        expect([table, outcome, kept]).toEqual([table, outcome, true]);
      }
    });

    it('a municipality sees rows of its own centre and of no other, in every table that knows centres', async () => {
      const { sessionId } = await app.cast.actor(year.own.member);
      await client.query('begin');
      await client.query('select access.enter($1, $2, $3, $4)', [
        sessionId,
        'municipality',
        'read',
        randomUUID(),
      ]);
      await client.query('set local role foerderbuch_municipality');
      const seen: Record<string, unknown> = {};
      for (const { name } of await readable('foerderbuch_municipality')) {
        if (name === 'role_grant') continue;
        const { rows } = await client.query<{ attname: string }>(
          `select attname from pg_attribute where attrelid = $1::regclass and attname = 'centre_id' and not attisdropped`,
          [name],
        );
        if (rows.length === 0) continue;
        const found = await client.query<{ centre_id: string }>(`select distinct centre_id from ${name}`);
        seen[name] = found.rows.map(({ centre_id: id }) => id);
      }
      await client.query('rollback');
      const wrong = Object.entries(seen).filter(([, ids]) =>
        (ids as string[]).some((id) => id !== year.own.centre.id),
      );
      expect(wrong).toEqual([]);
      expect(Object.keys(seen).length).toBeGreaterThan(15);
    });
  });
});
