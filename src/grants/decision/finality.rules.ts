import { getHolidays } from 'feiertagejs';
import { CalendarDate } from '../../kernel/calendar-date.js';
import type { DerivationStep } from '../../kernel/derivation.js';
import type { Text } from '../../kernel/violation.js';

export const notificationModes = ['handover', 'post', 'electronic', 'portal', 'formal_service'] as const;
export type NotificationMode = (typeof notificationModes)[number];

/** How and when a decision was sent on its way. */
export interface Notification {
  readonly mode: NotificationMode;
  /** Handed over, posted, sent, retrieved from the portal, or served on this day. */
  readonly on: CalendarDate;
  /** The notice tells which remedy there is, where and until when (§ 58 (1) VwGO). */
  readonly remedyInformation: boolean;
}

export interface Finality {
  /** Day the decision counts as made known. */
  readonly receivedOn: CalendarDate;
  /** Last day on which action may be brought. */
  readonly remedyEndsOn: CalendarDate;
  /** First day on which it can no longer be challenged. */
  readonly finalOn: CalendarDate;
  readonly derivation: readonly DerivationStep[];
}

/** Since this day a letter counts as delivered on the fourth day, before on the third. */
const FOUR_DAYS_SINCE = CalendarDate.of(2025, 1, 1);
const SATURDAY = 6;

/** The public holidays of North Rhine-Westphalia by year: the library computes a year anew for each question. */
const holidays = new Map<number, ReadonlySet<string>>();

function holidaysOf(year: number): ReadonlySet<string> {
  const known = holidays.get(year) ?? new Set(getHolidays(year, 'NW').map(({ dateString }) => dateString));
  holidays.set(year, known);
  return known;
}

/** Saturdays, Sundays and the public holidays of North Rhine-Westphalia are no working days. */
export function isWorkingDay(day: CalendarDate): boolean {
  return day.dayOfWeek < SATURDAY && !holidaysOf(day.year).has(day.toString());
}

/** The day itself, or the next working day (§ 57 (2) VwGO with § 222 (2) ZPO). */
export function nextWorkingDay(day: CalendarDate): CalendarDate {
  let found = day;
  while (!isWorkingDay(found)) found = found.plusDays(1);
  return found;
}

/**
 * The day a decision counts as made known. The law presumes it and does not move it off a weekend; that a letter
 * came later, or never, has to be shown.
 */
export function deemedReceipt(mode: NotificationMode, on: CalendarDate): CalendarDate {
  return on.plusDays(waitOf(mode, on));
}

function waitOf(mode: NotificationMode, on: CalendarDate): number {
  switch (mode) {
    case 'handover':
    case 'formal_service':
      return 0;
    case 'portal':
      return 1;
    case 'post':
    case 'electronic':
      return on.isBefore(FOUR_DAYS_SINCE) ? 3 : 4;
  }
}

/**
 * From when on a decision can no longer be challenged: one month from receipt (§ 74 (1) VwGO), one year where the
 * notice does not tell of the remedy (§ 58 (2) VwGO); an end that is no working day moves to the next one; the
 * decision is final on the day after.
 */
export function finalityOf({ mode, on, remedyInformation }: Notification): Finality {
  const receivedOn = deemedReceipt(mode, on);
  const periodEndsOn = remedyInformation ? receivedOn.plusMonths(1) : receivedOn.plusYears(1);
  const remedyEndsOn = nextWorkingDay(periodEndsOn);
  const finalOn = remedyEndsOn.plusDays(1);
  return {
    receivedOn,
    remedyEndsOn,
    finalOn,
    derivation: [
      step('deemed-receipt', receiptLabels[mode], receiptBases[mode], {
        operands: [{ name: 'notifiedOn', value: on.toString() }, days(waitOf(mode, on))],
        result: receivedOn,
      }),
      step(
        'remedy-period',
        remedyInformation
          ? { de: 'Klagefrist von einem Monat', en: 'One month to bring action' }
          : {
              de: 'Klagefrist von einem Jahr, weil die Rechtsbehelfsbelehrung fehlt',
              en: 'One year to bring action, because the notice does not tell of the remedy',
            },
        remedyInformation ? '§ 74 Abs. 1 VwGO, § 188 Abs. 2, 3 BGB' : '§ 58 Abs. 2 VwGO, § 188 Abs. 2, 3 BGB',
        { operands: [{ name: 'receivedOn', value: receivedOn.toString() }], result: periodEndsOn },
      ),
      step(
        'next-working-day',
        {
          de: 'Fällt das Ende auf Samstag, Sonntag oder Feiertag in Nordrhein-Westfalen, gilt der nächste Werktag',
          en: 'An end on a Saturday, Sunday or public holiday in North Rhine-Westphalia moves to the next working day',
        },
        '§ 57 Abs. 2 VwGO, § 222 Abs. 2 ZPO',
        { operands: [{ name: 'periodEndsOn', value: periodEndsOn.toString() }], result: remedyEndsOn },
      ),
      step(
        'final-on',
        { de: 'Bestandskräftig am Tag danach', en: 'Final on the following day' },
        '§ 74 Abs. 1 VwGO',
        { operands: [{ name: 'remedyEndsOn', value: remedyEndsOn.toString() }], result: finalOn },
      ),
    ],
  };
}

/**
 * A waiver of remedies makes the decision final on the day it is declared, but not before the decision counts as made
 * known (§ 43 (1) VwVfG: before that it has no effect), and never later than it would be anyway.
 */
export function finalityAfterWaiver(finality: Finality, waivedOn: CalendarDate): Finality {
  const { receivedOn } = finality;
  const effective = waivedOn.isBefore(receivedOn) ? receivedOn : waivedOn;
  const finalOn = CalendarDate.min(effective, finality.finalOn);
  return {
    ...finality,
    finalOn,
    derivation: [
      ...finality.derivation,
      step(
        'waiver',
        {
          de: 'Rechtsbehelfsverzicht: bestandskräftig sofort, frühestens mit der Bekanntgabe',
          en: 'Remedies waived: final at once, but not before the decision is made known',
        },
        '§ 43 Abs. 1 VwVfG NRW',
        {
          operands: [
            { name: 'waivedOn', value: waivedOn.toString() },
            { name: 'receivedOn', value: receivedOn.toString() },
          ],
          result: finalOn,
        },
      ),
    ],
  };
}

/** Only the presumption for letters was seen in the text of the law; the rest is professional knowledge. */
function step(
  rule: string,
  label: Text,
  basis: string | null,
  { operands, result }: { operands: DerivationStep['operands']; result: CalendarDate },
): DerivationStep {
  const confidence = label === receiptLabels.post ? 'verified' : rule === 'final-on' ? null : 'assumed';
  return { label, rule, basis, confidence, operands, result: result.toString() };
}

function days(count: number): DerivationStep['operands'][number] {
  return { name: 'days', value: String(count) };
}

const receiptLabels: Readonly<Record<NotificationMode, Text>> = {
  handover: {
    de: 'Bekannt gegeben durch Übergabe am selben Tag',
    en: 'Made known by handover, the same day',
  },
  post: {
    de: 'Per Post: gilt am dritten, seit 2025 am vierten Tag nach Aufgabe als bekannt gegeben',
    en: 'By post: deemed received on the third, since 2025 the fourth day after posting',
  },
  electronic: {
    de: 'Elektronisch übermittelt: gilt am dritten, seit 2025 am vierten Tag nach Absendung als bekannt gegeben',
    en: 'Sent electronically: deemed received on the third, since 2025 the fourth day after sending',
  },
  portal: {
    de: 'Zum Abruf bereitgestellt: gilt am Tag nach dem Abruf als bekannt gegeben',
    en: 'Retrieved from the portal: deemed received on the day after retrieval',
  },
  formal_service: { de: 'Förmlich zugestellt am selben Tag', en: 'Formally served, the same day' },
};

const receiptBases: Readonly<Record<NotificationMode, string>> = {
  handover: '§ 41 Abs. 1 VwVfG NRW',
  post: '§ 41 Abs. 2 VwVfG NRW',
  electronic: '§ 41 Abs. 2 VwVfG NRW',
  portal: '§ 41 Abs. 2a VwVfG NRW',
  formal_service: '§ 41 Abs. 5 VwVfG NRW, LZG NRW',
};
