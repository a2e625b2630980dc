import { createHash } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  Body,
  Controller,
  Get,
  Injectable,
  Module,
  Post,
  Query,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { APP_GUARD, NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { FundingYear } from '../../kernel/funding-year.js';
import { newId } from '../../kernel/ids.js';
import { Money } from '../../kernel/money.js';
import type { Answer } from '../invocation.js';
import { CentsField, DayField, IdField, IntegerField, TextField, YearField } from './fields.js';
import { Invoke } from './invoke.js';
import { Operation } from './operation.js';
import { keyOf, PageQuery, pageOf, type Page } from './page.js';
import { Path } from './path.js';
import { configureHttp } from './setup.js';
import type { HttpRequest } from './request.js';

class DraftDto {
  @CentsField({ de: 'Betrag', en: 'amount', example: 17_000_000 })
  amountCents!: Money;

  @YearField({ de: 'Haushaltsjahr', en: 'funding year', example: 2026 })
  year!: FundingYear;

  @DayField({ de: 'Beginn', en: 'start', example: '2026-01-01' })
  startsOn!: CalendarDate;

  @TextField({ de: 'Zweck', en: 'purpose', max: 40, example: 'Sprachförderung' })
  purpose!: string;
}

class ThingView {
  @IdField({ de: 'Kennung', en: 'id' })
  id!: string;

  @CentsField({ de: 'Betrag', en: 'amount', signed: true })
  amountCents!: Money;

  @IntegerField({ de: 'Version', en: 'version', min: 1 })
  version!: number;

  static of(id: string): ThingView {
    return Object.assign(new ThingView(), { id, amountCents: Money.ofCents(-5), version: 3 });
  }
}

class ThingQuery extends PageQuery {
  @YearField({ de: 'Jahr', en: 'year', optional: true, fromText: true })
  fundingYear: FundingYear | null = null;
}

const thingId = newId();

const answer = (body: object): Answer => ({
  status: 201,
  bytes: Buffer.from(JSON.stringify(body)),
  etag: '"v1"',
  location: '/api/v1/things/1',
  replayed: true,
  dryRun: false,
});

@Controller('things')
class ThingController {
  @Post()
  @Operation({
    id: 'thing.draft',
    de: 'Anlegen',
    en: 'Draft',
    answers: ThingView,
    creates: true,
    key: 'required',
  })
  draft(@Invoke() invoke: Invoke, @Body() body: DraftDto): Answer {
    const { idempotency, dryRun, expectedVersion } = invoke.presenting(() => ({ status: 201, body }));
    const live = body.amountCents instanceof Money;
    return answer({ body, live, idempotency, dryRun, expectedVersion, umlaut: 'ä😀' });
  }

  @Post(':id/change')
  @Operation({ id: 'thing.change', de: 'Ändern', en: 'Change', answers: ThingView, ifMatch: true })
  change(@Invoke() invoke: Invoke, @Path('id') id: string): object {
    return { id, expectedVersion: invoke.expectedVersion, dryRun: invoke.dryRun };
  }

  @Get(':id')
  @Operation({ id: 'thing.read', de: 'Lesen', en: 'Read', answers: ThingView })
  read(@Path('id') id: string): ThingView {
    return ThingView.of(id);
  }

  @Get()
  @Operation({ id: 'thing.list', de: 'Liste', en: 'List', answersPage: ThingView })
  list(@Query() query: ThingQuery): Page<ThingView> {
    keyOf(query.cursor, ['day', 'id']);
    const rows = Array.from({ length: 5 }, () => ThingView.of(thingId));
    return pageOf(rows, query.limit, (row) => ['2026-01-01', row.id]);
  }
}

@Injectable()
class SomebodyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const nobody = {
      userId: null,
      personId: null,
      sessionId: null,
      centreId: null,
      powers: [],
      onBehalfOf: null,
    };
    context.switchToHttp().getRequest<HttpRequest>().actor = { role: 'ministry', ...nobody };
    return true;
  }
}

@Module({
  controllers: [ThingController],
  providers: [{ provide: APP_GUARD, useClass: SomebodyGuard }],
})
class ThingModule {}

const draft = { amountCents: 17_000_000, year: 2026, startsOn: '2026-01-01', purpose: '  Sprachförderung ' };

interface Told {
  status: number;
  headers: Record<string, string>;
  body: {
    type: string;
    title: string;
    code: string;
    traceId: string;
    detail: string;
    errors: { pointer: string | null; code: string; detail: string }[];
  };
}

describe('the HTTP layer', () => {
  let app: NestExpressApplication;
  let url: string;

  beforeAll(async () => {
    app = await NestFactory.create<NestExpressApplication>(ThingModule, { bodyParser: false, logger: false });
    configureHttp(app, { pointsPerMinute: 10_000 });
    await app.listen(0, '127.0.0.1');
    url = `http://127.0.0.1:${String((app.getHttpServer().address() as AddressInfo).port)}`;
  });
  afterAll(() => app.close());

  const post = (body: unknown) =>
    request(url)
      .post('/api/v1/things')
      .set('Idempotency-Key', 'k1')
      .set('Content-Type', 'application/json')
      .send(body as object);
  const refused = async (body: unknown): Promise<string[]> => {
    const told: Told = await post(body);
    expect(told.status).toBe(400);
    expect(told.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(told.body.type).toBe(`/problems/${told.body.code}`);
    return told.body.errors.map((error) => `${error.pointer ?? '-'} ${error.code}`);
  };

  it('gives the controller live values and writes the stored bytes as they are', async () => {
    const told = await post(draft).expect(201);
    expect(told.body).toMatchObject({
      body: { amountCents: 17_000_000, purpose: 'Sprachförderung', startsOn: '2026-01-01' },
      live: true,
      umlaut: 'ä😀',
    });
    expect(told.headers).toMatchObject({
      etag: '"v1"',
      location: '/api/v1/things/1',
      'idempotency-replayed': 'true',
      'content-type': 'application/json; charset=utf-8',
    });
    expect(told.headers['api-version']).toBe('1.0.0');
    expect(told.headers['x-powered-by']).toBeUndefined();
    expect(Number(told.headers['ratelimit-remaining'])).toBeLessThan(10_000);
  });

  it.each([
    ['an unknown field', { ...draft, surprise: 1 }, ['/surprise unknown-field']],
    [
      'a wrong type and a negative amount',
      { ...draft, amountCents: -1, year: '2026' },
      ['/amountCents too-small', '/year not-an-integer'],
    ],
    ['a fraction of a cent', { ...draft, amountCents: 0.5 }, ['/amountCents not-an-integer']],
    ['the year 1800', { ...draft, year: 1800 }, ['/year year-out-of-range']],
    [
      'nothing at all',
      undefined,
      ['/amountCents required', '/year required', '/startsOn required', '/purpose required'],
    ],
    ['a NUL', '{"purpose":"a\\u0000b"}', ['/purpose nul-character']],
    ['half a character', '{"purpose":"\\ud800"}', ['/purpose lone-surrogate']],
    ['a name twice', '{"year":2026,"year":2027}', ['/year duplicate-key']],
    ['3000 levels', `{"a":${'['.repeat(3000)}${']'.repeat(3000)}}`, ['/a/0/0/0 too-deep']],
    ['half a body', '{"year":', ['- syntax']],
  ])('refuses %s', async (_what, body, objections) => {
    expect(await refused(body)).toEqual(objections);
  });

  it('refuses invalid UTF-8, other content types, compression and 2 MB', async () => {
    const bytes = (body: Buffer, headers: http.OutgoingHttpHeaders): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const sent = http.request(`${url}/api/v1/things`, { method: 'POST', headers }, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        sent.on('error', reject);
        sent.end(body);
      });
    const json = { 'content-type': 'application/json' };
    expect(await bytes(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), json)).toBe(400);
    expect(await bytes(Buffer.from('a=1'), { 'content-type': 'application/x-www-form-urlencoded' })).toBe(
      415,
    );
    expect(await bytes(Buffer.from('{}'), {})).toBe(415);
    expect(await bytes(Buffer.from('{}'), { 'content-type': 'application/json; charset=latin1' })).toBe(415);
    expect(await bytes(Buffer.from('{}'), { ...json, 'content-encoding': 'gzip' })).toBe(415);
    expect(await bytes(Buffer.alloc(2_000_000, 0x20), json)).toBe(413);
    const { body } = await request(url).post('/api/v1/things').set(json).send(Buffer.alloc(100_001, 0x20));
    expect((body as { detail: string }).detail).toBe('Höchstens 100 kB je Anfrage.');
    expect(await bytes(Buffer.alloc(100_001, 0x20), { ...json, 'transfer-encoding': 'chunked' })).toBe(413);
  });

  it('holds writes to their Idempotency-Key and hands on its fingerprint', async () => {
    const missing: Told = await request(url).post('/api/v1/things').send(draft);
    expect([missing.status, missing.body.code]).toEqual([400, 'idempotency-key-missing']);
    const bad: Told = await request(url).post('/api/v1/things').set('Idempotency-Key', 'a b').send(draft);
    expect(bad.body.errors[0]?.pointer).toBe('header:Idempotency-Key');
    const real = await post(draft).expect(201);
    const rehearsal = await post(draft).query({ dryRun: 'true' }).expect(201);
    const other = await post({ ...draft, year: 2027 }).expect(201);
    const print = (told: { body: { idempotency: { fingerprint: string } } }): string =>
      told.body.idempotency.fingerprint;
    const digest = createHash('sha256').update(JSON.stringify(draft)).digest('hex');
    expect(print(real)).toBe(createHash('sha256').update(`POST\n/api/v1/things?\n${digest}`).digest('hex'));
    expect(print(rehearsal)).toBe(print(real));
    expect(rehearsal.body).toMatchObject({ dryRun: true });
    expect(print(other)).not.toBe(print(real));
    const unclear: Told = await post(draft).query({ dryRun: '1' });
    expect(unclear.body.errors).toMatchObject([{ pointer: 'query:dryRun', code: 'not-a-flag' }]);
  });

  it('holds changes to the version they were judged by', async () => {
    const change = (etag: string) =>
      request(url).post(`/api/v1/things/${thingId}/change`).set('If-Match', etag);
    expect((await change('"v3"').expect(200)).body).toMatchObject({ expectedVersion: 3, dryRun: false });
    for (const etag of ['*', 'W/"v3"', 'v3', '"v0"', '"v3", "v4"', '"x"', '"v99999999999"']) {
      const told: Told = await change(etag);
      expect([etag, told.status, told.body.errors[0]?.pointer]).toEqual([etag, 400, 'header:If-Match']);
    }
    const missing: Told = await request(url).post(`/api/v1/things/${thingId}/change`);
    expect([missing.status, missing.body.code]).toEqual([428, 'precondition-required']);
  });

  it('pages with an opaque cursor', async () => {
    const first = await request(url).get('/api/v1/things?limit=2&fundingYear=2026').expect(200);
    const { nextCursor } = first.body as Page<unknown>;
    expect(first.headers.link).toBe(
      `</api/v1/things?limit=2&fundingYear=2026&cursor=${String(nextCursor)}>; rel="next"`,
    );
    await request(url).get('/api/v1/things').query({ cursor: nextCursor }).expect(200);
    expect((await request(url).get('/api/v1/things')).body).toMatchObject({ nextCursor: null });
  });

  it.each([
    ['cursor=abc', 'query:cursor bad-cursor'],
    ['limit=0', 'query:limit too-small'],
    ['limit=1&limit=2', 'query:limit duplicate-key'],
    ['limit[a]=1', 'query:limit[a] unknown-field'],
    ['fundingYear=1800', 'query:fundingYear year-out-of-range'],
    ['limit=%ff', '- malformed-url'],
  ])('reads the query strictly: %s', async (search, objection) => {
    const told: Told = await request(url).get(`/api/v1/things?${search}`);
    expect(told.status).toBe(400);
    expect(told.body.errors.map((error) => `${error.pointer ?? '-'} ${error.code}`)).toEqual([objection]);
  });

  it('refuses query parameters on a route that reads none', async () => {
    const told: Told = await request(url).get(`/api/v1/things/${thingId}?x=1`);
    expect(told.body.errors).toMatchObject([{ pointer: 'query:x', code: 'unknown-field' }]);
  });

  it('sets the ETag of what is read', async () => {
    const told = await request(url).get(`/api/v1/things/${thingId}`).expect(200);
    expect(told.headers.etag).toBe('"v3"');
    expect(told.body).toEqual({ id: thingId, amountCents: -5, version: 3 });
  });

  it.each([
    ['GET', '/api/v1/things/not-a-uuid', 404, 'not-found'],
    ['GET', '/api/v1/things/%00', 404, 'not-found'],
    ['GET', '/api/v1/things/%ff', 400, 'invalid-input'],
    ['GET', '/api/v1/nothing', 404, 'not-found'],
    ['GET', '/api/v1/things/', 404, 'not-found'],
    ['GET', '/%ff', 404, 'not-found'],
    ['GET', '/', 404, 'not-found'],
    ['GET', '/problems/nothing', 404, 'not-found'],
    ['DELETE', '/api/v1/things', 405, 'method-not-allowed'],
    ['OPTIONS', '/api/v1/things', 405, 'method-not-allowed'],
  ])('%s %s is a %d', async (method, path, status, code) => {
    const send = { GET: 'get', DELETE: 'delete', OPTIONS: 'options' } as const;
    const told: Told = await request(url)[send[method as keyof typeof send]](path);
    expect([told.status, told.body.code]).toEqual([status, code]);
    if (status === 405) expect(told.headers.allow).toBe('GET, HEAD, POST');
  });
});

describe('the rate limit', () => {
  it('answers 429 with the seconds to wait', async () => {
    const app = await NestFactory.create<NestExpressApplication>(ThingModule, {
      bodyParser: false,
      logger: false,
    });
    configureHttp(app, { pointsPerMinute: 2 });
    await app.init();
    const server = app.getHttpServer();
    await request(server).get('/api/v1/things').expect(200);
    await request(server).get('/api/v1/things').expect(200).expect('RateLimit-Remaining', '0');
    const told: Told = await request(server).get('/api/v1/things');
    expect([told.status, told.body.code]).toEqual([429, 'too-many-requests']);
    expect(Number(told.headers['retry-after'])).toBeGreaterThan(0);
    await app.close();
  });
});
