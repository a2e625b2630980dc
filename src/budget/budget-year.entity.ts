import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Id, PersonId } from '../kernel/ids.js';
import type { YearState } from './year.rules.js';

export type BudgetYearId = Id<'BudgetYear'>;

@Entity('budget_year')
export class BudgetYear {
  @PrimaryColumn('uuid') id!: BudgetYearId;
  @Column('integer', { name: 'funding_year' }) fundingYear!: number;
  @Column('text') state!: YearState;
  @Column('uuid', { name: 'opened_by' }) openedBy!: PersonId;
  @Column('timestamptz', { name: 'opened_at' }) openedAt!: Date;
  @Column('uuid', { name: 'closed_by', nullable: true }) closedBy!: PersonId | null;
  @Column('timestamptz', { name: 'closed_at', nullable: true }) closedAt!: Date | null;
  @Column('integer') version!: number;
}
