import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { CaseId, CentreId, DecisionId, DrawdownId, PaymentId, PersonId } from '../../kernel/ids.js';
import type { Money } from '../../kernel/money.js';
import { dayColumn, instantColumn, moneyColumn } from '../../platform/database/columns.js';
import type { PaymentState } from './payment.rules.js';

@Entity('payment')
export class Payment {
  @PrimaryColumn('uuid') id!: PaymentId;
  @Column('uuid', { name: 'drawdown_id' }) drawdownId!: DrawdownId;
  @Column('uuid', { name: 'case_id' }) caseId!: CaseId;
  @Column('uuid', { name: 'decision_id' }) decisionId!: DecisionId;
  @Column('uuid', { name: 'centre_id' }) centreId!: CentreId;
  @Column('integer', { name: 'funding_year' }) fundingYear!: number;
  @Column(moneyColumn('amount_cents')) amount!: Money;
  @Column('text') iban!: string;
  @Column('text') holder!: string;
  @Column('text') reference!: string;
  @Column('text') state!: PaymentState;
  @Column(instantColumn('ordered_at')) orderedAt!: string;
  @Column('uuid', { name: 'ordered_by' }) orderedBy!: PersonId;
  @Column(dayColumn('ordered_on')) orderedOn!: CalendarDate;
  @Column(instantColumn('confirmed_at', { nullable: true })) confirmedAt!: string | null;
  @Column('uuid', { name: 'confirmed_by', nullable: true }) confirmedBy!: PersonId | null;
  @Column(dayColumn('confirmed_on', { nullable: true })) confirmedOn!: CalendarDate | null;
  @Column(instantColumn('came_back_at', { nullable: true })) cameBackAt!: string | null;
  @Column('uuid', { name: 'came_back_by', nullable: true }) cameBackBy!: PersonId | null;
  @Column(dayColumn('came_back_on', { nullable: true })) cameBackOn!: CalendarDate | null;
  @Column('text', { name: 'came_back_reason', nullable: true }) cameBackReason!: string | null;
  @Column('integer') version!: number;
}
