import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import type { DrawdownId } from '../../kernel/ids.js';
import { Invoke } from '../../platform/http/invoke.js';
import { Operation } from '../../platform/http/operation.js';
import type { Page } from '../../platform/http/page.js';
import { Path } from '../../platform/http/path.js';
import type { Answer, Invocation, Presented } from '../../platform/invocation.js';
import { CertifyDrawdownDto, DrawdownQuery, RejectDrawdownDto, RequestDrawdownDto } from './drawdown.dto.js';
import type { Drawdown } from './drawdown.entity.js';
import { DrawdownService } from './drawdown.service.js';
import { DrawdownView } from './drawdown.view.js';

@Controller('drawdowns')
export class DrawdownController {
  constructor(private readonly drawdowns: DrawdownService) {}

  @Post()
  @Operation({
    id: 'drawdown.request',
    de: 'Mittel abrufen',
    en: 'Request a drawdown',
    detail: {
      de: 'Abrufbar ist, was die Zahlungstermine der Richtlinie bis zum Fälligkeitstag freigeben, abzüglich früherer Abrufe; der Bescheid muss bestandskräftig sein.',
      en: 'What the payment dates of the guideline release up to the due day may be called, less earlier drawdowns; the decision must be final.',
    },
    basis: 'Nr. 7 VVG zu § 44 LHO',
    answers: DrawdownView,
    creates: true,
    key: 'required',
    errors: ['not-found', 'state-conflict', 'rule-violated'],
  })
  request(@Invoke() invoke: Invoke, @Body() body: RequestDrawdownDto): Promise<Answer> {
    const present = (drawdown: Drawdown): Presented => ({
      ...{ status: 201, body: DrawdownView.of(drawdown), version: drawdown.version },
      location: `/api/v1/drawdowns/${drawdown.id}`,
    });
    return this.drawdowns.request(invoke.presenting(present), body);
  }

  @Get()
  @Operation({
    id: 'drawdown.list',
    de: 'Mittelabrufe auflisten',
    en: 'List drawdowns',
    answersPage: DrawdownView,
  })
  async list(@Invoke() invoke: Invoke, @Query() query: DrawdownQuery): Promise<Page<DrawdownView>> {
    const { decisionId, centreId, fundingYear, state, ...page } = query;
    const filter = { decisionId, centreId, fundingYear, state };
    const { items, nextCursor } = await this.drawdowns.list(invoke.actor, filter, page);
    return { items: items.map((drawdown) => DrawdownView.of(drawdown)), nextCursor };
  }

  @Get(':id')
  @Operation({
    id: 'drawdown.read',
    de: 'Mittelabruf lesen',
    en: 'Read a drawdown',
    answers: DrawdownView,
    errors: ['not-found'],
  })
  async read(@Invoke() invoke: Invoke, @Path('id') id: DrawdownId): Promise<DrawdownView> {
    return DrawdownView.of(await this.drawdowns.read(invoke.actor, id));
  }

  @Post(':id/certify')
  @Operation({
    id: 'drawdown.certify',
    de: 'Mittelabruf sachlich oder rechnerisch richtig zeichnen',
    en: 'Certify a drawdown factually or arithmetically',
    basis: 'VV zu § 70 LHO NRW',
    answers: DrawdownView,
    ifMatch: true,
    errors: ['not-found', 'state-conflict', 'rule-violated'],
  })
  certify(
    @Invoke() invoke: Invoke,
    @Path('id') id: DrawdownId,
    @Body() body: CertifyDrawdownDto,
  ): Promise<Answer> {
    return this.drawdowns.certify(presented(invoke), id, body);
  }

  @Post(':id/order')
  @Operation({
    id: 'drawdown.order',
    de: 'Auszahlung anordnen (weitere Person)',
    en: 'Order the payment (another person)',
    detail: {
      de: 'Wer den Abruf gestellt oder die rechnerische Richtigkeit bescheinigt hat, ordnet nicht an; wer nur die sachliche bescheinigt hat, darf es.',
      en: 'Whoever requested the drawdown or certified the arithmetic does not order; whoever certified the facts only may.',
    },
    basis: 'VV zu § 70 LHO NRW',
    answers: DrawdownView,
    ifMatch: true,
    key: 'required',
    errors: ['not-found', 'state-conflict', 'rule-violated', 'budget-exhausted'],
  })
  order(@Invoke() invoke: Invoke, @Path('id') id: DrawdownId): Promise<Answer> {
    return this.drawdowns.order(presented(invoke), id);
  }

  @Post(':id/reject')
  @Operation({
    id: 'drawdown.reject',
    de: 'Mittelabruf ablehnen',
    en: 'Reject a drawdown',
    basis: 'Nr. 7 VVG zu § 44 LHO',
    answers: DrawdownView,
    ifMatch: true,
    errors: ['not-found', 'state-conflict'],
  })
  reject(
    @Invoke() invoke: Invoke,
    @Path('id') id: DrawdownId,
    @Body() body: RejectDrawdownDto,
  ): Promise<Answer> {
    return this.drawdowns.reject(presented(invoke), id, body.reason);
  }

  @Post(':id/cancel')
  @Operation({
    id: 'drawdown.cancel',
    de: 'Mittelabruf zurücknehmen',
    en: 'Cancel a drawdown',
    answers: DrawdownView,
    ifMatch: true,
    errors: ['not-found', 'state-conflict'],
  })
  cancel(@Invoke() invoke: Invoke, @Path('id') id: DrawdownId): Promise<Answer> {
    return this.drawdowns.cancel(presented(invoke), id);
  }
}

function presented(invoke: Invoke): Invocation<Drawdown> {
  return invoke.presenting((drawdown: Drawdown) => ({
    status: 200,
    body: DrawdownView.of(drawdown),
    version: drawdown.version,
  }));
}
