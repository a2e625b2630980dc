import { afterAll, beforeAll, describe } from '@jest/globals';
import { PlayedYear } from '../every-endpoint/played-year.js';
import type { TestApp } from '../support/app.js';
import { databaseTampered } from './support/database-tampered.suite.js';
import { exportedCaseFiles } from './support/exported-case-files.suite.js';
import { sealEverything } from './support/seal-everything.js';

/** One year is played for all that is tried with its record; playing it takes longer than most attacks. */
describe('the record of a played year', () => {
  let app: TestApp;
  let year: PlayedYear;

  beforeAll(async () => {
    ({ app, year } = await PlayedYear.staged('played-record'));
    await sealEverything(app);
  }, 180_000);
  afterAll(() => app.close());

  databaseTampered(() => app);
  exportedCaseFiles(() => ({ app, year }));
});
