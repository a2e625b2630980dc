import { Body, Controller, Post } from '@nestjs/common';
import type { ApplicationId } from '../../kernel/ids.js';
import { Invoke } from '../../platform/http/invoke.js';
import { Operation } from '../../platform/http/operation.js';
import { Path } from '../../platform/http/path.js';
import type { Answer } from '../../platform/invocation.js';
import { ApplicationChangeService } from './application-change.service.js';
import { presenting } from './application-presentation.view.js';
import { ApplicationView } from './application.view.js';
import { AcknowledgeChangeDto, NotifyChangeDto } from './change.dto.js';

/** What is told of a grant between its notice and the closing of its case. */
@Controller('applications')
export class ChangeController {
  constructor(private readonly changes: ApplicationChangeService) {}

  @Post(':id/notify-change')
  @Operation({
    id: 'application.notifyChange',
    de: 'Der Bewilligungsbehörde eine Änderung mitteilen',
    en: 'Tell the granting authority of a change',
    basis: 'Nr. 5 ANBest-G',
    detail: {
      de: 'Von der Bekanntgabe eines Bewilligungsbescheids an, bis der Fall abgeschlossen ist. Eine Mitteilung ändert nichts an Antrag oder Bescheid und bindet die Kommune nicht; deshalb genügt die Befugnis zur Antragsbearbeitung. Eine falsche Mitteilung wird durch eine weitere berichtigt.',
      en: 'From the notice of a grant until its case is closed. Telling changes neither application nor decision and does not bind the municipality; the power of drafting is therefore enough. A mistake is corrected by telling again.',
    },
    answers: ApplicationView,
    errors: ['not-found', 'rule-violated', 'state-conflict'],
    ifMatch: true,
  })
  notifyChange(
    @Invoke() invoke: Invoke,
    @Path('id') id: ApplicationId,
    @Body() body: NotifyChangeDto,
  ): Promise<Answer> {
    return this.changes.tell(presenting(invoke), id, body);
  }

  @Post(':id/acknowledge-change')
  @Operation({
    id: 'application.acknowledgeChange',
    de: 'Eine mitgeteilte Änderung beantworten, mit Folge und Begründung',
    en: 'Acknowledge a change that was told, with consequence and reason',
    basis: 'Nr. 5 ANBest-G',
    detail: {
      de: 'Jede Mitteilung wird einmal beantwortet, auch noch nach Abschluss des Falls. Die Folge ist eine Ankündigung: der Änderungsbescheid (decision.amend) und die Anhörung vor Rücknahme oder Widerruf (decision.openHearing) sind eigene Schritte.',
      en: 'Each change is acknowledged once, even after the case was closed. The consequence is an announcement: the amendment (decision.amend) and the hearing before a withdrawal or revocation (decision.openHearing) are steps of their own.',
    },
    answers: ApplicationView,
    errors: ['not-found', 'rule-violated', 'state-conflict'],
    ifMatch: true,
  })
  acknowledgeChange(
    @Invoke() invoke: Invoke,
    @Path('id') id: ApplicationId,
    @Body() body: AcknowledgeChangeDto,
  ): Promise<Answer> {
    return this.changes.acknowledge(presenting(invoke), id, body);
  }
}
