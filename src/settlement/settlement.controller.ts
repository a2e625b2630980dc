import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import type { SettlementId } from '../kernel/ids.js';
import { Invoke } from '../platform/http/invoke.js';
import { Operation } from '../platform/http/operation.js';
import type { Page } from '../platform/http/page.js';
import { Path } from '../platform/http/path.js';
import type { Answer, Invocation, Presented } from '../platform/invocation.js';
import { AcceptanceService } from './acceptance.service.js';
import {
  CheckSettlementDto,
  EditSettlementDto,
  ExamineSettlementDto,
  OpenSettlementDto,
  QuerySettlementDto,
  SettlementQuery,
} from './settlement.dto.js';
import { SettlementService, type SettlementReport } from './settlement.service.js';
import { SettlementSummaryView, SettlementView } from './settlement.view.js';

@Controller('settlements')
export class SettlementController {
  constructor(
    private readonly settlements: SettlementService,
    private readonly acceptances: AcceptanceService,
  ) {}

  @Post()
  @Operation({
    id: 'settlement.open',
    de: 'Verwendungsnachweis anlegen, vorbelegt aus Bescheid und Auszahlungen',
    en: 'Open a settlement report, pre-filled from decision and payments',
    basis: 'Nr. 7 ANBest-G',
    answers: SettlementView,
    creates: true,
    key: 'required',
    errors: ['not-found', 'state-conflict', 'duplicate'],
  })
  open(@Invoke() invoke: Invoke, @Body() body: OpenSettlementDto): Promise<Answer> {
    const present = (report: SettlementReport): Presented => ({
      ...{ status: 201, body: SettlementView.of(report), version: report.settlement.version },
      location: `/api/v1/settlements/${report.settlement.id}`,
    });
    return this.settlements.open(invoke.presenting(present), body);
  }

  @Get()
  @Operation({
    id: 'settlement.list',
    de: 'Verwendungsnachweise auflisten',
    en: 'List settlement reports',
    answersPage: SettlementSummaryView,
  })
  async list(
    @Invoke() invoke: Invoke,
    @Query() query: SettlementQuery,
  ): Promise<Page<SettlementSummaryView>> {
    const { decisionId, centreId, fundingYear, state, overdue, ...page } = query;
    const filter = { decisionId, centreId, fundingYear, state, overdueOnly: overdue === true };
    const { items, nextCursor } = await this.settlements.list(invoke.actor, filter, page);
    return { items: items.map((report) => SettlementSummaryView.of(report)), nextCursor };
  }

  @Get(':id')
  @Operation({
    id: 'settlement.read',
    de: 'Verwendungsnachweis lesen',
    en: 'Read a settlement report',
    answers: SettlementView,
    errors: ['not-found'],
  })
  async read(@Invoke() invoke: Invoke, @Path('id') id: SettlementId): Promise<SettlementView> {
    return SettlementView.of(await this.settlements.read(invoke.actor, id));
  }

  @Patch(':id')
  @Operation({
    id: 'settlement.edit',
    de: 'Verwendungsnachweis ausfüllen',
    en: 'Fill in a settlement report',
    basis: 'Nr. 7 ANBest-G',
    answers: SettlementView,
    ifMatch: true,
    errors: ['not-found', 'state-conflict', 'rule-violated'],
  })
  edit(
    @Invoke() invoke: Invoke,
    @Path('id') id: SettlementId,
    @Body() body: EditSettlementDto,
  ): Promise<Answer> {
    return this.settlements.edit(presented(invoke), id, body);
  }

  @Post(':id/submit')
  @Operation({
    id: 'settlement.submit',
    de: 'Verwendungsnachweis einreichen',
    en: 'Submit a settlement report',
    basis: 'Nr. 7 ANBest-G',
    answers: SettlementView,
    ifMatch: true,
    errors: ['not-found', 'state-conflict', 'rule-violated'],
  })
  submit(@Invoke() invoke: Invoke, @Path('id') id: SettlementId): Promise<Answer> {
    return this.settlements.submit(presented(invoke), id);
  }

  @Post(':id/check')
  @Operation({
    id: 'settlement.check',
    de: 'Verwendungsnachweis als vollständig in die Prüfung nehmen',
    en: 'Take a settlement report that is complete into examination',
    detail: {
      de: 'Was fehlt, wird mit settlement.query erfragt. Bis zur Abnahme geht auch ein schon geprüfter Nachweis so in die Prüfung zurück, dann mit Begründung.',
      en: 'What is missing is asked for by settlement.query. Until acceptance a report that has been examined goes back into examination this way too, then with a reason.',
    },
    basis: 'Nr. 11 VVG zu § 44 LHO',
    answers: SettlementView,
    ifMatch: true,
    errors: ['not-found', 'state-conflict', 'rule-violated'],
  })
  check(
    @Invoke() invoke: Invoke,
    @Path('id') id: SettlementId,
    @Body() body: CheckSettlementDto,
  ): Promise<Answer> {
    return this.settlements.check(presented(invoke), id, body.note);
  }

  @Post(':id/query')
  @Operation({
    id: 'settlement.query',
    de: 'Verwendungsnachweis mit einer Rückfrage zurückgeben',
    en: 'Hand a settlement report back with a query',
    detail: {
      de: 'Der Nachweis liegt dann wieder bei der Kommune und wird von ihr neu eingereicht (settlement.submit). Bis zur Abnahme geht das auch noch nach der Prüfung.',
      en: 'The report then lies with the municipality again, which submits it anew (settlement.submit). Until acceptance this works after the examination too.',
    },
    basis: 'Nr. 11 VVG zu § 44 LHO',
    answers: SettlementView,
    ifMatch: true,
    errors: ['not-found', 'state-conflict', 'rule-violated'],
  })
  query(
    @Invoke() invoke: Invoke,
    @Path('id') id: SettlementId,
    @Body() body: QuerySettlementDto,
  ): Promise<Answer> {
    return this.settlements.query(presented(invoke), id, body.note);
  }

  @Post(':id/examine')
  @Operation({
    id: 'settlement.examine',
    de: 'Verwendungsnachweis prüfen und Prüfungsvermerk fertigen',
    en: 'Examine a settlement report and write the examination note',
    detail: {
      de: 'Der Vermerk hält die Zuwendung in voller Höhe; tragen die Zahlen das nicht, wird er mit Begründung abgelehnt. Bis zur Abnahme kann neu geprüft werden, der frühere Vermerk bleibt unter `notes`.',
      en: 'The note keeps the grant whole; where the figures do not bear that, it is refused with the reason. Until acceptance the report can be examined anew; the earlier note stays under `notes`.',
    },
    basis: 'Nr. 11 VVG zu § 44 LHO',
    answers: SettlementView,
    ifMatch: true,
    errors: ['not-found', 'state-conflict', 'rule-violated'],
  })
  examine(
    @Invoke() invoke: Invoke,
    @Path('id') id: SettlementId,
    @Body() body: ExamineSettlementDto,
  ): Promise<Answer> {
    return this.settlements.examine(presented(invoke), id, body);
  }

  @Post(':id/accept')
  @Operation({
    id: 'settlement.accept',
    de: 'Verwendungsnachweis abnehmen (weitere Person)',
    en: 'Accept a settlement report (another person)',
    detail: {
      de: 'Die Zuwendung bleibt in voller Höhe; das Ausgezahlte gilt als abgerechnet. Wer nicht abnehmen will, gibt mit Begründung zurück (settlement.query) oder lässt neu prüfen (settlement.examine).',
      en: 'The grant is kept whole; what was paid counts as settled. Whoever does not want to accept hands it back with the reason (settlement.query) or has it examined anew (settlement.examine).',
    },
    basis: 'Nr. 11 VVG zu § 44 LHO',
    answers: SettlementView,
    ifMatch: true,
    key: 'required',
    errors: ['not-found', 'state-conflict', 'rule-violated'],
  })
  accept(@Invoke() invoke: Invoke, @Path('id') id: SettlementId): Promise<Answer> {
    return this.acceptances.accept(presented(invoke), id);
  }
}

function presented(invoke: Invoke): Invocation<SettlementReport> {
  return invoke.presenting((report: SettlementReport) => ({
    status: 200,
    body: SettlementView.of(report),
    version: report.settlement.version,
  }));
}
