import { Injectable } from '@nestjs/common';
import type { ReadTx } from '../../platform/database/tx.js';
import type { FundingFacts } from '../../programmes/funding-facts.rules.js';
import type { Decision } from './decision.entity.js';
import { DecisionRepository } from './decision.repository.js';
import { decidedFacts } from './replay.rules.js';

/** Which posts a decision grants: those it froze, or the newest act on it that was made known. */
@Injectable()
export class GrantedPostsService {
  constructor(private readonly decisions: DecisionRepository) {}

  async of(tx: ReadTx, decision: Decision): Promise<FundingFacts['posts']> {
    const chain = await this.decisions.ofCase(tx, decision.caseId);
    const latest = chain.findLast(({ notifiedAt }) => notifiedAt !== null) ?? decision;
    const derivation = await this.decisions.derivation(tx, latest);
    return derivation === null ? [] : decidedFacts(derivation.inputs).facts.posts;
  }
}
