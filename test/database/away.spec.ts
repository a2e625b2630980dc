import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { createApp } from '../../src/main.js';
import { Clock } from '../../src/platform/clock.js';
import { loadConfig } from '../../src/platform/config.js';
import { TestApp, TOKEN_SECRET } from '../support/app.js';
import { CuttingProxy } from '../support/cutting-proxy.js';

let app: TestApp;
let proxy: CuttingProxy | null = null;

beforeAll(async () => {
  app = await TestApp.boot('away', {
    detour: async (url) => {
      proxy = await CuttingProxy.before(url);
      return proxy.url;
    },
  });
});
afterAll(async () => {
  await app.close();
  await proxy?.goAway();
});

describe('a database that goes away', () => {
  it('makes requests fail with 503 and Retry-After, and everything heals when it is back', async () => {
    const ministry = await app.signIn('ministry');
    await ministry.get('/me').expect(200);

    await proxy?.goAway();
    const { body, headers } = await ministry.get('/me').expect(503);
    expect(body.code).toBe('unavailable');
    expect(headers['retry-after']).toMatch(/^\d+$/);
    await app.anonymous().get('/health/ready').expect(503);
    await app.anonymous().get('/health/live').expect(200);

    await proxy?.comeBack();
    await app.anonymous().get('/health/ready').expect(200);
    await ministry.get('/me').expect(200);
  });

  it('is waited for at the start, with a sentence that says so', async () => {
    await proxy?.goAway();
    const said: string[] = [];
    const config = loadConfig({ DATABASE_URL: proxy?.url, TOKEN_SECRET, LOG_LEVEL: 'silent' });
    const booting = createApp({ config, clock: new Clock(true), say: (line) => said.push(line) });
    await Promise.race([booting, pause(1_000)]);
    expect(said[0]).toMatch(/^The database does not answer \(.*ECONNREFUSED.*\); attempt 1, next in 2 s\.$/);

    await proxy?.comeBack();
    const started = await booting;
    await started.close();
  });

  it('is not waited for when waiting cannot help', async () => {
    const url = new URL(app.database.appUrl);
    url.password = 'wrong';
    const config = loadConfig({ DATABASE_URL: url.href, TOKEN_SECRET, LOG_LEVEL: 'silent' });
    const booting = createApp({ config, clock: new Clock(true), say: () => undefined });
    await expect(booting).rejects.toThrow(/password authentication failed/);
  });
});
