import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import type { PaymentId } from '../../kernel/ids.js';
import { Invoke } from '../../platform/http/invoke.js';
import { Operation } from '../../platform/http/operation.js';
import type { Page } from '../../platform/http/page.js';
import { Path } from '../../platform/http/path.js';
import type { Answer, Presented } from '../../platform/invocation.js';
import { ConfirmPaymentDto, PaymentQuery } from './drawdown.dto.js';
import { PaymentView } from './drawdown.view.js';
import type { Payment } from './payment.entity.js';
import { PaymentService } from './payment.service.js';

@Controller('payments')
export class PaymentController {
  constructor(private readonly payments: PaymentService) {}

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
    const present = (payment: Payment): Presented => ({
      status: 200,
      body: PaymentView.of(payment),
      version: payment.version,
    });
    return this.payments.confirm(invoke.presenting(present), id, body.on);
  }
}
