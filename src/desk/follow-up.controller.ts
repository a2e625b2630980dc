import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import type { FollowUpId } from '../kernel/ids.js';
import { Invoke } from '../platform/http/invoke.js';
import { Operation } from '../platform/http/operation.js';
import type { Page } from '../platform/http/page.js';
import { Path } from '../platform/http/path.js';
import type { Answer, Presented } from '../platform/invocation.js';
import { CompleteFollowUpDto, CreateFollowUpDto, FollowUpQuery } from './follow-up.dto.js';
import type { FollowUp } from './follow-up.entity.js';
import { FollowUpService } from './follow-up.service.js';
import { FollowUpView } from './follow-up.view.js';

@Controller('follow-ups')
export class FollowUpController {
  constructor(private readonly followUps: FollowUpService) {}

  @Post()
  @Operation({
    id: 'followUp.create',
    de: 'Wiedervorlage anlegen',
    en: 'Create a follow-up',
    detail: {
      de: 'Sie bleibt in der eigenen Stelle, bei einer Kommune in der eigenen, und ist kein Teil der Akte.',
      en: 'It stays in one’s own office, a municipality’s with the municipality, and is no part of the case file.',
    },
    answers: FollowUpView,
    creates: true,
    key: 'none', // the note may name a person, and is not kept
    errors: ['rule-violated'],
  })
  create(@Invoke() invoke: Invoke, @Body() body: CreateFollowUpDto): Promise<Answer> {
    const { subjectType, subjectId, dueOn, note, forPersonId } = body;
    const present = (followUp: FollowUp): Presented => ({
      ...presented(followUp, 201),
      location: `/api/v1/follow-ups/${followUp.id}`,
    });
    const input = { subjectType, subjectId, dueOn, note, forPersonId };
    return this.followUps.create(invoke.presenting(present), input);
  }

  @Get()
  @Operation({
    id: 'followUp.list',
    de: 'Wiedervorlagen der eigenen Stelle auflisten, nach ihrem Tag',
    en: 'List the follow-ups of one’s own office, by their day',
    answersPage: FollowUpView,
  })
  async list(@Invoke() invoke: Invoke, @Query() query: FollowUpQuery): Promise<Page<FollowUpView>> {
    const { limit, cursor, ...filter } = query;
    const { items, nextCursor } = await this.followUps.list(invoke.actor, filter, { limit, cursor });
    return { items: items.map((followUp) => FollowUpView.of(followUp)), nextCursor };
  }

  @Get(':id')
  @Operation({
    id: 'followUp.read',
    de: 'Wiedervorlage lesen',
    en: 'Read a follow-up',
    answers: FollowUpView,
    errors: ['not-found'],
  })
  async read(@Invoke() invoke: Invoke, @Path('id') id: FollowUpId): Promise<FollowUpView> {
    return FollowUpView.of(await this.followUps.read(invoke.actor, id));
  }

  @Post(':id/complete')
  @Operation({
    id: 'followUp.complete',
    de: 'Wiedervorlage erledigen',
    en: 'Complete a follow-up',
    answers: FollowUpView,
    ifMatch: true,
    key: 'none', // note and remark may name a person, and are not kept
    errors: ['not-found', 'state-conflict'],
  })
  complete(
    @Invoke() invoke: Invoke,
    @Path('id') id: FollowUpId,
    @Body() body: CompleteFollowUpDto,
  ): Promise<Answer> {
    return this.followUps.complete(
      invoke.presenting((followUp) => presented(followUp, 200)),
      id,
      body.remark,
    );
  }
}

function presented(followUp: FollowUp, status: number): Presented {
  return { status, body: FollowUpView.of(followUp), version: followUp.version };
}
