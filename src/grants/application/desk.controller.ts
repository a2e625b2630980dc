import { Body, Controller, Post } from '@nestjs/common';
import type { ApplicationId } from '../../kernel/ids.js';
import { Invoke } from '../../platform/http/invoke.js';
import { Operation } from '../../platform/http/operation.js';
import { Path } from '../../platform/http/path.js';
import type { Answer } from '../../platform/invocation.js';
import { ApplicationCheckService } from './application-check.service.js';
import { ApplicationOpinionService } from './application-opinion.service.js';
import { ApplicationQueryService } from './application-query.service.js';
import { ApplicationView } from './application.view.js';
import {
  AnswerQueryDto,
  CheckApplicationDto,
  OpineDto,
  QueryApplicationDto,
  RecommendApplicationDto,
} from './check.dto.js';
import { ConsentEarlyStartDto } from './early-start.dto.js';
import { EarlyStartService } from './early-start.service.js';
import { presenting } from './application-presentation.view.js';

/** What happens to an application between its submission and its decision. */
@Controller('applications')
export class DeskController {
  constructor(
    private readonly checks: ApplicationCheckService,
    private readonly queries: ApplicationQueryService,
    private readonly opinions: ApplicationOpinionService,
    private readonly earlyStarts: EarlyStartService,
  ) {}

  @Post(':id/check')
  @Operation({
    id: 'application.check',
    de: 'Antrag nach der Prüfliste der Richtlinie prüfen; nennt alle Einwände auf einmal',
    en: 'Check an application by the checklist of its guideline; names every objection at once',
    basis: 'VVG zu § 44 LHO',
    detail: {
      de: 'Zu jedem Punkt der Prüfliste genau ein Ergebnis; „nicht erfüllt“ und „nicht einschlägig“ werden begründet. Die Prüfliste steht bei der Fassung der Richtlinie, die application.calculation je Jahr nennt. Was fehlt, wird mit application.query erfragt.',
      en: 'Exactly one result for each item of the checklist; "not met" and "not applicable" need a reason. The checklist stands with the guideline version that application.calculation names for each year. What is missing is asked for by application.query.',
    },
    answers: ApplicationView,
    errors: ['not-found', 'rule-violated', 'state-conflict'],
    ifMatch: true,
  })
  check(
    @Invoke() invoke: Invoke,
    @Path('id') id: ApplicationId,
    @Body() body: CheckApplicationDto,
  ): Promise<Answer> {
    return this.checks.check(presenting(invoke), id, body);
  }

  @Post(':id/query')
  @Operation({
    id: 'application.query',
    de: 'Antrag mit einer Rückfrage und einer Frist zurückgeben',
    en: 'Hand an application back with a query and a day until which to answer',
    basis: '§§ 24, 31 VwVfG NRW',
    answers: ApplicationView,
    errors: ['not-found', 'rule-violated', 'state-conflict'],
    ifMatch: true,
  })
  query(
    @Invoke() invoke: Invoke,
    @Path('id') id: ApplicationId,
    @Body() body: QueryApplicationDto,
  ): Promise<Answer> {
    return this.queries.query(presenting(invoke), id, body);
  }

  @Post(':id/answer')
  @Operation({
    id: 'application.answer',
    de: 'Rückfrage in Worten beantworten; der Antrag geht unverändert zurück',
    en: 'Answer a query in words; the application goes back unchanged',
    basis: '§ 26 Abs. 2 VwVfG NRW',
    detail: {
      de: 'Wurde der Antrag seit der Einreichung geändert, beantwortet ihn nur eine neue Einreichung (application.submit). Eine Antwort nach Ablauf der Frist wird angenommen.',
      en: 'Where the application was changed since it was submitted, only a new submission (application.submit) answers. An answer after the day due is accepted.',
    },
    answers: ApplicationView,
    errors: ['not-found', 'rule-violated', 'state-conflict'],
    ifMatch: true,
  })
  answer(
    @Invoke() invoke: Invoke,
    @Path('id') id: ApplicationId,
    @Body() body: AnswerQueryDto,
  ): Promise<Answer> {
    return this.queries.answer(presenting(invoke), id, body);
  }

  @Post(':id/opine')
  @Operation({
    id: 'application.opine',
    de: 'Fachliche Stellungnahme zu einem Antrag abgeben',
    en: 'State a technical opinion on an application',
    detail: {
      de: 'Abgegeben wird sie für die Stelle, in deren Rolle man angemeldet ist; eine spätere derselben Stelle tritt an ihren Platz. Wer gegen eine ablehnende Stellungnahme eine Bewilligung vorschlägt, nennt sie und begründet das (application.recommend).',
      en: 'It is stated for the office in whose role one is signed in; a later one of the same office takes its place. Whoever proposes a grant against an unfavourable opinion names it and says why (application.recommend).',
    },
    answers: ApplicationView,
    errors: ['not-found', 'state-conflict'],
    ifMatch: true,
  })
  opine(@Invoke() invoke: Invoke, @Path('id') id: ApplicationId, @Body() body: OpineDto): Promise<Answer> {
    return this.opinions.opine(presenting(invoke), id, body);
  }

  @Post(':id/consent-early-start')
  @Operation({
    id: 'application.consentEarlyStart',
    de: 'Dem Beginn vor der Entscheidung ab einem Tag zustimmen; keine Zusage einer Zuwendung',
    en: 'Consent to a start before the decision from a day on; no promise of a grant',
    basis: 'VV zu § 44 LHO, Teil I',
    detail: {
      de: 'Wo die Richtlinie es verbietet, wird nichts bewilligt, was vor dem Entwurf des Bescheids ohne Zustimmung begann; was jährlich wiederkehrt und im Vorjahr gefördert wurde, braucht keine. Eine Zustimmung wird nicht geändert; eine weitere kann einen früheren Tag nennen.',
      en: 'Where the guideline prohibits it, nothing is granted that began before the decision was drafted without consent; what recurs every year and was funded the year before needs none. A consent is not changed; a further one may name an earlier day.',
    },
    answers: ApplicationView,
    errors: ['not-found', 'rule-violated', 'state-conflict'],
    ifMatch: true,
  })
  consentEarlyStart(
    @Invoke() invoke: Invoke,
    @Path('id') id: ApplicationId,
    @Body() body: ConsentEarlyStartDto,
  ): Promise<Answer> {
    return this.earlyStarts.consent(presenting(invoke), id, body);
  }

  @Post(':id/recommend')
  @Operation({
    id: 'application.recommend',
    de: 'Entscheidung vorschlagen',
    en: 'Recommend what to decide',
    answers: ApplicationView,
    errors: ['not-found', 'rule-violated', 'state-conflict'],
    ifMatch: true,
  })
  recommend(
    @Invoke() invoke: Invoke,
    @Path('id') id: ApplicationId,
    @Body() body: RecommendApplicationDto,
  ): Promise<Answer> {
    return this.checks.recommend(presenting(invoke), id, body);
  }
}
