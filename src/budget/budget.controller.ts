import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Invoke } from '../platform/http/invoke.js';
import { Operation } from '../platform/http/operation.js';
import { keyOf, pageOf, PageQuery, type Page } from '../platform/http/page.js';
import type { Answer } from '../platform/invocation.js';
import { CreateBudgetLineDto, OverviewQuery } from './budget.dto.js';
import { BudgetService } from './budget.service.js';
import { BudgetLineView, OverviewView } from './budget.view.js';

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
