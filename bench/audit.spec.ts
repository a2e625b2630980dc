import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { AuditHealthRepository } from '../src/audit/audit-health.repository.js';
import { CommandRunner } from '../src/audit/command-runner.js';
import { ProofService } from '../src/audit/proof.service.js';
import { checkpointText, noteSigner, signNote } from '../src/audit/signed-note.js';
import { technicalActor } from '../src/kernel/actor.js';
import { canonicalBytes } from '../src/kernel/canonical-json.js';
import { newId } from '../src/kernel/ids.js';
import { leafHash, nodeHash, type Hash } from '../src/kernel/merkle.js';
import { House } from '../test/audit/support/house.js';
import { invocationOf } from '../test/support/actors.js';
import { cloneDatabase, type TestDatabase } from '../test/support/database.js';
import { sealingSettings } from '../test/support/sealing.js';

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
      await house.rows(
        `insert into audit_node (level, node_index, hash)
         select ${String(level + 1)}, l.i / 2, sha256('\\x01'::bytea || l.hash || r.hash)
           from (${source}) as l join (${source}) as r on r.i = l.i + 1 where l.i % 2 = 0`,
      );
    }
    await house.rows('update audit_tree set size = 1048576; analyze audit_leaf; analyze audit_node');
    await sealing.seal();
    const proofs = sealing.nest.get(ProofService, { strict: false });
    const times: number[] = [];
    for (let round = 0; round < 300; round += 1) {
      const began = performance.now();
      const { proof } = await proofs.inclusion(technicalActor('system'), (tree?.id ?? 0) + round);
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
      writeRecord(path, MILLION);
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

/** A whole record as the export writes it: bodies of the usual size, twenty to a case, every tenth with money. */
function writeRecord(path: string, count: number): void {
  const signer = noteSigner('bench.example/log', generateKeyPairSync('ed25519').privateKey);
  const bodies = `${path}.bodies`;
  const file = openSync(bodies, 'w');
  const peaks: Hash[] = [];
  let lines: string[] = [];
  let [caseId, previous, booked] = ['', null as string | null, 0];
  for (let index = 0; index < count; index += 1) {
    const sequence = (index % 20) + 1;
    if (sequence === 1) [caseId, previous, booked] = [newId(), null, 0];
    const pays = sequence % 10 === 5;
    if (pays) booked += 1;
    const body = canonicalBytes(bodyOf(index, { caseId, sequence, previous }, pays ? booked : null));
    const leaf = leafHash(body);
    previous = Buffer.from(leaf).toString('hex');
    lines.push(`${Buffer.from(leaf).toString('base64')} ${Buffer.from(body).toString()}\n`);
    let node = leaf;
    for (let place = index; place % 2 === 1; place = Math.floor(place / 2))
      node = nodeHash(peaks.pop() ?? node, node);
    peaks.push(node);
    if (lines.length === 5_000) {
      writeSync(file, lines.join(''));
      lines = [];
    }
  }
  writeSync(file, lines.join(''));
  closeSync(file);
  const root = peaks.reduceRight((right, left) => nodeHash(left, right));
  const origin = signer.key.name;
  const text = checkpointText({
    origin,
    size: count,
    root,
    epoch: 1,
    watermark: BigInt(count),
    commits: null,
  });
  const keys = [{ verifierKey: signer.key.text, fromSize: 0, endorsement: null }];
  const header = {
    format: 'foerderbuch-record/1',
    origin,
    treeSize: count,
    keys,
    checkpoint: signNote(text, [signer]),
  };
  const whole = openSync(path, 'w');
  writeSync(whole, `${JSON.stringify(header)}\n`);
  closeSync(whole);
  spawnSync('/bin/sh', ['-c', 'cat "$0" >> "$1"', bodies, path]);
  rmSync(bodies);
}

function bodyOf(
  index: number,
  link: { caseId: string; sequence: number; previous: string | null },
  version: number | null,
) {
  const { caseId } = link;
  const side = (stage: string, bounded: boolean) => ({
    stage,
    fundingYear: 2026,
    programme: 'KI',
    ...(bounded ? { caseId } : {}),
  });
  const transfer = {
    ...{
      id: newId(),
      journal: newId(),
      amountCents: '4250000',
      code: 'decision.release',
      effectiveOn: '2026-03-01',
      reverses: null,
    },
    debit: { ...side('outside', true), account: `outside ${caseId}`, version },
    credit: { ...side('committed', true), account: `committed ${caseId}`, version },
  };
  return {
    ...{
      v: 1,
      epoch: 1,
      at: '2026-03-01T08:00:00.000000Z',
      action: 'decision.release',
      centreId: newId(),
      caseId,
    },
    ...{ requestId: newId(), outcome: 'done', reason: null, parts: [], facts: {} },
    actor: { person: newId(), onBehalfOf: null, role: 'granting_authority' },
    cases: [link],
    subjects: [{ type: 'decision', id: newId(), version: link.sequence, centreId: newId(), caseId }],
    transfers: version === null ? [] : [transfer],
    rowChanges: [0, 1].map((at) => ({
      ...{
        id: 2 * index + at,
        table: 'decision',
        rowId: newId(),
        operation: 'update',
        sha256: 'ab'.repeat(32),
      },
    })),
  };
}
