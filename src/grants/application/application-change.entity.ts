import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { ApplicationId, CaseId, CentreId, Id, PersonId } from '../../kernel/ids.js';
import { dayColumn, instantColumn } from '../../platform/database/columns.js';
import type { ChangeConsequence, ChangeKind } from './change.rules.js';

@Entity('application_change')
export class ToldChange {
  @PrimaryColumn('uuid') id!: Id<'ApplicationChange'>;
  @Column('uuid', { name: 'application_id' }) applicationId!: ApplicationId;
  @Column('uuid', { name: 'case_id' }) caseId!: CaseId;
  @Column('uuid', { name: 'centre_id' }) centreId!: CentreId;
  @Column('integer') number!: number;
  @Column('text') kind!: ChangeKind;
  @Column('text') what!: string;
  @Column(dayColumn('since_on')) sinceOn!: CalendarDate;
  @Column(instantColumn('told_at')) toldAt!: string;
  @Column('uuid', { name: 'told_by' }) toldBy!: PersonId;
  @Column(dayColumn('told_on')) toldOn!: CalendarDate;
}

@Entity('application_change_answer')
export class ChangeAnswer {
  @PrimaryColumn('uuid') id!: Id<'ApplicationChangeAnswer'>;
  @Column('uuid', { name: 'change_id' }) changeId!: ToldChange['id'];
  @Column('uuid', { name: 'application_id' }) applicationId!: ApplicationId;
  @Column('uuid', { name: 'case_id' }) caseId!: CaseId;
  @Column('uuid', { name: 'centre_id' }) centreId!: CentreId;
  @Column('text') consequence!: ChangeConsequence;
  @Column('text') reason!: string;
  @Column(instantColumn('acknowledged_at')) acknowledgedAt!: string;
  @Column('uuid', { name: 'acknowledged_by' }) acknowledgedBy!: PersonId;
  @Column(dayColumn('acknowledged_on')) acknowledgedOn!: CalendarDate;
}
