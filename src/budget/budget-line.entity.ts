import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BudgetLineId } from '../kernel/ids.js';

@Entity('budget_line')
export class BudgetLine {
  @PrimaryColumn('uuid') id!: BudgetLineId;
  @Column('text') chapter!: string;
  @Column('text') title!: string;
  @Column('text') name!: string;
  @Column('boolean') transferable!: boolean;
  @Column('integer') version!: number;
}
