import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../../audit/command-runner.js';
import { BudgetService } from '../../budget/budget.service.js';
import type { Unit } from '../../audit/unit.js';
import { judgeStateShares } from '../../financing/plan.rules.js';
import { canonicalBytes, sha256Hex } from '../../kernel/canonical-json.js';
import { Failure, ruleViolated, stateConflict } from '../../kernel/failure.js';
import { fundingYear } from '../../kernel/funding-year.js';
import { newId, type ApplicationId, type DecisionId } from '../../kernel/ids.js';
import { Money } from '../../kernel/money.js';
import { violation } from '../../kernel/violation.js';
import type { Answer, Invocation } from '../../platform/invocation.js';
import type { Funding, FundingFacts } from '../../programmes/funding-facts.rules.js';
import { calculateGrant, judgeFacts } from '../../programmes/funding.rules.js';
import { proofDueOn } from '../../programmes/guideline.rules.js';
import {
  ApplicationPartsService,
  type ApplicationParts,
  type Ground,
} from '../application/application-parts.service.js';
import { fundingFacts } from '../application/application.rules.js';
import { applicationHindrance } from '../lifecycle.rules.js';
import type { DecisionAmount } from './decision-amount.entity.js';
import { DecisionRepository } from './decision.repository.js';
import {
  amountsOf,
  decidedPosts,
  judgeAmounts,
  judgeDraft,
  type AmountFacts,
  type DecisionKind,
  type GrantedPost,
} from './decision.rules.js';
import { DecisionService, type DecisionParts } from './decision.service.js';

export interface DecisionInput {
  readonly applicationId: ApplicationId;
  readonly kind: DecisionKind;
  readonly fileNumber: string;
  readonly reasons: string | null;
  readonly remedyInformation: boolean;
  readonly posts: readonly GrantedPost[] | null;
}

/** What a decision would fix, and the reckoning behind it. */
interface Reckoned {
  readonly ground: Ground;
  readonly facts: FundingFacts;
  readonly funding: Funding;
  readonly amounts: readonly AmountFacts[];
}

/** Drafting a decision: from the application as it was submitted, by the rules of that day, frozen with all inputs. */
@Injectable()
export class DecisionDraftService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly applications: ApplicationPartsService,
    private readonly decisions: DecisionRepository,
    private readonly decisionParts: DecisionService,
    private readonly budget: BudgetService,
  ) {}

  draft(invocation: Invocation<DecisionParts>, input: DecisionInput): Promise<Answer> {
    return this.commands.run(invocation, 'decision.draft', async (unit) => {
      const parts = await this.applications.lock(unit, input.applicationId);
      const { application } = parts;
      const hindrance = applicationHindrance(application.state, 'decided');
      if (hindrance !== null) throw stateConflict(hindrance);
      if ((await this.decisions.ofApplication(unit, application.id)) !== null) {
        throw new Failure('duplicate', { detail: ALREADY_DRAFTED });
      }
      const { ground, facts, funding, amounts } = await this.reckon(unit, input, parts);
      const year = fundingYear(application.fundingYear);
      const id = newId<DecisionId>();
      const { caseId, centreId, recipientId, programme, submission } = application;
      await this.decisions.insert(unit, {
        ...{ id, caseId, centreId, recipientId, programme, submission, fundingYear: year },
        ...{ applicationId: application.id, kind: input.kind, fileNumber: input.fileNumber },
        ...{ reasons: input.reasons, remedyInformation: input.remedyInformation },
        guidelineVersionId: ground.version.id,
        proofDueOn: input.kind === 'refusal' ? null : proofDueOn(ground.version, year),
      });
      await this.decisions.addAmounts(
        unit,
        amounts.map((amount) => ({
          ...{ id: newId<DecisionAmount['id']>(), decisionId: id, caseId, centreId, fundingYear: year },
          ...amount,
        })),
      );
      const inputs = canonical({ kind: input.kind, submission, ...frozen(parts, ground, facts) });
      const steps = canonical(funding.derivation);
      const sha256 = sha256Hex(Buffer.from(`${inputs}\n${steps}`));
      await this.decisions.addDerivation(unit, { id, caseId, centreId, inputs, steps, sha256 });
      unit.concerns({ type: 'decision', id, version: 1, centreId, caseId });
      return this.decisionParts.require(unit, id);
    });
  }

  /** Judges and computes. @throws Failure 422 with every objection */
  private async reckon(unit: Unit, input: DecisionInput, parts: ApplicationParts): Promise<Reckoned> {
    const { application, plan, posts: asked } = parts;
    const objections = judgeDraft({ ...input, asked, granted: input.posts });
    const { ground } = await this.applications.groundOf(unit, application);
    if (ground === null) {
      throw ruleViolated([...objections, noGuideline(application.fundingYear)]);
    }
    if (objections.length > 0) throw ruleViolated(objections);
    const posts = decidedPosts({ ...input, asked, granted: input.posts });
    const facts = fundingFacts(ground, fundingYear(application.fundingYear), posts, plan);
    const missing = judgeFacts(facts);
    if (missing.length > 0) throw ruleViolated(missing);
    const funding = calculateGrant(facts);
    objections.push(...judgeAmounts(input.kind, funding.totals));
    if (input.kind === 'grant') objections.push(...judgeStateShares(plan, funding.totals));
    if (objections.length > 0) throw ruleViolated(objections);
    const pays = funding.totals.some(
      ({ source, amount }) => source === 'state_integration' && amount.isPositive(),
    );
    const lineId = pays
      ? await this.budget.lineFor(unit, application.programme, application.fundingYear)
      : null;
    const amounts = input.kind === 'refusal' ? [] : amountsOf(funding.totals, plan, lineId);
    return { ground, facts, funding, amounts };
  }
}

const ALREADY_DRAFTED = {
  de: 'Zu diesem Antrag gibt es schon einen Bescheid oder Entwurf.',
  en: 'There already is a decision or a draft for this application.',
};

function noGuideline(year: number) {
  return violation('no-guideline-in-force', null, {
    de: `Für das Haushaltsjahr ${String(year)} gilt keine Richtlinie.`,
    en: `No guideline is in force for the funding year ${String(year)}.`,
  });
}

/** Everything the reckoning read: nothing of it is looked up again later. */
function frozen(
  { application, plan }: ApplicationParts,
  { version, hostType }: Ground,
  { posts, income }: FundingFacts,
): object {
  const { id, caseId, centreId, recipientId, programme, periodFrom, periodTo } = application;
  const { validity: _validity, ...guideline } = version;
  return {
    application: { id, caseId, centreId, recipientId, programme, periodFrom, periodTo },
    fundingYear: application.fundingYear,
    hostType,
    guideline,
    posts: posts.map(({ key, category, fteHundredths, occupied, expenditure = null }) => ({
      ...{ position: Number(key), category, fteHundredths },
      ...{ occupiedFrom: occupied.from, occupiedTo: occupied.to, expenditureCents: expenditure },
    })),
    otherIncome: {
      ownCents: income?.own ?? Money.zero,
      thirdPartyCents: income?.thirdParty ?? Money.zero,
    },
    financingPlan: plan.map(({ source, amount, modelled, origin }) => ({
      ...{ source, amountCents: amount, modelled, origin },
    })),
  };
}

function canonical(value: unknown): string {
  return Buffer.from(canonicalBytes(value)).toString('utf8');
}
