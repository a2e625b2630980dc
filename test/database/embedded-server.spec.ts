import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { type EmbeddedServer, startEmbeddedServer } from '../../src/platform/database/embedded-server.js';
import { scratchFolder } from '../support/scratch-folder.js';

let folder: string;
let server: EmbeddedServer | null;
let said: string[];

async function start(): Promise<EmbeddedServer> {
  server = await startEmbeddedServer({ folder, durable: false, say: (line) => said.push(line) });
  return server;
}

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Another process that holds the folder; resolves once its database accepts connections. */
async function startElsewhere(): Promise<ChildProcess> {
  const support = join(import.meta.dirname, '..', 'support', 'typescript.mjs');
  const program = join(import.meta.dirname, 'server-process.ts');
  const child = spawn(process.execPath, ['--no-warnings', '--import', support, program, folder], {
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

const pidFile = (): string => join(folder, 'cluster', 'data', 'postmaster.pid');
const readPid = async (): Promise<number> => Number((await readFile(pidFile(), 'utf8')).split('\n')[0]);

const emptyFolder = (): Promise<string> => scratchFolder('server');

// One cluster for most tests, since making one takes longest; two tests begin with an empty folder.
let shared: string;

beforeAll(async () => {
  shared = await emptyFolder();
});

beforeEach(() => {
  folder = shared;
  server = null;
  said = [];
});

afterEach(async () => {
  await server?.stop();
  if (folder !== shared) await rm(folder, { recursive: true, force: true });
});

afterAll(() => rm(shared, { recursive: true, force: true }));

describe('the embedded server', () => {
  it('comes with its roles and its database, sorts German and listens on this machine only', async () => {
    const { ownerUrl, appUrl, adminUrl } = await start();
    const [owner] = await ask(
      ownerUrl('foerderbuch'),
      `select current_user as name, rolsuper, rolcreaterole, rolcreatedb,
              (select pg_get_userbyid(datdba) from pg_database where datname = current_database()) as owner,
              pg_encoding_to_char(encoding) as encoding, datlocale
         from pg_roles, pg_database where rolname = current_user and datname = current_database()`,
    );
    expect(owner).toEqual({
      name: 'foerderbuch_owner',
      owner: 'foerderbuch_owner',
      rolsuper: false,
      rolcreaterole: true,
      rolcreatedb: true,
      encoding: 'UTF8',
      datlocale: 'de-DE',
    });
    const [app] = await ask(
      appUrl('foerderbuch'),
      'select rolinherit, rolsuper, rolcreatedb from pg_roles where rolname = current_user',
    );
    expect(app).toEqual({ rolinherit: false, rolsuper: false, rolcreatedb: false });
    const sorted = await ask(
      appUrl('foerderbuch'),
      `select t from unnest(array['Zons', 'Ahlen', 'Öding', 'Olpe']) t order by t`,
    );
    expect(sorted.map((row) => row.t)).toEqual(['Ahlen', 'Öding', 'Olpe', 'Zons']);
    expect(await ask(adminUrl('postgres'), 'show listen_addresses')).toEqual([
      { listen_addresses: '127.0.0.1' },
    ]);
  });

  it('keeps its passwords where nobody else can read them, and refuses a wrong one', async () => {
    const { appUrl } = await start();
    const secrets = await stat(join(folder, 'cluster', 'connection.json'));
    expect(secrets.mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'cluster'))).mode & 0o777).toBe(0o700);
    const wrong = new URL(appUrl('foerderbuch'));
    wrong.password = 'guessed';
    await expect(ask(wrong.href, 'select 1')).rejects.toThrow(/password authentication failed/);
  });

  it('stops cleanly and starts again within two seconds on the same port with the same data', async () => {
    const first = await start();
    await ask(first.ownerUrl('foerderbuch'), 'create table kept as select 42 as answer');
    await first.stop();
    await expect(ask(first.ownerUrl('foerderbuch'), 'select 1')).rejects.toThrow(/ECONNREFUSED/);
    await expect(readFile(pidFile())).rejects.toThrow(/ENOENT/);

    const begun = performance.now();
    const second = await start();
    expect(performance.now() - begun).toBeLessThan(2000);
    expect(second.port).toBe(first.port);
    expect(await ask(second.ownerUrl('foerderbuch'), 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('takes another port when its own is taken', async () => {
    const first = await start();
    await first.stop();
    const stranger = createServer().listen(first.port, '127.0.0.1');
    await once(stranger, 'listening');
    try {
      const second = await start();
      expect(second.port).not.toBe(first.port);
      expect(await ask(second.appUrl('foerderbuch'), 'select 1 as one')).toEqual([{ one: 1 }]);
    } finally {
      stranger.close();
    }
  });
});

describe('after a process was killed', () => {
  it('takes over the server it left behind, with everything it had committed', async () => {
    const killed = await startElsewhere();
    const pid = await readPid();
    await kill(killed);
    const { ownerUrl } = await start();
    expect(await readPid()).toBe(pid);
    expect(said).toContain('Took over the database server of a process that is gone.');
    expect(await ask(ownerUrl('foerderbuch'), 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('recovers when the database was killed as well', async () => {
    const killed = await startElsewhere();
    const pid = await readPid();
    process.kill(pid, 'SIGKILL');
    await kill(killed);
    const { ownerUrl } = await start();
    expect(await readPid()).not.toBe(pid);
    expect(await ask(ownerUrl('foerderbuch'), 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('is not stopped by a lock that names a living program of somebody else', async () => {
    const first = await start();
    const lock = (await readFile(pidFile(), 'utf8')).split('\n');
    await first.stop();
    await writeFile(pidFile(), [String(process.pid), ...lock.slice(1)].join('\n'));
    const { ownerUrl } = await start();
    expect(await ask(ownerUrl('foerderbuch'), 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('clears away a cluster whose creation was broken off', async () => {
    folder = await emptyFolder();
    await chmod(folder, 0o711);
    await mkdir(join(folder, 'new-broken', 'data'), { recursive: true });
    await start();
    expect(await readdir(folder)).toEqual(['cluster']);
  });
});

describe('two processes on one folder', () => {
  it('tells the second that the first is running, and by which process', async () => {
    const other = await startElsewhere();
    await expect(start()).rejects.toThrow(
      new RegExp(`^Förderbuch is already running on ${folder} \\(foerderbuch process ${other.pid ?? 0}\\)`),
    );
    await kill(other);
    await start();
  });

  it('lets one win when both begin with nothing', async () => {
    folder = await emptyFolder();
    const both = await Promise.allSettled(
      [1, 2].map(() => startEmbeddedServer({ folder, durable: false, say: () => undefined })),
    );
    const [winner, ...others] = both.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const refusals = both.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
    server = winner ?? null;
    expect(others).toEqual([]);
    expect(refusals).toEqual([expect.stringContaining('already running')]);
    expect(await readdir(folder)).toEqual(['cluster']);
  });

  it('waits for one that is just stopping', async () => {
    const first = await start();
    const stopping = first.stop();
    const second = await start();
    await stopping;
    expect(await ask(second.ownerUrl('foerderbuch'), 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});
