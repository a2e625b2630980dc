import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CommandRunner } from '../src/audit/command-runner.js';
import type { Unit } from '../src/audit/unit.js';
import { technicalActor } from '../src/kernel/actor.js';
import { newId } from '../src/kernel/ids.js';
import { House } from '../test/audit/support/house.js';
import { invocationOf } from '../test/support/actors.js';
import { TOKEN_SECRET } from '../test/support/app.js';
import { cloneDatabase, type TestDatabase } from '../test/support/database.js';
import { sealingSettings } from '../test/support/sealing.js';

const RECORDS = Number(process.env['RIG_RECORDS'] ?? 100_000);
const WRITERS = 24;

class Undone extends Error {}

describe('the sealed log under load', () => {
  let database: TestDatabase;
  let house: House;
  const settings = sealingSettings();
  const sealers: ChildProcess[] = [];

  beforeAll(async () => {
    database = await cloneDatabase('completeness');
    house = await House.on(database, { ...settings, POOL_SIZE: String(WRITERS + 4) });
    await house.seal();
  }, 120_000);

  afterAll(async () => {
    for (const sealer of sealers) sealer.kill('SIGKILL');
    await house.close();
    await database.drop();
  });

  const startSealer = async (): Promise<ChildProcess> => {
    const root = join(import.meta.dirname, '..');
    const loader = join(root, 'test', 'support', 'typescript.mjs');
    const program = join(root, 'test-long', 'support', 'sealer.ts');
    const { NODE_OPTIONS: _, ...env } = process.env;
    const child = spawn(process.execPath, ['--no-warnings', '--import', loader, program], {
      env: {
        ...env,
        ...settings,
        ...{ DATABASE_URL: database.appUrl, TOKEN_SECRET, LOG_LEVEL: 'silent', POOL_SIZE: '3' },
        ...{ AUDIT_SEALING: 'true', AUDIT_SEALING_INTERVAL_MS: '20' },
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    sealers.push(child);
    await once(child.stdout, 'data');
    return child;
  };

  /** One command as careless as they come: a savepoint here, a rollback there, and now and then it sleeps on it. */
  const command = async (runner: CommandRunner, number: number): Promise<boolean> => {
    const work = async (unit: Unit): Promise<null> => {
      const id = newId();
      unit.concerns({ type: 'person', id, version: null, centreId: null, caseId: null });
      if (number % 5 === 0)
        await unit.rows('insert into person (id, name) values ($1, $2)', [id, 'Somebody']);
      if (number % 7 === 0) {
        await unit.rows('savepoint doubt');
        await unit.rows('insert into person (id, name) values ($1, $2)', [newId(), 'Nobody']);
        await unit.rows(number % 2 === 0 ? 'rollback to savepoint doubt' : 'release savepoint doubt');
      }
      if (number % 97 === 0) {
        await unit.rows('select pg_current_xact_id()');
        await pause(50 + (number % 400));
      }
      if (number % 11 === 0) throw new Undone();
      return null;
    };
    return runner.run(invocationOf(technicalActor('system')), 'person.create', work).then(
      () => true,
      (error: unknown) => {
        if (error instanceof Undone) return false;
        throw error;
      },
    );
  };

  it(`misses nothing: ${String(RECORDS)} records, ${String(WRITERS)} writers, two sealers, one of them killed again and again`, async () => {
    const runner = house.nest.get(CommandRunner, { strict: false });
    await startSealer();
    let victim = await startSealer();
    let kills = 0;
    const stop = new AbortController();
    const killing = (async () => {
      while (!stop.signal.aborted) {
        await pause(6_000);
        victim.kill('SIGKILL');
        kills += 1;
        victim = await startSealer();
      }
    })();
    // The control: somebody who follows the numbers of the records, as one naively would.
    const seen = new Set<string>();
    let cursor = '0';
    const look = async (): Promise<void> => {
      const rows = await house.rows<{ id: string }>('select id from audit_record where id > $1 order by id', [
        cursor,
      ]);
      for (const { id } of rows) seen.add(id);
      cursor = rows.at(-1)?.id ?? cursor;
    };
    const following = (async () => {
      while (!stop.signal.aborted) {
        await look();
        await pause(20);
      }
    })();

    let [next, committed] = [0, 0];
    const began = performance.now();
    const telling = setInterval(() => {
      const seconds = (performance.now() - began) / 1000;
      process.stderr.write(
        `${committed.toFixed(0)} of ${String(RECORDS)} records after ${seconds.toFixed(0)} s, a sealer killed ${String(kills)} times\n`,
      );
    }, 15_000);
    const writer = async (): Promise<void> => {
      while (committed < RECORDS) {
        next += 1;
        if (await command(runner, next)) committed += 1;
      }
    };
    await Promise.all(Array.from({ length: WRITERS }, writer));
    clearInterval(telling);
    stop.abort();
    await Promise.all([killing, following]);
    await look();
    for (const sealer of sealers) sealer.kill('SIGKILL');
    await pause(1_000);
    await house.seal();

    const [found] = await house.rows<Record<string, number>>(
      `select (select count(*)::int from audit_record) as records, (select count(*)::int from audit_leaf) as leaves,
              (select count(*)::int from audit_record r where not exists (select from audit_leaf l where l.record_id = r.id)) as missed,
              (select count(*)::int from audit_leaf l where not exists (select from audit_record r where r.id = l.record_id)) as extra,
              (select (max(leaf_index) + 1 - count(*))::int from audit_leaf) as gaps,
              (select count(*)::int from audit_checkpoint) as checkpoints`,
    );
    const walked = (found?.['records'] ?? 0) - seen.size;
    process.stderr.write(`${JSON.stringify({ ...found, committed, kills, missedByWalkingIds: walked })}\n`);
    expect(found).toMatchObject({ records: committed, leaves: committed, missed: 0, extra: 0, gaps: 0 });
    expect(walked).toBeGreaterThan(0);
    expect(await house.faults()).toEqual([]);
  }, 3_600_000);
});
