import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Account, DatabaseStartError, type Outcome, run } from './embedded-account.js';
import type { Place } from './embedded-places.js';

/** How the cluster is reached; kept beside the data, readable only by the account that owns it. */
export interface Connection {
  readonly port: number;
  readonly passwords: { readonly admin: string; readonly owner: string; readonly app: string };
}

const connectionFile = (place: Place): string => join(place.cluster, 'connection.json');

export async function readConnection(place: Place): Promise<Connection> {
  return JSON.parse(await readFile(connectionFile(place), 'utf8')) as Connection;
}

export async function rememberPort(place: Place, connection: Connection, port: number): Promise<void> {
  if (connection.port === port) return;
  await writeSecret(place.account, connectionFile(place), JSON.stringify({ ...connection, port }));
}

/** Replaced in one step: a crash must not leave half a file, for the passwords exist nowhere else. */
async function writeSecret(account: Account, file: string, text: string): Promise<void> {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, text, { mode: 0o600, flag: 'wx', flush: true });
  if (account.ids) await chown(draft, account.ids.uid, account.ids.gid);
  await rename(draft, file);
}

/**
 * Creates the cluster when there is none. It is made beside its place and moved there when complete, so that a
 * start broken off halfway, or two at once, can never leave half a cluster.
 */
export async function prepareCluster(place: Place, binaries: string, durable: boolean): Promise<void> {
  if (existsSync(place.cluster)) return;
  const draft = await mkdtemp(join(place.folder, 'new-'));
  const password = (): string => randomBytes(24).toString('base64url');
  const connection: Connection = {
    port: 0,
    passwords: { admin: password(), owner: password(), app: password() },
  };
  try {
    if (place.account.ids) await chown(draft, place.account.ids.uid, place.account.ids.gid);
    const secret = join(draft, 'password');
    await writeSecret(place.account, secret, connection.passwords.admin);
    const outcome = await initialise(place.account, binaries, draft, durable);
    if (!outcome.succeeded)
      throw new DatabaseStartError(`The database could not be created: ${outcome.output}`);
    await rm(secret);
    await writeSecret(place.account, join(draft, 'connection.json'), JSON.stringify(connection));
    await rename(draft, place.cluster);
  } catch (error) {
    await removeFolder(draft);
    if (!existsSync(place.cluster)) throw error;
  }
}

/** German order for umlauts from ICU; the C library's part is UTF-8 where the machine has such a locale. */
async function initialise(
  account: Account,
  binaries: string,
  draft: string,
  durable: boolean,
): Promise<Outcome> {
  const attempt = (locale: string): Promise<Outcome> =>
    run(account, join(binaries, 'initdb'), [
      `--pgdata=${join(draft, 'data')}`,
      `--pwfile=${join(draft, 'password')}`,
      '--username=postgres',
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=icu',
      '--icu-locale=de-DE',
      `--locale=${locale}`,
      '--lc-messages=C',
      ...(durable ? [] : ['--no-sync']),
    ]);
  const first = await attempt('C.UTF-8');
  return first.output.includes('invalid locale name') ? attempt('C') : first;
}

/** What starts left behind that were broken off; called only by the one that holds the cluster. */
export async function removeDrafts(place: Place): Promise<void> {
  const names = await readdir(place.folder);
  const drafts = names.filter((name) => name.startsWith('new-') || name.startsWith('probe-'));
  await Promise.all(drafts.map((name) => removeFolder(join(place.folder, name))));
}

/** Another start may still be filling it: that one fails soon, and until then files may appear while we clear away. */
function removeFolder(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
}
