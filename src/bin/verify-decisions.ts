import { randomBytes } from 'node:crypto';
import { ReplayService } from '../grants/decision/replay.service.js';
import { technicalActor } from '../kernel/actor.js';
import { createApp } from '../main.js';
import { Clock } from '../platform/clock.js';
import { loadConfig, type Config } from '../platform/config.js';
import { startEmbeddedServer } from '../platform/database/embedded-server.js';

/** Reckons every decision again from what it froze; ends with 1 when one gives other cents. */
const say = (line: string): void => {
  console.log(line);
};

try {
  process.exitCode = await verify(loadConfig(process.env));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function verify(config: Config): Promise<number> {
  const server =
    config.DATABASE_URL === null
      ? await startEmbeddedServer({ folder: config.FOERDERBUCH_DATA, durable: true, say })
      : null;
  try {
    config.DATABASE_URL ??= server?.appUrl('foerderbuch') ?? null;
    // Nobody signs in to this process, so its tokens need not be valid anywhere else.
    config.TOKEN_SECRET = randomBytes(32).toString('base64url');
    config.LOG_LEVEL = 'error';
    const app = await createApp({ config, clock: new Clock(false), say });
    try {
      const replays = app.get(ReplayService, { strict: false });
      const { replayed, faults } = await replays.verify(technicalActor('system'));
      for (const { decisionId, what, decided, replayed: again } of faults) {
        say(`✗ ${decisionId} ${what}: decided ${decided}, replayed ${again}`);
      }
      say(
        `${String(replayed)} decisions replayed from their frozen inputs, ${String(faults.length)} differences`,
      );
      return faults.length === 0 ? 0 : 1;
    } finally {
      await app.close();
    }
  } finally {
    await server?.stop();
  }
}
