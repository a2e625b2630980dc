import type { INestApplicationContext } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { createApp } from '../main.js';
import { Clock } from '../platform/clock.js';
import { loadConfig, type Config } from '../platform/config.js';
import { attachToEmbedded } from '../platform/database/embedded-attach.js';
import { startEmbeddedServer } from '../platform/database/embedded-server.js';
import { migrate } from '../platform/database/migrate.js';
import { keepAuditFiles } from './audit-files.js';

/**
 * What the command lines that look at the books and the record work in: the application on the database the environment names, or on the
 * embedded one, whether a server runs on it or not. Nothing listens, and nothing is sealed by itself.
 */
export async function inHouse(
  work: (app: INestApplicationContext, config: Config) => Promise<number>,
): Promise<void> {
  const config = loadConfig(process.env);
  const quiet = (): void => undefined;
  const attached = config.DATABASE_URL === null ? await attachToEmbedded(config.FOERDERBUCH_DATA) : null;
  const alone = config.DATABASE_URL === null && attached === null;
  const server = alone
    ? await startEmbeddedServer({ folder: config.FOERDERBUCH_DATA, durable: true, say: quiet })
    : null;
  try {
    if (server !== null) await migrate(server.ownerUrl('foerderbuch'));
    config.DATABASE_URL ??= attached?.appUrl ?? server?.appUrl('foerderbuch') ?? null;
    const folder = attached?.folder ?? server?.folder ?? null;
    if (folder !== null) await keepAuditFiles(config, folder);
    // Nobody signs in to this process, so its tokens need not be valid anywhere else.
    config.TOKEN_SECRET = randomBytes(32).toString('base64url');
    config.AUDIT_SEALING = false;
    config.LOG_LEVEL = 'error';
    const app = await createApp({ config, clock: new Clock(false), say: quiet });
    try {
      process.exitCode = await work(app, config);
    } finally {
      await app.close();
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  } finally {
    await server?.stop();
  }
}
