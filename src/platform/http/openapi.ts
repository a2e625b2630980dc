import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { serve, setup } from 'swagger-ui-express';
import { headerComponents, problemSchemas } from './openapi.components.js';
import { completeOperation } from './openapi.operation.js';
import { describeResource } from './openapi.resources.js';
import { operations } from './operation.js';
import { WHO_MAY, type WhoMay } from './permit.js';
import { API_VERSION } from './request-id.js';

export const DOCS_PATH = '/docs';

const methods = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'] as const;

const description = `Die Schnittstelle, über die ein Land seine Zuwendungen an Kommunen verwaltet und prüfbar festhält.
Beträge sind ganze Cent, Tage \`JJJJ-MM-TT\`, Fehler Problem Details (RFC 9457).

The API through which a German state administers its grants to municipalities and keeps them auditable.
Amounts are whole cents, days \`YYYY-MM-DD\`, errors are problem details (RFC 9457).`;

/** The OpenAPI 3.1 document of all routes, the same bytes for the same routes. */
export function buildOpenApi(app: NestExpressApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Förderbuch')
    .setDescription(description)
    .setVersion(API_VERSION)
    .setLicense('EUPL-1.2', 'https://interoperable-europe.ec.europa.eu/collection/eupl/eupl-text-eupl-12')
    .addServer('/', 'dieser Server · this server')
    .addBearerAuth(
      { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'POST /api/v1/sessions' },
      'bearer',
    )
    .build();
  const document = SwaggerModule.createDocument(app, config, { autoTagControllers: false });
  completePaths(document, app.get<WhoMay>(WHO_MAY, { strict: false }));
  document.components = {
    ...document.components,
    schemas: sorted({ ...closed(document.components?.schemas ?? {}), ...problemSchemas }),
    headers: headerComponents,
  };
  document.paths = sorted(document.paths);
  return modernised(document) as OpenAPIObject;
}

function completePaths(document: OpenAPIObject, whoMay: WhoMay): void {
  const notes = operations();
  const tags = new Map<string, string>();
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of methods) {
      const operation = item[method];
      const note = notes.get(operation?.operationId ?? '');
      if (operation === undefined || note === undefined) continue;
      const tag = describeResource(path);
      tags.set(tag.name, tag.description);
      completeOperation(operation, { note, method, path, tag: tag.name, whoMay });
    }
  }
  document.tags = [...tags]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, text]) => ({ name, description: text }));
}

function sorted<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** No object of ours has members it does not declare; saying so lets tests and clients hold us to it. */
function closed<T extends object>(schemas: Record<string, T>): Record<string, T> {
  const close = (schema: T): T =>
    'properties' in schema ? { ...schema, additionalProperties: false } : schema;
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, close(schema)]));
}

/**
 * JSON Schema 2020-12 as OpenAPI 3.1 wants it: `null` is a type, an enum with null lists it, examples are a
 * list. Values below `example`, `examples` and `default` are data and stay as they are.
 */
function modernised(node: unknown, within = ''): unknown {
  if (Array.isArray(node)) return node.map((one: unknown) => modernised(one));
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node).map(([key, value]): [string, unknown] =>
    isData(key, within) ? [key, value] : [key, modernised(value, key)],
  );
  return nullability(Object.fromEntries(entries), within);
}

const isData = (key: string, within: string): boolean =>
  within !== 'properties' && ['example', 'examples', 'default', 'enum'].includes(key);

function nullability(node: Record<string, unknown>, within: string): Record<string, unknown> {
  const isSchema = within !== 'properties' && ('type' in node || '$ref' in node || 'allOf' in node);
  if (!isSchema) return node;
  const { nullable, example, ...schema } = node;
  if (example !== undefined && !('in' in node)) schema.examples = [example];
  const type = schema.type;
  const allows = nullable === true || (Array.isArray(type) && type.includes('null'));
  if (!allows) return schema;
  if (type === undefined || type === 'object' || '$ref' in schema || 'allOf' in schema) return orNull(schema);
  const words = schema.enum;
  if (Array.isArray(words) && !words.includes(null)) schema.enum = [...(words as unknown[]), null];
  return { ...schema, type: Array.isArray(type) ? type : [type, 'null'] };
}

/** A reference cannot be widened by a sibling, so null stands beside it. */
function orNull({
  description: text,
  allOf,
  $ref,
  ...rest
}: Record<string, unknown>): Record<string, unknown> {
  const one: unknown =
    $ref === undefined ? (Array.isArray(allOf) ? (allOf as unknown[])[0] : rest) : { $ref };
  return { ...(text === undefined ? {} : { description: text }), anyOf: [one, { type: 'null' }] };
}

/** Serves the document and Swagger UI; built at the first request, when all routes are known. */
export function serveOpenApi(app: NestExpressApplication, prefix: string): void {
  let document: OpenAPIObject | null = null;
  const url = `${prefix}/openapi.json`;
  const express = app.getHttpAdapter().getInstance();
  express.get(url, (_request: Request, response: Response) => {
    document ??= buildOpenApi(app);
    response.setHeader('Access-Control-Allow-Origin', '*'); // public by design: linters and clients fetch it
    response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    response.json(document);
  });
  app.use(
    DOCS_PATH,
    serve,
    setup(undefined, {
      customSiteTitle: 'Förderbuch API',
      swaggerOptions: {
        url,
        validatorUrl: null,
        persistAuthorization: true,
        displayRequestDuration: true,
        docExpansion: 'list',
      },
    }),
  );
}
