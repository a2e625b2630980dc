import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '../kernel/calendar-date.js';
import type { CaseId, CentreId, PersonId, SettlementId } from '../kernel/ids.js';
import { dayColumn, instantColumn } from '../platform/database/columns.js';
import type { NoteKind } from './settlement.rules.js';

@Entity('settlement_note')
export class SettlementNote {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'settlement_id' }) settlementId!: SettlementId;
  @Column('uuid', { name: 'case_id' }) caseId!: CaseId;
  @Column('uuid', { name: 'centre_id' }) centreId!: CentreId;
  @Column('text') kind!: NoteKind;
  /** What a query asks, what was checked; null for a report found complete without more. */
  @Column('text', { nullable: true }) note!: string | null;
  /** Of an examination. */
  @Column('text', { nullable: true }) result!: string | null;
  @Column(instantColumn('noted_at')) notedAt!: string;
  @Column('uuid', { name: 'noted_by' }) notedBy!: PersonId;
  @Column(dayColumn('noted_on')) notedOn!: CalendarDate;
}
