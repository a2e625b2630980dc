import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedServer } from '../../src/platform/database/embedded-server.js';
import { migrate } from '../../src/platform/database/migrate.js';
import { scratchFolder } from './scratch-folder.js';
import { newSigningKey } from './sealing.js';

/** Addresses as the three accounts; they name the template, and clones replace that name. */
export interface TestServer {
  readonly template: string;
  /** how to copy it fastest: by files where nothing is flushed to disk, else through the log */
  readonly strategy: 'file_copy' | 'wal_log';
  readonly adminUrl: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
  /** One for the whole run: an application that starts on a copied database goes on with the key of its log. */
  readonly signingKey: string;
}

type Close = () => Promise<void>;

/** A server of our own, unless the environment names one; there the owner must be allowed to create databases. */
async function start(): Promise<[TestServer, Close]> {
  const { DATABASE_URL: app, MIGRATION_DATABASE_URL: owner } = process.env;
  const template = `foerderbuch_test_${process.pid}`;
  const signingKey = newSigningKey();
  const prepare = async (maintenanceUrl: string, close: Close): Promise<void> => {
    try {
      await inDatabase(maintenanceUrl, `create database ${template}`);
      await migrate(at(maintenanceUrl, template));
    } catch (error) {
      await close();
      throw error;
    }
  };
  if (app && owner) {
    const close = (): Promise<void> => dropAll(owner, template);
    await prepare(owner, close);
    const ownerUrl = at(owner, template);
    return [
      { template, strategy: 'wal_log', adminUrl: ownerUrl, ownerUrl, appUrl: at(app, template), signingKey },
      close,
    ];
  }
  const folder = await scratchFolder('data');
  const server = await startEmbeddedServer({ folder, durable: false, say: () => undefined });
  const close = async (): Promise<void> => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  await prepare(server.ownerUrl('postgres'), close);
  const [adminUrl, ownerUrl, appUrl] = [
    server.adminUrl(template),
    server.ownerUrl(template),
    server.appUrl(template),
  ];
  return [{ template, strategy: 'file_copy', adminUrl, ownerUrl, appUrl, signingKey }, close];
}

function at(address: string, database: string): string {
  const url = new URL(address);
  url.pathname = database;
  return url.href;
}

/** The template and every copy that is still there. */
async function dropAll(address: string, template: string): Promise<void> {
  const client = new pg.Client(address);
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      'select datname as name from pg_database where starts_with(datname, $1)',
      [template],
    );
    for (const { name } of rows) await client.query(`drop database if exists ${name} with (force)`);
  } finally {
    await client.end();
  }
}

async function inDatabase(address: string, statement: string): Promise<void> {
  const client = new pg.Client(address);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Answers each test file that connects, and ends with the process that started it. */
async function serve(folder: string): Promise<void> {
  const starts: Promise<[TestServer, Close]>[] = [];
  const listener = createServer((socket) => {
    if (starts.length === 0) starts.push(start());
    starts[0]?.then(
      ([server]) => socket.end(JSON.stringify(server)),
      (error: unknown) => socket.end(JSON.stringify({ error: String(error) })),
    );
    socket.on('error', () => undefined);
  });
  listener.listen(join(folder, 'server.sock'));
  process.stdin.resume();
  await once(process.stdin, 'end');
  for (const outcome of await Promise.allSettled(starts)) {
    if (outcome.status === 'fulfilled') await outcome.value[1]();
  }
  await rm(folder, { recursive: true, force: true });
  process.exit();
}

await serve(process.argv[2] ?? '');
