import { Injectable } from '@nestjs/common';
import type { EntityTarget, ObjectLiteral } from 'typeorm';
import type { ApplicationId } from '../../kernel/ids.js';
import type { ReadTx, Tx } from '../../platform/database/tx.js';
import { ApplicationCheck, ApplicationCheckResult } from './application-check.entity.js';
import { ApplicationDeviation, ApplicationOpinion } from './application-opinion.entity.js';
import { AskedQuery, QueryAnswer } from './application-query.entity.js';
import { ApplicationRecommendation } from './application-recommendation.entity.js';

/** Rows as they are born: instants are the database's own, persons are stamped by it. */
export type NewCheck = Omit<ApplicationCheck, 'checkedAt' | 'checkedBy'>;
export type NewQuery = Omit<AskedQuery, 'askedAt' | 'askedBy'>;
export type NewOpinion = Omit<ApplicationOpinion, 'statedAt' | 'statedBy'>;
export type NewAnswer = Omit<QueryAnswer, 'answeredAt' | 'answeredBy'>;

/** What is done about an application on the authority's desk; rows are added and never changed. */
@Injectable()
export class ApplicationDeskRepository {
  async addCheck(tx: Tx, check: NewCheck, results: readonly ApplicationCheckResult[]): Promise<void> {
    await this.insert(tx, ApplicationCheck, [check]);
    await this.insert(tx, ApplicationCheckResult, results);
  }

  addQuery(tx: Tx, query: NewQuery): Promise<void> {
    return this.insert(tx, AskedQuery, [query]);
  }

  addAnswer(tx: Tx, answer: NewAnswer): Promise<void> {
    return this.insert(tx, QueryAnswer, [answer]);
  }

  addOpinion(tx: Tx, opinion: NewOpinion): Promise<void> {
    return this.insert(tx, ApplicationOpinion, [opinion]);
  }

  addRecommendation(tx: Tx, recommendation: ApplicationRecommendation): Promise<void> {
    return this.insert(tx, ApplicationRecommendation, [recommendation]);
  }

  addDeviations(tx: Tx, deviations: readonly ApplicationDeviation[]): Promise<void> {
    return this.insert(tx, ApplicationDeviation, deviations);
  }

  checks(tx: ReadTx, applicationId: ApplicationId): Promise<ApplicationCheck[]> {
    return tx.manager
      .createQueryBuilder(ApplicationCheck, 'c')
      .where('c.applicationId = :applicationId', { applicationId })
      .orderBy('c.checkedAt')
      .addOrderBy('c.id')
      .getMany();
  }

  /** In the order of the checklists they answer. */
  results(tx: ReadTx, checkIds: readonly ApplicationCheck['id'][]): Promise<ApplicationCheckResult[]> {
    return tx.manager
      .createQueryBuilder(ApplicationCheckResult, 'r')
      .where('r.check_id = any(:checkIds)', { checkIds })
      .orderBy('r.id')
      .getMany();
  }

  opinions(tx: ReadTx, applicationId: ApplicationId): Promise<ApplicationOpinion[]> {
    return tx.manager
      .createQueryBuilder(ApplicationOpinion, 'o')
      .where('o.applicationId = :applicationId', { applicationId })
      .orderBy('o.statedAt')
      .addOrderBy('o.id')
      .getMany();
  }

  deviations(tx: ReadTx, opinionIds: readonly ApplicationOpinion['id'][]): Promise<ApplicationDeviation[]> {
    return tx.manager
      .createQueryBuilder(ApplicationDeviation, 'd')
      .where('d.opinion_id = any(:opinionIds)', { opinionIds })
      .getMany();
  }

  /** Null where there is none, or none that the asker may see. */
  recommendation(tx: ReadTx, applicationId: ApplicationId): Promise<ApplicationRecommendation | null> {
    return tx.manager
      .createQueryBuilder(ApplicationRecommendation, 'r')
      .where('r.applicationId = :applicationId', { applicationId })
      .getOne();
  }

  queries(tx: ReadTx, applicationId: ApplicationId): Promise<AskedQuery[]> {
    return tx.manager
      .createQueryBuilder(AskedQuery, 'q')
      .where('q.applicationId = :applicationId', { applicationId })
      .orderBy('q.number')
      .getMany();
  }

  answers(tx: ReadTx, queryIds: readonly AskedQuery['id'][]): Promise<QueryAnswer[]> {
    return tx.manager
      .createQueryBuilder(QueryAnswer, 'a')
      .where('a.query_id = any(:queryIds)', { queryIds })
      .getMany();
  }

  private async insert<T extends ObjectLiteral>(
    tx: Tx,
    target: EntityTarget<ObjectLiteral>,
    rows: readonly T[],
  ): Promise<void> {
    if (rows.length === 0) return;
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(target)
      .values([...rows])
      .updateEntity(false)
      .execute();
  }
}
