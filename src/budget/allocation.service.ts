import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../audit/command-runner.js';
import type { Unit } from '../audit/unit.js';
import { CentreService } from '../centres/centre.service.js';
import type { Actor } from '../kernel/actor.js';
import { Failure } from '../kernel/failure.js';
import { newId, type AllocationId, type BudgetLineId, type CentreId } from '../kernel/ids.js';
import { Money } from '../kernel/money.js';
import type { Text } from '../kernel/violation.js';
import { LedgerService } from '../ledger/ledger.service.js';
import type { ReadTx } from '../platform/database/tx.js';
import type { Answer, Invocation } from '../platform/invocation.js';
import { Allocation } from './allocation.entity.js';
import {
  allocationNames,
  allocationPostings,
  allocationWords,
  judgeAllocation,
  judgeQuotaReduction,
  judgeQuotaWithdrawal,
  sharesOf,
  type AllocationKind,
  type DistributionKey,
  type QuotaShare,
} from './allocation.rules.js';
import { BudgetRepository, type ProposalFilter, type Slice } from './budget.repository.js';
import { standingStates } from './budget.rules.js';
import { PROPOSED, ProposalService, refuseOn, type ProposalKind } from './proposal.service.js';

export interface ProposedAllocation {
  readonly lineId: BudgetLineId;
  readonly fundingYear: number;
  readonly programme: string;
  readonly kind: AllocationKind;
  readonly centreId: CentreId | null;
  readonly key?: DistributionKey | null;
  readonly amountCents: Money;
  readonly reason: string;
}

/** An allocation with the shares of its centres, where it was distributed by a key. */
export interface AllocationParts {
  readonly id: AllocationId;
  readonly version: number;
  readonly allocation: Allocation;
  readonly shares: readonly QuotaShare[];
}

const allocations: ProposalKind<Allocation> = {
  ...{ target: Allocation, type: 'allocation', words: allocationWords },
  thing: ({ kind }) => allocationNames[kind],
};

/** What the ministry hands on: spending power to the granting authority, planned shares to centres. */
@Injectable()
export class AllocationService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly budget: BudgetRepository,
    private readonly proposals: ProposalService,
    private readonly centres: CentreService,
    private readonly ledger: LedgerService,
  ) {}

  propose(invocation: Invocation<AllocationParts>, input: ProposedAllocation): Promise<Answer> {
    return this.commands.run(invocation, 'allocation.propose', async (unit) => {
      const { amountCents: amount, key = null, ...rest } = input;
      await this.proposals.requireLine(unit, input.lineId, '/lineId');
      await this.proposals.requireProgramme(unit, input.programme);
      refuseOn(judgeAllocation({ ...rest, key }));
      const shares = key === null ? [] : sharesOf(amount, key);
      await this.judgeQuotas(unit, input, shares);
      const named = { keyName: key?.name ?? null, keySource: key?.source ?? null };
      const proposal = { ...rest, ...named, ...PROPOSED, id: newId<AllocationId>(), amount } as Allocation;
      const allocation = await this.proposals.propose(unit, allocations, proposal);
      if (shares.length > 0) await this.budget.addShares(unit, allocation, shares);
      return { id: allocation.id, version: allocation.version, allocation, shares };
    });
  }

  release(invocation: Invocation<AllocationParts>, id: AllocationId): Promise<Answer> {
    return this.commands.run(invocation, 'allocation.release', async (unit) => {
      const allocation = await this.proposals.release(unit, allocations, id);
      const { kind, centreId, amount } = allocation;
      if (kind === 'reduction' && centreId !== null) {
        await this.budget.queueQuotas(unit, allocation);
        const quotas = await this.budget.quotasOf(unit, [centreId], allocation, ['released']);
        // The reduction itself has just been released, and counts already.
        refuseOn(judgeQuotaReduction(amount, (quotas.get(centreId) ?? Money.zero).plus(amount)));
      }
      await this.ledger.post(unit, allocationPostings(allocation, unit.today));
      return this.withShares(unit, allocation);
    });
  }

  withdraw(invocation: Invocation<AllocationParts>, id: AllocationId, reason: string): Promise<Answer> {
    return this.commands.run(invocation, 'allocation.withdraw', async (unit) => {
      const withdrawn = await this.withShares(
        unit,
        await this.proposals.withdraw(unit, allocations, id, reason),
      );
      const { allocation, shares } = withdrawn;
      if (allocation.kind === 'quota') {
        await this.budget.queueQuotas(unit, allocation);
        const centres = centresOf(allocation, shares);
        // Whatever is left of a centre's quota without this one is what was taken back from it.
        const left = await this.budget.quotasOf(unit, centres, allocation, standingStates);
        for (const quota of left.values()) refuseOn(judgeQuotaWithdrawal(quota));
      }
      return withdrawn;
    });
  }

  list(actor: Actor, filter: ProposalFilter, slice: Slice): Promise<AllocationParts[]> {
    const of = { ...filter, yearColumn: 'funding_year' as const };
    return this.commands.read(actor, async (tx) => {
      const rows = await this.budget.proposals(tx, Allocation, of, slice);
      const ids = rows.map(({ id }) => id);
      const shares = await this.budget.sharesOf(tx, ids);
      return rows.map((allocation) => partsOf(allocation, shares));
    });
  }

  private async withShares(tx: ReadTx, allocation: Allocation): Promise<AllocationParts> {
    return partsOf(allocation, await this.budget.sharesOf(tx, [allocation.id]));
  }

  private async judgeQuotas(
    unit: Unit,
    input: ProposedAllocation,
    shares: readonly QuotaShare[],
  ): Promise<void> {
    const centres = centresOf(input, shares);
    if (centres.length === 0) return;
    await this.budget.queueQuotas(unit, input);
    await this.centres.requireAll(unit, centres);
    const quotas = await this.budget.quotasOf(unit, centres, input, standingStates);
    if (input.kind === 'reduction') {
      for (const centreId of centres) {
        refuseOn(judgeQuotaReduction(input.amountCents, quotas.get(centreId) ?? Money.zero));
      }
    } else if (quotas.size > 0) throw new Failure('duplicate', { detail: QUOTA_STANDS });
  }
}

function centresOf(
  { centreId }: { readonly centreId: CentreId | null },
  shares: readonly QuotaShare[],
): CentreId[] {
  return centreId === null ? shares.map((share) => share.centreId) : [centreId];
}

function partsOf(
  allocation: Allocation,
  shares: ReadonlyMap<AllocationId, readonly QuotaShare[]>,
): AllocationParts {
  const { id, version } = allocation;
  return { id, version, allocation, shares: shares.get(id) ?? [] };
}

const QUOTA_STANDS: Text = {
  de: 'Das Zentrum hat für Programm und Jahr schon ein Kontingent.',
  en: 'The centre already has a quota of this programme and year.',
};
