import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CalendarDate } from './calendar-date.js';
import { canonicalBytes, sha256Hex } from './canonical-json.js';
import { Money } from './money.js';

const textOf = (value: unknown): string => new TextDecoder().decode(canonicalBytes(value));

function double(hexadecimal: string): number {
  return Buffer.from(hexadecimal, 'hex').readDoubleBE();
}

/** RFC 8785, appendix B. */
const publishedNumbers: [string, string][] = [
  ['0000000000000000', '0'],
  ['8000000000000000', '0'],
  ['0000000000000001', '5e-324'],
  ['8000000000000001', '-5e-324'],
  ['7fefffffffffffff', '1.7976931348623157e+308'],
  ['ffefffffffffffff', '-1.7976931348623157e+308'],
  ['4340000000000000', '9007199254740992'],
  ['c340000000000000', '-9007199254740992'],
  ['4430000000000000', '295147905179352830000'],
  ['44b52d02c7e14af5', '9.999999999999997e+22'],
  ['44b52d02c7e14af6', '1e+23'],
  ['44b52d02c7e14af7', '1.0000000000000001e+23'],
  ['444b1ae4d6e2ef4e', '999999999999999700000'],
  ['444b1ae4d6e2ef4f', '999999999999999900000'],
  ['444b1ae4d6e2ef50', '1e+21'],
  ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
  ['3eb0c6f7a0b5ed8d', '0.000001'],
  ['41b3de4355555553', '333333333.3333332'],
  ['41b3de4355555554', '333333333.33333325'],
  ['41b3de4355555555', '333333333.3333333'],
  ['41b3de4355555556', '333333333.3333334'],
  ['41b3de4355555557', '333333333.33333343'],
  ['becbf647612f3696', '-0.0000033333333333333333'],
  ['43143ff3c1cb0959', '1424953923781206.2'],
];

describe('canonicalBytes follows RFC 8785', () => {
  it('in the bytes of sections 3.2.2 to 3.2.4', () => {
    const source = String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`;
    const published = `
      7b 22 6c 69 74 65 72 61 6c 73 22 3a 5b 6e 75 6c 6c 2c 74 72
      75 65 2c 66 61 6c 73 65 5d 2c 22 6e 75 6d 62 65 72 73 22 3a
      5b 33 33 33 33 33 33 33 33 33 2e 33 33 33 33 33 33 33 2c 31
      65 2b 33 30 2c 34 2e 35 2c 30 2e 30 30 32 2c 31 65 2d 32 37
      5d 2c 22 73 74 72 69 6e 67 22 3a 22 e2 82 ac 24 5c 75 30 30
      30 66 5c 6e 41 27 42 5c 22 5c 5c 5c 5c 5c 22 2f 22 7d`;
    const bytes = canonicalBytes(JSON.parse(source));
    expect(Buffer.from(bytes).toString('hex')).toBe(published.replaceAll(/\s/g, ''));
  });

  it('in the order of names by UTF-16 code units, section 3.2.3', () => {
    const source = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    expect([...textOf(source).matchAll(/:"([^"]*)"/g)].map(([, value]) => value)).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
  });

  it.each(publishedNumbers)('in the number of the double %s: %s', (hexadecimal, text) => {
    expect(textOf(double(hexadecimal))).toBe(text);
  });

  it.each(['7fffffffffffffff', '7ff0000000000000', 'fff0000000000000'])(
    'in refusing the double %s',
    (bits) => {
      expect(() => canonicalBytes({ a: double(bits) })).toThrow(TypeError);
    },
  );

  it('whatever the order of members, and without losing anything', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const text = textOf(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(textOf(backwards(value))).toBe(text);
      }),
    );
  });
});

describe('canonicalBytes', () => {
  it('takes money as cents and days as ISO 8601', () => {
    const value = { paidOn: CalendarDate.of(2016, 2, 29), amountCents: Money.ofCents(17_000_000) };
    expect(textOf(value)).toBe('{"amountCents":17000000,"paidOn":"2016-02-29"}');
    expect(() => canonicalBytes(Money.ofCents(2n ** 53n))).toThrow(RangeError);
  });

  it.each<[string, unknown, string]>([
    ['an undefined member', { a: undefined }, '/a'],
    ['undefined in a list', [1, undefined], '/1'],
    ['a hole in a list', Array(1), '/0'],
    ['undefined itself', undefined, ''],
    ['a function', { a: { b: () => 1 } }, '/a/b'],
    ['a symbol', [Symbol('s')], '/0'],
    ['a bigint', { 'a/b~c': 1n }, '/a~1b~0c'],
    ['NaN', [Number.NaN], '/0'],
    ['an infinity', [[Number.NEGATIVE_INFINITY]], '/0/0'],
    ['a lone high surrogate', { a: 'x\ud83d' }, '/a'],
    ['a lone low surrogate', ['\ude00\ud83d'], '/0'],
    ['a lone surrogate in a name', { list: [{ '\ud83d': 1 }] }, '/list/0/\ud83d'],
    ['a map', { a: new Map([['b', 1]]) }, '/a'],
    ['a set', new Set([1]), ''],
    ['bytes', { a: new Uint8Array(2) }, '/a'],
    ['a buffer', { a: Buffer.from('ab') }, '/a'],
    ['what toJSON makes undefined', { a: { toJSON: () => undefined } }, '/a'],
  ])('refuses %s and says where', (_, value, pointer) => {
    expect(() => canonicalBytes(value)).toThrow(TypeError);
    expect(() => canonicalBytes(value)).toThrow(`at "${pointer}"`);
  });

  it('refuses cycles instead of running on', () => {
    const snake: { tail?: object } = {};
    snake.tail = snake;
    expect(() => canonicalBytes(snake)).toThrow(TypeError);
  });

  it('keeps a member named __proto__', () => {
    expect(textOf(JSON.parse('{"b":1,"__proto__":{"a":2}}'))).toBe('{"__proto__":{"a":2},"b":1}');
  });
});

describe('sha256Hex', () => {
  it('gives the digests of FIPS 180-2', () => {
    const digest = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    expect(sha256Hex(new TextEncoder().encode('abc'))).toBe(digest);
    expect(sha256Hex(new Uint8Array())).toHaveLength(64);
  });
});

function backwards(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(backwards);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).toReversed();
  return Object.fromEntries(entries.map(([name, member]) => [name, backwards(member)]));
}
