import { createHash } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import { visit, type JSONPath } from 'jsonc-parser';
import { Failure } from '../../kernel/failure.js';
import { violation, type Text } from '../../kernel/violation.js';
import { pointerOf } from './pointer.js';
import type { HttpRequest } from './request.js';

export const MOST_BYTES = 100_000;
const MOST_VALUES = 3_000;
const MOST_DEPTH = 32;

const words = {
  'not-utf8': { de: 'kein gültiges UTF-8', en: 'not valid UTF-8' },
  syntax: { de: 'kein gültiges JSON', en: 'not valid JSON' },
  'not-an-object': { de: 'ein JSON-Objekt', en: 'one JSON object' },
  'too-many-values': {
    de: `mehr als ${String(MOST_VALUES)} Angaben`,
    en: `more than ${String(MOST_VALUES)} values`,
  },
  'too-deep': {
    de: `tiefer als ${String(MOST_DEPTH)} Ebenen`,
    en: `deeper than ${String(MOST_DEPTH)} levels`,
  },
  'duplicate-key': { de: 'Name kommt doppelt vor', en: 'name occurs twice' },
  'reserved-key': { de: 'dieser Name ist nicht erlaubt', en: 'this name is not allowed' },
  'nul-character': { de: 'enthält ein NUL-Zeichen', en: 'contains a NUL character' },
  'lone-surrogate': { de: 'enthält ein einzelnes Surrogat', en: 'contains a lone surrogate' },
} satisfies Record<string, Text>;

function malformed(code: keyof typeof words, path: JSONPath | null): Failure {
  const pointer = path === null ? null : pointerOf(path);
  return new Failure('malformed-body', { violations: [violation(code, null, words[code], pointer)] });
}

/** Half of a UTF-16 pair: no text, and refused by PostgreSQL and by UTF-8. */
const LONE_SURROGATE = /\p{Cs}/u;

/**
 * Reads a request body strictly. `JSON.parse` takes the last of two equal names, any depth, NUL and half
 * characters; PostgreSQL or the next reader then see something else than the caller signed, or fail.
 */
export function parseStrictly(bytes: Uint8Array): object {
  const text = decoded(bytes);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed('syntax', null);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw malformed('not-an-object', []);
  inspect(text);
  return value;
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw malformed('not-utf8', null);
  }
}

/** Walks the text, not the value: only the text still knows of duplicate names. Throws at the first objection. */
function inspect(text: string): void {
  const open: Set<string>[] = [];
  let depth = 0;
  let values = 0;
  // Every value may cost an objection and its words; a body of nothing but errors must stay cheap.
  const count = (): void => {
    values += 1;
    if (values > MOST_VALUES) throw malformed('too-many-values', []);
  };
  const enter = (path: () => JSONPath): void => {
    count();
    depth += 1;
    if (depth > MOST_DEPTH) throw malformed('too-deep', path().slice(0, 4));
  };
  const leave = (): void => {
    depth -= 1;
  };
  visit(text, {
    onObjectBegin: (...[, , , , path]) => {
      enter(path);
      open.push(new Set());
    },
    onObjectEnd: () => {
      leave();
      open.pop();
    },
    onArrayBegin: (...[, , , , path]) => {
      enter(path);
    },
    onArrayEnd: leave,
    onObjectProperty: (name, ...[, , , , path]) => {
      const at = (): JSONPath => [...path(), name];
      clean(name, at);
      if (name in Object.prototype) throw malformed('reserved-key', at());
      const names = open.at(-1);
      if (names?.has(name) === true) throw malformed('duplicate-key', at());
      names?.add(name);
    },
    onLiteralValue: (value: unknown, ...[, , , , path]) => {
      count();
      if (typeof value === 'string') clean(value, path);
    },
  });
}

function clean(text: string, path: () => JSONPath): void {
  if (text.includes('\0')) throw malformed('nul-character', path());
  if (LONE_SURROGATE.test(text)) throw malformed('lone-surrogate', path());
}

const JSON_UTF8 = /^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;

const hasBody = (request: Request): boolean =>
  request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;

/** Before the bytes are read: refuses what is not plain JSON. `isUpload` names requests that carry a file. */
export function requireJson(isUpload: (request: Request) => boolean) {
  return (request: Request, _response: Response, next: NextFunction): void => {
    const plain = JSON_UTF8.test(request.headers['content-type'] ?? '');
    const encoded = (request.headers['content-encoding'] ?? 'identity') !== 'identity';
    const refused = hasBody(request) && !isUpload(request) && (!plain || encoded);
    next(refused ? new Failure('unsupported-media-type') : undefined);
  };
}

/** After the bytes are read into a buffer: keeps their digest and, unless they are a file, replaces them by the object. */
export function parseRawBody(isUpload: (request: Request) => boolean) {
  return (request: HttpRequest, _response: Response, next: NextFunction): void => {
    const raw: unknown = request.body;
    const bytes = Buffer.isBuffer(raw) ? raw : Buffer.alloc(0);
    request.bodyDigest = createHash('sha256').update(bytes).digest('hex');
    try {
      if (!isUpload(request)) request.body = bytes.length === 0 ? undefined : parseStrictly(bytes);
      next();
    } catch (failure) {
      next(failure);
    }
  };
}
