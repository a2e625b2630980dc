import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../kernel/calendar-date.js';
import { newId, type CentreId, type DecisionId, type SettlementId } from '../kernel/ids.js';
import type { Money } from '../kernel/money.js';
import type { ReadTx, Tx } from '../platform/database/tx.js';
import type { Key } from '../platform/http/page.js';
import { SettlementItem } from './settlement-item.entity.js';
import type { FigureNow, ItemCategory, ItemKind } from './settlement-item.rules.js';
import { SettlementNote } from './settlement-note.entity.js';
import { Settlement } from './settlement.entity.js';
import type { Consequence, ReportText, SettlementState } from './settlement.rules.js';

export interface SettlementFilter {
  readonly decisionId: DecisionId | null;
  readonly centreId: CentreId | null;
  readonly fundingYear: number | null;
  readonly state: SettlementState | null;
  /** Only reports that were due before this day and have not arrived. */
  readonly overdueOn: CalendarDate | null;
}

/** Rows as they are born: instants are the database's own, persons are stamped by it. */
export type NewSettlement = Pick<
  Settlement,
  'id' | 'caseId' | 'decisionId' | 'centreId' | 'fundingYear' | 'dueOn'
>;
export type NewSettlementItem = Omit<SettlementItem, 'version'>;

export interface Figure {
  readonly kind: ItemKind;
  readonly category: ItemCategory;
  readonly settledCents: Money;
  readonly eligibleCents: Money | null;
}

export interface ExaminationNote {
  readonly checked: string;
  readonly result: string;
  readonly purposeReached: boolean;
  readonly consequence: Consequence;
}

const NOT_EXAMINED = `examined_at = null, examined_on = null, examination_checked = null, examination_result = null,
              purpose_reached = null, consequence = null`;

@Injectable()
export class SettlementRepository {
  /** False when the report of this decision and year is open already; the caller's rows are then not written. */
  async insert(tx: Tx, row: NewSettlement, items: readonly NewSettlementItem[]): Promise<boolean> {
    const { id, caseId, decisionId, centreId, fundingYear, dueOn } = row;
    const born = await tx.rows(
      `insert into settlement (id, case_id, decision_id, centre_id, funding_year, due_on, state)
       values ($1, $2, $3, $4, $5, $6, 'due') on conflict (decision_id, funding_year) do nothing returning id`,
      [id, caseId, decisionId, centreId, fundingYear, dueOn.toString()],
    );
    if (born.length === 0) return false;
    await this.addItems(tx, items);
    return true;
  }

  async addItems(tx: Tx, items: readonly NewSettlementItem[]): Promise<void> {
    if (items.length === 0) return;
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(SettlementItem)
      .values(items.map((item) => ({ ...item, version: 1 })))
      .updateEntity(false)
      .execute();
  }

  /** What the notices grant now takes the place of what they granted when the report was opened. */
  async overtake(
    tx: Tx,
    id: SettlementId,
    { kind, category, perNotice, modelled }: FigureNow,
  ): Promise<void> {
    await tx.rows(
      `update settlement_item set per_notice_cents = $4, modelled = $5, version = version + 1
        where settlement_id = $1 and kind = $2 and category = $3`,
      [id, kind, category, perNotice?.toString() ?? null, modelled],
    );
  }

  find(tx: ReadTx, id: SettlementId): Promise<Settlement | null> {
    return tx.manager.createQueryBuilder(Settlement, 's').where('s.id = :id', { id }).getOne();
  }

  lock(tx: Tx, id: SettlementId): Promise<Settlement | null> {
    return tx.manager
      .createQueryBuilder(Settlement, 's')
      .where('s.id = :id', { id })
      .setLock('pessimistic_write')
      .getOne();
  }

  items(tx: ReadTx, settlementId: SettlementId): Promise<SettlementItem[]> {
    return tx.manager
      .createQueryBuilder(SettlementItem, 'i')
      .where('i.settlementId = :settlementId', { settlementId })
      .getMany();
  }

  /** Oldest first. */
  notes(tx: ReadTx, settlementId: SettlementId): Promise<SettlementNote[]> {
    return tx.manager
      .createQueryBuilder(SettlementNote, 'n')
      .where('n.settlementId = :settlementId', { settlementId })
      .orderBy('n.notedAt')
      .addOrderBy('n.id')
      .getMany();
  }

  async addNote(
    tx: Tx,
    { id: settlementId, caseId, centreId }: Pick<Settlement, 'id' | 'caseId' | 'centreId'>,
    note: Pick<SettlementNote, 'kind' | 'note' | 'result' | 'notedOn'>,
  ): Promise<void> {
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(SettlementNote)
      .values({ id: newId(), settlementId, caseId, centreId, ...note })
      .updateEntity(false)
      .execute();
  }

  list(tx: ReadTx, filter: SettlementFilter, after: Key | null, limit: number): Promise<Settlement[]> {
    const { overdueOn, ...equal } = filter;
    const query = tx.manager.createQueryBuilder(Settlement, 's').orderBy('s.id').limit(limit);
    for (const [name, value] of Object.entries(equal)) {
      if (value !== null) query.andWhere(`s.${name} = :${name}`, { [name]: value });
    }
    if (overdueOn !== null) {
      query.andWhere(`s.state = 'due' and s.due_on < :overdueOn`, { overdueOn: overdueOn.toString() });
    }
    if (after !== null) query.andWhere('s.id > :after', { after: after[0] });
    return query.getMany();
  }

  async edit(tx: Tx, id: SettlementId, text: ReportText): Promise<void> {
    await tx.rows(
      `update settlement
          set narrative = $2, post_months_hundredths = $3, audit_office_certified = $4, confirmed = $5, version = version + 1
        where id = $1`,
      [id, text.narrative, text.postMonthsHundredths, text.auditOfficeCertified, text.confirmed],
    );
  }

  async writeFigure(
    tx: Tx,
    id: SettlementId,
    { kind, category, settledCents, eligibleCents }: Figure,
  ): Promise<void> {
    await tx.rows(
      `update settlement_item set settled_cents = $4, eligible_cents = $5, version = version + 1
        where settlement_id = $1 and kind = $2 and category = $3`,
      [id, kind, category, settledCents.toString(), eligibleCents?.toString() ?? null],
    );
  }

  async submit(tx: Tx, id: SettlementId, on: CalendarDate): Promise<void> {
    await tx.rows(
      `update settlement set state = 'submitted', submitted_at = transaction_timestamp(), submitted_on = $2,
              checked_at = null, version = version + 1
        where id = $1`,
      [id, on.toString()],
    );
  }

  /** Also back from its examination, so that whoever examines it anew is stamped for it. */
  async takeIntoCheck(tx: Tx, id: SettlementId): Promise<void> {
    await tx.rows(
      `update settlement set state = 'in_check', checked_at = transaction_timestamp(), ${NOT_EXAMINED}, version = version + 1
        where id = $1`,
      [id],
    );
  }

  /** Handed back: no longer submitted nor examined, so that whoever does it again is stamped for it. */
  async query(tx: Tx, id: SettlementId): Promise<void> {
    await tx.rows(
      `update settlement set state = 'queried', checked_at = transaction_timestamp(), submitted_at = null, submitted_on = null,
              ${NOT_EXAMINED}, version = version + 1
        where id = $1`,
      [id],
    );
  }

  async examine(tx: Tx, id: SettlementId, note: ExaminationNote, on: CalendarDate): Promise<void> {
    await tx.rows(
      `update settlement set state = 'examined', examined_at = transaction_timestamp(), examined_on = $2,
              examination_checked = $3, examination_result = $4, purpose_reached = $5, consequence = $6, version = version + 1
        where id = $1`,
      [id, on.toString(), note.checked, note.result, note.purposeReached, note.consequence],
    );
  }

  async accept(tx: Tx, id: SettlementId, on: CalendarDate): Promise<void> {
    await tx.rows(
      `update settlement set state = 'accepted', accepted_at = transaction_timestamp(), accepted_on = $2, version = version + 1
        where id = $1`,
      [id, on.toString()],
    );
  }
}
