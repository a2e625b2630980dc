import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pLimit from 'p-limit';
import type { Caller, TestApp } from '../support/app.js';
import { pathOf } from './fixtures.js';
import {
  call,
  endpointsOf,
  exampleBody,
  fileTypeOf,
  needs,
  requiredQuery,
  roleFor,
  takesFile,
  type Endpoint,
} from './operations.js';
import { PlayedYear } from './played-year.js';
import { spoiltBodies, waysToSpoil, type Spoilt } from './spoilt.js';

interface Problem {
  readonly code: string;
  readonly errors: readonly { pointer: string | null; code: string; detail: string }[];
}

/** As many requests as the application has connections. */
const atOnce = pLimit(4);

/** What every operation does with input that is wrong: it says where and why, writes nothing, and is never at a loss. */
describe('bad input', () => {
  let app: TestApp;
  let year: PlayedYear;
  let endpoints: Endpoint[];

  beforeAll(async () => {
    ({ app, year } = await PlayedYear.staged('every-bad-input'));
    endpoints = endpointsOf(app);
    // Signing in is recorded, so nobody does it while what is written is counted.
    await Promise.all(endpoints.map((endpoint) => callerFor(endpoint)));
  }, 180_000);

  afterAll(() => app.close());

  async function callerFor(endpoint: Endpoint): Promise<Caller> {
    const role = roleFor(endpoint);
    return role === null ? app.anonymous() : app.signIn(role === 'municipality' ? year.own.member : role);
  }

  interface Headers {
    readonly key?: string;
    readonly etag?: string;
  }

  /** A call that is right but for what is given. */
  async function send(
    endpoint: Endpoint,
    body: object | undefined,
    { key = randomUUID(), etag = '"v1"' }: Headers = {},
  ) {
    const path = await pathOf(endpoint.template, year.own, year);
    const sent = call(await callerFor(endpoint), endpoint, path, body);
    if (needs(endpoint, 'Idempotency-Key') && key !== '') void sent.set('Idempotency-Key', key);
    if (needs(endpoint, 'If-Match') && etag !== '') void sent.set('If-Match', etag);
    const { status, body: answer, headers } = await sent;
    return { ...(answer as Problem), status, media: String(headers['content-type']) };
  }

  /** Runs `work` and holds it to having written nothing at all. */
  async function writingNothing(work: () => Promise<void>): Promise<void> {
    const before = await app.extent();
    await work();
    expect(await app.extent()).toEqual(before);
  }

  const writes = () => endpoints.filter((endpoint) => endpoint.writes);

  it('is never what the document itself gives as an example', async () => {
    // Signing in has no rehearsal: a refused attempt is recorded, and is meant to be.
    const rehearsable = writes().filter(({ operation }) =>
      operation.parameters.some(({ name }) => name === 'dryRun'),
    );
    const wrong: string[] = [];
    await writingNothing(async () => {
      for (const endpoint of rehearsable.filter((one) => exampleBody(one) !== undefined)) {
        const path = `${await pathOf(endpoint.template, year.own, year)}?dryRun=true`;
        const sent = call(await callerFor(endpoint), endpoint, path, exampleBody(endpoint));
        if (needs(endpoint, 'Idempotency-Key')) void sent.set('Idempotency-Key', randomUUID());
        if (needs(endpoint, 'If-Match')) void sent.set('If-Match', '"v1"');
        const { status, text } = await sent;
        if (status === 400 || status >= 500) wrong.push(`${endpoint.id} → ${String(status)} ${text}`);
      }
    });
    expect(wrong).toEqual([]);
  }, 120_000);

  it('in any field of any body is a problem that points at it', async () => {
    const { schemas } = app.contract.document.components;
    const wrong: string[] = [];
    let tried = 0;
    const attempts = writes().flatMap((endpoint) => {
      const example = exampleBody(endpoint);
      const schema = endpoint.operation.requestBody?.content['application/json']?.schema;
      if (example === undefined || schema === undefined) return [];
      const bodies = spoiltBodies(example, waysToSpoil(example, schema, schemas));
      return bodies.map((one) => ({ endpoint, ...one }));
    });
    const isSaid = ({ errors }: Problem, { pointer, code }: Spoilt): boolean =>
      errors.some(
        (one) =>
          (one.pointer === pointer || (one.pointer ?? '').startsWith(`${pointer}/`)) &&
          one.detail !== '' &&
          (code === undefined || one.code === code),
      );
    await writingNothing(async () => {
      await Promise.all(
        attempts.map(({ endpoint, body, spoilt }) =>
          atOnce(async () => {
            const answer = await send(endpoint, body);
            for (const one of spoilt) {
              tried += 1;
              const right =
                answer.status === 400 &&
                answer.media.startsWith('application/problem+json') &&
                answer.code === one.problem &&
                isSaid(answer, one);
              if (!right)
                wrong.push(
                  `${endpoint.id}: ${one.title} → ${String(answer.status)} ${answer.code} ${JSON.stringify(answer.errors)}`,
                );
            }
          }),
        ),
      );
    });
    expect(wrong).toEqual([]);
    expect(tried).toBeGreaterThan(3900);
  }, 240_000);

  it('instead of a JSON object is refused before anybody looks at it', async () => {
    const shapes: [string, string, string, number][] = [
      ['a list', '[]', 'application/json', 400],
      ['half a body', '{"a":', 'application/json', 400],
      ['a body with a name twice', '{"a":1,"a":2}', 'application/json', 400],
      ['a body 40 levels deep', `{"a":${'['.repeat(40)}${']'.repeat(40)}}`, 'application/json', 400],
      ['another media type', 'a=1', 'application/x-www-form-urlencoded', 415],
      ['a body beyond 100 kB', JSON.stringify({ a: 'x'.repeat(100_001) }), 'application/json', 413],
    ];
    const wrong: string[] = [];
    await writingNothing(async () => {
      for (const endpoint of writes().filter((one) => exampleBody(one) !== undefined)) {
        const path = await pathOf(endpoint.template, year.own, year);
        for (const [title, text, type, expected] of shapes) {
          const sent = call(await callerFor(endpoint), endpoint, path).set('Content-Type', type);
          const { status } = await sent.send(text);
          if (status !== expected) wrong.push(`${endpoint.id}: ${title} → ${String(status)}`);
        }
      }
    });
    expect(wrong).toEqual([]);
  }, 120_000);

  it('in the headers a write needs is refused, each with its own status', async () => {
    const wrong: string[] = [];
    const expects = async (
      endpoint: Endpoint,
      headers: Headers,
      status: number,
      code: string,
    ): Promise<void> => {
      const answer = await send(endpoint, exampleBody(endpoint), headers);
      const right =
        answer.status === status &&
        answer.code === code &&
        answer.media.startsWith('application/problem+json');
      if (!right)
        wrong.push(
          `${endpoint.id} with ${JSON.stringify(headers)} → ${String(answer.status)} ${answer.code}`,
        );
    };
    await writingNothing(async () => {
      for (const endpoint of writes()) {
        if (needs(endpoint, 'Idempotency-Key')) {
          await expects(endpoint, { key: '' }, 400, 'idempotency-key-missing');
          await expects(endpoint, { key: 'x'.repeat(201) }, 400, 'invalid-input');
        }
        if (needs(endpoint, 'If-Match')) {
          await expects(endpoint, { etag: '' }, 428, 'precondition-required');
          for (const etag of ['*', 'W/"v1"', '"v0"', '"v1", "v2"', 'v1'])
            await expects(endpoint, { etag }, 400, 'invalid-input');
          await expects(endpoint, { etag: '"v999999"' }, 412, 'precondition-failed');
        }
      }
    });
    expect(wrong).toEqual([]);
  }, 120_000);

  it('in a query is refused: unknown names, repeated names, values of the wrong kind', async () => {
    const wrong: string[] = [];
    for (const endpoint of endpoints) {
      const path = await pathOf(endpoint.template, year.own, year);
      const caller = await callerFor(endpoint);
      const parameters = endpoint.operation.parameters.filter((one) => one.in === 'query');
      const base = requiredQuery(endpoint).slice(1);
      const queries = [
        ['surplus=1', 'query:surplus'],
        ['surplus=1&surplus=2', 'query:surplus'],
        ...parameters
          .filter(
            ({ schema }) =>
              schema.type !== 'string' || schema.format !== undefined || schema.enum !== undefined,
          )
          .map(({ name }) => [`${name}=%F0%9F%98%80`, `query:${name}`]),
        ...parameters
          .filter(({ name }) => name === 'limit')
          .flatMap(() => ['0', '201', '1.5', '-1'].map((value) => [`limit=${value}`, 'query:limit'])),
        ...parameters.filter(({ name }) => name === 'cursor').map(() => ['cursor=AAAA', 'query:cursor']),
      ] as [string, string][];
      for (const [query, pointer] of queries) {
        const rest = base
          .split('&')
          .filter((pair) => pair !== '' && !query.startsWith(`${pair.split('=')[0] ?? ''}=`));
        const sent = call(caller, endpoint, `${path}?${[...rest, query].join('&')}`, exampleBody(endpoint));
        if (needs(endpoint, 'Idempotency-Key')) void sent.set('Idempotency-Key', randomUUID());
        if (needs(endpoint, 'If-Match')) void sent.set('If-Match', '"v1"');
        const { status, body } = await (takesFile(endpoint)
          ? sent.type(fileTypeOf(endpoint)).send('Stelle')
          : sent);
        const { errors } = body as Problem;
        const right = status === 400 && errors.some((one) => one.pointer === pointer);
        if (!right) wrong.push(`${endpoint.id}?${query} → ${String(status)} ${JSON.stringify(errors)}`);
      }
    }
    expect(wrong).toEqual([]);
  }, 120_000);
});
