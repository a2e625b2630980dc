import canonicalize from 'canonicalize';
import { createHash } from 'node:crypto';

const DEEPEST = 100;
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * The one sequence of bytes that stands for a value (RFC 8785), to be hashed, sealed and compared. `Money`,
 * `CalendarDate` and whatever else has `toJSON` count as what that gives.
 *
 * TypeError, naming the place by JSON Pointer, for everything that JSON would drop or bend without a word:
 * undefined, functions, symbols, bigint, NaN and infinities, lone surrogates (RFC 7493), maps, sets, buffers, and
 * nesting deeper than 100, cycles included.
 */
export function canonicalBytes(value: unknown): Uint8Array {
  const text = canonicalize(plain(value, '', 0));
  if (text === undefined) throw new TypeError('The value has no JSON form');
  return new TextEncoder().encode(text);
}

/** Lower-case hexadecimal, 64 digits. */
export function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function plain(value: unknown, pointer: string, depth: number): unknown {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') return wellFormed(value, pointer);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) refuse(pointer, value.toString());
    return value;
  }
  if (typeof value !== 'object') return refuse(pointer, `a value of type ${typeof value}`);
  if (depth > DEEPEST) return refuse(pointer, 'deeper nesting');
  if (speaksForItself(value)) return plain(value.toJSON(), pointer, depth + 1);
  // Array.from, unlike map, visits the holes of a sparse array: they are undefined.
  if (Array.isArray(value)) {
    return Array.from(value, (item, index) => plain(item, `${pointer}/${index}`, depth + 1));
  }
  const kind = Object.prototype.toString.call(value);
  if (kind !== '[object Object]') return refuse(pointer, kind);
  return members(value, pointer, depth);
}

/** A Buffer does too, but as a list of numbers, which nobody means. */
function speaksForItself(value: object): value is { toJSON(): unknown } {
  return 'toJSON' in value && typeof value.toJSON === 'function' && !ArrayBuffer.isView(value);
}

/** Object.fromEntries defines members instead of assigning them: `__proto__` is a name like any other. */
function members(value: object, pointer: string, depth: number): object {
  const entries = Object.entries(value).map(([name, member]) => {
    const place = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    return [wellFormed(name, place), plain(member, place, depth + 1)];
  });
  return Object.fromEntries(entries) as object;
}

function wellFormed(text: string, pointer: string): string {
  return LONE_SURROGATE.test(text) ? refuse(pointer, 'a lone surrogate') : text;
}

function refuse(pointer: string, what: string): never {
  throw new TypeError(`Canonical JSON has no place for ${what} at "${pointer}"`);
}
