import { Controller, Get, Query } from '@nestjs/common';
import { Invoke } from '../platform/http/invoke.js';
import { Operation } from '../platform/http/operation.js';
import { keyOf, pageOf, type Page } from '../platform/http/page.js';
import { PathNumber } from '../platform/http/path.js';
import { AuditQuery } from './audit-query.dto.js';
import { AuditQueryService } from './audit-query.service.js';
import { AuditRecordInFullView, AuditRecordView } from './audit-query.view.js';

@Controller('audit/records')
export class AuditQueryController {
  constructor(private readonly records: AuditQueryService) {}

  @Get()
  @Operation({
    id: 'audit.list',
    de: 'Prüfprotokoll auflisten, das Neueste zuerst',
    en: 'List the audit record, the newest first',
    detail: {
      de: 'Prüfung und Ministerium sehen alles, Kommunen ihr Zentrum, andere ihre Fälle oder eigenes Handeln.',
      en: 'Auditors and the ministry see everything, municipalities their centre, others their cases or own acts.',
    },
    answersPage: AuditRecordView,
  })
  async list(@Invoke() invoke: Invoke, @Query() query: AuditQuery): Promise<Page<AuditRecordView>> {
    const { limit, cursor, ...filter } = query;
    const before = Number(keyOf(cursor, ['number'])?.[0] ?? NaN);
    const wishes = { ...filter, before: Number.isNaN(before) ? null : before, limit: limit + 1 };
    const page = pageOf(await this.records.list(invoke.actor, wishes), limit, ({ id }) => [id]);
    return { items: page.items.map((row) => AuditRecordView.of(row)), nextCursor: page.nextCursor };
  }

  @Get(':id')
  @Operation({
    id: 'audit.read',
    de: 'Eintrag des Prüfprotokolls lesen',
    en: 'Read one audit record',
    answers: AuditRecordInFullView,
    errors: ['not-found'],
  })
  async read(@Invoke() invoke: Invoke, @PathNumber('id') id: number): Promise<AuditRecordInFullView> {
    return AuditRecordInFullView.of(await this.records.read(invoke.actor, id));
  }
}
