import { describe, expect, it } from '@jest/globals';
import { Failure } from '../../kernel/failure.js';
import { newId } from '../../kernel/ids.js';
import { ChoiceField, FlagField } from './fields.js';
import { cursorOf, keyOf, pageOf, PageQuery } from './page.js';
import { parseQuery } from './query-string.js';
import { validated } from './validation.js';

class ThingQuery extends PageQuery {
  @ChoiceField({ de: 'Stand', en: 'state', of: ['open', 'closed'], optional: true })
  state: string | null = null;

  @FlagField({ de: 'Alle', en: 'all', optional: true, fromText: true })
  all = false;
}

const id = newId();

function objectionTo(search: string): string {
  try {
    keyOf(validated(ThingQuery, parseQuery(search), 'query').cursor, ['day', 'id']);
    return 'none';
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    return failure.violations.map((one) => `${one.pointer ?? '-'} ${one.code}`).join();
  }
}

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('the query of a list', () => {
  it.each([
    ['', 'none'],
    ['limit=200&all=true&dryRun=true', 'none'],
    [`cursor=${encoded(['2026-01-01', id])}`, 'none'],
    [`cursor=${encoded(['2026-01-01'])}`, 'query:cursor bad-cursor'],
    [`cursor=${encoded(['2026-02-30', id])}`, 'query:cursor bad-cursor'],
    [`cursor=${encoded(['2026-01-01', 'x\u0000'])}`, 'query:cursor bad-cursor'],
    [`cursor=${encoded([{}, []])}`, 'query:cursor bad-cursor'],
    ['cursor=abc', 'query:cursor bad-cursor'],
    ['cursor=%20', 'query:cursor too-short'],
    ['cursor=a.b', 'query:cursor wrong-form'],
    ['limit=0', 'query:limit too-small'],
    ['limit=201', 'query:limit too-large'],
    ['limit=1e2', 'query:limit not-an-integer'],
    ['limit=', 'query:limit not-an-integer'],
    ['limit=1&limit=2', 'query:limit duplicate-key'],
    ['limit[a]=1', 'query:limit[a] unknown-field'],
    ['all=1', 'query:all not-a-flag'],
    ['state=constructor', 'query:state not-a-choice'],
    ['__proto__=1', 'query:__proto__ duplicate-key'],
    ['limt=1', 'query:limt unknown-field'],
    ['limit=%', '- malformed-url'],
    ['limit=%ff', '- malformed-url'],
    ['x&'.repeat(51), '- too-many-items'],
  ])('%s: %s', (search, objection) => {
    expect(objectionTo(search)).toBe(objection);
  });
});

describe('a page', () => {
  const rows = Array.from({ length: 3 }, (_, index) => ({ index }));

  it('ends without a cursor when no row is left over', () => {
    expect(pageOf(rows, 3, (row) => [row.index])).toEqual({ items: rows, nextCursor: null });
    expect(pageOf([], 3, () => [])).toEqual({ items: [], nextCursor: null });
  });

  it('leads on from its last row when one is left over', () => {
    const { items, nextCursor } = pageOf(rows, 2, (row) => [row.index, 'ä']);
    expect(items).toHaveLength(2);
    expect(nextCursor).toBe(cursorOf([1, 'ä']));
    expect(keyOf(nextCursor, ['number', 'text'])).toEqual([1, 'ä']);
  });
});
