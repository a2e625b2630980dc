import { Body, Controller, Get, Post as Posting, Query } from '@nestjs/common';
import type { PostId } from '../kernel/ids.js';
import { Invoke } from '../platform/http/invoke.js';
import { Operation } from '../platform/http/operation.js';
import type { Page } from '../platform/http/page.js';
import { Path } from '../platform/http/path.js';
import type { Answer, Presented } from '../platform/invocation.js';
import { PostService } from './post.service.js';
import { StaffingReportService } from './staffing-report.service.js';
import { ChangePostDto, EndDto, EstablishPostDto, PostQuery, StaffingReportQuery } from './staffing.dto.js';
import type { Post } from './staffing.rules.js';
import { GapReportView, VacancyReportView } from './staffing-report.view.js';
import { PostView } from './staffing.view.js';

@Controller('posts')
export class PostController {
  constructor(
    private readonly posts: PostService,
    private readonly reports: StaffingReportService,
  ) {}

  @Posting()
  @Operation({
    id: 'post.establish',
    de: 'Stelle einrichten',
    en: 'Establish a post',
    basis: 'Nr. 5.4.1.1 KI-Richtlinie',
    answers: PostView,
    creates: true,
    errors: ['rule-violated', 'duplicate', 'not-found'],
  })
  establish(@Invoke() invoke: Invoke, @Body() body: EstablishPostDto): Promise<Answer> {
    const present = (post: Post): Presented => ({
      ...shown(post),
      status: 201,
      location: `/api/v1/posts/${post.id}`,
    });
    return this.posts.establish(invoke.presenting(present), body);
  }

  @Get()
  @Operation({ id: 'post.list', de: 'Stellen auflisten', en: 'List posts', answersPage: PostView })
  async list(@Invoke() invoke: Invoke, @Query() query: PostQuery): Promise<Page<PostView>> {
    const { items, nextCursor } = await this.posts.list(invoke.actor, query);
    return { items: items.map((post) => PostView.of(post)), nextCursor };
  }

  @Get('gap')
  @Operation({
    id: 'post.gap',
    de: 'Tatsächliche neben geförderten Ausgaben, Stelle für Stelle',
    en: 'Actual beside funded expenditure, post by post',
    detail: {
      de: 'Ein Vergleich mit den Sätzen der Richtlinie, kein Anspruch. Wer nicht die Körperschaft selbst ist, hinterlässt einen Eintrag im Prüfprotokoll.',
      en: 'A comparison with the rates of the guideline, no claim. Whoever is not the body itself leaves an entry in the audit record.',
    },
    answers: GapReportView,
  })
  async gap(@Invoke() invoke: Invoke, @Query() query: StaffingReportQuery): Promise<GapReportView> {
    const gaps = await this.reports.gaps(invoke.presenting(disclosed), query);
    return GapReportView.of(query.fundingYear, gaps);
  }

  @Get(':id')
  @Operation({ id: 'post.read', de: 'Stelle lesen', en: 'Read a post', answers: PostView })
  async read(@Invoke() invoke: Invoke, @Path('id') id: PostId): Promise<PostView> {
    return PostView.of(await this.posts.read(invoke.actor, id));
  }

  @Posting(':id/change')
  @Operation({
    id: 'post.change',
    de: 'Stelle ab einem Tag ändern: Art, Umfang oder Förderer',
    en: 'Change a post from a day on: category, size or funder',
    basis: 'Nr. 5.4.1.1 KI-Richtlinie',
    answers: PostView,
    status: 200,
    ifMatch: true,
    errors: ['rule-violated', 'state-conflict'],
  })
  change(@Invoke() invoke: Invoke, @Path('id') id: PostId, @Body() body: ChangePostDto): Promise<Answer> {
    return this.posts.change(invoke.presenting(shown), id, body);
  }

  @Posting(':id/abolish')
  @Operation({
    id: 'post.abolish',
    de: 'Stelle abschaffen',
    en: 'Abolish a post',
    answers: PostView,
    status: 200,
    ifMatch: true,
    errors: ['rule-violated', 'state-conflict'],
  })
  abolish(@Invoke() invoke: Invoke, @Path('id') id: PostId, @Body() { on }: EndDto): Promise<Answer> {
    return this.posts.abolish(invoke.presenting(shown), id, on);
  }
}

@Controller('reports')
export class VacancyController {
  constructor(private readonly reports: StaffingReportService) {}

  @Get('vacancies')
  @Operation({
    id: 'report.vacancies',
    de: 'Unbesetzte Stellen je Zentrum und Monat, Lehrkräfte getrennt',
    en: 'Vacant posts by centre and month, teachers apart',
    basis: 'Nr. 5.4.1.1 KI-Richtlinie',
    answers: VacancyReportView,
  })
  async vacancies(@Invoke() invoke: Invoke, @Query() query: StaffingReportQuery): Promise<VacancyReportView> {
    return VacancyReportView.of(query.fundingYear, await this.reports.vacancies(invoke.actor, query));
  }
}

function shown(post: Post): Presented {
  return { status: 200, body: PostView.of(post), version: post.version };
}

/** What is disclosed goes out as the page or report; the record keeps that it was. */
function disclosed(): Presented {
  return { status: 200, body: null };
}
