import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { request as http } from 'node:http';
import { tmpdir } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Test } from 'supertest';
import { docx, pdf, png, zip } from '../support/files.js';
import {
  borken,
  coesfeld,
  Trade,
  type Application,
  type Municipality,
  type Thing,
} from '../support/trade.js';

interface Attachment extends Thing {
  readonly kind: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly submitted: boolean;
}

const PDF = 'application/pdf';
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const MEGABYTE = 1_000_000;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

describe('attachments', () => {
  let trade: Trade;
  let own: Municipality;
  let other: Municipality;
  let application: Application;

  beforeAll(async () => {
    trade = await Trade.open('attachments');
    own = await trade.municipality(coesfeld);
    other = await trade.municipality(borken);
    trade.on('2016-02-12');
    const { callId } = trade;
    application = await own.makes<Application>('/applications', {
      ...{ callId, programme: 'KI', fundingYear: 2016, periodFrom: '2016-02-12', periodTo: '2017-01-01' },
      ...{ posts: [], financingPlan: [] },
    });
  }, 120_000);
  afterAll(() => trade.close());

  const pathOf = (of: Thing) => `/applications/${of.id}/attachments`;
  const sends = (
    file: Buffer,
    type: string,
    { query = '', by = own, to = application }: { query?: string; by?: Municipality; to?: Thing } = {},
  ): Test =>
    by.caller
      .post(`${pathOf(to)}${query}`)
      .type(type)
      .send(file);
  const uploaded = async (file = pdf(), query = '', to: Thing = application) =>
    (await sends(file, PDF, { query, to }).expect(201)).body as Attachment;
  const download = (who: Municipality | Trade['clerk'], of: Attachment, from: Thing = application) =>
    who.caller
      .get(`${pathOf(from)}/${of.id}`)
      .buffer(true)
      .parse((response, done) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => {
          done(null, Buffer.concat(parts));
        });
      });
  const rowsOf = async () =>
    (
      await trade.app.rows<{ rows: number }>(
        `select (select count(*) from attachment)::int + (select count(*) from attachment_chunk)::int as rows`,
      )
    )[0]?.rows;
  const leftovers = async () =>
    (await readdir(tmpdir())).filter((name) => name.startsWith('foerderbuch-upload-'));
  const codesOf = ({ body }: { body: { errors?: { code: string }[] } }) =>
    (body.errors ?? []).map(({ code }) => code);

  it('attachment.upload keeps a file in pieces, and attachment.read gives the same bytes back', async () => {
    const file = pdf(MEGABYTE);
    const sha256 = createHash('sha256').update(file).digest('hex');
    const query = `?kind=cost_estimate&fileName=${encodeURIComponent('Kosten “März”.pdf')}`;
    const response = await sends(file, PDF, { query }).expect(201);
    const attachment = response.body as Attachment;
    expect(attachment).toMatchObject({
      ...{
        kind: 'cost_estimate',
        fileName: 'Kosten “März”.pdf',
        mediaType: PDF,
        sizeBytes: MEGABYTE,
        sha256,
      },
      ...{ submitted: false, uploadedOn: '2016-02-12', version: 1 },
    });
    expect(response.headers['location']).toBe(`/api/v1${pathOf(application)}/${attachment.id}`);
    const pieces = await trade.app.rows('select 1 from attachment_chunk where attachment_id = $1', [
      attachment.id,
    ]);
    expect(pieces).toHaveLength(4);

    const { body, headers } = await download(own, attachment).expect(200);
    expect(
      createHash('sha256')
        .update(body as Buffer)
        .digest('hex'),
    ).toBe(sha256);
    expect(headers).toMatchObject({
      ...{ 'content-type': PDF, 'content-length': String(MEGABYTE), 'x-content-type-options': 'nosniff' },
    });
    expect(headers['content-disposition']).toMatch(
      /^attachment; filename="Kosten .*; filename\*=UTF-8''Kosten/,
    );
    await download(trade.clerk, attachment).expect(200);
    expect(await leftovers()).toEqual([]);
  });

  it('knows a file by its content and takes pictures and office files too', async () => {
    expect((await sends(png(), 'image/png').expect(201)).body).toMatchObject({
      ...{ mediaType: 'image/png', fileName: 'Anlage.png', kind: 'other' },
    });
    expect((await sends(docx(), DOCX).expect(201)).body).toMatchObject({ mediaType: DOCX });
  });

  it.each([
    ['a picture that calls itself a PDF', png(), PDF, '', ['file-type-differs']],
    ['an archive that calls itself a DOCX', zip(), DOCX, '', ['file-type-not-allowed']],
    [
      'a program that calls itself a PDF',
      Buffer.from('MZ\x90\0 this program'),
      PDF,
      '',
      ['file-type-not-allowed'],
    ],
    ['text that calls itself a PDF', Buffer.from('guten Tag'), PDF, '', ['file-type-not-allowed']],
    ['a PDF with a name that lies', pdf(), PDF, '?fileName=a.exe', ['file-name-differs']],
  ])('%s is refused, and nothing is written', async (_, file, type, query, codes) => {
    const before = await rowsOf();
    const answer = await sends(file, type, { query }).expect(422);
    expect(codesOf(answer)).toEqual(codes);
    expect(await rowsOf()).toBe(before);
    expect(await leftovers()).toEqual([]);
  });

  it('another kind, a packed body and a name with a path are refused before anybody looks inside', async () => {
    await sends(zip(), 'application/zip').expect(415);
    await sends(Buffer.alloc(0), PDF).expect(415);
    await sends(pdf(), PDF).set('Content-Encoding', 'gzip').expect(415);
    for (const name of ['../a.pdf', 'a/b.pdf', 'a%00.pdf', 'a%0D%0AX: y.pdf', `${'x'.repeat(200)}.pdf`]) {
      await sends(pdf(), PDF, { query: `?fileName=${name}` }).expect(400);
    }
    await sends(pdf(), PDF, { query: '?kind=photo' }).expect(400);
  });

  it('to another centre it does not exist, and other offices see no bytes', async () => {
    const before = await rowsOf();
    const attachment = await uploaded();
    await sends(pdf(), PDF, { by: other }).expect(404);
    await other.caller.get(pathOf(application)).expect(404);
    await other.caller.get(`${pathOf(application)}/${attachment.id}`).expect(404);
    await other.tries(pathOf(application), attachment, 'remove').expect(404);
    await own.caller.get(`${pathOf(attachment)}/${attachment.id}`).expect(404);
    await trade.ministry.caller.get(`${pathOf(application)}/${attachment.id}`).expect(403);
    await trade.clerk.caller.post(pathOf(application)).type(PDF).send(pdf()).expect(403);
    expect(await rowsOf()).toBe((before ?? 0) + 2);
    const [rights] = await trade.app.rows<{ bytes: boolean; name: boolean }>(
      `select has_table_privilege('foerderbuch_ministry', 'attachment_chunk', 'SELECT') as bytes,
              has_column_privilege('foerderbuch_ministry', 'attachment', 'file_name', 'SELECT') as name`,
    );
    expect(rights).toEqual({ bytes: false, name: false });
  });

  /** Sends bytes until somebody answers; says what was answered, and how much had been sent by then. */
  async function flood(
    megabytes: number,
    headers: Record<string, string>,
  ): Promise<{ status: number; sent: number }> {
    const { port } = trade.app.nest.getHttpServer().address() as AddressInfo;
    const token = await trade.app.tokenOf(`municipality-${own.centreId.slice(-6)}`);
    return new Promise((resolve, reject) => {
      let sent = 0;
      const call = http({
        ...{ port, method: 'POST', path: `/api/v1${pathOf(application)}` },
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': PDF, ...headers },
      });
      const piece = Buffer.alloc(65_536, 0x20);
      let answered = false;
      call.on('response', (response) => {
        answered = true;
        response.resume();
        const { statusCode = 0 } = response;
        call.once('close', () => {
          resolve({ status: statusCode, sent });
        });
        response.on('end', () => call.destroy());
      });
      call.on('error', (error) => {
        if (!answered) reject(error);
      });
      const write = (): void => {
        if (answered) return;
        if (sent >= megabytes * MEGABYTE) {
          call.end();
          return;
        }
        sent += piece.length;
        if (call.write(piece)) setImmediate(write);
        else call.once('drain', write);
      };
      write();
    });
  }
  /** What is really held: without collecting, the garbage of other tests in this process would count. */
  const held = async (): Promise<number> => {
    collect();
    await pause(100);
    collect();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };

  it.each([
    ['that says so', { 'Content-Length': String(50 * MEGABYTE) }, 10],
    ['that does not say so', { 'Transfer-Encoding': 'chunked' }, 20],
  ])('50 MB %s are refused before they are there, and memory does not grow', async (_, headers, most) => {
    const before = await rowsOf();
    await flood(50, headers);
    const start = await held();
    const { status, sent } = await flood(50, headers);
    expect(status).toBe(413);
    expect(sent).toBeLessThan(most * MEGABYTE);
    expect((await held()) - start).toBeLessThan(10 * MEGABYTE);
    expect(await rowsOf()).toBe(before);
    expect(await leftovers()).toEqual([]);
  });

  it('the last byte that is allowed is taken, and one more is not', async () => {
    await uploaded(pdf(10 * MEGABYTE));
    const answer = await sends(pdf(10 * MEGABYTE + 1), PDF).set('Accept-Language', 'de');
    expect([answer.status, answer.body]).toMatchObject([
      413,
      { code: 'body-too-large', detail: 'Höchstens 10 MB je Anlage.', mostBytes: 10 * MEGABYTE },
    ]);
  });

  it('a dry run writes nothing', async () => {
    const before = await rowsOf();
    await sends(pdf(), PDF, { query: '?dryRun=true' }).expect(201);
    expect(await rowsOf()).toBe(before);
  });

  it('no answer is kept for a second asking: a file’s name may name a person', async () => {
    const kept = () => trade.app.rows('select from idempotent_answer');
    const before = (await kept()).length;
    const send = () => sends(pdf(300), PDF).set('Idempotency-Key', 'attachment-1').expect(201);
    const [first, again] = [await send(), await send()];
    expect(again.body).not.toEqual(first.body);
    expect((await kept()).length).toBe(before);
  });

  it('the journal knows hashes, and neither bytes nor the name', async () => {
    const attachment = await uploaded(pdf(400), '?fileName=Unverwechselbar.pdf');
    const changes = await trade.app.rows<{ text: string }>(
      `select coalesce(before, '') || coalesce(after, '') as text from row_change
        where table_name in ('attachment', 'attachment_chunk')`,
    );
    const text = changes.map((row) => row.text).join();
    expect(text).toContain(attachment.sha256);
    expect(text).not.toContain('Unverwechselbar');
    expect(text).not.toContain(pdf(400).toString('hex').slice(0, 40));
  });

  it('pieces that make another file than the row says do not come in', async () => {
    const { id } = await uploaded(pdf(500));
    await trade.app.rows('alter table attachment_chunk disable trigger user');
    await expect(
      trade.app.rows(`update attachment_chunk set content = 'other' where attachment_id = $1`, [id]),
    ).rejects.toThrow(/check constraint/);
    await trade.app.rows('alter table attachment_chunk enable trigger user');
  });

  it('a submission names what is attached by hash; the call says what may not be missing', async () => {
    const call = await trade.announces({ requiredAttachments: ['cost_estimate', 'council_resolution'] });
    const refused = own.applies({ from: '2016-02-12', callId: call.id });
    await expect(refused).rejects.toThrow(/attachment-missing/);
    const { items } = await own.sees<{ items: Application[] }>('/applications?state=draft&limit=200');
    const draft = items.at(-1);
    if (draft === undefined) throw new Error('nothing was drafted');
    const stale = { id: draft.id, version: draft.version };
    const [estimate, mistaken] = [
      await uploaded(pdf(700), '?kind=cost_estimate', draft),
      await uploaded(pdf(701), '?kind=other', draft),
    ];
    const readiness = await own.sees<{ objections: { code: string; detail: { de: string } }[] }>(
      `/applications/${draft.id}/readiness`,
    );
    expect(readiness.objections.map(({ code }) => code)).toEqual(['attachment-missing']);
    const resolution = await uploaded(pdf(702), '?kind=council_resolution', draft);
    const removed = await own.does<Attachment>(pathOf(draft), mistaken, 'remove');
    expect(removed.version).toBe(2);
    await own.tries(pathOf(draft), removed, 'remove').expect(404);
    const emptied = await trade.app.rows<{ content: Buffer | null }>(
      'select content from attachment_chunk where attachment_id = $1',
      [mistaken.id],
    );
    expect(emptied).toEqual([{ content: null }]);

    await own.tries('/applications', stale, 'submit').expect(412);
    const now = await own.sees<Application>(`/applications/${draft.id}`);
    const submitted = await own.does<Application>('/applications', now, 'submit');
    const versions = await own.sees<{ items: { content: string }[] }>(`/applications/${draft.id}/versions`);
    const frozen = JSON.parse(versions.items[0]?.content ?? '') as { attachments: { sha256: string }[] };
    expect(frozen.attachments.map(({ sha256 }) => sha256)).toEqual([estimate.sha256, resolution.sha256]);
    expect(versions.items[0]?.content).not.toContain('Anlage.pdf');

    const late = await sends(pdf(), PDF, { to: submitted }).expect(409);
    expect(late.body).toMatchObject({ code: 'state-conflict' });
    await own.tries(pathOf(draft), { ...estimate, version: 2 }, 'remove').expect(409);

    const query = { question: 'Die Kostenaufstellung ist veraltet.', dueOn: '2016-12-01' };
    await trade.clerk.does('/applications', submitted, 'query', query);
    await own.does(pathOf(draft), { ...estimate, version: 2 }, 'remove');
    await uploaded(pdf(703), '?kind=cost_estimate', draft);
    const again = await own.sees<Application>(`/applications/${draft.id}`);
    await own.does('/applications', again, 'submit');
    const { changes } = await trade.clerk.sees<{ changes: { words: { de: string } }[] }>(
      `/applications/${draft.id}/difference`,
    );
    expect(changes.map(({ words }) => words.de.split(' (')[0])).toEqual([
      'Anlage, Kostenaufstellung',
      'Anlage, Kostenaufstellung',
    ]);
    expect(changes.map(({ words }) => words.de.split(' ').at(-1)).sort()).toEqual(['entfällt', 'hinzu']);
    // What a submission names stays, though it was taken away since.
    const { body } = await download(trade.clerk, estimate, draft).expect(200);
    expect((body as Buffer).equals(pdf(700))).toBe(true);
  });
});
