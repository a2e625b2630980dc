import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import type { GuidelineVersionId } from '../kernel/ids.js';
import { Invoke } from '../platform/http/invoke.js';
import { Operation } from '../platform/http/operation.js';
import { PageQuery, type Page } from '../platform/http/page.js';
import { Path } from '../platform/http/path.js';
import { WithdrawDto, WITHDRAWAL_NOTE } from '../platform/http/withdrawal.js';
import type { Answer, Presented } from '../platform/invocation.js';
import { DraftGuidelineDto, GuidelineQuery } from './guideline.dto.js';
import type { Guideline } from './guideline.entity.js';
import { GuidelineView } from './guideline.view.js';
import { RateView } from './rate.view.js';
import { ProgrammeService } from './programme.service.js';
import { ProgrammeView } from './programme.view.js';

@Controller('programmes')
export class ProgrammeController {
  constructor(private readonly programmes: ProgrammeService) {}

  @Get()
  @Operation({
    id: 'programme.list',
    de: 'Förderprogramme auflisten',
    en: 'List the programmes',
    answersPage: ProgrammeView,
  })
  async list(@Invoke() invoke: Invoke, @Query() query: PageQuery): Promise<Page<ProgrammeView>> {
    const { items, nextCursor } = await this.programmes.list(invoke.actor, query);
    return { items: items.map((programme) => ProgrammeView.of(programme)), nextCursor };
  }
}

@Controller('guidelines')
export class GuidelineController {
  constructor(private readonly programmes: ProgrammeService) {}

  @Post()
  @Operation({
    id: 'guideline.draft',
    de: 'Fassung einer Förderrichtlinie entwerfen',
    en: 'Draft a version of a funding guideline',
    detail: {
      de: 'Stellen, Sätze und Termine kommen mit; jede Angabe nennt Fundstelle und Verlässlichkeit. Eine Fassung wird nie geändert, nur abgelöst.',
      en: 'Posts, rates and dates come along; each names its source and confidence. A version is never edited, only superseded.',
    },
    answers: GuidelineView,
    status: 201,
    errors: ['rule-violated'],
    creates: true,
  })
  draft(@Invoke() invoke: Invoke, @Body() body: DraftGuidelineDto): Promise<Answer> {
    const present = (guideline: Guideline): Presented => ({
      ...presented(guideline, 201),
      location: `/api/v1/guidelines/${guideline.row.id}`,
    });
    return this.programmes.draft(invoke.presenting(present), body.toDraft());
  }

  @Get()
  @Operation({
    id: 'guideline.list',
    de: 'Fassungen der Förderrichtlinien auflisten',
    en: 'List the versions of the funding guidelines',
    answersPage: GuidelineView,
  })
  async list(@Invoke() invoke: Invoke, @Query() query: GuidelineQuery): Promise<Page<GuidelineView>> {
    const { items, nextCursor } = await this.programmes.listGuidelines(invoke.actor, query);
    return { items: items.map((guideline) => GuidelineView.of(guideline)), nextCursor };
  }

  @Get(':id')
  @Operation({
    id: 'guideline.read',
    de: 'Fassung einer Förderrichtlinie lesen',
    en: 'Read a version of a funding guideline',
    answers: GuidelineView,
    errors: ['not-found'],
  })
  async read(@Invoke() invoke: Invoke, @Path('id') id: GuidelineVersionId): Promise<GuidelineView> {
    return GuidelineView.of(await this.programmes.read(invoke.actor, id));
  }

  @Post(':id/release')
  @Operation({
    id: 'guideline.release',
    de: 'Fassung als andere Person freigeben',
    en: 'Release a version as another person',
    detail: {
      de: 'Die geltende Fassung wird ab dem ersten Tag der neuen abgelöst. Die KI-Richtlinie gilt erst, wenn auch das Schulministerium sie freigegeben hat.',
      en: 'The version in force is superseded from the first day of the new one. The KI guideline holds only when the school ministry has released it too.',
    },
    answers: GuidelineView,
    status: 200,
    errors: ['not-found', 'state-conflict', 'rule-violated'],
    ifMatch: true,
  })
  release(@Invoke() invoke: Invoke, @Path('id') id: GuidelineVersionId): Promise<Answer> {
    return this.programmes.release(
      invoke.presenting((guideline) => presented(guideline, 200)),
      id,
    );
  }

  @Post(':id/co-release')
  @Operation({
    id: 'guideline.coRelease',
    de: 'KI-Richtlinie im Schulministerium freigeben',
    en: 'Release the KI guideline in the school ministry',
    answers: GuidelineView,
    status: 200,
    errors: ['not-found', 'state-conflict', 'rule-violated'],
    ifMatch: true,
  })
  coRelease(@Invoke() invoke: Invoke, @Path('id') id: GuidelineVersionId): Promise<Answer> {
    return this.programmes.coRelease(
      invoke.presenting((guideline) => presented(guideline, 200)),
      id,
    );
  }

  @Post(':id/withdraw')
  @Operation({
    id: 'guideline.withdraw',
    de: 'Fassung zurückziehen, die noch nicht alle nötigen Freigaben hat',
    en: 'Withdraw a version that has not all the releases it needs',
    detail: WITHDRAWAL_NOTE,
    answers: GuidelineView,
    status: 200,
    errors: ['not-found', 'state-conflict'],
    ifMatch: true,
  })
  withdraw(
    @Invoke() invoke: Invoke,
    @Path('id') id: GuidelineVersionId,
    @Body() { reason }: WithdrawDto,
  ): Promise<Answer> {
    return this.programmes.withdraw(
      invoke.presenting((guideline) => presented(guideline, 200)),
      id,
      reason,
    );
  }
}

@Controller('rates')
export class RateController {
  constructor(private readonly programmes: ProgrammeService) {}

  @Get()
  @Operation({
    id: 'rate.list',
    de: 'An einem Tag geltende Fördersätze auflisten; ohne Angabe heute',
    en: 'List the rates in force on a day; today when left out',
    answersPage: RateView,
  })
  async list(@Invoke() invoke: Invoke, @Query() query: GuidelineQuery): Promise<Page<RateView>> {
    const { items, nextCursor } = await this.programmes.listRates(invoke.actor, query);
    return { items: items.map((rate) => RateView.ofVersion(rate)), nextCursor };
  }
}

function presented(guideline: Guideline, status: number): Presented {
  return { status, body: GuidelineView.of(guideline), version: guideline.row.version };
}
