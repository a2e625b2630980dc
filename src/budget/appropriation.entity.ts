import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AppropriationId, BudgetLineId, PersonId } from '../kernel/ids.js';
import type { Money } from '../kernel/money.js';
import { moneyColumn } from '../platform/database/columns.js';
import { Withdrawable } from '../platform/database/withdrawable.js';
import type { AppropriationKind } from './appropriation.rules.js';
import type { Confidence, ProposalState } from './budget.rules.js';

@Entity('appropriation')
export class Appropriation extends Withdrawable {
  @PrimaryColumn('uuid') id!: AppropriationId;
  @Column('uuid', { name: 'line_id' }) lineId!: BudgetLineId;
  @Column('integer', { name: 'funding_year' }) fundingYear!: number;
  @Column('text') kind!: AppropriationKind;
  @Column('uuid', { name: 'from_line_id', nullable: true }) fromLineId!: BudgetLineId | null;
  @Column('integer', { name: 'from_year', nullable: true }) fromYear!: number | null;
  @Column('text', { name: 'consent_to_form', nullable: true }) consentToForm!: string | null;
  @Column('text', { name: 'consent_to_use', nullable: true }) consentToUse!: string | null;
  @Column('text', { nullable: true }) cover!: string | null;
  @Column(moneyColumn('amount_cents')) amount!: Money;
  @Column('text') reason!: string;
  @Column('text') source!: string;
  @Column('text') confidence!: Confidence;
  @Column('text') state!: ProposalState;
  @Column('uuid', { name: 'proposed_by' }) proposedBy!: PersonId;
  @Column('timestamptz', { name: 'proposed_at' }) proposedAt!: Date;
  @Column('uuid', { name: 'released_by', nullable: true }) releasedBy!: PersonId | null;
  @Column('timestamptz', { name: 'released_at', nullable: true }) releasedAt!: Date | null;
  @Column('integer') version!: number;
}
