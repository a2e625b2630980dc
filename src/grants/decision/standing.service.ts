import { Injectable } from '@nestjs/common';
import type { CaseId } from '../../kernel/ids.js';
import { Money } from '../../kernel/money.js';
import { LedgerService } from '../../ledger/ledger.service.js';
import { lyingFor, type Commitment } from '../../ledger/reversal.rules.js';
import type { ReadTx } from '../../platform/database/tx.js';
import { ActRepository } from './act.repository.js';
import type { StandingRow } from './act.rules.js';
import type { DecisionAmount } from './decision-amount.entity.js';
import { effectiveAmount } from './in-force.rules.js';

/** An amount in force with what an act on it must know. */
export interface Standing extends StandingRow {
  readonly row: DecisionAmount;
}

/** What the decisions of a case give now, and what of it has been called. */
export interface CaseStanding {
  readonly rows: readonly Standing[];
  /** All amounts that were ever made known, the replaced ones included. */
  readonly course: readonly DecisionAmount[];
  readonly commitments: readonly Commitment[];
  readonly settledYears: readonly number[];
}

@Injectable()
export class StandingService {
  constructor(
    private readonly acts: ActRepository,
    private readonly ledger: LedgerService,
  ) {}

  async ofCase(tx: ReadTx, caseId: CaseId): Promise<CaseStanding> {
    const course = await this.acts.amountsOfCase(tx, caseId);
    const commitments = await this.ledger.commitments(tx, caseId);
    const years = await this.acts.yearsOfCase(tx, caseId);
    const settledYears = years.flatMap(({ fundingYear, settledOn }) =>
      settledOn === null ? [] : [fundingYear],
    );
    const rows = course
      .filter(({ validity }) => validity === 'in_force')
      .map((row) => {
        const { fundingYear, source, lineId, suit } = row;
        const amount = effectiveAmount(row);
        const lying =
          lineId === null || source === 'state_school'
            ? amount
            : lyingFor(commitments, { fundingYear, source, lineId });
        const called = Money.max(Money.zero, amount.minus(lying));
        return {
          row,
          fundingYear,
          source,
          amount,
          called,
          suit,
          settled: settledYears.includes(fundingYear),
        };
      });
    return { rows, course, commitments, settledYears };
  }
}
