import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, Get, Module, Post, Query } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { OpenAPIObject } from '@nestjs/swagger';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import request from 'supertest';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { FundingYear } from '../../kernel/funding-year.js';
import type { Money } from '../../kernel/money.js';
import * as fields from './fields.js';
import { text } from './kinds.js';
import { Operation } from './operation.js';
import { PageQuery, type Page } from './page.js';
import { Path, PathNumber } from './path.js';
import { isPublicRoute, permitOf, WHO_MAY } from './permit.js';
import { configureHttp } from './setup.js';

class LineView {
  @fields.CentsField({ de: 'Betrag', en: 'amount', source: 'Nr. 5.4', example: 5 })
  amountCents!: Money;
}

class GrantView {
  @fields.IdField({ de: 'Kennung', en: 'id' })
  id!: string;

  @fields.CentsField({ de: 'Bewilligt', en: 'granted', nullable: true })
  grantedCents!: Money | null;

  @fields.DayField({ de: 'Bestandskraft', en: 'final on', nullable: true, example: null })
  finalOn!: CalendarDate | null;

  @fields.ChoiceField({ de: 'Stand', en: 'state', of: ['drafted', 'released'], nullable: true })
  state!: string | null;

  @fields.ObjectField({ de: 'Hauptzeile', en: 'main line', of: LineView, nullable: true })
  main!: LineView | null;

  @fields.ListField({ de: 'Zeilen', en: 'lines', of: () => LineView, max: 10 })
  lines!: LineView[];

  @fields.ListField({ de: 'Hinweise', en: 'hints', of: text({ max: 10 }), nullable: true })
  hints!: string[] | null;

  @fields.IntegerField({ de: 'Version', en: 'version', min: 1 })
  version!: number;
}

class GrantDto {
  @fields.YearField({ de: 'Jahr', en: 'year', optional: true, example: 2026 })
  year?: FundingYear;

  @fields.TextField({ de: 'Beispiel', en: 'example', example: 'x' })
  example!: string;
}

class GrantQuery extends PageQuery {
  @fields.ChoiceField({ de: 'Stand', en: 'state', of: ['drafted', 'released'], optional: true })
  state: string | null = null;
}

@Controller('decisions')
class GrantController {
  @Post(':id/amend')
  @Operation({
    id: 'grant.amend',
    de: 'Ändern',
    en: 'Amend',
    basis: '§ 48 VwVfG',
    answers: GrantView,
    ifMatch: true,
    key: 'required',
    errors: ['budget-exhausted', 'rule-violated'],
  })
  amend(@Path('id') id: string, @Body() body: GrantDto): object {
    return { id, body };
  }

  @Get()
  @Operation({ id: 'grant.list', de: 'Liste', en: 'List', answersPage: GrantView })
  list(@Query() query: GrantQuery): Page<GrantView> {
    return { items: [], nextCursor: query.cursor };
  }

  @Get('tree/:size')
  @Operation({ id: 'grant.tree', de: 'Baum', en: 'Tree', answers: [GrantView], open: true })
  tree(@PathNumber('size') size: number): object {
    return { size };
  }
}

@Module({
  controllers: [GrantController],
  providers: [{ provide: WHO_MAY, useValue: (action: string) => `\`clerk\` for ${action}` }],
})
class GrantModule {}

interface Schema {
  $ref?: string;
  type?: unknown;
  properties?: Record<string, Schema>;
  anyOf?: Schema[];
}

describe('the OpenAPI document', () => {
  let app: NestExpressApplication;
  let document: OpenAPIObject;
  let served: string;

  beforeAll(async () => {
    app = await NestFactory.create<NestExpressApplication>(GrantModule, { bodyParser: false, logger: false });
    configureHttp(app, { pointsPerMinute: 1000 });
    await app.init();
    const told = await request(app.getHttpServer()).get('/api/v1/openapi.json').expect(200);
    served = told.text;
    document = told.body as OpenAPIObject;
  });
  afterAll(() => app.close());

  const property = (view: string, name: string): Schema | undefined =>
    (document.components?.schemas?.[view] as Schema | undefined)?.properties?.[name];

  it('is version 3.1 with null as a type', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(served).not.toContain('"nullable"');
    expect(property('GrantView', 'grantedCents')).toMatchObject({
      type: ['integer', 'null'],
      format: 'int64',
      minimum: 0,
      maximum: Number.MAX_SAFE_INTEGER,
    });
    expect(property('GrantView', 'finalOn')).toMatchObject({
      type: ['string', 'null'],
      format: 'date',
      examples: [null],
    });
    expect(property('GrantView', 'state')).toMatchObject({
      type: ['string', 'null'],
      enum: ['drafted', 'released', null],
    });
    expect(property('GrantView', 'main')).toMatchObject({
      anyOf: [{ $ref: '#/components/schemas/LineView' }, { type: 'null' }],
    });
    expect(property('GrantView', 'hints')).toMatchObject({
      type: ['array', 'null'],
      items: { type: 'string', maxLength: 10 },
      maxItems: 200,
    });
    expect(property('GrantView', 'lines')).toMatchObject({
      type: 'array',
      items: { $ref: '#/components/schemas/LineView' },
      maxItems: 10,
    });
    expect(property('LineView', 'amountCents')).toMatchObject({
      description: 'Betrag · amount [Cent · cents] (Nr. 5.4)',
      examples: [5],
    });
  });

  it('says of a write what it expects, needs and may answer', () => {
    const amend = document.paths['/api/v1/decisions/{id}/amend']?.post;
    expect(amend).toMatchObject({
      operationId: 'grant.amend',
      summary: 'Ändern · Amend',
      tags: ['decisions'],
      security: [{ bearer: [] }],
      'x-permission': 'grant.amend',
    });
    expect(amend?.description).toContain('§ 48 VwVfG');
    expect(amend?.description).toContain('Rollen · roles: `clerk` for grant.amend');
    const parameters = (amend?.parameters ?? []).map((one) =>
      'name' in one ? `${one.in} ${one.name} ${String(one.required)}` : '',
    );
    expect(parameters).toEqual([
      'path id true',
      'header Idempotency-Key true',
      'header If-Match true',
      'query dryRun false',
      'header On-Behalf-Of false',
    ]);
    expect(Object.keys(amend?.responses ?? {})).toEqual([
      '200',
      '400',
      '401',
      '403',
      '404',
      '409',
      '412',
      '413',
      '415',
      '422',
      '428',
      '429',
      '500',
      '503',
    ]);
    expect(amend?.requestBody).toMatchObject({
      content: { 'application/json': { example: { year: 2026, example: 'x' } } },
    });
  });

  it('says of a read no more than that', () => {
    const list = document.paths['/api/v1/decisions']?.get;
    const parameters = (list?.parameters ?? []).map((one) => ('name' in one ? `${one.in} ${one.name}` : ''));
    expect(parameters.sort()).toEqual(['query cursor', 'query limit', 'query state']);
    expect(Object.keys(list?.responses ?? {})).toEqual(['200', '400', '401', '403', '429', '500', '503']);
    const tree = document.paths['/api/v1/decisions/tree/{size}']?.get;
    expect(tree).toMatchObject({
      security: [],
      parameters: [{ name: 'size', schema: { type: 'integer' } }],
      'x-permission': null,
    });
  });

  it('has examples that its own schemas accept', () => {
    const ajv = addFormats.default(new Ajv2020({ strict: false, allErrors: true }));
    ajv.addSchema(document, 'api');
    let checked = 0;
    const check = (pointer: string, example: unknown): void => {
      const valid = ajv.validate({ $ref: `api#${pointer}` }, example);
      expect(valid ? [] : [pointer, ajv.errorsText()]).toEqual([]);
      checked += 1;
    };
    const escaped = (part: string): string =>
      encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
    const walk = (node: unknown, pointer: string): void => {
      if (typeof node !== 'object' || node === null) return;
      if ('schema' in node && 'example' in node) check(`${pointer}/schema`, node.example);
      if ('schema' in node && 'examples' in node) {
        for (const one of Object.values(node.examples as Record<string, { value: unknown }>))
          check(`${pointer}/schema`, one.value);
      }
      for (const [key, value] of Object.entries(node)) walk(value, `${pointer}/${escaped(key)}`);
    };
    walk(document, '');
    expect(checked).toBeGreaterThan(25);
  });

  it('marks the routes for the guard', () => {
    const { amend, tree } = Object.fromEntries(
      Object.entries(Object.getOwnPropertyDescriptors(GrantController.prototype)).map(([name, { value }]) => [
        name,
        value as object,
      ]),
    );
    expect([permitOf(amend ?? {}), isPublicRoute(amend ?? {}, GrantController)]).toEqual([
      'grant.amend',
      false,
    ]);
    expect([permitOf(tree ?? {}), isPublicRoute(tree ?? {}, GrantController)]).toEqual(['grant.tree', true]);
    expect(() => Operation({ id: 'grant.tree', de: '', en: '' })).toThrow('declared twice');
  });

  it('is shown by Swagger UI without outside resources', async () => {
    const server = app.getHttpServer();
    const page = await request(server).get('/docs/').expect(200);
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    const sources = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link ?? '');
    expect(sources.length).toBeGreaterThan(3);
    for (const link of sources.filter((one) => !one.startsWith('#'))) {
      expect(link).toMatch(/^\.\//);
      await request(server)
        .get(`/docs/${link.slice(2)}`)
        .expect(200);
    }
    const script = await request(server).get('/docs/swagger-ui-init.js').expect(200);
    expect(script.text).toContain('/api/v1/openapi.json');
    expect(script.text).toContain('"validatorUrl": null');
    expect(page.text).not.toMatch(/<script>(?!\s*<\/script>)/);
    await request(server).get('/docs').expect(301);
  });
});
