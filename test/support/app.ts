import 'reflect-metadata';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Type } from '@nestjs/common';
import type { Server } from 'node:http';
import pg from 'pg';
import request, { type Test } from 'supertest';
import { BooksRepository, type BookFault } from '../../src/ledger/books.repository.js';
import { createApp } from '../../src/main.js';
import { Clock } from '../../src/platform/clock.js';
import { loadConfig } from '../../src/platform/config.js';
import { buildOpenApi } from '../../src/platform/http/openapi.js';
import { Cast, type KnownCast } from './actors.js';
import { Contract, type Document } from './contract.js';
import { cloneDatabase, testServer, type TestDatabase } from './database.js';
import { sealingSettings } from './sealing.js';

export const TOKEN_SECRET = 'a secret for tests only, long enough';

interface Wishes {
  /** Connections to the database; one shows that no request needs two. */
  poolSize?: number;
  /** Leads the application to its database some other way. */
  detour?: (appUrl: string) => Promise<string>;
  /** Settings beyond those of every test, by their names in the environment. */
  settings?: Readonly<Record<string, string>>;
  /** A database to start on instead of a new one; whoever gives it drops it. */
  database?: TestDatabase;
  /** Who is in that database already; without it new people join. */
  cast?: KnownCast;
  /** Access tokens of sessions that are in that database, by user name. */
  tokens?: Readonly<Record<string, string>>;
}

/** Small on purpose; `TEST_POOL_SIZE=1` shows for a whole run that no request needs a second connection. */
export const POOL_SIZE = Number(process.env['TEST_POOL_SIZE'] ?? 4);

/** Made once for each process: all its applications answer by the same document, and compiling it takes seconds. */
let shared: Contract | null = null;

/** One HTTP caller; every request carries the caller's access token. */
export interface Caller {
  get(path: string): Test;
  post(path: string, body?: object): Test;
  patch(path: string, body: object): Test;
  put(path: string, body: object): Test;
  delete(path: string): Test;
}

/** The real application on a database of its own, listening on a free port. */
export class TestApp {
  /** The OpenAPI document; every answer to a caller is held against it. */
  readonly contract: Contract;
  private readonly tokens: Map<string, Promise<string>>;
  /** The statement that counts every table, once it has been asked for. */
  private counting: string | null = null;

  private constructor(
    readonly nest: NestExpressApplication,
    readonly clock: Clock,
    readonly database: TestDatabase,
    readonly cast: Cast,
    private readonly owner: pg.Pool,
    tokens: Readonly<Record<string, string>>,
  ) {
    this.tokens = new Map(Object.entries(tokens).map(([name, token]) => [name, Promise.resolve(token)]));
    shared ??= new Contract(JSON.parse(JSON.stringify(buildOpenApi(nest))) as Document);
    this.contract = shared;
  }

  /** `name` names the test file, for whoever looks at the server meanwhile. */
  static async boot(
    name: string,
    { poolSize = POOL_SIZE, detour = (url) => Promise.resolve(url), settings = {}, ...given }: Wishes = {},
  ): Promise<TestApp> {
    const database = given.database ?? (await cloneDatabase(name));
    const config = loadConfig({
      ...sealingSettings(),
      AUDIT_SIGNING_KEY: (await testServer()).signingKey,
      AUDIT_SEALING: 'false',
      DATABASE_URL: await detour(database.appUrl),
      TOKEN_SECRET,
      POOL_SIZE: String(poolSize),
      RATE_LIMIT_PER_MINUTE: '1000000',
      LOG_LEVEL: 'error',
      ...settings,
    });
    const clock = new Clock(true);
    try {
      const nest = await createApp({ config, clock, say: () => undefined });
      await nest.listen(0, '127.0.0.1');
      const owner = new pg.Pool({ connectionString: database.ownerUrl, max: 2 });
      owner.on('error', () => undefined);
      const cast = given.cast === undefined ? await Cast.assemble(nest) : Cast.again(nest, given.cast);
      return new TestApp(nest, clock, database, cast, owner, given.tokens ?? {});
    } catch (error) {
      await database.drop();
      throw error;
    }
  }

  /** Stops the application and keeps its database, for another one to start on. */
  async stop(): Promise<void> {
    await this.nest.close();
    await this.owner.end();
  }

  /** Ends everything, after a look at the books: whatever a test did, they must be true, unless it spoilt them itself. */
  async close({ books = 'true' }: { books?: 'true' | 'spoilt' } = {}): Promise<void> {
    try {
      const faults = books === 'true' ? await this.bookFaults() : [];
      if (faults.length > 0) throw new Error(`The books are not true: ${JSON.stringify(faults, null, 2)}`);
    } finally {
      await this.stop();
      await this.database.drop();
    }
  }

  /** What is not as books must be; asked as the owner, so that neither pool nor detour of a test matters. */
  bookFaults(): Promise<BookFault[]> {
    return new BooksRepository().faults({ rows: (sql) => this.rows(sql) });
  }

  /** Rows as the owner of the schema sees them: what is really there, whoever may see it. */
  async rows<T extends object>(sql: string, parameters: unknown[] = []): Promise<T[]> {
    const { rows } = await this.owner.query<T>(sql, parameters);
    return rows;
  }

  /**
   * How many rows each table has, and the latest transaction that wrote one of them: equal before and after is
   * nothing written. What the house seals by itself, whatever callers do, is left out.
   */
  async extent(): Promise<{ name: string; rows: string; last: string | null }[]> {
    this.counting ??= await this.countsOfTables();
    // Prepared: planning a count of every table takes far longer than counting.
    const { rows } = await this.owner.query<{ name: string; rows: string; last: string | null }>({
      name: 'extent',
      text: this.counting,
    });
    return rows;
  }

  private async countsOfTables(): Promise<string> {
    const tables = await this.rows<{ name: string }>(
      `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
          and c.relname !~ '^audit_(leaf|node|checkpoint|tree|key)$'`,
    );
    const counts = tables.map(
      ({ name }) =>
        `select '${name}' as name, count(*)::text as rows, max(xmin::text::bigint)::text as last from ${name}`,
    );
    return `${counts.join(' union all ')} order by 1`;
  }

  /** The actions of all audit records written while `work` ran, in order. */
  async recordsOf(work: () => Promise<unknown>): Promise<string[]> {
    const [last] = await this.rows<{ id: string }>(
      'select coalesce(max(id), 0)::text as id from audit_record',
    );
    await work();
    const written = await this.rows<{ action: string }>(
      'select action from audit_record where id > $1 order by id',
      [last?.id],
    );
    return written.map(({ action }) => action);
  }

  /** A service of the running application, for what tests do beneath HTTP. */
  get<T>(service: Type<T>): T {
    return this.nest.get(service, { strict: false });
  }

  /** A caller who has not signed in. */
  anonymous(): Caller {
    return this.callerWith(null);
  }

  /** A caller with this access token, right or wrong. */
  as(token: string): Caller {
    return this.callerWith(token);
  }

  /** Signs in, once for each name, and gives the caller. `cast` says who there is. */
  async signIn(username: string): Promise<Caller> {
    return this.callerWith(await this.tokenOf(username));
  }

  /** The access token of a user, signed in once. */
  tokenOf(username: string): Promise<string> {
    const token =
      this.tokens.get(username) ?? this.newSession(username).then(({ accessToken }) => accessToken);
    this.tokens.set(username, token);
    return token;
  }

  /** The access tokens of all who have signed in. */
  async tokensByName(): Promise<Record<string, string>> {
    const pairs = [...this.tokens].map(async ([name, token]) => [name, await token] as const);
    return Object.fromEntries(await Promise.all(pairs));
  }

  /** A session of its own. */
  async newSession(username: string): Promise<{ accessToken: string; refreshToken: string }> {
    const response = await this.anonymous()
      .post('/sessions', { username, password: this.cast.password })
      .expect(201);
    return response.body as { accessToken: string; refreshToken: string };
  }

  private callerWith(token: string | null): Caller {
    const server: Server = this.nest.getHttpServer();
    const sent = (test: Test): Test => {
      const held = test.expect((response) => {
        this.contract.check(response);
      });
      return token === null ? held : held.set('Authorization', `Bearer ${token}`);
    };
    const at = (path: string): string => `/api/v1${path}`;
    return {
      get: (path) => sent(request(server).get(at(path))),
      post: (path, body) => sent(request(server).post(at(path)).send(body)),
      patch: (path, body) => sent(request(server).patch(at(path)).send(body)),
      put: (path, body) => sent(request(server).put(at(path)).send(body)),
      delete: (path) => sent(request(server).delete(at(path))),
    };
  }
}
