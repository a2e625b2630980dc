import { Injectable } from '@nestjs/common';
import type { ReadTx } from '../platform/database/tx.js';

export interface SealingState {
  readonly epoch: number;
  readonly unsealed: number;
  readonly lagSeconds: number;
  readonly checkpointSize: number;
  readonly checkpointSeconds: number;
  /** Why the log was opened anew in the last thirty days, if it was. */
  readonly reopened: string | null;
}

@Injectable()
export class AuditHealthRepository {
  async state(tx: ReadTx): Promise<SealingState> {
    const [row] = await tx.rows<SealingState>(
      `select t.epoch, coalesce(u.unsealed, 0)::float8 as unsealed, coalesce(u.lag, 0)::float8 as "lagSeconds",
              coalesce(c.tree_size, 0)::float8 as "checkpointSize",
              coalesce(extract(epoch from c.signed_at), 0)::float8 as "checkpointSeconds",
              (select e.reason from audit_epoch e
                where e.epoch = t.epoch and t.epoch > 1 and e.begun_at > now() - interval '30 days') as reopened
         from audit_tree t
         left join lateral (
           select count(*) as unsealed, extract(epoch from clock_timestamp() - min(r.at)) as lag
             from audit_record r where r.epoch = t.epoch and r.xid >= t.watermark) as u on true
         left join lateral (
           select * from audit_checkpoint c where c.epoch = t.epoch order by c.tree_size desc limit 1) as c on true`,
    );
    if (row === undefined) throw new Error('the head of the audit log is missing');
    return row;
  }
}
