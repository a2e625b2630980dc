import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import type { Power, Role } from '../kernel/actor.js';
import type { CentreId, PersonId, RoleGrantId, UserId } from '../kernel/ids.js';
import { instantColumn } from '../platform/database/columns.js';

/** Salts are not mapped: they never leave the database, and with them the commitments in the journal mean nothing. */
@Entity('person')
export class Person {
  @PrimaryColumn('uuid')
  id!: PersonId;

  @Column('text', { nullable: true })
  name!: string | null;

  @Column('text', { nullable: true })
  email!: string | null;

  @Column(instantColumn('erased_at', { nullable: true }))
  erasedAt!: string | null;

  @Column('integer')
  version!: number;
}

@Entity('user_account')
export class UserAccount {
  @PrimaryColumn('uuid')
  id!: UserId;

  @Column('uuid', { name: 'person_id' })
  personId!: PersonId;

  @ManyToOne(() => Person)
  @JoinColumn({ name: 'person_id' })
  person!: Person;

  @Column('text', { nullable: true })
  username!: string | null;

  @Column(instantColumn('disabled_at', { nullable: true }))
  disabledAt!: string | null;

  @Column('integer')
  version!: number;
}

@Entity('role_grant')
export class RoleGrant {
  @PrimaryColumn('uuid')
  id!: RoleGrantId;

  @Column('uuid', { name: 'user_id' })
  userId!: UserId;

  @Column('uuid', { name: 'person_id' })
  personId!: PersonId;

  @Column('text')
  role!: Role;

  @Column('uuid', { name: 'centre_id', nullable: true })
  centreId!: CentreId | null;

  @Column('text', { array: true })
  powers!: Power[];

  @Column(instantColumn('granted_at'))
  grantedAt!: string;

  @Column('uuid', { name: 'granted_by', nullable: true })
  grantedBy!: PersonId | null;

  @Column(instantColumn('confirmed_at', { nullable: true }))
  confirmedAt!: string | null;

  @Column('uuid', { name: 'confirmed_by', nullable: true })
  confirmedBy!: PersonId | null;

  @Column(instantColumn('revoked_at', { nullable: true }))
  revokedAt!: string | null;

  @Column('uuid', { name: 'revoked_by', nullable: true })
  revokedBy!: PersonId | null;

  @Column('integer')
  version!: number;
}

/** An account with its person and its role grants, oldest first. */
export interface UserWithRoles {
  readonly account: UserAccount;
  readonly grants: readonly RoleGrant[];
}
