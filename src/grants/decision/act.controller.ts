import { Body, Controller, Get, Post } from '@nestjs/common';
import type { DecisionId } from '../../kernel/ids.js';
import { Invoke } from '../../platform/http/invoke.js';
import { Operation } from '../../platform/http/operation.js';
import { Path } from '../../platform/http/path.js';
import type { Answer, Invocation } from '../../platform/invocation.js';
import { ActDraftService, type AmendmentInput } from './act-draft.service.js';
import {
  AmendDecisionDto,
  AnswerHearingDto,
  CloseHearingDto,
  CloseSuitDto,
  OpenHearingDto,
  RecordSuitDto,
  TakeBackDto,
} from './act.dto.js';
import { DecisionCourseView } from './act.view.js';
import { ClosingService } from './closing.service.js';
import { CourseService, type DecisionCourse } from './course.service.js';
import type { DecisionParts } from './decision.service.js';
import { DecisionView } from './decision.view.js';
import { HearingService } from './hearing.service.js';
import { SuitService } from './suit.service.js';

/** What happens to a decision after its notice. */
@Controller('decisions')
export class ActController {
  constructor(
    private readonly courses: CourseService,
    private readonly drafts: ActDraftService,
    private readonly suits: SuitService,
    private readonly hearings: HearingService,
    private readonly closing: ClosingService,
  ) {}

  @Get(':id/course')
  @Operation({
    id: 'decision.course',
    de: 'Was aus einem Bescheid wurde: Klagen, Anhörungen und alle Bescheide des Falls',
    en: 'What became of a decision: suits, hearings, and all decisions of the case',
    answers: DecisionCourseView,
    errors: ['not-found'],
  })
  async course(@Invoke() invoke: Invoke, @Path('id') id: DecisionId): Promise<DecisionCourseView> {
    return DecisionCourseView.of(await this.courses.read(invoke.actor, id));
  }

  @Post(':id/record-suit')
  @Operation({
    id: 'decision.recordSuit',
    de: 'Klage gegen einen Bescheid oder Teile davon festhalten; der angefochtene Teil wird nicht bestandskräftig',
    en: 'Record a suit against a decision or parts of it; the challenged part does not become final',
    basis: '§§ 42, 74, 58 Abs. 2 VwGO',
    answers: DecisionCourseView,
    errors: ['not-found', 'rule-violated', 'state-conflict'],
    ifMatch: true,
  })
  recordSuit(
    @Invoke() invoke: Invoke,
    @Path('id') id: DecisionId,
    @Body() { broughtOn, court, fileNumber, amounts }: RecordSuitDto,
  ): Promise<Answer> {
    const parts = amounts?.map(({ amountId, challengedCents: cents }) => ({ amountId, cents })) ?? null;
    return this.suits.record(telling(invoke), id, { broughtOn, court, fileNumber, parts });
  }

  @Post(':id/close-suit')
  @Operation({
    id: 'decision.closeSuit',
    de: 'Ende der Klage festhalten: bestätigt, aufgehoben oder zurückgenommen, ganz oder in Teilen',
    en: 'Record the end of a suit: upheld, annulled or withdrawn, in whole or in part',
    basis: '§§ 113, 121 VwGO',
    answers: DecisionCourseView,
    errors: ['not-found', 'rule-violated', 'state-conflict', 'budget-exhausted'],
    ifMatch: true,
    key: 'required',
  })
  closeSuit(
    @Invoke() invoke: Invoke,
    @Path('id') id: DecisionId,
    @Body() { outcome, endedOn, amounts }: CloseSuitDto,
  ): Promise<Answer> {
    const parts = amounts?.map(({ amountId, annulledCents: cents }) => ({ amountId, cents })) ?? null;
    return this.suits.close(telling(invoke), id, { outcome, endedOn, parts });
  }

  @Post(':id/open-hearing')
  @Operation({
    id: 'decision.openHearing',
    de: 'Kommune vor Rücknahme oder Widerruf anhören',
    en: 'Hear the municipality before a withdrawal or revocation',
    basis: '§ 28 Abs. 1 VwVfG NRW',
    answers: DecisionCourseView,
    errors: ['not-found', 'rule-violated', 'state-conflict'],
    ifMatch: true,
  })
  openHearing(
    @Invoke() invoke: Invoke,
    @Path('id') id: DecisionId,
    @Body() body: OpenHearingDto,
  ): Promise<Answer> {
    return this.hearings.open(telling(invoke), id, body);
  }

  @Post(':id/answer-hearing')
  @Operation({
    id: 'decision.answerHearing',
    de: 'Sich als Kommune in der Anhörung äußern',
    en: 'Answer a hearing, as the municipality',
    basis: '§ 28 Abs. 1 VwVfG NRW',
    detail: {
      de: 'Einmal, auch nach dem genannten Tag und auch, wenn die Anhörung schon ohne Äußerung abgeschlossen wurde: solange der Bescheid, um den es geht, nicht bekannt gegeben ist. Wurde zu Rücknahme und Widerruf angehört, gilt die Äußerung der jüngsten unbeantworteten Anhörung, die nächste der anderen.',
      en: 'Once, also after the day named and also when the hearing has been closed without an answer: until the decision it is about has been made known. Where withdrawal and revocation were both heard about, the answer is for the latest hearing without one, the next for the other.',
    },
    answers: DecisionCourseView,
    errors: ['not-found', 'state-conflict'],
    ifMatch: true,
  })
  answerHearing(
    @Invoke() invoke: Invoke,
    @Path('id') id: DecisionId,
    @Body() { statement }: AnswerHearingDto,
  ): Promise<Answer> {
    return this.hearings.answer(telling(invoke), id, statement);
  }

  @Post(':id/close-hearing')
  @Operation({
    id: 'decision.closeHearing',
    de: 'Anhörung mit der Äußerung abschließen, oder nach Fristablauf ohne',
    en: 'Close the hearing with what was said, or with nothing once the time is over',
    basis: '§ 28 Abs. 1 VwVfG NRW',
    answers: DecisionCourseView,
    errors: ['not-found', 'rule-violated', 'state-conflict'],
    ifMatch: true,
  })
  closeHearing(
    @Invoke() invoke: Invoke,
    @Path('id') id: DecisionId,
    @Body() { statement }: CloseHearingDto,
  ): Promise<Answer> {
    return this.hearings.close(telling(invoke), id, statement);
  }

  @Post(':id/amend')
  @Operation({
    id: 'decision.amend',
    de: 'Änderungsbescheid entwerfen: mehr, weniger, andere Stellen oder Zeiten; abgerechnete Jahre bleiben',
    en: 'Draft an amendment: more, less, other posts or times; settled years stay',
    basis: '§ 43 Abs. 2 VwVfG NRW',
    answers: DecisionView,
    status: 201,
    errors: ['not-found', 'rule-violated', 'state-conflict', 'duplicate'],
    ifMatch: true,
    key: 'required',
  })
  amend(
    @Invoke() invoke: Invoke,
    @Path('id') id: DecisionId,
    @Body() { posts, ...body }: AmendDecisionDto,
  ): Promise<Answer> {
    const stated = posts?.map(({ expenditureCents: expenditure, ...post }) => ({ ...post, expenditure }));
    const input: AmendmentInput = { ...body, posts: stated ?? null };
    return this.drafts.amend(drafting(invoke), id, input);
  }

  @Post(':id/withdraw')
  @Operation({
    id: 'decision.withdraw',
    de: 'Rücknahme entwerfen: der Bescheid war von Anfang an rechtswidrig; nach Anhörung und binnen eines Jahres',
    en: 'Draft a withdrawal: the decision was unlawful from the start; after a hearing and within a year',
    basis: '§ 48 VwVfG NRW',
    answers: DecisionView,
    status: 201,
    errors: ['not-found', 'rule-violated', 'state-conflict', 'duplicate'],
    ifMatch: true,
    key: 'required',
  })
  withdraw(@Invoke() invoke: Invoke, @Path('id') id: DecisionId, @Body() body: TakeBackDto): Promise<Answer> {
    return this.drafts.withdraw(drafting(invoke), id, body);
  }

  @Post(':id/revoke')
  @Operation({
    id: 'decision.revoke',
    de: 'Widerruf entwerfen: Zweck verfehlt oder Auflage gebrochen; nach Anhörung und binnen eines Jahres',
    en: 'Draft a revocation: purpose missed or requirement broken; after a hearing and within a year',
    basis: '§ 49 Abs. 3 VwVfG NRW',
    answers: DecisionView,
    status: 201,
    errors: ['not-found', 'rule-violated', 'state-conflict', 'duplicate'],
    ifMatch: true,
    key: 'required',
  })
  revoke(@Invoke() invoke: Invoke, @Path('id') id: DecisionId, @Body() body: TakeBackDto): Promise<Answer> {
    return this.drafts.revoke(drafting(invoke), id, body);
  }

  @Post(':id/close')
  @Operation({
    id: 'decision.close',
    de: 'Bescheid abschließen, wenn alle Jahre abgerechnet sind; nicht Abgerufenes wird frei',
    en: 'Close a decision once all years are settled; what was not called is free again',
    answers: DecisionCourseView,
    errors: ['not-found', 'rule-violated', 'state-conflict'],
    ifMatch: true,
    key: 'required',
  })
  close(@Invoke() invoke: Invoke, @Path('id') id: DecisionId): Promise<Answer> {
    return this.closing.close(telling(invoke), id);
  }
}

function telling(invoke: Invoke): Invocation<DecisionCourse> {
  return invoke.presenting((course: DecisionCourse) => ({
    status: 200,
    body: DecisionCourseView.of(course),
    version: course.decision.version,
  }));
}

function drafting(invoke: Invoke): Invocation<DecisionParts> {
  return invoke.presenting((parts: DecisionParts) => ({
    status: 201,
    body: DecisionView.of(parts),
    version: parts.decision.version,
    location: `/api/v1/decisions/${parts.decision.id}`,
  }));
}
