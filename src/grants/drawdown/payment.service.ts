import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../../audit/command-runner.js';
import type { Unit } from '../../audit/unit.js';
import type { Actor } from '../../kernel/actor.js';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import { notFound, ruleViolated, stateConflict } from '../../kernel/failure.js';
import type { DrawdownId, PaymentId } from '../../kernel/ids.js';
import { LedgerService } from '../../ledger/ledger.service.js';
import { step } from '../../ledger/posting.rules.js';
import type { ReadTx } from '../../platform/database/tx.js';
import { keyOf, pageOf, type Page, type PageQuery } from '../../platform/http/page.js';
import type { Answer, Invocation } from '../../platform/invocation.js';
import { DrawdownFactsService } from './drawdown-facts.service.js';
import type { Payment } from './payment.entity.js';
import { PaymentRepository, type PaymentFilter } from './payment.repository.js';
import { paymentHindrance } from './drawdown-step.rules.js';
import { judgeConfirmation, type PaymentState } from './payment.rules.js';

/** The cash office's side: what was ordered is executed, and only then counts as paid. */
@Injectable()
export class PaymentService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly payments: PaymentRepository,
    private readonly facts: DrawdownFactsService,
    private readonly ledger: LedgerService,
  ) {}

  /** `on` is the day the money left; the books follow it. */
  confirm(invocation: Invocation<Payment>, id: PaymentId, on: CalendarDate): Promise<Answer> {
    return this.commands.run(invocation, 'payment.confirm', async (unit) => {
      const payment = await this.lockFor(unit, id, 'confirmed');
      const objections = judgeConfirmation(payment, unit.actor, { on, today: unit.today });
      if (objections.length > 0) throw ruleViolated(objections);

      await this.payments.confirm(unit, id, on);
      const { caseId, centreId, fundingYear, decisionId } = payment;
      const confirmed = await this.reread(unit, id);
      const programme = await this.facts.programmeOf(unit, decisionId);
      const dimensions = { fundingYear, programme, centreId, source: 'state_integration' as const, caseId };
      await this.ledger.post(
        unit,
        (await this.payments.parts(unit, id)).map(({ lineId, amount }) =>
          step('payment.confirm', ['called', 'paid'], { ...dimensions, lineId }, { amount, effectiveOn: on }),
        ),
      );
      return confirmed;
    });
  }

  /** Locks the payment for a step of its life. @throws Failure 404, 412 or 409 */
  async lockFor(unit: Unit, id: PaymentId, to: PaymentState): Promise<Payment> {
    const payment = await this.payments.lock(unit, id);
    if (payment === null) throw notFound();
    unit.expect(payment.version);
    const hindrance = paymentHindrance(payment.state, to);
    if (hindrance !== null) throw stateConflict(hindrance);
    return payment;
  }

  /** The payment as this command leaves it, which is also what its record is about. */
  async reread(unit: Unit, id: PaymentId): Promise<Payment> {
    const payment = await this.require(unit, id);
    const { version, centreId, caseId } = payment;
    unit.concerns({ type: 'payment', id, version, centreId, caseId });
    return payment;
  }

  /** @throws Failure 404 */
  read(actor: Actor, id: PaymentId): Promise<Payment> {
    return this.commands.read(actor, (tx) => this.require(tx, id));
  }

  /** The payment of a drawdown that was ordered: the newest, should an earlier one have bounced. @throws Failure 404 */
  ofDrawdown(actor: Actor, drawdownId: DrawdownId): Promise<Payment> {
    return this.commands.read(actor, async (tx) => {
      const payment = await this.payments.ofDrawdown(tx, drawdownId);
      if (payment === null) throw notFound();
      return payment;
    });
  }

  list(actor: Actor, filter: PaymentFilter, { limit, cursor }: PageQuery): Promise<Page<Payment>> {
    const after = keyOf(cursor, ['id']);
    return this.commands.read(actor, async (tx) =>
      pageOf(await this.payments.list(tx, filter, after, limit + 1), limit, ({ id }) => [id]),
    );
  }

  private async require(tx: ReadTx, id: PaymentId): Promise<Payment> {
    const payment = await this.payments.find(tx, id);
    if (payment === null) throw notFound();
    return payment;
  }
}
