import type { CalendarDate } from '../../kernel/calendar-date.js';
import { violation, type Violation } from '../../kernel/violation.js';

/** What stands between a decision and its end. */
export interface ClosingFacts {
  readonly finalOn: CalendarDate | null;
  /** Years for which state money is in force. */
  readonly grantedYears: readonly number[];
  readonly settledYears: readonly number[];
  readonly openSuits: number;
  readonly openHearings: number;
  /** File number of an act on the case that has not been notified. */
  readonly unfinished: string | null;
}

/** A decision rests when it is final, every year is settled, and nobody is busy with it. */
export function judgeClosing(facts: ClosingFacts, today: CalendarDate): Violation[] {
  const { finalOn, grantedYears, settledYears, openSuits, openHearings, unfinished } = facts;
  const open = [...new Set(grantedYears)].filter((year) => !settledYears.includes(year));
  return [
    ...(finalOn !== null && !today.isBefore(finalOn)
      ? []
      : [
          violation('not-final', '§ 74 Abs. 1 VwGO', {
            de: 'Der Bescheid ist noch nicht bestandskräftig.',
            en: 'The decision is not final yet.',
          }),
        ]),
    ...open.map((year) =>
      violation('year-not-settled', 'Nr. 11 VVG zu § 44 LHO', {
        de: `Das Jahr ${String(year)} ist noch nicht abgerechnet (settlement.accept).`,
        en: `The year ${String(year)} has not been settled yet (settlement.accept).`,
      }),
    ),
    ...(openSuits === 0
      ? []
      : [
          violation('suit-pending', '§ 113 VwGO', {
            de: 'Zu diesem Fall läuft eine Klage (decision.closeSuit).',
            en: 'A suit on this case is pending (decision.closeSuit).',
          }),
        ]),
    ...(openHearings === 0
      ? []
      : [
          violation('hearing-pending', '§ 28 Abs. 1 VwVfG NRW', {
            de: 'Zu diesem Fall läuft eine Anhörung (decision.closeHearing).',
            en: 'A hearing about this case is open (decision.closeHearing).',
          }),
        ]),
    ...(unfinished === null
      ? []
      : [
          violation('act-under-way', null, {
            de: `Der Bescheid „${unfinished}“ ist noch nicht bekannt gegeben.`,
            en: `The decision "${unfinished}" has not been notified yet.`,
          }),
        ]),
  ];
}
