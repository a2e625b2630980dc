import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import type { ApplicationId } from '../../kernel/ids.js';
import { Invoke } from '../../platform/http/invoke.js';
import { Operation } from '../../platform/http/operation.js';
import { keyOf, pageOf, type Page } from '../../platform/http/page.js';
import { Path } from '../../platform/http/path.js';
import type { Answer } from '../../platform/invocation.js';
import { presenting } from './application-presentation.view.js';
import {
  ApplicationQuery,
  DraftApplicationDto,
  EditApplicationDto,
  planIn,
  SubmitApplicationDto,
} from './application.dto.js';
import { ApplicationService } from './application.service.js';
import { ApplicationSummaryView, ApplicationView } from './application.view.js';
import { CalculationView } from './calculation.view.js';
import { SubmissionView, VersionsView } from './submission.view.js';

@Controller('applications')
export class ApplicationController {
  constructor(private readonly applications: ApplicationService) {}

  @Post()
  @Operation({
    id: 'application.draft',
    de: 'Antrag anlegen; eröffnet den Fall',
    en: 'Draft an application; opens the case',
    basis: 'VVG zu § 44 LHO',
    detail: {
      de: 'Das Zentrum ist das der angemeldeten Kommune. Zeiträume sind halboffen: das Ende ist der erste Tag, der nicht mehr dazugehört. Ein Entwurf darf unfertig sein; was seiner Einreichung entgegenstünde, steht in `objections`, auch bei einem Probelauf.',
      en: 'The centre is that of the municipality signed in. Periods are half-open: the end is the first day no longer included. A draft may be unfinished; what would stand against submitting it is in `objections`, in a dry run too.',
    },
    answers: ApplicationView,
    errors: ['rule-violated'],
    creates: true,
    key: 'required',
  })
  draft(@Invoke() invoke: Invoke, @Body() body: DraftApplicationDto): Promise<Answer> {
    const { callId, programme, fundingYear, periodFrom, periodTo, posts, measures, financingPlan } = body;
    return this.applications.draft(presenting(invoke, 201), {
      ...{ callId, programme, fundingYear, periodFrom, periodTo },
      posts: posts.map((post) => post.toPost()),
      measures: measures.map((measure) => measure.toMeasure()),
      plan: planIn(financingPlan),
    });
  }

  @Patch(':id')
  @Operation({
    id: 'application.edit',
    de: 'Antrag ändern, solange er beim Antragsteller liegt',
    en: 'Edit an application while it lies with the applicant',
    answers: ApplicationView,
    errors: ['not-found', 'rule-violated', 'state-conflict'],
    ifMatch: true,
  })
  edit(
    @Invoke() invoke: Invoke,
    @Path('id') id: ApplicationId,
    @Body() body: EditApplicationDto,
  ): Promise<Answer> {
    const { periodFrom, periodTo, posts, measures, financingPlan } = body;
    const plan = financingPlan === null ? null : planIn(financingPlan);
    const asked = posts?.map((post) => post.toPost()) ?? null;
    const planned = measures?.map((measure) => measure.toMeasure()) ?? null;
    return this.applications.edit(presenting(invoke), id, {
      ...{ periodFrom, periodTo, posts: asked, measures: planned, plan },
    });
  }

  @Post(':id/submit')
  @Operation({
    id: 'application.submit',
    de: 'Antrag einreichen; nennt alle Einwände auf einmal und friert den Inhalt ein',
    en: 'Submit an application; names every objection at once and freezes the content',
    basis: 'VVG zu § 44 LHO',
    answers: ApplicationView,
    errors: ['not-found', 'rule-violated', 'state-conflict'],
    ifMatch: true,
  })
  submit(
    @Invoke() invoke: Invoke,
    @Path('id') id: ApplicationId,
    @Body() { sha256 }: SubmitApplicationDto,
  ): Promise<Answer> {
    return this.applications.submit(presenting(invoke), id, sha256);
  }

  @Post(':id/retract')
  @Operation({
    id: 'application.retract',
    de: 'Antrag vor der Entscheidung zurückziehen',
    en: 'Retract an application before it is decided',
    answers: ApplicationView,
    errors: ['not-found', 'state-conflict'],
    ifMatch: true,
  })
  retract(@Invoke() invoke: Invoke, @Path('id') id: ApplicationId): Promise<Answer> {
    return this.applications.retract(presenting(invoke), id);
  }

  @Get()
  @Operation({
    id: 'application.list',
    de: 'Anträge auflisten; eine Kommune sieht die eigenen',
    en: 'List applications; a municipality sees its own',
    answersPage: ApplicationSummaryView,
  })
  async list(
    @Invoke() invoke: Invoke,
    @Query() query: ApplicationQuery,
  ): Promise<Page<ApplicationSummaryView>> {
    const { limit, cursor, programme, fundingYear, state, centreId } = query;
    const filter = { programme, fundingYear, state, centreId };
    const rows = await this.applications.list(invoke.actor, filter, { after: keyOf(cursor, ['id']), limit });
    const { items, nextCursor } = pageOf(rows, limit, ({ id }) => [id]);
    return { items: items.map((row) => ApplicationSummaryView.summaryOf(row)), nextCursor };
  }

  @Get(':id')
  @Operation({
    id: 'application.read',
    de: 'Antrag mit Stellen, Finanzierungsplan und Prüfungen lesen',
    en: 'Read an application with posts, financing plan and checks',
    answers: ApplicationView,
    errors: ['not-found'],
  })
  async read(@Invoke() invoke: Invoke, @Path('id') id: ApplicationId): Promise<ApplicationView> {
    return ApplicationView.of(await this.applications.read(invoke.actor, id));
  }

  @Get(':id/calculation')
  @Operation({
    id: 'application.calculation',
    de: 'Was die Richtlinie für diesen Antrag ergibt, Schritt für Schritt',
    en: 'What the guideline gives for this application, step by step',
    detail: {
      de: 'Zeigt auch jeden Einwand, der einer Einreichung jetzt entgegenstünde.',
      en: 'Also shows every objection to submitting it now.',
    },
    answers: CalculationView,
    errors: ['not-found'],
  })
  async calculation(@Invoke() invoke: Invoke, @Path('id') id: ApplicationId): Promise<CalculationView> {
    return CalculationView.of(await this.applications.calculation(invoke.actor, id));
  }

  @Get(':id/versions')
  @Operation({
    id: 'application.versions',
    de: 'Alle Einreichungen, eingefroren',
    en: 'Every submission, frozen',
    answers: VersionsView,
    errors: ['not-found'],
  })
  async versions(@Invoke() invoke: Invoke, @Path('id') id: ApplicationId): Promise<VersionsView> {
    const rows = await this.applications.versions(invoke.actor, id);
    return { items: rows.map((row) => SubmissionView.of(row)) };
  }
}
