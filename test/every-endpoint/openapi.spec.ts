import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TestApp } from '../support/app.js';

const EXPECTED = join(import.meta.dirname, '..', 'expected', 'openapi.json');

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.boot('openapi');
});
afterAll(() => app.close());

describe('the OpenAPI document', () => {
  it('is the one that was reviewed; `npm run openapi` writes it anew', async () => {
    const { body } = await app.anonymous().get('/openapi.json').expect(200);
    const document = `${JSON.stringify(body, null, 2)}\n`;
    if (process.env['WRITE_OPENAPI'] === 'yes') {
      await mkdir(join(EXPECTED, '..'), { recursive: true });
      await writeFile(EXPECTED, document);
    }
    expect(document).toBe(await readFile(EXPECTED, 'utf8'));
  });
});
