import { DataSource } from 'typeorm';

const LOCK = 'foerderbuch migrations';

/**
 * Brings the database of the owner's address to the newest schema. Several servers may start at once: they wait for
 * each other. Says each migration that ran.
 */
export async function migrate(url: string, say: (line: string) => void = () => undefined): Promise<void> {
  const source = new DataSource({
    type: 'postgres',
    url,
    applicationName: 'foerderbuch migration',
    migrations: [`${import.meta.dirname}/../../../migrations/*-*.{js,ts}`],
    migrationsTableName: 'schema_migration',
    migrationsTransactionMode: 'each',
    // Back-fills are writes too: the journal demands a context, and shows that it was a migration.
    extra: { options: '-c foerderbuch.action=migration -c foerderbuch.role=system -c timezone=UTC' },
  });
  await source.initialize();
  const guard = source.createQueryRunner();
  try {
    await guard.query('select pg_advisory_lock(hashtextextended($1, 0))', [LOCK]);
    for (const migration of await source.runMigrations()) {
      say(migration.name);
    }
  } finally {
    await guard.release();
    await source.destroy();
  }
}
