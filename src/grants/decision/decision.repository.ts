import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { CaseId, CentreId, DecisionId, PersonId } from '../../kernel/ids.js';
import type { ReadTx, Tx } from '../../platform/database/tx.js';
import type { Key } from '../../platform/http/page.js';
import type { DecisionState } from '../lifecycle.rules.js';
import type { AuditCopy } from './audit-copy.rules.js';
import { DecisionAmount } from './decision-amount.entity.js';
import { DecisionDerivation } from './decision-derivation.entity.js';
import { Decision } from './decision.entity.js';
import type { AnyKind } from './act-kinds.rules.js';
import type { Finality, NotificationMode } from './finality.rules.js';
import type { KeptProvisions } from './provision.rules.js';

export interface DecisionFilter {
  readonly caseId: CaseId | null;
  readonly centreId: CentreId | null;
  readonly fundingYear: number | null;
  readonly kind: AnyKind | null;
  readonly state: DecisionState | null;
  readonly copyToCourtOfAudit: boolean | null;
}

export interface Slice {
  readonly after: Key | null;
  readonly limit: number;
}

/** What a draft says, and an edit of it may say anew. */
export type Wording = Pick<
  Decision,
  | 'kind'
  | 'fileNumber'
  | 'guidelineVersionId'
  | 'proofDueOn'
  | 'proofMonths'
  | 'reasons'
  | 'remedyInformation'
> &
  AuditCopy &
  KeptProvisions;
/** A decision as it is drafted; instants are the database's own, persons are stamped by it. */
export type NewDecision = Wording &
  Pick<
    Decision,
    | 'id'
    | 'caseId'
    | 'applicationId'
    | 'submission'
    | 'centreId'
    | 'recipientId'
    | 'programme'
    | 'fundingYear'
  >;
export type NewDerivation = Omit<DecisionDerivation, 'draftedAt' | 'draftedBy'>;
export type NewAmount = Pick<
  DecisionAmount,
  | 'id'
  | 'decisionId'
  | 'caseId'
  | 'centreId'
  | 'fundingYear'
  | 'lineId'
  | 'source'
  | 'inKind'
  | 'modelled'
  | 'amount'
>;

const GRANTS_YEAR = `exists (select from decision_amount y
  where y.decision_id = d.id and y.funding_year = :fundingYear and y.validity <> 'discarded')`;

@Injectable()
export class DecisionRepository {
  async insert(tx: Tx, row: NewDecision): Promise<void> {
    const values = { ...row, state: 'drafted' as const, draft: 1, version: 1 };
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
    const values = rows.map((row) => ({ ...row, validity: 'drafted' as const, version: 1 }));
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(DecisionAmount)
      .values(values)
      .updateEntity(false)
      .execute();
  }

  async addDerivation(tx: Tx, row: NewDerivation): Promise<void> {
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

  /** Everybody who ever worded the decision. */
  async drafters(tx: ReadTx, id: DecisionId): Promise<PersonId[]> {
    const rows = await tx.rows<{ person: PersonId }>(
      'select distinct drafted_by as person from decision_derivation where decision_id = $1 order by 1',
      [id],
    );
    return rows.map(({ person }) => person);
  }

  /** Whether another live decision of the programme and year has this file number. */
  async isFileNumberTaken(
    tx: ReadTx,
    { id, programme, fundingYear }: Pick<Decision, 'id' | 'programme' | 'fundingYear'>,
    fileNumber: string,
  ): Promise<boolean> {
    const found = await tx.rows(
      `select from decision
        where programme = $1 and funding_year = $2 and file_number = $3 and state <> 'discarded' and id <> $4`,
      [programme, fundingYear, fileNumber, id],
    );
    return found.length > 0;
  }

  /** The decision that stands for an application, drafted or further; null where there is none or it was discarded. */
  ofApplication(tx: ReadTx, applicationId: Decision['applicationId']): Promise<Decision | null> {
    return tx.manager
      .createQueryBuilder(Decision, 'd')
      .where("d.applicationId = :applicationId and d.state <> 'discarded' and d.basisId is null", {
        applicationId,
      })
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
    const { caseId, centreId, fundingYear, kind, state, copyToCourtOfAudit: copied } = filter;
    if (caseId !== null) query.andWhere('d.caseId = :caseId', { caseId });
    if (centreId !== null) query.andWhere('d.centreId = :centreId', { centreId });
    if (fundingYear !== null)
      query.andWhere(`(d.fundingYear = :fundingYear or ${GRANTS_YEAR})`, { fundingYear });
    if (kind !== null) query.andWhere('d.kind = :kind', { kind });
    if (state !== null) query.andWhere('d.state = :state', { state });
    // Written out: a parameter would keep the planner from the index of those that are copied.
    if (copied !== null) query.andWhere(copied ? 'd.copyRequired' : 'not d.copyRequired');
    if (after !== null) query.andWhere('d.id > :after', { after: after[0] });
    return query.getMany();
  }

  amounts(tx: ReadTx, decisionId: DecisionId): Promise<DecisionAmount[]> {
    return tx.manager
      .createQueryBuilder(DecisionAmount, 'a')
      .where("a.decisionId = :decisionId and a.validity <> 'discarded'", { decisionId })
      .orderBy('a.fundingYear')
      .addOrderBy('a.id')
      .getMany();
  }

  /** The reckoning of the wording that counts. */
  derivation(tx: ReadTx, { id, draft }: Pick<Decision, 'id' | 'draft'>): Promise<DecisionDerivation | null> {
    return tx.manager
      .createQueryBuilder(DecisionDerivation, 'v')
      .where('v.decisionId = :id and v.draft = :draft', { id, draft })
      .getOne();
  }

  async reword(tx: Tx, id: DecisionId, wording: Wording): Promise<void> {
    const { kind, fileNumber, reasons, remedyInformation, guidelineVersionId, proofDueOn, proofMonths } =
      wording;
    const { copyRequired, copyThreshold, copyBasis, copyConfidence, copyWaiver } = wording;
    const { provisionCodes, furtherProvision, furtherProvisionReason } = wording;
    await tx.rows(
      `update decision
          set kind = $2, file_number = $3, reasons = $4, remedy_information = $5, guideline_version_id = $6,
              proof_due_on = $7::date, proof_months = $8, copy_required = $9, copy_threshold_cents = $10,
              copy_basis = $11, copy_confidence = $12, copy_waiver = $13, provision_codes = $14,
              further_provision = $15, further_provision_reason = $16, draft = draft + 1, version = version + 1
        where id = $1`,
      [
        ...[id, kind, fileNumber, reasons, remedyInformation, guidelineVersionId],
        ...[proofDueOn?.toString() ?? null, proofMonths],
        ...[copyRequired, copyThreshold?.toString() ?? null, copyBasis, copyConfidence, copyWaiver],
        ...[provisionCodes, furtherProvision, furtherProvisionReason],
      ],
    );
  }

  /** The amounts of a wording that is given up; nothing is deleted. */
  async discardAmounts(tx: Tx, id: DecisionId): Promise<void> {
    await tx.rows(
      `update decision_amount set validity = 'discarded', version = version + 1
        where decision_id = $1 and validity = 'drafted'`,
      [id],
    );
  }

  async discard(tx: Tx, id: DecisionId, reason: string): Promise<void> {
    await tx.rows(
      `update decision
          set state = 'discarded', discarded_at = transaction_timestamp(), discard_reason = $2, version = version + 1
        where id = $1`,
      [id, reason],
    );
  }

  /** The decision stands from now on, and so do its amounts. */
  async release(tx: Tx, id: DecisionId, on: CalendarDate, proofDueOn: CalendarDate | null): Promise<void> {
    await tx.rows(
      `update decision
          set state = 'released', released_at = transaction_timestamp(), released_on = $2::date,
              proof_due_on = $3::date, version = version + 1
        where id = $1`,
      [id, on.toString(), proofDueOn?.toString() ?? null],
    );
    await tx.rows(
      `update decision_amount set validity = 'in_force', version = version + 1
        where decision_id = $1 and validity = 'drafted'`,
      [id],
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
      `update decision_amount set final_on = $2::date, version = version + 1
        where decision_id = $1 and validity = 'in_force'`,
      [id, finalOn.toString()],
    );
  }
}
