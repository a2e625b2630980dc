import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ApplicationId, CaseId, CentreId, Id } from '../../kernel/ids.js';
import type { Money } from '../../kernel/money.js';
import { instantColumn, moneyColumn } from '../../platform/database/columns.js';
import type { MeasureKind } from './measure.rules.js';

@Entity('application_measure_item')
export class ApplicationMeasureItem {
  @PrimaryColumn('uuid') id!: Id<'ApplicationMeasureItem'>;
  @Column('uuid', { name: 'application_id' }) applicationId!: ApplicationId;
  @Column('uuid', { name: 'case_id' }) caseId!: CaseId;
  @Column('uuid', { name: 'centre_id' }) centreId!: CentreId;
  @Column('integer') position!: number;
  @Column('text') kind!: MeasureKind;
  @Column('text') text!: string;
  @Column('integer', { name: 'funding_year' }) fundingYear!: number;
  @Column(moneyColumn('expected_expenditure_cents')) expectedExpenditure!: Money;
  @Column('integer', { nullable: true }) units!: number | null;
  @Column(instantColumn('removed_at', { nullable: true })) removedAt!: string | null;
  @Column('integer') version!: number;
}
