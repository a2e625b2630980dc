import type { HeadersObject, SchemaObject } from './openapi.types.js';
import { failureStatus } from '../../kernel/failure.js';

const text = (description: string, maxLength: number): SchemaObject => ({
  type: 'string',
  description,
  maxLength,
});
const nullable = (schema: SchemaObject): SchemaObject => ({ ...schema, nullable: true });

/** Problem details on the wire, RFC 9457. */
export const problemSchemas: Readonly<Record<string, SchemaObject>> = {
  Problem: {
    type: 'object',
    required: ['type', 'title', 'status', 'detail', 'code', 'errors', 'instance', 'traceId'],
    properties: {
      type: text('Seite über die Fehlerart · page about the kind of problem', 200),
      title: text('Kurz, in der Sprache der Antwort · short, in the language of the answer', 200),
      status: { type: 'integer', format: 'int32', minimum: 400, maximum: 599 },
      detail: text('Was zu tun ist · what to do', 2000),
      code: { type: 'string', enum: Object.keys(failureStatus), description: 'Für Programme · for software' },
      errors: {
        type: 'array',
        maxItems: 1000,
        items: { $ref: '#/components/schemas/ProblemError' },
        description: 'Alle Beanstandungen · every objection',
      },
      instance: text('Pfad der Anfrage · path of the request', 8000),
      traceId: {
        type: 'string',
        format: 'uuid',
        description: 'Kennung im Protokoll · id in the log',
        maxLength: 36,
      },
    },
  },
  ProblemError: {
    type: 'object',
    additionalProperties: false,
    required: ['pointer', 'code', 'basis', 'detail'],
    properties: {
      pointer: nullable(
        text(
          'Stelle im Inhalt als JSON Pointer (`/posts/0/fteHundredths`), sonst `query:limit`, `header:If-Match` · place in the body as JSON Pointer, elsewhere `query:limit`, `header:If-Match`',
          4000,
        ),
      ),
      code: text('Für Programme · for software', 100),
      basis: nullable(text('Vorschrift · provision', 500)),
      detail: text('In der Sprache der Antwort · in the language of the answer', 2000),
    },
  },
};

const header = (description: string, schema: SchemaObject): HeadersObject[string] => ({
  description,
  schema,
});
const count: SchemaObject = { type: 'integer', format: 'int32', minimum: 0, maximum: 1_000_000 };

export const headerComponents: HeadersObject = {
  'API-Version': header('Version der Schnittstelle · version of the API', {
    type: 'string',
    maxLength: 20,
    example: '1.0.0',
  }),
  'Dry-Run': header('Probelauf: nichts wurde geschrieben · dry run: nothing was written', {
    type: 'string',
    enum: ['true'],
  }),
  ETag: header(
    'Version der Sache, für If-Match; nicht bei einem Probelauf · version of the resource, for If-Match; not for a dry run',
    {
      type: 'string',
      maxLength: 20,
      example: '"v3"',
    },
  ),
  'Idempotency-Replayed': header('Gespeicherte Antwort · stored answer', { type: 'string', enum: ['true'] }),
  Link: header('`rel="next"`: nächste Seite · next page', { type: 'string', maxLength: 4000 }),
  Location: header(
    'Pfad der neuen Sache; nicht bei einem Probelauf · path of the new resource; not for a dry run',
    { type: 'string', maxLength: 500 },
  ),
  'RateLimit-Limit': header('Anfragen je Minute · requests per minute', count),
  'RateLimit-Remaining': header('noch frei · left', count),
  'RateLimit-Reset': header('Sekunden bis zur nächsten Minute · seconds until the next minute', count),
  'Retry-After': header('Sekunden bis zum nächsten Versuch · seconds until the next attempt', count),
};

export type HeaderName =
  | 'API-Version'
  | 'Dry-Run'
  | 'ETag'
  | 'Idempotency-Replayed'
  | 'Link'
  | 'Location'
  | 'RateLimit-Limit'
  | 'RateLimit-Remaining'
  | 'RateLimit-Reset'
  | 'Retry-After';

export const headerRefs = (names: readonly HeaderName[]): HeadersObject =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
