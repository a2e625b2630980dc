import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../audit/command-runner.js';
import type { Unit } from '../audit/unit.js';
import { GrantYearService } from '../grants/decision/grant-year.service.js';
import { ruleViolated } from '../kernel/failure.js';
import type { SettlementId } from '../kernel/ids.js';
import { LedgerService } from '../ledger/ledger.service.js';
import { step, type Posting } from '../ledger/posting.rules.js';
import type { Answer, Invocation } from '../platform/invocation.js';
import { SettlementFactsService, type GrantedYear } from './settlement-facts.service.js';
import { SettlementRepository } from './settlement.repository.js';
import { judgeAcceptance } from './settlement.rules.js';
import { SettlementService, type SettlementReport } from './settlement.service.js';

/** The end of a funding year: the second person accepts, and what was paid counts as settled. */
@Injectable()
export class AcceptanceService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly settlements: SettlementRepository,
    private readonly reports: SettlementService,
    private readonly facts: SettlementFactsService,
    private readonly grantYears: GrantYearService,
    private readonly ledger: LedgerService,
  ) {}

  accept(invocation: Invocation<SettlementReport>, id: SettlementId): Promise<Answer> {
    return this.commands.run(invocation, 'settlement.accept', async (unit) => {
      const settlement = await this.reports.lockFor(unit, id, 'accepted');
      const year = await this.facts.granted(unit, settlement);
      const { granted, financingType, paid } = year;
      const items = await this.settlements.items(unit, id);
      const objections = judgeAcceptance(
        {
          ...{ examined: settlement, items, granted, financingType },
          ...{ paid: paid.total, openDrawdowns: paid.openDrawdowns },
        },
        unit.actor,
      );
      if (objections.length > 0) throw ruleViolated(objections);

      await this.settlements.accept(unit, id, unit.today);
      const grantYear = await this.grantYears.forUpdate(unit, settlement.caseId, settlement.fundingYear);
      await this.grantYears.settled(unit, grantYear, unit.today);
      const accepted = await this.reports.reread(unit, id);
      await this.ledger.post(unit, postings(unit, year, accepted));
      return accepted;
    });
  }
}

/** State money leaves the stage "paid" line by line; the others' shares run over memo accounts as they turned out. */
function postings(
  unit: Unit,
  { caseId, centreId, programme, paid }: GrantedYear,
  report: SettlementReport,
): Posting[] {
  const effectiveOn = unit.today;
  const common = { fundingYear: report.settlement.fundingYear, programme, centreId, caseId };
  const state = [...paid.byLine].map(([lineId, amount]) =>
    step(
      'settlement.accept',
      ['paid', 'settled'],
      { ...common, lineId, source: 'state_integration' },
      { amount, effectiveOn },
    ),
  );
  const others = report.items.flatMap(({ kind, category, settled }) =>
    kind === 'income' &&
    (category === 'municipal' || category === 'third_party') &&
    settled?.isPositive() === true
      ? [
          step(
            'settlement.accept',
            ['memo_outside', 'memo_settled'],
            { ...common, source: category },
            { amount: settled, effectiveOn },
          ),
        ]
      : [],
  );
  return [...state, ...others];
}
