import { Injectable } from '@nestjs/common';
import { CalendarDate } from '../kernel/calendar-date.js';
import type { CaseId, CentreId, Id, PersonId } from '../kernel/ids.js';
import type { ReadTx } from '../platform/database/tx.js';
import type { Key } from '../platform/http/page.js';
import { rowsOfKind, type WorkKind } from './waiting-work.repository.js';

/** Who asks, and when. */
export interface Asking {
  readonly kinds: readonly WorkKind[];
  readonly persons: readonly PersonId[];
  readonly today: CalendarDate;
  /** Periods that ended on this day or before are over for good. */
  readonly over: CalendarDate;
}

export interface WorkFilter {
  readonly centreId: CentreId | null;
  readonly programme: string | null;
}

/** One thing that waits. */
export interface WorkItem {
  readonly kind: WorkKind;
  readonly subjectType: string;
  readonly subjectId: Id<string>;
  readonly place: string;
  readonly centreId: CentreId | null;
  readonly centreName: string | null;
  readonly caseId: CaseId | null;
  readonly programme: string | null;
  readonly fileNumber: string | null;
  readonly sinceOn: CalendarDate;
  readonly since: string;
  readonly dueOn: CalendarDate | null;
  readonly note: string | null;
}

type Row = Omit<WorkItem, 'sinceOn' | 'dueOn'> & { readonly sinceOn: string; readonly dueOn: string | null };

@Injectable()
export class WorkListRepository {
  /** Oldest first, in ONE statement; row-level security and the rights of the role leave out what is not the caller's. */
  async list(
    tx: ReadTx,
    { kinds, persons, today, over }: Asking,
    { centreId, programme }: WorkFilter,
    { after, limit }: { readonly after: Key | null; readonly limit: number },
  ): Promise<WorkItem[]> {
    const [sinceOn = null, since = null, id = null, kind = null] = after ?? [];
    const rows = await tx.rows<Row>(
      `with w(persons, today, over) as (select $1::uuid[], $2::date, $3::date)
       select t.kind, t.subject_type as "subjectType", t.id as "subjectId", t.place,
              t.centre_id as "centreId", c.name as "centreName", t.case_id as "caseId", t.programme,
              t.file_number as "fileNumber", t.since_on::text as "sinceOn",
              to_char(t.since_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as since,
              t.due_on::text as "dueOn", t.note
         from (${kinds.map(rowsOfKind).join('\n    union all')})
           as t(kind, subject_type, id, place, centre_id, case_id, programme, file_number, since_on, since_at, due_on, note)
         left join centre c on c.id = t.centre_id
        where ($4::uuid is null or t.centre_id = $4) and ($5::text is null or t.programme = $5)
          and ($6::date is null or (t.since_on, t.since_at, t.id, t.kind) > ($6, $7::timestamptz, $8::uuid, $9::text))
        order by t.since_on, t.since_at, t.id, t.kind limit $10`,
      [persons, today.toString(), over.toString(), centreId, programme, sinceOn, since, id, kind, limit],
    );
    return rows.map((row) => ({
      ...row,
      sinceOn: CalendarDate.parse(row.sinceOn),
      dueOn: row.dueOn === null ? null : CalendarDate.parse(row.dueOn),
    }));
  }
}
