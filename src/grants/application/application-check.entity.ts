import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { ApplicationId, CaseId, CentreId, Id, PersonId } from '../../kernel/ids.js';
import { dayColumn, instantColumn } from '../../platform/database/columns.js';

@Entity('application_check')
export class ApplicationCheck {
  @PrimaryColumn('uuid') id!: Id<'ApplicationCheck'>;
  @Column('uuid', { name: 'application_id' }) applicationId!: ApplicationId;
  @Column('uuid', { name: 'case_id' }) caseId!: CaseId;
  @Column('uuid', { name: 'centre_id' }) centreId!: CentreId;
  @Column('integer') submission!: number;
  @Column('boolean') complete!: boolean;
  @Column('text') note!: string;
  @Column(instantColumn('checked_at')) checkedAt!: string;
  @Column('uuid', { name: 'checked_by' }) checkedBy!: PersonId;
  @Column(dayColumn('checked_on')) checkedOn!: CalendarDate;
}
