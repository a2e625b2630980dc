import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { CaseId, CentreId, DecisionId, Id, PersonId } from '../../kernel/ids.js';
import { dayColumn, instantColumn } from '../../platform/database/columns.js';
import type { TakingBack } from './act.rules.js';
import type { HearingState } from './hearing.rules.js';

@Entity('hearing')
export class Hearing {
  @PrimaryColumn('uuid') id!: Id<'Hearing'>;
  @Column('uuid', { name: 'decision_id' }) decisionId!: DecisionId;
  @Column('uuid', { name: 'case_id' }) caseId!: CaseId;
  @Column('uuid', { name: 'centre_id' }) centreId!: CentreId;
  @Column('text') purpose!: TakingBack;
  @Column('text') reasons!: string;
  @Column(dayColumn('opened_on')) openedOn!: CalendarDate;
  @Column(dayColumn('due_on')) dueOn!: CalendarDate;
  @Column('text') state!: HearingState;
  @Column(instantColumn('opened_at')) openedAt!: string;
  @Column('uuid', { name: 'opened_by' }) openedBy!: PersonId;
  @Column(instantColumn('closed_at', { nullable: true })) closedAt!: string | null;
  @Column('uuid', { name: 'closed_by', nullable: true }) closedBy!: PersonId | null;
  @Column(dayColumn('closed_on', { nullable: true })) closedOn!: CalendarDate | null;
  /** Where the recipient answered itself. */
  @Column(instantColumn('answered_at', { nullable: true })) answeredAt!: string | null;
  @Column('uuid', { name: 'answered_by', nullable: true }) answeredBy!: PersonId | null;
  @Column(dayColumn('answered_on', { nullable: true })) answeredOn!: CalendarDate | null;
  /** What the recipient said; null until it does, and where it said nothing. */
  @Column('text', { nullable: true }) statement!: string | null;
  @Column('integer') version!: number;
}
