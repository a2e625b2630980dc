import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { ApplicationId, CaseId, CentreId, Id, PersonId } from '../../kernel/ids.js';
import { dayColumn, instantColumn } from '../../platform/database/columns.js';
import type { Opinion, OpiningOffice } from './opinion.rules.js';

@Entity('application_opinion')
export class ApplicationOpinion {
  @PrimaryColumn('uuid') id!: Id<'ApplicationOpinion'>;
  @Column('uuid', { name: 'application_id' }) applicationId!: ApplicationId;
  @Column('uuid', { name: 'case_id' }) caseId!: CaseId;
  @Column('uuid', { name: 'centre_id' }) centreId!: CentreId;
  @Column('integer') submission!: number;
  @Column('text') office!: OpiningOffice;
  @Column('text') opinion!: Opinion;
  @Column('text') reason!: string;
  @Column(instantColumn('stated_at')) statedAt!: string;
  @Column('uuid', { name: 'stated_by' }) statedBy!: PersonId;
  @Column(dayColumn('stated_on')) statedOn!: CalendarDate;
}

@Entity('application_deviation')
export class ApplicationDeviation {
  @PrimaryColumn('uuid') id!: Id<'ApplicationDeviation'>;
  @Column('uuid', { name: 'opinion_id' }) opinionId!: ApplicationOpinion['id'];
  @Column('uuid', { name: 'application_id' }) applicationId!: ApplicationId;
  @Column('uuid', { name: 'case_id' }) caseId!: CaseId;
  @Column('uuid', { name: 'centre_id' }) centreId!: CentreId;
  @Column('text') reason!: string;
}
