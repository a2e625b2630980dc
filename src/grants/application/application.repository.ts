import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { ApplicationId, CentreId } from '../../kernel/ids.js';
import type { ReadTx, Tx } from '../../platform/database/tx.js';
import type { Key } from '../../platform/http/page.js';
import type { ApplicationState } from '../lifecycle.rules.js';
import { ApplicationMeasureItem } from './application-measure-item.entity.js';
import { ApplicationPostItem } from './application-post-item.entity.js';
import { ApplicationSubmission } from './application-submission.entity.js';
import { Application } from './application.entity.js';

export interface ApplicationFilter {
  readonly programme: string | null;
  readonly fundingYear: number | null;
  readonly state: ApplicationState | null;
  readonly centreId: CentreId | null;
}

export interface Slice {
  readonly after: Key | null;
  readonly limit: number;
}

/** Rows as they are born: instants are the database's own, persons are stamped by it. */
export type NewApplication = Pick<
  Application,
  | 'id'
  | 'caseId'
  | 'centreId'
  | 'recipientId'
  | 'callId'
  | 'continues'
  | 'programme'
  | 'fundingYear'
  | 'periodFrom'
  | 'periodTo'
>;
export type NewPostItem = Omit<ApplicationPostItem, 'removedAt' | 'version'>;
export type NewMeasureItem = Omit<ApplicationMeasureItem, 'removedAt' | 'version'>;
export type NewSubmission = Omit<ApplicationSubmission, 'submittedAt' | 'submittedBy'>;

@Injectable()
export class ApplicationRepository {
  async insert(tx: Tx, row: NewApplication): Promise<void> {
    const values = { ...row, state: 'draft' as const, submission: 0, version: 1 };
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(Application)
      .values(values)
      .updateEntity(false)
      .execute();
  }

  async addPosts(tx: Tx, rows: readonly NewPostItem[]): Promise<void> {
    if (rows.length === 0) return;
    const values = rows.map((row) => ({ ...row, version: 1 }));
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(ApplicationPostItem)
      .values(values)
      .updateEntity(false)
      .execute();
  }

  async addMeasures(tx: Tx, rows: readonly NewMeasureItem[]): Promise<void> {
    if (rows.length === 0) return;
    const values = rows.map((row) => ({ ...row, version: 1 }));
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(ApplicationMeasureItem)
      .values(values)
      .updateEntity(false)
      .execute();
  }

  async addSubmission(tx: Tx, row: NewSubmission): Promise<void> {
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(ApplicationSubmission)
      .values(row)
      .updateEntity(false)
      .execute();
  }

  find(tx: ReadTx, id: ApplicationId): Promise<Application | null> {
    return tx.manager.createQueryBuilder(Application, 'a').where('a.id = :id', { id }).getOne();
  }

  lock(tx: Tx, id: ApplicationId): Promise<Application | null> {
    return tx.manager
      .createQueryBuilder(Application, 'a')
      .where('a.id = :id', { id })
      .setLock('pessimistic_write')
      .getOne();
  }

  list(tx: ReadTx, filter: ApplicationFilter, { after, limit }: Slice): Promise<Application[]> {
    const query = tx.manager
      .createQueryBuilder(Application, 'a')
      .orderBy('a.id')
      .limit(limit + 1);
    const { programme, fundingYear, state, centreId } = filter;
    if (programme !== null) query.andWhere('a.programme = :programme', { programme });
    if (fundingYear !== null) {
      const [from, to] = [`${String(fundingYear)}-01-01`, `${String(fundingYear + 1)}-01-01`];
      query.andWhere('a.period_from < :to::date and a.period_to > :from::date', { from, to });
    }
    if (state !== null) query.andWhere('a.state = :state', { state });
    if (centreId !== null) query.andWhere('a.centreId = :centreId', { centreId });
    if (after !== null) query.andWhere('a.id > :after', { after: after[0] });
    return query.getMany();
  }

  posts(tx: ReadTx, applicationId: ApplicationId): Promise<ApplicationPostItem[]> {
    return tx.manager
      .createQueryBuilder(ApplicationPostItem, 'p')
      .where('p.applicationId = :applicationId and p.removedAt is null', { applicationId })
      .orderBy('p.position')
      .getMany();
  }

  measures(tx: ReadTx, applicationId: ApplicationId): Promise<ApplicationMeasureItem[]> {
    return tx.manager
      .createQueryBuilder(ApplicationMeasureItem, 'm')
      .where('m.applicationId = :applicationId and m.removedAt is null', { applicationId })
      .orderBy('m.position')
      .getMany();
  }

  async removeMeasures(tx: Tx, applicationId: ApplicationId): Promise<void> {
    await tx.rows(
      `update application_measure_item set removed_at = transaction_timestamp(), version = version + 1
        where application_id = $1 and removed_at is null`,
      [applicationId],
    );
  }

  async removePosts(tx: Tx, applicationId: ApplicationId): Promise<void> {
    await tx.rows(
      `update application_post_item set removed_at = transaction_timestamp(), version = version + 1
        where application_id = $1 and removed_at is null`,
      [applicationId],
    );
  }

  submissions(tx: ReadTx, applicationId: ApplicationId): Promise<ApplicationSubmission[]> {
    return tx.manager
      .createQueryBuilder(ApplicationSubmission, 's')
      .where('s.applicationId = :applicationId', { applicationId })
      .orderBy('s.number')
      .getMany();
  }

  submission(
    tx: ReadTx,
    applicationId: ApplicationId,
    number: number,
  ): Promise<ApplicationSubmission | null> {
    return tx.manager
      .createQueryBuilder(ApplicationSubmission, 's')
      .where('s.applicationId = :applicationId and s.number = :number', { applicationId, number })
      .getOne();
  }

  /** A new version, with what was edited. */
  async edit(tx: Tx, id: ApplicationId, periodFrom: CalendarDate, periodTo: CalendarDate): Promise<void> {
    await tx.rows(
      'update application set period_from = $2, period_to = $3, version = version + 1 where id = $1',
      [id, periodFrom.toString(), periodTo.toString()],
    );
  }

  /** Something that belongs to it changed: whoever read it before reads it again before they sign. */
  async touch(tx: Tx, id: ApplicationId): Promise<void> {
    await tx.rows('update application set version = version + 1 where id = $1', [id]);
  }

  /** The day of the first submission stays: deadlines are kept by it. */
  async submit(tx: Tx, id: ApplicationId, state: ApplicationState, on: CalendarDate): Promise<void> {
    await tx.rows(
      `update application
          set state = $2, submission = submission + 1, submitted_on = coalesce(submitted_on, $3::date),
              submitted_at = coalesce(submitted_at, transaction_timestamp()), version = version + 1
        where id = $1`,
      [id, state, on.toString()],
    );
  }

  async recommend(tx: Tx, id: ApplicationId): Promise<void> {
    await tx.rows(
      `update application
          set state = 'recommended', recommended_at = transaction_timestamp(), version = version + 1
        where id = $1`,
      [id],
    );
  }

  async retract(tx: Tx, id: ApplicationId): Promise<void> {
    await tx.rows(
      `update application
          set state = 'retracted', retracted_at = transaction_timestamp(), version = version + 1
        where id = $1`,
      [id],
    );
  }

  async move(tx: Tx, id: ApplicationId, state: 'in_check' | 'queried' | 'decided'): Promise<void> {
    await tx.rows('update application set state = $2, version = version + 1 where id = $1', [id, state]);
  }

  /** Waits for whoever submits for the same centre and programme, so that two cannot overlook each other. */
  async queue(tx: Tx, { centreId, programme }: Application): Promise<void> {
    await tx.rows('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `application ${centreId} ${programme}`,
    ]);
  }

  /** The live continuation of an application; null where nobody carried it on. */
  async continuationOf(tx: ReadTx, id: ApplicationId): Promise<ApplicationId | null> {
    const [found] = await tx.rows<{ id: ApplicationId }>(
      `select id from application where continues = $1 and state <> 'retracted'`,
      [id],
    );
    return found?.id ?? null;
  }

  /** Whether another live application of the centre and programme asks for days of this period; a refused one does not. */
  async overlapsAnother(
    tx: ReadTx,
    { id, centreId, programme, periodFrom, periodTo }: Application,
  ): Promise<boolean> {
    const found = await tx.rows(
      `select from application a
        where a.centre_id = $1 and a.programme = $2 and a.id <> $3
          and a.state not in ('draft', 'retracted')
          and a.period_from < $5::date and $4::date < a.period_to
          and not exists (select from decision d where d.application_id = a.id and d.kind = 'refusal'
                             and d.state in ('notified', 'closed'))
        limit 1`,
      [centreId, programme, id, periodFrom.toString(), periodTo.toString()],
    );
    return found.length > 0;
  }
}
