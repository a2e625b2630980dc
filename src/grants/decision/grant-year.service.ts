import { Injectable } from '@nestjs/common';
import type { Unit } from '../../audit/unit.js';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import { notFound } from '../../kernel/failure.js';
import {
  newId,
  type CaseId,
  type CentreId,
  type DecisionId,
  type GuidelineVersionId,
} from '../../kernel/ids.js';
import type { ReadTx } from '../../platform/database/tx.js';
import type { ProgrammeCode } from '../../programmes/guideline.rules.js';
import type { Decision } from './decision.entity.js';
import type { GrantYear } from './grant-year.entity.js';
import { isOverdue } from './grant-year.rules.js';
import { GrantYearRepository } from './grant-year.repository.js';

/** By when the use of one year's money must be proved, and the guideline that says so. */
export type ProofOwed = Pick<GrantYear, 'fundingYear' | 'guidelineVersionId' | 'proofDueOn'>;

/** The proof owed for each funding year of a grant. Settlement writes here, drawdowns read here. */
@Injectable()
export class GrantYearService {
  constructor(private readonly years: GrantYearRepository) {}

  /** Opened by the release of a grant, one for each funding year of it. */
  async open(
    unit: Unit,
    { id: decisionId, caseId, centreId, programme }: Decision,
    proofs: readonly ProofOwed[],
  ): Promise<void> {
    for (const proof of proofs) {
      const year = { id: newId<GrantYear['id']>(), decisionId, caseId, centreId, programme, ...proof };
      await this.years.insert(unit, year);
      concern(unit, year, 1);
    }
  }

  /** The grant years a decision opened, in order; none before its release. */
  ofDecision(tx: ReadTx, decisionId: DecisionId): Promise<GrantYear[]> {
    return this.years.ofDecision(tx, decisionId);
  }

  /** The guideline version that governs a year of a decision; that of its first year where it grants nothing for it. */
  async guidelineOf(
    tx: ReadTx,
    { caseId, guidelineVersionId }: Pick<Decision, 'caseId' | 'guidelineVersionId'>,
    fundingYear: number,
  ): Promise<GuidelineVersionId> {
    const year = await this.years.find(tx, caseId, fundingYear);
    return year?.guidelineVersionId ?? guidelineVersionId;
  }

  /** The grant year, locked. @throws Failure 404 */
  async forUpdate(unit: Unit, caseId: CaseId, fundingYear: number): Promise<GrantYear> {
    return found(await this.years.lock(unit, caseId, fundingYear));
  }

  /** @throws Failure 404 */
  async require(tx: ReadTx, caseId: CaseId, fundingYear: number): Promise<GrantYear> {
    return found(await this.years.find(tx, caseId, fundingYear));
  }

  /** The proofs of years before the given one that are overdue today and have not arrived, oldest first. */
  async overdueProofs(
    unit: Unit,
    { centreId, programme, before }: { centreId: CentreId; programme: ProgrammeCode; before: number },
  ): Promise<GrantYear[]> {
    const years = await this.years.ofCentre(unit, centreId, programme);
    return years.filter((year) => year.fundingYear < before && isOverdue(year, unit.today));
  }

  /** The proof came in on this day. */
  async proofReceived(
    unit: Unit,
    { id, caseId, fundingYear }: GrantYear,
    on: CalendarDate,
  ): Promise<GrantYear> {
    await this.years.received(unit, id, on);
    return this.changed(unit, caseId, fundingYear);
  }

  /** The proof was examined and accepted. */
  async settled(unit: Unit, { id, caseId, fundingYear }: GrantYear, on: CalendarDate): Promise<GrantYear> {
    await this.years.settled(unit, id, on);
    return this.changed(unit, caseId, fundingYear);
  }

  private async changed(unit: Unit, caseId: CaseId, fundingYear: number): Promise<GrantYear> {
    const year = await this.require(unit, caseId, fundingYear);
    concern(unit, year, year.version);
    return year;
  }
}

function found(year: GrantYear | null): GrantYear {
  if (year === null) throw notFound();
  return year;
}

function concern(
  unit: Unit,
  { id, caseId, centreId }: Pick<GrantYear, 'id' | 'caseId' | 'centreId'>,
  version: number,
): void {
  unit.concerns({ type: 'grant_year', id, version, centreId, caseId });
}
