import { applyDecorators, type Type } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform, Type as Nested } from 'class-transformer';
import { isObject, ValidateBy, ValidateIf, ValidateNested } from 'class-validator';
import type { Text } from '../../kernel/violation.js';
import * as kinds from './kinds.js';
import type { Kind, Rule } from './kinds.js';

/** What every field tells its reader. Unit and source belong to the description, not to the name. */
export interface FieldNote {
  de: string;
  en: string;
  example?: unknown;
  /** May be left out. A null is refused unless the field is `nullable` as well. */
  optional?: true;
  nullable?: true;
  unit?: string;
  /** Provision or document the field comes from. */
  source?: string;
  /** The value arrives as text (query string). */
  fromText?: true;
}

type Thunk = Type<object> | (() => Type<object>);

interface Described {
  note: FieldNote;
  /** Answers the example of one field, looked up late so that views may refer to one another. */
  example: () => unknown;
}

const described = new Map<object, Map<string, Described>>();

/** What validation hands on to the problem: the rule's words and, for lists, how to find the items at fault. */
export interface RuleContext {
  text: Text;
  item?: (value: unknown) => boolean;
}

/** Stands for a JSON null where none is allowed, so that it is not mistaken for a field left out. */
const refusedNull = Symbol('null');

const presence: readonly Rule[] = [
  { code: 'required', text: { de: 'Pflichtangabe', en: 'required' }, holds: (v) => v !== undefined },
  {
    code: 'null-not-allowed',
    text: { de: 'darf nicht null sein', en: 'must not be null' },
    holds: (v) => v !== refusedNull,
  },
];

const isAbsent = (note: FieldNote, value: unknown): boolean =>
  (value === undefined && note.optional === true) ||
  (value === null && (note.nullable === true || note.optional === true));

/** One rule as a class-validator decorator; `each` applies it to every item of a list. */
function check(rule: Rule, each = false): PropertyDecorator {
  const context: RuleContext = each ? { text: rule.text, item: (v) => rule.holds(v) } : { text: rule.text };
  const validate = each
    ? (value: unknown): boolean => kinds.isList(value) && value.every((item) => rule.holds(item))
    : (value: unknown): boolean => rule.holds(value);
  return ValidateBy(
    { name: rule.code, validator: { validate, defaultMessage: () => rule.text.en } },
    { context },
  );
}

function live(kind: (raw: unknown) => unknown, note: FieldNote): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => {
    if (value === null) return note.nullable === true ? null : refusedNull;
    return kind(value);
  });
}

function describe(note: FieldNote, schema: object, example: () => unknown): PropertyDecorator {
  const unit = note.unit === undefined ? '' : ` [${note.unit}]`;
  const source = note.source === undefined ? '' : ` (${note.source})`;
  const options = {
    ...schema,
    description: `${note.de} · ${note.en}${unit}${source}`,
    required: note.optional !== true,
    ...(note.nullable === true ? { nullable: true } : {}),
    ...(note.example === undefined ? {} : { example: note.example }),
  } as ApiPropertyOptions;
  return (target, key) => {
    const of = described.get(target.constructor) ?? new Map<string, Described>();
    of.set(String(key), { note, example });
    described.set(target.constructor, of);
    ApiProperty(options)(target, key);
  };
}

function field(kind: Kind, note: FieldNote): PropertyDecorator {
  const example = (): unknown => (note.example === undefined ? kind.example : note.example);
  const read = (raw: unknown): unknown =>
    note.fromText === true && typeof raw === 'string' ? kind.fromText(raw) : kind.live(raw);
  return applyDecorators(
    ValidateIf((_, value: unknown) => !isAbsent(note, value)),
    ...[...presence, ...kind.rules].map((rule) => check(rule)),
    live(read, note),
    describe({ ...note, example: example() }, kind.schema, example),
  );
}

/** Money in whole cents; the name of the field ends in `Cents`. Live value: `Money`. */
export const CentsField = (note: FieldNote & kinds.Bounds): PropertyDecorator =>
  field(kinds.cents(note), { unit: 'Cent · cents', ...note });

/** A day, `YYYY-MM-DD`. Live value: `CalendarDate`. */
export const DayField = (note: FieldNote): PropertyDecorator => field(kinds.day(), note);

/** An instant with its zone. Live value: ISO text in UTC. */
export const InstantField = (note: FieldNote): PropertyDecorator => field(kinds.instant(), note);

/** A funding year, 2000 to 2100. Live value: `FundingYear`. */
export const YearField = (note: FieldNote): PropertyDecorator => field(kinds.year(), note);

/** A whole number, not negative unless `signed` or `min` says so. */
export const IntegerField = (note: FieldNote & kinds.Bounds): PropertyDecorator =>
  field(kinds.integer(note), note);

/** Trimmed text of 1 to 2000 characters unless bounded otherwise; `multiline` allows line breaks. */
export const TextField = (note: FieldNote & kinds.TextBounds): PropertyDecorator =>
  field(kinds.text(note), note);

/** One of the words in `of`, the same constant that governs the rule. */
export const ChoiceField = (note: FieldNote & { of: readonly string[] }): PropertyDecorator =>
  field(kinds.choice(note.of), note);

/** The UUID of a thing. Live value: branded id, lower case. */
export const IdField = (note: FieldNote): PropertyDecorator => field(kinds.id(), note);

/** true or false. */
export const FlagField = (note: FieldNote): PropertyDecorator => field(kinds.flag(), note);

const isRecord: Rule = {
  code: 'not-an-object',
  text: { de: 'ein Objekt', en: 'an object' },
  holds: (v) => isObject(v),
};

/** A nested object. `of` is its class, or a function answering it where two classes refer to each other. */
export function ObjectField(note: FieldNote & { of: Thunk }): PropertyDecorator {
  const of = late(note.of);
  return applyDecorators(
    ValidateIf((_, value: unknown) => !isAbsent(note, value)),
    ...[...presence, isRecord].map((rule) => check(rule)),
    ValidateNested(),
    Nested(of),
    live((raw) => raw, note),
    describe(note, { type: of }, () => (note.example === undefined ? exampleOf(of()) : note.example)),
  );
}

interface ListNote extends FieldNote {
  /** A kind from kinds.ts (`text({ max: 40 })`, `id()`), the class of the items, or a function answering it. */
  of: Kind | Thunk;
  /** Items; default 0. */
  min?: number;
  /** Items; default 200. */
  max?: number;
  /** Text and ids may not repeat. */
  unique?: true;
}

/** A list of values or of objects. */
export function ListField(note: ListNote): PropertyDecorator {
  const { of, min = 0, max = 200 } = note;
  const bounds = { isArray: true, minItems: min, maxItems: max };
  const start = [
    ValidateIf((_, value: unknown) => !isAbsent(note, value)),
    ...[...presence, ...listRules(note, min, max)].map((rule) => check(rule)),
  ];
  if (typeof of === 'object') {
    const items = (raw: unknown): unknown => (kinds.isList(raw) ? raw.map((item) => of.live(item)) : raw);
    const example = (): unknown => (note.example === undefined ? [of.example] : note.example);
    return applyDecorators(
      ...start,
      ...of.rules.map((rule) => check(rule, true)),
      live(items, note),
      describe(
        { ...note, example: example() },
        { ...of.schema, ...bounds, ...(note.unique === true ? { uniqueItems: true } : {}) },
        example,
      ),
    );
  }
  const item = late(of);
  return applyDecorators(
    ...start,
    check(isRecord, true),
    ValidateNested({ each: true }),
    Nested(item),
    live((raw) => raw, note),
    describe(note, { type: item, ...bounds }, () =>
      note.example === undefined ? [exampleOf(item())] : note.example,
    ),
  );
}

function listRules(note: ListNote, min: number, max: number): Rule[] {
  const count = (v: unknown): number => (kinds.isList(v) ? v.length : -1);
  const rules: Rule[] = [
    { code: 'not-a-list', text: { de: 'eine Liste', en: 'a list' }, holds: kinds.isList },
    {
      code: 'too-few-items',
      text: { de: `mindestens ${String(min)} Einträge`, en: `at least ${String(min)} items` },
      holds: (v) => count(v) >= min,
    },
    {
      code: 'too-many-items',
      text: { de: `höchstens ${String(max)} Einträge`, en: `at most ${String(max)} items` },
      holds: (v) => count(v) <= max,
    },
  ];
  if (note.unique === true) {
    const text = { de: 'keine Wiederholung', en: 'no repetition' };
    rules.push({
      code: 'repeated-item',
      text,
      holds: (v) => kinds.isList(v) && new Set(v.map(String)).size === v.length,
    });
  }
  return rules;
}

/** A class has a prototype of its own that is not writable; an arrow function has none. */
const isClass = (of: object): of is Type<object> =>
  Object.getOwnPropertyDescriptor(of, 'prototype')?.writable === false;

/** Looks the class up late. The swagger package knows such a function by its name, `type`. */
function late(of: Thunk): () => Type<object> {
  const type = (): Type<object> => (isClass(of) ? of : of());
  return type;
}

/** Whether a class declares its fields, itself or by what it extends. */
export const isDescribed = (of: unknown): of is Type<object> =>
  lineageOf(of).some((type) => described.has(type));

/** Whether the class, or what it extends, declares this field. */
export const hasField = (of: Type<object>, name: string): boolean =>
  lineageOf(of).some((type) => described.get(type)?.has(name) === true);

/** The class and what it extends, the eldest first. */
function lineageOf(of: unknown): object[] {
  const lineage: object[] = [];
  for (let type = of; typeof type === 'function'; type = Object.getPrototypeOf(type)) lineage.unshift(type);
  return lineage;
}

/** Example of the DTO or view that the document knows under this name; null when there is none. */
export function exampleNamed(name: string): Record<string, unknown> | null {
  for (const type of described.keys()) {
    if (isClass(type) && type.name === name) return exampleOf(type);
  }
  return null;
}

/** Example of a whole DTO or view, put together from the examples of its fields. */
export function exampleOf(of: Type<object>): Record<string, unknown> {
  const example: Record<string, unknown> = {};
  for (const type of lineageOf(of)) {
    for (const [name, { example: one }] of described.get(type) ?? []) example[name] = one();
  }
  return example;
}
