import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPrivateKey } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import request from 'supertest';
import { AuditHealthService } from '../../src/audit/audit-health.service.js';
import type { CaseFile } from '../../src/audit/case-file.js';
import { CaseExportService } from '../../src/audit/case-export.service.js';
import { KeyRotationService } from '../../src/audit/key-rotation.service.js';
import { technicalActor } from '../../src/kernel/actor.js';
import { newId, type CaseId } from '../../src/kernel/ids.js';
import { verify } from '../../verify/foerderbuch-verify.mjs';
import { invocationOf } from '../support/actors.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { newSigningKey, sealingSettings } from '../support/sealing.js';
import { House } from './support/house.js';

interface Checkpoint {
  readonly epoch: number;
  readonly size: string;
  readonly note: string;
}

const newest = async (house: House): Promise<Checkpoint> => {
  const [found] = await house.rows<Checkpoint>(
    'select epoch, tree_size as size, note from audit_checkpoint order by epoch desc, tree_size desc limit 1',
  );
  if (found === undefined) throw new Error('nothing was signed');
  return found;
};

/** The file of a case, as a system job would take it. */
const fileOf = async (house: House, caseId: CaseId, olderSizes: number[] = []): Promise<string> => {
  const invocation = invocationOf<CaseFile>(technicalActor('system'), {
    present: (body) => ({ status: 200, body }),
  });
  const files = house.nest.get(CaseExportService, { strict: false });
  const { bytes } = await files.export(invocation, caseId, { withRows: true, olderSizes });
  return String(bytes);
};

describe('the sealer', () => {
  const databases: TestDatabase[] = [];
  const houses: House[] = [];
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sealing-'));
  });
  afterAll(async () => {
    for (const house of houses) await house.close().catch(() => undefined);
    for (const database of databases) await database.drop();
    await rm(folder, { recursive: true });
  });

  const database = async (): Promise<TestDatabase> => {
    const made = await cloneDatabase('sealing');
    databases.push(made);
    return made;
  };
  const open = async (on: TestDatabase, settings: Readonly<Record<string, string>>): Promise<House> => {
    const house = await House.on(on, settings);
    houses.push(house);
    return house;
  };

  it('seals what is committed, and waits for whoever is still writing', async () => {
    const on = await database();
    const house = await open(on, sealingSettings());
    await house.work(3);
    const slow = new pg.Client(on.ownerUrl);
    await slow.connect();
    await slow.query(`begin; select pg_current_xact_id()`);
    await house.work(4);
    expect(await house.seal(4)).toBe(3);
    await slow.query('commit');
    await slow.end();
    expect(await house.seal()).toBe(4);
    expect(await house.faults()).toEqual([]);
  });

  it('runs by itself in any number of servers, each record once, also when one goes', async () => {
    const on = await database();
    const settings = { ...sealingSettings(), AUDIT_SEALING: 'true', AUDIT_SEALING_INTERVAL_MS: '20' };
    const [first, second, third] = [
      await open(on, settings),
      await open(on, settings),
      await open(on, settings),
    ];
    await Promise.all([first.work(40), second.work(40), third.work(20).then(() => third.close())]);
    const counted = () =>
      first.rows<{ signed: number }>(
        `select (select count(*)::int from audit_record) as records, (select count(*)::int from audit_leaf) as leaves,
              (select size::int from audit_tree) as size, (select max(tree_size)::int from audit_checkpoint) as signed`,
      );
    let [counts] = await counted();
    for (; counts?.signed !== 100; [counts] = await counted()) await pause(20);
    expect(counts).toEqual({ records: 100, leaves: 100, size: 100, signed: 100 });
    expect(await first.faults()).toEqual([]);
    await first.close();
    await second.close();
  });

  it('opens a new log after a restore, which names what is missing, and an old checkpoint shows it', async () => {
    const on = await database();
    const settings = sealingSettings();
    const caseId = newId<CaseId>();
    const before = await open(on, settings);
    await before.work(5, caseId);
    await before.seal();
    const kept = await newest(before);
    await before.work(1);
    await before.close();
    const backup = await on.copy('backup');
    databases.push(backup);
    const after = await open(on, settings);
    await after.work(7, caseId);
    await after.seal();
    const last = await newest(after);
    await after.close();

    const restored = await open(backup, settings);
    expect(await restored.faults()).toEqual(['log-shorter']);
    await restored.work(2, caseId);
    await restored.seal();
    const now = await newest(restored);
    const origin = last.note.split('\n')[0] ?? '';
    expect(now).toMatchObject({ epoch: 2, size: '8' });
    expect(now.note).toContain(`${origin}/epoch-2\n8\n`);
    expect(now.note).toContain(`\ncommits ${origin} ${last.size} `);
    expect(await restored.faults()).toEqual([]);
    const [reason] = await restored.rows<{ reason: string }>(
      'select reason from audit_epoch where epoch = 2',
    );
    expect(reason?.reason).toBe('the database is shorter: 13 leaves were published, it has 5');

    // What survived is still proved to be what it was; what did not shows by the checkpoint that somebody kept.
    const file = await fileOf(restored, caseId, [5]);
    const key = (JSON.parse(file) as { keys: { verifierKey: string }[] }).keys[0]?.verifierKey ?? '';
    expect(verify(file, { key }).code).toBe(0);
    expect(verify(file, { key, checkpoint: kept.note }).code).toBe(0);
    expect(verify(file, { key, checkpoint: last.note })).toMatchObject({ code: 1, fault: 'prefix' });

    const health = restored.nest.get(AuditHealthService, { strict: false });
    await health.lookForAlarms();
    const server = restored.nest.getHttpServer() as never;
    const { body } = await request(server).get('/api/v1/health/ready').expect(200);
    expect(body).toMatchObject({ status: 'degraded', alarms: [{ code: 'log-reopened' }] });

    // The same happens again only if more is lost again.
    await restored.close();
    const again = await open(backup, settings);
    await again.work(1);
    await again.seal();
    expect(await newest(again)).toMatchObject({ epoch: 2 });
  });

  it('refuses to go on when the database is changed under it, and says so', async () => {
    const on = await database();
    const house = await open(on, sealingSettings());
    await house.work(4);
    await house.seal();
    await house.rows(`alter table audit_leaf disable trigger user`);
    await house.rows(`update audit_leaf set hash = sha256('x') where leaf_index = 3`);
    await house.rows(`alter table audit_node disable trigger user`);
    await house.rows(`update audit_node set hash = sha256('x')`);
    await house.work(1);
    expect(await house.refusal()).toBe('log-changed');
    const { body } = await request(house.nest.getHttpServer() as never)
      .get('/api/v1/health/ready')
      .expect(200);
    expect(body).toEqual({ status: 'degraded', alarms: [{ code: 'sealing-halted', detail: 'log-changed' }] });
  });

  it('does not sign with a key that the log does not know, nor a log that the file does not know', async () => {
    const on = await database();
    const settings = sealingSettings();
    const house = await open(on, settings);
    await house.work(1);
    await house.seal();
    await house.close();
    const stranger = await open(on, { ...settings, AUDIT_SIGNING_KEY: newSigningKey() });
    await stranger.work(1);
    expect(await stranger.refusal()).toBe('unknown-key');
    const other = await open(await database(), sealingSettings());
    await other.work(1);
    await other.seal();
    await other.close();
    const mixed = await open(databases.at(-1) ?? on, {
      ...sealingSettings(),
      AUDIT_CHECKPOINT_FILE: settings.AUDIT_CHECKPOINT_FILE,
    });
    expect(await mixed.refusal()).toBe('foreign-checkpoint-file');
  });

  it('hands over to a new key that the old one endorses; servers follow without a restart', async () => {
    const on = await database();
    const file = join(folder, 'key.pem');
    await writeFile(file, newSigningKey(), { mode: 0o600 });
    const settings = {
      AUDIT_SIGNING_KEY_FILE: file,
      AUDIT_CHECKPOINT_FILE: join(folder, 'checkpoints.jsonl'),
    };
    const caseId = newId<CaseId>();
    const [running, tool] = [await open(on, settings), await open(on, settings)];
    await running.work(3, caseId);
    await running.seal();
    const kept = await newest(running);
    const [first] = await running.rows<{ key: string }>('select verifier_key as key from audit_key');
    const pem = newSigningKey();
    const rotation = tool.nest.get(KeyRotationService, { strict: false });
    const rotated = await rotation.rotate(createPrivateKey(pem), () => writeFile(file, pem));
    expect(rotated.fromSize).toBe(3);
    await running.work(2, caseId);
    await running.seal();
    expect(await running.refusal()).toBeNull();
    const text = await fileOf(running, caseId, [3]);
    expect(verify(text, { key: first?.key ?? '', checkpoint: kept.note }).code).toBe(0);
    expect(verify(text, { key: rotated.verifierKey }).code).toBe(0);
    expect(verify(text, { key: rotated.verifierKey, checkpoint: kept.note }).code).toBe(1);
    expect(await running.faults()).toEqual([]);
    expect(
      (await readFile(settings.AUDIT_CHECKPOINT_FILE, 'utf8')).trim().split('\n').length,
    ).toBeGreaterThan(1);
  });

  it('is watched: lag, unsealed records, last checkpoint, and what must never be', async () => {
    const on = await database();
    const house = await open(on, sealingSettings());
    await house.work(2);
    await house.seal();
    await house.work(3);
    const server = house.nest.getHttpServer() as never;
    const { text } = await request(server).get('/api/v1/metrics').expect(200);
    const value = (name: string, of = text): number =>
      Number(new RegExp(`^foerderbuch_audit_${name} (\\S+)$`, 'm').exec(of)?.[1]);
    expect([value('unsealed_records'), value('checkpoint_size'), value('sealing_halted')]).toEqual([3, 2, 0]);
    expect(value('lag_seconds')).toBeGreaterThan(0);
    expect(value('checkpoint_timestamp_seconds')).toBeGreaterThan(1_700_000_000);
    await request(server).get('/api/v1/metrics').set('X-Forwarded-For', '192.0.2.1').expect(404);
    await house.seal();

    await house.rows(
      'alter table audit_record disable trigger user; alter table audit_leaf disable trigger user',
    );
    await house.rows('update audit_leaf set record_id = 999999 where leaf_index = 1');
    await house.nest.get(AuditHealthService, { strict: false }).lookForAlarms();
    const { text: later } = await request(server).get('/api/v1/metrics').expect(200);
    expect([value('records_without_leaf', later), value('leaves_without_record', later)]).toEqual([1, 1]);
    const { body } = await request(server).get('/api/v1/health/ready').expect(200);
    expect(body.status).toBe('degraded');
    expect((body as { alarms: { code: string }[] }).alarms.map(({ code }) => code).sort()).toEqual([
      'record-missing',
      'record-unsealed',
    ]);
  });

  it('has no more rights than its work needs', async () => {
    const on = await database();
    const app = new pg.Client(on.appUrl);
    await app.connect();
    const outcome = async (sql: string): Promise<string> => {
      await app.query('begin');
      try {
        await app.query(
          `select access.enter_technical('sealer', 'audit.seal', gen_random_uuid()); set local role foerderbuch_sealer`,
        );
        await app.query(sql);
        return 'ok';
      } catch (error) {
        return String((error as pg.DatabaseError).code);
      } finally {
        await app.query('rollback');
      }
    };
    for (const sql of [
      'select action from audit_record',
      'select * from audit_subject',
      'select * from row_change',
      'select name from person',
      'select * from account',
      `insert into audit_record (epoch, role, action, request_id, body) values (1, 'x', 'x', gen_random_uuid(), '')`,
      'update audit_leaf set hash = hash',
      'delete from audit_leaf',
      'update audit_key set verifier_key = verifier_key',
      'update audit_tree set commits = null',
    ]) {
      expect([sql, await outcome(sql)]).toEqual([sql, '42501']);
    }
    expect(await outcome('select id, body from audit_record')).toBe('ok');
    await app.end();
  });
});
