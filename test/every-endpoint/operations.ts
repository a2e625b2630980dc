import { access, permits } from '../../src/identity/access.rules.js';
import { roles, type Role } from '../../src/kernel/actor.js';
import type { TestApp, Caller } from '../support/app.js';
import type { DocumentedOperation } from '../support/contract.js';

/** One operation of the document: everything a table over all of them needs. */
export interface Endpoint {
  readonly id: string;
  readonly method: 'get' | 'post' | 'patch' | 'put' | 'delete';
  /** `/users/{id}`, without the prefix of the API. */
  readonly template: string;
  readonly operation: DocumentedOperation;
  readonly writes: boolean;
  /** A question that takes a body: a POST that writes nothing. */
  readonly asks: boolean;
}

const PREFIX = '/api/v1';
const methods = ['get', 'post', 'patch', 'put', 'delete'] as const;

/** Every operation of the OpenAPI document that needs a permission, or is open to everybody. */
export function endpointsOf(app: TestApp): Endpoint[] {
  const { paths } = app.contract.document;
  return Object.entries(paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      if (operation === undefined || path.startsWith(`${PREFIX}/health/`) || path === `${PREFIX}/metrics`)
        return [];
      const template = path.slice(PREFIX.length);
      const asks = operation['x-reads'] === true;
      return [{ id: operation.operationId, method, template, operation, writes: method !== 'get', asks }];
    }),
  );
}

/** Calls an endpoint. `path` is its template with the ids filled in. */
export function call(caller: Caller, { method }: Endpoint, path: string, body?: object) {
  if (method === 'get' || method === 'delete') return caller[method](path);
  return method === 'post' ? caller.post(path, body) : caller[method](path, body ?? {});
}

/** The body of the document's own example; undefined where the operation takes none. */
export function exampleBody({ operation }: Endpoint): Record<string, unknown> | undefined {
  const media = operation.requestBody?.content['application/json'];
  return media === undefined ? undefined : (structuredClone(media.example ?? {}) as Record<string, unknown>);
}

/** Whether the operation takes a file instead of JSON. */
export const takesFile = ({ operation }: Endpoint): boolean =>
  operation.requestBody !== undefined && operation.requestBody.content['application/json'] === undefined;

/** The first of the media types in which a file may come. */
export const fileTypeOf = ({ operation }: Endpoint): string =>
  Object.keys(operation.requestBody?.content ?? {})[0] ?? '';

/** Query parameters a call cannot do without, from their examples. */
export function requiredQuery({ operation }: Endpoint): string {
  const needed = operation.parameters.filter((one) => one.in === 'query' && one.required);
  const pairs = needed.map(
    ({ name, schema }) =>
      `${name}=${name === 'recordId' ? '1' : schema.type === 'integer' ? '2016' : '2016-12-31'}`,
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

export const needs = ({ operation }: Endpoint, header: 'Idempotency-Key' | 'If-Match'): boolean =>
  operation.parameters.some((one) => one.in === 'header' && one.name === header && one.required);

/** A follow-up is seen by the office it belongs to, and the one that was played is a municipality's. */
const ofOneOffice: Readonly<Record<string, Role>> = {
  'followUp.complete': 'municipality',
  'followUp.read': 'municipality',
};

/** A role that may call the operation: the first one, or null for what is open to everybody. */
export function roleFor({ id }: Endpoint): Role | null {
  const own = ofOneOffice[id];
  if (own !== undefined) return own;
  return access[id] === 'public' ? null : (roles.find((role) => permits(id, role)) ?? null);
}
