import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { CaseId, CentreId, DecisionId, DrawdownId, PersonId } from '../../kernel/ids.js';
import type { Money } from '../../kernel/money.js';
import { dayColumn, instantColumn, moneyColumn } from '../../platform/database/columns.js';
import type { DrawdownState } from './drawdown.rules.js';

@Entity('drawdown')
export class Drawdown {
  @PrimaryColumn('uuid') id!: DrawdownId;
  @Column('uuid', { name: 'case_id' }) caseId!: CaseId;
  @Column('uuid', { name: 'decision_id' }) decisionId!: DecisionId;
  @Column('uuid', { name: 'centre_id' }) centreId!: CentreId;
  @Column('integer', { name: 'funding_year' }) fundingYear!: number;
  @Column(moneyColumn('amount_cents')) amount!: Money;
  @Column(dayColumn('due_on')) dueOn!: CalendarDate;
  @Column('text') state!: DrawdownState;
  @Column(instantColumn('requested_at')) requestedAt!: string;
  @Column('uuid', { name: 'requested_by' }) requestedBy!: PersonId;
  @Column(dayColumn('requested_on')) requestedOn!: CalendarDate;
  @Column(instantColumn('factually_certified_at', { nullable: true })) factuallyCertifiedAt!: string | null;
  @Column('uuid', { name: 'factually_certified_by', nullable: true }) factuallyCertifiedBy!: PersonId | null;
  @Column(instantColumn('arithmetically_certified_at', { nullable: true })) arithmeticallyCertifiedAt!:
    string | null;
  @Column('uuid', { name: 'arithmetically_certified_by', nullable: true })
  arithmeticallyCertifiedBy!: PersonId | null;
  @Column(instantColumn('ordered_at', { nullable: true })) orderedAt!: string | null;
  @Column('uuid', { name: 'ordered_by', nullable: true }) orderedBy!: PersonId | null;
  @Column(dayColumn('ordered_on', { nullable: true })) orderedOn!: CalendarDate | null;
  @Column(instantColumn('rejected_at', { nullable: true })) rejectedAt!: string | null;
  @Column('uuid', { name: 'rejected_by', nullable: true }) rejectedBy!: PersonId | null;
  @Column(instantColumn('cancelled_at', { nullable: true })) cancelledAt!: string | null;
  @Column('uuid', { name: 'cancelled_by', nullable: true }) cancelledBy!: PersonId | null;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('integer') version!: number;
}
