import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Role } from '../kernel/actor.js';
import type { CalendarDate } from '../kernel/calendar-date.js';
import type { CaseId, CentreId, FollowUpId, PersonId } from '../kernel/ids.js';
import { dayColumn, instantColumn } from '../platform/database/columns.js';
import type { FollowUpSubject } from './follow-up.rules.js';

@Entity('follow_up')
export class FollowUp {
  @PrimaryColumn('uuid') id!: FollowUpId;
  @Column('text') office!: Role;
  @Column('uuid', { name: 'centre_id', nullable: true }) centreId!: CentreId | null;
  @Column('text', { name: 'subject_type' }) subjectType!: FollowUpSubject;
  @Column('uuid', { name: 'subject_id' }) subjectId!: string;
  @Column('uuid', { name: 'about_case_id', nullable: true }) caseId!: CaseId | null;
  @Column(dayColumn('due_on')) dueOn!: CalendarDate;
  /** Null once a person it may tell of was erased. */
  @Column('text', { nullable: true }) note!: string | null;
  @Column('uuid', { name: 'for_person_id', nullable: true }) forPersonId!: PersonId | null;
  @Column(instantColumn('created_at')) createdAt!: string;
  @Column('uuid', { name: 'created_by' }) createdBy!: PersonId;
  @Column(instantColumn('done_at', { nullable: true })) doneAt!: string | null;
  @Column('uuid', { name: 'done_by', nullable: true }) doneBy!: PersonId | null;
  @Column(dayColumn('done_on', { nullable: true })) doneOn!: CalendarDate | null;
  @Column('text', { nullable: true }) remark!: string | null;
  @Column('integer') version!: number;
}
