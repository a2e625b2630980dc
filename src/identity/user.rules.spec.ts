import { describe, expect, it } from '@jest/globals';
import { powers } from '../kernel/actor.js';
import { newId, type CentreId, type PersonId } from '../kernel/ids.js';
import { judgeConfirmation, judgeFounders, judgeGrant, judgeLossOfAdmin, USERNAME } from './user.rules.js';

const codes = (violations: readonly { code: string }[]) => violations.map(({ code }) => code);

describe('granting a role', () => {
  it('ties a municipality to a centre and nobody else', () => {
    const centre = newId<CentreId>();
    expect(judgeGrant('municipality', centre, ['drafter'])).toEqual([]);
    expect(codes(judgeGrant('municipality', null, ['drafter']))).toEqual(['centre-missing']);
    expect(judgeGrant('ministry', null, [])).toEqual([]);
    expect(codes(judgeGrant('ministry', centre, []))).toEqual(['centre-not-applicable']);
  });

  it('gives powers to a municipality, at least one, and to nobody else', () => {
    const centre = newId<CentreId>();
    expect(judgeGrant('municipality', centre, powers)).toEqual([]);
    expect(codes(judgeGrant('municipality', null, []))).toEqual(['centre-missing', 'powers-missing']);
    expect(codes(judgeGrant('ministry', null, ['signatory']))).toEqual(['powers-not-applicable']);
  });
});

describe('confirming a role', () => {
  const [granter, holder, third] = [newId<PersonId>(), newId<PersonId>(), newId<PersonId>()];
  const grant = { personId: holder, grantedBy: granter };

  it('takes a third person', () => expect(judgeConfirmation(grant, third)).toEqual([]));
  it('refuses who granted it', () =>
    expect(codes(judgeConfirmation(grant, granter))).toEqual(['four-eyes-granter']));
  it('refuses who will hold it', () =>
    expect(codes(judgeConfirmation(grant, holder))).toEqual(['four-eyes-beneficiary']));
  it('states both objections at once', () => {
    expect(codes(judgeConfirmation({ personId: granter, grantedBy: granter }, granter))).toEqual([
      'four-eyes-granter',
      'four-eyes-beneficiary',
    ]);
  });
});

describe('administrators', () => {
  it('never loses the last one', () => {
    expect(judgeLossOfAdmin(1)).toEqual([]);
    expect(codes(judgeLossOfAdmin(0))).toEqual(['last-admin']);
  });

  it('begins with two different persons', () => {
    const anna = { username: 'anna', name: 'Anna Beispiel' };
    const ben = { username: 'ben', name: 'Ben Muster' };
    expect(judgeFounders([anna, ben])).toEqual([]);
    expect(codes(judgeFounders([anna]))).toEqual(['two-founders']);
    expect(codes(judgeFounders([anna, { ...anna, username: 'anna2' }]))).toEqual(['two-founders']);
    expect(codes(judgeFounders([anna, { ...ben, username: 'anna' }]))).toEqual(['two-founders']);
  });
});

describe('user names', () => {
  it.each(['anna', 'a.b', 'x'.repeat(64)])('takes %s', (name) => expect(USERNAME.test(name)).toBe(true));
  it.each(['ab', 'Anna', '.anna', 'x'.repeat(65), 'an na'])('refuses %s', (name) =>
    expect(USERNAME.test(name)).toBe(false),
  );
});
