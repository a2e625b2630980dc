import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { ApplicationId, CaseId, CentreId, Id } from '../../kernel/ids.js';
import type { Money } from '../../kernel/money.js';
import { dayColumn, instantColumn, moneyColumn } from '../../platform/database/columns.js';
import type { PostCategory } from '../../programmes/guideline.rules.js';

@Entity('application_post_item')
export class ApplicationPostItem {
  @PrimaryColumn('uuid') id!: Id<'ApplicationPostItem'>;
  @Column('uuid', { name: 'application_id' }) applicationId!: ApplicationId;
  @Column('uuid', { name: 'case_id' }) caseId!: CaseId;
  @Column('uuid', { name: 'centre_id' }) centreId!: CentreId;
  @Column('integer') position!: number;
  @Column('text') category!: PostCategory;
  @Column('integer', { name: 'fte_hundredths' }) fteHundredths!: number;
  @Column(dayColumn('occupied_from')) occupiedFrom!: CalendarDate;
  @Column(dayColumn('occupied_to')) occupiedTo!: CalendarDate;
  @Column(moneyColumn('expected_expenditure_cents', { nullable: true })) expectedExpenditure!: Money | null;
  @Column(instantColumn('removed_at', { nullable: true })) removedAt!: string | null;
  @Column('integer') version!: number;
}
