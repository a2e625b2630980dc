import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { Posting } from './posting.rules.js';

/** What the database adds to a posting: its accounts and its place in each account's history. */
export interface Posted {
  readonly debit: string;
  readonly credit: string;
  readonly debitVersion: number;
  readonly creditVersion: number;
}

@Injectable()
export class LedgerRepository {
  /** Posts all or nothing, in one round trip. Raises FB409 when a bounded account lacks the headroom. */
  async post(
    tx: Tx,
    journal: string,
    postings: readonly (Posting & { readonly id: string })[],
  ): Promise<Posted[]> {
    const plain = postings.map(({ id, code, from, to, amount, effectiveOn, reverses }) => ({
      id,
      code,
      from,
      to,
      amountCents: amount.toString(),
      effectiveOn: effectiveOn.toString(),
      reverses,
    }));
    const [row] = await tx.rows<{ posted: Posted[] }>('select ledger.post($1, $2) as posted', [
      journal,
      JSON.stringify(plain),
    ]);
    return row?.posted ?? [];
  }
}
