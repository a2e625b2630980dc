import { randomBytes } from 'node:crypto';
import { BooksService } from '../ledger/books.service.js';
import { createApp } from '../main.js';
import { Clock } from '../platform/clock.js';
import { loadConfig, type Config } from '../platform/config.js';
import { startEmbeddedServer } from '../platform/database/embedded-server.js';

/** Recomputes the books from their transfers and compares; ends with 1 when they are not true. */
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
      const { checks, faults, accounts, transfers, records } = await app
        .get(BooksService, { strict: false })
        .verify();
      say(`${String(transfers)} transfers of ${String(records)} commands on ${String(accounts)} accounts`);
      for (const check of checks) {
        const found = faults.filter((fault) => fault.check === check);
        say(`${found.length === 0 ? '✓' : '✗'} ${check}`);
        for (const { subject, detail } of found) say(`    ${subject}: ${detail}`);
      }
      return faults.length === 0 ? 0 : 1;
    } finally {
      await app.close();
    }
  } finally {
    await server?.stop();
  }
}
