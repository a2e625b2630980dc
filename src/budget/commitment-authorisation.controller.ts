import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import type { CommitmentAuthorisationId } from '../kernel/ids.js';
import { Invoke } from '../platform/http/invoke.js';
import { Operation } from '../platform/http/operation.js';
import { keyOf, pageOf, type Page } from '../platform/http/page.js';
import { Path } from '../platform/http/path.js';
import { WithdrawDto, WITHDRAWAL_NOTE } from '../platform/http/withdrawal.js';
import type { Answer } from '../platform/invocation.js';
import { AppropriationService } from './appropriation.service.js';
import { ProposalQuery, ProposeAuthorisationDto } from './budget.dto.js';
import { CommitmentAuthorisationView } from './commitment-authorisation.view.js';

@Controller('budget/commitment-authorisations')
export class CommitmentAuthorisationController {
  constructor(private readonly appropriations: AppropriationService) {}

  @Post()
  @Operation({
    id: 'commitmentAuthorisation.propose',
    de: 'Verpflichtungsermächtigung eintragen',
    en: 'Propose a commitment authorisation',
    basis: '§ 38 LHO NRW',
    answers: CommitmentAuthorisationView,
    creates: true,
    key: 'required',
    errors: ['rule-violated', 'state-conflict'],
  })
  propose(@Invoke() invoke: Invoke, @Body() body: ProposeAuthorisationDto): Promise<Answer> {
    return this.appropriations.proposeAuthorisation(
      invoke.presenting((row) => ({
        ...{ status: 201, body: CommitmentAuthorisationView.of(row), version: row.version },
      })),
      body,
    );
  }

  @Post(':id/release')
  @Operation({
    id: 'commitmentAuthorisation.release',
    de: 'Verpflichtungsermächtigung freigeben (zweite Person)',
    en: 'Release a commitment authorisation (second person)',
    basis: 'VV zu § 70 LHO NRW',
    answers: CommitmentAuthorisationView,
    ifMatch: true,
    key: 'required',
    errors: ['rule-violated', 'state-conflict'],
  })
  release(@Invoke() invoke: Invoke, @Path('id') id: CommitmentAuthorisationId): Promise<Answer> {
    return this.appropriations.releaseAuthorisation(
      invoke.presenting((row) => ({
        ...{ status: 200, body: CommitmentAuthorisationView.of(row), version: row.version },
      })),
      id,
    );
  }

  @Post(':id/withdraw')
  @Operation({
    id: 'commitmentAuthorisation.withdraw',
    de: 'Eingetragene, noch nicht freigegebene Verpflichtungsermächtigung zurückziehen',
    en: 'Withdraw a proposed commitment authorisation before its release',
    basis: 'VV zu § 70 LHO NRW',
    detail: WITHDRAWAL_NOTE,
    answers: CommitmentAuthorisationView,
    ifMatch: true,
    key: 'required',
    errors: ['state-conflict'],
  })
  withdraw(
    @Invoke() invoke: Invoke,
    @Path('id') id: CommitmentAuthorisationId,
    @Body() { reason }: WithdrawDto,
  ): Promise<Answer> {
    return this.appropriations.withdrawAuthorisation(
      invoke.presenting((row) => ({
        ...{ status: 200, body: CommitmentAuthorisationView.of(row), version: row.version },
      })),
      id,
      reason,
    );
  }

  @Get()
  @Operation({
    id: 'commitmentAuthorisation.list',
    de: 'Verpflichtungsermächtigungen auflisten, nach Fälligkeitsjahr',
    en: 'List commitment authorisations, by the year the money is due',
    answersPage: CommitmentAuthorisationView,
  })
  async list(
    @Invoke() invoke: Invoke,
    @Query() query: ProposalQuery,
  ): Promise<Page<CommitmentAuthorisationView>> {
    const { limit, cursor, fundingYear, state } = query;
    const rows = await this.appropriations.listAuthorisations(
      invoke.actor,
      { fundingYear, state },
      {
        after: keyOf(cursor, ['id']),
        limit,
      },
    );
    const page = pageOf(rows, limit, (row) => [row.id]);
    return {
      items: page.items.map((row) => CommitmentAuthorisationView.of(row)),
      nextCursor: page.nextCursor,
    };
  }
}
