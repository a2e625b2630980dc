import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompletenessService } from '../../src/audit/completeness.service.js';
import { WholeRecordService } from '../../src/audit/whole-record.service.js';
import { verifyWhole } from '../../verify/whole-record.mjs';
import { TestApp, type Caller } from '../support/app.js';

const NAME = 'Wilhelmine Canaria-Österreich "Minchen"';
const EMAIL = 'w.canaria@example.org';
const USERNAME = 'w.canaria-7';
const PASSWORD = 'Ein Kanarienvogel im Bergwerk';
const KEY = 'once-for-wilhelmine';

const codesOf = (body: { errors?: { code: string }[] }): string[] =>
  (body.errors ?? []).map(({ code }) => code);

describe('erasing a person', () => {
  let app: TestApp;
  let admin: Caller;
  let second: Caller;
  let folder: string;
  const logged: string[] = [];
  const write = process.stdout.write.bind(process.stdout);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'erasure-'));
    process.stdout.write = (chunk: string | Uint8Array) => {
      logged.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
      return true;
    };
    app = await TestApp.boot('erasure', { settings: { LOG_LEVEL: 'debug' } });
    admin = await app.signIn('admin');
    second = await app.signIn('admin2');
  });
  afterAll(async () => {
    process.stdout.write = write;
    await app.close();
    await rm(folder, { recursive: true });
  });

  /** Every value of every row of every table as text; bytes as the text they may be. */
  const dump = async (only: readonly string[] | null = null): Promise<string> => {
    const tables = await app.rows<{ name: string }>(
      `select c.relname as name from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and ($1::text[] is null or c.relname = any ($1))`,
      [only],
    );
    const texts: string[] = [];
    for (const { name } of tables) {
      const rows = await app.rows<Record<string, unknown>>(`select * from ${name}`);
      for (const row of rows) {
        for (const value of Object.values(row)) {
          texts.push(
            Buffer.isBuffer(value)
              ? `${value.toString('utf8')} ${value.toString('hex')}`
              : JSON.stringify(value),
          );
        }
      }
    }
    return texts.join('\n');
  };
  const plain = (text: string): string[] => {
    const inJson = JSON.stringify(NAME).slice(1, -1);
    const needles = [NAME, inJson, JSON.stringify(inJson).slice(1, -1), EMAIL, USERNAME, 'Canaria', PASSWORD];
    return needles.filter(
      (needle) => text.includes(needle) || text.includes(Buffer.from(needle).toString('hex')),
    );
  };

  it('takes two administrators, leaves every proof valid, and no plain text anywhere', async () => {
    const person = (
      await admin.post('/persons', { name: NAME, email: EMAIL }).set('Idempotency-Key', KEY).expect(201)
    ).body as { id: string };
    const user = (
      await admin
        .post('/users', { personId: person.id, username: USERNAME, password: PASSWORD })
        .set('Idempotency-Key', KEY)
        .expect(201)
    ).body as { id: string };
    // Nothing that names her was kept for a second asking, not even before she is erased.
    expect(await app.rows('select key from idempotent_answer where key = $1', [KEY])).toEqual([]);
    expect(plain(await dump(['idempotent_answer']))).toEqual([]);
    const grant = (await admin.post(`/users/${user.id}/roles`, { role: 'auditor' }).expect(201)).body as {
      id: string;
    };
    await second.post(`/users/${user.id}/roles/${grant.id}/confirm`).set('If-Match', '"v1"').expect(200);
    const session = await app
      .anonymous()
      .post('/sessions', { username: USERNAME, password: PASSWORD })
      .expect(201);
    const her = app.as((session.body as { accessToken: string }).accessToken);
    await her.get('/users').expect(200);
    await admin.get('/users').expect(200);
    const erasure = (await admin.post(`/persons/${person.id}/erasures`, { ground: 'on_request' }).expect(201))
      .body as { id: string };
    expect(plain(await dump())).toEqual(expect.arrayContaining([EMAIL, USERNAME]));

    const confirm = `/persons/${person.id}/erasures/${erasure.id}/confirm`;
    await admin.post(`/persons/${person.id}/erasures`, { ground: 'on_request' }).expect(409);
    const alone = await admin.post(confirm).set('If-Match', '"v1"').expect(422);
    expect(codesOf(alone.body)).toEqual(['four-eyes']);
    await second.post(confirm).expect(428);
    await second.post(confirm).set('If-Match', '"v1"').expect(200);
    await second.post(confirm).set('If-Match', '"v2"').expect(409);
    await admin.post(`/persons/${randomUUID()}/erasures`, { ground: 'on_request' }).expect(404);

    await her.get('/me').expect(401);
    await app.anonymous().post('/sessions', { username: USERNAME, password: PASSWORD }).expect(401);
    const { body: shown } = await admin.get(`/users/${user.id}`).expect(200);
    expect(shown).toMatchObject({ name: null, username: null });

    const file = join(folder, 'record.jsonl');
    await app.get(WholeRecordService).export(file);
    expect(plain(await dump())).toEqual([]);
    expect(plain(await readFile(file, 'utf8'))).toEqual([]);
    expect(plain(logged.join(''))).toEqual([]);
    expect(logged.length).toBeGreaterThan(5);
    expect((await app.get(CompletenessService).check()).faults).toEqual([]);
    expect(verifyWhole(file).code).toBe(0);
  });

  it('empties the words of the follow-ups that are theirs or name them, and nothing of the others', async () => {
    const clerk = await app.signIn('granting_authority');
    const colleague = await app.signIn('granting_authority2');
    const ministry = await app.signIn('ministry');
    const { id: centreId } = (
      await ministry
        .post('/centres', {
          ...{ ags: '05558000', name: 'Kreis Coesfeld', hostType: 'kreis', regierungsbezirk: 'Münster' },
          ...{ openedOn: '2016-02-12', recipient: { name: 'Kreis Coesfeld', kind: 'kreis' } },
        })
        .set('Idempotency-Key', randomUUID())
        .expect(201)
    ).body as { id: string };
    const { personId } = app.cast.member('granting_authority');
    const [{ name } = { name: '' }] = await app.rows<{ name: string }>(
      'select name from person where id = $1',
      [personId],
    );
    interface Noted {
      readonly id: string;
      readonly version: number;
      readonly note: string | null;
      readonly remark: string | null;
    }
    const notes = async (by: Caller, note: string, forPersonId: string | null = null): Promise<Noted> => {
      const dueOn = app.clock.today().toString();
      const about = { subjectType: 'centre', subjectId: centreId, dueOn, note, forPersonId };
      const { body } = await by.post('/follow-ups', about).set('Idempotency-Key', randomUUID()).expect(201);
      return body as Noted;
    };
    const completes = (by: Caller, { id, version }: Noted, remark: string) =>
      by
        .post(`/follow-ups/${id}/complete`, { remark })
        .set('Idempotency-Key', randomUUID())
        .set('If-Match', `"v${String(version)}"`);
    const written = await notes(clerk, 'Beim Kreis nach der Zugspitze fragen.');
    const meant = await notes(colleague, 'Bitte die Wildspitze anrufen.', personId);
    const naming = await notes(colleague, `Hat ${name.toUpperCase()} die Akte?`);
    const done = await notes(colleague, 'Die Dufourspitze sehen.');
    await completes(clerk, done, 'Gesehen, am Watzmann.').expect(200);
    // Her colleague is called as she is, and a letter more.
    const other = await notes(colleague, `Den Großglockner sehen, mit ${name}2.`);
    const emptied = [written, meant, naming, done];
    const salts = () =>
      app.rows<{ salt: string }>(`select encode(salt, 'hex') as salt from follow_up where id = any ($1)`, [
        emptied.map(({ id }) => id),
      ]);
    const former = await salts();

    const asked = (
      await admin.post(`/persons/${personId}/erasures`, { ground: 'retention_ended' }).expect(201)
    ).body as { id: string };
    await second
      .post(`/persons/${personId}/erasures/${asked.id}/confirm`)
      .set('If-Match', '"v1"')
      .expect(200);

    for (const { id } of emptied) {
      const { body } = await colleague.get(`/follow-ups/${id}`).expect(200);
      expect(body).toMatchObject({ note: null, remark: null });
    }
    expect((await colleague.get(`/follow-ups/${other.id}`).expect(200)).body).toEqual(other);
    const everything = await dump();
    const words = ['Zugspitze', 'Wildspitze', 'Dufourspitze', 'Watzmann', name.toUpperCase()];
    expect(words.filter((word) => everything.includes(word))).toEqual([]);
    expect(everything).toContain('Großglockner');
    expect(former.filter(({ salt }) => everything.includes(salt))).toEqual([]);
    expect(new Set(await salts()).size).toBe(emptied.length);

    // What is open is still to be done; what was done stays done, and is not remarked on now.
    await completes(colleague, { ...written, version: written.version + 1 }, 'Den Brocken gesehen.').expect(
      200,
    );
    await completes(colleague, { ...done, version: done.version + 2 }, 'Noch einmal.').expect(409);
    const [journal] = await app.rows<{ after: string }>(
      'select after from row_change where row_id = $1 order by id desc limit 1',
      [written.id],
    );
    expect(JSON.parse(journal?.after ?? '')).toMatchObject({
      ...{ note: null, remark: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as unknown },
    });
    expect((await app.get(CompletenessService).check()).faults).toEqual([]);
  });

  it('is not for somebody who would leave nobody to administer', async () => {
    const { personId } = app.cast.member('admin2');
    const erasure = (
      await second.post(`/persons/${personId}/erasures`, { ground: 'retention_ended' }).expect(201)
    ).body as { id: string };
    const confirm = `/persons/${personId}/erasures/${erasure.id}/confirm`;
    const own = await second.post(confirm).set('If-Match', '"v1"').expect(422);
    expect(codesOf(own.body)).toEqual(['four-eyes', 'four-eyes-beneficiary']);
  });

  it('is not in the hands of plain SQL', async () => {
    const attempt = app.rows(
      `select set_config('foerderbuch.action', 'person.confirmErasure', false), access.erase_person($1)`,
      [app.cast.member('cashier').personId],
    );
    await expect(attempt).rejects.toMatchObject({ code: '42501' });
  });
});
