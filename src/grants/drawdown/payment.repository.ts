import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import {
  newId,
  type BudgetLineId,
  type CentreId,
  type DecisionId,
  type DrawdownId,
  type PaymentId,
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

  async confirm(tx: Tx, id: PaymentId, on: CalendarDate): Promise<void> {
    await tx.rows(
      `update payment set state = 'confirmed', confirmed_at = transaction_timestamp(), confirmed_on = $2, version = version + 1
        where id = $1`,
      [id, on.toString()],
    );
  }
}
