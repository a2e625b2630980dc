import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { decodeJwt } from 'jose';
import pg from 'pg';
import { CalendarDate } from '../../src/kernel/calendar-date.js';
import type { KnownCast } from './actors.js';
import { TestApp } from './app.js';
import { databaseNamed, maintenanceUrl, testServer, testServerPath } from './database.js';

/** A stage as it was left when it had been set; written to a file that every test process reads. */
interface Original<T> {
  readonly database: string;
  readonly cast: KnownCast;
  readonly tokens: Readonly<Record<string, string>>;
  readonly today: string;
  /** What the test that set it wants to remember; only what JSON carries. */
  readonly made: T;
}

const LONGEST_TEST_SECONDS = 300;

const known = new Map<string, Promise<Original<unknown>>>();

/**
 * An application on a stage that is set once in the whole run, by whichever test process first asks for this name,
 * and copied for each who asks: setting it takes longer than most tests.
 */
export async function staged<T>(
  { name, as, poolSize }: { name: string; as: string; poolSize?: number },
  set: (app: TestApp) => Promise<T>,
): Promise<{ app: TestApp; made: T }> {
  const original = (known.get(name) ?? once(name, set)) as Promise<Original<T>>;
  known.set(name, original);
  const { database, cast, today, made, tokens } = await original;
  const copy = await databaseNamed(await testServer(), database).copy(as);
  const size = poolSize === undefined ? {} : { poolSize };
  const app = await TestApp.boot(as, { database: copy, cast, tokens: lasting(tokens), ...size });
  app.clock.playOn(CalendarDate.parse(today));
  return { app, made };
}

/** Those that will not run out in the middle of a test; for the others one signs in anew. */
function lasting(tokens: Readonly<Record<string, string>>): Record<string, string> {
  const enough = Date.now() / 1000 + LONGEST_TEST_SECONDS;
  return Object.fromEntries(
    Object.entries(tokens).filter(([, token]) => (decodeJwt(token).exp ?? 0) > enough),
  );
}

async function once<T>(name: string, set: (app: TestApp) => Promise<T>): Promise<Original<T>> {
  const file = join(dirname(testServerPath()), `${name}.json`);
  // In the maintenance database: one that somebody is connected to cannot be copied.
  const lock = new pg.Client(maintenanceUrl(await testServer()));
  await lock.connect();
  try {
    await lock.query('select pg_advisory_lock(hashtextextended($1, 0))', [name]);
    if (!existsSync(file)) {
      await writeFile(`${file}.new`, JSON.stringify(await setUp(name, set)));
      await rename(`${file}.new`, file);
    }
    return JSON.parse(await readFile(file, 'utf8')) as Original<T>;
  } finally {
    await lock.end();
  }
}

async function setUp<T>(name: string, set: (app: TestApp) => Promise<T>): Promise<Original<T>> {
  const app = await TestApp.boot(`original-${name}`);
  try {
    const made = await set(app);
    await app.stop();
    return {
      ...{ database: app.database.name, cast: app.cast.known(), tokens: await app.tokensByName() },
      ...{ today: app.clock.today().toString(), made },
    };
  } catch (error) {
    await app.close({ books: 'spoilt' });
    throw error;
  }
}
