import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { CaseId, CentreId, DecisionId, DrawdownId, PaymentId, PersonId } from '../../kernel/ids.js';
import { statesOf } from '../../kernel/lifecycle.js';
import type { Money } from '../../kernel/money.js';
import {
  CentsField,
  ChoiceField,
  DayField,
  IdField,
  InstantField,
  IntegerField,
  TextField,
  YearField,
} from '../../platform/http/fields.js';
import type { Drawdown } from './drawdown.entity.js';
import { drawdownLifecycle, type DrawdownState } from './drawdown.rules.js';
import type { Payment } from './payment.entity.js';
import { paymentLifecycle, type PaymentState } from './payment.rules.js';

export class DrawdownView {
  @IdField({ de: 'Kennung', en: 'Id' }) id!: DrawdownId;
  @IdField({ de: 'Vorgang', en: 'Case' }) caseId!: CaseId;
  @IdField({ de: 'Bescheid', en: 'Decision' }) decisionId!: DecisionId;
  @IdField({ de: 'Zentrum', en: 'Centre' }) centreId!: CentreId;
  @YearField({ de: 'Haushaltsjahr', en: 'Funding year', example: 2016 }) fundingYear!: number;
  @CentsField({ de: 'Abgerufener Betrag', en: 'Amount called', min: 1, example: 8_500_000 })
  amountCents!: Money;
  @DayField({ de: 'Fällig am', en: 'Due on', example: '2016-05-01' }) dueOn!: CalendarDate;
  @ChoiceField({ de: 'Stand', en: 'State', of: statesOf(drawdownLifecycle), example: 'ordered' })
  state!: DrawdownState;
  @DayField({ de: 'Gestellt am', en: 'Requested on', example: '2016-04-20' }) requestedOn!: CalendarDate;
  @IdField({ de: 'Gestellt von (Person)', en: 'Person who requested' }) requestedBy!: PersonId;
  @InstantField({
    de: 'Sachlich richtig gezeichnet',
    en: 'Certified factually at',
    nullable: true,
    example: '2016-04-25T08:00:00Z',
  })
  factuallyCertifiedAt!: string | null;
  @IdField({
    de: 'Sachlich richtig gezeichnet von (Person)',
    en: 'Person who certified the facts',
    nullable: true,
  })
  factuallyCertifiedBy!: PersonId | null;
  @InstantField({
    de: 'Rechnerisch richtig gezeichnet',
    en: 'Certified arithmetically at',
    nullable: true,
    example: '2016-04-25T08:00:00Z',
  })
  arithmeticallyCertifiedAt!: string | null;
  @IdField({
    de: 'Rechnerisch richtig gezeichnet von (Person)',
    en: 'Person who certified the arithmetic',
    nullable: true,
  })
  arithmeticallyCertifiedBy!: PersonId | null;
  @DayField({ de: 'Angeordnet am', en: 'Ordered on', nullable: true, example: '2016-05-02' })
  orderedOn!: CalendarDate | null;
  @IdField({ de: 'Angeordnet von (Person)', en: 'Person who ordered', nullable: true })
  orderedBy!: PersonId | null;
  @TextField({ de: 'Begründung einer Ablehnung', en: 'Reason of a rejection', nullable: true, example: null })
  reason!: string | null;
  @IntegerField({ de: 'Fassung', en: 'Version', min: 1, example: 3 }) version!: number;

  static of(drawdown: Drawdown): DrawdownView {
    const { id, caseId, decisionId, centreId, fundingYear, amount: amountCents, dueOn, state } = drawdown;
    const { requestedOn, requestedBy, factuallyCertifiedAt, factuallyCertifiedBy } = drawdown;
    const { arithmeticallyCertifiedAt, arithmeticallyCertifiedBy, orderedOn, orderedBy, reason, version } =
      drawdown;
    return {
      ...{ id, caseId, decisionId, centreId, fundingYear, amountCents, dueOn, state },
      ...{ requestedOn, requestedBy, factuallyCertifiedAt, factuallyCertifiedBy },
      ...{ arithmeticallyCertifiedAt, arithmeticallyCertifiedBy, orderedOn, reason, version },
      // Whoever ordered before the payment came back stands in the payment.
      orderedBy: orderedOn === null ? null : orderedBy,
    };
  }
}

export class PaymentView {
  @IdField({ de: 'Kennung', en: 'Id' }) id!: PaymentId;
  @IdField({ de: 'Mittelabruf', en: 'Drawdown' }) drawdownId!: DrawdownId;
  @IdField({ de: 'Vorgang', en: 'Case' }) caseId!: CaseId;
  @IdField({ de: 'Bescheid', en: 'Decision' }) decisionId!: DecisionId;
  @IdField({ de: 'Zentrum', en: 'Centre' }) centreId!: CentreId;
  @YearField({ de: 'Haushaltsjahr', en: 'Funding year', example: 2016 }) fundingYear!: number;
  @CentsField({ de: 'Betrag', en: 'Amount', min: 1, example: 8_500_000 }) amountCents!: Money;
  @TextField({
    de: 'IBAN bei Anordnung',
    en: 'IBAN when ordered',
    max: 34,
    example: 'DE89370400440532013000',
  })
  iban!: string;
  @TextField({ de: 'Kontoinhaber', en: 'Account holder', max: 200, example: 'Kreis Coesfeld' })
  holder!: string;
  @TextField({
    de: 'Verwendungszweck',
    en: 'Reference',
    max: 140,
    example: '36.01-KI-2016-0050 2016 2016-05-01',
  })
  reference!: string;
  @ChoiceField({ de: 'Stand', en: 'State', of: statesOf(paymentLifecycle), example: 'confirmed' })
  state!: PaymentState;
  @DayField({ de: 'Angeordnet am', en: 'Ordered on', example: '2016-05-02' }) orderedOn!: CalendarDate;
  @IdField({ de: 'Angeordnet von (Person)', en: 'Person who ordered' }) orderedBy!: PersonId;
  @DayField({ de: 'Ausgeführt am', en: 'Paid on', nullable: true, example: '2016-05-03' })
  confirmedOn!: CalendarDate | null;
  @IdField({ de: 'Bestätigt von (Person)', en: 'Person who confirmed', nullable: true })
  confirmedBy!: PersonId | null;
  @DayField({
    de: 'Zurückgekommen am: nicht ausgeführt oder zurückgezahlt',
    en: 'Came back on: not carried out, or returned',
    nullable: true,
    example: null,
  })
  cameBackOn!: CalendarDate | null;
  @TextField({
    de: 'Warum das Geld zurückkam',
    en: 'Why the money came back',
    nullable: true,
    example: null,
  })
  cameBackReason!: string | null;
  @IdField({ de: 'Rücklauf gemeldet von (Person)', en: 'Person who recorded that', nullable: true })
  cameBackBy!: PersonId | null;
  @IntegerField({ de: 'Fassung', en: 'Version', min: 1, example: 2 }) version!: number;

  static of(payment: Payment): PaymentView {
    const {
      id,
      drawdownId,
      caseId,
      decisionId,
      centreId,
      fundingYear,
      amount: amountCents,
      iban,
      holder,
    } = payment;
    const { reference, state, orderedOn, orderedBy, confirmedOn, confirmedBy, version } = payment;
    const { cameBackOn, cameBackReason, cameBackBy } = payment;
    return {
      ...{ id, drawdownId, caseId, decisionId, centreId, fundingYear, amountCents, iban, holder },
      ...{ reference, state, orderedOn, orderedBy, confirmedOn, confirmedBy, version },
      ...{ cameBackOn, cameBackReason, cameBackBy },
    };
  }
}
