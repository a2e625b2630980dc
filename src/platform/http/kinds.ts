import { isArray, isBoolean, isIn, isInt, isString, maxLength, minLength, matches } from 'class-validator';
import { Temporal } from 'temporal-polyfill';
import { CalendarDate } from '../../kernel/calendar-date.js';
import { fundingYear } from '../../kernel/funding-year.js';
import { isUuid } from '../../kernel/ids.js';
import { Money } from '../../kernel/money.js';
import type { Text } from '../../kernel/violation.js';

/** One thing a value must satisfy; `code` is what the caller's software reads, `text` what people read. */
export interface Rule {
  code: string;
  text: Text;
  holds(value: unknown): boolean;
}

/** The part of JSON Schema the fields use. */
export interface KindSchema {
  type: 'string' | 'integer' | 'boolean';
  format?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  enum?: readonly string[];
}

/**
 * A kind of value: how JSON becomes a live value, what it must satisfy, how it is described.
 * `live` answers the raw value when it is not of this kind, so that a rule can say why.
 */
export interface Kind {
  live(raw: unknown): unknown;
  /** Numbers and flags written as text, as in query strings. */
  fromText(text: string): unknown;
  rules: readonly Rule[];
  schema: KindSchema;
  example: unknown;
}

const rule = (code: string, de: string, en: string, holds: (value: unknown) => boolean): Rule => ({
  code,
  text: { de, en },
  holds,
});

const asIs = (raw: unknown): unknown => raw;
const number = (text: string): unknown => (/^-?\d{1,16}$/.test(text) ? Number(text) : text);
const isNumber = (value: unknown): value is number => typeof value === 'number';

/** Largest integer JSON carries exactly (RFC 8259, section 6). */
const MOST = Number.MAX_SAFE_INTEGER;

export interface Bounds {
  min?: number;
  max?: number;
  signed?: true;
}

const lower = (bounds: Bounds): number => bounds.min ?? (bounds.signed === true ? -MOST : 0);
const upper = (bounds: Bounds): number => bounds.max ?? MOST;

const tooSmall = (min: number): Rule['text'] => ({
  de: `mindestens ${String(min)}`,
  en: `at least ${String(min)}`,
});
const tooLarge = (max: number): Rule['text'] => ({
  de: `höchstens ${String(max)}`,
  en: `at most ${String(max)}`,
});

/** Money as integer cents. */
export function cents(bounds: Bounds = {}): Kind {
  const [min, max] = [lower(bounds), upper(bounds)];
  const live = (raw: unknown): unknown =>
    isInt(raw) && Number.isSafeInteger(raw) ? Money.ofCents(Number(raw)) : raw;
  return {
    live,
    fromText: (text) => live(number(text)),
    rules: [
      rule(
        'not-an-integer',
        'ganze Cent als Zahl',
        'whole cents as a number',
        (v) => v instanceof Money || isInt(v),
      ),
      {
        code: 'too-small',
        text: tooSmall(min),
        holds: (v) => (v instanceof Money ? v.cents >= BigInt(min) : isNumber(v) && v > 0),
      },
      { code: 'too-large', text: tooLarge(max), holds: (v) => v instanceof Money && v.cents <= BigInt(max) },
    ],
    schema: { type: 'integer', format: 'int64', minimum: min, maximum: max },
    example: 17_000_000,
  };
}

/** A count or measure in whole units. */
export function integer(bounds: Bounds = {}): Kind {
  const [min, max] = [lower(bounds), upper(bounds)];
  return {
    live: (raw) => (raw === 0 ? 0 : raw), // JSON knows -0; nobody means it
    fromText: number,
    rules: [
      rule('not-an-integer', 'eine ganze Zahl', 'a whole number', (v) => isInt(v)),
      { code: 'too-small', text: tooSmall(min), holds: (v) => isNumber(v) && v >= min },
      { code: 'too-large', text: tooLarge(max), holds: (v) => isNumber(v) && v <= max },
    ],
    schema: { type: 'integer', format: 'int64', minimum: min, maximum: max },
    example: Math.max(min, Math.min(max, 1)),
  };
}

const FIRST_YEAR = 2000;
const LAST_YEAR = 2100;

/** A funding year. Nothing this system administers lies before 2000. */
export function year(): Kind {
  const within = (v: unknown): v is number => isInt(v) && Number(v) >= FIRST_YEAR && Number(v) <= LAST_YEAR;
  const live = (raw: unknown): unknown => (within(raw) ? fundingYear(raw) : raw);
  return {
    live,
    fromText: (text) => live(number(text)),
    rules: [
      rule('not-an-integer', 'ein Jahr als ganze Zahl', 'a year as a whole number', (v) => isInt(v)),
      rule(
        'year-out-of-range',
        `ein Jahr von ${String(FIRST_YEAR)} bis ${String(LAST_YEAR)}`,
        `a year from ${String(FIRST_YEAR)} to ${String(LAST_YEAR)}`,
        within,
      ),
    ],
    schema: { type: 'integer', format: 'int32', minimum: FIRST_YEAR, maximum: LAST_YEAR },
    example: 2026,
  };
}

const FIRST_DAY = '1990-01-01';
const LAST_DAY = '2100-12-31';
const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;

function liveDay(raw: unknown): unknown {
  if (!isString(raw) || !ISO_DAY.test(raw)) return raw;
  try {
    return CalendarDate.parse(raw);
  } catch {
    return raw;
  }
}

/** A calendar day. */
export function day(): Kind {
  return {
    live: liveDay,
    fromText: liveDay,
    rules: [
      rule('not-a-day', 'ein Tag als JJJJ-MM-TT', 'a day as YYYY-MM-DD', (v) => v instanceof CalendarDate),
      rule(
        'day-out-of-range',
        `ein Tag von ${FIRST_DAY} bis ${LAST_DAY}`,
        `a day from ${FIRST_DAY} to ${LAST_DAY}`,
        (v) => v instanceof CalendarDate && v.toString() >= FIRST_DAY && v.toString() <= LAST_DAY,
      ),
    ],
    schema: { type: 'string', format: 'date', minLength: 10, maxLength: 10, pattern: ISO_DAY.source },
    example: '2026-03-31',
  };
}

const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

/** The instant in UTC, or null when the value is none or lies outside the years we administer. */
function instantOf(raw: unknown): string | null {
  if (!isString(raw) || !RFC3339.test(raw)) return null;
  try {
    const found = Temporal.Instant.from(raw).toString();
    return found >= FIRST_DAY && found <= `${LAST_DAY}T23:59:59Z` ? found : null;
  } catch {
    return null;
  }
}

/** An instant, kept as ISO text in UTC. */
export function instant(): Kind {
  const live = (raw: unknown): unknown => instantOf(raw) ?? raw;
  const text = { de: 'ein Zeitpunkt mit Zone (RFC 3339)', en: 'an instant with its zone (RFC 3339)' };
  return {
    live,
    fromText: live,
    rules: [{ code: 'not-an-instant', text, holds: (v) => instantOf(v) !== null }],
    schema: { type: 'string', format: 'date-time', minLength: 20, maxLength: 35 },
    example: '2026-03-31T09:15:00Z',
  };
}

// Control characters break logs and PDF, bidirectional overrides let a notice show what it does not say.
const CONTROL = /(?![\t\n])[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u;
const BREAKS = /[\t\n]/;
/** A letter, digit, mark or sign: spaces of no width say as little as blanks do. */
const VISIBLE = /[\p{L}\p{M}\p{N}\p{P}\p{S}]/u;

export interface TextBounds {
  /** Characters; default 1. */
  min?: number;
  /** Characters; default 2000. */
  max?: number;
  /** Line breaks and tabs allowed. */
  multiline?: true;
  pattern?: RegExp;
}

/** Text as people write it: trimmed, NFC, without control characters. */
export function text(bounds: TextBounds = {}): Kind {
  const { min = 1, max = 2000, multiline, pattern } = bounds;
  const live = (raw: unknown): unknown =>
    isString(raw) ? raw.replaceAll('\r\n', '\n').normalize('NFC').trim() : raw;
  const rules = [
    rule('not-a-text', 'ein Text', 'a text', isString),
    rule(
      'control-character',
      'keine Steuerzeichen',
      'no control characters',
      (v) => isString(v) && !CONTROL.test(v) && (multiline === true || !BREAKS.test(v)),
    ),
    rule(
      'too-short',
      `mindestens ${String(min)} Zeichen`,
      `at least ${String(min)} characters`,
      (v) => minLength(v, min) && (min === 0 || (isString(v) && VISIBLE.test(v))),
    ),
    rule('too-long', `höchstens ${String(max)} Zeichen`, `at most ${String(max)} characters`, (v) =>
      maxLength(v, max),
    ),
  ];
  if (pattern !== undefined) {
    rules.push(
      rule(
        'wrong-form',
        `Form ${pattern.source}`,
        `form ${pattern.source}`,
        (v) => isString(v) && matches(v, pattern),
      ),
    );
  }
  return {
    live,
    fromText: live,
    rules,
    schema: {
      type: 'string',
      minLength: min,
      maxLength: max,
      ...(pattern === undefined ? {} : { pattern: pattern.source }),
    },
    example: 'Text',
  };
}

/** One of a closed list of words. */
export function choice(of: readonly string[]): Kind {
  const words = of.join(', ');
  return {
    live: asIs,
    fromText: asIs,
    rules: [
      rule('not-a-choice', `eines von: ${words}`, `one of: ${words}`, (v) => isString(v) && isIn(v, of)),
    ],
    schema: { type: 'string', enum: of },
    example: of[0],
  };
}

/** The id of a thing. */
export function id(): Kind {
  const live = (raw: unknown): unknown => (isString(raw) ? raw.toLowerCase() : raw);
  return {
    live,
    fromText: live,
    rules: [rule('not-an-id', 'eine UUID', 'a UUID', (v) => isString(v) && isUuid(v))],
    schema: { type: 'string', format: 'uuid', minLength: 36, maxLength: 36 },
    example: '0198c0de-7a11-7000-8000-000000000001',
  };
}

/** Yes or no. */
export function flag(): Kind {
  return {
    live: asIs,
    fromText: (written) => (written === 'true' ? true : written === 'false' ? false : written),
    rules: [rule('not-a-flag', 'true oder false', 'true or false', isBoolean)],
    schema: { type: 'boolean' },
    example: true,
  };
}

export const isList = (value: unknown): value is unknown[] => isArray(value);
