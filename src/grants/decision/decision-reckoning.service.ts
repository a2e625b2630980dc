import { Injectable } from '@nestjs/common';
import { BudgetService } from '../../budget/budget.service.js';
import { judgeStateShares } from '../../financing/plan.rules.js';
import { canonicalBytes, sha256Hex } from '../../kernel/canonical-json.js';
import type { DerivationStep } from '../../kernel/derivation.js';
import { ruleViolated } from '../../kernel/failure.js';
import { fundingYear } from '../../kernel/funding-year.js';
import { Money } from '../../kernel/money.js';
import { violation, type Violation } from '../../kernel/violation.js';
import type { ReadTx } from '../../platform/database/tx.js';
import type { FundingFacts } from '../../programmes/funding-facts.rules.js';
import { calculateGrant, judgeFacts } from '../../programmes/funding.rules.js';
import { ApplicationPartsService, type Ground } from '../application/application-parts.service.js';
import type { Application } from '../application/application.entity.js';
import { fundingFacts } from '../application/application.rules.js';
import { judgeOpening, openingSteps, type Opening } from '../application/opening.rules.js';
import type { SubmittedContent } from '../application/submitted-content.rules.js';
import {
  amountsOf,
  decidedPosts,
  judgeAmounts,
  judgeDraft,
  type AmountFacts,
  type DecisionKind,
  type GrantedPost,
} from './decision.rules.js';
import { cutSteps } from './partial-grant.rules.js';

/** What a draft decides; the rest follows from the submission and the rules. */
export interface Wanted {
  readonly kind: DecisionKind;
  readonly reasons: string | null;
  readonly posts: readonly GrantedPost[] | null;
}

/** What a decision would fix, and the reckoning behind it, frozen. */
export interface Reckoned {
  readonly version: Ground['version'];
  readonly amounts: readonly AmountFacts[];
  readonly inputs: string;
  readonly steps: string;
  readonly sha256: string;
}

/** Reckons a decision from what was submitted, never from what the application says meanwhile. */
@Injectable()
export class DecisionReckoningService {
  constructor(
    private readonly applications: ApplicationPartsService,
    private readonly budget: BudgetService,
  ) {}

  /** Judges and computes. @throws Failure 422 with every objection */
  async reckon(tx: ReadTx, application: Application, wanted: Wanted): Promise<Reckoned> {
    const content = await this.applications.submitted(tx, application);
    const asked = content.posts;
    const draft = { ...wanted, asked, granted: wanted.posts };
    const { centreId, programme } = application;
    const { periodFrom } = content;
    const { ground, opening } = await this.applications.groundOf(tx, { centreId, programme, periodFrom });
    const posts = decidedPosts(draft);
    const objections = [...judgeDraft(draft), ...(posts.length === 0 ? [] : judgeOpening(posts, opening))];
    if (ground === null) throw ruleViolated([...objections, noGuideline(application.fundingYear)]);
    refuseOn(objections);
    const facts = fundingFacts(ground, fundingYear(application.fundingYear), posts, content.plan);
    refuseOn(judgeFacts(facts));
    const funding = calculateGrant(facts);
    const { totals } = funding;
    refuseOn([
      ...judgeAmounts(wanted.kind, totals),
      ...(wanted.kind === 'grant' ? judgeStateShares(content.plan, totals) : []),
    ]);
    const cut =
      wanted.kind === 'partial_grant' ? cutSteps({ asked, granted: posts, plan: content.plan, totals }) : [];
    const amounts = await this.amounts(tx, application, { kind: wanted.kind, totals, plan: content.plan });
    const inputs = frozenInputs(application, { content, ground, facts, opening, kind: wanted.kind });
    const derivation = [...funding.derivation, ...openingSteps(posts, opening), ...cut];
    return { version: ground.version, amounts, ...frozen(inputs, derivation) };
  }

  private async amounts(
    tx: ReadTx,
    { programme, fundingYear: year }: Application,
    {
      kind,
      totals,
      plan,
    }: { kind: DecisionKind; totals: Parameters<typeof amountsOf>[0]; plan: SubmittedContent['plan'] },
  ): Promise<AmountFacts[]> {
    if (kind === 'refusal') return [];
    const pays = totals.some(({ source, amount }) => source === 'state_integration' && amount.isPositive());
    return amountsOf(totals, plan, pays ? await this.budget.lineFor(tx, programme, year) : null);
  }
}

function refuseOn(objections: readonly Violation[]): void {
  if (objections.length > 0) throw ruleViolated(objections);
}

function noGuideline(year: number): Violation {
  return violation('no-guideline-in-force', null, {
    de: `Für das Haushaltsjahr ${String(year)} gilt keine Richtlinie.`,
    en: `No guideline is in force for the funding year ${String(year)}.`,
  });
}

/** Everything the reckoning read: nothing of it is looked up again later. */
function frozenInputs(
  application: Application,
  {
    content,
    ground,
    facts,
    opening,
    kind,
  }: { content: SubmittedContent; ground: Ground; facts: FundingFacts; opening: Opening; kind: DecisionKind },
): object {
  const { id, caseId, centreId, recipientId, programme, submission } = application;
  const { periodFrom, periodTo, plan } = content;
  const { validity: _validity, ...guideline } = ground.version;
  const { openedOn, knownOpenBy, assumedOpenFrom, assumedOpenReason, closedOn } = opening;
  return {
    ...{ kind, submission },
    application: { id, caseId, centreId, recipientId, programme, periodFrom, periodTo },
    fundingYear: application.fundingYear,
    hostType: ground.hostType,
    opening: { openedOn, knownOpenBy, assumedOpenFrom, assumedOpenReason, closedOn },
    guideline,
    posts: facts.posts.map(({ key, category, fteHundredths, occupied, expenditure = null }) => ({
      ...{ position: Number(key), category, fteHundredths },
      ...{ occupiedFrom: occupied.from, occupiedTo: occupied.to, expenditureCents: expenditure },
    })),
    otherIncome: {
      ownCents: facts.income?.own ?? Money.zero,
      thirdPartyCents: facts.income?.thirdParty ?? Money.zero,
    },
    financingPlan: plan.map(({ source, amount, modelled, origin }) => ({
      ...{ source, amountCents: amount, modelled, origin },
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
