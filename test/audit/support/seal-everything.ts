import { setTimeout as pause } from 'node:timers/promises';
import { SealingService } from '../../../src/audit/sealing.service.js';
import type { TestApp } from '../../support/app.js';

/**
 * Seals until nothing is left. Once may not do: a transaction anywhere in the cluster, also of another test's
 * database, holds back the horizon below which records are certain to be complete.
 */
export async function sealEverything(app: TestApp): Promise<void> {
  for (let left = true; left;) {
    await app.get(SealingService).seal();
    const rows = await app.rows(
      'select 1 from audit_record r where not exists (select from audit_leaf l where l.record_id = r.id) limit 1',
    );
    left = rows.length > 0;
    if (left) await pause(20);
  }
}
