import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The project, whose tools are tried on the planted tree. */
export const root = process.cwd();

export interface Packages {
  readonly dependencies: readonly string[];
  readonly devDependencies: readonly string[];
  readonly undeclared: readonly string[];
}

/** Writes a small project with its own, empty packages into a new temporary folder and returns the folder. */
export function plant(files: Readonly<Record<string, string>>, packages: Packages): string {
  const place = mkdtempSync(join(tmpdir(), 'planted-'));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(place, path)), { recursive: true });
    writeFileSync(join(place, path), text);
  };
  const versions = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, '1.0.0']));
  write(
    'package.json',
    JSON.stringify({
      name: 'planted',
      type: 'module',
      dependencies: versions(packages.dependencies),
      devDependencies: versions(packages.devDependencies),
    }),
  );
  write(
    'tsconfig.json',
    JSON.stringify({
      compilerOptions: { module: 'nodenext', target: 'es2023', strict: true, types: [] },
      include: ['src', 'migrations', 'test'],
    }),
  );
  for (const name of Object.values(packages).flat() as string[]) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
    write(`node_modules/${name}/index.js`, '');
  }
  for (const [path, text] of Object.entries(files)) {
    write(path, text);
  }
  return place;
}
