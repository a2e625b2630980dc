import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { ApplicationId, CaseId, CentreId, Id, PersonId } from '../../kernel/ids.js';
import { dayColumn, instantColumn } from '../../platform/database/columns.js';

@Entity('application_submission')
export class ApplicationSubmission {
  @PrimaryColumn('uuid') id!: Id<'ApplicationSubmission'>;
  @Column('uuid', { name: 'application_id' }) applicationId!: ApplicationId;
  @Column('uuid', { name: 'case_id' }) caseId!: CaseId;
  @Column('uuid', { name: 'centre_id' }) centreId!: CentreId;
  @Column('integer') number!: number;
  @Column('text') content!: string;
  @Column('text') sha256!: string;
  @Column(instantColumn('submitted_at')) submittedAt!: string;
  @Column('uuid', { name: 'submitted_by' }) submittedBy!: PersonId;
  @Column(dayColumn('submitted_on')) submittedOn!: CalendarDate;
}
