import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import type { AllocationId, AppropriationId } from '../kernel/ids.js';
import { Invoke } from '../platform/http/invoke.js';
import { Operation } from '../platform/http/operation.js';
import { keyOf, pageOf, PageQuery, type Page } from '../platform/http/page.js';
import { Path } from '../platform/http/path.js';
import type { Answer } from '../platform/invocation.js';
import {
  CreateBudgetLineDto,
  DistributionKeyDto,
  OverviewQuery,
  ProposalQuery,
  ProposeAllocationDto,
  ProposeAppropriationDto,
} from './budget.dto.js';
import { BudgetService } from './budget.service.js';
import { AllocationView, AppropriationView, BudgetLineView, OverviewView } from './budget.view.js';

@Controller('budget')
export class BudgetController {
  constructor(private readonly budget: BudgetService) {}

  @Post('lines')
  @Operation({
    id: 'budgetLine.create',
    de: 'Haushaltsstelle anlegen',
    en: 'Create a budget line',
    basis: '§ 13 LHO NRW',
    answers: BudgetLineView,
    creates: true,
    errors: ['duplicate'],
  })
  createLine(@Invoke() invoke: Invoke, @Body() body: CreateBudgetLineDto): Promise<Answer> {
    return this.budget.createLine(
      invoke.presenting((line) => ({ status: 201, body: BudgetLineView.of(line), version: line.version })),
      body,
    );
  }

  @Get('lines')
  @Operation({
    id: 'budgetLine.list',
    de: 'Haushaltsstellen auflisten',
    en: 'List budget lines',
    answersPage: BudgetLineView,
  })
  async lines(
    @Invoke() invoke: Invoke,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<Page<BudgetLineView>> {
    const rows = await this.budget.lines(invoke.actor, { after: keyOf(cursor, ['text', 'text']), limit });
    const page = pageOf(rows, limit, (row) => [row.chapter, row.title]);
    return { items: page.items.map((row) => BudgetLineView.of(row)), nextCursor: page.nextCursor };
  }

  @Post('appropriations')
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
  proposeAppropriation(@Invoke() invoke: Invoke, @Body() body: ProposeAppropriationDto): Promise<Answer> {
    return this.budget.proposeAppropriation(
      invoke.presenting((row) => ({ status: 201, body: AppropriationView.of(row), version: row.version })),
      body,
    );
  }

  @Post('appropriations/:id/release')
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
  releaseAppropriation(@Invoke() invoke: Invoke, @Path('id') id: AppropriationId): Promise<Answer> {
    return this.budget.releaseAppropriation(
      invoke.presenting((row) => ({ status: 200, body: AppropriationView.of(row), version: row.version })),
      id,
    );
  }

  @Get('appropriations')
  @Operation({
    id: 'appropriation.list',
    de: 'Ansätze auflisten',
    en: 'List appropriations',
    answersPage: AppropriationView,
  })
  async appropriations(
    @Invoke() invoke: Invoke,
    @Query() query: ProposalQuery,
  ): Promise<Page<AppropriationView>> {
    const { limit, cursor, fundingYear, state } = query;
    const rows = await this.budget.appropriations(
      invoke.actor,
      { fundingYear, state },
      {
        after: keyOf(cursor, ['id']),
        limit,
      },
    );
    const page = pageOf(rows, limit, (row) => [row.id]);
    return { items: page.items.map((row) => AppropriationView.of(row)), nextCursor: page.nextCursor };
  }

  @Post('allocations')
  @Operation({
    id: 'allocation.propose',
    de: 'Mittelzuweisung oder Kontingent eintragen, oder Rücknahme davon',
    en: 'Propose an allotment or a quota, or taking back of either',
    basis: '§ 9 LHO NRW',
    answers: AllocationView,
    creates: true,
    key: 'required',
    errors: ['rule-violated', 'duplicate', 'not-found', 'state-conflict'],
  })
  proposeAllocation(@Invoke() invoke: Invoke, @Body() body: ProposeAllocationDto): Promise<Answer> {
    const { key, ...rest } = body;
    return this.budget.proposeAllocation(
      invoke.presenting((row) => ({ status: 201, body: AllocationView.of(row), version: row.version })),
      { ...rest, key: key === null ? null : DistributionKeyDto.keyOf(key) },
    );
  }

  @Post('allocations/:id/release')
  @Operation({
    id: 'allocation.release',
    de: 'Mittelzuweisung oder Kontingent freigeben (zweite Person)',
    en: 'Release an allotment or a quota (second person)',
    basis: 'VV zu § 70 LHO NRW',
    answers: AllocationView,
    ifMatch: true,
    key: 'required',
    errors: ['rule-violated', 'state-conflict', 'budget-exhausted'],
  })
  releaseAllocation(@Invoke() invoke: Invoke, @Path('id') id: AllocationId): Promise<Answer> {
    return this.budget.releaseAllocation(
      invoke.presenting((row) => ({ status: 200, body: AllocationView.of(row), version: row.version })),
      id,
    );
  }

  @Get('allocations')
  @Operation({
    id: 'allocation.list',
    de: 'Mittelzuweisungen und Kontingente auflisten',
    en: 'List allotments and quotas',
    answersPage: AllocationView,
  })
  async allocations(@Invoke() invoke: Invoke, @Query() query: ProposalQuery): Promise<Page<AllocationView>> {
    const { limit, cursor, fundingYear, state } = query;
    const rows = await this.budget.allocations(
      invoke.actor,
      { fundingYear, state },
      {
        after: keyOf(cursor, ['id']),
        limit,
      },
    );
    const page = pageOf(rows, limit, (row) => [row.id]);
    return { items: page.items.map((row) => AllocationView.of(row)), nextCursor: page.nextCursor };
  }

  @Get('overview')
  @Operation({
    id: 'budget.overview',
    de: 'Haushaltsüberblick: was kam, was ist zugesagt, was ist frei',
    en: 'Budget overview: what came, what is promised, what is free',
    answers: OverviewView,
  })
  async overview(@Invoke() invoke: Invoke, @Query() { fundingYear }: OverviewQuery): Promise<OverviewView> {
    return OverviewView.of(fundingYear, await this.budget.overview(invoke.actor, fundingYear));
  }
}
