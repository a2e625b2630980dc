import type { CalendarDate } from '../../kernel/calendar-date.js';
import { statesOf } from '../../kernel/lifecycle.js';
import type { CentreId, DecisionId, DrawdownId } from '../../kernel/ids.js';
import type { Money } from '../../kernel/money.js';
import {
  CentsField,
  ChoiceField,
  DayField,
  FlagField,
  IdField,
  TextField,
  YearField,
} from '../../platform/http/fields.js';
import { PageQuery } from '../../platform/http/page.js';
import { drawdownLifecycle, type DrawdownState } from './drawdown.rules.js';
import { paymentLifecycle, type PaymentState } from './payment.rules.js';

export class RequestDrawdownDto {
  @IdField({ de: 'Bescheid, aus dem abgerufen wird', en: 'Decision the money is called from' })
  decisionId!: DecisionId;

  @YearField({ de: 'Haushaltsjahr', en: 'Funding year', example: 2016 })
  fundingYear!: number;

  @CentsField({ de: 'Betrag', en: 'Amount', min: 1, example: 8_500_000 })
  amountCents!: Money;

  @DayField({
    de: 'Tag, zu dem das Geld gebraucht wird',
    en: 'Day on which the money is needed',
    source: 'Nr. 7.2 und 7.4 VVG zu § 44 LHO',
    example: '2016-05-01',
  })
  dueOn!: CalendarDate;
}

export class CertifyDrawdownDto {
  @FlagField({
    de: 'Sachlich richtig',
    en: 'The facts are right',
    source: 'VV zu § 70 LHO NRW',
    example: true,
  })
  factually!: boolean;

  @FlagField({
    de: 'Rechnerisch richtig',
    en: 'The arithmetic is right',
    source: 'VV zu § 70 LHO NRW',
    example: true,
  })
  arithmetically!: boolean;
}

export class RejectDrawdownDto {
  @TextField({ de: 'Begründung', en: 'Reason', example: 'Der Abruf nennt das falsche Haushaltsjahr.' })
  reason!: string;
}

export class ConfirmPaymentDto {
  @DayField({ de: 'Tag der Ausführung', en: 'Day on which the money left', example: '2016-05-03' })
  on!: CalendarDate;
}

export class PaymentCameBackDto {
  @DayField({
    de: 'Tag, an dem das Geld zurückkam',
    en: 'Day on which the money came back',
    example: '2016-05-04',
  })
  on!: CalendarDate;

  @TextField({
    de: 'Grund, wie ihn die Bank nennt',
    en: 'Reason as the bank gives it',
    example: 'Konto erloschen',
  })
  reason!: string;
}

export class DrawdownQuery extends PageQuery {
  @IdField({ de: 'Bescheid', en: 'Decision', optional: true })
  decisionId: DecisionId | null = null;

  @IdField({ de: 'Zentrum', en: 'Centre', optional: true })
  centreId: CentreId | null = null;

  @YearField({ de: 'Haushaltsjahr', en: 'Funding year', example: 2016, optional: true, fromText: true })
  fundingYear: number | null = null;

  @ChoiceField({
    de: 'Stand',
    en: 'State',
    of: statesOf(drawdownLifecycle),
    example: 'certified',
    optional: true,
  })
  state: DrawdownState | null = null;
}

export class PaymentQuery extends PageQuery {
  @IdField({ de: 'Mittelabruf', en: 'Drawdown', optional: true })
  drawdownId: DrawdownId | null = null;

  @IdField({ de: 'Bescheid', en: 'Decision', optional: true })
  decisionId: DecisionId | null = null;

  @IdField({ de: 'Zentrum', en: 'Centre', optional: true })
  centreId: CentreId | null = null;

  @YearField({ de: 'Haushaltsjahr', en: 'Funding year', example: 2016, optional: true, fromText: true })
  fundingYear: number | null = null;

  @ChoiceField({
    de: 'Stand',
    en: 'State',
    of: statesOf(paymentLifecycle),
    example: 'ordered',
    optional: true,
  })
  state: PaymentState | null = null;
}
