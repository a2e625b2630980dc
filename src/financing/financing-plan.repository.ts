import { Injectable } from '@nestjs/common';
import type { ApplicationId } from '../kernel/ids.js';
import type { ReadTx, Tx } from '../platform/database/tx.js';
import { FinancingPlanItem } from './financing-plan-item.entity.js';
import type { PlannedShare } from './plan.rules.js';

@Injectable()
export class FinancingPlanRepository {
  ofApplication(tx: ReadTx, applicationId: ApplicationId): Promise<FinancingPlanItem[]> {
    return tx.manager
      .createQueryBuilder(FinancingPlanItem, 'p')
      .where('p.applicationId = :applicationId', { applicationId })
      .orderBy('p.fundingYear')
      .addOrderBy('p.source')
      .getMany();
  }

  async insert(tx: Tx, items: readonly FinancingPlanItem[]): Promise<void> {
    if (items.length === 0) return;
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(FinancingPlanItem)
      .values([...items])
      .updateEntity(false)
      .execute();
  }

  async update(
    tx: Tx,
    id: FinancingPlanItem['id'],
    { amount, modelled, origin }: Omit<PlannedShare, 'source' | 'fundingYear'>,
  ): Promise<void> {
    await tx.manager
      .createQueryBuilder()
      .update(FinancingPlanItem)
      .set({ amount, modelled, origin, version: () => 'version + 1' })
      .where('id = :id', { id })
      .execute();
  }
}
