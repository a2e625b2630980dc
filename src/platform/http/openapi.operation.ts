import { getSchemaPath } from '@nestjs/swagger';
import type {
  MediaTypeObject,
  OperationObject,
  ParameterObject,
  ReferenceObject,
  ResponseObject,
  SchemaObject,
} from './openapi.types.js';
import { Failure, failureStatus, type FailureCode } from '../../kernel/failure.js';
import { exampleNamed, exampleOf, hasField } from './fields.js';
import { id } from './kinds.js';
import { headerRefs, type HeaderName } from './openapi.components.js';
import { expectationsOf, statusOf, viewsOf, type OperationNote } from './operation.js';
import { ON_BEHALF_OF } from './on-behalf-of.js';
import type { WhoMay } from './permit.js';
import { problemOf } from './problem.js';
import { problems } from './problem.registry.js';

interface Place {
  note: OperationNote;
  method: string;
  path: string;
  tag: string;
  whoMay: WhoMay;
}

/** Completes what the framework found about a route by what its note declares and its method implies. */
export function completeOperation(operation: OperationObject, place: Place): void {
  const { note, method } = place;
  const errors = errorsOf(operation, place);
  operation.tags = [place.tag];
  operation.description = descriptionOf(place);
  operation.security = note.open === true ? [] : [{ bearer: [] }];
  operation.parameters = [
    ...(operation.parameters ?? []).map(described),
    ...expectedParameters(note, method),
  ];
  exemplify(operation.requestBody);
  operation.responses = {
    [String(statusOf(note))]: successOf(note, method),
    ...problemResponses(errors, place.path),
  };
  if (note.reads === true) Object.assign(operation, { 'x-reads': true });
  Object.assign(operation, { 'x-permission': note.open === true ? null : note.id, 'x-errors': errors });
}

function descriptionOf({ note, method, whoMay }: Place): string {
  const { key, ifMatch, dryRun } = expectationsOf(note, method);
  const lines = [
    `${sentence(note.de)}${note.detail === undefined ? '' : ` ${note.detail.de}`}`,
    `${sentence(note.en)}${note.detail === undefined ? '' : ` ${note.detail.en}`}`,
    ...(note.open === true
      ? ['Ohne Anmeldung · without signing in']
      : [`Berechtigung · permission: \`${note.id}\``, `Rollen · roles: ${whoMay(note.id)}`]),
    ...(note.basis === undefined ? [] : [`Rechtsgrundlage · legal basis: ${note.basis}`]),
    ...(key === 'required' ? ['`Idempotency-Key` erforderlich · required'] : []),
    ...(ifMatch ? ['`If-Match` erforderlich · required'] : []),
    ...(dryRun ? ['Probelauf mit `?dryRun=true` · dry run with `?dryRun=true`'] : []),
  ];
  return lines.join('\n\n');
}

function sentence(line: string): string {
  return /[.?!]$/.test(line) ? line : `${line}.`;
}

function expectedParameters(note: OperationNote, method: string): ParameterObject[] {
  const { key, ifMatch, dryRun, writes } = expectationsOf(note, method);
  const found: ParameterObject[] = [];
  if (key !== 'none') {
    found.push({
      name: 'Idempotency-Key',
      in: 'header',
      required: key === 'required',
      description:
        'Neuer Schlüssel je Vorgang, derselbe bei Wiederholung · a new key per operation, the same when repeating',
      schema: { type: 'string', minLength: 1, maxLength: 200, pattern: '^[!-~]+$' },
      example: '7d6a4a4e-5b0f-4c2e-9f7e-0a4a0c1d2e3f',
    });
  }
  if (ifMatch) {
    found.push({
      name: 'If-Match',
      in: 'header',
      required: true,
      description: 'ETag der gelesenen Version · ETag of the version read',
      schema: { type: 'string', maxLength: 20, pattern: '^"v[1-9][0-9]*"$' },
      example: '"v3"',
    });
  }
  if (dryRun) {
    found.push({
      name: 'dryRun',
      in: 'query',
      required: false,
      description: 'Prüfen und rechnen, nichts schreiben · judge and compute, write nothing',
      schema: { type: 'boolean', default: false },
    });
  }
  if (writes && note.open !== true) {
    found.push({
      name: ON_BEHALF_OF,
      in: 'header',
      required: false,
      description:
        'Person, die bei diesem Vorgang vertreten wird; 403 ohne bestätigte Vertretung an diesem Tag. Vier Augen zählen beide · person represented in this operation; 403 without a confirmed substitution on this day. Four eyes count both',
      schema: { type: 'string', format: 'uuid', minLength: 36, maxLength: 36 },
    });
  }
  return found;
}

/** Path parameters are ids unless they are numbers; what is no uuid there is a 404. */
function described(parameter: ParameterObject | ReferenceObject): ParameterObject | ReferenceObject {
  if ('$ref' in parameter || parameter.in !== 'path') return parameter;
  const schema = parameter.schema as SchemaObject | undefined;
  if (schema?.type === 'number' || schema?.type === 'integer') {
    return {
      ...parameter,
      schema: { type: 'integer', format: 'int64', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
      example: 2026,
    };
  }
  const { schema: uuid, example } = id();
  const text = parameter.description ?? 'Kennung · id';
  return {
    ...parameter,
    description: text,
    schema: { type: 'string', format: uuid.format ?? 'uuid', minLength: 36, maxLength: 36 },
    example,
  };
}

function exemplify(body: OperationObject['requestBody']): void {
  if (body === undefined || '$ref' in body) return;
  for (const media of Object.values(body.content)) {
    const schema = media.schema;
    if (schema === undefined || !('$ref' in schema)) continue;
    const example = exampleNamed(schema.$ref.split('/').at(-1) ?? '');
    if (example !== null) media.example = example;
  }
}

const limits: readonly HeaderName[] = [
  'API-Version',
  'RateLimit-Limit',
  'RateLimit-Remaining',
  'RateLimit-Reset',
];

function successOf(note: OperationNote, method: string): ResponseObject {
  const expects = expectationsOf(note, method);
  const single =
    note.answersPage === undefined && !Array.isArray(note.answers) ? viewsOf(note)[0] : undefined;
  const headers: HeaderName[] = [...limits];
  if (single !== undefined && hasField(single, 'version')) headers.push('ETag');
  if (note.answersPage !== undefined || (single !== undefined && hasField(single, 'nextCursor')))
    headers.push('Link');
  if (note.creates === true) headers.push('Location');
  if (expects.key !== 'none') headers.push('Idempotency-Replayed');
  if (expects.dryRun) headers.push('Dry-Run');
  const content = contentOf(note);
  return {
    description: `${note.de} · ${note.en}`,
    headers: headerRefs(headers),
    ...(content === null ? {} : { content }),
  };
}

function contentOf(note: OperationNote): Record<string, MediaTypeObject> | null {
  const view = viewsOf(note)[0];
  const files = Object.fromEntries([note.produces ?? []].flat().map((type) => [type, FILE]));
  if (view === undefined) return note.produces === undefined ? null : files;
  const ref = { $ref: getSchemaPath(view) };
  const example = exampleOf(view);
  const media = ((): MediaTypeObject => {
    if (note.answersPage !== undefined)
      return { schema: pageSchema(ref), example: { items: [example], nextCursor: null } };
    if (!Array.isArray(note.answers)) return { schema: ref, example };
    return { schema: { type: 'array', maxItems: 10_000, items: ref }, example: [example] };
  })();
  return {
    'application/json': media,
    ...files,
  };
}

const FILE: MediaTypeObject = { schema: { type: 'string' } };

const pageSchema = (items: ReferenceObject): SchemaObject => ({
  type: 'object',
  required: ['items', 'nextCursor'],
  additionalProperties: false,
  properties: {
    items: { type: 'array', maxItems: 200, items },
    nextCursor: { type: 'string', maxLength: 1000, nullable: true, description: 'nächste Seite · next page' },
  },
});

/** The standing codes that apply here and those the note adds, in the order of the registry. */
function errorsOf(operation: OperationObject, { note, method, path }: Place): FailureCode[] {
  const { key, ifMatch } = expectationsOf(note, method);
  const codes = new Set<FailureCode>([
    'invalid-input',
    'too-many-requests',
    'internal',
    'unavailable',
    ...(note.errors ?? []),
  ]);
  const also = (applies: boolean, ...more: FailureCode[]): void => {
    if (applies) for (const code of more) codes.add(code);
  };
  also(note.open !== true, 'unauthenticated', 'session-ended', 'forbidden');
  also(path.includes('{'), 'not-found');
  also(operation.requestBody !== undefined, 'malformed-body', 'body-too-large', 'unsupported-media-type');
  also(key === 'required', 'idempotency-key-missing');
  also(key !== 'none', 'request-in-flight', 'idempotency-key-reused');
  also(ifMatch, 'precondition-required', 'precondition-failed');
  return (Object.keys(failureStatus) as FailureCode[]).filter((code) => codes.has(code));
}

/** One response per status; codes that share it are its named examples. */
function problemResponses(codes: readonly FailureCode[], path: string): Record<string, ResponseObject> {
  const byStatus = new Map<number, FailureCode[]>();
  for (const code of codes)
    byStatus.set(failureStatus[code], [...(byStatus.get(failureStatus[code]) ?? []), code]);
  return Object.fromEntries(
    [...byStatus].map(([status, shared]) => [String(status), problemResponse(status, shared, path)]),
  );
}

function problemResponse(status: number, codes: readonly FailureCode[], path: string): ResponseObject {
  const titles = codes.map((code) => `${problems[code].title.de} · ${problems[code].title.en}`);
  const headers: HeaderName[] = status === 429 || status === 503 ? [...limits, 'Retry-After'] : [...limits];
  const examples = codes.map((code) => [code, { value: problemExample(code, path) }]);
  return {
    description: titles.join('; '),
    headers: headerRefs(headers),
    content: {
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/Problem' },
        examples: Object.fromEntries(examples) as Record<string, { value: unknown }>,
      },
    },
  };
}

function problemExample(code: FailureCode, path: string): object {
  const example = String(id().example);
  const instance = path.replaceAll(/\{[^}]+\}/g, example);
  return problemOf(new Failure(code), { language: 'de', instance, traceId: example });
}
