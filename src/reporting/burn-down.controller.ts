import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Invoke } from '../platform/http/invoke.js';
import { Operation } from '../platform/http/operation.js';
import { BurnDownQuery } from './burn-down.dto.js';
import { BurnDownService } from './burn-down.service.js';
import { burnDownSheet } from './burn-down.sheet.js';
import { BurnDownView } from './burn-down.view.js';

@Controller('reports/burn-down')
export class BurnDownController {
  constructor(private readonly burnDown: BurnDownService) {}

  @Get()
  @Operation({
    id: 'report.burnDown',
    de: 'Mittelabfluss: was kam, was ist zugesagt, abgerufen, ausgezahlt, was bleibt',
    en: 'Burn-down: what came, what is promised, called, paid, and what is left',
    detail: {
      de: 'CSV mit `?format=csv` oder `Accept: text/csv`, mit `&bom=true` samt Byte-Order-Mark.',
      en: 'CSV with `?format=csv` or `Accept: text/csv`, with `&bom=true` including a byte order mark.',
    },
    answers: BurnDownView,
    produces: 'text/csv',
  })
  async read(
    @Invoke() invoke: Invoke,
    @Query() { format, bom, ...filter }: BurnDownQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<BurnDownView | string> {
    response.vary('Accept');
    const report = await this.burnDown.report(invoke.actor, filter);
    if (format === 'csv' || request.accepts(['application/json', 'text/csv']) === 'text/csv') {
      response.type('text/csv; charset=utf-8').attachment(`burn-down-${String(filter.fundingYear)}.csv`);
      return burnDownSheet(report.rows, { bom });
    }
    return BurnDownView.of(report);
  }
}
