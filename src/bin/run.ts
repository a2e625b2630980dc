import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { DemoService } from '../demo/demo.service.js';
import { Clock } from '../platform/clock.js';
import type { Config } from '../platform/config.js';
import { startEmbeddedServer, type EmbeddedServer } from '../platform/database/embedded-server.js';
import { migrate } from '../platform/database/migrate.js';
import { keepAuditFiles } from './audit-files.js';
import { farewell, portInUse, welcome } from './words.js';
import { progressBar } from './progress-bar.js';

type Say = (line: string) => void;

/** Starts everything there is to start, serves until Ctrl-C or SIGTERM, and stops what it started. */
export async function run(config: Config, say: Say): Promise<void> {
  // Loading the application takes as long as starting the database, so it is loaded meanwhile.
  const loading = Promise.all([import('../main.js'), import('../demo/demo.service.js')]);
  const server = config.DATABASE_URL === null ? await embedded(config, say) : null;
  // A demo year is loaded into a database of ours only; into somebody's database, only when asked for.
  const demo = config.DEMO ?? server !== null;
  try {
    if (config.MIGRATION_DATABASE_URL !== null) {
      await migrate(config.MIGRATION_DATABASE_URL, (line) => {
        say(`Migrated: ${line}`);
      });
    }
    if (config.TOKEN_SECRET === null) {
      throw new Error(
        'TOKEN_SECRET is not set: with a database of your own, name a secret of at least 32 characters.',
      );
    }
    const [{ createApp }, { DemoService }] = await loading;
    const clock = new Clock(demo);
    const app = await createApp({ config, clock, say });
    await serve({ config, app, player: app.get(DemoService), server, demo, say });
  } catch (error) {
    await server?.stop();
    throw error;
  }
}

interface House {
  readonly config: Config;
  readonly app: NestExpressApplication;
  readonly player: DemoService;
  readonly server: EmbeddedServer | null;
  readonly demo: boolean;
  readonly say: Say;
}

async function serve({ config, app, player, server, demo, say }: House): Promise<void> {
  const ended = Promise.race(
    (['SIGINT', 'SIGTERM'] as const).map((signal) => new Promise((resolve) => process.once(signal, resolve))),
  );
  try {
    if (demo) {
      // Ctrl-C in the middle of a year: what is committed stays, and the next start goes on from there.
      const played = player.play(progressBar(process.stdout)).then(() => true);
      if (!(await Promise.race([played, ended.then(() => false)]))) return;
    } else {
      await player.refuseDemoSignIns();
    }
    await app.listen(config.PORT, config.HOST).catch((error: unknown) => {
      throw portInUse(error, config) ?? error;
    });
    say(
      welcome({
        config,
        address: await app.getUrl(),
        folder: server?.folder ?? null,
        years: demo ? await player.summary() : [],
      }),
    );
    await ended;
    say(farewell(server !== null));
  } finally {
    await app.close();
    await server?.stop();
  }
}

/** Starts the PostgreSQL that comes with the project, and fills in the settings that name it. */
async function embedded(config: Config, say: Say): Promise<EmbeddedServer> {
  const server = await startEmbeddedServer({ folder: config.FOERDERBUCH_DATA, durable: true, say });
  config.DATABASE_URL = server.appUrl('foerderbuch');
  config.MIGRATION_DATABASE_URL = server.ownerUrl('foerderbuch');
  config.TOKEN_SECRET ??= await keptSecret(join(server.folder, 'token.secret'));
  await keepAuditFiles(config, server.folder);
  return server;
}

/** A secret made once and kept beside the data, readable by its owner only. */
async function keptSecret(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    const secret = randomBytes(32).toString('base64url');
    await writeFile(file, secret, { mode: 0o600, flag: 'wx', flush: true });
    return secret;
  }
}
