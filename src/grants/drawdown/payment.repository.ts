import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import {
  newId,
  type BudgetLineId,
  type CentreId,
  type DecisionId,
  type DrawdownId,
  type PaymentId,
  type TransferId,
} from '../../kernel/ids.js';
import { Money } from '../../kernel/money.js';
import type { ReadTx, Tx } from '../../platform/database/tx.js';
import type { Key } from '../../platform/http/page.js';
import type { GrantSlice } from './drawdown.repository.js';
import { Payment } from './payment.entity.js';
import { PaymentPart } from './payment-part.entity.js';
import type { PaymentState } from './payment.rules.js';

export interface PaymentFilter {
  readonly drawdownId: DrawdownId | null;
  readonly decisionId: DecisionId | null;
  readonly centreId: CentreId | null;
  readonly fundingYear: number | null;
  readonly state: PaymentState | null;
}

export type NewPayment = Pick<
  Payment,
  | 'id'
  | 'drawdownId'
  | 'caseId'
  | 'decisionId'
  | 'centreId'
  | 'fundingYear'
  | 'amount'
  | 'iban'
  | 'holder'
  | 'reference'
  | 'orderedOn'
>;

/** A step of a payment's money that is in the books. */
export interface Booking {
  readonly transferId: TransferId;
  readonly lineId: BudgetLineId;
  readonly amount: Money;
}

@Injectable()
export class PaymentRepository {
  async insert(tx: Tx, row: NewPayment, parts: ReadonlyMap<BudgetLineId, Money>): Promise<void> {
    const values = { ...row, state: 'ordered' as const, version: 1 };
    await tx.manager.createQueryBuilder().insert().into(Payment).values(values).updateEntity(false).execute();
    const { id: paymentId, caseId, centreId } = row;
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(PaymentPart)
      .values(
        [...parts].map(([lineId, amount]) => ({ id: newId(), paymentId, caseId, centreId, lineId, amount })),
      )
      .updateEntity(false)
      .execute();
  }

  find(tx: ReadTx, id: PaymentId): Promise<Payment | null> {
    return tx.manager.createQueryBuilder(Payment, 'p').where('p.id = :id', { id }).getOne();
  }

  lock(tx: Tx, id: PaymentId): Promise<Payment | null> {
    return tx.manager
      .createQueryBuilder(Payment, 'p')
      .where('p.id = :id', { id })
      .setLock('pessimistic_write')
      .getOne();
  }

  ofDrawdown(tx: ReadTx, drawdownId: DrawdownId): Promise<Payment | null> {
    return tx.manager
      .createQueryBuilder(Payment, 'p')
      .where('p.drawdownId = :drawdownId', { drawdownId })
      .orderBy('p.id', 'DESC')
      .limit(1)
      .getOne();
  }

  list(tx: ReadTx, filter: PaymentFilter, after: Key | null, limit: number): Promise<Payment[]> {
    const query = tx.manager.createQueryBuilder(Payment, 'p').orderBy('p.id').limit(limit);
    for (const [name, value] of Object.entries({ ...filter })) {
      if (value !== null) query.andWhere(`p.${name} = :${name}`, { [name]: value });
    }
    if (after !== null) query.andWhere('p.id > :after', { after: after[0] });
    return query.getMany();
  }

  parts(tx: ReadTx, paymentId: PaymentId): Promise<PaymentPart[]> {
    return tx.manager
      .createQueryBuilder(PaymentPart, 'part')
      .where('part.paymentId = :paymentId', { paymentId })
      .orderBy('part.lineId')
      .getMany();
  }

  /** What payments in these states took from each budget line. */
  async byLine(
    tx: ReadTx,
    { decisionId, fundingYear }: GrantSlice,
    states: readonly PaymentState[],
  ): Promise<Map<BudgetLineId, Money>> {
    const rows = await tx.rows<{ line_id: BudgetLineId; cents: string }>(
      `select part.line_id, sum(part.amount_cents)::text as cents
         from payment p join payment_part part on part.payment_id = p.id
        where p.decision_id = $1 and p.funding_year = $2 and p.state = any ($3)
        group by part.line_id order by part.line_id`,
      [decisionId, fundingYear, states],
    );
    return new Map(rows.map(({ line_id, cents }) => [line_id, Money.ofCents(BigInt(cents))]));
  }

  /**
   * The transfers of the payment's order, or of its confirmation, by budget line. Row and transfers are of one
   * transaction and carry its instant; within a case that is theirs alone.
   */
  async bookings(tx: ReadTx, id: PaymentId, code: 'drawdown.order' | 'payment.confirm'): Promise<Booking[]> {
    const rows = await tx.rows<{ id: TransferId; line_id: BudgetLineId; cents: string }>(
      `select t.id, a.line_id, t.amount_cents::text as cents
         from payment p
         join transfer t on t.case_id = p.case_id and t.code = $2
          and t.at = case $2 when 'drawdown.order' then p.ordered_at else p.confirmed_at end
         join account a on a.id = t.credit and a.funding_year = p.funding_year
        where p.id = $1 order by a.line_id`,
      [id, code],
    );
    return rows.map(({ id: transferId, line_id: lineId, cents }) => ({
      ...{ transferId, lineId },
      amount: Money.ofCents(BigInt(cents)),
    }));
  }

  async cameBack(
    tx: Tx,
    id: PaymentId,
    { as, on, reason }: { as: 'bounced' | 'returned'; on: CalendarDate; reason: string },
  ): Promise<void> {
    await tx.rows(
      `update payment set state = $2, came_back_at = transaction_timestamp(), came_back_on = $3, came_back_reason = $4,
              version = version + 1
        where id = $1`,
      [id, as, on.toString(), reason],
    );
  }

  async confirm(tx: Tx, id: PaymentId, on: CalendarDate): Promise<void> {
    await tx.rows(
      `update payment set state = 'confirmed', confirmed_at = transaction_timestamp(), confirmed_on = $2, version = version + 1
        where id = $1`,
      [id, on.toString()],
    );
  }
}
