import { describe, expect, it } from '@jest/globals';
import type { Power, Role } from '../kernel/actor.js';
import { CalendarDate } from '../kernel/calendar-date.js';
import { newId, type PersonId } from '../kernel/ids.js';
import { ageInDays, kindsFor, lastDayOver, personsOf } from './waiting.rules.js';

const day = (iso: string): CalendarDate => CalendarDate.parse(iso);

describe('what can wait for somebody', () => {
  const kinds = [
    { kind: 'check', operation: 'application.check', unless: null },
    { kind: 'submit', operation: 'application.submit', unless: null },
    { kind: 'complete', operation: 'application.edit', unless: 'application.submit' },
  ] as const;
  const of = (role: Role, powers: readonly Power[] = []): string[] => kindsFor(kinds, { role, powers });

  it('is what the role may do', () => {
    expect(of('granting_authority')).toEqual(['check']);
    expect(of('cashier')).toEqual([]);
  });

  it('is in a municipality what the powers reach, once for each thing', () => {
    expect(of('municipality', ['signatory'])).toEqual(['submit']);
    expect(of('municipality', ['drafter'])).toEqual(['complete']);
    expect(of('municipality', ['drafter', 'signatory'])).toEqual(['submit']);
    expect(of('municipality', ['treasurer'])).toEqual([]);
  });
});

describe('who is at work', () => {
  it('is the one acting and the one deputised for, each once', () => {
    const [one, other] = [newId<PersonId>(), newId<PersonId>()];
    expect(personsOf({ personId: one, onBehalfOf: other })).toEqual([one, other]);
    expect(personsOf({ personId: one, onBehalfOf: one })).toEqual([one]);
    expect(personsOf({ personId: one, onBehalfOf: null })).toEqual([one]);
  });
});

describe('the age of what waits', () => {
  it('is counted in calendar days and is never negative', () => {
    expect(ageInDays(day('2016-02-28'), day('2016-03-01'))).toBe(2);
    expect(ageInDays(day('2016-03-01'), day('2016-03-01'))).toBe(0);
    expect(ageInDays(day('2026-03-01'), day('2016-03-01'))).toBe(0);
  });
});

describe('a period that is over for good', () => {
  it.each([
    ['2016-03-01', '2016-02-29'],
    // Friday is over on Saturday; Saturday and Sunday run on to the end of Monday.
    ['2016-03-05', '2016-03-04'],
    ['2016-03-07', '2016-03-04'],
    ['2016-03-08', '2016-03-07'],
    // Maundy Thursday, with Good Friday to Easter Monday behind it.
    ['2016-03-29', '2016-03-24'],
    ['2016-03-30', '2016-03-29'],
  ])('on %s ended on %s at the latest', (today, last) => {
    expect(lastDayOver(day(today)).toString()).toBe(last);
  });
});
