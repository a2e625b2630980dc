import { Body, Controller, Get, Post } from '@nestjs/common';
import type { RoleGrantId, SubstitutionId, UserId } from '../kernel/ids.js';
import { Invoke } from '../platform/http/invoke.js';
import { Operation } from '../platform/http/operation.js';
import { Path } from '../platform/http/path.js';
import type { Answer, Invocation } from '../platform/invocation.js';
import { SubstituteDto } from './substitution.dto.js';
import type { Substitution } from './substitution.entity.js';
import { SubstitutionService } from './substitution.service.js';
import { SubstitutionView } from './substitution.view.js';

@Controller('users/:id')
export class SubstitutionController {
  constructor(private readonly substitutions: SubstitutionService) {}

  @Post('roles/:grantId/substitutes')
  @Operation({
    id: 'user.substitute',
    de: 'Vertretung für eine Abwesenheit eintragen; wirkt erst nach Bestätigung durch eine andere Person',
    en: 'Enter a substitute for a leave; effective only after another person confirmed it',
    detail: {
      de: 'Wer vertritt, hat dieselbe Rolle und gewinnt keine Rechte hinzu. Mit dem Kopf On-Behalf-Of handelt sie oder er für die abwesende Person; das Vier-Augen-Prinzip zählt dann beide.',
      en: 'Whoever stands in holds the same role and gains no rights. With the header On-Behalf-Of they act for the absent person; four eyes then count both.',
    },
    answers: SubstitutionView,
    status: 201,
    errors: ['not-found', 'rule-violated', 'duplicate', 'state-conflict'],
    creates: true,
  })
  propose(
    @Invoke() invoke: Invoke,
    @Path('id') userId: UserId,
    @Path('grantId') grantId: RoleGrantId,
    @Body() { substituteUserId, from, to }: SubstituteDto,
  ): Promise<Answer> {
    const presenting = invoke.presenting((substitution: Substitution) => ({
      ...presented(substitution, 201),
      location: `/api/v1/users/${userId}/substitutes`,
    }));
    const input = { substituteUserId, validFrom: from, validTo: to };
    return this.substitutions.propose(presenting, { userId, grantId }, input);
  }

  @Get('substitutes')
  @Operation({
    id: 'user.listSubstitutes',
    de: 'Vertretungen des Inhabers eines Kontos, älteste zuerst',
    en: 'Substitutions of the holder of an account, oldest first',
    answers: [SubstitutionView],
    errors: ['not-found'],
  })
  async list(@Invoke() invoke: Invoke, @Path('id') id: UserId): Promise<SubstitutionView[]> {
    return (await this.substitutions.list(invoke.actor, id)).map((one) => SubstitutionView.of(one));
  }

  @Post('substitutes/:substitutionId/confirm')
  @Operation({
    id: 'user.confirmSubstitute',
    de: 'Vertretung bestätigen (Vier-Augen-Prinzip)',
    en: 'Confirm a substitution (four eyes)',
    answers: SubstitutionView,
    status: 200,
    errors: ['not-found', 'rule-violated', 'state-conflict'],
    ifMatch: true,
  })
  confirm(
    @Invoke() invoke: Invoke,
    @Path('id') id: UserId,
    @Path('substitutionId') substitutionId: SubstitutionId,
  ): Promise<Answer> {
    return this.substitutions.confirm(presenting(invoke), id, substitutionId);
  }

  @Post('substitutes/:substitutionId/end')
  @Operation({
    id: 'user.endSubstitute',
    de: 'Vertretung beenden; wirkt mit der nächsten Anfrage',
    en: 'End a substitution; takes effect with the next request',
    answers: SubstitutionView,
    status: 200,
    errors: ['not-found', 'state-conflict'],
    ifMatch: true,
  })
  end(
    @Invoke() invoke: Invoke,
    @Path('id') id: UserId,
    @Path('substitutionId') substitutionId: SubstitutionId,
  ): Promise<Answer> {
    return this.substitutions.end(presenting(invoke), id, substitutionId);
  }
}

function presenting(invoke: Invoke): Invocation<Substitution> {
  return invoke.presenting((substitution: Substitution) => presented(substitution, 200));
}

function presented(substitution: Substitution, status: number) {
  return { status, body: SubstitutionView.of(substitution), version: substitution.version };
}
