import type { Schema } from '../support/contract.js';

/** One way to spoil a body that was right, and what must be said about it. */
export interface Spoilt {
  readonly title: string;
  readonly keys: Keys;
  /** What stands there instead; undefined where the field is missing. */
  readonly value: unknown;
  /** Where the objection must point. */
  readonly pointer: string;
  /** `malformed-body` where the bytes themselves are refused, before anybody looks at fields. */
  readonly problem: 'invalid-input' | 'malformed-body';
  /** The objection, where it is certain. */
  readonly code?: string;
}

type Schemas = Readonly<Record<string, Schema>>;
type Keys = readonly (string | number)[];

const MOST_TEXT = 50_000;

/** The schema behind references and "or null", and whether null is allowed. */
function plain(schema: Schema, schemas: Schemas): { schema: Schema; nullable: boolean } {
  const name = schema.$ref?.split('/').at(-1);
  if (name !== undefined) return plain(schemas[name] ?? {}, schemas);
  if (schema.anyOf !== undefined) {
    const other = schema.anyOf.find(({ type }) => type !== 'null') ?? {};
    return {
      schema: plain(other, schemas).schema,
      nullable: schema.anyOf.some(({ type }) => type === 'null'),
    };
  }
  if (schema.allOf?.[0] !== undefined) return plain(schema.allOf[0], schemas);
  const types = Array.isArray(schema.type) ? (schema.type as readonly string[]) : [schema.type];
  return { schema, nullable: types.includes('null') };
}

/** The one type besides null; what says none is text. */
const typeOf = ({ type }: Schema): string =>
  (Array.isArray(type) ? (type as readonly string[]) : [type as string]).find((one) => one !== 'null') ??
  'string';

/** Every way to spoil the example, field by field, as the schema lets one think of. */
export function waysToSpoil(example: object, schema: Schema, schemas: Schemas): Spoilt[] {
  return ofObject(example, [], plain(schema, schemas).schema, schemas);
}

/** A body spoilt in several places at once. */
export interface SpoiltBody {
  readonly body: object;
  readonly spoilt: readonly Spoilt[];
}

/**
 * As few bodies as do: objections come all at once, so what does not touch another's place is spoilt together, and
 * each must still be named. What the bytes themselves give away ends the reading, so it stands alone.
 */
export function spoiltBodies(example: object, ways: readonly Spoilt[]): SpoiltBody[] {
  const groups: Spoilt[][] = [];
  for (const way of ways) {
    const group = groups.find((one) => one.every((other) => standsApart(way, other)));
    if (group === undefined) groups.push([way]);
    else group.push(way);
  }
  return groups.map((spoilt) => ({
    body: spoilt.reduce((body, { keys, value }) => changed(body, keys, value), example),
    spoilt,
  }));
}

function standsApart(one: Spoilt, other: Spoilt): boolean {
  const readable = one.problem === 'invalid-input' && other.problem === 'invalid-input';
  const [a, b] = [`${one.pointer}/`, `${other.pointer}/`];
  return readable && !a.startsWith(b) && !b.startsWith(a);
}

function ofObject(whole: object, at: Keys, schema: Schema, schemas: Schemas): Spoilt[] {
  const found: Spoilt[] = [];
  const pointer = (keys: Keys): string => keys.map((key) => `/${String(key)}`).join('');
  const put = (title: string, keys: Keys, value: unknown, more: Partial<Spoilt> = {}): void => {
    found.push({
      title: `${title} at ${pointer(keys)}`,
      ...{ keys, value },
      pointer: pointer(keys),
      problem: 'invalid-input',
      ...more,
    });
  };
  put('an unknown field', [...at, 'surplus'], 1, { code: 'unknown-field' });
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    const keys = [...at, name];
    const { schema: one, nullable } = plain(field, schemas);
    const required = schema.required?.includes(name) === true;
    if (required) put('a missing field', keys, undefined, { code: 'required' });
    if (required && !nullable) put('null', keys, null, { code: 'null-not-allowed' });
    for (const [title, value, more] of wrongValues(name, one)) put(title, keys, value, more);
    if (valueAt(whole, keys) === undefined || valueAt(whole, keys) === null) continue;
    if (typeOf(one) === 'object') found.push(...ofObject(whole, keys, one, schemas));
    const items =
      typeOf(one) === 'array' && one.items !== undefined ? plain(one.items, schemas).schema : null;
    if (items === null || valueAt(whole, [...keys, 0]) === undefined) continue;
    if (typeOf(items) === 'object') {
      put('an item of the wrong type', [...keys, 0], 'text');
      found.push(...ofObject(whole, [...keys, 0], items, schemas));
    }
  }
  return found;
}

type Wrong = [title: string, value: unknown, more?: Partial<Spoilt>];

function wrongValues(name: string, schema: Schema & { maxLength?: number }): Wrong[] {
  switch (typeOf(schema)) {
    case 'integer':
      return [
        ...(['text', '5', true, [], {}, 1.5, 1e300, Number.MAX_SAFE_INTEGER + 1].map((value) => [
          `the number ${JSON.stringify(value)}`,
          value,
        ]) as Wrong[]),
        ...((name.endsWith('Cents') ? [['negative cents', -1]] : []) as Wrong[]),
        ...((name.endsWith('Year') ? [['the year 1800', 1800]] : []) as Wrong[]),
      ];
    case 'boolean':
      return [
        ['a flag in words', 'true'],
        ['a flag as number', 1],
      ];
    case 'array':
      return [
        ['a text for a list', 'text'],
        ['an object for a list', {}],
      ];
    case 'object':
      return [
        ['a text for an object', 'text'],
        ['a list for an object', []],
      ];
    default:
      return wrongTexts(schema);
  }
}

function wrongTexts({ format, enum: words, maxLength = 0 }: Schema & { maxLength?: number }): Wrong[] {
  const wrong: Wrong[] = [
    ['a number for a text', 4711],
    ['a list for a text', []],
  ];
  wrong.push(['a NUL character', 'a\0b', { problem: 'malformed-body', code: 'nul-character' }]);
  wrong.push(['half a character', 'a\ud800', { problem: 'malformed-body', code: 'lone-surrogate' }]);
  if (format === 'date') {
    for (const day of ['1800-01-01', '2016-02-30', '2016-1-1', '2016-01-01T00:00:00Z', ''])
      wrong.push([`the day ${day}`, day]);
  } else if (format === 'uuid') {
    wrong.push(['what is no id', 'not-an-id'], ['an id in braces', '{0198c0de-7a11-7000-8000-000000000001}']);
  } else if (words !== undefined) {
    wrong.push(['an unknown word', 'surplus'], ['the name of a member of every object', 'constructor']);
  } else {
    wrong.push(
      ['a control character', 'a\u0007b'],
      ['text that runs backwards', 'a\u202eb'],
      ['nothing but blanks', '   '],
    );
    if (maxLength > 0 && maxLength < MOST_TEXT) wrong.push(['too long a text', 'x'.repeat(maxLength + 1)]);
  }
  return wrong;
}

function valueAt(whole: unknown, keys: Keys): unknown {
  return keys.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined,
    whole,
  );
}

/** A copy with one value changed, or taken out where it is undefined. */
function changed(whole: object, keys: Keys, value: unknown): object {
  const copy = structuredClone(whole) as Record<string, unknown>;
  const parent = valueAt(copy, keys.slice(0, -1)) as Record<string, unknown>;
  const last = String(keys.at(-1));
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else parent[last] = value;
  return copy;
}
