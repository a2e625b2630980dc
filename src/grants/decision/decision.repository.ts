import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { CaseId, CentreId, DecisionId } from '../../kernel/ids.js';
import type { ReadTx, Tx } from '../../platform/database/tx.js';
import type { Key } from '../../platform/http/page.js';
import type { DecisionState } from '../lifecycle.rules.js';
import { DecisionAmount } from './decision-amount.entity.js';
import { DecisionDerivation } from './decision-derivation.entity.js';
import { Decision } from './decision.entity.js';
import type { DecisionKind } from './decision.rules.js';
import type { Finality, NotificationMode } from './finality.rules.js';

export interface DecisionFilter {
  readonly caseId: CaseId | null;
  readonly centreId: CentreId | null;
  readonly fundingYear: number | null;
  readonly kind: DecisionKind | null;
  readonly state: DecisionState | null;
}

export interface Slice {
  readonly after: Key | null;
  readonly limit: number;
}

/** A decision as it is drafted; instants are the database's own, persons are stamped by it. */
export type NewDecision = Pick<
  Decision,
  | 'id'
  | 'caseId'
  | 'applicationId'
  | 'submission'
  | 'centreId'
  | 'recipientId'
  | 'programme'
  | 'kind'
  | 'fileNumber'
  | 'guidelineVersionId'
  | 'fundingYear'
  | 'proofDueOn'
  | 'reasons'
  | 'remedyInformation'
>;
export type NewAmount = Omit<DecisionAmount, 'validity' | 'finalOn' | 'version'>;

@Injectable()
export class DecisionRepository {
  async insert(tx: Tx, row: NewDecision): Promise<void> {
    const values = { ...row, state: 'drafted' as const, version: 1 };
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(Decision)
      .values(values)
      .updateEntity(false)
      .execute();
  }

  async addAmounts(tx: Tx, rows: readonly NewAmount[]): Promise<void> {
    if (rows.length === 0) return;
    const values = rows.map((row) => ({ ...row, validity: 'in_force' as const, version: 1 }));
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(DecisionAmount)
      .values(values)
      .updateEntity(false)
      .execute();
  }

  async addDerivation(tx: Tx, row: DecisionDerivation): Promise<void> {
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(DecisionDerivation)
      .values(row)
      .updateEntity(false)
      .execute();
  }

  find(tx: ReadTx, id: DecisionId): Promise<Decision | null> {
    return tx.manager.createQueryBuilder(Decision, 'd').where('d.id = :id', { id }).getOne();
  }

  lock(tx: Tx, id: DecisionId): Promise<Decision | null> {
    return tx.manager
      .createQueryBuilder(Decision, 'd')
      .where('d.id = :id', { id })
      .setLock('pessimistic_write')
      .getOne();
  }

  ofApplication(tx: ReadTx, applicationId: Decision['applicationId']): Promise<Decision | null> {
    return tx.manager
      .createQueryBuilder(Decision, 'd')
      .where('d.applicationId = :applicationId', { applicationId })
      .getOne();
  }

  ofCase(tx: ReadTx, caseId: CaseId): Promise<Decision[]> {
    return tx.manager
      .createQueryBuilder(Decision, 'd')
      .where('d.caseId = :caseId', { caseId })
      .orderBy('d.id')
      .getMany();
  }

  list(tx: ReadTx, filter: DecisionFilter, { after, limit }: Slice): Promise<Decision[]> {
    const query = tx.manager
      .createQueryBuilder(Decision, 'd')
      .orderBy('d.id')
      .limit(limit + 1);
    const { caseId, centreId, fundingYear, kind, state } = filter;
    if (caseId !== null) query.andWhere('d.caseId = :caseId', { caseId });
    if (centreId !== null) query.andWhere('d.centreId = :centreId', { centreId });
    if (fundingYear !== null) query.andWhere('d.fundingYear = :fundingYear', { fundingYear });
    if (kind !== null) query.andWhere('d.kind = :kind', { kind });
    if (state !== null) query.andWhere('d.state = :state', { state });
    if (after !== null) query.andWhere('d.id > :after', { after: after[0] });
    return query.getMany();
  }

  amounts(tx: ReadTx, decisionId: DecisionId): Promise<DecisionAmount[]> {
    return tx.manager
      .createQueryBuilder(DecisionAmount, 'a')
      .where('a.decisionId = :decisionId', { decisionId })
      .orderBy('a.fundingYear')
      .addOrderBy('a.id')
      .getMany();
  }

  derivation(tx: ReadTx, id: DecisionId): Promise<DecisionDerivation | null> {
    return tx.manager.createQueryBuilder(DecisionDerivation, 'v').where('v.id = :id', { id }).getOne();
  }

  async release(tx: Tx, id: DecisionId, on: CalendarDate): Promise<void> {
    await tx.rows(
      `update decision
          set state = 'released', released_at = transaction_timestamp(), released_on = $2::date, version = version + 1
        where id = $1`,
      [id, on.toString()],
    );
  }

  async notify(
    tx: Tx,
    id: DecisionId,
    { mode, on }: { mode: NotificationMode; on: CalendarDate },
    { receivedOn, remedyEndsOn, finalOn }: Finality,
  ): Promise<void> {
    await tx.rows(
      `update decision
          set state = 'notified', notified_at = transaction_timestamp(), notified_mode = $2, notified_on = $3::date,
              received_on = $4::date, remedy_ends_on = $5::date, final_on = $6::date, version = version + 1
        where id = $1`,
      [id, mode, ...[on, receivedOn, remedyEndsOn, finalOn].map(String)],
    );
    await this.finalise(tx, id, finalOn);
  }

  async waive(tx: Tx, id: DecisionId, on: CalendarDate, finalOn: CalendarDate): Promise<void> {
    await tx.rows(
      `update decision
          set waived_at = transaction_timestamp(), waived_on = $2::date, final_on = $3::date, version = version + 1
        where id = $1`,
      [id, on.toString(), finalOn.toString()],
    );
    await this.finalise(tx, id, finalOn);
  }

  private async finalise(tx: Tx, id: DecisionId, finalOn: CalendarDate): Promise<void> {
    await tx.rows(
      'update decision_amount set final_on = $2::date, version = version + 1 where decision_id = $1',
      [id, finalOn.toString()],
    );
  }
}
