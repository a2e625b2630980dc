import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../../audit/command-runner.js';
import type { Unit } from '../../audit/unit.js';
import { commitmentStages } from '../../budget/authorisation.rules.js';
import type { Actor } from '../../kernel/actor.js';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import { notFound, ruleViolated, stateConflict } from '../../kernel/failure.js';
import type { CaseId, DecisionId } from '../../kernel/ids.js';
import type { Text, Violation } from '../../kernel/violation.js';
import { step, stepBetween, type Posting } from '../../ledger/posting.rules.js';
import { LedgerService } from '../../ledger/ledger.service.js';
import type { ReadTx } from '../../platform/database/tx.js';
import type { Answer, Invocation } from '../../platform/invocation.js';
import { proofDueAfterRelease, proofDueOn } from '../../programmes/guideline.rules.js';
import { ApplicationDecidedService } from '../application/application-decided.service.js';
import { decisionHindrance } from '../lifecycle.rules.js';
import { ActEffectService } from './act-effect.service.js';
import { ActRepository } from './act.repository.js';
import type { DecisionAmount } from './decision-amount.entity.js';
import type { DecisionDerivation } from './decision-derivation.entity.js';
import type { Decision } from './decision.entity.js';
import { DecisionRepository, type DecisionFilter, type Slice } from './decision.repository.js';
import { isActKind } from './act-kinds.rules.js';
import { judgeNotification, judgeRelease, judgeWaiver } from './decision.rules.js';
import { finalityAfterWaiver, finalityOf, type Finality, type NotificationMode } from './finality.rules.js';
import type { GrantYear } from './grant-year.entity.js';
import { GrantYearService, type ProofOwed } from './grant-year.service.js';
import { effectiveAmount } from './in-force.rules.js';
import { NoticeService } from './notice.service.js';
import { grantedPosts } from './partial-grant.rules.js';
import { decidedYears } from './replay.rules.js';

/** A decision with its amounts, and from its release the grant years it opened. */
export interface DecisionParts {
  readonly decision: Decision;
  readonly amounts: readonly DecisionAmount[];
  readonly grantYears: readonly GrantYear[];
}

/** A grant that has been notified; `finalOn` is the first day it can no longer be challenged. */
export interface Grant extends Pick<DecisionParts, 'decision' | 'amounts'> {
  readonly finalOn: CalendarDate;
  /** Every amount the decisions of the case made known; `amounts` are those in force, as they stand. */
  readonly course: readonly DecisionAmount[];
}

/** The frozen reckoning, and how finality was computed once the decision was notified. */
export interface DecisionReckoning extends DecisionParts {
  readonly derivation: DecisionDerivation;
  readonly finality: Finality | null;
}

@Injectable()
export class DecisionService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly decisions: DecisionRepository,
    private readonly applications: ApplicationDecidedService,
    private readonly grantYears: GrantYearService,
    private readonly notices: NoticeService,
    private readonly ledger: LedgerService,
    private readonly acts: ActRepository,
    private readonly actEffects: ActEffectService,
  ) {}

  /** By another person; commits the money of every year, or refuses when an allotment or authorisation is exhausted. */
  release(invocation: Invocation<DecisionParts>, id: DecisionId): Promise<Answer> {
    return this.commands.run(invocation, 'decision.release', async (unit) => {
      const { decision, amounts } = await this.lockWithAmounts(unit, id);
      allowed(decisionHindrance(decision.state, 'released'));
      if (isActKind(decision.kind)) {
        const more = await this.actEffects.release(unit, { decision, amounts });
        return this.posted(unit, id, more);
      }
      const { application, hands } = await this.applications.lockForDecision(unit, decision.applicationId);
      const draftedBy = await this.decisions.drafters(unit, id);
      const derivation = await this.decisions.derivation(unit, decision);
      if (derivation === null) throw notFound();
      refuseOn([
        ...judgeRelease({ draftedBy, ...hands }, unit.actor),
        ...(decision.kind === 'refusal'
          ? []
          : await this.applications.judgeBegun(unit, application, grantedPosts(derivation.inputs))),
      ]);
      const { proofDueOn: due, proofMonths: months } = decision;
      const firstDueOn =
        due === null || months === null ? null : proofDueAfterRelease(due, months, unit.today);
      await this.decisions.release(unit, id, unit.today, firstDueOn);
      await this.applications.decided(unit, application);
      await this.grantYears.open(unit, decision, proofsOf(derivation.inputs, amounts, unit.today));
      return this.posted(unit, id, commitments(decision, amounts, unit.today));
    });
  }

  /** Records how and when the decision was made known, and computes when it becomes final. */
  notify(
    invocation: Invocation<DecisionParts>,
    id: DecisionId,
    { answerWeighed, ...notice }: { mode: NotificationMode; on: CalendarDate; answerWeighed: boolean },
  ): Promise<Answer> {
    return this.commands.run(invocation, 'decision.notify', async (unit) => {
      const { decision, amounts } = await this.lockWithAmounts(unit, id);
      allowed(decisionHindrance(decision.state, 'notified'));
      refuseOn([
        ...judgeNotification(notice.on, decision.releasedOn, unit.today),
        ...(await this.actEffects.judgeNotice(unit, decision, { on: notice.on, answerWeighed })),
      ]);
      const finality = finalityOf({ ...notice, remedyInformation: decision.remedyInformation });
      const freed = isActKind(decision.kind)
        ? await this.actEffects.takeEffect(unit, { decision, amounts })
        : [];
      await this.decisions.notify(unit, id, notice, finality);
      unit.note('finality', finality.derivation);
      if (answerWeighed) unit.note('answerWeighed', true);
      const answer = await this.done(unit, id);
      await this.notices.keep(unit, answer);
      await this.ledger.post(unit, freed);
      return answer;
    });
  }

  /** The recipient waives its remedies: the decision is final as soon as it counts as made known. */
  waiveRemedies(invocation: Invocation<DecisionParts>, id: DecisionId): Promise<Answer> {
    return this.commands.run(invocation, 'decision.waiveRemedies', async (unit) => {
      const decision = await this.lock(unit, id);
      allowed(decision.waivedAt === null ? null : ALREADY_WAIVED);
      refuseOn(judgeWaiver(decision, unit.today));
      const finality = finalityOfDecision(decision);
      if (finality === null) throw stateConflict(NOT_NOTIFIED);
      const { finalOn, derivation } = finalityAfterWaiver(finality, unit.today);
      await this.decisions.waive(unit, id, unit.today, finalOn);
      unit.note('finality', derivation);
      return this.done(unit, id);
    });
  }

  read(actor: Actor, id: DecisionId): Promise<DecisionParts> {
    return this.commands.read(actor, (tx) => this.require(tx, id));
  }

  list(actor: Actor, filter: DecisionFilter, slice: Slice): Promise<Decision[]> {
    return this.commands.read(actor, (tx) => this.decisions.list(tx, filter, slice));
  }

  reckoning(actor: Actor, id: DecisionId): Promise<DecisionReckoning> {
    return this.commands.read(actor, async (tx) => {
      const parts = await this.require(tx, id);
      const derivation = await this.decisions.derivation(tx, parts.decision);
      if (derivation === null) throw notFound();
      return { ...parts, derivation, finality: finalityOfDecision(parts.decision) };
    });
  }

  /** @throws Failure 404 for a decision the actor does not see */
  async require(tx: ReadTx, id: DecisionId): Promise<DecisionParts> {
    const decision = await this.found(tx, id);
    return {
      decision,
      amounts: await this.decisions.amounts(tx, id),
      grantYears: await this.grantYears.ofDecision(tx, id),
    };
  }

  async programmeOf(tx: ReadTx, id: DecisionId): Promise<Decision['programme']> {
    return (await this.found(tx, id)).programme;
  }

  /** A notified grant with the amounts its case gives now, amended or taken back as they are. @throws Failure 404, or 409 for a decision that grants nothing (yet) */
  async requireGrant(tx: ReadTx, id: DecisionId): Promise<Grant> {
    const decision = await this.found(tx, id);
    const { finalOn } = decision;
    if (decision.kind === 'refusal') throw stateConflict(NO_GRANT);
    if (isActKind(decision.kind)) throw stateConflict(NAMES_THE_GRANT);
    if (finalOn === null) throw stateConflict(NOT_NOTIFIED);
    const course = await this.acts.amountsOfCase(tx, decision.caseId);
    const amounts = course
      .filter(({ validity }) => validity === 'in_force')
      .map((row) => {
        const { amount: _decided, ...rest } = row;
        return { ...rest, amount: effectiveAmount(row) };
      });
    return { decision, amounts, course, finalOn };
  }

  /** Every decision of a case the actor sees, oldest first. */
  forCase(tx: ReadTx, caseId: CaseId): Promise<Decision[]> {
    return this.decisions.ofCase(tx, caseId);
  }

  /** Locked, in the version the caller saw. @throws Failure 404, or 412 */
  async lock(unit: Unit, id: DecisionId): Promise<Decision> {
    const decision = await this.decisions.lock(unit, id);
    if (decision === null) throw notFound();
    unit.expect(decision.version);
    return decision;
  }

  async lockWithAmounts(unit: Unit, id: DecisionId): Promise<Pick<DecisionParts, 'decision' | 'amounts'>> {
    const decision = await this.lock(unit, id);
    return { decision, amounts: await this.decisions.amounts(unit, id) };
  }

  private async found(tx: ReadTx, id: DecisionId): Promise<Decision> {
    const decision = await this.decisions.find(tx, id);
    if (decision === null) throw notFound();
    return decision;
  }

  /** The decision as the command leaves it, and the money moved last. */
  private async posted(unit: Unit, id: DecisionId, postings: readonly Posting[]): Promise<DecisionParts> {
    const answer = await this.done(unit, id);
    await this.ledger.post(unit, postings);
    return answer;
  }

  private async done(unit: Unit, id: DecisionId): Promise<DecisionParts> {
    const parts = await this.require(unit, id);
    const { version, centreId, caseId } = parts.decision;
    unit.concerns({ type: 'decision', id, version, centreId, caseId });
    return parts;
  }
}

/** The proofs a release makes due: one for each year that is granted something, by the guideline of that year. */
function proofsOf(inputs: string, amounts: readonly DecisionAmount[], releasedOn: CalendarDate): ProofOwed[] {
  return decidedYears(inputs)
    .filter(({ fundingYear: year }) => amounts.some(({ fundingYear }) => fundingYear === year))
    .map(({ facts: { fundingYear, version }, proof }) => ({
      ...{ fundingYear, guidelineVersionId: version.id },
      proofDueOn: proofDueAfterRelease(proofDueOn(proof, fundingYear), proof.proofDueMonths, releasedOn),
    }));
}

/** State money leaves the allotment, that of later years an authorisation; what others give runs over memo accounts; teachers are no money. */
function commitments(
  decision: Decision,
  amounts: readonly DecisionAmount[],
  effectiveOn: CalendarDate,
): Posting[] {
  const { programme, centreId, caseId } = decision;
  return amounts.flatMap(({ source, amount, fundingYear, lineId }) => {
    if (source === 'state_school') return [];
    const dimensions = { fundingYear, programme, centreId, caseId, source };
    return lineId === null
      ? [step('decision.release', ['memo_outside', 'memo_committed'], dimensions, { amount, effectiveOn })]
      : [
          stepBetween('decision.release', commitmentStages({ ...dimensions, lineId }, effectiveOn), {
            amount,
            effectiveOn,
          }),
        ];
  });
}

/** How the decision's finality came about; null until it is notified. */
function finalityOfDecision({
  notifiedMode,
  notifiedOn,
  remedyInformation,
  waivedOn,
}: Decision): Finality | null {
  if (notifiedMode === null || notifiedOn === null) return null;
  const finality = finalityOf({ mode: notifiedMode, on: notifiedOn, remedyInformation });
  return waivedOn === null ? finality : finalityAfterWaiver(finality, waivedOn);
}

function allowed(hindrance: Text | null): void {
  if (hindrance !== null) throw stateConflict(hindrance);
}

function refuseOn(objections: readonly Violation[]): void {
  if (objections.length > 0) throw ruleViolated(objections);
}

const ALREADY_WAIVED: Text = {
  de: 'Auf Rechtsbehelfe wurde bereits verzichtet. Was der Bescheid bewilligt, ruft die Kommune ab, sobald er bestandskräftig ist (drawdown.request).',
  en: 'Remedies have already been waived. What the decision grants the municipality calls once it is final (drawdown.request).',
};
const NOT_NOTIFIED: Text = {
  de: 'Der Bescheid ist noch nicht bekannt gegeben. Als Nächstes gibt ihn die Bewilligungsbehörde bekannt (decision.notify).',
  en: 'The decision has not been notified yet. Next, the granting authority notifies it (decision.notify).',
};
const NO_GRANT: Text = {
  de: 'Eine Ablehnung bewilligt nichts.',
  en: 'A refusal grants nothing.',
};
const NAMES_THE_GRANT: Text = {
  de: 'Abruf und Abrechnung nennen den Bewilligungsbescheid; was ihn ändert, ist darin berücksichtigt.',
  en: 'Drawdowns and settlements name the grant itself; what changes it is taken into account there.',
};
