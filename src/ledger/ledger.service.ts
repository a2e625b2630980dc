import { Injectable } from '@nestjs/common';
import type { RecordedTransfer } from '../audit/audit-body.js';
import type { Unit } from '../audit/unit.js';
import { Failure, ruleViolated } from '../kernel/failure.js';
import { newId, type CaseId, type TransferId } from '../kernel/ids.js';
import { violation, type Violation } from '../kernel/violation.js';
import { Money } from '../kernel/money.js';
import { errorDetail, sqlState } from '../platform/database/database.js';
import { LedgerRepository, type Posted } from './ledger.repository.js';
import { stageNames, type AccountKey, type Stage } from './chart.rules.js';
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
      throw refusalOf(error);
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

/** What holds the money that somebody wants to take back. */
interface Obstacle extends Partial<Omit<AccountKey, 'stage'>> {
  readonly stage: Stage;
  readonly amountCents: number;
}

interface Exhausted extends Partial<Omit<AccountKey, 'stage'>> {
  readonly stage: Stage;
  readonly availableCents: number;
  readonly wantedCents: number;
  readonly blockedCents: number;
  readonly inTheWay: readonly Obstacle[];
}

/** The refusal a posting stands for; every other error as it is. */
function refusalOf(error: unknown): unknown {
  const state = sqlState(error);
  if (state === 'FB409') return budgetExhausted(JSON.parse(errorDetail(error)) as Exhausted);
  if (state === '23514' && String(error).includes('account_exact')) return ruleViolated([BEYOND_EXACT]);
  return error;
}

function budgetExhausted(exhausted: Exhausted): Failure {
  const { stage, availableCents, wantedCents, blockedCents, inTheWay, lineId, fundingYear } = exhausted;
  const available = Money.ofCents(availableCents);
  const wanted = Money.ofCents(wantedCents);
  const name = stageNames[stage];
  const year = fundingYear === undefined ? '' : ` ${String(fundingYear)}`;
  return new Failure('budget-exhausted', {
    violations: [
      violation('budget-exhausted', '§ 34 LHO NRW', {
        de: `${name.de}${year}: ${available.format('de')} sind frei, benötigt werden ${wanted.format('de')}.`,
        en: `${name.en}${year}: ${available.format('en')} is free, ${wanted.format('en')} is needed.`,
      }),
      ...inTheWay.map(standsInTheWay),
    ],
    facts: {
      ...{ stage, availableCents, wantedCents, blockedCents, inTheWay },
      ...{ lineId: lineId ?? null, fundingYear: fundingYear ?? null },
    },
  });
}

function standsInTheWay({ stage, programme, caseId, amountCents }: Obstacle): Violation {
  const amount = Money.ofCents(amountCents);
  const name = stageNames[stage];
  const whose = [programme, caseId].filter((part) => typeof part === 'string').join(' ');
  return violation('stands-in-the-way', '§ 34 LHO NRW', {
    de: `${amount.format('de')} ${name.de} ${whose}`.trim(),
    en: `${amount.format('en')} ${name.en} ${whose}`.trim(),
  });
}

const BEYOND_EXACT = violation('amount-beyond-exact', 'RFC 8259, section 6', {
  de: 'Die Summe überstiege 2^53-1 Cent und ließe sich nicht mehr genau übermitteln.',
  en: 'The sum would exceed 2^53-1 cents and could no longer be told exactly.',
});
