import { Injectable } from '@nestjs/common';
import { BudgetService } from '../../budget/budget.service.js';
import { judgeStateShares } from '../../financing/plan.rules.js';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import { canonicalBytes, sha256Hex } from '../../kernel/canonical-json.js';
import type { DerivationStep } from '../../kernel/derivation.js';
import { ruleViolated } from '../../kernel/failure.js';
import { Money } from '../../kernel/money.js';
import type { Violation } from '../../kernel/violation.js';
import type { ReadTx } from '../../platform/database/tx.js';
import type { Funding, FundingFacts } from '../../programmes/funding-facts.rules.js';
import { calculateGrant } from '../../programmes/funding.rules.js';
import type { GuidelineFacts } from '../../programmes/guideline.rules.js';
import { ApplicationPartsService, type Ground } from '../application/application-parts.service.js';
import type { Application } from '../application/application.entity.js';
import type { PlacedPost } from '../application/application.rules.js';
import { plannedStarts, type EarlyStartConsent } from '../application/early-start.rules.js';
import { EarlyStartService } from '../application/early-start.service.js';
import {
  fundingFacts,
  guidelineMissing,
  judgeYearFacts,
  stepsOfYears,
} from '../application/funding-years.rules.js';
import { judgeOpening, openingSteps, type Opening } from '../application/opening.rules.js';
import type { SubmittedContent } from '../application/submitted-content.rules.js';
import { judgeLines, type ChosenLine } from './chosen-line.rules.js';
import {
  amountsOf,
  decidedPosts,
  judgeAmounts,
  judgeDraft,
  type AmountFacts,
  type DecisionKind,
  type GrantedPost,
} from './decision.rules.js';
import { judgeProvisions, type WantedProvisions } from './provision.rules.js';
import { cutSteps } from './partial-grant.rules.js';

/** What a draft decides; the rest follows from the submission and the rules. */
export interface Wanted {
  readonly kind: DecisionKind;
  readonly reasons: string | null;
  readonly posts: readonly GrantedPost[] | null;
  /** Budget lines chosen for single years. */
  readonly lines: readonly ChosenLine[];
  readonly provisions: WantedProvisions;
  /** The day of the draft. */
  readonly on: CalendarDate;
}

/** What a decision would fix, and the reckoning behind it, frozen. */
export interface Reckoned {
  /** The version that governs the first year. */
  readonly version: GuidelineFacts;
  readonly amounts: readonly AmountFacts[];
  readonly inputs: string;
  readonly steps: string;
  readonly sha256: string;
}

/** One funding year, governed by a version and reckoned. */
interface DecidedYear {
  readonly fundingYear: number;
  readonly version: GuidelineFacts;
  readonly facts: FundingFacts;
  readonly funding: Funding;
  readonly totals: Funding['totals'];
}

/** Reckons a decision from what was submitted, never from what the application says meanwhile. */
@Injectable()
export class DecisionReckoningService {
  constructor(
    private readonly applications: ApplicationPartsService,
    private readonly earlyStarts: EarlyStartService,
    private readonly budget: BudgetService,
  ) {}

  /** Judges and computes, year by year. @throws Failure 422 with every objection */
  async reckon(tx: ReadTx, application: Application, wanted: Wanted): Promise<Reckoned> {
    const content = await this.applications.submitted(tx, application);
    const { posts: asked, measures, plan, periodFrom, periodTo } = content;
    const { kind, on } = wanted;
    const draft = { ...wanted, asked, granted: wanted.posts };
    const { centreId, programme } = application;
    const about = { centreId, programme, periodFrom, periodTo };
    const { grounds, opening } = await this.applications.groundsOf(tx, about);
    const posts = decidedPosts(draft);
    const starts = wanted.kind === 'refusal' ? [] : plannedStarts(posts, measures, periodFrom);
    const early = await this.earlyStarts.judge(tx, application, { starts, granted: [], grounds, on });
    const objections = [
      ...judgeDraft(draft),
      ...(posts.length === 0 ? [] : judgeOpening(posts, opening)),
      ...early.objections,
      ...judgeProvisions(wanted.provisions, { kind, catalogue: grounds[0]?.version?.provisions ?? [], on }),
      ...judgeLines(
        wanted.lines,
        grounds.map(({ fundingYear }) => fundingYear),
      ),
    ];
    const years = reckonYears(grounds, { posts, content, objections });
    const [first] = years;
    if (first === undefined) throw new RangeError('A submission spans at least one funding year');
    refuseOn([
      ...judgeAmounts(
        wanted.kind,
        years.flatMap(({ totals }) => totals),
      ),
      ...(wanted.kind === 'grant' ? judgeStateShares(plan, years, years.length > 1) : []),
    ]);
    const cut = wanted.kind === 'partial_grant' ? cutSteps({ asked, granted: posts, plan, years }) : [];
    const amounts =
      wanted.kind === 'refusal' ? [] : await this.amounts(tx, programme, years, { plan, wanted });
    const hostType = first.facts.hostType;
    const { consents } = early;
    const frozenOf = { content, hostType, years, posts, opening, consents, wanted };
    const inputs = frozenInputs(application, frozenOf);
    const derivation = [...stepsOfYears(years), ...openingSteps(posts, opening), ...cut];
    return { version: first.version, amounts, ...frozen(inputs, derivation) };
  }

  /** Each year's money comes from the line chosen for it, or the one that funds the programme in that year. */
  private async amounts(
    tx: ReadTx,
    programme: Application['programme'],
    years: readonly DecidedYear[],
    { plan, wanted }: { readonly plan: SubmittedContent['plan']; readonly wanted: Wanted },
  ): Promise<AmountFacts[]> {
    const amounts: AmountFacts[] = [];
    for (const year of years) {
      const place = wanted.lines.findIndex(({ fundingYear }) => fundingYear === year.fundingYear);
      const chosen = wanted.lines[place]?.lineId ?? null;
      const pays = year.totals.some(
        ({ source, amount }) => source === 'state_integration' && amount.isPositive(),
      );
      const line = pays
        ? await this.budget.lineFor(tx, programme, year.fundingYear, chosen && { id: chosen, place })
        : null;
      amounts.push(...amountsOf(year, plan, line));
    }
    return amounts;
  }
}

/** @throws Failure 422 with the objections so far, years without a guideline, and what a reckoning lacks */
function reckonYears(
  grounds: readonly Ground[],
  {
    posts,
    content: { plan, periodFrom },
    objections,
  }: {
    readonly posts: readonly PlacedPost[];
    readonly content: SubmittedContent;
    readonly objections: readonly Violation[];
  },
): DecidedYear[] {
  const governed = grounds.flatMap(({ version, ...ground }) =>
    version === null
      ? []
      : [{ ...ground, version, facts: fundingFacts({ ...ground, version }, posts, plan) }],
  );
  const ungoverned = grounds.filter(({ version }) => version === null);
  refuseOn([
    ...objections,
    ...ungoverned.map(({ fundingYear }) => guidelineMissing(fundingYear, periodFrom)),
    ...governed.flatMap(({ facts }) => judgeYearFacts(facts, posts, grounds.length > 1)),
  ]);
  return governed.map(({ fundingYear, version, facts }) => {
    const funding = calculateGrant(facts);
    return { fundingYear, version, facts, funding, totals: funding.totals };
  });
}

function refuseOn(objections: readonly Violation[]): void {
  if (objections.length > 0) throw ruleViolated(objections);
}

/** Everything the reckoning read: nothing of it is looked up again later. The second form of it, with a list of years. */
function frozenInputs(
  application: Application,
  {
    content,
    hostType,
    years,
    posts,
    opening,
    consents,
    wanted: { kind, provisions, on },
  }: {
    readonly content: SubmittedContent;
    readonly hostType: FundingFacts['hostType'];
    readonly years: readonly DecidedYear[];
    readonly posts: readonly PlacedPost[];
    readonly opening: Opening;
    readonly consents: readonly EarlyStartConsent[];
    readonly wanted: Pick<Wanted, 'kind' | 'provisions' | 'on'>;
  },
): object {
  const { id, caseId, centreId, recipientId, programme, submission } = application;
  const { periodFrom, periodTo, plan } = content;
  const { openedOn, knownOpenBy, assumedOpenFrom, assumedOpenReason, closedOn } = opening;
  return {
    ...{ v: 2, kind, submission },
    application: { id, caseId, centreId, recipientId, programme, periodFrom, periodTo },
    fundingYear: application.fundingYear,
    hostType,
    opening: { openedOn, knownOpenBy, assumedOpenFrom, assumedOpenReason, closedOn },
    provisions: { on, chosen: provisions.chosen.map(({ code }) => code), further: provisions.further },
    earlyStarts: consents.map(({ startsOn, consentedOn }) => ({ startsOn, consentedOn })),
    years: years.map(
      ({ fundingYear, version: { validity: _validity, ...guideline }, facts: { income } }) => ({
        ...{ fundingYear, guideline },
        otherIncome: {
          ownCents: income?.own ?? Money.zero,
          thirdPartyCents: income?.thirdParty ?? Money.zero,
        },
      }),
    ),
    posts: posts.map(({ position, category, fteHundredths, occupiedFrom, occupiedTo, ...post }) => ({
      ...{ position, category, fteHundredths, occupiedFrom, occupiedTo },
      expenditureCents: post.expectedExpenditure ?? null,
    })),
    financingPlan: plan.map(({ fundingYear, source, amount, modelled, origin }) => ({
      ...{ fundingYear, source, amountCents: amount, modelled, origin },
    })),
  };
}

function frozen(
  input: object,
  derivation: readonly DerivationStep[],
): Pick<Reckoned, 'inputs' | 'steps' | 'sha256'> {
  const [inputs, steps] = [canonical(input), canonical(derivation)];
  return { inputs, steps, sha256: sha256Hex(Buffer.from(`${inputs}\n${steps}`)) };
}

function canonical(value: unknown): string {
  return Buffer.from(canonicalBytes(value)).toString('utf8');
}
