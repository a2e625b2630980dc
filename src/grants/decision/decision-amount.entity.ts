import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { BudgetLineId, CaseId, CentreId, DecisionId, Id } from '../../kernel/ids.js';
import type { Money } from '../../kernel/money.js';
import { dayColumn, moneyColumn } from '../../platform/database/columns.js';
import type { FundingSource } from '../../financing/plan.rules.js';
import type { AmountValidity } from './decision.rules.js';

@Entity('decision_amount')
export class DecisionAmount {
  @PrimaryColumn('uuid') id!: Id<'DecisionAmount'>;
  @Column('uuid', { name: 'decision_id' }) decisionId!: DecisionId;
  @Column('uuid', { name: 'case_id' }) caseId!: CaseId;
  @Column('uuid', { name: 'centre_id' }) centreId!: CentreId;
  @Column('integer', { name: 'funding_year' }) fundingYear!: number;
  @Column('uuid', { name: 'line_id', nullable: true }) lineId!: BudgetLineId | null;
  @Column('text') source!: FundingSource;
  @Column('boolean', { name: 'in_kind' }) inKind!: boolean;
  @Column('boolean') modelled!: boolean;
  @Column(moneyColumn('amount_cents')) amount!: Money;
  @Column('text') validity!: AmountValidity;
  @Column(dayColumn('final_on', { nullable: true })) finalOn!: CalendarDate | null;
  @Column('integer') version!: number;
}
