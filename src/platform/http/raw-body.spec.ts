import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Failure } from '../../kernel/failure.js';
import { parseStrictly } from './raw-body.js';

function objectionTo(text: string): string {
  try {
    parseStrictly(Buffer.from(text));
    return 'none';
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    return failure.violations.map((one) => `${one.pointer ?? '-'} ${one.code}`).join();
  }
}

describe('a JSON body', () => {
  it.each([
    ['a NUL, escaped', '{"purpose":"a\\u0000b"}', '/purpose nul-character'],
    ['a NUL, raw', '{"purpose":"a\u0000b"}', '- syntax'],
    ['a NUL in a name', '{"a\\u0000":1}', '/a\ufffd nul-character'],
    ['half a character', '{"posts":[{"x":"\\ud800"}]}', '/posts/0/x lone-surrogate'],
    ['a name twice', '{"year":2026,"posts":[{"a":1,"a":2}]}', '/posts/0/a duplicate-key'],
    ['a name twice, once escaped', '{"year":2026,"\\u0079ear":2027}', '/year duplicate-key'],
    ['__proto__', '{"__proto__":{"year":2026}}', '/__proto__ reserved-key'],
    ['toString', '{"toString":1}', '/toString reserved-key'],
    ['33 levels', `{"a":${'['.repeat(32)}${']'.repeat(32)}}`, '/a/0/0/0 too-deep'],
    ['3,001 values', `{"a":[${'1,'.repeat(2_999)}1]}`, ' too-many-values'],
    ['3000 levels', `{"a":${'['.repeat(3000)}${']'.repeat(3000)}}`, '/a/0/0/0 too-deep'],
    ['49,000 levels unclosed', '['.repeat(49_000), '- syntax'],
    ['a list', '[]', ' not-an-object'],
    ['a number', '1', ' not-an-object'],
    ['a comment', '{/* */}', '- syntax'],
    ['a trailing comma', '{"a":1,}', '- syntax'],
    ['a byte order mark', '\ufeff{}', '- syntax'],
    ['text after the object', '{} {}', '- syntax'],
  ])('refuses a body with %s', (_what, text, objection) => {
    expect(objectionTo(text)).toBe(objection);
  });

  it('may be 32 levels deep', () => {
    expect(objectionTo(`{"a":${'['.repeat(31)}${']'.repeat(31)}}`)).toBe('none');
  });

  it('is refused when it is not UTF-8', () => {
    expect(() => parseStrictly(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]))).toThrow('not-utf8');
    expect(() => parseStrictly(Buffer.from([0x7b, 0xed, 0xa0, 0x80, 0x7d]))).toThrow('not-utf8');
  });

  it('is otherwise what JSON.parse reads', () => {
    const names = fc
      .string({ unit: 'grapheme' })
      .filter((name) => !(name in Object.prototype) && !name.includes('\0'));
    const { tree } = fc.letrec((tie) => ({
      tree: fc.dictionary(
        names,
        fc.oneof(
          { maxDepth: 3 },
          fc.integer(),
          fc.boolean(),
          fc.constant(null),
          names,
          fc.array(tie('tree'), { maxLength: 3 }),
          tie('tree'),
        ),
        // Wide trees are deep ones too, and grow with the power of their depth.
        { maxKeys: 4 },
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        const text = JSON.stringify(value);
        expect(parseStrictly(Buffer.from(text))).toEqual(JSON.parse(text));
      }),
      { numRuns: 100 },
    );
  });
});
