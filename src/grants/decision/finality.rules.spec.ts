import { describe, expect, it } from '@jest/globals';
import { CalendarDate } from '../../kernel/calendar-date.js';
import {
  deemedReceipt,
  finalityAfterWaiver,
  finalityOf,
  isWorkingDay,
  nextWorkingDay,
  type NotificationMode,
} from './finality.rules.js';

const day = (iso: string) => CalendarDate.parse(iso);

describe('deemed receipt', () => {
  it.each<[string, NotificationMode, string, string]>([
    ['by post before 2025: third day', 'post', '2024-12-31', '2025-01-03'],
    ['by post since 2025: fourth day', 'post', '2025-01-01', '2025-01-05'],
    ['electronically before 2025: third day', 'electronic', '2024-12-31', '2025-01-03'],
    ['electronically since 2025: fourth day', 'electronic', '2025-01-01', '2025-01-05'],
    ['from the portal: the day after retrieval', 'portal', '2025-06-30', '2025-07-01'],
    ['by handover: the same day', 'handover', '2016-02-12', '2016-02-12'],
    ['by formal service: the same day', 'formal_service', '2016-02-12', '2016-02-12'],
    ['on a Sunday: not moved', 'post', '2016-03-03', '2016-03-06'],
    ['across 29 February', 'post', '2016-02-27', '2016-03-01'],
  ])('%s', (_, mode, on, received) => {
    expect(deemedReceipt(mode, day(on)).toString()).toBe(received);
  });
});

describe('working days in North Rhine-Westphalia', () => {
  it.each([
    ['Good Friday', '2016-03-25', false],
    ['the Thursday before', '2016-03-24', true],
    ['Easter Monday', '2016-03-28', false],
    ['the Tuesday after', '2016-03-29', true],
    ['Saturday', '2016-04-02', false],
    ['Corpus Christi', '2016-05-26', false],
    ["All Saints' Day", '2016-11-01', false],
    ['Epiphany, no holiday here', '2016-01-06', true],
    ['Reformation Day, a holiday in 2017 only', '2016-10-31', true],
    ['Reformation Day of 2017', '2017-10-31', false],
    ['New Year', '2016-01-01', false],
    ["New Year's Eve", '2015-12-31', true],
  ])('%s', (_, on, working) => {
    expect(isWorkingDay(day(on))).toBe(working);
  });

  it('after Christmas on a Friday comes Monday', () => {
    expect(nextWorkingDay(day('2026-12-25')).toString()).toBe('2026-12-28');
    expect(nextWorkingDay(day('2026-12-24')).toString()).toBe('2026-12-24');
  });
});

describe('finality', () => {
  const notified = (mode: NotificationMode, on: string, remedyInformation = true) =>
    finalityOf({ mode, on: day(on), remedyInformation });
  const days = ({ receivedOn, remedyEndsOn, finalOn }: ReturnType<typeof finalityOf>) =>
    [receivedOn, remedyEndsOn, finalOn].map(String);

  it('comes the day after one month has passed', () => {
    expect(days(notified('handover', '2016-02-12'))).toEqual(['2016-02-12', '2016-03-14', '2016-03-15']);
    expect(days(notified('handover', '2016-02-15'))).toEqual(['2016-02-15', '2016-03-15', '2016-03-16']);
  });

  it('waits for the day after Easter Monday, and not a day longer', () => {
    expect(days(notified('handover', '2016-02-24'))).toEqual(['2016-02-24', '2016-03-24', '2016-03-25']);
    expect(days(notified('handover', '2016-02-25'))).toEqual(['2016-02-25', '2016-03-29', '2016-03-30']);
    expect(days(notified('handover', '2016-02-28'))).toEqual(['2016-02-28', '2016-03-29', '2016-03-30']);
    expect(days(notified('handover', '2016-02-29'))).toEqual(['2016-02-29', '2016-03-29', '2016-03-30']);
  });

  it('an end on a Friday stays, on a Saturday or Sunday it moves to Monday', () => {
    expect(days(notified('handover', '2016-03-08'))[1]).toBe('2016-04-08');
    expect(days(notified('handover', '2016-03-09'))[1]).toBe('2016-04-11');
    expect(days(notified('handover', '2016-03-10'))[1]).toBe('2016-04-11');
    expect(days(notified('handover', '2016-03-11'))[1]).toBe('2016-04-11');
  });

  it('31 January and one month is the last day of February', () => {
    expect(days(notified('handover', '2018-01-31'))).toEqual(['2018-01-31', '2018-02-28', '2018-03-01']);
    expect(days(notified('handover', '2016-01-31'))).toEqual(['2016-01-31', '2016-02-29', '2016-03-01']);
    expect(days(notified('handover', '2018-01-30'))[1]).toBe('2018-02-28');
  });

  it('takes a year when the notice does not tell of the remedy', () => {
    expect(days(notified('handover', '2016-02-15', false))).toEqual([
      '2016-02-15',
      '2017-02-15',
      '2017-02-16',
    ]);
    expect(days(notified('handover', '2016-02-29', false))).toEqual([
      '2016-02-29',
      '2017-02-28',
      '2017-03-01',
    ]);
    expect(days(notified('handover', '2016-06-30', false))).toEqual([
      '2016-06-30',
      '2017-06-30',
      '2017-07-01',
    ]);
    expect(days(notified('handover', '2016-07-01', false))).toEqual([
      '2016-07-01',
      '2017-07-03',
      '2017-07-04',
    ]);
  });

  it('counts a letter from its deemed receipt, before and since 2025', () => {
    expect(days(notified('post', '2024-12-31'))).toEqual(['2025-01-03', '2025-02-03', '2025-02-04']);
    expect(days(notified('post', '2025-01-01'))).toEqual(['2025-01-05', '2025-02-05', '2025-02-06']);
  });

  it('shows how it was reckoned, each result the operand of the next', () => {
    const { derivation } = notified('post', '2016-03-03');
    expect(derivation.map(({ rule, result }) => [rule, result])).toEqual([
      ['deemed-receipt', '2016-03-06'],
      ['remedy-period', '2016-04-06'],
      ['next-working-day', '2016-04-06'],
      ['final-on', '2016-04-07'],
    ]);
    expect(derivation.map(({ confidence }) => confidence)).toEqual(['verified', 'assumed', 'assumed', null]);
    expect(derivation[1]?.operands).toEqual([{ name: 'receivedOn', value: derivation[0]?.result }]);
  });

  it('comes at once with a waiver, and a waiver never delays it', () => {
    const finality = notified('handover', '2016-02-15');
    expect(days(finalityAfterWaiver(finality, day('2016-02-16')))[2]).toBe('2016-02-16');
    expect(days(finalityAfterWaiver(finality, day('2016-03-15')))[2]).toBe('2016-03-15');
    expect(days(finalityAfterWaiver(finality, day('2016-03-17')))[2]).toBe('2016-03-16');
  });

  it('comes with a waiver only once the decision counts as made known', () => {
    const posted = notified('post', '2016-02-15');
    expect(days(finalityAfterWaiver(posted, day('2016-02-16')))[2]).toBe('2016-02-18');
    expect(days(finalityAfterWaiver(posted, day('2016-02-19')))[2]).toBe('2016-02-19');
  });
});
