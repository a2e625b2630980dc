import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../audit/command-runner.js';
import type { Actor } from '../kernel/actor.js';
import {
  newId,
  type AppropriationId,
  type BudgetLineId,
  type CommitmentAuthorisationId,
} from '../kernel/ids.js';
import type { Money } from '../kernel/money.js';
import { LedgerService } from '../ledger/ledger.service.js';
import type { Answer, Invocation } from '../platform/invocation.js';
import { Appropriation } from './appropriation.entity.js';
import {
  appropriationNames,
  appropriationPosting,
  appropriationWords,
  judgeAppropriation,
  type AppropriationKind,
} from './appropriation.rules.js';
import {
  AUTHORISATION,
  authorisationPosting,
  authorisationWords,
  judgeAuthorisation,
} from './authorisation.rules.js';
import { BudgetRepository, type ProposalFilter, type Slice } from './budget.repository.js';
import type { Confidence } from './budget.rules.js';
import { CommitmentAuthorisation } from './commitment-authorisation.entity.js';
import { PROPOSED, ProposalService, refuseOn, type ProposalKind } from './proposal.service.js';

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

const appropriations: ProposalKind<Appropriation> = {
  ...{ target: Appropriation, type: 'appropriation', words: appropriationWords },
  thing: ({ kind }) => appropriationNames[kind],
};
const authorisations: ProposalKind<CommitmentAuthorisation> = {
  ...{ target: CommitmentAuthorisation, type: 'commitment_authorisation', words: authorisationWords },
  thing: () => AUTHORISATION,
};

/** What parliament gives: permission to spend in a year, and leave to promise money of later years. */
@Injectable()
export class AppropriationService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly budget: BudgetRepository,
    private readonly proposals: ProposalService,
    private readonly ledger: LedgerService,
  ) {}

  propose(invocation: Invocation<Appropriation>, input: ProposedAppropriation): Promise<Answer> {
    return this.commands.run(invocation, 'appropriation.propose', async (unit) => {
      const { amountCents: amount, ...rest } = input;
      const facts = { ...NO_EXTRAS, kind: 'initial' as const, ...rest, amount };
      const line = await this.proposals.requireLine(unit, facts.lineId, '/lineId');
      if (facts.fromLineId !== null) {
        await this.proposals.requireLine(unit, facts.fromLineId, '/fromLineId');
      }
      refuseOn(judgeAppropriation(facts, line));
      const proposal = { ...facts, ...PROPOSED, id: newId<AppropriationId>() } as Appropriation;
      return this.proposals.propose(unit, appropriations, proposal);
    });
  }

  /** By a second person. What cannot be taken back is refused with the list of what stands in the way. */
  release(invocation: Invocation<Appropriation>, id: AppropriationId): Promise<Answer> {
    return this.commands.run(invocation, 'appropriation.release', async (unit) => {
      const released = await this.proposals.release(unit, appropriations, id);
      await this.ledger.post(unit, [appropriationPosting(released, unit.today)]);
      return released;
    });
  }

  withdraw(invocation: Invocation<Appropriation>, id: AppropriationId, reason: string): Promise<Answer> {
    return this.commands.run(invocation, 'appropriation.withdraw', (unit) =>
      this.proposals.withdraw(unit, appropriations, id, reason),
    );
  }

  proposeAuthorisation(
    invocation: Invocation<CommitmentAuthorisation>,
    input: ProposedAuthorisation,
  ): Promise<Answer> {
    return this.commands.run(invocation, 'commitmentAuthorisation.propose', async (unit) => {
      const { amountCents: amount, ...rest } = input;
      await this.proposals.requireLine(unit, input.lineId, '/lineId');
      await this.proposals.requireProgramme(unit, input.programme);
      refuseOn(judgeAuthorisation(input, unit.today));
      const id = newId<CommitmentAuthorisationId>();
      const proposal = { ...rest, ...PROPOSED, id, amount } as CommitmentAuthorisation;
      return this.proposals.propose(unit, authorisations, proposal);
    });
  }

  releaseAuthorisation(
    invocation: Invocation<CommitmentAuthorisation>,
    id: CommitmentAuthorisationId,
  ): Promise<Answer> {
    return this.commands.run(invocation, 'commitmentAuthorisation.release', async (unit) => {
      const released = await this.proposals.release(unit, authorisations, id);
      refuseOn(judgeAuthorisation(released, unit.today));
      await this.ledger.post(unit, [authorisationPosting(released, unit.today)]);
      return released;
    });
  }

  withdrawAuthorisation(
    invocation: Invocation<CommitmentAuthorisation>,
    id: CommitmentAuthorisationId,
    reason: string,
  ): Promise<Answer> {
    return this.commands.run(invocation, 'commitmentAuthorisation.withdraw', (unit) =>
      this.proposals.withdraw(unit, authorisations, id, reason),
    );
  }

  list(actor: Actor, filter: ProposalFilter, slice: Slice): Promise<Appropriation[]> {
    const of = { ...filter, yearColumn: 'funding_year' as const };
    return this.commands.read(actor, (tx) => this.budget.proposals(tx, Appropriation, of, slice));
  }

  listAuthorisations(actor: Actor, filter: ProposalFilter, slice: Slice): Promise<CommitmentAuthorisation[]> {
    const of = { ...filter, yearColumn: 'due_year' as const };
    return this.commands.read(actor, (tx) => this.budget.proposals(tx, CommitmentAuthorisation, of, slice));
  }
}

const NO_EXTRAS = { fromLineId: null, fromYear: null, consentToForm: null, consentToUse: null, cover: null };
