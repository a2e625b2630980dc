import { Injectable } from '@nestjs/common';
import { canonicalBytes } from '../../kernel/canonical-json.js';
import type { DerivationStep } from '../../kernel/derivation.js';
import { ruleViolated } from '../../kernel/failure.js';
import type { Violation } from '../../kernel/violation.js';
import type { ReadTx } from '../../platform/database/tx.js';
import { ApplicationPartsService, type Ground } from '../application/application-parts.service.js';
import { guidelineMissing, judgeYearFacts } from '../application/funding-years.rules.js';
import { judgeOpening, openingSteps } from '../application/opening.rules.js';
import {
  amendedPeriod,
  frozenGrant,
  judgeAmendedPosts,
  otherIncomeOf,
  wishesOfYears,
  type AmendedPost,
  type FrozenGrant,
  type FrozenYear,
} from './act-posts.rules.js';
import type { NewAmountWish } from './act.rules.js';
import type { Decision } from './decision.entity.js';
import { decidedYears } from './replay.rules.js';

/** What an amendment comes to. */
export interface ActReckoned {
  readonly wishes: readonly NewAmountWish[];
  readonly steps: readonly DerivationStep[];
  /** As every decision freezes them: the reckoning follows from them alone. */
  readonly inputs: object;
}

/**
 * Reckons a grant anew for other posts, year by year: each year by the guideline its decision froze, a year the grant
 * did not know by the guideline in force on its first day.
 */
@Injectable()
export class ActReckoningService {
  constructor(private readonly applications: ApplicationPartsService) {}

  /** @throws Failure 422 with every objection */
  async reckon(
    tx: ReadTx,
    { centreId, programme }: Pick<Decision, 'centreId' | 'programme'>,
    inputs: string,
    { posts, stated }: { readonly posts: readonly AmendedPost[]; readonly stated: readonly NewAmountWish[] },
  ): Promise<ActReckoned> {
    const former = frozenGrant(inputs);
    const period = amendedPeriod(former, posts);
    refuseOn(judgeAmendedPosts(posts, period));
    const { grounds, opening } = await this.applications.groundsOf(tx, { centreId, programme, ...period });
    const added = grounds.filter((one) =>
      former.years.every(({ fundingYear }) => fundingYear !== one.fundingYear),
    );
    refuseOn([
      ...(posts.length === 0 ? [] : judgeOpening(posts, opening)),
      ...added
        .filter(({ version }) => version === null)
        .map(({ fundingYear }) => guidelineMissing(fundingYear, period.periodFrom)),
    ]);
    const { openedOn, knownOpenBy, assumedOpenFrom, assumedOpenReason, closedOn } = opening;
    const frozen = {
      ...former,
      application: { ...former.application, ...period },
      opening: { openedOn, knownOpenBy, assumedOpenFrom, assumedOpenReason, closedOn },
      years: yearsOf(former, added, stated),
      posts: posts.map(({ expenditure, ...post }) => ({ ...post, expenditureCents: expenditure })),
    };
    const years = decidedYears(Buffer.from(canonicalBytes(frozen)).toString('utf8'));
    refuseOn(years.flatMap(({ facts }) => judgeYearFacts(facts, posts, years.length > 1)));
    const { wishes, steps } = wishesOfYears(years);
    return { wishes, steps: [...steps, ...openingSteps(posts, opening)], inputs: frozen };
  }
}

function yearsOf(
  former: FrozenGrant,
  added: readonly Ground[],
  stated: readonly NewAmountWish[],
): FrozenYear[] {
  const fresh = added.flatMap(({ fundingYear, version }) => {
    if (version === null) return [];
    const { validity: _validity, ...guideline } = version;
    return [{ fundingYear, guideline, otherIncome: { ownCents: 0, thirdPartyCents: 0 } }];
  });
  return [...former.years, ...fresh]
    .map((year) => ({ ...year, otherIncome: otherIncomeOf(year, stated) }))
    .sort((a, b) => a.fundingYear - b.fundingYear);
}

function refuseOn(objections: readonly Violation[]): void {
  if (objections.length > 0) throw ruleViolated(objections);
}
