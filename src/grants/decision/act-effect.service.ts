import { Injectable } from '@nestjs/common';
import type { Unit } from '../../audit/unit.js';
import { commitmentStages } from '../../budget/authorisation.rules.js';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import { notFound, ruleViolated, stateConflict } from '../../kernel/failure.js';
import { Money } from '../../kernel/money.js';
import type { Text, Violation } from '../../kernel/violation.js';
import { step, stepBetween, type Posting } from '../../ledger/posting.rules.js';
import { takeBack, type Commitment } from '../../ledger/reversal.rules.js';
import { proofDueAfterRelease, proofDueOn } from '../../programmes/guideline.rules.js';
import { ActReckoningService } from './act-reckoning.service.js';
import { ActRepository } from './act.repository.js';
import { judgeAmendment, judgeYear } from './act.rules.js';
import type { DecisionAmount } from './decision-amount.entity.js';
import type { Decision } from './decision.entity.js';
import { DecisionRepository } from './decision.repository.js';
import type { ActKind } from './act-kinds.rules.js';
import { judgeRelease, type AmountValidity } from './decision.rules.js';
import { judgeWeighing } from './hearing.rules.js';
import { GrantYearService } from './grant-year.service.js';
import { changeOf } from './in-force.rules.js';
import { decidedYears } from './replay.rules.js';
import { StandingService, type CaseStanding } from './standing.service.js';

/** An act with its amounts. */
export interface Act {
  readonly decision: Decision;
  readonly amounts: readonly DecisionAmount[];
}

/** What becomes of the amounts an act replaces. */
const replacedBy: Readonly<Record<ActKind, AmountValidity>> = {
  amendment: 'superseded',
  withdrawal: 'withdrawn',
  revocation: 'revoked',
};

/**
 * What an act does to the money of its case: what it gives more is committed at its release, so that nobody else
 * promises it; what it takes is freed with its notice, because the former decision holds until then (§ 43 VwVfG NRW).
 */
@Injectable()
export class ActEffectService {
  constructor(
    private readonly acts: ActRepository,
    private readonly decisions: DecisionRepository,
    private readonly standing: StandingService,
    private readonly grantYears: GrantYearService,
    private readonly reckoning: ActReckoningService,
  ) {}

  /**
   * By another person, on what stands unchanged since the draft and with nothing said since that nobody weighed
   * (§ 28 (1) VwVfG NRW); answers what is to be committed.
   */
  async release(unit: Unit, { decision, amounts }: Act): Promise<Posting[]> {
    const stands = await this.standing.ofCase(unit, decision.caseId);
    refuseStale(stands, amounts);
    if (await this.acts.isAnsweredSince(unit, decision.id, 'drafted')) throw stateConflict(ANSWERED_SINCE);
    const draftedBy = await this.decisions.drafters(unit, decision.id);
    refuseOn([
      ...judgeRelease({ draftedBy, checkedBy: [], recommendedBy: null }, unit.actor),
      ...judgeStill({ decision, amounts }, stands, unit.today),
      ...(decision.kind === 'amendment' ? await this.reckoning.judgeBegun(unit, decision, unit.today) : []),
    ]);
    await this.acts.release(unit, decision.id, unit.today);
    return amounts.flatMap((row) => {
      const more = changeOf(row);
      return more.isPositive() ? commit('decision.release', decision, row, { more, on: unit.today }) : [];
    });
  }

  /** A withdrawal or revocation made known a day late has no effect (§ 48 (4) VwVfG NRW), nor one past what was said. */
  async judgeNotice(
    unit: Unit,
    { id, kind, ground, knownOn }: Decision,
    { on, answerWeighed }: { readonly on: CalendarDate; readonly answerWeighed: boolean },
  ): Promise<Violation[]> {
    if (kind !== 'withdrawal' && kind !== 'revocation') return [];
    const isAnswered = await this.acts.isAnsweredSince(unit, id, 'released');
    return [
      ...(ground === null || knownOn === null ? [] : judgeYear(kind, { ground, knownOn }, on)),
      ...judgeWeighing(isAnswered, answerWeighed),
    ];
  }

  /** From its notice on the act holds and what it replaces does not; answers what is freed. */
  async takeEffect(unit: Unit, { decision, amounts }: Act): Promise<Posting[]> {
    const { id, caseId, centreId, basisId, kind } = decision;
    const { commitments } = await this.standing.ofCase(unit, caseId);
    await this.acts.takeEffect(unit, id, replacedBy[kind as ActKind]);
    await this.openYears(unit, decision, amounts);
    if (basisId !== null) {
      const version = await this.acts.touch(unit, basisId);
      unit.concerns({ type: 'decision', id: basisId, version, centreId, caseId });
    }
    const postings: Posting[] = [];
    for (const row of amounts) {
      const freed = free('decision.notify', row, commitments, {
        less: changeOf(row).negated(),
        on: unit.today,
      });
      postings.push(...freed.postings);
      if (row.lineId !== null) await this.acts.toBeRepaid(unit, row.id, freed.missing);
    }
    return postings;
  }

  /** An amendment may reach into years the grant did not know: their use has to be proved, too. */
  private async openYears(unit: Unit, decision: Decision, amounts: readonly DecisionAmount[]): Promise<void> {
    const { caseId, centreId, programme, basisId } = decision;
    if (basisId === null) return;
    const known = await this.acts.yearsOfCase(unit, caseId);
    const isNew = (year: number) =>
      amounts.some((row) => row.fundingYear === year && row.lineId !== null && row.amount.isPositive()) &&
      known.every((one) => one.fundingYear !== year);
    const derivation = await this.decisions.derivation(unit, decision);
    if (derivation === null) throw notFound();
    const proofs = decidedYears(derivation.inputs)
      .filter((year) => isNew(year.fundingYear))
      .map(({ facts: { fundingYear: year, version }, proof }) => ({
        ...{ fundingYear: year, guidelineVersionId: version.id },
        proofDueOn: proofDueAfterRelease(proofDueOn(proof, year), proof.proofDueMonths, unit.today),
      }));
    await this.grantYears.open(unit, { id: basisId, caseId, centreId, programme }, proofs);
  }
}

/** Commits more for a row; teachers are no money. */
export function commit(
  code: string,
  { programme, centreId, caseId }: Pick<Decision, 'programme' | 'centreId' | 'caseId'>,
  { source, fundingYear: year, lineId }: DecisionAmount,
  { more: amount, on: effectiveOn }: { readonly more: Money; readonly on: CalendarDate },
): Posting[] {
  if (source === 'state_school') return [];
  const dimensions = { fundingYear: year, programme, centreId, caseId, source };
  return lineId === null
    ? [step(code, ['memo_outside', 'memo_committed'], dimensions, { amount, effectiveOn })]
    : [stepBetween(code, commitmentStages({ ...dimensions, lineId }, effectiveOn), { amount, effectiveOn })];
}

/** Frees what a row loses, as far as it has not been called; what is missing would have to be paid back. */
export function free(
  code: string,
  { source, fundingYear: year, lineId }: DecisionAmount,
  commitments: readonly Commitment[],
  { less: amount, on }: { readonly less: Money; readonly on: CalendarDate },
): { readonly postings: readonly Posting[]; readonly missing: Money } {
  if (source === 'state_school' || !amount.isPositive()) return { postings: [], missing: Money.zero };
  return takeBack(commitments, { fundingYear: year, source, lineId, amount }, code, on);
}

/** An act rests on what stood when it was drafted. */
function refuseStale({ rows }: CaseStanding, amounts: readonly DecisionAmount[]): void {
  const stale = amounts.some(({ replacesId, replaced }) => {
    const stands = rows.find(({ row }) => row.id === replacesId);
    return replacesId !== null && (stands === undefined || replaced?.equals(stands.amount) !== true);
  });
  if (stale) throw stateConflict(STALE);
}

/** What held at the draft must hold at the release. */
function judgeStill({ decision, amounts }: Act, stands: CaseStanding, today: CalendarDate): Violation[] {
  const { kind, ground, knownOn } = decision;
  if (kind === 'withdrawal' || kind === 'revocation') {
    return ground === null || knownOn === null ? [] : judgeYear(kind, { ground, knownOn }, today);
  }
  const wishes = amounts.map(({ fundingYear: year, source, amount }) => ({
    ...{ fundingYear: year, source, amount, pointer: null },
  }));
  return judgeAmendment(stands.rows, wishes, stands.settledYears);
}

function refuseOn(objections: readonly Violation[]): void {
  if (objections.length > 0) throw ruleViolated(objections);
}

const STALE: Text = {
  de: 'Was geändert werden soll, hat sich seit dem Entwurf selbst geändert. Der Entwurf ist zu verwerfen (decision.discard) und neu zu fassen.',
  en: 'What is to be changed has itself changed since the draft. The draft is to be discarded (decision.discard) and made anew.',
};
const ANSWERED_SINCE: Text = {
  de: 'Die Kommune hat sich nach dem Entwurf in der Anhörung geäußert, und das ist zu würdigen. Der Entwurf ist zu verwerfen (decision.discard) und neu zu fassen.',
  en: 'The municipality has answered the hearing since the draft, and that is to be weighed. The draft is to be discarded (decision.discard) and made anew.',
};
