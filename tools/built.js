// Builds, unless what was built last is newer than every source: so a second start begins at once.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const STAMP = join(root, 'dist', 'built');
const SETTINGS = ['package-lock.json', 'nest-cli.json', 'tsconfig.json', 'tsconfig.build.json'];

/** Folders count too: one that lost a file has changed. */
const sources = ['src', 'migrations'].flatMap((folder) => [
  join(root, folder),
  ...readdirSync(join(root, folder), { recursive: true }).map((name) => join(root, folder, name)),
]);
const changedAt = (path) => statSync(path).mtimeMs;
const builtAt = existsSync(STAMP) ? changedAt(STAMP) : 0;

if ([...sources, ...SETTINGS.map((name) => join(root, name))].some((path) => changedAt(path) >= builtAt)) {
  const began = new Date();
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(STAMP, '');
  // What is changed while it is built is built again.
  utimesSync(STAMP, began, began);
}
