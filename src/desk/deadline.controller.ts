import { Controller, Get, Query } from '@nestjs/common';
import { Invoke } from '../platform/http/invoke.js';
import { Operation } from '../platform/http/operation.js';
import type { Page } from '../platform/http/page.js';
import { DeadlineQuery } from './deadline.dto.js';
import { DeadlineService } from './deadline.service.js';
import { DeadlineView } from './deadline.view.js';

@Controller('deadlines')
export class DeadlineController {
  constructor(private readonly deadlines: DeadlineService) {}

  @Get()
  @Operation({
    id: 'deadline.list',
    de: 'Fristen nach ihrem Tag: woraus, wessen, und was folgt',
    en: 'Deadlines by their day: from what, whose, and what follows',
    detail: {
      de: 'Aus Ereignissen und Regeln berechnet, nie gespeichert. Ob Geld verwendet wurde, wissen die Bücher erst mit dem Verwendungsnachweis; bis dahin steht die Frist zur Verwendung hier.',
      en: 'Computed from events and rules, never stored. Whether money was used the books only know with the settlement report; until then the time to use it stands here.',
    },
    basis: '§ 31 VwVfG NRW',
    answersPage: DeadlineView,
  })
  async list(@Invoke() invoke: Invoke, @Query() query: DeadlineQuery): Promise<Page<DeadlineView>> {
    const { limit, cursor, ...filter } = query;
    const { items, nextCursor } = await this.deadlines.list(invoke.actor, filter, { limit, cursor });
    return { items: items.map((deadline) => DeadlineView.of(deadline)), nextCursor };
  }
}
