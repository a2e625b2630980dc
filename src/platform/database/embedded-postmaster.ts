import { readFile, readlink, realpath, rename, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DatabaseStartError, run } from './embedded-account.js';
import type { Place } from './embedded-places.js';

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

const pidFile = (place: Place): string => join(place.cluster, 'data', 'postmaster.pid');

/** The postmaster that lives in our data, also one whose parent died; null when there is none. */
async function findPostmaster(place: Place): Promise<Postmaster | 'stranger' | null> {
  const lines = (await readFile(pidFile(place), 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  if (!pid || !isAlive(pid)) return null;
  return (await worksIn(pid, join(place.cluster, 'data'))) ? { pid, port: Number(lines[3]) } : 'stranger';
}

/**
 * As above, and clears the way: after a crash the recorded number may belong to any other program, and PostgreSQL
 * would refuse to start because of it. The pause lets processes of the old server notice that their parent is gone.
 */
export async function livePostmaster(place: Place): Promise<Postmaster | null> {
  const found = await findPostmaster(place);
  if (found !== 'stranger') return found;
  await pause(1000);
  if ((await findPostmaster(place)) === 'stranger') await rm(pidFile(place), { force: true });
  return null;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** A postmaster works in its data folder. Where the system does not tell (macOS), its name must do. */
async function worksIn(pid: number, data: string): Promise<boolean> {
  if (process.platform === 'linux') {
    const folder = await readlink(`/proc/${pid}/cwd`).catch(() => null);
    return folder === (await realpath(data));
  }
  return (await run(null, 'ps', ['-o', 'comm=', '-p', String(pid)])).output.includes('postgres');
}

/** The remembered port if it is free, else one the system gives us. */
async function freePort(remembered: number): Promise<number> {
  const tryPort = (port: number): Promise<number | null> =>
    new Promise((resolve) => {
      const probe = createServer();
      probe.once('error', () => {
        resolve(null);
      });
      probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
        const address = probe.address();
        probe.close(() => {
          resolve(address && typeof address === 'object' ? address.port : null);
        });
      });
    });
  const port = (remembered > 0 ? await tryPort(remembered) : null) ?? (await tryPort(0));
  if (port === null) throw new DatabaseStartError('No free port on 127.0.0.1 was found for the database.');
  return port;
}

/**
 * Starts a postmaster through pg_ctl, which gives it a session of its own: Ctrl-C in our terminal never reaches
 * it, and the shutdown stays in our hands. Null when another start was quicker or took the port.
 */
export async function launchPostmaster(
  place: Place,
  binaries: string,
  remembered: number,
  durable: boolean,
): Promise<Postmaster | null> {
  const port = await freePort(remembered);
  const log = join(place.cluster, 'postgres.log');
  await rename(log, join(place.cluster, 'postgres.previous.log')).catch(() => undefined);
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    timezone: 'UTC',
    max_connections: durable ? '100' : '200',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
    ...(durable ? {} : { wal_level: 'minimal', max_wal_senders: '0' }),
  };
  const flags = Object.entries(settings).map(([name, value]) => `-c ${name}='${value}'`);
  const control = [
    'start',
    '-w',
    '-t',
    '300',
    '-D',
    join(place.cluster, 'data'),
    '-l',
    log,
    '-o',
    flags.join(' '),
  ];
  const outcome = await run(place.account, join(binaries, 'pg_ctl'), control);
  if (outcome.succeeded) return livePostmaster(place);
  const report = await readFile(log, 'utf8').catch(() => outcome.output);
  if (/already exists|Address already in use|pre-existing shared memory/.test(report)) return null;
  throw new DatabaseStartError(
    `The database in ${place.cluster} did not start:\n${report.trim().slice(-2000)}`,
  );
}

/**
 * Open transactions are rolled back, everything committed is on disk, and the server is gone on return. Not through
 * pg_ctl: it would go on waiting when the next start is already there.
 */
export async function stopPostmaster(place: Place, { pid }: Postmaster): Promise<void> {
  const isThere = async (): Promise<boolean> => {
    const found = await findPostmaster(place);
    return found !== null && found !== 'stranger' && found.pid === pid;
  };
  if (await isThere()) process.kill(pid, 'SIGINT');
  for (let waited = 0; await isThere(); waited += 20) {
    if (waited > 60_000) throw new DatabaseStartError(`The database in ${place.cluster} does not stop.`);
    await pause(20);
  }
}
