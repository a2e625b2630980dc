import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../audit/command-runner.js';
import type { Unit } from '../audit/unit.js';
import { CentreService } from '../centres/centre.service.js';
import type { Actor } from '../kernel/actor.js';
import { Failure, notFound, ruleViolated, stateConflict } from '../kernel/failure.js';
import {
  newId,
  type AllocationId,
  type AppropriationId,
  type BudgetLineId,
  type CentreId,
  type CommitmentAuthorisationId,
} from '../kernel/ids.js';
import { mayBecome } from '../kernel/lifecycle.js';
import { Money } from '../kernel/money.js';
import type { Text, Violation } from '../kernel/violation.js';
import { LedgerService } from '../ledger/ledger.service.js';
import type { ReadTx } from '../platform/database/tx.js';
import type { Answer, Invocation } from '../platform/invocation.js';
import { Allocation } from './allocation.entity.js';
import {
  allocationPostings,
  judgeAllocation,
  judgeQuotaReduction,
  sharesOf,
  type AllocationKind,
  type DistributionKey,
  type QuotaShare,
} from './allocation.rules.js';
import { Appropriation } from './appropriation.entity.js';
import { appropriationPosting, judgeAppropriation, type AppropriationKind } from './appropriation.rules.js';
import { authorisationPosting, judgeAuthorisation } from './authorisation.rules.js';
import { BudgetLine } from './budget-line.entity.js';
import {
  BudgetRepository,
  type Proposal,
  type ProposalFilter,
  type ProposalTable,
  type Slice,
} from './budget.repository.js';
import {
  judgeRelease,
  noAllotment,
  proposalLifecycle,
  proposalStates,
  unknownLine,
  unknownProgramme,
  type Confidence,
} from './budget.rules.js';
import { CommitmentAuthorisation } from './commitment-authorisation.entity.js';
import { lineRows, type OverviewRow } from './overview.rules.js';

export interface NewLine {
  readonly chapter: string;
  readonly title: string;
  readonly name: string;
  readonly transferable: boolean;
}

export interface ProposedAppropriation {
  /** `initial` when left out; so is everything a kind does not need. */
  readonly kind?: AppropriationKind;
  readonly lineId: BudgetLineId;
  readonly fundingYear: number;
  readonly amountCents: Money;
  readonly fromLineId?: BudgetLineId | null;
  readonly fromYear?: number | null;
  readonly consentToForm?: string | null;
  readonly consentToUse?: string | null;
  readonly cover?: string | null;
  readonly reason: string;
  readonly source: string;
  readonly confidence: Confidence;
}

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

export interface ProposedAuthorisation {
  readonly lineId: BudgetLineId;
  readonly programme: string;
  readonly issueYear: number;
  readonly dueYear: number;
  readonly amountCents: Money;
  readonly reason: string;
  readonly source: string;
  readonly confidence: Confidence;
}

/** An allocation with the shares of its centres, where it was distributed by a key. */
export interface AllocationParts {
  readonly id: AllocationId;
  readonly version: number;
  readonly allocation: Allocation;
  readonly shares: readonly QuotaShare[];
}

@Injectable()
export class BudgetService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly budget: BudgetRepository,
    private readonly centres: CentreService,
    private readonly ledger: LedgerService,
  ) {}

  createLine(invocation: Invocation<BudgetLine>, input: NewLine): Promise<Answer> {
    return this.commands.run(invocation, 'budgetLine.create', async (unit) => {
      const line = { id: newId<BudgetLineId>(), ...input, version: 1 };
      await this.budget.insert(unit, BudgetLine, line);
      concern(unit, 'budget_line', line);
      return line;
    });
  }

  proposeAppropriation(invocation: Invocation<Appropriation>, input: ProposedAppropriation): Promise<Answer> {
    return this.commands.run(invocation, 'appropriation.propose', async (unit) => {
      const { amountCents: amount, ...rest } = input;
      const facts = { ...NO_EXTRAS, kind: 'initial' as const, ...rest, amount };
      const line = await this.requireLine(unit, facts.lineId, '/lineId');
      if (facts.fromLineId !== null) await this.requireLine(unit, facts.fromLineId, '/fromLineId');
      refuseOn(judgeAppropriation(facts, line));
      const proposal = { ...facts, ...PROPOSED, id: newId<AppropriationId>() } as Appropriation;
      return this.propose(unit, Appropriation, proposal);
    });
  }

  /** By a second person. What cannot be taken back is refused with the list of what stands in the way. */
  releaseAppropriation(invocation: Invocation<Appropriation>, id: AppropriationId): Promise<Answer> {
    return this.commands.run(invocation, 'appropriation.release', async (unit) => {
      const released = await this.release(unit, Appropriation, id);
      await this.ledger.post(unit, [appropriationPosting(released, unit.today)]);
      return released;
    });
  }

  proposeAuthorisation(
    invocation: Invocation<CommitmentAuthorisation>,
    input: ProposedAuthorisation,
  ): Promise<Answer> {
    return this.commands.run(invocation, 'commitmentAuthorisation.propose', async (unit) => {
      const { amountCents: amount, ...rest } = input;
      await this.requireLine(unit, input.lineId, '/lineId');
      await this.requireProgramme(unit, input.programme);
      refuseOn(judgeAuthorisation(input, unit.today));
      const proposal = {
        ...rest,
        ...PROPOSED,
        id: newId<CommitmentAuthorisationId>(),
        amount,
      } as CommitmentAuthorisation;
      return this.propose(unit, CommitmentAuthorisation, proposal);
    });
  }

  releaseAuthorisation(
    invocation: Invocation<CommitmentAuthorisation>,
    id: CommitmentAuthorisationId,
  ): Promise<Answer> {
    return this.commands.run(invocation, 'commitmentAuthorisation.release', async (unit) => {
      const released = await this.release(unit, CommitmentAuthorisation, id);
      refuseOn(judgeAuthorisation(released, unit.today));
      await this.ledger.post(unit, [authorisationPosting(released, unit.today)]);
      return released;
    });
  }

  proposeAllocation(invocation: Invocation<AllocationParts>, input: ProposedAllocation): Promise<Answer> {
    return this.commands.run(invocation, 'allocation.propose', async (unit) => {
      const { amountCents: amount, key = null, ...rest } = input;
      await this.requireLine(unit, input.lineId, '/lineId');
      await this.requireProgramme(unit, input.programme);
      refuseOn(judgeAllocation({ ...rest, key }));
      const shares = key === null ? [] : sharesOf(amount, key);
      await this.judgeQuotas(unit, input, shares);
      const named = { keyName: key?.name ?? null, keySource: key?.source ?? null };
      const proposal = { ...rest, ...named, ...PROPOSED, id: newId<AllocationId>(), amount } as Allocation;
      const allocation = await this.propose(unit, Allocation, proposal);
      if (shares.length > 0) await this.budget.addShares(unit, allocation, shares);
      return { id: allocation.id, version: allocation.version, allocation, shares };
    });
  }

  releaseAllocation(invocation: Invocation<AllocationParts>, id: AllocationId): Promise<Answer> {
    return this.commands.run(invocation, 'allocation.release', async (unit) => {
      const allocation = await this.release(unit, Allocation, id);
      const { kind, centreId, programme, fundingYear, amount } = allocation;
      if (kind === 'reduction' && centreId !== null) {
        const quota = await this.budget.quotaOf(unit, { centreId, programme, fundingYear }, ['released']);
        // The reduction itself has just been released, and counts already.
        refuseOn(judgeQuotaReduction(amount, (quota ?? Money.zero).plus(amount)));
      }
      await this.ledger.post(unit, allocationPostings(allocation, unit.today));
      const shares = (await this.budget.sharesOf(unit, [id])).get(id) ?? [];
      return { id, version: allocation.version, allocation, shares };
    });
  }

  lines(actor: Actor, slice: Slice): Promise<BudgetLine[]> {
    return this.commands.read(actor, (tx) => this.budget.lines(tx, slice));
  }

  appropriations(actor: Actor, filter: ProposalFilter, slice: Slice): Promise<Appropriation[]> {
    const of = { ...filter, yearColumn: 'funding_year' as const };
    return this.commands.read(actor, (tx) => this.budget.proposals(tx, Appropriation, of, slice));
  }

  authorisations(actor: Actor, filter: ProposalFilter, slice: Slice): Promise<CommitmentAuthorisation[]> {
    const of = { ...filter, yearColumn: 'due_year' as const };
    return this.commands.read(actor, (tx) => this.budget.proposals(tx, CommitmentAuthorisation, of, slice));
  }

  allocations(actor: Actor, filter: ProposalFilter, slice: Slice): Promise<AllocationParts[]> {
    const of = { ...filter, yearColumn: 'funding_year' as const };
    return this.commands.read(actor, async (tx) => {
      const rows = await this.budget.proposals(tx, Allocation, of, slice);
      const ids = rows.map(({ id }) => id);
      const shares = await this.budget.sharesOf(tx, ids);
      return rows.map((allocation) => {
        const { id, version } = allocation;
        return { id, version, allocation, shares: shares.get(id) ?? [] };
      });
    });
  }

  overview(actor: Actor, fundingYear: number): Promise<OverviewRow[]> {
    return this.commands.read(actor, async (tx) => {
      const movements = await this.budget.movements(tx, fundingYear);
      const lines = new Map(movements.map((one) => [one.lineId, one]));
      return [...lines.values()].flatMap(({ lineId, chapter, title }) =>
        lineRows(movements.filter((one) => one.lineId === lineId)).map(({ programme, totals }) => ({
          ...{ lineId, chapter, title, programme, ...totals },
        })),
      );
    });
  }

  /**
   * The budget line that funds a programme in a year, by an allotment or by leave to promise that year's money: the one
   * that was chosen, or the first that was released. `place` says where the choice stands in the request.
   * @throws Failure 422 while nothing of that year has been released, or not on the chosen line.
   */
  async lineFor(
    tx: ReadTx,
    programme: string,
    fundingYear: number,
    chosen: { readonly id: BudgetLineId; readonly place: number } | null = null,
  ): Promise<BudgetLineId> {
    const lines = await this.budget.linesOf(tx, programme, fundingYear);
    const line = chosen === null ? lines[0] : lines.find((one) => one === chosen.id);
    if (line === undefined) throw ruleViolated([noAllotment(programme, fundingYear, chosen?.place ?? null)]);
    return line;
  }

  linesById(tx: ReadTx, ids: readonly BudgetLineId[]): Promise<BudgetLine[]> {
    return this.budget.linesById(tx, ids);
  }

  private async propose<E extends Proposal>(unit: Unit, target: ProposalTable<E>, proposal: E): Promise<E> {
    await this.budget.insert(unit, target, proposal);
    concern(unit, typeOf(target), proposal);
    return this.mustLock(unit, target, proposal.id);
  }

  /** Judged and marked as released; the money is moved by whoever called. */
  private async release<E extends Proposal>(unit: Unit, target: ProposalTable<E>, id: E['id']): Promise<E> {
    const proposal = await this.mustLock(unit, target, id);
    unit.expect(proposal.version);
    if (!mayBecome(proposalLifecycle, proposal.state, 'released')) {
      throw stateConflict({ de: 'Das ist bereits freigegeben.', en: 'This has already been released.' });
    }
    refuseOn(judgeRelease(proposal.proposedBy, unit.actor));
    await this.budget.release(unit, target, id);
    concern(unit, typeOf(target), { id, version: proposal.version + 1 });
    return this.mustLock(unit, target, id);
  }

  private async judgeQuotas(
    unit: Unit,
    { kind, centreId, programme, fundingYear, amountCents }: ProposedAllocation,
    shares: readonly QuotaShare[],
  ): Promise<void> {
    const centres = centreId === null ? shares.map((share) => share.centreId) : [centreId];
    for (const one of centres) {
      await this.centres.require(unit, one);
      const quota = await this.budget.quotaOf(
        unit,
        { centreId: one, programme, fundingYear },
        proposalStates,
      );
      if (kind === 'reduction') refuseOn(judgeQuotaReduction(amountCents, quota ?? Money.zero));
      else if (quota !== null) throw new Failure('duplicate', { detail: QUOTA_STANDS });
    }
  }

  private async requireLine(tx: ReadTx, id: BudgetLineId, pointer: string): Promise<BudgetLine> {
    const line = await this.budget.line(tx, id);
    if (line === null) throw ruleViolated([unknownLine(pointer)]);
    return line;
  }

  private async requireProgramme(tx: ReadTx, code: string): Promise<void> {
    if (!(await this.budget.knowsProgramme(tx, code))) throw ruleViolated([unknownProgramme]);
  }

  private async mustLock<E extends Proposal>(unit: Unit, target: ProposalTable<E>, id: string): Promise<E> {
    const row = await this.budget.lock(unit, target, id);
    if (row === null) throw notFound();
    return row;
  }
}

const PROPOSED = { state: 'proposed' as const, version: 1 };
const NO_EXTRAS = { fromLineId: null, fromYear: null, consentToForm: null, consentToUse: null, cover: null };

function typeOf(target: unknown): string {
  if (target === Appropriation) return 'appropriation';
  return target === Allocation ? 'allocation' : 'commitment_authorisation';
}

function refuseOn(objections: readonly Violation[]): void {
  if (objections.length > 0) throw ruleViolated(objections);
}

function concern(unit: Unit, type: string, { id, version }: { id: string; version: number }): void {
  unit.concerns({ type, id, version, centreId: null, caseId: null });
}

const QUOTA_STANDS: Text = {
  de: 'Das Zentrum hat für Programm und Jahr schon ein Kontingent.',
  en: 'The centre already has a quota of this programme and year.',
};
