import { Controller, Get, Query } from '@nestjs/common';
import { Invoke } from '../platform/http/invoke.js';
import { Operation } from '../platform/http/operation.js';
import type { Page } from '../platform/http/page.js';
import { WorkListQuery } from './work-list.dto.js';
import { WorkListService } from './work-list.service.js';
import { WorkItemView } from './work-list.view.js';

@Controller('work-list')
export class WorkListController {
  constructor(private readonly work: WorkListService) {}

  @Get()
  @Operation({
    id: 'workList.list',
    de: 'Was auf mich wartet, das Älteste zuerst',
    en: 'What waits for me, the oldest first',
    detail: {
      de: 'Nach Rolle, Befugnissen und Person: Was vier Augen verlangt und von mir stammt, wartet nicht auf mich, sondern auf meine Kolleginnen und Kollegen. Wiedervorlagen erscheinen ab ihrem Tag.',
      en: 'By role, powers and person: what takes four eyes and comes from me does not wait for me but for my colleagues. Follow-ups appear from their day on.',
    },
    answersPage: WorkItemView,
  })
  async list(@Invoke() invoke: Invoke, @Query() query: WorkListQuery): Promise<Page<WorkItemView>> {
    const { limit, cursor, ...filter } = query;
    const { items, nextCursor } = await this.work.list(invoke.actor, filter, { limit, cursor });
    return { items: items.map((item) => WorkItemView.of(item)), nextCursor };
  }
}
