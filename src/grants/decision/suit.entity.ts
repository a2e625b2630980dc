import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { CaseId, CentreId, DecisionId, Id, PersonId } from '../../kernel/ids.js';
import { dayColumn, instantColumn } from '../../platform/database/columns.js';
import type { SuitState } from './suit.rules.js';

@Entity('suit')
export class Suit {
  @PrimaryColumn('uuid') id!: Id<'Suit'>;
  @Column('uuid', { name: 'decision_id' }) decisionId!: DecisionId;
  @Column('uuid', { name: 'case_id' }) caseId!: CaseId;
  @Column('uuid', { name: 'centre_id' }) centreId!: CentreId;
  @Column(dayColumn('brought_on')) broughtOn!: CalendarDate;
  @Column('text') court!: string;
  @Column('text', { name: 'file_number' }) fileNumber!: string;
  @Column('text') state!: SuitState;
  @Column(instantColumn('recorded_at')) recordedAt!: string;
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: PersonId;
  @Column(instantColumn('closed_at', { nullable: true })) closedAt!: string | null;
  @Column('uuid', { name: 'closed_by', nullable: true }) closedBy!: PersonId | null;
  @Column(dayColumn('ended_on', { nullable: true })) endedOn!: CalendarDate | null;
  @Column('integer') version!: number;
}
