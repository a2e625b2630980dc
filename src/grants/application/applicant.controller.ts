import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import type { ApplicationId } from '../../kernel/ids.js';
import { Invoke } from '../../platform/http/invoke.js';
import { Operation } from '../../platform/http/operation.js';
import { Path } from '../../platform/http/path.js';
import type { Answer } from '../../platform/invocation.js';
import type { ApplicationFile } from './application-parts.service.js';
import { ApplicationReadingService } from './application-reading.service.js';
import { DifferenceQuery, DifferenceView, ReadinessView } from './application-reading.view.js';
import { ContinueApplicationDto } from './application.dto.js';
import { ApplicationService } from './application.service.js';
import { ApplicationView } from './application.view.js';

/** What an applicant asks of an application besides writing it: is it ready, what changed, how does it go on. */
@Controller('applications')
export class ApplicantController {
  constructor(
    private readonly applications: ApplicationService,
    private readonly reading: ApplicationReadingService,
  ) {}

  @Get(':id/readiness')
  @Operation({
    id: 'application.readiness',
    de: 'Prüfen, was der Einreichung jetzt entgegenstünde',
    en: 'Ask what would stand against submitting now',
    basis: 'VVG zu § 44 LHO',
    detail: {
      de: 'Alle Einwände auf einmal: Inhalt, Deckung des Finanzierungsplans, Aufruf, Anlagen, Stand und fehlende Befugnis.',
      en: 'Every objection at once: content, cover of the financing plan, call, attachments, state and missing power.',
    },
    answers: ReadinessView,
    errors: ['not-found'],
  })
  async readiness(@Invoke() invoke: Invoke, @Path('id') id: ApplicationId): Promise<ReadinessView> {
    return ReadinessView.of(await this.reading.readiness(invoke.actor, id));
  }

  @Get(':id/difference')
  @Operation({
    id: 'application.difference',
    de: 'Unterschied zweier Einreichungen in Worten',
    en: 'Difference between two submissions in words',
    answers: DifferenceView,
    errors: ['not-found'],
  })
  async difference(
    @Invoke() invoke: Invoke,
    @Path('id') id: ApplicationId,
    @Query() { from, to }: DifferenceQuery,
  ): Promise<DifferenceView> {
    return DifferenceView.of(await this.reading.difference(invoke.actor, id, { from, to }));
  }

  @Post(':id/continuation')
  @Operation({
    id: 'application.continue',
    de: 'Fortsetzungsantrag für das folgende Jahr anlegen; eröffnet einen neuen Fall',
    en: 'Draft the continuation for the following year; opens a new case',
    basis: 'VVG zu § 44 LHO',
    detail: {
      de: 'Stellen, Vorhaben und Finanzierungsplan der letzten Einreichung werden aus ihrem letzten Haushaltsjahr übernommen: Stellen, die bis zum Ende besetzt waren, ab dem ersten Tag des folgenden Jahres, andere ein Jahr später. `continues` nennt die Quelle. Es gibt je Antrag eine Fortsetzung.',
      en: 'Posts, measures and financing plan of the last submission are carried over from its last funding year: posts filled to the end from the first day of the following year, others a year later. `continues` names the source. An application is continued once.',
    },
    answers: ApplicationView,
    errors: ['not-found', 'rule-violated', 'state-conflict', 'duplicate'],
    creates: true,
    key: 'required',
  })
  continue(
    @Invoke() invoke: Invoke,
    @Path('id') id: ApplicationId,
    @Body() { callId }: ContinueApplicationDto,
  ): Promise<Answer> {
    const present = (parts: ApplicationFile) => ({
      status: 201,
      body: ApplicationView.of(parts),
      version: parts.application.version,
      location: `/api/v1/applications/${parts.application.id}`,
    });
    return this.applications.continue(invoke.presenting(present), id, callId);
  }
}
