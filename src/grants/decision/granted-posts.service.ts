import { Injectable } from '@nestjs/common';
import type { ReadTx } from '../../platform/database/tx.js';
import type { FundingFacts } from '../../programmes/funding-facts.rules.js';
import type { Decision } from './decision.entity.js';
import { DecisionRepository } from './decision.repository.js';
import { decidedYears } from './replay.rules.js';

/** Which posts a decision grants for a year: those it froze, whatever became of its application. */
@Injectable()
export class GrantedPostsService {
  constructor(private readonly decisions: DecisionRepository) {}

  async of(tx: ReadTx, decision: Decision, fundingYear: number): Promise<FundingFacts['posts']> {
    const derivation = await this.decisions.derivation(tx, decision);
    const years = derivation === null ? [] : decidedYears(derivation.inputs);
    return years.find((year) => year.fundingYear === fundingYear)?.facts.posts ?? [];
  }
}
