import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import type { AppropriationId } from '../kernel/ids.js';
import { Invoke } from '../platform/http/invoke.js';
import { Operation } from '../platform/http/operation.js';
import { keyOf, pageOf, type Page } from '../platform/http/page.js';
import { Path } from '../platform/http/path.js';
import { WithdrawDto, WITHDRAWAL_NOTE } from '../platform/http/withdrawal.js';
import type { Answer } from '../platform/invocation.js';
import { AppropriationService } from './appropriation.service.js';
import { ProposalQuery, ProposeAppropriationDto } from './budget.dto.js';
import { AppropriationView } from './budget.view.js';

@Controller('budget/appropriations')
export class AppropriationController {
  constructor(private readonly appropriations: AppropriationService) {}

  @Post()
  @Operation({
    id: 'appropriation.propose',
    de: 'Ansatz, Nachtrag, Kürzung, Sperre, Umschichtung oder Übertragung eintragen',
    en: 'Propose an appropriation, or a change of one',
    basis: '§ 11 LHO NRW',
    answers: AppropriationView,
    creates: true,
    key: 'required',
    errors: ['rule-violated', 'duplicate', 'state-conflict'],
  })
  propose(@Invoke() invoke: Invoke, @Body() body: ProposeAppropriationDto): Promise<Answer> {
    return this.appropriations.propose(
      invoke.presenting((row) => ({ status: 201, body: AppropriationView.of(row), version: row.version })),
      body,
    );
  }

  @Post(':id/release')
  @Operation({
    id: 'appropriation.release',
    de: 'Ansatz freigeben (zweite Person)',
    en: 'Release an appropriation (second person)',
    basis: 'VV zu § 70 LHO NRW',
    answers: AppropriationView,
    ifMatch: true,
    key: 'required',
    errors: ['rule-violated', 'state-conflict', 'budget-exhausted'],
  })
  release(@Invoke() invoke: Invoke, @Path('id') id: AppropriationId): Promise<Answer> {
    return this.appropriations.release(
      invoke.presenting((row) => ({ status: 200, body: AppropriationView.of(row), version: row.version })),
      id,
    );
  }

  @Post(':id/withdraw')
  @Operation({
    id: 'appropriation.withdraw',
    de: 'Eingetragenen, noch nicht freigegebenen Ansatz oder seine Änderung zurückziehen',
    en: 'Withdraw a proposed appropriation, or a change of one, before its release',
    basis: 'VV zu § 70 LHO NRW',
    detail: WITHDRAWAL_NOTE,
    answers: AppropriationView,
    ifMatch: true,
    key: 'required',
    errors: ['state-conflict'],
  })
  withdraw(
    @Invoke() invoke: Invoke,
    @Path('id') id: AppropriationId,
    @Body() { reason }: WithdrawDto,
  ): Promise<Answer> {
    return this.appropriations.withdraw(
      invoke.presenting((row) => ({ status: 200, body: AppropriationView.of(row), version: row.version })),
      id,
      reason,
    );
  }

  @Get()
  @Operation({
    id: 'appropriation.list',
    de: 'Ansätze auflisten',
    en: 'List appropriations',
    answersPage: AppropriationView,
  })
  async list(@Invoke() invoke: Invoke, @Query() query: ProposalQuery): Promise<Page<AppropriationView>> {
    const { limit, cursor, fundingYear, state } = query;
    const slice = { after: keyOf(cursor, ['id']), limit };
    const rows = await this.appropriations.list(invoke.actor, { fundingYear, state }, slice);
    const page = pageOf(rows, limit, (row) => [row.id]);
    return { items: page.items.map((row) => AppropriationView.of(row)), nextCursor: page.nextCursor };
  }
}
