import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Invoke } from '../platform/http/invoke.js';
import { Operation } from '../platform/http/operation.js';
import { keyOf, pageOf, type Page } from '../platform/http/page.js';
import { SeriesQuery, SplitQuery, StatewideQuery, YearQuery } from './split.dto.js';
import { SplitService } from './split.service.js';
import { splitSheet } from './split.sheet.js';
import { SplitSeriesView } from './split-series.view.js';
import { CentreSplitView, ReconciliationView, StatewideView } from './split.view.js';

/** More rows than the Land can have in a year: four sources of a few dozen centres. */
const ALL_ROWS = 10_000;

@Controller('funding-splits')
export class FundingSplitController {
  constructor(private readonly splits: SplitService) {}

  @Get()
  @Operation({
    id: 'fundingSplit.list',
    de: 'Finanzierungsanteile je Zentrum und Quelle',
    en: 'Funding splits by centre and source',
    detail: {
      de: 'Eine Kommune sieht die eigenen. CSV mit `?format=csv` oder `Accept: text/csv`.',
      en: 'A municipality sees its own. CSV with `?format=csv` or `Accept: text/csv`.',
    },
    answersPage: CentreSplitView,
    produces: 'text/csv',
  })
  async list(
    @Invoke() invoke: Invoke,
    @Query() query: SplitQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Page<CentreSplitView> | string> {
    const { limit, cursor, format, fundingYear, ...filter } = query;
    response.vary('Accept');
    if (format === 'csv' || request.accepts(['application/json', 'text/csv']) === 'text/csv') {
      const wishes = { ...filter, fundingYear, after: null, limit: ALL_ROWS };
      response.type('text/csv; charset=utf-8').attachment(`funding-splits-${String(fundingYear)}.csv`);
      return splitSheet(fundingYear, await this.splits.splits(invoke.actor, wishes));
    }
    const wishes = { ...filter, fundingYear, after: keyOf(cursor, ['text', 'text']), limit: limit + 1 };
    const page = pageOf(await this.splits.splits(invoke.actor, wishes), limit, (row) => [
      row.ags,
      row.source,
    ]);
    return { items: page.items.map((row) => CentreSplitView.of(row)), nextCursor: page.nextCursor };
  }

  @Get('statewide')
  @Operation({
    id: 'fundingSplit.statewide',
    de: 'Finanzierungsanteile landesweit',
    en: 'Funding splits of the whole Land',
    detail: {
      de: 'Für jede Rolle dieselben Summen; jeder Cent zählt einmal.',
      en: 'The same totals for every role; each cent counts once.',
    },
    answers: StatewideView,
  })
  async statewide(
    @Invoke() invoke: Invoke,
    @Query() { fundingYear, asOf, knownAt }: StatewideQuery,
  ): Promise<StatewideView> {
    return StatewideView.of(await this.splits.statewide(invoke.actor, fundingYear, asOf, knownAt));
  }

  @Get('series')
  @Operation({
    id: 'fundingSplit.series',
    de: 'Finanzierungsanteile über die Jahre',
    en: 'Funding splits over the years',
    detail: {
      de: 'Landesweit, oder eines Zentrums, soweit es sichtbar ist. Jeder Cent zählt in seinem Haushaltsjahr, und dort einmal.',
      en: 'Of the whole Land, or of one centre as far as it is visible. Each cent counts in its budget year, and there once.',
    },
    answers: SplitSeriesView,
    errors: ['rule-violated'],
  })
  async series(@Invoke() invoke: Invoke, @Query() query: SeriesQuery): Promise<SplitSeriesView> {
    return SplitSeriesView.of(await this.splits.series(invoke.actor, query));
  }
}

@Controller('reports')
export class ReportController {
  constructor(private readonly splits: SplitService) {}

  @Get('reconciliation')
  @Operation({
    id: 'report.reconciliation',
    de: 'Veröffentlichte Zahlen neben den gebuchten',
    en: 'Published figures beside the booked ones',
    detail: {
      de: 'Was über die Rundung hinausgeht, heißt unerklärt; mögliche Erklärungen stehen daneben.',
      en: 'What exceeds the rounding is called unexplained; possible explanations stand beside it.',
    },
    answers: ReconciliationView,
  })
  async reconciliation(
    @Invoke() invoke: Invoke,
    @Query() { fundingYear }: YearQuery,
  ): Promise<ReconciliationView> {
    return ReconciliationView.of(await this.splits.reconciliation(invoke.actor, fundingYear));
  }
}
