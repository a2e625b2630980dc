import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { ApplicationId, CallId, CaseId, CentreId, PersonId, RecipientId } from '../../kernel/ids.js';
import { dayColumn, instantColumn } from '../../platform/database/columns.js';
import type { ProgrammeCode } from '../../programmes/guideline.rules.js';
import type { ApplicationState } from '../lifecycle.rules.js';

@Entity('application')
export class Application {
  @PrimaryColumn('uuid') id!: ApplicationId;
  @Column('uuid', { name: 'case_id' }) caseId!: CaseId;
  @Column('uuid', { name: 'centre_id' }) centreId!: CentreId;
  @Column('uuid', { name: 'recipient_id' }) recipientId!: RecipientId;
  @Column('uuid', { name: 'call_id' }) callId!: CallId;
  /** The application of the year before that this one carries on. */
  @Column('uuid', { nullable: true }) continues!: ApplicationId | null;
  @Column('text') programme!: ProgrammeCode;
  @Column('integer', { name: 'funding_year' }) fundingYear!: number;
  @Column(dayColumn('period_from')) periodFrom!: CalendarDate;
  @Column(dayColumn('period_to')) periodTo!: CalendarDate;
  @Column('text') state!: ApplicationState;
  @Column('integer') submission!: number;
  @Column(instantColumn('drafted_at')) draftedAt!: string;
  @Column('uuid', { name: 'drafted_by' }) draftedBy!: PersonId;
  @Column(instantColumn('submitted_at', { nullable: true })) submittedAt!: string | null;
  @Column('uuid', { name: 'submitted_by', nullable: true }) submittedBy!: PersonId | null;
  @Column(dayColumn('submitted_on', { nullable: true })) submittedOn!: CalendarDate | null;
  @Column(instantColumn('recommended_at', { nullable: true })) recommendedAt!: string | null;
  @Column('uuid', { name: 'recommended_by', nullable: true }) recommendedBy!: PersonId | null;
  @Column(instantColumn('retracted_at', { nullable: true })) retractedAt!: string | null;
  @Column('uuid', { name: 'retracted_by', nullable: true }) retractedBy!: PersonId | null;
  @Column('integer') version!: number;
}
