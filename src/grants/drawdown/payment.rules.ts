import { isAtWork, type Actor } from '../../kernel/actor.js';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { PersonId } from '../../kernel/ids.js';
import type { Lifecycle } from '../../kernel/lifecycle.js';
import { violation, type Violation } from '../../kernel/violation.js';

export type PaymentState = 'ordered' | 'confirmed' | 'bounced' | 'returned';

/** A payment: ordered by the authority, executed by the cash office; it may bounce, or come back later. */
export const paymentLifecycle: Lifecycle<PaymentState> = {
  ordered: ['confirmed', 'bounced'],
  confirmed: ['returned'],
  bounced: [],
  returned: [],
};

interface OrderedPayment {
  readonly orderedBy: PersonId;
  readonly orderedOn: CalendarDate;
}

/** Every objection to the cash office's statement that the money left on this day. */
export function judgeConfirmation(
  payment: OrderedPayment,
  acting: Pick<Actor, 'personId' | 'onBehalfOf'>,
  { on, today }: { readonly on: CalendarDate; readonly today: CalendarDate },
): Violation[] {
  const violations: Violation[] = [];
  if (isAtWork(payment.orderedBy, acting)) {
    violations.push(
      violation('four-eyes', '§ 77 LHO NRW', {
        de: 'Wer die Zahlung angeordnet hat, führt sie nicht aus.',
        en: 'Whoever ordered the payment does not execute it.',
      }),
    );
  }
  if (on.isBefore(payment.orderedOn) || today.isBefore(on)) {
    violations.push(
      violation(
        'paid-on-impossible',
        null,
        {
          de: `Die Zahlung kann frühestens am ${payment.orderedOn.format('de')} und spätestens heute, am ${today.format('de')}, ausgeführt worden sein.`,
          en: `The payment can have been made on ${payment.orderedOn} at the earliest and today, ${today}, at the latest.`,
        },
        '/on',
      ),
    );
  }
  return violations;
}

/**
 * Every objection to the cash office's statement that the money came back on this day. After the year is settled the
 * money is accounted for: what comes back then is a repayment of its own.
 */
export function judgeComingBack(
  payment: OrderedPayment & {
    readonly confirmedOn: CalendarDate | null;
    readonly yearSettledOn: CalendarDate | null;
  },
  acting: Pick<Actor, 'personId' | 'onBehalfOf'>,
  { on, today }: { readonly on: CalendarDate; readonly today: CalendarDate },
): Violation[] {
  const violations: Violation[] = [];
  if (isAtWork(payment.orderedBy, acting)) {
    violations.push(
      violation('four-eyes', '§ 77 LHO NRW', {
        de: 'Wer die Zahlung angeordnet hat, meldet ihren Rücklauf nicht.',
        en: 'Whoever ordered the payment does not record that it came back.',
      }),
    );
  }
  const since = payment.confirmedOn ?? payment.orderedOn;
  if (on.isBefore(since) || today.isBefore(on)) {
    violations.push(
      violation(
        'came-back-on-impossible',
        null,
        {
          de: `Das Geld kann frühestens am ${since.format('de')} und spätestens heute, am ${today.format('de')}, zurückgekommen sein.`,
          en: `The money can have come back on ${since} at the earliest and today, ${today}, at the latest.`,
        },
        '/on',
      ),
    );
  }
  if (payment.yearSettledOn !== null) {
    violations.push(
      violation('year-settled', null, {
        de: `Der Verwendungsnachweis ist seit ${payment.yearSettledOn.format('de')} abgenommen, das Geld gilt als abgerechnet. Was danach zurückkommt, ist eine Erstattung, die diese Fassung noch nicht kennt.`,
        en: `The settlement report was accepted on ${payment.yearSettledOn} and the money counts as settled. What comes back later is a repayment, which this version does not know yet.`,
      }),
    );
  }
  return violations;
}

/** Longest text a credit transfer carries (SEPA, unstructured remittance information). */
const LONGEST_REFERENCE = 140;

/**
 * What the recipient reads on the statement: file number, funding year and due day, in the characters every bank
 * passes on (SEPA: Latin letters, digits and / - ? : ( ) . , ' +).
 */
export function paymentReference(fileNumber: string, fundingYear: number, dueOn: CalendarDate): string {
  const plain = fileNumber
    .replaceAll('Ä', 'Ae')
    .replaceAll('Ö', 'Oe')
    .replaceAll('Ü', 'Ue')
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .replaceAll(/[^A-Za-z0-9/\-?:().,'+ ]/g, ' ');
  const tail = ` ${fundingYear} ${dueOn}`;
  return `${plain.slice(0, LONGEST_REFERENCE - tail.length)}${tail}`;
}
