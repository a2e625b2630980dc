import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SealingService } from '../../src/audit/sealing.service.js';
import { PlayedYear } from '../every-endpoint/played-year.js';
import { TestApp } from '../support/app.js';

describe('the sealed log', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.boot('sealing');
    await PlayedYear.play(app);
  }, 180_000);

  afterAll(() => app.close());

  it('holds every record, and nothing is amiss', async () => {
    await app.get(SealingService).seal();
    const [found] = await app.rows(
      `select (select count(*)::int from audit_record) as records, (select size::int from audit_tree) as size,
              (select count(*)::int from audit_leaf) as leaves`,
    );
    console.log(found);
    const [tree] = await app.rows('select * from audit_tree');
    console.log(tree, await app.rows('select note from audit_checkpoint'));
    const t = performance.now();
    console.log(
      await app.rows(
        `select f.* from set_config('foerderbuch.action', 'test', false), audit.faults() f limit 20`,
      ),
      performance.now() - t,
    );
  });
});
