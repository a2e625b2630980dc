import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { strToU8, unzipSync, zipSync } from 'fflate';
import request, { type Test } from 'supertest';
import readXlsxFile from 'read-excel-file/node';
import writeXlsxFile from 'write-excel-file/node';
import type { CentreId } from '../../src/kernel/ids.js';
import { TestApp, type Caller } from '../support/app.js';
import { guidelineDraft } from '../support/guideline.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const HEADER = [
  'Stelle',
  'Pseudonym',
  'VZÄ',
  'Von (erster Tag)',
  'Bis (letzter Tag)',
  'Haushaltsjahr',
  'Ist-Ausgaben (EUR)',
];

let app: TestApp;
let ministry: Caller;
let school: Caller;
let coesfeld: Caller;
let borken: Caller;
let centres: { coesfeld: CentreId; borken: CentreId };
let serial = 0;

interface Item {
  id: string;
  pseudonym: string | null;
  fundedCents: number | null;
}
const itemsOf = (body: { items: Item[] }): Item[] => body.items;
const codesOf = (body: { errors?: { code: string }[] }) => (body.errors ?? []).map(({ code }) => code);
const person = () => `P-${String(1000 + ++serial)}`;

async function newCentre(ags: string, name: string): Promise<CentreId> {
  const body = {
    ...{ ags, name, hostType: 'kreis', regierungsbezirk: 'Münster', knownOpenBy: '2016-02-12' },
    recipient: { name, kind: 'kreis' },
  };
  return (await ministry.post('/centres', body).expect(201)).body.id as CentreId;
}

interface SomePost {
  id: string;
  number: string;
}

async function newPost(centreId: CentreId, changes: object = {}, caller = ministry): Promise<SomePost> {
  const body = {
    ...{ centreId, programme: 'KI', number: `KI-${String(++serial)}`, from: '2016-01-01' },
    ...{ category: 'specialist', fteHundredths: 100, funder: 'integration_ministry', ...changes },
  };
  return (await caller.post('/posts', body).expect(201)).body as SomePost;
}

const record = (caller: Caller, post: { id: string }, changes: object = {}): Test =>
  caller.post('/occupancies', {
    ...{ postId: post.id, pseudonym: person(), occupiedFrom: '2017-01-01', fteHundredths: 100 },
    ...changes,
  });

const upload = async (name: string, type: string, bytes: Buffer | string, query = ''): Promise<Test> =>
  request(app.nest.getHttpServer())
    .post(`/api/v1/occupancies/import${query}`)
    .set('Authorization', `Bearer ${await app.tokenOf(name)}`)
    .set('Content-Type', type)
    .send(bytes);

type Value = string | number | Date | null;
const rowOf = (values: Value[]) =>
  values.map((value) =>
    value === null ? null : value instanceof Date ? { value, format: 'dd.mm.yyyy' } : { value },
  );

/** A workbook as a payroll office fills it in. */
const workbook = (rows: Value[][], sheet = 'Besetzungen'): Promise<Buffer> =>
  writeXlsxFile([{ sheet, data: [rowOf(HEADER), ...rows.map(rowOf)] }]).toBuffer();

/** The same with some of its parts written anew. */
async function tampered(
  change: (name: string, content: string) => string,
  more: Record<string, Uint8Array> = {},
) {
  const parts = unzipSync(
    new Uint8Array(await workbook([['KI-1', 'P-4711', 0.5, '01.01.2017', null, null, null]])),
  );
  const changed = Object.entries(parts).map(([name, bytes]) => [
    name,
    strToU8(change(name, Buffer.from(bytes).toString('utf8'))),
  ]);
  return Buffer.from(zipSync({ ...Object.fromEntries(changed), ...more }));
}

const written = async () => {
  const [row] = await app.rows<{ n: string }>(
    'select (select count(*) from occupancy) || $1 || (select count(*) from occupancy_expenditure) || $1 || (select count(*) from audit_record) as n',
    ['/'],
  );
  return row?.n;
};

beforeAll(async () => {
  app = await TestApp.boot('staffing');
  ministry = await app.signIn('ministry');
  school = await app.signIn('school_ministry');
  centres = {
    coesfeld: await newCentre('05558000', 'Kreis Coesfeld'),
    borken: await newCentre('05554000', 'Kreis Borken'),
  };
  await app.cast.municipality(centres.coesfeld, 'coesfeld');
  await app.cast.municipality(centres.borken, 'borken');
  coesfeld = await app.signIn('coesfeld');
  borken = await app.signIn('borken');
}, 60_000);
afterAll(() => app.close());

describe('posts', () => {
  it('are established by the ministry that funds them and read by their own body', async () => {
    const post = await newPost(centres.coesfeld);
    const teacher = await newPost(
      centres.coesfeld,
      { category: 'teacher', funder: 'school_ministry' },
      school,
    );
    expect((await coesfeld.get(`/posts/${post.id}`).expect(200)).body).toMatchObject({
      category: 'specialist',
      fteHundredths: 100,
      establishedOn: '2016-01-01',
      abolishedOn: null,
      version: 1,
    });
    await borken.get(`/posts/${teacher.id}`).expect(404);
    const { body } = await coesfeld.get('/posts').expect(200);
    expect(itemsOf(body).map(({ id }) => id)).toEqual(expect.arrayContaining([post.id, teacher.id]));
    expect((await borken.get('/posts').expect(200)).body.items).toEqual([]);
    await coesfeld.post('/posts', {}).expect(403);
  });

  it('refuse what does not fit, every objection at once', async () => {
    const body = {
      ...{ centreId: centres.coesfeld, programme: 'KI', number: 'KI-X', from: '2016-01-01' },
      ...{ category: 'teacher', fteHundredths: -50, funder: 'integration_ministry' },
    };
    expect(codesOf((await ministry.post('/posts', body).expect(422)).body)).toEqual([
      'fte-not-positive',
      'teachers-are-seconded',
    ]);
    expect(codesOf((await ministry.post('/posts', { ...body, number: '=1+1' }).expect(400)).body)).toEqual([
      'wrong-form',
    ]);
    const twin = await newPost(centres.coesfeld, { number: 'DOPPELT' });
    expect(twin.number).toBe('DOPPELT');
    await ministry
      .post('/posts', { ...body, category: 'specialist', fteHundredths: 50, number: 'DOPPELT' })
      .expect(409);
  });

  it('change from a day on, and not below what is occupied', async () => {
    const post = await newPost(centres.coesfeld);
    await record(coesfeld, post, { occupiedTo: '2018-01-01' }).expect(201);
    const half = {
      from: '2017-07-01',
      category: 'specialist',
      fteHundredths: 50,
      funder: 'integration_ministry',
    };
    await ministry.post(`/posts/${post.id}/change`, half).expect(428);
    await ministry.post(`/posts/${post.id}/change`, half).set('If-Match', '"v9"').expect(412);
    const refused = await ministry.post(`/posts/${post.id}/change`, half).set('If-Match', '"v1"').expect(422);
    expect(codesOf(refused.body)).toEqual(['occupied-beyond-fte']);
    const later = { ...half, from: '2018-01-01' };
    const { body } = await ministry
      .post(`/posts/${post.id}/change`, later)
      .set('If-Match', '"v1"')
      .expect(200);
    expect(body).toMatchObject({
      fteHundredths: 50,
      version: 2,
      phases: [{ to: '2018-01-01' }, { fteHundredths: 50 }],
    });
    await school.post(`/posts/${post.id}/change`, later).set('If-Match', '"v2"').expect(422);
  });

  it('are abolished when nobody sits there any more', async () => {
    const post = await newPost(centres.coesfeld);
    const { body: seat } = await record(coesfeld, post).expect(201);
    const abolish = (on: string, version: number) =>
      ministry.post(`/posts/${post.id}/abolish`, { on }).set('If-Match', `"v${String(version)}"`);
    expect(codesOf((await abolish('2018-01-01', 1).expect(422)).body)).toEqual(['still-occupied']);
    await coesfeld
      .post(`/occupancies/${seat.id}/end`, { on: '2018-01-01' })
      .set('If-Match', '"v1"')
      .expect(200);
    expect((await abolish('2018-01-01', 1).expect(200)).body.abolishedOn).toBe('2018-01-01');
    await abolish('2018-01-01', 2).expect(409);
    expect(codesOf((await record(coesfeld, post, { occupiedFrom: '2018-01-01' }).expect(422)).body)).toEqual([
      'post-abolished',
    ]);
  });
});

describe('occupancies', () => {
  it('are recorded, ended and corrected, and a correction is a row of its own', async () => {
    const post = await newPost(centres.coesfeld);
    const { body, headers } = await record(coesfeld, post, {
      fteHundredths: 50,
      expenditure: [{ fundingYear: 2017, amountCents: 3_000_000 }],
    }).expect(201);
    expect(headers['etag']).toBe('"v1"');
    expect(body).toMatchObject({
      occupiedTo: null,
      expenditure: [{ fundingYear: 2017, amountCents: 3_000_000 }],
    });
    const figure = { fundingYear: 2017, amountCents: 3_100_000 };
    const later = await coesfeld
      .post(`/occupancies/${body.id}/expenditure`, figure)
      .set('If-Match', '"v1"')
      .expect(200);
    expect(later.body).toMatchObject({ version: 2, expenditure: [figure] });
    const end = (on: string, version: string) =>
      coesfeld.post(`/occupancies/${body.id}/end`, { on }).set('If-Match', version);
    await end('2017-01-01', '"v2"').expect(422);
    await end('2017-07-01', '"v1"').expect(412);
    await end('2017-07-01', '"v2"').expect(200);
    await end('2017-08-01', '"v3"').expect(409);
    const replacement = {
      postId: post.id,
      pseudonym: body.pseudonym,
      occupiedFrom: '2017-02-01',
      occupiedTo: '2017-07-01',
      fteHundredths: 50,
    };
    const correct = (version: string) =>
      coesfeld
        .post(`/occupancies/${body.id}/correct`, { reason: 'Dienstantritt später', replacement })
        .set('If-Match', version);
    const { body: right } = await correct('"v3"').expect(200);
    expect(right).toMatchObject({
      corrects: body.id,
      occupiedFrom: '2017-02-01',
      expenditure: [figure],
      version: 1,
    });
    await correct('"v4"').expect(409);
    const list = async (query: string) =>
      (await coesfeld.get(`/occupancies?postId=${post.id}${query}`).expect(200)).body.items;
    expect(itemsOf({ items: await list('') }).map(({ id }) => id)).toEqual([right.id]);
    expect(await list('&corrected=true')).toHaveLength(2);
    const never = await coesfeld
      .post(`/occupancies/${right.id}/correct`, { reason: 'Verwechslung', replacement: null })
      .set('If-Match', '"v1"')
      .expect(200);
    expect(never.body.correctedAt).not.toBeNull();
    expect(await list('')).toEqual([]);
  });

  it('refuse too much, too short, too little and too late, each with its reason, and write nothing', async () => {
    const post = await newPost(centres.coesfeld);
    await record(coesfeld, post, { fteHundredths: 60 }).expect(201);
    const before = await written();
    const objectionsTo = async (changes: object) => {
      const { body } = await record(coesfeld, post, changes).expect(422);
      return (body.errors as { code: string; basis: string | null; pointer: string }[]).map(
        ({ code, basis, pointer }) => [code, basis, pointer],
      );
    };
    expect(await objectionsTo({ fteHundredths: 41 })).toEqual([
      ['occupied-beyond-fte', 'Nr. 5.4.1.1 KI-Richtlinie', '/fteHundredths'],
    ]);
    expect(await objectionsTo({ fteHundredths: 40, occupiedTo: '2016-12-31' })).toEqual([
      ['end-before-start', null, '/occupiedTo'],
    ]);
    expect(await objectionsTo({ fteHundredths: -40 })).toEqual([
      ['fte-not-positive', null, '/fteHundredths'],
    ]);
    expect(await objectionsTo({ fteHundredths: 40, pseudonym: 'Erika Mustermann' })).toEqual([
      ['pseudonym-form', 'Art. 4 Nr. 5 DSGVO', '/pseudonym'],
    ]);
    expect(
      await objectionsTo({ fteHundredths: 40, expenditure: [{ fundingYear: 2016, amountCents: 1 }] }),
    ).toEqual([['year-not-occupied', 'Nr. 5.4.1.1 KI-Richtlinie', '/expenditure/0/fundingYear']]);
    expect(await written()).toBe(before);
  });

  it('stay out of a closed centre', async () => {
    const closing = await newCentre('05570000', 'Kreis Warendorf');
    const post = await newPost(closing);
    await app.cast.municipality(closing, 'warendorf');
    const warendorf = await app.signIn('warendorf');
    await app.rows(
      `select set_config('foerderbuch.action', 'test', false), set_config('foerderbuch.role', 'system', false);
       update centre set closed_on = '2017-07-01', version = version + 1 where ags = '05570000'`,
    );
    const { body } = await record(warendorf, post).expect(422);
    expect(body.errors).toMatchObject([
      { code: 'centre-closed', basis: '§ 8 TIntG NRW', pointer: '/occupiedTo' },
    ]);
    await record(warendorf, post, { occupiedTo: '2017-07-01' }).expect(201);
    const more = {
      centreId: closing,
      programme: 'KI',
      number: 'KI-Z',
      from: '2017-07-01',
      category: 'assistant',
    };
    const refused = await ministry
      .post('/posts', { ...more, fteHundredths: 50, funder: 'integration_ministry' })
      .expect(422);
    expect(codesOf(refused.body)).toEqual(['centre-closed']);
  });

  it('put nobody on more than one full post over all bodies, and say nothing of the other body', async () => {
    const [here, there] = [await newPost(centres.coesfeld), await newPost(centres.borken)];
    const pseudonym = person();
    await record(borken, there, { pseudonym, fteHundredths: 60, occupiedTo: '2017-07-01' }).expect(201);
    const before = await written();
    const refused = await record(coesfeld, here, {
      pseudonym: pseudonym.toLowerCase(),
      fteHundredths: 41,
    }).expect(422);
    expect(refused.body.errors).toMatchObject([
      { code: 'double-funding', basis: '§ 9 Abs. 4 TIntG NRW', pointer: '/pseudonym' },
    ]);
    expect(JSON.stringify(refused.body)).not.toMatch(
      new RegExp(`${centres.borken}|Borken|${there.id}|0,60|0\\.60|2017-0`),
    );
    expect(await written()).toBe(before);
    await record(coesfeld, here, { pseudonym, fteHundredths: 41, occupiedFrom: '2017-07-01' }).expect(201);
    await record(coesfeld, here, { pseudonym, fteHundredths: 40, occupiedTo: '2017-07-01' }).expect(201);
  });

  it('let of two that come at once only one have the person', async () => {
    const pseudonym = person();
    const posts = [await newPost(centres.coesfeld), await newPost(centres.borken)] as const;
    const answers = await Promise.all([
      record(coesfeld, posts[0], { pseudonym, fteHundredths: 80 }),
      record(borken, posts[1], { pseudonym, fteHundredths: 80 }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
  });

  it('are the body’s own: a foreign post or occupancy is unknown', async () => {
    const post = await newPost(centres.coesfeld);
    const { body } = await record(coesfeld, post).expect(201);
    await record(borken, post).expect(404);
    await borken
      .post(`/occupancies/${body.id}/end`, { on: '2018-01-01' })
      .set('If-Match', '"v1"')
      .expect(404);
    await record(ministry, post).expect(403);
  });

  it('are refused by the database too, whoever writes them', async () => {
    const post = await newPost(centres.coesfeld);
    const insert = (fte: number, pseudonym: string) =>
      app.rows(
        `select set_config('foerderbuch.action', 'test', false), set_config('foerderbuch.role', 'system', false);
         insert into occupancy (id, post_id, centre_id, occupied_from, fte_hundredths, pseudonym)
         values (gen_random_uuid(), '${post.id}', '${centres.coesfeld}', '2017-01-01', ${String(fte)}, '${pseudonym}')`,
      );
    const shared = person();
    await insert(60, shared);
    await expect(insert(50, person())).rejects.toThrow(/beyond its size/);
    const second = await newPost(centres.coesfeld);
    await expect(record(coesfeld, second, { pseudonym: shared, fteHundredths: 41 })).resolves.toMatchObject({
      status: 422,
    });
  });
});

describe('what people earn', () => {
  it('is open to the ministries in no way, and leaves only commitments in the journal', async () => {
    const post = await newPost(centres.coesfeld);
    const pseudonym = person();
    await record(coesfeld, post, {
      pseudonym,
      expenditure: [{ fundingYear: 2017, amountCents: 6_543_210 }],
    }).expect(201);
    for (const caller of [ministry, school]) {
      await caller.get('/occupancies').expect(403);
      await caller.get('/posts/gap?fundingYear=2017').expect(403);
    }
    const rights = await app.rows<{ may: boolean }>(
      `select has_table_privilege(r, t, 'select') or has_any_column_privilege(r, t, 'select') as may
         from unnest(array['foerderbuch_ministry', 'foerderbuch_school_ministry', 'foerderbuch_cashier', 'foerderbuch_admin']) r,
              unnest(array['occupancy', 'occupancy_expenditure', 'person_pepper']) t`,
    );
    expect(rights.some(({ may }) => may)).toBe(false);
    const journal = await app.rows<{ after: string }>(
      `select after from row_change where table_name like 'occupancy%'`,
    );
    const text = journal.map(({ after }) => after).join();
    expect(text).toMatch(/"amount_cents": ?"sha256:/);
    expect(text).not.toMatch(new RegExp(`6543210|${pseudonym}|pseudonym_key|"salt"`));
    const records = await app.rows<{ body: string }>(
      `select convert_from(body, 'UTF8') as body from audit_record`,
    );
    expect(records.map(({ body }) => body).join()).not.toContain(pseudonym);
  });

  it('is read by others on record and without pseudonyms', async () => {
    const auditor = await app.signIn('auditor');
    const actions = await app.recordsOf(async () => {
      const { body } = await auditor.get(`/occupancies?centreId=${centres.coesfeld}`).expect(200);
      expect(body.items.length).toBeGreaterThan(0);
      expect(itemsOf(body).every(({ pseudonym }) => pseudonym === null)).toBe(true);
      await coesfeld.get('/occupancies').expect(200);
    });
    expect(actions).toEqual(['occupancy.list']);
  });
});

describe('reports', () => {
  it('show vacancies by centre and month, teachers apart', async () => {
    const centre = await newCentre('05566000', 'Kreis Steinfurt');
    await app.cast.municipality(centre, 'steinfurt');
    const steinfurt = await app.signIn('steinfurt');
    const post = await newPost(centre);
    await newPost(centre, { category: 'teacher', funder: 'school_ministry' }, school);
    await record(steinfurt, post, { occupiedFrom: '2017-02-11', fteHundredths: 50 }).expect(201);
    const { body } = await ministry.get(`/reports/vacancies?fundingYear=2017&centreId=${centre}`).expect(200);
    expect(body.items).toHaveLength(1);
    expect(body.items[0]).toMatchObject({
      centreId: centre,
      teachers: { established: 36_500, occupied: 0, vacant: 36_500 },
    });
    expect(body.items[0].months[1]).toEqual({
      month: '2017-02',
      days: 28,
      staff: { established: 2800, occupied: 900, vacant: 1900 },
      teachers: { established: 2800, occupied: 0, vacant: 2800 },
    });
    expect((await steinfurt.get('/reports/vacancies?fundingYear=2017').expect(200)).body.items).toEqual(
      body.items,
    );
    expect(
      (await borken.get(`/reports/vacancies?fundingYear=2017&centreId=${centre}`).expect(200)).body.items,
    ).toEqual([]);
    await ministry.get('/reports/vacancies').expect(400);
  });

  it('show the gap of a post as unknown while no guideline holds, never as nothing', async () => {
    const { body } = await coesfeld.get('/posts/gap?fundingYear=2017').expect(200);
    expect(body.open).toBeGreaterThan(0);
    expect(itemsOf(body).every(({ fundedCents }) => fundedCents === null)).toBe(true);
  });
});

describe('the template', () => {
  it('comes as XLSX with one’s own posts, and as CSV', async () => {
    const post = await newPost(centres.coesfeld);
    const sheet = await coesfeld
      .get('/occupancies/template?format=xlsx')
      .buffer(true)
      .parse((response, done) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => done(null, Buffer.concat(chunks)));
      })
      .expect(200);
    expect(sheet.headers['content-type']).toBe(XLSX);
    const [first, second] = await readXlsxFile(sheet.body as Buffer);
    expect([first?.sheet, first?.data[0]]).toEqual(['Besetzungen', HEADER]);
    expect(second?.data.map(([number]) => number)).toContain(post.number);
    const csv = await coesfeld.get('/occupancies/template?format=csv').expect(200);
    expect(csv.text).toBe(`\ufeff${HEADER.join(';')}\r\n`);
    await coesfeld.get('/occupancies/template?format=ods').expect(400);
  });
});

describe('the import', () => {
  it('takes a workbook, all of it, and the same one again changes nothing', async () => {
    const [one, two] = [await newPost(centres.coesfeld), await newPost(centres.coesfeld)];
    const [anna, bert] = [person(), person()];
    const file = await workbook([
      [one.number, anna, 0.5, new Date('2016-03-01'), null, 2016, 25_000.29],
      [one.number, anna, 0.5, new Date('2016-03-01'), null, 2017, '31.000,50'],
      [two.number, bert, '1,00', '01.01.2017', '31.12.2017', null, null],
    ]);
    const before = await written();
    const dry = await upload('coesfeld', XLSX, file, '?dryRun=true');
    expect([dry.status, dry.headers['dry-run'], await written()]).toEqual([200, 'true', before]);
    const actions = await app.recordsOf(async () => {
      const { status, body } = await upload('coesfeld', XLSX, file);
      expect([status, body]).toEqual([
        200,
        { occupancies: 2, recorded: 2, ended: 0, unchanged: 0, figures: 2 },
      ]);
    });
    expect(actions).toEqual(['occupancy.import']);
    const { body } = await coesfeld.get(`/occupancies?postId=${one.id}`).expect(200);
    expect(body.items).toMatchObject([
      {
        occupiedFrom: '2016-03-01',
        fteHundredths: 50,
        expenditure: [
          { fundingYear: 2016, amountCents: 2_500_029 },
          { fundingYear: 2017, amountCents: 3_100_050 },
        ],
      },
    ]);
    expect((await upload('coesfeld', XLSX, file)).body).toEqual({
      occupancies: 2,
      recorded: 0,
      ended: 0,
      unchanged: 2,
      figures: 0,
    });
    const moved = await workbook([
      [one.number, anna, 0.5, '01.03.2016', '30.06.2017', 2017, 15_500],
      [two.number, person(), 1, '01.01.2018', null, null, null],
    ]);
    expect((await upload('coesfeld', XLSX, moved)).body).toEqual({
      occupancies: 2,
      recorded: 1,
      ended: 1,
      unchanged: 0,
      figures: 1,
    });
    expect((await coesfeld.get(`/occupancies?postId=${one.id}`)).body.items[0]).toMatchObject({
      occupiedTo: '2017-07-01',
      version: 2,
    });
  });

  it('takes CSV in the encodings spreadsheet programs write', async () => {
    const post = await newPost(centres.coesfeld);
    const text = `${HEADER.join(';')}\r\n${post.number};${person()};0,5;01.01.2017;;2017;28.000,00\r\n`;
    const utf8 = await upload('coesfeld', 'text/csv; charset=utf-8', `\ufeff${text}`, '?dryRun=true');
    const windows = await upload('coesfeld', 'text/csv; charset=windows-1252', Buffer.from(text, 'latin1'));
    const wrong = await upload('coesfeld', 'text/csv', Buffer.from(text, 'latin1'));
    expect([utf8.status, windows.status, wrong.status]).toEqual([200, 200, 400]);
    expect(codesOf(wrong.body)).toEqual(['not-a-csv']);
  });

  it('names every error with its cell and writes nothing', async () => {
    const post = await newPost(centres.coesfeld);
    const teacherless = person();
    await record(borken, await newPost(centres.borken), {
      pseudonym: teacherless,
      fteHundredths: 100,
    }).expect(201);
    const file = await workbook(
      [
        [post.number, person(), 0.6, '01.01.2017', null, null, null],
        [post.number, person(), 0.5, '01.06.2017', null, null, null],
        [post.number, person(), 0.1, '01.01.2017', '31.12.2016', null, null],
        [post.number, person(), -0.1, '01.01.2017', null, null, null],
        ['GIBT-ES-NICHT', person(), 0.1, '01.01.2017', null, null, null],
        [post.number, 'Erika Mustermann', 0.1, '01.01.2017', null, null, null],
        [post.number, teacherless, 0.2, '01.01.2018', null, null, null],
        [post.number, person(), 0.01, '01.01.2017', '31.12.2017', 2018, 100],
      ],
      'Tabelle1',
    );
    const before = await written();
    const { status, body } = await upload('coesfeld', XLSX, file);
    expect(status).toBe(422);
    const found = (body.errors as { pointer: string; code: string }[]).map(
      ({ pointer, code }) => `${pointer} ${code}`,
    );
    expect(found).toEqual(
      expect.arrayContaining([
        'Tabelle1!C3 occupied-beyond-fte',
        'Tabelle1!E4 end-before-start',
        'Tabelle1!C5 fte-not-positive',
        'Tabelle1!A6 unknown-post',
        'Tabelle1!B7 pseudonym-form',
        'Tabelle1!B8 double-funding',
        'Tabelle1!F9 year-not-occupied',
      ]),
    );
    expect(found.some((one) => one.startsWith('Tabelle1!C2'))).toBe(false);
    const unread = await workbook([
      [null, 'P-4711', 'halb', '30.02.2017', null, 2017, null],
      [post.number, person(), 0.333, 'gestern', null, 1850, -5],
    ]);
    const second = (await upload('coesfeld', XLSX, unread)).body.errors as {
      pointer: string;
      code: string;
    }[];
    expect(second.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      'Besetzungen!A2 required',
      'Besetzungen!C2 not-a-number',
      'Besetzungen!D2 not-a-day',
      'Besetzungen!G2 year-and-amount-belong-together',
      'Besetzungen!C3 not-a-number',
      'Besetzungen!D3 not-a-day',
      'Besetzungen!F3 not-a-year',
      'Besetzungen!G3 expenditure-negative',
    ]);
    expect(await written()).toBe(before);
  });

  it('lets a person move from one post to another within the file', async () => {
    const [one, two] = [await newPost(centres.coesfeld), await newPost(centres.coesfeld)];
    const anna = person();
    await record(coesfeld, one, { pseudonym: anna }).expect(201);
    const file = await workbook([
      [two.number, anna, 1, '01.07.2017', null, null, null],
      [one.number, anna, 1, '01.01.2017', '30.06.2017', null, null],
      [one.number, person(), 1, '01.07.2017', null, null, null],
    ]);
    expect((await upload('coesfeld', XLSX, file)).body).toEqual({
      occupancies: 3,
      recorded: 2,
      ended: 1,
      unchanged: 0,
      figures: 0,
    });
  });

  it('refuses hostile spreadsheets and writes nothing', async () => {
    const before = await written();
    const asks = async (bytes: Buffer) => {
      const { status, body } = await upload('coesfeld', XLSX, bytes);
      return [status, codesOf(body)[0] ?? body.code, body.errors?.[0]?.pointer];
    };
    const asIs = (_: string, content: string) => content;
    const sheet = (change: (xml: string) => string) =>
      tampered((name, content) => (name.startsWith('xl/worksheets/') ? change(content) : content));
    const formula = await sheet((xml) =>
      xml.replace(/<c r="C2"[^>]*>.*?<\/c>/, '<c r="C2"><f>1/2</f><v>0.5</v></c>'),
    );
    expect(await asks(formula)).toEqual([422, 'formula-cell', 'Besetzungen!C2']);
    const farOut = await sheet((xml) =>
      xml.replace('</sheetData>', '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'),
    );
    expect(await asks(farOut)).toEqual([413, 'unpacked-too-large', null]);
    const entities = await sheet((xml) => xml.replace(/\?>/, '?><!DOCTYPE x [<!ENTITY a "aaaa">]>'));
    expect(await asks(entities)).toEqual([400, 'declaration', null]);
    const bomb = await tampered(asIs, { 'xl/sharedStrings.xml': new Uint8Array(30_000_000) });
    expect(bomb.length).toBeLessThan(1_000_000);
    expect(await asks(bomb)).toEqual([413, 'unpacked-too-large', null]);
    const lying = Buffer.from(bomb);
    for (let at = lying.indexOf('PK\x01\x02'); at >= 0; at = lying.indexOf('PK\x01\x02', at + 4)) {
      if (lying.readUInt32LE(at + 24) > 1_000_000) lying.writeUInt32LE(1000, at + 24);
    }
    expect(await asks(lying)).toEqual([400, 'not-a-workbook', null]);
    expect(
      await asks(await tampered(asIs, { 'xl/externalLinks/externalLink1.xml': strToU8('<x/>') })),
    ).toEqual([400, 'foreign-part', null]);
    expect(await asks(await tampered(asIs, { 'xl/vbaProject.bin': strToU8('x') }))).toEqual([
      400,
      'foreign-part',
      null,
    ]);
    expect(await asks(Buffer.from('no zip at all'))).toEqual([400, 'not-a-workbook', null]);
    expect(await asks(Buffer.alloc(10_000_001))).toEqual([413, 'body-too-large', undefined]);
    const csv = await upload(
      'coesfeld',
      'text/csv',
      `${HEADER.join(';')}\n"=HYPERLINK(""http://x"")";P-4711;1;01.01.2017;;;\n`,
    );
    expect([csv.status, csv.body.errors]).toMatchObject([422, [{ code: 'formula-cell', pointer: 'CSV!A2' }]]);
    expect(await written()).toBe(before);
  });

  it('refuses other types, other roles and nobody', async () => {
    const body = 'Stelle\n';
    const statuses = [
      (await upload('coesfeld', 'application/json', '{}')).status,
      (await upload('coesfeld', 'application/vnd.ms-excel', body)).status,
      (await upload('coesfeld', 'text/csv; charset=utf-16', body)).status,
      (await upload('coesfeld', 'text/csv', '')).status,
      (await upload('ministry', 'text/csv', body)).status,
      (
        await request(app.nest.getHttpServer())
          .post('/api/v1/occupancies/import')
          .set('Content-Type', 'text/csv')
          .send(body)
      ).status,
    ];
    expect(statuses).toEqual([415, 415, 415, 415, 403, 401]);
    const missing = await upload('coesfeld', 'text/csv', body);
    expect(codesOf(missing.body)).toEqual(['missing-column', 'missing-column', 'missing-column']);
  });
});

describe('the gap of a post once a guideline holds', () => {
  it('sets what was paid beside what the rates give, for the body itself and on record for others', async () => {
    const { rates, ...draft } = guidelineDraft();
    const rateBodies = rates.map(({ amount, ...rate }) => ({ ...rate, amountCents: amount }));
    const { body: drafted } = await ministry.post('/guidelines', { ...draft, rates: rateBodies }).expect(201);
    const release = async (name: string, verb: string, version: number) =>
      (await app.signIn(name))
        .post(`/guidelines/${String(drafted.id)}/${verb}`)
        .set('If-Match', `"v${String(version)}"`)
        .expect(200);
    await release('ministry2', 'release', 1);
    await release('school_ministry', 'co-release', 2);
    const post = await newPost(centres.borken, { number: 'LUECKE' });
    const expenditure = [{ fundingYear: 2016, amountCents: 6_150_000 }];
    await record(borken, post, { occupiedFrom: '2016-01-01', occupiedTo: '2017-01-01', expenditure }).expect(
      201,
    );
    const expected = {
      number: 'LUECKE',
      fundedCents: 5_000_000,
      actualCents: 6_150_000,
      gapCents: 1_150_000,
    };
    const own = await borken.get('/posts/gap?fundingYear=2016').expect(200);
    expect(own.body.items).toEqual(expect.arrayContaining([expect.objectContaining(expected)]));
    const clerk = await app.signIn('granting_authority');
    const actions = await app.recordsOf(async () => {
      const { body } = await clerk.get(`/posts/gap?fundingYear=2016&centreId=${centres.borken}`).expect(200);
      expect(body).toEqual(own.body);
    });
    expect(actions).toEqual(['post.gap']);
  });
});
