import { Injectable } from '@nestjs/common';
import type { ApplicationId } from '../../kernel/ids.js';
import type { ReadTx, Tx } from '../../platform/database/tx.js';
import type { Application } from './application.entity.js';
import { EarlyStart } from './early-start.entity.js';

/** A consent as it is given: the instant is the database's own, the person is stamped by it. */
export type NewEarlyStart = Omit<EarlyStart, 'consentedAt' | 'consentedBy'>;

@Injectable()
export class EarlyStartRepository {
  async insert(tx: Tx, row: NewEarlyStart): Promise<void> {
    await tx.manager.createQueryBuilder().insert().into(EarlyStart).values(row).updateEntity(false).execute();
  }

  of(tx: ReadTx, applicationId: ApplicationId): Promise<EarlyStart[]> {
    return tx.manager
      .createQueryBuilder(EarlyStart, 's')
      .where('s.applicationId = :applicationId', { applicationId })
      .orderBy('s.consentedAt')
      .addOrderBy('s.id')
      .getMany();
  }

  /** Whether the state gave the centre money of the programme for the year before, or granted what is carried on. */
  async recurs(
    tx: ReadTx,
    {
      centreId,
      programme,
      fundingYear,
      continues,
    }: Pick<Application, 'centreId' | 'programme' | 'continues'> & {
      readonly fundingYear: number;
    },
  ): Promise<boolean> {
    const found = await tx.rows(
      `select from decision d
         join decision_amount y on y.decision_id = d.id
        where d.centre_id = $1 and d.programme = $2 and d.state in ('released', 'notified', 'closed')
          and y.validity = 'in_force' and y.source in ('state_integration', 'state_school') and y.amount_cents > 0
          and (y.funding_year = $3 or d.application_id = $4)
        limit 1`,
      [centreId, programme, fundingYear - 1, continues],
    );
    return found.length > 0;
  }
}
