import { Column } from 'typeorm';
import type { PersonId } from '../../kernel/ids.js';
import type { Withdrawal } from '../../kernel/withdrawal.js';
import { instantColumn } from './columns.js';

/** The columns of every table whose proposals can be taken back before anything comes of them. */
export abstract class Withdrawable implements Withdrawal {
  @Column(instantColumn('withdrawn_at', { nullable: true })) withdrawnAt!: string | null;
  @Column('uuid', { name: 'withdrawn_by', nullable: true }) withdrawnBy!: PersonId | null;
  @Column('text', { name: 'withdrawal_reason', nullable: true }) withdrawalReason!: string | null;
}

/** What a withdrawal writes, but for the state, which one table reads off its stamps; the stamp names the person. */
export const withdrawing = (withdrawalReason: string) => ({
  ...{ withdrawalReason, withdrawnAt: () => 'transaction_timestamp()', version: () => 'version + 1' },
});
