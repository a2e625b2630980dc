import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Invoke } from '../platform/http/invoke.js';
import { Operation } from '../platform/http/operation.js';
import { keyOf, pageOf, PageQuery, type Page } from '../platform/http/page.js';
import { Path } from '../platform/http/path.js';
import type { Answer } from '../platform/invocation.js';
import type { BudgetYearId } from './budget-year.entity.js';
import { BudgetYearService } from './budget-year.service.js';
import { BudgetYearView, ClosedYearView, OpenedYearView } from './budget-year.view.js';
import { OpenYearDto } from './budget.dto.js';

@Controller('budget/years')
export class BudgetYearController {
  constructor(private readonly years: BudgetYearService) {}

  @Post()
  @Operation({
    id: 'budget.openYear',
    de: 'Haushaltsjahr eröffnen: frühere Zusagen gehen auf den neuen Ansatz über',
    en: 'Open a budget year: earlier promises move onto the new appropriation',
    basis: '§ 45 LHO NRW',
    answers: OpenedYearView,
    creates: true,
    key: 'required',
    errors: ['rule-violated', 'duplicate', 'budget-exhausted'],
  })
  open(@Invoke() invoke: Invoke, @Body() body: OpenYearDto): Promise<Answer> {
    return this.years.open(
      invoke.presenting((opened) => ({
        ...{ status: 201, body: OpenedYearView.opened(opened), version: opened.year.version },
      })),
      body,
    );
  }

  @Post(':id/close')
  @Operation({
    id: 'budget.closeYear',
    de: 'Haushaltsjahr schließen: was frei ist, was verfällt, was übertragen werden darf',
    en: 'Close a budget year: what is free, what lapses, what may be carried over',
    detail: {
      de: 'Mit `?dryRun=true` die Vorschau.',
      en: 'With `?dryRun=true` the preview.',
    },
    basis: '§§ 45, 76 LHO NRW',
    answers: ClosedYearView,
    ifMatch: true,
    key: 'required',
    errors: ['rule-violated', 'state-conflict', 'budget-exhausted'],
  })
  close(@Invoke() invoke: Invoke, @Path('id') id: BudgetYearId): Promise<Answer> {
    return this.years.close(
      invoke.presenting((closed) => ({
        ...{ status: 200, body: ClosedYearView.closed(closed), version: closed.year.version },
      })),
      id,
    );
  }

  @Get()
  @Operation({
    id: 'budget.years',
    de: 'Eröffnete und geschlossene Haushaltsjahre',
    en: 'Budget years that were opened and closed',
    answersPage: BudgetYearView,
  })
  async list(@Invoke() invoke: Invoke, @Query() { limit, cursor }: PageQuery): Promise<Page<BudgetYearView>> {
    const rows = await this.years.list(invoke.actor, { after: keyOf(cursor, ['number']), limit });
    const page = pageOf(rows, limit, (row) => [row.fundingYear]);
    return { items: page.items.map((row) => BudgetYearView.of(row)), nextCursor: page.nextCursor };
  }
}
