import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../kernel/calendar-date.js';
import type { CaseId, CentreId, FollowUpId, PersonId } from '../kernel/ids.js';
import type { ReadTx, Tx } from '../platform/database/tx.js';
import type { Key } from '../platform/http/page.js';
import { FollowUp } from './follow-up.entity.js';
import type { FollowUpState, FollowUpSubject } from './follow-up.rules.js';

export interface FollowUpFilter {
  readonly state: FollowUpState | null;
  readonly until: CalendarDate | null;
  readonly subjectId: string | null;
  readonly centreId: CentreId | null;
  readonly forPersonId: PersonId | null;
}

/** Whose the thing is that is to be seen again. */
export interface SubjectPlace {
  readonly centreId: CentreId | null;
  readonly caseId: CaseId | null;
}

export type NewFollowUp = Pick<
  FollowUp,
  'id' | 'office' | 'centreId' | 'subjectType' | 'subjectId' | 'caseId' | 'dueOn' | 'forPersonId'
> & { readonly note: string };

/** Where the things are, and how they name centre and case. */
const subjects: Readonly<Record<FollowUpSubject, string>> = {
  application: 'select centre_id, case_id from application',
  call: 'select null::uuid as centre_id, null::uuid as case_id from call',
  centre: 'select id as centre_id, null::uuid as case_id from centre',
  decision: 'select centre_id, case_id from decision',
  drawdown: 'select centre_id, case_id from drawdown',
  guideline: 'select null::uuid as centre_id, null::uuid as case_id from guideline_version',
  payment: 'select centre_id, case_id from payment',
  settlement: 'select centre_id, case_id from settlement',
};

@Injectable()
export class FollowUpRepository {
  /** The thing as far as the caller may see it; null where there is nothing to see. */
  async subject(tx: ReadTx, type: FollowUpSubject, id: string): Promise<SubjectPlace | null> {
    const [row] = await tx.rows<{ centre_id: CentreId | null; case_id: CaseId | null }>(
      `${subjects[type]} where id = $1`,
      [id],
    );
    return row === undefined ? null : { centreId: row.centre_id, caseId: row.case_id };
  }

  async isColleague(tx: ReadTx, person: PersonId | null): Promise<boolean> {
    const [row] = await tx.rows<{ is: boolean }>('select access.is_colleague($1) as is', [person]);
    return row?.is === true;
  }

  async insert(tx: Tx, row: NewFollowUp): Promise<void> {
    const { id, office, centreId, subjectType, subjectId, caseId, dueOn, note, forPersonId } = row;
    await tx.rows(
      `insert into follow_up (id, office, centre_id, subject_type, subject_id, about_case_id, due_on, note, for_person_id)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [id, office, centreId, subjectType, subjectId, caseId, dueOn.toString(), note, forPersonId],
    );
  }

  find(tx: ReadTx, id: FollowUpId): Promise<FollowUp | null> {
    return tx.manager.createQueryBuilder(FollowUp, 'f').where('f.id = :id', { id }).getOne();
  }

  lock(tx: Tx, id: FollowUpId): Promise<FollowUp | null> {
    return tx.manager
      .createQueryBuilder(FollowUp, 'f')
      .where('f.id = :id', { id })
      .setLock('pessimistic_write')
      .getOne();
  }

  async complete(tx: Tx, id: FollowUpId, on: CalendarDate, remark: string | null): Promise<void> {
    await tx.rows(
      `update follow_up set done_at = transaction_timestamp(), done_on = $2, remark = $3, version = version + 1 where id = $1`,
      [id, on.toString(), remark],
    );
  }

  /** By their day. */
  list(
    tx: ReadTx,
    { state, until, subjectId, centreId, forPersonId }: FollowUpFilter,
    after: Key | null,
    limit: number,
  ): Promise<FollowUp[]> {
    const query = tx.manager
      .createQueryBuilder(FollowUp, 'f')
      .orderBy('f.dueOn')
      .addOrderBy('f.id')
      .limit(limit);
    if (state !== null) query.andWhere(`f.doneAt is ${state === 'open' ? 'null' : 'not null'}`);
    if (until !== null) query.andWhere('f.dueOn <= :until', { until: until.toString() });
    if (subjectId !== null) query.andWhere('f.subjectId = :subjectId', { subjectId });
    if (centreId !== null) query.andWhere('f.centreId = :centreId', { centreId });
    if (forPersonId !== null) query.andWhere('f.forPersonId = :forPersonId', { forPersonId });
    if (after !== null) query.andWhere('(f.dueOn, f.id) > (:day, :id)', { day: after[0], id: after[1] });
    return query.getMany();
  }
}
