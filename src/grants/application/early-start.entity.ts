import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { ApplicationId, CaseId, CentreId, Id, PersonId } from '../../kernel/ids.js';
import { dayColumn, instantColumn } from '../../platform/database/columns.js';

@Entity('application_early_start')
export class EarlyStart {
  @PrimaryColumn('uuid') id!: Id<'EarlyStart'>;
  @Column('uuid', { name: 'application_id' }) applicationId!: ApplicationId;
  @Column('uuid', { name: 'case_id' }) caseId!: CaseId;
  @Column('uuid', { name: 'centre_id' }) centreId!: CentreId;
  @Column('integer') submission!: number;
  /** Nothing begins earlier. */
  @Column(dayColumn('starts_on')) startsOn!: CalendarDate;
  @Column('text') reason!: string;
  @Column(instantColumn('consented_at')) consentedAt!: string;
  @Column('uuid', { name: 'consented_by' }) consentedBy!: PersonId;
  @Column(dayColumn('consented_on')) consentedOn!: CalendarDate;
}
