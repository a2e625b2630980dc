import { Injectable } from '@nestjs/common';
import type { CaseId, CentreId } from '../kernel/ids.js';
import type { Hash } from '../kernel/merkle.js';
import type { ReadTx } from '../platform/database/tx.js';

/** One sealed record of a case, with its own part and the texts of its row changes. */
export interface SealedLink {
  readonly sequence: number;
  readonly leafIndex: number;
  readonly body: Buffer;
  readonly part: Buffer | null;
  readonly rows: readonly string[];
}

/** One leaf of the log with the bytes that made it; null where the record is gone. */
export interface WholeLeaf {
  readonly leafIndex: number;
  readonly hash: Buffer;
  readonly body: Buffer | null;
  readonly parts: readonly Buffer[];
}

@Injectable()
export class ProofRepository {
  /** The leaf of a record the caller may see; null when there is no such record. */
  async leafOf(
    tx: ReadTx,
    recordId: number,
  ): Promise<{ leafIndex: number | null; leafHash: Hash | null } | null> {
    const [found] = await tx.rows<{ leafIndex: number | null; leafHash: Buffer | null }>(
      `select l.leaf_index::float8 as "leafIndex", l.hash as "leafHash"
         from audit_record r left join audit_leaf l on l.record_id = r.id where r.id = $1`,
      [recordId],
    );
    return found ?? null;
  }

  /** Null for a case that does not exist, or not for whoever asks. */
  async caseCentre(tx: ReadTx, caseId: CaseId): Promise<{ centreId: CentreId | null } | null> {
    const [found] = await tx.rows<{ centreId: CentreId | null }>(
      `select (select s.centre_id from audit_subject s where s.case_id = $1 and s.centre_id is not null limit 1) as "centreId"
        where audit.may_see_case($1)`,
      [caseId],
    );
    return found ?? null;
  }

  /**
   * How large a tree may be whose file of the case the caller gets: below the first record the caller may not read,
   * such as a decision that is not made known yet. Null: no limit. What a file says is complete for its tree.
   */
  async mostSize(tx: ReadTx, caseId: CaseId): Promise<number | null> {
    const [found] = await tx.rows<{ least: number | null }>(
      `select min(k.leaf_index)::float8 as least from audit.case_leaves($1) as k
        where not exists (select from audit_record r where r.id = k.record_id)
          and not exists (select from audit_part p where p.record_id = k.record_id and p.case_id = $1)`,
      [caseId],
    );
    return found?.least ?? null;
  }

  links(tx: ReadTx, caseId: CaseId, size: number): Promise<SealedLink[]> {
    return tx.rows<SealedLink>(
      `select sequence, leaf_index::float8 as "leafIndex", body, part, rows from audit.case_links($1, $2)`,
      [caseId, size],
    );
  }

  leaves(tx: ReadTx, from: number, to: number): Promise<WholeLeaf[]> {
    return tx.rows<WholeLeaf>(
      `select l.leaf_index::float8 as "leafIndex", l.hash, r.body,
              array(select p.bytes from audit_part p where p.record_id = r.id order by sha256(p.bytes)) as parts
         from audit_leaf l left join audit_record r on r.id = l.record_id
        where l.leaf_index >= $1 and l.leaf_index < $2 order by l.leaf_index`,
      [from, to],
    );
  }
}
