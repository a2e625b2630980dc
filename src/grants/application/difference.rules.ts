import { CalendarDate } from '../../kernel/calendar-date.js';
import { Money } from '../../kernel/money.js';
import type { Text } from '../../kernel/violation.js';
import { sourceWords } from '../../financing/plan.rules.js';
import { attachmentWords } from '../../programmes/call.rules.js';
import { categoryWords } from '../../programmes/ceiling.rules.js';
import { measureWords } from './measure.rules.js';
import { hundredths } from '../explanation.rules.js';

/** One thing that another version says differently; `pointer` leads to it, items of lists by what they are. */
export interface Change {
  readonly pointer: string;
  readonly words: Text;
}

type Locale = 'de' | 'en';
type Scalar = string | number | boolean | null;
type Json = Scalar | readonly Json[] | { readonly [name: string]: Json };
type Item = Readonly<Record<string, Json>>;

/** A value of the content and what it belongs to. */
interface Leaf {
  readonly name: string;
  readonly value: Scalar;
  /** Pointer of the item of a list this belongs to, or of the part of the content. */
  readonly owner: string;
  readonly subject: Text;
}

/**
 * What a later submission says differently from an earlier one, in words. Both are read as they were frozen, every
 * value of them: what this function has no words for yet is named as it stands, never left out. Told in the order of
 * the pointers, whatever was changed, added or left out: part by part, posts and measures by their numbers.
 */
export function difference(earlier: string, later: string): Change[] {
  const [before, after] = [leavesOf(earlier), leavesOf(later)];
  const [stood, stands] = [ownersOf(before), ownersOf(after)];
  const changes: Change[] = [];
  const told = new Set<string>();
  for (const pointer of new Set([...before.keys(), ...after.keys()])) {
    const [old, now] = [before.get(pointer), after.get(pointer)];
    const leaf = now ?? old;
    if (leaf === undefined) continue;
    const { owner } = leaf;
    if (stood.has(owner) && stands.has(owner)) {
      const [was, is] = [old?.value ?? null, now?.value ?? null];
      if (was !== is) changes.push({ pointer, words: changed(leaf, was, is) });
    } else if (!told.has(owner)) {
      told.add(owner);
      const whole = [...(stands.has(owner) ? after : before).values()].filter((one) => one.owner === owner);
      changes.push({ pointer: owner, words: stands.has(owner) ? added(whole) : removed(whole) });
    }
  }
  return changes.sort((one, other) => inOrder(one.pointer, other.pointer));
}

/** Segment by segment; numbers come before words, and the tenth post after the second. */
function inOrder(one: string, other: string): number {
  const [mine, yours] = [one.split(SEGMENTS), other.split(SEGMENTS)];
  for (const [index, a] of mine.entries()) {
    const b = yours[index];
    if (b === undefined) return 1;
    if (a === b) continue;
    const [x, y] = [rankOf(a), rankOf(b)];
    return x === y ? (a < b ? -1 : 1) : x - y;
  }
  return mine.length - yours.length;
}

const SEGMENTS = /[/+]/;
const NUMBER = /^\d+$/;
const rankOf = (segment: string): number => (NUMBER.test(segment) ? Number(segment) : Infinity);

function leavesOf(content: string): Map<string, Leaf> {
  const leaves = new Map<string, Leaf>();
  const parsed = JSON.parse(content) as Item;
  for (const [part, value] of Object.entries(parsed)) {
    collect(value, { path: part, subject: subjectOf(part, {}), owner: `/${part}` }, leaves);
  }
  return leaves;
}

/** Where in the content a value stands, and what it belongs to there. */
interface Place {
  readonly path: string;
  readonly subject: Text;
  readonly owner: string;
}

/** Goes down to the values; an item of a list is an owner of its own. */
function collect(value: Json, place: Place, into: Map<string, Leaf>): void {
  const { path, subject, owner } = place;
  if (isList(value)) {
    value.forEach((one, index) => {
      const item = isItem(one) ? one : null;
      const at = `${path}/${item === null ? String(index) : identityOf(path, item, index)}`;
      const of = item === null ? subject : subjectOf(path, item);
      collect(one, { path: at, subject: of, owner: `/${at}` }, into);
    });
  } else if (isItem(value)) {
    for (const [name, member] of Object.entries(value)) {
      const part = isList(member) || isItem(member) ? subjectOf(`${path}/${name}`, {}) : subject;
      collect(member, { path: `${path}/${name}`, subject: part, owner }, into);
    }
  } else {
    into.set(`/${path}`, { name: path.split('/').at(-1) ?? path, value, owner, subject });
  }
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

const isItem = (value: Json): value is Item => typeof value === 'object' && value !== null && !isList(value);

const ownersOf = (leaves: ReadonlyMap<string, Leaf>): Set<string> =>
  new Set([...leaves.values()].map(({ owner }) => owner));

/** What tells the items of a list apart, where it is less than everything that could. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  attachments: ['id'],
  posts: ['position'],
  measures: ['position'],
};
const IDENTITY = ['id', 'position', 'code', 'source', 'fundingYear'] as const;

/** What makes an item of a list the same in two versions: its place, its source, its year, as far as it has them. */
function identityOf(list: string, item: Item, index: number): string {
  const names = (KEYS[list] ?? IDENTITY).filter((name) => item[name] !== undefined);
  const parts = names.map((name) => scalar(item[name]));
  return parts.length === 0 ? String(index) : parts.join('+');
}

/** What a value belongs to, in words. */
function subjectOf(path: string, item: Item): Text {
  const [list = '', within = ''] = path.split('/');
  const { position, source, kind } = item;
  // What is reckoned for a year stands beneath that year.
  const year = item['fundingYear'] ?? (YEAR.test(within) ? within : undefined);
  const said = (locale: Locale): string => {
    const numbered = NUMBERED[list] ?? POST;
    const names = [
      PARTS[list]?.[locale] ?? list,
      ...(position === undefined ? [] : [`${numbered[locale]} ${scalar(position)}`]),
      ...(source === undefined ? [] : [word('source', scalar(source), locale)]),
      ...(kind === undefined || !CALLED_BY_KIND.includes(list) ? [] : [word('kind', scalar(kind), locale)]),
      ...(year === undefined ? [] : [scalar(year)]),
    ];
    // What is called by its number needs no name of the list it is in.
    return (Object.hasOwn(NUMBERED, list) && position !== undefined ? names.slice(1) : names).join(', ');
  };
  return { de: said('de'), en: said('en') };
}

const YEAR = /^\d{4}$/;
const POST: Text = { de: 'Stelle', en: 'Post' };
const NUMBERED: Readonly<Record<string, Text>> = { posts: POST, measures: { de: 'Vorhaben', en: 'Measure' } };
const CALLED_BY_KIND = ['attachments', 'measures'];

const scalar = (value: Json | undefined): string => (typeof value === 'object' ? '' : String(value));

/** "Stelle 3: 1,00 statt 0,50 Vollzeitäquivalente" */
function changed({ name, subject }: Leaf, old: Scalar, now: Scalar): Text {
  const said = (locale: Locale): string => {
    const field = FIELDS[name];
    const instead = locale === 'de' ? 'statt' : 'instead of';
    const [before, unit] = [field?.before?.[locale] ?? '', field?.unit?.[locale] ?? ''];
    const plain = field === undefined ? `${name} ` : before === '' ? '' : `${before} `;
    const values = `${word(name, now, locale)} ${instead} ${word(name, old, locale)}`;
    return `${subject[locale]}: ${plain}${values}${unit === '' ? '' : ` ${unit}`}`;
  };
  return { de: said('de'), en: said('en') };
}

function added(leaves: readonly Leaf[]): Text {
  return { de: `${whole(leaves, 'de')} kommt hinzu`, en: `${whole(leaves, 'en')} is added` };
}

function removed(leaves: readonly Leaf[]): Text {
  return { de: `${whole(leaves, 'de')} entfällt`, en: `${whole(leaves, 'en')} is left out` };
}

/** "Stelle 3 (Fachkraft, 0,50 Vollzeitäquivalente, …)" */
function whole(leaves: readonly Leaf[], locale: Locale): string {
  const told = leaves.filter(({ name, value }) => value !== null && FIELDS[name]?.silent !== true);
  const parts = told.map(({ name, value }) => {
    const { before, unit } = FIELDS[name] ?? { before: { de: name, en: name } };
    return [before?.[locale] ?? '', word(name, value, locale), unit?.[locale] ?? '']
      .filter((one) => one !== '')
      .join(' ');
  });
  const subject = leaves[0]?.subject[locale] ?? '';
  return parts.length === 0 ? subject : `${subject} (${parts.join(', ')})`;
}

const PARTS: Readonly<Record<string, Text>> = {
  application: { de: 'Antrag', en: 'Application' },
  posts: { de: 'Stellen', en: 'Posts' },
  measures: { de: 'Vorhaben', en: 'Measures' },
  financingPlan: { de: 'Finanzierungsplan', en: 'Financing plan' },
  attachments: { de: 'Anlage', en: 'Attachment' },
  calculation: { de: 'Berechnung', en: 'Calculation' },
};

interface Field {
  /** Stands before the value. */
  readonly before?: Text;
  /** Stands behind it. */
  readonly unit?: Text;
  /** Said by the subject already. */
  readonly silent?: true;
}

const FIELDS: Readonly<Record<string, Field>> = {
  position: { silent: true },
  source: { silent: true },
  kind: { silent: true },
  fundingYear: { before: { de: 'Haushaltsjahr', en: 'funding year' }, silent: true },
  id: { silent: true },
  category: {},
  text: {},
  units: { before: { de: 'Zahl der Einheiten', en: 'number of units' } },
  fteHundredths: { unit: { de: 'Vollzeitäquivalente', en: 'full-time equivalents' } },
  occupiedFrom: { before: { de: 'besetzt ab', en: 'occupied from' } },
  occupiedTo: { before: { de: 'besetzt bis einschließlich', en: 'occupied until and including' } },
  expectedExpenditureCents: { before: { de: 'erwartete Ausgaben', en: 'expected expenditure' } },
  amountCents: {},
  inKind: { before: { de: 'unbar', en: 'in kind' } },
  modelled: { before: { de: 'modelliert', en: 'modelled' } },
  origin: { before: { de: 'Herkunft', en: 'origin' } },
  periodFrom: { before: { de: 'Bewilligungszeitraum ab', en: 'grant period from' } },
  periodTo: {
    before: { de: 'Bewilligungszeitraum bis einschließlich', en: 'grant period to and including' },
  },
  guidelineVersionId: { before: { de: 'Fassung der Richtlinie', en: 'guideline version' } },
  callId: { before: { de: 'Aufruf', en: 'call' } },
  mediaType: { before: { de: 'Art', en: 'type' } },
  sizeBytes: { unit: { de: 'Byte', en: 'bytes' } },
  sha256: { before: { de: 'SHA-256', en: 'SHA-256' } },
};

/** Half-open ends are told by their last day, as people read them. */
const LAST_DAYS = ['occupiedTo', 'periodTo'];
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A value as people read it. */
function word(name: string, value: Scalar, locale: Locale): string {
  if (value === null) return locale === 'de' ? 'keine Angabe' : 'nothing';
  if (typeof value === 'boolean') return value ? YES[locale] : NO[locale];
  if (typeof value === 'number') {
    if (name.endsWith('Cents')) return Money.ofCents(value).format(locale);
    return name.endsWith('Hundredths') ? hundredths(String(value), locale) : String(value);
  }
  if (DAY.test(value)) {
    const day = CalendarDate.parse(value);
    return (LAST_DAYS.includes(name) ? day.plusDays(-1) : day).format(locale);
  }
  const known = WORDS[name];
  return (known !== undefined && Object.hasOwn(known, value) ? known[value]?.[locale] : undefined) ?? value;
}

const YES: Text = { de: 'ja', en: 'yes' };
const NO: Text = { de: 'nein', en: 'no' };

const WORDS: Readonly<Record<string, Readonly<Record<string, Text>>>> = {
  source: sourceWords,
  kind: { ...attachmentWords, ...measureWords },
  category: categoryWords,
};
