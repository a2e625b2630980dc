import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import type { DecisionId } from '../../kernel/ids.js';
import { Invoke } from '../../platform/http/invoke.js';
import { Operation } from '../../platform/http/operation.js';
import { keyOf, pageOf, type Page } from '../../platform/http/page.js';
import { Path } from '../../platform/http/path.js';
import type { Answer, Invocation } from '../../platform/invocation.js';
import { DecisionDraftService } from './decision-draft.service.js';
import {
  DecisionQuery,
  DiscardDecisionDto,
  DraftDecisionDto,
  EditDecisionDto,
  NotifyDecisionDto,
} from './decision.dto.js';
import { DecisionService, type DecisionParts } from './decision.service.js';
import { DecisionDerivationView, DecisionSummaryView, DecisionView } from './decision.view.js';

@Controller('decisions')
export class DecisionController {
  constructor(
    private readonly decisions: DecisionService,
    private readonly drafts: DecisionDraftService,
  ) {}

  @Post()
  @Operation({
    id: 'decision.draft',
    de: 'Bescheid entwerfen; rechnet nach der Richtlinie und friert alle Eingangsdaten ein',
    en: 'Draft a decision; reckons by the guideline and freezes all inputs',
    basis: 'VVG zu § 44 LHO',
    answers: DecisionView,
    errors: ['not-found', 'rule-violated', 'state-conflict', 'duplicate'],
    creates: true,
    key: 'required',
  })
  draft(@Invoke() invoke: Invoke, @Body() body: DraftDecisionDto): Promise<Answer> {
    return this.drafts.draft(presenting(invoke, 201), body);
  }

  @Patch(':id')
  @Operation({
    id: 'decision.edit',
    de: 'Entwurf eines Bescheids ändern; rechnet neu, und wer ändert, gibt nicht frei',
    en: 'Edit a draft decision; reckons again, and whoever edits does not release',
    basis: 'VVG zu § 44 LHO',
    answers: DecisionView,
    errors: ['not-found', 'rule-violated', 'state-conflict', 'duplicate'],
    ifMatch: true,
  })
  edit(@Invoke() invoke: Invoke, @Path('id') id: DecisionId, @Body() body: EditDecisionDto): Promise<Answer> {
    return this.drafts.edit(presenting(invoke), id, body);
  }

  @Post(':id/discard')
  @Operation({
    id: 'decision.discard',
    de: 'Entwurf eines Bescheids mit Begründung verwerfen; danach kann neu entworfen werden',
    en: 'Discard a draft decision with the reason; another may be drafted afterwards',
    answers: DecisionView,
    errors: ['not-found', 'state-conflict'],
    ifMatch: true,
  })
  discard(
    @Invoke() invoke: Invoke,
    @Path('id') id: DecisionId,
    @Body() body: DiscardDecisionDto,
  ): Promise<Answer> {
    return this.drafts.discard(presenting(invoke), id, body.reason);
  }

  @Post(':id/release')
  @Operation({
    id: 'decision.release',
    de: 'Bescheid als andere Person freigeben; bindet die Mittel',
    en: 'Release a decision as another person; commits the money',
    basis: 'VV zu § 70 LHO NRW',
    answers: DecisionView,
    errors: ['not-found', 'rule-violated', 'state-conflict', 'budget-exhausted'],
    ifMatch: true,
    key: 'required',
  })
  release(@Invoke() invoke: Invoke, @Path('id') id: DecisionId): Promise<Answer> {
    return this.decisions.release(presenting(invoke), id);
  }

  @Post(':id/notify')
  @Operation({
    id: 'decision.notify',
    de: 'Bekanntgabe festhalten; berechnet den Tag der Bestandskraft',
    en: 'Record the notification; computes the day of finality',
    basis: '§ 41 VwVfG NRW, § 74 VwGO',
    answers: DecisionView,
    errors: ['not-found', 'rule-violated', 'state-conflict'],
    ifMatch: true,
  })
  notify(
    @Invoke() invoke: Invoke,
    @Path('id') id: DecisionId,
    @Body() body: NotifyDecisionDto,
  ): Promise<Answer> {
    const { mode, on, answerWeighed } = body;
    return this.decisions.notify(presenting(invoke), id, { mode, on, answerWeighed: answerWeighed ?? false });
  }

  @Post(':id/waive-remedies')
  @Operation({
    id: 'decision.waiveRemedies',
    de: 'Auf Rechtsbehelfe verzichten; der Bescheid wird bestandskräftig, sobald er als bekannt gegeben gilt',
    en: 'Waive remedies; the decision becomes final as soon as it counts as made known',
    answers: DecisionView,
    errors: ['not-found', 'rule-violated', 'state-conflict'],
    ifMatch: true,
  })
  waiveRemedies(@Invoke() invoke: Invoke, @Path('id') id: DecisionId): Promise<Answer> {
    return this.decisions.waiveRemedies(presenting(invoke), id);
  }

  @Get()
  @Operation({
    id: 'decision.list',
    de: 'Bescheide auflisten; eine Kommune sieht die ihr bekannt gegebenen',
    en: 'List decisions; a municipality sees those notified to it',
    answersPage: DecisionSummaryView,
  })
  async list(@Invoke() invoke: Invoke, @Query() query: DecisionQuery): Promise<Page<DecisionSummaryView>> {
    const { limit, cursor, caseId, centreId, fundingYear, kind, state, copyToCourtOfAudit } = query;
    const filter = { caseId, centreId, fundingYear, kind, state, copyToCourtOfAudit };
    const rows = await this.decisions.list(invoke.actor, filter, { after: keyOf(cursor, ['id']), limit });
    const { items, nextCursor } = pageOf(rows, limit, ({ id }) => [id]);
    return { items: items.map((row) => DecisionSummaryView.summaryOf(row)), nextCursor };
  }

  @Get(':id')
  @Operation({
    id: 'decision.read',
    de: 'Bescheid mit Beträgen lesen',
    en: 'Read a decision with its amounts',
    answers: DecisionView,
    errors: ['not-found'],
  })
  async read(@Invoke() invoke: Invoke, @Path('id') id: DecisionId): Promise<DecisionView> {
    return DecisionView.of(await this.decisions.read(invoke.actor, id));
  }

  @Get(':id/derivation')
  @Operation({
    id: 'decision.derivation',
    de: 'Warum der Bescheid diesen Betrag nennt: jede Zeile der Rechnung, wie sie eingefroren wurde',
    en: 'Why the decision names this amount: every line of the reckoning, as frozen',
    basis: '§ 39 VwVfG NRW',
    answers: DecisionDerivationView,
    errors: ['not-found'],
  })
  async derivation(@Invoke() invoke: Invoke, @Path('id') id: DecisionId): Promise<DecisionDerivationView> {
    return DecisionDerivationView.of(await this.decisions.reckoning(invoke.actor, id));
  }
}

function presenting(invoke: Invoke, status = 200): Invocation<DecisionParts> {
  return invoke.presenting((parts: DecisionParts) => ({
    status,
    body: DecisionView.of(parts),
    version: parts.decision.version,
    ...(status === 201 ? { location: `/api/v1/decisions/${parts.decision.id}` } : {}),
  }));
}
