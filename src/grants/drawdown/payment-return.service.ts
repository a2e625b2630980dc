import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../../audit/command-runner.js';
import type { Unit } from '../../audit/unit.js';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import { ruleViolated } from '../../kernel/failure.js';
import type { PaymentId } from '../../kernel/ids.js';
import type { Stage } from '../../ledger/chart.rules.js';
import { LedgerService } from '../../ledger/ledger.service.js';
import { step, type Posting } from '../../ledger/posting.rules.js';
import type { Answer, Invocation } from '../../platform/invocation.js';
import { GrantYearService } from '../decision/grant-year.service.js';
import { DrawdownFactsService } from './drawdown-facts.service.js';
import { DrawdownRepository } from './drawdown.repository.js';
import type { PaymentPart } from './payment-part.entity.js';
import type { Payment } from './payment.entity.js';
import { PaymentRepository, type Booking } from './payment.repository.js';
import { judgeComingBack } from './payment.rules.js';
import { PaymentService } from './payment.service.js';

export interface ComingBack {
  readonly on: CalendarDate;
  readonly reason: string;
}

/** One step back: which command once went it, and between which stages the money goes now. */
interface StepBack {
  readonly undoes: 'drawdown.order' | 'payment.confirm';
  readonly stages: readonly [Stage, Stage];
}

const UNCALLED: StepBack = { undoes: 'drawdown.order', stages: ['called', 'committed'] };
const UNPAID: StepBack = { undoes: 'payment.confirm', stages: ['paid', 'called'] };

/** Money that comes back: it was not paid, and its drawdown can be ordered anew. */
@Injectable()
export class PaymentReturnService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly payments: PaymentRepository,
    private readonly paying: PaymentService,
    private readonly drawdowns: DrawdownRepository,
    private readonly facts: DrawdownFactsService,
    private readonly grantYears: GrantYearService,
    private readonly ledger: LedgerService,
  ) {}

  /** The bank did not carry the order out: nothing was paid. */
  bounce(invocation: Invocation<Payment>, id: PaymentId, back: ComingBack): Promise<Answer> {
    return this.commands.run(invocation, 'payment.bounce', (unit) =>
      this.takeBack(unit, id, { ...back, as: 'bounced', code: 'payment.bounce', steps: [UNCALLED] }),
    );
  }

  /** The money had left and came back: it is no longer paid. */
  return(invocation: Invocation<Payment>, id: PaymentId, back: ComingBack): Promise<Answer> {
    return this.commands.run(invocation, 'payment.return', (unit) =>
      this.takeBack(unit, id, { ...back, as: 'returned', code: 'payment.return', steps: [UNPAID, UNCALLED] }),
    );
  }

  private async takeBack(
    unit: Unit,
    id: PaymentId,
    back: ComingBack & { as: 'bounced' | 'returned'; code: string; steps: readonly StepBack[] },
  ): Promise<Payment> {
    const payment = await this.paying.lockFor(unit, id, back.as);
    const { drawdownId, caseId, centreId, fundingYear, orderedBy, orderedOn, confirmedOn } = payment;
    const { settledOn: yearSettledOn } = await this.grantYears.require(unit, caseId, fundingYear);
    const paid = { orderedBy, orderedOn, confirmedOn, yearSettledOn };
    const objections = judgeComingBack(paid, unit.actor, { on: back.on, today: unit.today });
    if (objections.length > 0) throw ruleViolated(objections);

    await this.payments.cameBack(unit, id, back);
    const drawdown = await this.drawdowns.lock(unit, drawdownId);
    if (drawdown?.state !== 'ordered')
      throw new Error(`payment ${id} is live and its drawdown is not ordered`);
    await this.drawdowns.paymentCameBack(unit, drawdownId);
    unit.concerns({ type: 'drawdown', id: drawdownId, version: drawdown.version + 1, centreId, caseId });
    const left = await this.paying.reread(unit, id);
    await this.ledger.post(unit, await this.postings(unit, payment, back));
    return left;
  }

  /** Each transfer of the payment once more, backwards, naming the one it reverses. */
  private async postings(
    unit: Unit,
    payment: Payment,
    { code, on: effectiveOn, steps }: { code: string; on: CalendarDate; steps: readonly StepBack[] },
  ): Promise<Posting[]> {
    const { id, caseId, centreId, fundingYear, decisionId } = payment;
    const programme = await this.facts.programmeOf(unit, decisionId);
    const dimensions = { fundingYear, programme, centreId, source: 'state_integration' as const, caseId };
    const parts = await this.payments.parts(unit, id);
    const postings: Posting[] = [];
    for (const { undoes, stages } of steps) {
      const bookings = await this.payments.bookings(unit, id, undoes);
      if (!areOf(parts, bookings)) throw new Error(`payment ${id} does not stand in the books as ${undoes}`);
      postings.push(
        ...bookings.map(({ transferId, lineId, amount }) => ({
          ...step(code, stages, { ...dimensions, lineId }, { amount, effectiveOn }),
          reverses: transferId,
        })),
      );
    }
    return postings;
  }
}

/** Whether the bookings are the payment's own: its lines with its amounts, each once. Both are sorted by line. */
function areOf(parts: readonly PaymentPart[], bookings: readonly Booking[]): boolean {
  return (
    parts.length === bookings.length &&
    parts.every(({ lineId, amount }, index) => {
      const booking = bookings[index];
      return booking?.lineId === lineId && booking.amount.equals(amount);
    })
  );
}
