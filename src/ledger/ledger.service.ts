import { Injectable } from '@nestjs/common';
import type { RecordedTransfer } from '../audit/audit-body.js';
import type { Unit } from '../audit/unit.js';
import { Failure } from '../kernel/failure.js';
import { newId, type CaseId, type TransferId } from '../kernel/ids.js';
import { violation } from '../kernel/violation.js';
import { Money } from '../kernel/money.js';
import { errorDetail, sqlState } from '../platform/database/database.js';
import { LedgerRepository, type Posted } from './ledger.repository.js';
import type { AccountKey } from './chart.rules.js';
import type { Posting } from './posting.rules.js';

/** The last step of a command's work: moves its money, or refuses the whole command. */
@Injectable()
export class LedgerService {
  constructor(private readonly ledger: LedgerRepository) {}

  /**
   * Posts all or nothing and hands the transfers to the audit record.
   * @throws Failure 409 `budget-exhausted` with the free amount.
   */
  async post(unit: Unit, postings: readonly Posting[]): Promise<void> {
    if (postings.length === 0) {
      return;
    }
    const journal = newId();
    const numbered = postings.map((posting) => ({ ...posting, id: newId<TransferId>() }));
    let posted: Posted[];
    try {
      posted = await this.ledger.post(unit, journal, numbered);
    } catch (error) {
      throw sqlState(error) === 'FB409' ? budgetExhausted(errorDetail(error)) : error;
    }
    unit.moved(numbered.map((posting, index) => recorded(journal, posting, posted[index])));
  }
}

function recorded(
  journal: string,
  posting: Posting & { id: TransferId },
  posted: Posted | undefined,
): RecordedTransfer {
  if (posted === undefined) {
    throw new Error('ledger.post answered fewer transfers than it was given');
  }
  const { id, code, from, to, amount, effectiveOn, reverses } = posting;
  return {
    content: {
      id,
      journal,
      debit: { ...from, account: posted.debit, version: posted.debitVersion },
      credit: { ...to, account: posted.credit, version: posted.creditVersion },
      amountCents: amount.toString(),
      code,
      effectiveOn,
      reverses,
    },
    caseIds: [...new Set([from.caseId, to.caseId].filter((id): id is CaseId => id !== undefined))],
  };
}

interface Exhausted extends Partial<Omit<AccountKey, 'stage'>> {
  readonly stage: string;
  readonly availableCents: number;
  readonly wantedCents: number;
}

function budgetExhausted(detail: string): Failure {
  const { stage, availableCents, wantedCents, lineId, fundingYear } = JSON.parse(detail) as Exhausted;
  const available = Money.ofCents(availableCents);
  const wanted = Money.ofCents(wantedCents);
  return new Failure('budget-exhausted', {
    violations: [
      violation('budget-exhausted', '§ 34 LHO NRW', {
        de: `Auf der Stufe „${stage}“ sind ${available.format('de')} frei, benötigt werden ${wanted.format('de')}.`,
        en: `On stage "${stage}" ${available.format('en')} is free, ${wanted.format('en')} is needed.`,
      }),
    ],
    facts: { stage, availableCents, wantedCents, lineId: lineId ?? null, fundingYear: fundingYear ?? null },
  });
}
