import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../../audit/command-runner.js';
import type { Unit } from '../../audit/unit.js';
import { BudgetService } from '../../budget/budget.service.js';
import { isInKind, type FundingSource } from '../../financing/plan.rules.js';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import { canonicalBytes, sha256Hex } from '../../kernel/canonical-json.js';
import type { DerivationStep } from '../../kernel/derivation.js';
import { Failure, ruleViolated, stateConflict } from '../../kernel/failure.js';
import { newId, type DecisionId, type Id } from '../../kernel/ids.js';
import { Money } from '../../kernel/money.js';
import { violation, type Violation } from '../../kernel/violation.js';
import type { Answer, Invocation } from '../../platform/invocation.js';
import { noticedHindrance } from '../lifecycle.rules.js';
import { changeSteps, frozenGrant, type AmendedPost } from './act-posts.rules.js';
import { ActReckoningService } from './act-reckoning.service.js';
import {
  anotherAct,
  CHANGED,
  fileNumberTaken,
  namesTheBasis,
  NOTHING_AMENDED,
  NOTHING_TAKEN,
  NOTHING_TO_CHANGE,
} from './act-hindrance.rules.js';
import { ActRepository, type NewActAmount } from './act.repository.js';
import {
  groundsOf,
  isState,
  judgeAmendment,
  judgeTakenAmounts,
  judgeTakingBack,
  judgeWishes,
  rowOf,
  type Ground,
  type NewAmountWish,
  type TakingBack,
} from './act.rules.js';
import type { AuditCopy } from './audit-copy.rules.js';
import type { Decision } from './decision.entity.js';
import { DecisionRepository } from './decision.repository.js';
import { isActKind, type ActKind } from './act-kinds.rules.js';
import { DecisionService, type DecisionParts } from './decision.service.js';
import { keptProvisions, wantedProvisions } from './provision.rules.js';
import { StandingService, type CaseStanding } from './standing.service.js';

/** What every act on a decision says. */
export interface ActWording {
  readonly fileNumber: string;
  readonly reasons: string;
  readonly remedyInformation: boolean;
}

export interface StatedAmount {
  readonly fundingYear: number;
  readonly source: FundingSource;
  readonly amountCents: Money;
}

export interface AmendmentInput extends ActWording {
  /** The posts as they are to be from now on; null leaves them, and the state's money with them. */
  readonly posts: readonly AmendedPost[] | null;
  readonly amounts: readonly StatedAmount[];
}

export interface TakingBackInput extends ActWording {
  readonly ground: Ground;
  readonly knownOn: CalendarDate;
  readonly knowledgeReasons: string;
  /** What is left of single amounts; null takes back all of the state's. */
  readonly amounts: readonly StatedAmount[] | null;
}

/** A decision on a decision: drafted on what stands, frozen with what it changes. */
@Injectable()
export class ActDraftService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly acts: ActRepository,
    private readonly decisions: DecisionRepository,
    private readonly parts: DecisionService,
    private readonly standing: StandingService,
    private readonly reckoning: ActReckoningService,
    private readonly budget: BudgetService,
  ) {}

  amend(invocation: Invocation<DecisionParts>, id: DecisionId, input: AmendmentInput): Promise<Answer> {
    return this.commands.run(invocation, 'decision.amend', async (unit) => {
      const basis = await this.lockBasis(unit, id);
      const stands = await this.standing.ofCase(unit, basis.caseId);
      const former = await this.reckoning.latestInputs(unit, basis);
      const amounts = stated(input.amounts);
      const ofPosts =
        input.posts === null
          ? { wishes: [], steps: [], inputs: frozenGrant(former) }
          : await this.reckoning.reckon(unit, basis, former, {
              ...{ posts: input.posts, stated: amounts, on: unit.today },
            });
      const wishes = [...ofPosts.wishes, ...amounts];
      refuseOn([
        ...reckonedAnyway(input),
        ...judgeWishes(stands.rows, wishes, NOTHING_AMENDED),
        ...judgeAmendment(stands.rows, wishes, stands.settledYears),
      ]);
      return this.draft(unit, {
        ...{ basis, kind: 'amendment', wording: input, stands, wishes },
        ...{ steps: ofPosts.steps, inputs: ofPosts.inputs, taking: null },
        provision: '§ 43 Abs. 2 VwVfG NRW',
      });
    });
  }

  withdraw(invocation: Invocation<DecisionParts>, id: DecisionId, input: TakingBackInput): Promise<Answer> {
    return this.commands.run(invocation, 'decision.withdraw', (unit) =>
      this.takeBack(unit, id, 'withdrawal', input),
    );
  }

  revoke(invocation: Invocation<DecisionParts>, id: DecisionId, input: TakingBackInput): Promise<Answer> {
    return this.commands.run(invocation, 'decision.revoke', (unit) =>
      this.takeBack(unit, id, 'revocation', input),
    );
  }

  private async takeBack(
    unit: Unit,
    id: DecisionId,
    kind: TakingBack,
    input: TakingBackInput,
  ): Promise<DecisionParts> {
    const basis = await this.lockBasis(unit, id);
    const stands = await this.standing.ofCase(unit, basis.caseId);
    const hearings = await this.acts.hearingsOfCase(unit, basis.caseId);
    const hearing = hearings.findLast(({ purpose }) => purpose === kind) ?? null;
    const wishes = input.amounts === null ? nothingLeft(stands) : stated(input.amounts);
    refuseOn([
      ...judgeTakingBack({ ...input, kind, hearing }, unit.today),
      ...judgeWishes(stands.rows, wishes, NOTHING_TAKEN),
      ...judgeTakenAmounts(stands.rows, wishes),
    ]);
    if (hearing === null) throw new Error('judgeTakingBack let an act without a hearing pass');
    const { ground, knownOn, knowledgeReasons } = input;
    return this.draft(unit, {
      ...{ basis, kind, wording: input, stands, wishes, steps: [] },
      inputs: frozenGrant(await this.reckoning.latestInputs(unit, basis)),
      taking: { hearingId: hearing.id, ground, knownOn, knowledgeReasons },
      provision: groundsOf[kind][ground] ?? '§ 49 VwVfG NRW',
    });
  }

  /** The decision an act is about, locked. @throws Failure 404, 409, 412 */
  private async lockBasis(unit: Unit, id: DecisionId): Promise<Decision> {
    const decision = await this.parts.lock(unit, id);
    if (isActKind(decision.kind)) throw stateConflict(namesTheBasis(decision.basisId));
    if (decision.kind === 'refusal') throw stateConflict(NOTHING_TO_CHANGE);
    const hindrance = noticedHindrance(decision.state, CHANGED);
    if (hindrance !== null) throw stateConflict(hindrance);
    const unfinished = await this.acts.unfinished(unit, decision.caseId);
    if (unfinished !== null) throw new Failure('duplicate', { detail: anotherAct(unfinished.fileNumber) });
    return decision;
  }

  private async draft(unit: Unit, act: Drafted): Promise<DecisionParts> {
    const { basis, kind, wording, stands, taking } = act;
    const { fileNumber, reasons, remedyInformation } = wording;
    const { caseId, applicationId, submission, centreId, recipientId, programme, fundingYear } = basis;
    const id = newId<DecisionId>();
    if (await this.decisions.isFileNumberTaken(unit, { id, programme, fundingYear }, fileNumber)) {
      throw new Failure('duplicate', { violations: [fileNumberTaken(fileNumber)] });
    }
    const changes = act.wishes
      .map((wish) => ({ ...wish, standing: rowOf(stands.rows, wish) }))
      .map((wish) => ({ ...wish, former: wish.standing?.amount ?? Money.zero }))
      .filter(({ amount, former }) => !amount.equals(former));
    const amounts: NewActAmount[] = [];
    for (const change of changes) {
      const { source, amount, standing } = change;
      const isMoneyOfState = isState(source) && !isInKind(source);
      const lineId = isMoneyOfState
        ? (standing?.row.lineId ?? (await this.budget.lineFor(unit, programme, change.fundingYear)))
        : null;
      amounts.push({
        ...{ id: newId<NewActAmount['id']>(), decisionId: id, caseId, centreId, lineId, source, amount },
        ...{ fundingYear: change.fundingYear, inKind: isInKind(source) },
        modelled: standing?.row.modelled ?? false,
        replacesId: standing?.row.id ?? null,
        replaced: standing?.amount ?? null,
        toBeRepaid: isMoneyOfState
          ? Money.max(Money.zero, (standing?.called ?? Money.zero).minus(amount))
          : null,
      });
    }
    await this.acts.insert(
      unit,
      {
        ...{ id, caseId, applicationId, submission, centreId, recipientId, programme, fundingYear, kind },
        ...{ fileNumber, reasons, remedyInformation, basisId: basis.id },
        guidelineVersionId: basis.guidelineVersionId,
        ...copyAsOf(basis),
        ...keptProvisions(wantedProvisions(basis)),
        ...(taking ?? NOT_TAKING),
      },
      amounts,
    );
    const steps = [...act.steps, ...changeSteps(changes, act.provision)];
    await this.freeze(unit, { ...act, id, steps });
    const drafted = await this.parts.require(unit, id);
    unit.concerns({ type: 'decision', id, version: drafted.decision.version, centreId, caseId });
    return drafted;
  }

  private async freeze(unit: Unit, act: Drafted & { readonly id: DecisionId }): Promise<void> {
    const { id: decisionId, basis, kind, stands, wishes, taking } = act;
    const inputs = canonical({
      ...{ ...act.inputs, kind },
      act: {
        ...{ basisId: basis.id, basisFileNumber: basis.fileNumber, taking },
        stood: stands.rows.map(({ fundingYear, source, amount, called }) => ({
          ...{ fundingYear, source, amountCents: amount, calledCents: called },
        })),
        wanted: wishes.map(({ fundingYear, source, amount }) => ({
          fundingYear,
          source,
          amountCents: amount,
        })),
      },
    });
    const steps = canonical(act.steps);
    const sha256 = sha256Hex(Buffer.from(`${inputs}\n${steps}`));
    const { caseId, centreId } = basis;
    const id = newId<Id<'DecisionDerivation'>>();
    await this.decisions.addDerivation(unit, {
      ...{ id, decisionId, caseId, centreId, draft: 1, inputs, steps, sha256 },
    });
  }
}

/** An act about to be written. */
interface Drafted {
  readonly basis: Decision;
  readonly kind: ActKind;
  readonly wording: ActWording;
  readonly stands: CaseStanding;
  readonly wishes: readonly NewAmountWish[];
  readonly steps: readonly DerivationStep[];
  readonly inputs: object;
  readonly taking: Pick<Decision, 'hearingId' | 'ground' | 'knownOn' | 'knowledgeReasons'> | null;
  readonly provision: string;
}

const NOT_TAKING = { hearingId: null, ground: null, knownOn: null, knowledgeReasons: null };

function stated(amounts: readonly StatedAmount[]): NewAmountWish[] {
  return amounts.map(({ fundingYear, source, amountCents: amount }, index) => ({
    ...{ fundingYear, source, amount, pointer: `/amounts/${String(index)}` },
  }));
}

/** Of everything the state gives, nothing is left. */
function nothingLeft({ rows }: CaseStanding): NewAmountWish[] {
  return rows
    .filter(({ source }) => isState(source))
    .map(({ fundingYear, source }) => ({ fundingYear, source, amount: Money.zero, pointer: null }));
}

/** Where posts are stated, the state's money follows from them. */
function reckonedAnyway({ posts, amounts }: AmendmentInput): Violation[] {
  if (posts === null) return [];
  return amounts.flatMap(({ source }, index) =>
    isState(source)
      ? [
          violation(
            'computed-by-guideline',
            'VVG zu § 44 LHO',
            {
              de: 'Was das Land gibt, ergibt sich aus den genannten Stellen.',
              en: 'What the state gives follows from the posts stated.',
            },
            `/amounts/${String(index)}/source`,
          ),
        ]
      : [],
  );
}

function canonical(value: unknown): string {
  return Buffer.from(canonicalBytes(value)).toString('utf8');
}

/** What goes to the court of audit once goes there with every later change. */
function copyAsOf(basis: Decision): AuditCopy {
  const { copyRequired, copyThreshold, copyBasis, copyConfidence, copyWaiver } = basis;
  return { copyRequired, copyThreshold, copyBasis, copyConfidence, copyWaiver };
}

function refuseOn(objections: readonly Violation[]): void {
  if (objections.length > 0) throw ruleViolated(objections);
}
