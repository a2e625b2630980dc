import { Body, Controller, Post } from '@nestjs/common';
import type { PersonErasureId, PersonId } from '../kernel/ids.js';
import { Invoke } from '../platform/http/invoke.js';
import { Operation } from '../platform/http/operation.js';
import { Path } from '../platform/http/path.js';
import type { Answer, Presented } from '../platform/invocation.js';
import { ErasePersonDto } from './erasure.dto.js';
import type { PersonErasure } from './erasure.entity.js';
import { ErasureService } from './erasure.service.js';
import { PersonErasureView } from './erasure.view.js';

@Controller('persons/:id/erasures')
export class ErasureController {
  constructor(private readonly erasures: ErasureService) {}

  @Post()
  @Operation({
    id: 'person.erase',
    de: 'Löschung einer Person beantragen',
    en: 'Ask for the erasure of a person',
    basis: 'Art. 17 DSGVO',
    answers: PersonErasureView,
    status: 201,
    errors: ['not-found', 'state-conflict', 'duplicate'],
    creates: true,
  })
  erase(
    @Invoke() invoke: Invoke,
    @Path('id') id: PersonId,
    @Body() { ground }: ErasePersonDto,
  ): Promise<Answer> {
    return this.erasures.request(
      invoke.presenting((erasure) => presented(erasure, 201)),
      id,
      ground,
    );
  }

  @Post(':erasureId/confirm')
  @Operation({
    id: 'person.confirmErasure',
    de: 'Person löschen (Vier-Augen-Prinzip)',
    en: 'Erase the person (four eyes)',
    basis: 'Art. 17 DSGVO',
    detail: {
      de: 'Name, Anschrift, Anmeldename und Salze sind danach nirgends mehr; alle Beweise gelten weiter. Unumkehrbar.',
      en: 'Name, address, user name and salts are nowhere any more; all proofs still hold. It cannot be undone.',
    },
    answers: PersonErasureView,
    status: 200,
    errors: ['not-found', 'rule-violated', 'state-conflict'],
    ifMatch: true,
  })
  confirm(
    @Invoke() invoke: Invoke,
    @Path('id') id: PersonId,
    @Path('erasureId') erasureId: PersonErasureId,
  ): Promise<Answer> {
    return this.erasures.confirm(
      invoke.presenting((erasure) => presented(erasure, 200)),
      id,
      erasureId,
    );
  }
}

function presented(erasure: PersonErasure, status: number): Presented {
  return { status, body: PersonErasureView.of(erasure), version: erasure.version };
}
