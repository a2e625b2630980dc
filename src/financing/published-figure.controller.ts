import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Invoke } from '../platform/http/invoke.js';
import { Operation } from '../platform/http/operation.js';
import { keyOf, pageOf, type Page } from '../platform/http/page.js';
import type { Answer } from '../platform/invocation.js';
import { NameCandidateDto, PublishedFigureQuery, RecordPublishedFigureDto } from './published-figure.dto.js';
import { PublishedFigureService } from './published-figure.service.js';
import { PublishedFigureView, ReconciliationCandidateView } from './published-figure.view.js';

@Controller('published-figures')
export class PublishedFigureController {
  constructor(private readonly figures: PublishedFigureService) {}

  @Post()
  @Operation({
    id: 'publishedFigure.record',
    de: 'Veröffentlichte Zahl festhalten',
    en: 'Record a published figure',
    detail: {
      de: 'Sie wird nie geändert: eine andere Veröffentlichung ist eine weitere Zahl.',
      en: 'It is never changed: another publication is another figure.',
    },
    answers: PublishedFigureView,
    creates: true,
    errors: ['rule-violated', 'duplicate'],
  })
  record(@Invoke() invoke: Invoke, @Body() body: RecordPublishedFigureDto): Promise<Answer> {
    return this.figures.record(
      invoke.presenting((figure) => ({ status: 201, body: PublishedFigureView.of(figure) })),
      RecordPublishedFigureDto.facts(body),
    );
  }

  @Get()
  @Operation({
    id: 'publishedFigure.list',
    de: 'Veröffentlichte Zahlen auflisten',
    en: 'List published figures',
    answersPage: PublishedFigureView,
  })
  async list(
    @Invoke() invoke: Invoke,
    @Query() { limit, cursor, fundingYear }: PublishedFigureQuery,
  ): Promise<Page<PublishedFigureView>> {
    const slice = { fundingYear, after: keyOf(cursor, ['id']), limit };
    const page = pageOf(await this.figures.list(invoke.actor, slice), limit, (row) => [row.id]);
    return { items: page.items.map((row) => PublishedFigureView.of(row)), nextCursor: page.nextCursor };
  }

  @Post('candidates')
  @Operation({
    id: 'publishedFigure.nameCandidate',
    de: 'Mögliche Erklärung einer Abweichung nennen',
    en: 'Name a possible explanation of a difference',
    detail: {
      de: 'Sie steht neben der Abweichung und behauptet nichts: kein Betrag wird ihr zugeschrieben.',
      en: 'It stands beside the difference and asserts nothing: no amount is put down to it.',
    },
    answers: ReconciliationCandidateView,
    creates: true,
    errors: ['duplicate'],
  })
  nameCandidate(@Invoke() invoke: Invoke, @Body() body: NameCandidateDto): Promise<Answer> {
    return this.figures.nameCandidate(
      invoke.presenting((candidate) => ({ status: 201, body: ReconciliationCandidateView.of(candidate) })),
      body,
    );
  }
}
