import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { TestServer } from './test-server.js';

export interface TestDatabase {
  /** the application, which may read no table by itself */
  readonly appUrl: string;
  /** the owner of the schema */
  readonly ownerUrl: string;
  /** the superuser; on a server named by DATABASE_URL the owner */
  readonly adminUrl: string;
  /** A copy as it is now, as a backup would have it; nobody may be connected meanwhile. */
  copy(): Promise<TestDatabase>;
  drop(): Promise<void>;
}

/** A database of its own for one test file: a copy of a template that ran all migrations. */
export async function cloneDatabase(name: string): Promise<TestDatabase> {
  const server = await testServer();
  const slug = name.toLowerCase().replace(/[^a-z0-9]+/g, '_');
  return copyOf(server, server.template, `${server.template}_${slug.slice(0, 25)}`);
}

async function copyOf(server: TestServer, original: string, name: string): Promise<TestDatabase> {
  const database = `${name}_${randomBytes(4).toString('hex')}`;
  await execute(
    server.ownerUrl,
    `create database ${database} template ${original} strategy ${server.strategy}`,
  );
  const named = (address: string): string => at(address, database);
  return {
    appUrl: named(server.appUrl),
    ownerUrl: named(server.ownerUrl),
    adminUrl: named(server.adminUrl),
    copy: () => copyOf(server, database, name),
    // As the superuser: only one may end an autovacuum worker that happens to be at work there.
    drop: () => execute(server.adminUrl, `drop database if exists ${database} with (force)`),
  };
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

async function testServer(): Promise<TestServer> {
  const path = process.env.FOERDERBUCH_TEST_SERVER;
  if (!path) throw new Error('No test server: is globalSetup missing in the Jest configuration?');
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
