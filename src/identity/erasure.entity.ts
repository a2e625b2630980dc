import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PersonErasureId, PersonId } from '../kernel/ids.js';
import { instantColumn } from '../platform/database/columns.js';
import type { ErasureGround } from './erasure.rules.js';

@Entity('person_erasure')
export class PersonErasure {
  @PrimaryColumn('uuid')
  id!: PersonErasureId;

  @Column('uuid', { name: 'person_id' })
  personId!: PersonId;

  @Column('text')
  ground!: ErasureGround;

  @Column(instantColumn('requested_at'))
  requestedAt!: string;

  @Column('uuid', { name: 'requested_by', nullable: true })
  requestedBy!: PersonId | null;

  @Column(instantColumn('confirmed_at', { nullable: true }))
  confirmedAt!: string | null;

  @Column('uuid', { name: 'confirmed_by', nullable: true })
  confirmedBy!: PersonId | null;

  @Column('integer')
  version!: number;
}
