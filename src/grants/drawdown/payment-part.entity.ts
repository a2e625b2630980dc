import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BudgetLineId, CaseId, CentreId, PaymentId } from '../../kernel/ids.js';
import type { Money } from '../../kernel/money.js';
import { moneyColumn } from '../../platform/database/columns.js';

@Entity('payment_part')
export class PaymentPart {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'payment_id' }) paymentId!: PaymentId;
  @Column('uuid', { name: 'case_id' }) caseId!: CaseId;
  @Column('uuid', { name: 'centre_id' }) centreId!: CentreId;
  @Column('uuid', { name: 'line_id' }) lineId!: BudgetLineId;
  @Column(moneyColumn('amount_cents')) amount!: Money;
}
