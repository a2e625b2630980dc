import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BudgetLineId, CommitmentAuthorisationId, PersonId } from '../kernel/ids.js';
import type { Money } from '../kernel/money.js';
import { moneyColumn } from '../platform/database/columns.js';
import { Withdrawable } from '../platform/database/withdrawable.js';
import type { Confidence, ProposalState } from './budget.rules.js';

@Entity('commitment_authorisation')
export class CommitmentAuthorisation extends Withdrawable {
  @PrimaryColumn('uuid') id!: CommitmentAuthorisationId;
  @Column('uuid', { name: 'line_id' }) lineId!: BudgetLineId;
  @Column('text') programme!: string;
  @Column('integer', { name: 'issue_year' }) issueYear!: number;
  @Column('integer', { name: 'due_year' }) dueYear!: number;
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
