import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../../audit/command-runner.js';
import type { Unit } from '../../audit/unit.js';
import { CentreService } from '../../centres/centre.service.js';
import type { Actor } from '../../kernel/actor.js';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import { notFound, ruleViolated, stateConflict } from '../../kernel/failure.js';
import {
  newId,
  type BudgetLineId,
  type DecisionId,
  type DrawdownId,
  type PaymentId,
} from '../../kernel/ids.js';
import { Money } from '../../kernel/money.js';
import type { Violation } from '../../kernel/violation.js';
import { LedgerService } from '../../ledger/ledger.service.js';
import { step } from '../../ledger/posting.rules.js';
import type { ReadTx } from '../../platform/database/tx.js';
import { keyOf, pageOf, type Page, type PageQuery } from '../../platform/http/page.js';
import type { Answer, Invocation } from '../../platform/invocation.js';
import { DrawdownFactsService, type Callable } from './drawdown-facts.service.js';
import type { Drawdown } from './drawdown.entity.js';
import { DrawdownRepository, type DrawdownFilter, type GrantSlice } from './drawdown.repository.js';
import { drawdownHindrance } from './drawdown-step.rules.js';
import {
  claimingStates,
  judgeCertification,
  judgeCertifier,
  judgeOrder,
  judgeOrderer,
  judgeRequest,
  splitOverLines,
  type DrawdownState,
} from './drawdown.rules.js';
import { PaymentRepository } from './payment.repository.js';
import { paymentReference } from './payment.rules.js';

export interface NewDrawdownInput {
  readonly decisionId: DecisionId;
  readonly fundingYear: number;
  readonly amountCents: Money;
  readonly dueOn: CalendarDate;
}

export interface Certification {
  readonly factually: boolean;
  readonly arithmetically: boolean;
}

/** Where the money of a decision and year stands, for those who settle it. */
export interface PaidMoney {
  readonly byLine: ReadonlyMap<BudgetLineId, Money>;
  readonly total: Money;
  /** Drawdowns that still run: before their order, or ordered and not yet paid. */
  readonly openDrawdowns: number;
}

@Injectable()
export class DrawdownService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly drawdowns: DrawdownRepository,
    private readonly payments: PaymentRepository,
    private readonly facts: DrawdownFactsService,
    private readonly centres: CentreService,
    private readonly ledger: LedgerService,
  ) {}

  request(invocation: Invocation<Drawdown>, input: NewDrawdownInput): Promise<Answer> {
    return this.commands.run(invocation, 'drawdown.request', async (unit) => {
      const { decisionId, fundingYear, amountCents: amount, dueOn } = input;
      await this.drawdowns.takeTurns(unit, input);
      const callable = await this.facts.callable(unit, input);
      const claimed = await this.drawdowns.claimed(unit, input, claimingStates, null);
      refuse(judgeRequest({ ...callable, amount, dueOn, claimed }, unit.today));
      const { caseId, centreId } = callable;
      const drawdown = { id: newId<DrawdownId>(), caseId, decisionId, centreId, fundingYear, amount, dueOn };
      await this.drawdowns.insert(unit, { ...drawdown, requestedOn: unit.today });
      return this.reread(unit, drawdown.id);
    });
  }

  /** Either statement or both; whoever makes the second one completes the certification. */
  certify(invocation: Invocation<Drawdown>, id: DrawdownId, certification: Certification): Promise<Answer> {
    return this.commands.run(invocation, 'drawdown.certify', async (unit) => {
      const drawdown = await this.lockFor(unit, id, 'certified');
      refuse([...judgeCertifier(drawdown, unit.actor), ...judgeCertification(drawdown, certification)]);
      await this.drawdowns.certify(unit, id, certification);
      return this.reread(unit, id);
    });
  }

  /** The order to pay: judged once more, booked on the lines that granted the money, to the account confirmed today. */
  order(invocation: Invocation<Drawdown>, id: DrawdownId): Promise<Answer> {
    return this.commands.run(invocation, 'drawdown.order', async (unit) => {
      const drawdown = await this.lockFor(unit, id, 'ordered');
      await this.drawdowns.takeTurns(unit, drawdown);
      const callable = await this.facts.callable(unit, drawdown);
      const claimed = await this.drawdowns.claimed(unit, drawdown, ['ordered'], id);
      const account = await this.centres.confirmedAccount(unit, drawdown.centreId);
      const { amount, dueOn } = drawdown;
      const objections = judgeOrder(
        {
          ...{ ...callable, amount, dueOn, claimed, hasAccount: account !== null },
          onlyPromised: await this.facts.onlyPromised(unit, callable),
        },
        unit.today,
      );
      refuse([...judgeOrderer(drawdown, unit.actor), ...objections]);
      if (account === null) throw new Error('judgeOrder let an order without an account pass');

      const parts = splitOverLines(amount, await this.leftByLine(unit, drawdown, callable));
      await this.drawdowns.order(unit, id, unit.today);
      const { caseId, decisionId, centreId, fundingYear } = drawdown;
      const payment = {
        ...{ id: newId<PaymentId>(), drawdownId: id, caseId, decisionId, centreId, fundingYear, amount },
        ...{ iban: account.iban, holder: account.holder, orderedOn: unit.today },
        reference: paymentReference(callable.fileNumber, fundingYear, dueOn),
      };
      await this.payments.insert(unit, payment, parts);
      unit.concerns({ type: 'payment', id: payment.id, version: 1, centreId, caseId });
      const ordered = await this.reread(unit, id);
      const { programme } = callable;
      const dimensions = { fundingYear, programme, centreId, source: 'state_integration' as const, caseId };
      await this.ledger.post(
        unit,
        [...parts].map(([lineId, part]) =>
          step(
            'drawdown.order',
            ['committed', 'called'],
            { ...dimensions, lineId },
            { amount: part, effectiveOn: unit.today },
          ),
        ),
      );
      return ordered;
    });
  }

  /** The authority turns the request down and says why. */
  reject(invocation: Invocation<Drawdown>, id: DrawdownId, reason: string): Promise<Answer> {
    return this.commands.run(invocation, 'drawdown.reject', async (unit) => {
      await this.lockFor(unit, id, 'rejected');
      await this.drawdowns.reject(unit, id, reason);
      return this.reread(unit, id);
    });
  }

  /** The recipient takes its request back. */
  cancel(invocation: Invocation<Drawdown>, id: DrawdownId): Promise<Answer> {
    return this.commands.run(invocation, 'drawdown.cancel', async (unit) => {
      await this.lockFor(unit, id, 'cancelled');
      await this.drawdowns.cancel(unit, id);
      return this.reread(unit, id);
    });
  }

  read(actor: Actor, id: DrawdownId): Promise<Drawdown> {
    return this.commands.read(actor, (tx) => this.require(tx, id));
  }

  list(actor: Actor, filter: DrawdownFilter, { limit, cursor }: PageQuery): Promise<Page<Drawdown>> {
    const after = keyOf(cursor, ['id']);
    return this.commands.read(actor, async (tx) =>
      pageOf(await this.drawdowns.list(tx, filter, after, limit + 1), limit, ({ id }) => [id]),
    );
  }

  /** What of a decision and year was paid, line by line, and whether more is on its way. */
  async paidMoney(tx: ReadTx, slice: GrantSlice): Promise<PaidMoney> {
    const byLine = await this.payments.byLine(tx, slice, ['confirmed']);
    return { byLine, total: Money.sum(byLine.values()), openDrawdowns: await this.drawdowns.open(tx, slice) };
  }

  private async leftByLine(
    unit: Unit,
    drawdown: Drawdown,
    { byLine }: Callable,
  ): Promise<Map<BudgetLineId, Money>> {
    const taken = await this.payments.byLine(unit, drawdown, ['ordered', 'confirmed']);
    return new Map(
      [...byLine].map(([line, granted]) => [line, granted.minus(taken.get(line) ?? Money.zero)]),
    );
  }

  private async lockFor(unit: Unit, id: DrawdownId, to: DrawdownState): Promise<Drawdown> {
    const drawdown = await this.drawdowns.lock(unit, id);
    if (drawdown === null) throw notFound();
    unit.expect(drawdown.version);
    const hindrance = drawdownHindrance(drawdown.state, to);
    if (hindrance !== null) throw stateConflict(hindrance);
    return drawdown;
  }

  private async require(tx: ReadTx, id: DrawdownId): Promise<Drawdown> {
    const drawdown = await this.drawdowns.find(tx, id);
    if (drawdown === null) throw notFound();
    return drawdown;
  }

  /** The drawdown as this command leaves it, which is also what its record is about. */
  private async reread(unit: Unit, id: DrawdownId): Promise<Drawdown> {
    const drawdown = await this.require(unit, id);
    const { version, centreId, caseId } = drawdown;
    unit.concerns({ type: 'drawdown', id, version, centreId, caseId });
    return drawdown;
  }
}

function refuse(objections: readonly Violation[]): void {
  if (objections.length > 0) throw ruleViolated(objections);
}
