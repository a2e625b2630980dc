import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BankAccountId, CentreId, PersonId, RecipientId } from '../kernel/ids.js';
import { instantColumn } from '../platform/database/columns.js';
import { Withdrawable } from '../platform/database/withdrawable.js';

@Entity('bank_account')
export class BankAccount extends Withdrawable {
  @PrimaryColumn('uuid') id!: BankAccountId;
  @Column('uuid', { name: 'recipient_id' }) recipientId!: RecipientId;
  @Column('uuid', { name: 'centre_id' }) centreId!: CentreId;
  @Column('text') iban!: string;
  @Column('text') holder!: string;
  @Column(instantColumn('proposed_at')) proposedAt!: string;
  @Column('uuid', { name: 'proposed_by' }) proposedBy!: PersonId;
  @Column(instantColumn('confirmed_at', { nullable: true })) confirmedAt!: string | null;
  @Column('uuid', { name: 'confirmed_by', nullable: true }) confirmedBy!: PersonId | null;
  @Column(instantColumn('replaced_at', { nullable: true })) replacedAt!: string | null;
  @Column('integer') version!: number;
}
