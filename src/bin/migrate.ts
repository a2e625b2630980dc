import { loadConfig } from '../platform/config.js';
import { migrate } from '../platform/database/migrate.js';

const { MIGRATION_DATABASE_URL } = loadConfig(process.env);
if (MIGRATION_DATABASE_URL === null) {
  console.error('MIGRATION_DATABASE_URL is not set: it names the database as its owner, foerderbuch_owner.');
  process.exit(1);
}
await migrate(MIGRATION_DATABASE_URL, (line) => {
  console.log(`migrated: ${line}`);
});
console.log('The database is on the newest schema.');
