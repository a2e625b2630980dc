import { Controller, Get, Query } from '@nestjs/common';
import { Invoke } from '../platform/http/invoke.js';
import { Operation } from '../platform/http/operation.js';
import { CheckpointQuery, ConsistencyQuery, InclusionQuery } from './proof.dto.js';
import { ProofService } from './proof.service.js';
import { ConsistencyView, InclusionView, PublishedCheckpointView } from './proof.view.js';

@Controller('audit')
export class ProofController {
  constructor(private readonly proofs: ProofService) {}

  @Get('checkpoints')
  @Operation({
    id: 'audit.checkpoint',
    de: 'Prüfpunkt des versiegelten Protokolls lesen, den neuesten oder den eines Stands',
    en: 'Read a checkpoint of the sealed log, the newest or that of a size',
    answers: PublishedCheckpointView,
    errors: ['not-found', 'state-conflict'],
  })
  async checkpoint(
    @Invoke() invoke: Invoke,
    @Query() { size }: CheckpointQuery,
  ): Promise<PublishedCheckpointView> {
    return PublishedCheckpointView.of(await this.proofs.checkpoint(invoke.actor, size));
  }

  @Get('proofs/inclusion')
  @Operation({
    id: 'audit.prove',
    de: 'Beweisen, dass ein Eintrag im versiegelten Protokoll steht',
    en: 'Prove that a record stands in the sealed log',
    answers: InclusionView,
    errors: ['not-found', 'state-conflict'],
  })
  async inclusion(@Invoke() invoke: Invoke, @Query() { recordId }: InclusionQuery): Promise<InclusionView> {
    return InclusionView.of(await this.proofs.inclusion(invoke.actor, recordId));
  }

  @Get('proofs/consistency')
  @Operation({
    id: 'audit.proveConsistency',
    de: 'Beweisen, dass ein neuerer Stand einen älteren unverändert enthält',
    en: 'Prove that a younger log contains an older one unchanged',
    answers: ConsistencyView,
    errors: ['not-found', 'state-conflict'],
  })
  async consistency(
    @Invoke() invoke: Invoke,
    @Query() { from, to }: ConsistencyQuery,
  ): Promise<ConsistencyView> {
    return ConsistencyView.of(await this.proofs.consistency(invoke.actor, from, to));
  }
}
