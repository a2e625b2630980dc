import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { plant, root } from './planted-tree.js';

interface Sample {
  readonly path: string;
  readonly text: string;
  readonly breaks: readonly string[];
}

const sample = (path: string, text: string, ...breaks: string[]): Sample => ({ path, text, breaks });
const lines = (count: number) => '  console.log(1);\n'.repeat(count);

/** Each ban is broken once, and the same words stand once where they are allowed. */
const samples: readonly Sample[] = [
  sample('src/kernel/all.ts', "export * from './money.js';", 'house/no-barrels'),
  sample('src/kernel/some.ts', "export { Money } from './money.js';", 'house/no-barrels'),
  sample('src/kernel/index.ts', 'export const money = 1;', 'house/no-index'),
  sample('src/grants/a.module.ts', 'forwardRef(() => Module);', 'house/no-forward-ref'),
  sample('src/grants/a.service.ts', 'await source.transaction(work);', 'house/one-door'),
  sample('src/grants/b.repository.ts', 'await runner.startTransaction();', 'house/one-door'),
  sample('src/grants/c.repository.ts', "await client.query('BEGIN');", 'house/one-door'),
  sample('src/grants/d.repository.ts', 'await tx.rows(`\n  begin isolation level ${x}`);', 'house/one-door'),
  sample('src/audit/runner.ts', "await source.transaction(work); await client.query('BEGIN');"),
  sample('src/grants/e.repository.ts', "await tx.rows('select 1 as begin');"),
  sample('src/grants/f.service.ts', "await unit.rows('select 1');", 'house/sql-in-repositories'),
  sample('src/grants/g.service.ts', 'tx.manager.save(x);', 'house/sql-in-repositories'),
  sample('src/grants/h.repository.ts', "await tx.rows('select 1'); tx.manager;"),
  sample('src/grants/i.ts', 'export const x = new Date(2026, 1, 1);', 'house/one-clock'),
  sample('src/grants/j.ts', 'export const x = Date.now();', 'house/one-clock'),
  sample('src/grants/k.ts', 'export const x = Temporal.Now.instant();', 'house/one-clock'),
  sample('src/platform/clock.ts', 'export const x = [new Date(), Temporal.Now.instant()];'),
  sample('src/grants/l.ts', "export const x = parseFloat('1.10');", 'house/no-float-money'),
  sample('src/grants/m.ts', "export const x = Number.parseFloat('1.10');", 'house/no-float-money'),
  sample('src/grants/n.ts', 'export const x = amount.toFixed(2);', 'house/no-float-money'),
  sample('test/api/a.spec.ts', "it.only('x', () => undefined);", 'house/no-focused-tests'),
  sample('test/api/b.spec.ts', "fdescribe('x', () => undefined);", 'house/no-focused-tests'),
  sample('test/api/c.spec.ts', "describe.skip('x', () => undefined);", 'house/no-skipped-tests'),
  sample('src/grants/o.spec.ts', "it.todo('x');", 'house/no-skipped-tests'),
  sample(
    'src/grants/p.spec.ts',
    "it('x', () => { console.log(Date.now(), process.env['X'], 0.1.toFixed(2)); });",
  ),
  sample('src/grants/q.ts', "console.log('x');", 'house/no-console'),
  sample('src/grants/r.ts', 'export const x = process.env;', 'house/one-config'),
  sample('src/bin/start.ts', 'console.log(process.env);'),
  sample('src/grants/s.ts', 'export const x = y as unknown as string;', 'house/no-double-cast'),
  sample('src/grants/t.ts', 'export function f(a, b, c, d, e) {}', 'house/few-parameters'),
  sample('src/grants/u.service.ts', 'export class U { constructor(a, b, c, d, e, f) {} m(a, b, c, d) {} }'),
  sample('src/grants/v.service.ts', 'throw new NotFoundException();', 'house/failures-not-exceptions'),

  sample(
    'src/grants/floating.ts',
    'async function f(): Promise<void> {}\nf();',
    '@typescript-eslint/no-floating-promises',
  ),
  sample(
    'src/grants/switch.ts',
    "export function f(x: 'a' | 'b'): void {\n  switch (x) {\n    case 'a':\n  }\n}",
    '@typescript-eslint/switch-exhaustiveness-check',
  ),
  sample(
    'src/grants/any.ts',
    'export const f = (x: any): unknown => x;',
    '@typescript-eslint/no-explicit-any',
  ),
  sample('src/bin/long-function.ts', `export function f(): void {\n${lines(61)}}`, 'max-lines-per-function'),
  sample('src/bin/long-file.ts', lines(301), 'max-lines'),
  sample('test/api/long.spec.ts', `export function f(): void {\n${lines(400)}}`),
  sample(
    'src/grants/hushed.ts',
    '// eslint-disable-next-line\nexport const x = Date.now();',
    'house/one-clock',
  ),
];

const proven = new Set(samples.flatMap(({ breaks }) => breaks));

describe('the bans of this house', () => {
  let place: string;
  let found: Map<string, string[]>;
  let bans: string[];

  beforeAll(async () => {
    const config = `import config from ${JSON.stringify(join(root, 'eslint.config.js'))};
      export default [...config, {
        files: ['**/*.ts'],
        languageOptions: { parserOptions: { tsconfigRootDir: import.meta.dirname } },
      }];`;
    const files = Object.fromEntries(samples.map(({ path, text }) => [path, `${text}\n`]));
    place = plant(
      { ...files, 'eslint.config.js': config },
      { dependencies: [], devDependencies: [], undeclared: [] },
    );
    found = lint(place);
    const house = (await import(join(root, 'tools/bans.js'))) as { bans: readonly { name: string }[] };
    bans = house.bans.map(({ name }) => `house/${name}`);
  }, 60_000);

  afterAll(() => {
    rmSync(place, { recursive: true, force: true });
  });

  it.each(samples)('$path $breaks', ({ path, breaks }) => {
    expect((found.get(path) ?? []).filter((rule) => proven.has(rule))).toEqual(breaks);
  });

  it('are all broken here, so that none is only believed to work', () => {
    expect(bans.filter((ban) => !proven.has(ban))).toEqual([]);
  });
});

/** Path -> rules broken there, each once. */
function lint(place: string): Map<string, string[]> {
  const program = join(root, 'node_modules/eslint/bin/eslint.js');
  const run = spawnSync(process.execPath, [program, '--format', 'json', 'src', 'test'], {
    cwd: place,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (run.status !== 1) {
    throw new Error(`ESLint ended with ${String(run.status)}: ${run.stderr}`);
  }
  const files = JSON.parse(run.stdout) as {
    filePath: string;
    messages: { ruleId: string | null; fatal?: boolean; message: string }[];
  }[];
  return new Map(
    files.map(({ filePath, messages }) => {
      const fatal = messages.find((message) => message.fatal === true);
      if (fatal) {
        throw new Error(`${filePath}: ${fatal.message}`);
      }
      const rules = messages.flatMap(({ ruleId }) => (ruleId === null ? [] : [ruleId]));
      return [filePath.slice(filePath.indexOf(place) + place.length + 1), [...new Set(rules)]];
    }),
  );
}
