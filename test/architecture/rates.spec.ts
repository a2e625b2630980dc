import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { guidelines } from '../../src/demo/data/guidelines.js';

/** Where amounts of the law may stand: the data that is entered, tests that reckon by hand, and examples for readers. */
const DATA = 'src/demo/data/';
const EXAMPLE = /\bexample: '?[\d_]+'?/g;
/** Hundredths of a per cent, limits and page sizes share their digits with amounts; none of these is a rate in cents. */
const COMMON = new Set(['10000', '50000', '20000', '15000', '1000000']);

/** Every rate, lump sum and ceiling that is entered, in cents and in euros. */
function amounts(): Set<string> {
  const values = guidelines.flatMap(({ rates, materials }) => [...rates, ...materials]);
  const cents = values.flatMap(({ amount }) => amount?.cents ?? []);
  const digits = cents.flatMap((amount) => [String(amount), String(amount / 100n)]);
  return new Set(digits.filter((one) => !COMMON.has(one)));
}

describe('rates', () => {
  const files = ['src', 'migrations']
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
    )
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts') && !path.startsWith(DATA));

  it('are many, so that a search for them finds something', () => {
    expect(amounts().size).toBeGreaterThan(8);
    expect(files.length).toBeGreaterThan(200);
  });

  it('stand in no code: a number of the law is a dated row with a source', () => {
    const known = amounts();
    const found = files.flatMap((path) =>
      readFileSync(path, 'utf8')
        .split('\n')
        .flatMap((line, index) => {
          const numbers = line.replaceAll(EXAMPLE, '').match(/\b\d[\d_]*\b/g) ?? [];
          return numbers.some((number) => known.has(number.replaceAll('_', '')))
            ? [`${path}:${String(index + 1)} ${line.trim()}`]
            : [];
        }),
    );
    expect(found).toEqual([]);
  });
});
