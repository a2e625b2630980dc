import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DemoService } from '../src/demo/demo.service.js';
import { ReplayService } from '../src/grants/decision/replay.service.js';
import { technicalActor } from '../src/kernel/actor.js';
import { createApp } from '../src/main.js';
import { Clock } from '../src/platform/clock.js';
import { loadConfig } from '../src/platform/config.js';
import { cloneDatabase, type TestDatabase } from '../test/support/database.js';

/** The demo founds its own house, so it needs one in which nobody is yet. */
describe('the demo years', () => {
  let database: TestDatabase;
  let app: NestExpressApplication;

  beforeAll(async () => {
    database = await cloneDatabase('demo-replay');
    const config = loadConfig({
      DATABASE_URL: database.appUrl,
      TOKEN_SECRET: 'a secret for tests only, long enough',
      LOG_LEVEL: 'error',
    });
    app = await createApp({ config, clock: new Clock(true), say: () => undefined });
    await app.get(DemoService).play(() => undefined);
  }, 600_000);

  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  it('decide nothing that does not follow, to the cent, from frozen inputs and the rules', async () => {
    const { replayed, faults } = await app
      .get(ReplayService, { strict: false })
      .verify(technicalActor('system'));
    expect(faults).toEqual([]);
    expect(replayed).toBeGreaterThanOrEqual(52);
  });
});
