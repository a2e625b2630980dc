import { Injectable } from '@nestjs/common';
import { canonicalBytes } from '../../kernel/canonical-json.js';
import type { DerivationStep } from '../../kernel/derivation.js';
import { CalendarDate } from '../../kernel/calendar-date.js';
import { notFound, ruleViolated } from '../../kernel/failure.js';
import type { Violation } from '../../kernel/violation.js';
import type { ReadTx } from '../../platform/database/tx.js';
import { ApplicationPartsService, type Ground } from '../application/application-parts.service.js';
import { addedStarts, type StartingPost } from '../application/early-start.rules.js';
import { EarlyStartService, type AboutToBegin } from '../application/early-start.service.js';
import type { Application } from '../application/application.entity.js';
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
import { DecisionRepository } from './decision.repository.js';
import { grantedPosts } from './partial-grant.rules.js';
import { decidedYears } from './replay.rules.js';

/** What an amendment comes to. */
export interface ActReckoned {
  readonly wishes: readonly NewAmountWish[];
  readonly steps: readonly DerivationStep[];
  /** As every decision freezes them: the reckoning follows from them alone. */
  readonly inputs: object;
}

/** The posts an amendment states, what it states of money, and its day. */
interface Amending {
  readonly posts: readonly AmendedPost[];
  readonly stated: readonly NewAmountWish[];
  readonly on: CalendarDate;
}

/** The posts of an amendment beside what was frozen before it. */
interface Added {
  readonly former: string;
  readonly posts: readonly StartingPost[];
  readonly grounds: readonly Ground[];
  readonly on: CalendarDate;
}

/**
 * Reckons a grant anew for other posts, year by year: each year by the guideline its decision froze, a year the grant
 * did not know by the guideline in force on its first day.
 */
@Injectable()
export class ActReckoningService {
  constructor(
    private readonly applications: ApplicationPartsService,
    private readonly earlyStarts: EarlyStartService,
    private readonly decisions: DecisionRepository,
  ) {}

  /** What the newest notified decision of a case froze. @throws Failure 404 where there is none */
  async latestInputs(tx: ReadTx, { caseId }: Pick<Decision, 'caseId'>): Promise<string> {
    const chain = await this.decisions.ofCase(tx, caseId);
    const latest = chain.filter(({ notifiedAt }) => notifiedAt !== null).at(-1);
    return this.inputsOf(tx, latest ?? null);
  }

  /** What an amendment adds and has begun between its draft and its release has begun before it as well. */
  async judgeBegun(tx: ReadTx, amendment: Decision, on: CalendarDate): Promise<Violation[]> {
    const former = await this.latestInputs(tx, amendment);
    const inputs = await this.inputsOf(tx, amendment);
    const { application } = frozenGrant(inputs);
    const period = {
      periodFrom: CalendarDate.parse(application.periodFrom),
      periodTo: CalendarDate.parse(application.periodTo),
    };
    const { centreId, programme } = amendment;
    const { grounds } = await this.applications.groundsOf(tx, { centreId, programme, ...period });
    const posts = grantedPosts(inputs);
    const about = await this.added(tx, amendment, { former, posts, grounds, on });
    return about === null ? [] : this.earlyStarts.judgeReleased(tx, about.application, about);
  }

  private async inputsOf(tx: ReadTx, decision: Decision | null): Promise<string> {
    const derivation = decision === null ? null : await this.decisions.derivation(tx, decision);
    if (derivation === null) throw notFound();
    return derivation.inputs;
  }

  /** What an amendment adds begins with it, and not before; null where it adds nothing. */
  private async added(
    tx: ReadTx,
    { applicationId }: Pick<Decision, 'applicationId'>,
    { former, posts, ...about }: Added,
  ): Promise<({ readonly application: Application } & AboutToBegin) | null> {
    const { starts, granted } = addedStarts(grantedPosts(former), posts);
    if (starts.length === 0) return null;
    const { application } = await this.applications.require(tx, applicationId);
    return { application, starts, granted, ...about };
  }

  /** @throws Failure 422 with every objection */
  async reckon(
    tx: ReadTx,
    basis: Pick<Decision, 'applicationId' | 'centreId' | 'programme'>,
    inputs: string,
    { posts, stated, on }: Amending,
  ): Promise<ActReckoned> {
    const { centreId, programme } = basis;
    const former = frozenGrant(inputs);
    const period = amendedPeriod(former, posts);
    refuseOn(judgeAmendedPosts(posts, period));
    const { grounds, opening } = await this.applications.groundsOf(tx, { centreId, programme, ...period });
    const added = grounds.filter((one) =>
      former.years.every(({ fundingYear }) => fundingYear !== one.fundingYear),
    );
    const begun = await this.added(tx, basis, { former: inputs, posts, grounds, on });
    refuseOn([
      ...(posts.length === 0 ? [] : judgeOpening(posts, opening)),
      ...(begun === null ? [] : (await this.earlyStarts.judge(tx, begun.application, begun)).objections),
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
