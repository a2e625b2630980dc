import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module, Query } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { QueryFailedError } from 'typeorm';
import { newId } from '../../kernel/ids.js';
import { TextField } from './fields.js';
import { Operation } from './operation.js';
import { configureHttp } from './setup.js';

class CodeQuery {
  @TextField({ de: 'Code', en: 'code', fromText: true })
  code!: string;
}

@Controller('broken')
class BrokenController {
  @Get(':id/sql')
  @Operation({ id: 'broken.sql', de: 'SQL', en: 'SQL', produces: 'text/plain' })
  sql(@Query() query: CodeQuery): never {
    throw new QueryFailedError(
      'select secret',
      [],
      Object.assign(new Error('secret table'), { code: query.code }),
    );
  }

  @Get(':id/bug')
  @Operation({ id: 'broken.bug', de: 'Fehler', en: 'Bug', produces: 'text/plain' })
  bug(): never {
    throw new TypeError('secret internals');
  }
}

@Module({ controllers: [BrokenController] })
class BrokenModule {}

const id = newId();

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

describe('a problem', () => {
  let app: NestExpressApplication;
  let url: string;

  beforeAll(async () => {
    app = await NestFactory.create<NestExpressApplication>(BrokenModule, {
      bodyParser: false,
      logger: false,
    });
    configureHttp(app, { pointsPerMinute: 10_000 });
    await app.listen(0, '127.0.0.1');
    url = `http://127.0.0.1:${String((app.getHttpServer().address() as AddressInfo).port)}`;
  });
  afterAll(() => app.close());

  it.each([
    ['23505', 409, 'duplicate'],
    ['23P01', 409, 'conflict'],
    ['22P02', 400, 'invalid-input'],
    ['40001', 503, 'unavailable'],
    ['08006', 503, 'unavailable'],
    ['ECONNREFUSED', 503, 'unavailable'],
    ['42501', 500, 'internal'],
    ['42P01', 500, 'internal'],
  ])('tells %s as %d without quoting the database', async (code, status, told) => {
    const answered: Told & { text: string } = await request(url).get(`/api/v1/broken/1/sql?code=${code}`);
    expect([answered.status, answered.body.code]).toEqual([status, told]);
    expect(answered.text).not.toContain('secret');
    if (status === 503) expect(answered.headers['retry-after']).toBe('5');
  });

  it('tells our own mistakes to nobody', async () => {
    const told: Told & { text: string } = await request(url)
      .get('/api/v1/broken/1/bug')
      .set('X-Request-Id', id.toUpperCase());
    expect([told.status, told.body.code, told.body.traceId]).toEqual([500, 'internal', id]);
    expect(told.text).not.toContain('secret');
  });

  it.each([
    [undefined, 'de'],
    ['*', 'de'],
    ['fr', 'de'],
    ['en', 'en'],
    ['en-GB,en;q=0.9', 'en'],
    ['en;q=0.3, de;q=0.8', 'de'],
    ['de;q=0.3, en;q=0.8', 'en'],
    [';;;,,q=x', 'de'],
  ])('speaks the language of %s', async (accepted, language) => {
    const asked = request(url).get('/api/v1/nothing');
    const told: Told = await (accepted === undefined ? asked : asked.set('Accept-Language', accepted));
    expect(told.headers['content-language']).toBe(language);
    expect(told.body.title).toBe(language === 'de' ? 'Nicht gefunden' : 'Not found');
  });

  it('has a page for every problem type', async () => {
    const page = await request(url)
      .get('/problems/budget-exhausted')
      .set('Accept-Language', 'en')
      .expect(200);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.text).toContain('Funds are exhausted');
    expect(page.text).toContain('Mittel reichen nicht');
    expect((await request(url).get('/problems').expect(200)).text).toContain('/problems/unavailable');
  });

  it('makes its own request id of anything but a uuid', async () => {
    const told: Told = await request(url).get('/api/v1/nothing').set('X-Request-Id', 'drop table');
    expect(told.body.traceId).toMatch(/^[0-9a-f-]{36}$/);
    expect(told.headers['x-request-id']).toBe(told.body.traceId);
  });
});
