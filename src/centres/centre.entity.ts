import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '../kernel/calendar-date.js';
import type { Confidence } from '../kernel/confidence.js';
import type { CentreId, RecipientId } from '../kernel/ids.js';
import { dayColumn } from '../platform/database/columns.js';
import type { HostType, Regierungsbezirk } from './centres.rules.js';

@Entity('centre')
export class Centre {
  @PrimaryColumn('uuid') id!: CentreId;
  @Column('uuid', { name: 'recipient_id' }) recipientId!: RecipientId;
  @Column('text') ags!: string;
  @Column('text') name!: string;
  @Column('text', { name: 'host_type' }) hostType!: HostType;
  @Column('text') regierungsbezirk!: Regierungsbezirk;
  @Column(dayColumn('opened_on', { nullable: true })) openedOn!: CalendarDate | null;
  @Column(dayColumn('known_open_by', { nullable: true })) knownOpenBy!: CalendarDate | null;
  @Column(dayColumn('assumed_open_from', { nullable: true })) assumedOpenFrom!: CalendarDate | null;
  @Column('text', { name: 'assumed_open_reason', nullable: true }) assumedOpenReason!: string | null;
  @Column(dayColumn('closed_on', { nullable: true })) closedOn!: CalendarDate | null;
  @Column('integer', { nullable: true }) ordinal!: number | null;
  @Column('integer', { nullable: true }) population!: number | null;
  @Column(dayColumn('population_on', { nullable: true })) populationOn!: CalendarDate | null;
  @Column('text', { name: 'population_confidence', nullable: true }) populationConfidence!: Confidence | null;
  @Column('text', { nullable: true }) note!: string | null;
  @Column('integer') version!: number;
}
