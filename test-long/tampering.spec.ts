import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CaseExportService } from '../src/audit/case-export.service.js';
import type { CaseFile } from '../src/audit/case-file.js';
import { technicalActor } from '../src/kernel/actor.js';
import { newId, type CaseId } from '../src/kernel/ids.js';
import { House } from '../test/audit/support/house.js';
import { outside } from '../test/audit/support/outside.js';
import { invocationOf } from '../test/support/actors.js';
import { cloneDatabase, type TestDatabase } from '../test/support/database.js';
import { sealingSettings } from '../test/support/sealing.js';

const CASES = 20;
const RECORDS = 1_000;

describe('a thousand exported records', () => {
  let database: TestDatabase;
  let house: House;

  beforeAll(async () => {
    database = await cloneDatabase('thousand');
    house = await House.on(database, sealingSettings());
  }, 120_000);
  afterAll(async () => {
    await house.close();
    await database.drop();
  });

  it('show every changed byte', async () => {
    const files: CaseFile[] = [];
    for (let made = 0; made < CASES; made += 1) {
      const caseId = newId<CaseId>();
      await house.work(RECORDS / CASES, caseId);
      const invocation = invocationOf<CaseFile>(technicalActor('system'), {
        present: (body) => ({ status: 200, body }),
      });
      const exporting = house.nest.get(CaseExportService, { strict: false });
      const { bytes } = await exporting.export(invocation, caseId, { withRows: true, olderSizes: [] });
      files.push(JSON.parse(String(bytes)) as CaseFile);
    }
    const flips = await outside('flips', { files, most: RECORDS, progress: true });
    process.stderr.write(
      `${String(flips.records)} records, ${String(flips.bytes)} bytes changed, ${String(flips.files)} of them in whole files; ${String(flips.missed.length)} missed\n`,
    );
    expect(flips).toMatchObject({ records: RECORDS, missed: [] });
  }, 3_600_000);
});
