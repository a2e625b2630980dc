import type { NextFunction, Request, Response } from 'express';
import { invalidInput } from './invalid-input.js';
import { queryPointerOf } from './pointer.js';

/** What every request may spend on its query string. */
const MOST_PARAMETERS = 50;

const malformed = () =>
  invalidInput(
    'malformed-url',
    { de: 'fehlerhafte Prozent-Kodierung', en: 'malformed percent-encoding' },
    null,
  );

/**
 * Reads the query string as flat text values, each name once. Express's parsers read `a[b]=1` and `a=1&a=2`
 * as objects and lists, so that a parameter would not be of the type its reader expects.
 */
export function parseQuery(search: string): Record<string, string> {
  const query: Record<string, string> = {};
  const parts = search.split('&').filter((part) => part !== '');
  if (parts.length > MOST_PARAMETERS) {
    throw invalidInput('too-many-items', { de: 'zu viele Parameter', en: 'too many parameters' }, null);
  }
  for (const part of parts) {
    const at = part.indexOf('=');
    const name = decoded(at === -1 ? part : part.slice(0, at));
    if (name in Object.prototype || Object.hasOwn(query, name)) {
      const detail = { de: 'Parameter mehrfach oder nicht erlaubt', en: 'parameter repeated or not allowed' };
      throw invalidInput('duplicate-key', detail, queryPointerOf([name]));
    }
    query[name] = at === -1 ? '' : decoded(part.slice(at + 1));
  }
  return query;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw malformed();
  }
}

/** Puts the parsed query on the request, once; Express would parse it anew at every look. */
export function strictQuery(request: Request, _response: Response, next: NextFunction): void {
  const at = request.originalUrl.indexOf('?');
  try {
    const value = at === -1 ? {} : parseQuery(request.originalUrl.slice(at + 1));
    Object.defineProperty(request, 'query', { value, writable: true, configurable: true, enumerable: true });
    next();
  } catch (failure) {
    next(failure);
  }
}
