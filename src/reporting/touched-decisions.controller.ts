import { Controller, Get } from '@nestjs/common';
import type { GuidelineVersionId } from '../kernel/ids.js';
import { Invoke } from '../platform/http/invoke.js';
import { Operation } from '../platform/http/operation.js';
import { Path } from '../platform/http/path.js';
import { TouchedDecisionsService } from './touched-decisions.service.js';
import { TouchedDecisionsView } from './touched-decisions.view.js';

@Controller('guidelines')
export class TouchedDecisionsController {
  constructor(private readonly decisions: TouchedDecisionsService) {}

  @Get(':id/touched-decisions')
  @Operation({
    id: 'guideline.touchedDecisions',
    de: 'Bescheide, die eine rückwirkende Fassung berührt, mit der nötigen Änderung je Quelle',
    en: 'Decisions that a version reaching back touches, with the amendment each would need by source',
    detail: {
      de: 'Gerechnet aus den eingefrorenen Angaben jedes Bescheids; geändert wird keiner. Auch ein Entwurf kann so vor der Freigabe betrachtet werden.',
      en: 'Reckoned from what each decision froze; none is changed. A draft can be looked at in the same way before its release.',
    },
    basis: '§ 48, § 49 VwVfG NRW',
    answers: TouchedDecisionsView,
    errors: ['not-found'],
  })
  async touched(@Invoke() invoke: Invoke, @Path('id') id: GuidelineVersionId): Promise<TouchedDecisionsView> {
    return TouchedDecisionsView.of(await this.decisions.touched(invoke.actor, id));
  }
}
