import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import type { CallId } from '../kernel/ids.js';
import { Invoke } from '../platform/http/invoke.js';
import { Operation } from '../platform/http/operation.js';
import type { Page } from '../platform/http/page.js';
import { Path } from '../platform/http/path.js';
import type { Answer, Presented } from '../platform/invocation.js';
import { CallQuery, CloseCallDto, OpenCallDto } from './call.dto.js';
import { CallService, type ShownCall } from './call.service.js';
import { CallView } from './call.view.js';

@Controller('calls')
export class CallController {
  constructor(private readonly calls: CallService) {}

  @Post()
  @Operation({
    id: 'call.open',
    de: 'Aufruf zur Antragstellung eröffnen oder ankündigen',
    en: 'Open or announce a call for applications',
    basis: 'VVG zu § 44 LHO',
    detail: {
      de: 'Jeder Antrag nennt einen Aufruf, der zu Programm und Haushaltsjahr passt und am Tag der Einreichung offen ist. Beide Tage gehören zum Aufruf. Ein Aufruf wird nie geändert; ein weiterer kann jederzeit eröffnet werden.',
      en: 'Every application names a call that fits programme and funding year and is open on the day of submission. Both days belong to the call. A call is never edited; another one can be opened at any time.',
    },
    answers: CallView,
    errors: ['rule-violated'],
    creates: true,
  })
  open(@Invoke() invoke: Invoke, @Body() body: OpenCallDto): Promise<Answer> {
    const { programme, fromYear, toYear, opensOn, closesOn, requiredAttachments } = body;
    const { titleDe, titleEn, textDe, textEn } = body;
    const present = (shown: ShownCall): Presented => ({
      ...presented(shown, 201),
      location: `/api/v1/calls/${shown.call.id}`,
    });
    return this.calls.open(invoke.presenting(present), {
      ...{ programme, fromYear, toYear, opensOn, closesOn, requiredAttachments },
      ...{ titleDe, titleEn, textDe, textEn },
    });
  }

  @Post(':id/close')
  @Operation({
    id: 'call.close',
    de: 'Aufruf vorzeitig schließen; was eingereicht ist, bleibt rechtzeitig',
    en: 'Close a call early; what is submitted stays in time',
    answers: CallView,
    errors: ['not-found', 'state-conflict'],
    ifMatch: true,
  })
  close(@Invoke() invoke: Invoke, @Path('id') id: CallId, @Body() body: CloseCallDto): Promise<Answer> {
    return this.calls.close(
      invoke.presenting((shown) => presented(shown, 200)),
      id,
      body.reason,
    );
  }

  @Get()
  @Operation({
    id: 'call.list',
    de: 'Aufrufe auflisten',
    en: 'List calls',
    answersPage: CallView,
  })
  async list(@Invoke() invoke: Invoke, @Query() query: CallQuery): Promise<Page<CallView>> {
    const { items, nextCursor } = await this.calls.list(invoke.actor, query);
    return { items: items.map((shown) => CallView.of(shown)), nextCursor };
  }

  @Get(':id')
  @Operation({
    id: 'call.read',
    de: 'Aufruf lesen',
    en: 'Read a call',
    answers: CallView,
    errors: ['not-found'],
  })
  async read(@Invoke() invoke: Invoke, @Path('id') id: CallId): Promise<CallView> {
    return CallView.of(await this.calls.read(invoke.actor, id));
  }
}

function presented(shown: ShownCall, status: number): Presented {
  return { status, body: CallView.of(shown), version: shown.call.version };
}
