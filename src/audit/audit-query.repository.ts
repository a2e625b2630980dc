import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../kernel/calendar-date.js';
import type { CaseId, CentreId, PersonId } from '../kernel/ids.js';
import type { ReadTx } from '../platform/database/tx.js';
import type { AuditSubject } from './audit-body.js';

/** A record without its body, as lists show it. */
export interface RecordHead {
  readonly id: number;
  readonly epoch: number;
  /** The instant in UTC, to the microsecond, as the body has it. */
  readonly at: string;
  readonly actorPersonId: PersonId | null;
  readonly onBehalfOf: PersonId | null;
  readonly role: string;
  readonly action: string;
  readonly centreId: CentreId | null;
  readonly caseId: CaseId | null;
  readonly requestId: string;
  readonly subjects: readonly AuditSubject[];
}

/** The bytes that were hashed, with the hash of their leaf in the tree. */
export interface RecordBody extends RecordHead {
  readonly body: string;
  readonly leafHash: string;
}

export interface RowChange {
  readonly table: string;
  readonly rowId: string;
  readonly operation: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly sha256: string;
}

export interface RecordFilter {
  readonly caseId: CaseId | null;
  readonly centreId: CentreId | null;
  readonly personId: PersonId | null;
  readonly action: string | null;
  /** A calendar day in Düsseldorf. */
  readonly on: CalendarDate | null;
  /** Records before this one; null from the newest on. */
  readonly before: number | null;
  readonly limit: number;
}

/** Ids are running numbers far below 2^53, so they come as numbers. */
const HEAD = `
  r.id::float8 as id, r.epoch, to_char(r.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
  r.actor_person as "actorPersonId", r.on_behalf_of as "onBehalfOf", r.role, r.action, r.centre_id as "centreId",
  r.case_id as "caseId", r.request_id as "requestId",
  coalesce((select jsonb_agg(jsonb_build_object('type', s.subject_type, 'id', s.subject_id, 'version', s.version,
                                                'centreId', s.centre_id, 'caseId', s.case_id)
                             order by s.subject_type, s.subject_id)
              from audit_subject s where s.record_id = r.id), '[]') as subjects`;

/** Reads the record; who sees which part of it is decided by the policies of its tables. */
@Injectable()
export class AuditQueryRepository {
  /** The newest first. A record that touches several cases belongs to each of them. */
  list(
    tx: ReadTx,
    { caseId, centreId, personId, action, on, before, limit }: RecordFilter,
  ): Promise<RecordHead[]> {
    return tx.rows<RecordHead>(
      `select ${HEAD}
         from audit_record r
        where ($1::uuid is null or r.case_id = $1
               or exists (select from audit_subject s where s.record_id = r.id and s.case_id = $1))
          and ($2::uuid is null or r.centre_id = $2)
          and ($3::uuid is null or r.actor_person = $3)
          and ($4::text is null or r.action = $4)
          and ($5::date is null or (r.at >= $5::date::timestamp at time zone 'Europe/Berlin'
                                    and r.at < ($5::date + 1)::timestamp at time zone 'Europe/Berlin'))
          and ($6::bigint is null or r.id < $6)
        order by r.id desc limit $7`,
      [caseId, centreId, personId, action, on?.toString() ?? null, before, limit],
    );
  }

  async find(tx: ReadTx, id: number): Promise<RecordBody | null> {
    const [row] = await tx.rows<RecordBody>(
      `select ${HEAD}, convert_from(r.body, 'UTF8') as body,
              encode(sha256('\\x00'::bytea || r.body), 'hex') as "leafHash"
         from audit_record r where r.id = $1`,
      [id],
    );
    return row ?? null;
  }

  /** What the record's command changed, row by row. */
  rowChanges(tx: ReadTx, id: number): Promise<RowChange[]> {
    return tx.rows<RowChange>(
      `select c.table_name as "table", c.row_id as "rowId", c.operation, c.before, c.after,
              encode(c.sha256, 'hex') as sha256
         from audit_record r join row_change c on c.epoch = r.epoch and c.xid = r.xid
        where r.id = $1 order by c.id`,
      [id],
    );
  }
}
