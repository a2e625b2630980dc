import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { ApplicationId, CaseId, CentreId, Id, PersonId } from '../../kernel/ids.js';
import { dayColumn, instantColumn } from '../../platform/database/columns.js';

@Entity('application_query')
export class AskedQuery {
  @PrimaryColumn('uuid') id!: Id<'ApplicationQuery'>;
  @Column('uuid', { name: 'application_id' }) applicationId!: ApplicationId;
  @Column('uuid', { name: 'case_id' }) caseId!: CaseId;
  @Column('uuid', { name: 'centre_id' }) centreId!: CentreId;
  @Column('integer') number!: number;
  @Column('integer') submission!: number;
  @Column('text') question!: string;
  @Column(dayColumn('due_on')) dueOn!: CalendarDate;
  @Column(instantColumn('asked_at')) askedAt!: string;
  @Column('uuid', { name: 'asked_by' }) askedBy!: PersonId;
  @Column(dayColumn('asked_on')) askedOn!: CalendarDate;
}

@Entity('application_answer')
export class QueryAnswer {
  @PrimaryColumn('uuid') id!: Id<'ApplicationAnswer'>;
  @Column('uuid', { name: 'query_id' }) queryId!: AskedQuery['id'];
  @Column('uuid', { name: 'application_id' }) applicationId!: ApplicationId;
  @Column('uuid', { name: 'case_id' }) caseId!: CaseId;
  @Column('uuid', { name: 'centre_id' }) centreId!: CentreId;
  /** The submission it speaks of; where there is no text, the one that answers. */
  @Column('integer') submission!: number;
  @Column('text', { nullable: true }) text!: string | null;
  @Column(instantColumn('answered_at')) answeredAt!: string;
  @Column('uuid', { name: 'answered_by' }) answeredBy!: PersonId;
  @Column(dayColumn('answered_on')) answeredOn!: CalendarDate;
}
