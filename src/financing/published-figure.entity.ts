import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '../kernel/calendar-date.js';
import type { Id, PublishedFigureId } from '../kernel/ids.js';
import type { Money } from '../kernel/money.js';
import { dayColumn, moneyColumn } from '../platform/database/columns.js';
import type { PublishedSource } from './published-figure.rules.js';

@Entity('published_figure')
export class PublishedFigure {
  @PrimaryColumn('uuid') id!: PublishedFigureId;
  @Column('integer', { name: 'funding_year' }) fundingYear!: number;
  @Column('text') subject!: string;
  @Column('text') source!: PublishedSource;
  @Column(moneyColumn('amount_cents')) amount!: Money;
  @Column(moneyColumn('rounded_to_cents')) roundedTo!: Money;
  @Column('text', { name: 'rounding_text', nullable: true }) roundingText!: string | null;
  @Column('text') publication!: string;
  @Column('text', { nullable: true }) url!: string | null;
  @Column(dayColumn('published_on', { nullable: true })) publishedOn!: CalendarDate | null;
}

@Entity('reconciliation_candidate')
export class ReconciliationCandidate {
  @PrimaryColumn('uuid') id!: Id<'ReconciliationCandidate'>;
  @Column('integer', { name: 'funding_year' }) fundingYear!: number;
  @Column('text', { name: 'text_de' }) textDe!: string;
  @Column('text', { name: 'text_en' }) textEn!: string;
  @Column('text') source!: string;
}
