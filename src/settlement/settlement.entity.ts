import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '../kernel/calendar-date.js';
import type { CaseId, CentreId, DecisionId, PersonId, SettlementId } from '../kernel/ids.js';
import { dayColumn, instantColumn } from '../platform/database/columns.js';
import type { Consequence, SettlementState } from './settlement.rules.js';

@Entity('settlement')
export class Settlement {
  @PrimaryColumn('uuid') id!: SettlementId;
  @Column('uuid', { name: 'case_id' }) caseId!: CaseId;
  @Column('uuid', { name: 'decision_id' }) decisionId!: DecisionId;
  @Column('uuid', { name: 'centre_id' }) centreId!: CentreId;
  @Column('integer', { name: 'funding_year' }) fundingYear!: number;
  @Column(dayColumn('due_on')) dueOn!: CalendarDate;
  @Column('text') state!: SettlementState;
  @Column(instantColumn('opened_at')) openedAt!: string;
  @Column('uuid', { name: 'opened_by', nullable: true }) openedBy!: PersonId | null;
  @Column('text', { nullable: true }) narrative!: string | null;
  @Column('integer', { name: 'post_months_hundredths', nullable: true }) postMonthsHundredths!: number | null;
  @Column('boolean', { name: 'audit_office_certified' }) auditOfficeCertified!: boolean;
  @Column('boolean') confirmed!: boolean;
  @Column(instantColumn('submitted_at', { nullable: true })) submittedAt!: string | null;
  @Column('uuid', { name: 'submitted_by', nullable: true }) submittedBy!: PersonId | null;
  @Column(dayColumn('submitted_on', { nullable: true })) submittedOn!: CalendarDate | null;
  @Column(instantColumn('checked_at', { nullable: true })) checkedAt!: string | null;
  @Column('uuid', { name: 'checked_by', nullable: true }) checkedBy!: PersonId | null;
  @Column(instantColumn('examined_at', { nullable: true })) examinedAt!: string | null;
  @Column('uuid', { name: 'examined_by', nullable: true }) examinedBy!: PersonId | null;
  @Column(dayColumn('examined_on', { nullable: true })) examinedOn!: CalendarDate | null;
  @Column('text', { name: 'examination_checked', nullable: true }) examinationChecked!: string | null;
  @Column('text', { name: 'examination_result', nullable: true }) examinationResult!: string | null;
  @Column('boolean', { name: 'purpose_reached', nullable: true }) purposeReached!: boolean | null;
  @Column('text', { nullable: true }) consequence!: Consequence | null;
  @Column(instantColumn('accepted_at', { nullable: true })) acceptedAt!: string | null;
  @Column('uuid', { name: 'accepted_by', nullable: true }) acceptedBy!: PersonId | null;
  @Column(dayColumn('accepted_on', { nullable: true })) acceptedOn!: CalendarDate | null;
  @Column('integer') version!: number;
}
