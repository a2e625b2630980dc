import { Injectable } from '@nestjs/common';
import { newId, type ApplicationId, type CaseId, type CentreId } from '../kernel/ids.js';
import { Money } from '../kernel/money.js';
import type { ReadTx, Tx } from '../platform/database/tx.js';
import type { FinancingPlanItem } from './financing-plan-item.entity.js';
import { FinancingPlanRepository } from './financing-plan.repository.js';
import { fundingSources, isInKind, type PlannedShare } from './plan.rules.js';

/** Whose plan, and for which year. */
export interface PlanOwner {
  readonly applicationId: ApplicationId;
  readonly caseId: CaseId;
  readonly centreId: CentreId;
  readonly fundingYear: number;
}

/** The financing plan is edited through its application; this writes it within that command. */
@Injectable()
export class FinancingPlanService {
  constructor(private readonly plans: FinancingPlanRepository) {}

  /** What each source gives, in the order in which splits are published; sources that give nothing are left out. */
  async of(tx: ReadTx, applicationId: ApplicationId): Promise<PlannedShare[]> {
    const items = await this.plans.ofApplication(tx, applicationId);
    return items
      .filter(({ amount }) => amount.isPositive())
      .toSorted((a, b) => fundingSources.indexOf(a.source) - fundingSources.indexOf(b.source))
      .map(({ source, amount, modelled, origin }) => ({ source, amount, modelled, origin }));
  }

  /** Makes this the plan. Nothing is deleted: a source that is no longer named gives zero. */
  async replace(tx: Tx, owner: PlanOwner, plan: readonly PlannedShare[]): Promise<void> {
    const standing = await this.plans.ofApplication(tx, owner.applicationId);
    const added: FinancingPlanItem[] = [];
    for (const source of fundingSources) {
      const wanted = plan.find((share) => share.source === source) ?? null;
      const item = standing.find((one) => one.source === source) ?? null;
      const { amount, modelled, origin } = wanted ?? { amount: Money.zero, modelled: false, origin: null };
      if (item === null) {
        if (wanted === null) continue;
        const id = newId<FinancingPlanItem['id']>();
        added.push({ ...owner, id, source, amount, inKind: isInKind(source), modelled, origin, version: 1 });
      } else if (!item.amount.equals(amount) || item.modelled !== modelled || item.origin !== origin) {
        await this.plans.update(tx, item.id, { amount, modelled, origin });
      }
    }
    await this.plans.insert(tx, added);
  }
}
