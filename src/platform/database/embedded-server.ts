import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { DatabaseStartError } from './embedded-account.js';
import {
  type Connection,
  prepareCluster,
  readConnection,
  rememberPort,
  removeDrafts,
} from './embedded-cluster.js';
import { type Place, choosePlace, usableBinaries } from './embedded-places.js';
import { type Postmaster, launchPostmaster, livePostmaster, stopPostmaster } from './embedded-postmaster.js';

export interface EmbeddedServerOptions {
  /** the data folder, FOERDERBUCH_DATA; null chooses one */
  readonly folder?: string | null;
  /** false for tests: faster, and lost when the machine crashes */
  readonly durable: boolean;
  readonly say: (line: string) => void;
}

export interface EmbeddedServer {
  readonly port: number;
  readonly folder: string;
  /** as superuser: only to create roles and databases */
  adminUrl(database: string): string;
  /** as owner of the schema: migrations */
  ownerUrl(database: string): string;
  /** as the application */
  appUrl(database: string): string;
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL that comes with the project, or takes over one whose parent was killed. Only one
 * process holds a data folder at a time; it proves that by a lock in the database itself, which the server frees
 * the moment the process dies, however it dies. A file with a process number could not promise that.
 */
export async function startEmbeddedServer(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  if (process.platform === 'win32') {
    throw new DatabaseStartError(
      'The packaged PostgreSQL is not set up for Windows: name a server in DATABASE_URL.',
    );
  }
  const place = await choosePlace(options.folder ?? null, options.say);
  const binaries = await usableBinaries(place.account, options.say);
  await prepareCluster(place, binaries, options.durable);
  const connection = await readConnection(place);

  for (let attempt = 1; attempt <= 150; attempt++) {
    const running = await livePostmaster(place);
    const postmaster = running ?? (await launchPostmaster(place, binaries, connection.port, options.durable));
    const holder = postmaster ? await hold(connection, postmaster.port, place) : null;
    if (postmaster && holder) {
      if (running) options.say('Took over the database server of a process that is gone.');
      await rememberPort(place, connection, postmaster.port);
      await removeDrafts(place);
      await ensureRoles(holder, connection);
      return served(place, connection, postmaster, holder);
    }
    await pause(200);
  }
  throw new DatabaseStartError(
    `The database in ${place.cluster} keeps going away while it starts; see postgres.log.`,
  );
}

function served(
  place: Place,
  connection: Connection,
  postmaster: Postmaster,
  holder: pg.Client,
): EmbeddedServer {
  const { port } = postmaster;
  const { passwords } = connection;
  let stopped: Promise<void> | null = null;
  const stop = async (): Promise<void> => {
    await stopPostmaster(place, postmaster);
    await holder.end().catch(() => undefined);
  };
  return {
    port,
    folder: place.folder,
    adminUrl: (database) => url('postgres', passwords.admin, port, database),
    ownerUrl: (database) => url('foerderbuch_owner', passwords.owner, port, database),
    appUrl: (database) => url('foerderbuch_app', passwords.app, port, database),
    stop: () => (stopped ??= stop()),
  };
}

function url(user: string, password: string, port: number, database: string): string {
  return `postgresql://${user}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
}

const holderLock = '7022113950241351';

/** Connects and takes the lock of the data folder; null when the server is on its way out. */
async function hold(connection: Connection, port: number, place: Place): Promise<pg.Client | null> {
  const client = await connect(connection, port, place);
  if (!client) return null;
  try {
    // A process killed a moment ago may not have been noticed yet: ask for two seconds.
    for (let attempt = 1; attempt <= 10; attempt++) {
      const taken = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [
        holderLock,
      ]);
      if (taken.rows[0]?.taken) return client;
      await pause(200);
    }
    const holder = await client.query<{ name: string }>(
      `select application_name as name from pg_stat_activity join pg_locks using (pid)
       where locktype = 'advisory' and granted and (classid::bigint << 32) + objid::bigint = $1`,
      [holderLock],
    );
    await client.end();
    throw new DatabaseStartError(
      `Förderbuch is already running on ${place.folder} (${holder.rows[0]?.name ?? 'another process'}). ` +
        `Stop it first, or name another folder in FOERDERBUCH_DATA.`,
    );
  } catch (error) {
    if (error instanceof DatabaseStartError) throw error;
    await client.end().catch(() => undefined);
    return null;
  }
}

async function connect(connection: Connection, port: number, place: Place): Promise<pg.Client | null> {
  const client = new pg.Client({
    connectionString: url('postgres', connection.passwords.admin, port, 'postgres'),
    application_name: `foerderbuch process ${process.pid}`,
    keepAlive: true,
  });
  // The server ends this connection when it stops; the pools report a server that went away by itself.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === '28P01') {
      throw new DatabaseStartError(
        `The passwords in ${place.cluster}/connection.json do not fit the database.`,
      );
    }
    return null;
  }
}

/** Roles are known to the whole cluster, so they belong to the server and not to a migration of one database. */
async function ensureRoles(admin: pg.Client, connection: Connection): Promise<void> {
  const found = await admin.query<{ roles: string[]; databases: string[] }>(
    `select array(select rolname::text from pg_roles) as roles, array(select datname::text from pg_database) as databases`,
  );
  const roles = found.rows[0]?.roles ?? [];
  if (!roles.includes('foerderbuch_owner')) {
    const secret = admin.escapeLiteral(connection.passwords.owner);
    await admin.query(`create role foerderbuch_owner login createrole createdb password ${secret}`);
  }
  if (!roles.includes('foerderbuch_app')) {
    const secret = admin.escapeLiteral(connection.passwords.app);
    await admin.query(`create role foerderbuch_app login noinherit password ${secret}`);
  }
  await admin.query('grant foerderbuch_app to foerderbuch_owner with admin true, inherit false, set false');
  if (!found.rows[0]?.databases.includes('foerderbuch')) {
    await admin.query('create database foerderbuch owner foerderbuch_owner');
  }
}
