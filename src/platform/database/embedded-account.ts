import { spawn } from 'node:child_process';
import { stat } from 'node:fs/promises';

/** Why the database could not be started, as a sentence an operator can act on. */
export class DatabaseStartError extends Error {
  override readonly name = 'DatabaseStartError';
}

/** The account of the operating system the database runs under; no ids means: our own. */
export interface Account {
  readonly name: string;
  readonly ids: { readonly uid: number; readonly gid: number } | null;
}

export interface Outcome {
  readonly succeeded: boolean;
  readonly output: string;
}

/**
 * PostgreSQL refuses to run as root, for good reason. Whoever starts us as root gets the account that already
 * owns the data, else `foerderbuch` or `postgres`, else a new system account without a login.
 */
export async function databaseAccount(cluster: string, say: (line: string) => void): Promise<Account> {
  const ourId = process.getuid?.();
  const owner = await stat(cluster).catch(() => null);
  if (ourId !== 0) {
    if (owner && owner.uid !== ourId) {
      throw new DatabaseStartError(
        `The database in ${cluster} belongs to another user (id ${owner.uid}). ` +
          `Start as that user or as root, or name another folder in FOERDERBUCH_DATA.`,
      );
    }
    return { name: 'this user', ids: null };
  }
  if (owner && owner.uid !== 0) return { name: `user ${owner.uid}`, ids: { uid: owner.uid, gid: owner.gid } };
  return (await findAccount('foerderbuch')) ?? (await findAccount('postgres')) ?? (await createAccount(say));
}

async function findAccount(name: string): Promise<Account | null> {
  const [uid, gid] = await Promise.all([run(null, 'id', ['-u', name]), run(null, 'id', ['-g', name])]);
  if (!uid.succeeded || !gid.succeeded) return null;
  return { name, ids: { uid: Number(uid.output), gid: Number(gid.output) } };
}

async function createAccount(say: (line: string) => void): Promise<Account> {
  const attempts: [string, string[]][] = [
    ['useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', 'foerderbuch']],
    ['adduser', ['-S', '-D', '-H', '-s', '/bin/false', 'foerderbuch']],
  ];
  for (const [tool, argumentList] of attempts) {
    await run(null, tool, argumentList);
    const account = await findAccount('foerderbuch');
    if (account) {
      say('Created the system user "foerderbuch": PostgreSQL does not run as root.');
      return account;
    }
  }
  throw new DatabaseStartError(
    'PostgreSQL does not run as root, and no system user "foerderbuch" could be created. ' +
      'Start as an ordinary user, or create the user "foerderbuch", or name a server in DATABASE_URL.',
  );
}

/** Fixed, since root may be the one who looks for `useradd` along it. */
const SYSTEM_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * Runs a program to its end. It gets a session of its own, so that Ctrl-C in our terminal cannot interrupt a
 * start or a shutdown halfway; and the root folder, because the account may not enter ours.
 */
export function run(
  account: Account | null,
  file: string,
  argumentList: readonly string[],
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(file, argumentList, {
      ...account?.ids,
      cwd: '/',
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: SYSTEM_PATH, LC_ALL: 'C' },
    });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', (error) => {
      resolve({ succeeded: false, output: error.message });
    });
    child.on('close', (code) => {
      resolve({ succeeded: code === 0, output: Buffer.concat(chunks).toString('utf8').trim() });
    });
  });
}

/** Whether the account may enter a folder: asked by trying, since every folder above it has its say. */
export async function mayEnter(account: Account, folder: string): Promise<boolean> {
  return (await run(account, '/bin/sh', ['-c', 'cd "$0"', folder])).succeeded;
}
