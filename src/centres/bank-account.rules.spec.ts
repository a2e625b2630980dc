import { describe, expect, it } from '@jest/globals';
import { newId, type PersonId } from '../kernel/ids.js';
import {
  accountHindrance,
  accountState,
  canonicalIban,
  judgeConfirmer,
  judgeIban,
} from './bank-account.rules.js';

const at = '2016-01-01T00:00:00Z';
const proposedBy = newId<PersonId>();
const PROPOSED = {
  ...{ proposedBy, confirmedAt: null, replacedAt: null },
  ...{ withdrawnAt: null, withdrawnBy: null, withdrawalReason: null },
};
const WITHDRAWN = { ...PROPOSED, withdrawnAt: at, withdrawnBy: proposedBy, withdrawalReason: 'Zahlendreher' };

describe('a bank account', () => {
  it('has an IBAN with right check digits (ISO 13616), whatever its spaces', () => {
    expect(judgeIban('DE02 1203 0000 0000 2020 51')).toEqual([]);
    expect(canonicalIban('de02 1203 0000 0000 2020 51')).toBe('DE02120300000000202051');
    expect(judgeIban('DE03120300000000202051').map(({ code }) => code)).toEqual(['iban-invalid']);
    expect(judgeIban('DE021203000000002020').map(({ code }) => code)).toEqual(['iban-invalid']);
  });

  it('is confirmed by another person than the one who entered it', () => {
    const [one, other] = [newId<PersonId>(), newId<PersonId>()];
    expect(judgeConfirmer(one, other)).toEqual([]);
    expect(judgeConfirmer(one, one).map(({ code }) => code)).toEqual(['four-eyes']);
  });

  it('is proposed, then confirmed, then replaced; or withdrawn', () => {
    expect(accountState(PROPOSED)).toBe('proposed');
    expect(accountState({ ...PROPOSED, confirmedAt: at })).toBe('confirmed');
    expect(accountState({ ...PROPOSED, confirmedAt: at, replacedAt: at })).toBe('replaced');
    expect(accountState(WITHDRAWN)).toBe('withdrawn');
  });

  it('is withdrawn while it is only proposed; afterwards the answer says what to do instead', () => {
    expect([accountHindrance(PROPOSED, 'withdrawn'), accountHindrance(PROPOSED, 'confirmed')]).toEqual([
      null,
      null,
    ]);
    expect(accountHindrance({ ...PROPOSED, confirmedAt: at }, 'withdrawn')).toEqual({
      de: 'Die Bankverbindung ist schon bestätigt und kann jetzt nicht zurückgezogen werden. Abgelöst wird eine Bankverbindung nur durch eine neue, die eingetragen und bestätigt wird (recipient.proposeAccount).',
      en: 'The bank account is already confirmed and cannot be withdrawn now. A bank account is replaced only by a new one that is proposed and confirmed (recipient.proposeAccount).',
    });
    expect(accountHindrance(WITHDRAWN, 'confirmed')?.de).toBe(
      'Die Bankverbindung ist zurückgezogen (durch die Person, von der der Eintrag stammt; Begründung: „Zahlendreher“) und kann jetzt nicht bestätigt werden. Möglich ist ein neuer Eintrag (recipient.proposeAccount).',
    );
  });
});
