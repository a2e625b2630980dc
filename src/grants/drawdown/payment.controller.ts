import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import type { PaymentId } from '../../kernel/ids.js';
import { Invoke } from '../../platform/http/invoke.js';
import { Operation } from '../../platform/http/operation.js';
import type { Page } from '../../platform/http/page.js';
import { Path } from '../../platform/http/path.js';
import type { Answer, Invocation } from '../../platform/invocation.js';
import { ConfirmPaymentDto, PaymentCameBackDto, PaymentQuery } from './drawdown.dto.js';
import { PaymentView } from './drawdown.view.js';
import type { Payment } from './payment.entity.js';
import { PaymentReturnService } from './payment-return.service.js';
import { PaymentService } from './payment.service.js';

@Controller('payments')
export class PaymentController {
  constructor(
    private readonly payments: PaymentService,
    private readonly returns: PaymentReturnService,
  ) {}

  @Get()
  @Operation({
    id: 'payment.list',
    de: 'Zahlungen auflisten',
    en: 'List payments',
    answersPage: PaymentView,
  })
  async list(@Invoke() invoke: Invoke, @Query() query: PaymentQuery): Promise<Page<PaymentView>> {
    const { drawdownId, decisionId, centreId, fundingYear, state, ...page } = query;
    const filter = { drawdownId, decisionId, centreId, fundingYear, state };
    const { items, nextCursor } = await this.payments.list(invoke.actor, filter, page);
    return { items: items.map((payment) => PaymentView.of(payment)), nextCursor };
  }

  @Get(':id')
  @Operation({
    id: 'payment.read',
    de: 'Zahlung lesen',
    en: 'Read a payment',
    answers: PaymentView,
    errors: ['not-found'],
  })
  async read(@Invoke() invoke: Invoke, @Path('id') id: PaymentId): Promise<PaymentView> {
    return PaymentView.of(await this.payments.read(invoke.actor, id));
  }

  @Post(':id/confirm')
  @Operation({
    id: 'payment.confirm',
    de: 'Ausführung einer Zahlung bestätigen',
    en: 'Confirm that a payment was made',
    basis: '§ 77 LHO NRW',
    answers: PaymentView,
    ifMatch: true,
    key: 'required',
    errors: ['not-found', 'state-conflict', 'rule-violated'],
  })
  confirm(
    @Invoke() invoke: Invoke,
    @Path('id') id: PaymentId,
    @Body() body: ConfirmPaymentDto,
  ): Promise<Answer> {
    return this.payments.confirm(presented(invoke), id, body.on);
  }

  @Post(':id/bounce')
  @Operation({
    id: 'payment.bounce',
    de: 'Zahlung als nicht ausgeführt melden',
    en: 'Record that a payment was not carried out',
    detail: {
      de: 'Für angeordnete, noch nicht bestätigte Zahlungen. Der Betrag ist wieder bewilligt und nicht abgerufen; der Mittelabruf bleibt bescheinigt und kann neu angeordnet werden, auf das dann bestätigte Konto.',
      en: 'For payments that were ordered and not yet confirmed. The amount is committed again and not called; the drawdown stays certified and can be ordered anew, to the account confirmed by then.',
    },
    basis: '§ 77 LHO NRW',
    answers: PaymentView,
    ifMatch: true,
    key: 'required',
    errors: ['not-found', 'state-conflict', 'rule-violated'],
  })
  bounce(
    @Invoke() invoke: Invoke,
    @Path('id') id: PaymentId,
    @Body() body: PaymentCameBackDto,
  ): Promise<Answer> {
    return this.returns.bounce(presented(invoke), id, body);
  }

  @Post(':id/return')
  @Operation({
    id: 'payment.return',
    de: 'Rücklauf einer ausgeführten Zahlung melden',
    en: 'Record that a payment came back after it had left',
    detail: {
      de: 'Für bestätigte Zahlungen, solange das Jahr nicht abgerechnet ist. Der Betrag gilt nicht mehr als ausgezahlt; der Mittelabruf bleibt bescheinigt und kann neu angeordnet werden.',
      en: 'For confirmed payments, as long as the year is not settled. The amount no longer counts as paid; the drawdown stays certified and can be ordered anew.',
    },
    basis: '§ 77 LHO NRW',
    answers: PaymentView,
    ifMatch: true,
    key: 'required',
    errors: ['not-found', 'state-conflict', 'rule-violated', 'budget-exhausted'],
  })
  return(
    @Invoke() invoke: Invoke,
    @Path('id') id: PaymentId,
    @Body() body: PaymentCameBackDto,
  ): Promise<Answer> {
    return this.returns.return(presented(invoke), id, body);
  }
}

function presented(invoke: Invoke): Invocation<Payment> {
  return invoke.presenting((payment: Payment) => ({
    status: 200,
    body: PaymentView.of(payment),
    version: payment.version,
  }));
}
