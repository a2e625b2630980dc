import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { ApplicationId, CaseId, CentreId, GuidelineVersionId, Id, PersonId } from '../../kernel/ids.js';
import { dayColumn, instantColumn } from '../../platform/database/columns.js';
import type { CheckOutcome } from './check.rules.js';

@Entity('application_check')
export class ApplicationCheck {
  @PrimaryColumn('uuid') id!: Id<'ApplicationCheck'>;
  @Column('uuid', { name: 'application_id' }) applicationId!: ApplicationId;
  @Column('uuid', { name: 'case_id' }) caseId!: CaseId;
  @Column('uuid', { name: 'centre_id' }) centreId!: CentreId;
  @Column('integer') submission!: number;
  @Column('integer') queries!: number;
  @Column('text') note!: string;
  @Column(instantColumn('checked_at')) checkedAt!: string;
  @Column('uuid', { name: 'checked_by' }) checkedBy!: PersonId;
  @Column(dayColumn('checked_on')) checkedOn!: CalendarDate;
}

@Entity('application_check_result')
export class ApplicationCheckResult {
  @PrimaryColumn('uuid') id!: Id<'ApplicationCheckResult'>;
  @Column('uuid', { name: 'check_id' }) checkId!: ApplicationCheck['id'];
  @Column('uuid', { name: 'application_id' }) applicationId!: ApplicationId;
  @Column('uuid', { name: 'case_id' }) caseId!: CaseId;
  @Column('uuid', { name: 'centre_id' }) centreId!: CentreId;
  @Column('uuid', { name: 'guideline_version_id' }) guidelineVersionId!: GuidelineVersionId;
  @Column('text') code!: string;
  @Column('text') result!: CheckOutcome;
  @Column('text', { nullable: true }) reason!: string | null;
}
