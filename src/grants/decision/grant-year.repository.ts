import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { CaseId, CentreId, DecisionId } from '../../kernel/ids.js';
import type { ReadTx, Tx } from '../../platform/database/tx.js';
import { GrantYear } from './grant-year.entity.js';

export type NewGrantYear = Omit<GrantYear, 'receivedOn' | 'settledOn' | 'version'>;

@Injectable()
export class GrantYearRepository {
  async insert(tx: Tx, row: NewGrantYear): Promise<void> {
    const values = { ...row, version: 1 };
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(GrantYear)
      .values(values)
      .updateEntity(false)
      .execute();
  }

  lock(tx: Tx, caseId: CaseId, fundingYear: number): Promise<GrantYear | null> {
    return tx.manager
      .createQueryBuilder(GrantYear, 'g')
      .where('g.caseId = :caseId and g.fundingYear = :fundingYear', { caseId, fundingYear })
      .setLock('pessimistic_write')
      .getOne();
  }

  find(tx: ReadTx, caseId: CaseId, fundingYear: number): Promise<GrantYear | null> {
    return tx.manager
      .createQueryBuilder(GrantYear, 'g')
      .where('g.caseId = :caseId and g.fundingYear = :fundingYear', { caseId, fundingYear })
      .getOne();
  }

  ofDecision(tx: ReadTx, decisionId: DecisionId): Promise<GrantYear[]> {
    return tx.manager
      .createQueryBuilder(GrantYear, 'g')
      .where('g.decisionId = :decisionId', { decisionId })
      .orderBy('g.fundingYear')
      .getMany();
  }

  ofCentre(tx: ReadTx, centreId: CentreId, programme: string): Promise<GrantYear[]> {
    return tx.manager
      .createQueryBuilder(GrantYear, 'g')
      .where('g.centreId = :centreId and g.programme = :programme', { centreId, programme })
      .orderBy('g.fundingYear')
      .getMany();
  }

  async received(tx: Tx, id: GrantYear['id'], on: CalendarDate): Promise<void> {
    await tx.rows('update grant_year set received_on = $2::date, version = version + 1 where id = $1', [
      id,
      on.toString(),
    ]);
  }

  async settled(tx: Tx, id: GrantYear['id'], on: CalendarDate): Promise<void> {
    await tx.rows('update grant_year set settled_on = $2::date, version = version + 1 where id = $1', [
      id,
      on.toString(),
    ]);
  }
}
