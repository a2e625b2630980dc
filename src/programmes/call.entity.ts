import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '../kernel/calendar-date.js';
import type { CallId, PersonId } from '../kernel/ids.js';
import { dayColumn, instantColumn } from '../platform/database/columns.js';
import type { AttachmentKind } from './call.rules.js';
import type { ProgrammeCode } from './guideline.rules.js';

@Entity('call')
export class Call {
  @PrimaryColumn('uuid') id!: CallId;
  @Column('text') programme!: ProgrammeCode;
  @Column('integer', { name: 'from_year' }) fromYear!: number;
  @Column('integer', { name: 'to_year' }) toYear!: number;
  @Column(dayColumn('opens_on')) opensOn!: CalendarDate;
  @Column(dayColumn('closes_on')) closesOn!: CalendarDate;
  @Column('text', { name: 'title_de' }) titleDe!: string;
  @Column('text', { name: 'title_en' }) titleEn!: string;
  @Column('text', { name: 'text_de' }) textDe!: string;
  @Column('text', { name: 'text_en' }) textEn!: string;
  @Column('text', { name: 'required_attachments', array: true }) requiredAttachments!: AttachmentKind[];
  @Column(instantColumn('opened_at')) openedAt!: string;
  @Column('uuid', { name: 'opened_by' }) openedBy!: PersonId;
  @Column(dayColumn('closed_on', { nullable: true })) closedOn!: CalendarDate | null;
  @Column(instantColumn('closed_at', { nullable: true })) closedAt!: string | null;
  @Column('uuid', { name: 'closed_by', nullable: true }) closedBy!: PersonId | null;
  @Column('text', { name: 'close_reason', nullable: true }) closeReason!: string | null;
  @Column('integer') version!: number;
}
