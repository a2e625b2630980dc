import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AllocationId, BudgetLineId, CentreId, PersonId } from '../kernel/ids.js';
import type { Money } from '../kernel/money.js';
import { moneyColumn } from '../platform/database/columns.js';
import { Withdrawable } from '../platform/database/withdrawable.js';
import type { AllocationKind } from './allocation.rules.js';
import type { ProposalState } from './budget.rules.js';

@Entity('allocation')
export class Allocation extends Withdrawable {
  @PrimaryColumn('uuid') id!: AllocationId;
  @Column('uuid', { name: 'line_id' }) lineId!: BudgetLineId;
  @Column('integer', { name: 'funding_year' }) fundingYear!: number;
  @Column('text') programme!: string;
  @Column('text') kind!: AllocationKind;
  @Column('uuid', { name: 'centre_id', nullable: true }) centreId!: CentreId | null;
  /** Of a quota that was distributed by a key: what the key is, and where it comes from. */
  @Column('text', { name: 'key_name', nullable: true }) keyName!: string | null;
  @Column('text', { name: 'key_source', nullable: true }) keySource!: string | null;
  @Column(moneyColumn('amount_cents')) amount!: Money;
  @Column('text') reason!: string;
  @Column('text') state!: ProposalState;
  @Column('uuid', { name: 'proposed_by' }) proposedBy!: PersonId;
  @Column('timestamptz', { name: 'proposed_at' }) proposedAt!: Date;
  @Column('uuid', { name: 'released_by', nullable: true }) releasedBy!: PersonId | null;
  @Column('timestamptz', { name: 'released_at', nullable: true }) releasedAt!: Date | null;
  @Column('integer') version!: number;
}
