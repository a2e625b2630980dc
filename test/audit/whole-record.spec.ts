import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkpointText, noteSigner, signNote } from '../../src/audit/signed-note.js';
import { WholeRecordService } from '../../src/audit/whole-record.service.js';
import { newId, type CaseId } from '../../src/kernel/ids.js';
import { leafHash, rootOf } from '../../src/kernel/merkle.js';
import type { Verdict } from '../../verify/foerderbuch-verify.mjs';
import { verifyWhole } from '../../verify/whole-record.mjs';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { sealingSettings } from '../support/sealing.js';
import { origin, privateKeyOf } from './support/case-log.js';
import { House } from './support/house.js';

const judge = (bytes: Buffer | string, options: Parameters<typeof verifyWhole>[1] = {}): Verdict =>
  verifyWhole(Buffer.from(bytes), options);

describe('the whole record of an installation', () => {
  let database: TestDatabase;
  let house: House;
  let folder: string;
  let whole: Buffer;
  let lines: string[];
  let kept: string;
  let path: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'whole-record-'));
    database = await cloneDatabase('whole');
    house = await House.on(database, sealingSettings());
    const caseId = newId<CaseId>();
    await house.work(10, caseId);
    await house.seal();
    const [checkpoint] = await house.rows<{ note: string }>(
      'select note from audit_checkpoint order by tree_size desc limit 1',
    );
    kept = checkpoint?.note ?? '';
    await house.work(20, caseId);
    await house.work(3);
    // Another file's open transaction may hold the newest records back for a moment.
    await house.seal();
    path = join(folder, 'whole.jsonl');
    expect(await house.nest.get(WholeRecordService, { strict: false }).export(path)).toBe(33);
    whole = await readFile(path);
    lines = whole.toString().trimEnd().split('\n');
  }, 120_000);
  afterAll(async () => {
    await house.close();
    await database.drop();
    await rm(folder, { recursive: true });
  });

  it('holds, and contains what a checkpoint kept from earlier says', async () => {
    const verdict = verifyWhole(path, { checkpoint: kept });
    expect(judge(whole, { checkpoint: kept })).toEqual(verdict);
    expect(verdict.lines[1]).toMatch(/^Whole record \(4 cases\): complete, unchanged; 33 records up to /);
    expect(verdict.code).toBe(0);
  });

  it('shows every changed byte, and names the record', () => {
    const missed: number[] = [];
    const start = whole.indexOf(10) + 1;
    const end = whole.indexOf(10, whole.indexOf(10, start) + 1);
    for (let at = 0; at < end; at += at < start ? 7 : 1) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 1;
      const { code, record } = judge(changed);
      if (code === 0 || (at > start && record === null)) missed.push(at);
    }
    expect(missed).toEqual([]);
  }, 60_000);

  it.each<[string, (all: string[]) => string[], number | null]>([
    ['a record is missing', (all) => all.filter((_, at) => at !== 5), null],
    ['a record is there twice', (all) => [...all.slice(0, 6), ...all.slice(5)], 6],
    [
      'two records changed places',
      (all) => [...all.slice(0, 5), all[6] ?? '', all[5] ?? '', ...all.slice(7)],
      null,
    ],
    ['the last one is missing', (all) => all.slice(0, -1), null],
    ['one is put in', (all) => [...all, all[5] ?? ''], 34],
    ['there is nothing', () => [], null],
  ])('does not hold when %s', (_, change, record) => {
    const verdict = judge(`${change(lines).join('\n')}\n`);
    expect(verdict.code).not.toBe(0);
    expect(verdict.record).toBe(record);
  });

  it('does not hold against the checkpoint of another history', async () => {
    const other = kept.replace(/\n10\n/, '\n9\n');
    expect(judge(whole, { checkpoint: other }).code).toBe(1);
  });
});

describe('a record that was sealed as it should not have been', () => {
  const signer = noteSigner(origin, privateKeyOf('log key'));
  const good =
    '{"at":"2026-03-01","cases":[],"epoch":1,"facts":{"n":1200},"parts":[],"rowChanges":[],"transfers":[],"v":1}';

  const fileOf = (bodies: readonly Buffer[]): Buffer => {
    const leaves = bodies.map(leafHash);
    const state = {
      origin,
      size: bodies.length,
      root: rootOf(leaves),
      epoch: 1,
      watermark: 9n,
      commits: null,
    };
    const keys = [{ verifierKey: signer.key.text, fromSize: 0, endorsement: null }];
    const checkpoint = signNote(checkpointText(state), [signer]);
    const header = { format: 'foerderbuch-record/1', origin, treeSize: bodies.length, keys, checkpoint };
    const lines = bodies.flatMap((body, at) => [
      Buffer.from(`${Buffer.from(leaves[at] ?? []).toString('base64')} `),
      ...[body, Buffer.from('\n')],
    ]);
    return Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), ...lines]);
  };

  it.each([
    ['as it should', good, 0],
    ['in umlauts', good.replace('2026', 'März'), 0],
    ['with a line break in a text', good.replace('2026', '20\\n26'), 0],
    ['with white space', good.replace(':1200', ': 1200'), 1],
    ['with an exponent', good.replace('1200', '12e2'), 1],
    ['with an exponent and white space', good.replace('1200', '1e3 '), 1],
    ['with a fraction', good.replace('1200', '1.5'), 1],
    ['with a member twice', good.replace('"v":1', '"v":1,"v":1'), 1],
    ['in another order', good.replace('"epoch":1,"facts":{"n":1200}', '"facts":{"n":1200},"epoch":1'), 1],
    ['with an escaped letter', good.replace('2026', '\\u0032026'), 1],
    ['with minus zero', good.replace('1200', '-0'), 1],
  ])('%s', (_, body, code) => {
    const verdict = judge(fileOf([Buffer.from(good), Buffer.from(body)]));
    expect([verdict.code, verdict.fault]).toEqual([code, code === 0 ? null : 'canonical']);
  });

  it('in bytes that are no text', async () => {
    const bytes = Buffer.from(good.replace('2026', '20\u00e926'), 'latin1');
    expect(judge(fileOf([bytes]))).toMatchObject({ code: 1, fault: 'canonical', record: 1 });
  });
});
