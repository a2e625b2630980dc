import { Controller, Get, Query } from '@nestjs/common';
import type { CaseId } from '../../kernel/ids.js';
import { Invoke } from '../../platform/http/invoke.js';
import { Operation } from '../../platform/http/operation.js';
import { Path } from '../../platform/http/path.js';
import { CaseGrantQuery } from './act.dto.js';
import { CaseGrantView } from './act.view.js';
import { CourseService } from './course.service.js';

@Controller('cases')
export class CaseGrantController {
  constructor(private readonly courses: CourseService) {}

  @Get(':caseId/grant')
  @Operation({
    id: 'decision.inForce',
    de: 'Was die Bescheide eines Falls an einem Tag gewährten, nach dem Stand eines Zeitpunkts',
    en: 'What the decisions of a case gave on a day, as far as it was known at an instant',
    basis: '§ 43 VwVfG NRW',
    answers: CaseGrantView,
    errors: ['not-found'],
  })
  async inForce(
    @Invoke() invoke: Invoke,
    @Path('caseId') caseId: CaseId,
    @Query() { on, knownAt }: CaseGrantQuery,
  ): Promise<CaseGrantView> {
    return CaseGrantView.of(await this.courses.inForce(invoke.actor, caseId, { on, knownAt }));
  }
}
