import { Injectable } from '@nestjs/common';
import type { ReadTx } from '../../platform/database/tx.js';
import type { FundingFacts } from '../../programmes/funding-facts.rules.js';
import type { Decision } from './decision.entity.js';
import { DecisionRepository } from './decision.repository.js';
import { decidedYears } from './replay.rules.js';

/** Which posts a decision grants for a year: those it froze, or the newest act on it that was made known. */
@Injectable()
export class GrantedPostsService {
  constructor(private readonly decisions: DecisionRepository) {}

  async of(tx: ReadTx, decision: Decision, fundingYear: number): Promise<FundingFacts['posts']> {
    const chain = await this.decisions.ofCase(tx, decision.caseId);
    const latest = chain.findLast(({ notifiedAt }) => notifiedAt !== null) ?? decision;
    const derivation = await this.decisions.derivation(tx, latest);
    const years = derivation === null ? [] : decidedYears(derivation.inputs);
    return years.find((year) => year.fundingYear === fundingYear)?.facts.posts ?? [];
  }
}
