import type { Failure } from '../../kernel/failure.js';
import { IntegerField, TextField } from './fields.js';
import { invalidInput } from './invalid-input.js';
import { day, id, instant, integer, text, type Kind } from './kinds.js';

const MOST_ITEMS = 200;

/** What every list takes; a list with filters extends it. */
export class PageQuery {
  @IntegerField({
    de: 'Einträge je Seite',
    en: 'items per page',
    min: 1,
    max: MOST_ITEMS,
    example: 50,
    optional: true,
    fromText: true,
  })
  limit = 50;

  @TextField({
    de: 'Zeiger aus `nextCursor` der vorigen Seite',
    en: '`nextCursor` of the page before',
    max: 1000,
    pattern: /^[A-Za-z0-9_-]+$/,
    example: 'WyIyMDI2LTAxLTAxIl0',
    optional: true,
  })
  cursor: string | null = null;
}

/** One page; `nextCursor` is null on the last. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** The sort key of a row: the values of the ORDER BY columns, in order. */
export type Key = readonly (string | number)[];

const badCursor = (): Failure =>
  invalidInput('bad-cursor', { de: 'kein gültiger Seitenzeiger', en: 'not a valid cursor' }, 'query:cursor');

const forms = {
  text: text({ min: 0, max: 400 }),
  number: integer({ signed: true }),
  id: id(),
  day: day(),
  instant: instant(),
} satisfies Record<string, Kind>;

/**
 * Reads a cursor back into the key it was made of; null on the first page. `shape` names what each part
 * must be, because a cursor is input like any other and its parts go into a WHERE.
 */
export function keyOf(cursor: string | null, shape: readonly (keyof typeof forms)[]): Key | null {
  if (cursor === null) return null;
  let parts: unknown;
  try {
    parts = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(cursor, 'base64url')));
  } catch {
    throw badCursor();
  }
  if (!Array.isArray(parts) || parts.length !== shape.length) throw badCursor();
  return shape.map((form, index) => {
    const part: unknown = parts[index];
    if (!fits(part, forms[form])) throw badCursor();
    return part;
  });
}

function fits(part: unknown, form: Kind): part is string | number {
  const value = form.live(part);
  return (
    (typeof part === 'string' || typeof part === 'number') && form.rules.every((rule) => rule.holds(value))
  );
}

/** The opaque text of a key. */
export const cursorOf = (key: Key): string => Buffer.from(JSON.stringify(key)).toString('base64url');

/**
 * Makes a page of `limit + 1` rows: the row too many only tells that there is a next page.
 * Ask the database for `limit + 1`.
 */
export function pageOf<T>(rows: readonly T[], limit: number, keyOfRow: (row: T) => Key): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items, nextCursor: more ? cursorOf(keyOfRow(last)) : null };
}
