import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { BudgetLineId, CaseId, CentreId, DecisionId, Id } from '../../kernel/ids.js';
import type { Money } from '../../kernel/money.js';
import { dayColumn, moneyColumn } from '../../platform/database/columns.js';
import type { FundingSource } from '../../financing/plan.rules.js';
import type { AmountValidity } from './decision.rules.js';
import type { AmountSuit } from './in-force.rules.js';

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
  /** The amount this one takes the place of, and what that one came to. */
  @Column('uuid', { name: 'replaces_id', nullable: true }) replacesId!: Id<'DecisionAmount'> | null;
  @Column(moneyColumn('replaced_cents', { nullable: true })) replaced!: Money | null;
  @Column('text') suit!: AmountSuit;
  @Column('uuid', { name: 'suit_id', nullable: true }) suitId!: Id<'Suit'> | null;
  @Column(moneyColumn('challenged_cents')) challenged!: Money;
  @Column(moneyColumn('annulled_cents')) annulled!: Money;
  @Column(dayColumn('suit_ended_on', { nullable: true })) suitEndedOn!: CalendarDate | null;
  /** What was called or paid beyond the amount that is left. */
  @Column(moneyColumn('to_be_repaid_cents', { nullable: true })) toBeRepaid!: Money | null;
  @Column('integer') version!: number;
}
