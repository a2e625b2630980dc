import { describe, expect, it } from '@jest/globals';
import { CalendarDate } from '../kernel/calendar-date.js';
import { newId, type CentreId, type PersonId } from '../kernel/ids.js';
import {
  fittingGrants,
  judgeSubstitution,
  judgeSubstitutionConfirmation,
  type HeldRole,
} from './substitution.rules.js';

const day = (text: string) => CalendarDate.parse(text);
const [away, deputy, operator, centreId] = [
  newId<PersonId>(),
  newId<PersonId>(),
  newId<PersonId>(),
  newId<CentreId>(),
];
const leave = { validFrom: day('2016-07-04'), validTo: day('2016-07-23') };
const clerk: HeldRole = { personId: away, role: 'granting_authority', centreId: null, powers: [] };
const signatory: HeldRole = { personId: away, role: 'municipality', centreId, powers: ['signatory'] };

const codes = (
  role: HeldRole,
  own: Partial<HeldRole> = {},
  { days = leave, today = day('2016-07-01'), substitute = deputy } = {},
) =>
  judgeSubstitution({ role, substitute, held: [{ ...role, personId: substitute, ...own }] }, days, today).map(
    ({ code }) => code,
  );

describe('a substitute', () => {
  it('holds the same role already, with the same powers at least', () => {
    expect(codes(clerk)).toEqual([]);
    expect(codes(clerk, { role: 'cashier' })).toEqual(['role-not-held']);
    expect(codes(signatory)).toEqual([]);
    expect(codes(signatory, { powers: ['drafter', 'signatory'] })).toEqual([]);
    expect(codes(signatory, { powers: ['drafter', 'treasurer'] })).toEqual(['role-not-held']);
    expect(codes(signatory, { centreId: newId() })).toEqual(['role-not-held']);
  });

  it('is another person, and has days to come', () => {
    expect(codes(clerk, {}, { substitute: away })).toEqual(['own-substitute']);
    expect(codes(clerk, {}, { today: day('2016-07-22') })).toEqual([]);
    expect(codes(clerk, {}, { today: day('2016-07-23') })).toEqual(['leave-over']);
    const none = { validFrom: leave.validFrom, validTo: leave.validFrom };
    expect(codes(clerk, {}, { days: none })).toEqual(['leave-empty']);
  });

  it('is told everything at once', () => {
    const days = { validFrom: leave.validTo, validTo: leave.validFrom };
    expect(codes(clerk, { role: 'auditor' }, { days, substitute: away })).toEqual([
      'own-substitute',
      'role-not-held',
      'leave-empty',
    ]);
  });

  it('acts by the grant that fits, not by another one', () => {
    const held = [{ ...signatory, powers: ['drafter'] as const }, signatory];
    expect(fittingGrants(held, signatory)).toEqual([signatory]);
  });
});

describe('a substitution', () => {
  const proposed = { proposedBy: operator, personId: away, substituteId: deputy };
  const confirming = (personId: PersonId, onBehalfOf: PersonId | null = null) =>
    judgeSubstitutionConfirmation(proposed, { personId, onBehalfOf }).map(({ code }) => code);

  it('is confirmed by somebody who neither entered it nor gains or loses by it', () => {
    expect(confirming(newId<PersonId>())).toEqual([]);
    expect(confirming(operator)).toEqual(['four-eyes']);
    expect(confirming(away)).toEqual(['four-eyes-beneficiary']);
    expect(confirming(deputy)).toEqual(['four-eyes-beneficiary']);
  });

  it('is not confirmed on behalf of one of them either', () => {
    expect(confirming(newId<PersonId>(), operator)).toEqual(['four-eyes']);
    expect(confirming(newId<PersonId>(), away)).toEqual(['four-eyes-beneficiary']);
  });
});
