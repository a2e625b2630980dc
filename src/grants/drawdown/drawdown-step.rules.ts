import { NO_FURTHER_STEP, stageOf, stepHindrance, stepRefusal, type Stage } from '../../kernel/lifecycle.js';
import type { Text } from '../../kernel/violation.js';
import { drawdownLifecycle, type DrawdownState } from './drawdown.rules.js';
import { paymentLifecycle, type PaymentState } from './payment.rules.js';

/**
 * Why nobody can take this step with the drawdown; null when it can be taken. What is ordered changes only by its
 * payment coming back.
 */
export function drawdownHindrance(from: DrawdownState, to: DrawdownState): Text | null {
  return from === 'ordered'
    ? stepRefusal(drawdownStages.ordered, drawdownStages[to].step)
    : stepHindrance(drawdownLifecycle, drawdownStages, { from, to });
}

/** Why the payment cannot take this step; null when it can. */
export function paymentHindrance(from: PaymentState, to: PaymentState): Text | null {
  return stepHindrance(paymentLifecycle, paymentStages, { from, to });
}

const DRAWDOWN: Text = { de: 'Der Mittelabruf', en: 'The drawdown' };
const PAYMENT: Text = { de: 'Die Zahlung', en: 'The payment' };
const ORDERED_ANEW: Text = {
  de: 'Als Nächstes wird der Mittelabruf neu angeordnet (drawdown.order).',
  en: 'Next, the drawdown is ordered anew (drawdown.order).',
};

const drawdownStages: Readonly<Record<DrawdownState, Stage>> = {
  requested: stageOf(
    DRAWDOWN,
    { de: 'gestellt', en: 'requested' },
    {
      de: 'Als Nächstes wird er sachlich und rechnerisch bescheinigt (drawdown.certify).',
      en: 'Next, the facts and the arithmetic are certified (drawdown.certify).',
    },
  ),
  certified: stageOf(
    DRAWDOWN,
    { de: 'bescheinigt', en: 'certified' },
    {
      de: 'Als Nächstes ordnet eine weitere Person die Auszahlung an (drawdown.order).',
      en: 'Next, another person orders the payment (drawdown.order).',
    },
  ),
  ordered: stageOf(
    DRAWDOWN,
    { de: 'angeordnet', en: 'ordered' },
    {
      de: 'Als Nächstes führt die Landeskasse die Zahlung aus (payment.confirm) oder meldet, dass sie zurückkam (payment.bounce, payment.return).',
      en: 'Next, the cash office makes the payment (payment.confirm) or records that it came back (payment.bounce, payment.return).',
    },
  ),
  rejected: stageOf(DRAWDOWN, { de: 'abgelehnt', en: 'rejected' }, NO_FURTHER_STEP),
  cancelled: stageOf(DRAWDOWN, { de: 'zurückgenommen', en: 'cancelled' }, NO_FURTHER_STEP),
};

const paymentStages: Readonly<Record<PaymentState, Stage>> = {
  ordered: stageOf(
    PAYMENT,
    { de: 'angeordnet', en: 'ordered' },
    {
      de: 'Als Nächstes bestätigt die Landeskasse die Ausführung (payment.confirm) oder meldet, dass sie misslang (payment.bounce).',
      en: 'Next, the cash office confirms that it was made (payment.confirm) or records that it was not (payment.bounce).',
    },
  ),
  confirmed: stageOf(
    PAYMENT,
    { de: 'bestätigt', en: 'confirmed' },
    {
      de: 'Kam das Geld danach zurück, meldet die Landeskasse den Rücklauf (payment.return).',
      en: 'Where the money came back afterwards the cash office records its return (payment.return).',
    },
  ),
  bounced: stageOf(PAYMENT, { de: 'von der Bank zurückgewiesen', en: 'bounced' }, ORDERED_ANEW),
  returned: stageOf(PAYMENT, { de: 'zurückgezahlt', en: 'returned' }, ORDERED_ANEW),
};
