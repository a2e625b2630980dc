import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '../kernel/calendar-date.js';
import type { PersonId, RoleGrantId, SubstitutionId } from '../kernel/ids.js';
import { dayColumn, instantColumn } from '../platform/database/columns.js';

@Entity('substitution')
export class Substitution {
  @PrimaryColumn('uuid')
  id!: SubstitutionId;

  /** The role that is exercised for the person on leave. */
  @Column('uuid', { name: 'role_grant_id' })
  roleGrantId!: RoleGrantId;

  @Column('uuid', { name: 'person_id' })
  personId!: PersonId;

  /** The substitute's own grant of the same role. */
  @Column('uuid', { name: 'substitute_grant_id' })
  substituteGrantId!: RoleGrantId;

  @Column('uuid', { name: 'substitute_id' })
  substituteId!: PersonId;

  @Column(dayColumn('valid_from'))
  validFrom!: CalendarDate;

  /** The first day it no longer holds. */
  @Column(dayColumn('valid_to'))
  validTo!: CalendarDate;

  @Column(instantColumn('proposed_at'))
  proposedAt!: string;

  @Column('uuid', { name: 'proposed_by' })
  proposedBy!: PersonId;

  @Column(instantColumn('confirmed_at', { nullable: true }))
  confirmedAt!: string | null;

  @Column('uuid', { name: 'confirmed_by', nullable: true })
  confirmedBy!: PersonId | null;

  @Column(instantColumn('ended_at', { nullable: true }))
  endedAt!: string | null;

  @Column('uuid', { name: 'ended_by', nullable: true })
  endedBy!: PersonId | null;

  @Column('integer')
  version!: number;
}
