import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ApplicationId, CaseId, CentreId, Id } from '../kernel/ids.js';
import type { Money } from '../kernel/money.js';
import { moneyColumn } from '../platform/database/columns.js';
import type { FundingSource } from './plan.rules.js';

@Entity('financing_plan_item')
export class FinancingPlanItem {
  @PrimaryColumn('uuid') id!: Id<'FinancingPlanItem'>;
  @Column('uuid', { name: 'application_id' }) applicationId!: ApplicationId;
  @Column('uuid', { name: 'case_id' }) caseId!: CaseId;
  @Column('uuid', { name: 'centre_id' }) centreId!: CentreId;
  @Column('integer', { name: 'funding_year' }) fundingYear!: number;
  @Column('text') source!: FundingSource;
  @Column(moneyColumn('amount_cents')) amount!: Money;
  @Column('boolean', { name: 'in_kind' }) inKind!: boolean;
  @Column('boolean') modelled!: boolean;
  @Column('text', { nullable: true }) origin!: string | null;
  @Column('integer') version!: number;
}
