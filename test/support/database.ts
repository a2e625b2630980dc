import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { TestServer } from './test-server.js';

export interface TestDatabase {
  readonly name: string;
  /** the application, which may read no table by itself */
  readonly appUrl: string;
  /** the owner of the schema */
  readonly ownerUrl: string;
  /** the superuser; on a server named by DATABASE_URL the owner */
  readonly adminUrl: string;
  /** A copy as it is now, as a backup would have it, named for the test that wants it; nobody may be connected meanwhile. */
  copy(name: string): Promise<TestDatabase>;
  drop(): Promise<void>;
}

/** A database of its own for one test file: a copy of a template that ran all migrations. */
export async function cloneDatabase(name: string): Promise<TestDatabase> {
  const server = await testServer();
  return databaseNamed(server, server.template).copy(name);
}

/** A database that is there already. */
export function databaseNamed(server: TestServer, name: string): TestDatabase {
  const named = (address: string): string => at(address, name);
  return {
    name,
    appUrl: named(server.appUrl),
    ownerUrl: named(server.ownerUrl),
    adminUrl: named(server.adminUrl),
    copy: async (wanted) => {
      const slug = wanted
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '_')
        .slice(0, 25);
      const copy = `${server.template}_${slug}_${randomBytes(4).toString('hex')}`;
      const statement = `create database ${copy} template ${name} strategy ${server.strategy}`;
      await execute(server.ownerUrl, statement);
      return databaseNamed(server, copy);
    },
    // As the superuser: only one may end an autovacuum worker that happens to be at work there.
    drop: () => execute(server.adminUrl, `drop database if exists ${name} with (force)`),
  };
}

/** The database nobody copies. */
export function maintenanceUrl({ adminUrl }: TestServer): string {
  return at(adminUrl, 'postgres');
}

function at(address: string, database: string): string {
  const url = new URL(address);
  url.pathname = database;
  return url.href;
}

/** From the maintenance database, because a database cannot be copied while someone is connected to it. */
async function execute(address: string, statement: string): Promise<void> {
  const client = new pg.Client(at(address, 'postgres'));
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

let server: Promise<TestServer> | null = null;

/** The database server of this run; it starts when the first test file asks. */
export function testServer(): Promise<TestServer> {
  server ??= ask(testServerPath());
  return server;
}

/** Where it answers; files for the whole run lie beside. */
export function testServerPath(): string {
  const path = process.env.FOERDERBUCH_TEST_SERVER;
  if (!path) throw new Error('No test server: is globalSetup missing in the Jest configuration?');
  return path;
}

async function ask(path: string): Promise<TestServer> {
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = JSON.parse(await text(connect(path))) as TestServer | { error: string };
      if ('error' in answer) throw new TypeError(answer.error);
      return answer;
    } catch (error) {
      if (error instanceof TypeError || attempt === 100) throw error;
      await pause(100);
    }
  }
}
