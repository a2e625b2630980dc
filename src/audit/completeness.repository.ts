import { Injectable } from '@nestjs/common';
import type { ReadTx } from '../platform/database/tx.js';

/** What does not fit, where it stands, and which of its fields. */
export interface Fault {
  readonly fault: string;
  readonly place: string;
  readonly field: string;
}

@Injectable()
export class CompletenessRepository {
  /** Everything the database itself can compare; empty when nothing was altered. It may take its time. */
  async faults(tx: ReadTx): Promise<Fault[]> {
    await tx.rows(`select set_config('statement_timeout', '0', true)`);
    return tx.rows<Fault>('select fault, place, field from audit.faults() order by fault, place, field');
  }

  /** Records without a leaf and leaves without a record. */
  sealFaults(tx: ReadTx): Promise<Fault[]> {
    return tx.rows<Fault>('select fault, place, field from audit.seal_faults() limit 100');
  }

  async records(tx: ReadTx): Promise<number> {
    const [row] = await tx.rows<{ records: number }>('select count(*)::float8 as records from audit_record');
    return row?.records ?? 0;
  }

  leafHashes(tx: ReadTx, from: number, limit: number): Promise<{ index: number; hash: Buffer }[]> {
    return tx.rows(
      `select leaf_index::float8 as index, hash from audit_leaf where leaf_index >= $1 order by leaf_index limit $2`,
      [from, limit],
    );
  }
}
