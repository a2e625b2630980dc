import { Injectable } from '@nestjs/common';
import { newId, type ApplicationId, type CaseId, type CentreId } from '../kernel/ids.js';
import { Money } from '../kernel/money.js';
import type { ReadTx, Tx } from '../platform/database/tx.js';
import type { FinancingPlanItem } from './financing-plan-item.entity.js';
import { FinancingPlanRepository } from './financing-plan.repository.js';
import { fundingSources, isInKind, type PlannedShare } from './plan.rules.js';

/** Whose plan. */
export interface PlanOwner {
  readonly applicationId: ApplicationId;
  readonly caseId: CaseId;
  readonly centreId: CentreId;
}

/** The financing plan is edited through its application; this writes it within that command. */
@Injectable()
export class FinancingPlanService {
  constructor(private readonly plans: FinancingPlanRepository) {}

  /** What each source gives, by year and in the order in which splits are published; what gives nothing is left out. */
  async of(tx: ReadTx, applicationId: ApplicationId): Promise<PlannedShare[]> {
    const items = await this.plans.ofApplication(tx, applicationId);
    return items
      .filter(({ amount }) => amount.isPositive())
      .toSorted(
        (a, b) =>
          a.fundingYear - b.fundingYear ||
          fundingSources.indexOf(a.source) - fundingSources.indexOf(b.source),
      )
      .map(({ fundingYear, source, amount, modelled, origin }) => ({
        ...{ fundingYear, source, amount, modelled, origin },
      }));
  }

  /** Makes this the plan. Nothing is deleted: a source and year that is no longer named gives zero. */
  async replace(tx: Tx, owner: PlanOwner, plan: readonly PlannedShare[]): Promise<void> {
    const standing = await this.plans.ofApplication(tx, owner.applicationId);
    for (const item of standing) {
      const { amount, modelled, origin } = plan.find((share) => isSame(share, item)) ?? NOTHING;
      if (item.amount.equals(amount) && item.modelled === modelled && item.origin === origin) continue;
      await this.plans.update(tx, item.id, { amount, modelled, origin });
    }
    const added = plan.filter((share) => !standing.some((item) => isSame(share, item)));
    await this.plans.insert(
      tx,
      added.map(({ fundingYear, source, amount, modelled, origin }) => ({
        ...{ ...owner, id: newId<FinancingPlanItem['id']>(), fundingYear, source, amount },
        ...{ inKind: isInKind(source), modelled, origin, version: 1 },
      })),
    );
  }
}

const NOTHING = { amount: Money.zero, modelled: false, origin: null };

type Place = Pick<PlannedShare, 'fundingYear' | 'source'>;

function isSame(a: Place, b: Place): boolean {
  return a.fundingYear === b.fundingYear && a.source === b.source;
}
