import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { AuditHealthRepository } from '../src/audit/audit-health.repository.js';
import { CommandRunner } from '../src/audit/command-runner.js';
import { ProofService } from '../src/audit/proof.service.js';
import { technicalActor } from '../src/kernel/actor.js';
import { newId } from '../src/kernel/ids.js';
import { House } from '../test/audit/support/house.js';
import { invocationOf } from '../test/support/actors.js';
import { cloneDatabase, type TestDatabase } from '../test/support/database.js';
import { sealingSettings } from '../test/support/sealing.js';
import { writeRecordFile } from './support/record-file.js';

const RUNS = 10;
const COMMANDS = 1_500;
const WRITERS = 8;
const MILLION = Number(process.env['BENCH_RECORDS'] ?? 1_000_000);

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};
const quantile = (values: readonly number[], q: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(q * values.length))] ?? NaN;

/** Everything the sealed record promises about speed, side by side in one run. */
describe('the sealed record', () => {
  let database: TestDatabase;
  let house: House;
  let sealing: House;

  beforeAll(async () => {
    database = await cloneDatabase('bench');
    const settings = sealingSettings();
    house = await House.on(database, { ...settings, POOL_SIZE: String(WRITERS) });
    sealing = await House.on(database, { ...settings, POOL_SIZE: '3' });
    await house.work(200);
    await sealing.seal();
  }, 120_000);
  afterAll(async () => {
    await house.close();
    await sealing.close();
    await database.drop();
  });

  /** So many commands, each with a row change, by so many writers at once; commands per second. */
  const run = async (): Promise<number> => {
    const runner = house.nest.get(CommandRunner, { strict: false });
    let left = COMMANDS;
    const began = performance.now();
    const writer = async (): Promise<void> => {
      while (left-- > 0) {
        await runner.run(invocationOf(technicalActor('system')), 'person.create', async (unit) => {
          const id = newId();
          unit.concerns({ type: 'person', id, version: null, centreId: null, caseId: id as never });
          await unit.rows('insert into person (id, name) values ($1, $2)', [id, 'Somebody']);
          return null;
        });
      }
    };
    await Promise.all(Array.from({ length: WRITERS }, writer));
    return (1000 * COMMANDS) / (performance.now() - began);
  };

  it('slows writers by at most 20 %, and leaves nothing unsealed for longer than a second (p99)', async () => {
    const [off, on, ages]: [number[], number[], number[]] = [[], [], []];
    const states = sealing.nest.get(AuditHealthRepository, { strict: false });
    const reader = sealing.nest.get(CommandRunner, { strict: false });
    await run();
    for (let round = 0; round < RUNS; round += 1) {
      off.push(await run());
      await sealing.seal();
      const stop = new AbortController();
      const job = (async () => {
        while (!stop.signal.aborted) {
          await sealing.seal();
          await pause(250);
        }
      })();
      const watch = (async () => {
        while (!stop.signal.aborted) {
          const { lagSeconds } = await reader.read(technicalActor('sealer'), (tx) => states.state(tx));
          ages.push(lagSeconds);
          await pause(50);
        }
      })();
      on.push(await run());
      stop.abort();
      await Promise.all([job, watch]);
      await sealing.seal();
    }
    const [without, withSealing] = [quantile(off, 0.5), quantile(on, 0.5)];
    const slowed = 100 * (1 - withSealing / without);
    say(
      `writers: ${without.toFixed(0)}/s without sealing, ${withSealing.toFixed(0)}/s with it: ${slowed.toFixed(1)} % slower (median of ${String(RUNS)})`,
    );
    say(`  without: ${off.map((one) => one.toFixed(0)).join(' ')}`);
    say(`  with:    ${on.map((one) => one.toFixed(0)).join(' ')}`);
    say(
      `age of the oldest unsealed record: p50 ${quantile(ages, 0.5).toFixed(3)} s, p99 ${quantile(ages, 0.99).toFixed(3)} s, most ${Math.max(...ages).toFixed(3)} s (${String(ages.length)} looks)`,
    );
    expect(slowed).toBeLessThanOrEqual(20);
    expect(quantile(ages, 0.99)).toBeLessThanOrEqual(1);
  }, 900_000);

  it('proves one record of a million in at most 5 ms', async () => {
    const [tree] = await house.rows<{ size: number; id: number }>(
      'select size::int as size, (select min(id)::int from audit_record) as id from audit_tree',
    );
    await house.rows(
      `insert into audit_leaf (leaf_index, record_id, xid, hash)
       select i, 1000000000 + i, '0', sha256(convert_to(i::text, 'UTF8')) from generate_series($1::bigint, 1048575) as i`,
      [tree?.size ?? 0],
    );
    await house.rows(
      'alter table audit_node disable trigger user; alter table audit_tree disable trigger user',
    );
    await house.rows('delete from audit_node');
    for (let level = 0; level < 20; level += 1) {
      const source =
        level === 0
          ? 'select leaf_index as i, hash from audit_leaf'
          : `select node_index as i, hash from audit_node where level = ${String(level)}`;
      // No join of a million rows that the planner knows nothing of yet.
      await house.rows(
        `insert into audit_node (level, node_index, hash)
         select ${String(level + 1)}, i / 2, sha256('\\x01'::bytea || hash || sibling)
           from (select i, hash, lead(hash) over (order by i) as sibling from (${source}) as s) as p
          where i % 2 = 0 and sibling is not null`,
      );
    }
    await house.rows('update audit_tree set size = 1048576; analyze audit_leaf; analyze audit_node');
    await sealing.seal();
    const proofs = sealing.nest.get(ProofService, { strict: false });
    const times: number[] = [];
    for (let round = 0; round < 300; round += 1) {
      const began = performance.now();
      const { proof } = await proofs.inclusion(technicalActor('system'), (tree?.id ?? 0) + (round % 150));
      times.push(performance.now() - began);
      expect(proof).toHaveLength(20);
    }
    const warm = times.slice(20);
    say(
      `one inclusion proof of 1,048,576 leaves: p50 ${quantile(warm, 0.5).toFixed(2)} ms, p99 ${quantile(warm, 0.99).toFixed(2)} ms`,
    );
    expect(quantile(warm, 0.5)).toBeLessThanOrEqual(5);
  }, 600_000);

  it(`verifies ${String(MILLION)} records offline in at most 30 s`, () => {
    const path = join(tmpdir(), `foerderbuch-bench-${newId()}.jsonl`);
    try {
      writeRecordFile(path, MILLION);
      const began = performance.now();
      const { stdout, status } = spawnSync(process.execPath, ['verify/foerderbuch-verify.mjs', path]);
      const seconds = (performance.now() - began) / 1000;
      say(
        `${String(MILLION)} records verified in ${seconds.toFixed(1)} s: ${stdout.toString().split('\n')[1] ?? ''}`,
      );
      expect(status).toBe(0);
      expect(seconds).toBeLessThanOrEqual(30);
    } finally {
      rmSync(path, { force: true });
    }
  }, 900_000);
});
