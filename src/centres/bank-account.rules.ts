import { electronicFormatIBAN, isValidIBAN } from 'ibantools';
import type { PersonId } from '../kernel/ids.js';
import { stageOf, stepHindrance, type Lifecycle, type Stage } from '../kernel/lifecycle.js';
import { violation, type Text, type Violation } from '../kernel/violation.js';
import { withdrawnStage, type Withdrawal } from '../kernel/withdrawal.js';

export type AccountState = 'proposed' | 'confirmed' | 'replaced' | 'withdrawn';
export const accountLifecycle: Lifecycle<AccountState> = {
  proposed: ['confirmed', 'withdrawn'],
  confirmed: ['replaced'],
  replaced: [],
  withdrawn: [],
};

/** What has happened to an account says in which state it is. */
interface AccountStamps extends Withdrawal {
  readonly confirmedAt: string | null;
  readonly replacedAt: string | null;
}

export function accountState({ confirmedAt, replacedAt, withdrawnAt }: AccountStamps): AccountState {
  if (withdrawnAt !== null) return 'withdrawn';
  if (replacedAt !== null) return 'replaced';
  return confirmedAt === null ? 'proposed' : 'confirmed';
}

/** Why the account cannot take this step, and what is done instead; null when it can. */
export function accountHindrance(
  account: AccountStamps & { readonly proposedBy: PersonId },
  to: AccountState,
): Text | null {
  const stages: Readonly<Record<AccountState, Stage>> = {
    proposed: stageOf(
      ACCOUNT,
      { de: 'eingetragen', en: 'proposed' },
      {
        de: 'Als Nächstes bestätigt sie eine andere Person (recipient.confirmAccount) oder zieht sie zurück (recipient.withdrawAccount).',
        en: 'Next, another person confirms it (recipient.confirmAccount) or withdraws it (recipient.withdrawAccount).',
      },
    ),
    confirmed: stageOf(ACCOUNT, { de: 'schon bestätigt', en: 'already confirmed' }, BY_A_NEW_ONE, {
      de: 'bestätigt',
      en: 'confirmed',
    }),
    replaced: stageOf(ACCOUNT, { de: 'abgelöst', en: 'replaced' }, BY_A_NEW_ONE),
    withdrawn: withdrawnStage(ACCOUNT, account, account.proposedBy, {
      de: 'Möglich ist ein neuer Eintrag (recipient.proposeAccount).',
      en: 'A new entry is possible (recipient.proposeAccount).',
    }),
  };
  return stepHindrance(accountLifecycle, stages, { from: accountState(account), to });
}

const ACCOUNT: Text = { de: 'Die Bankverbindung', en: 'The bank account' };
const BY_A_NEW_ONE: Text = {
  de: 'Abgelöst wird eine Bankverbindung nur durch eine neue, die eingetragen und bestätigt wird (recipient.proposeAccount).',
  en: 'A bank account is replaced only by a new one that is proposed and confirmed (recipient.proposeAccount).',
};

/** Four eyes count persons: where money goes is never one person's decision. */
export function judgeConfirmer(proposedBy: PersonId, confirming: PersonId | null): Violation[] {
  return proposedBy === confirming
    ? [
        violation('four-eyes', 'VV zu § 70 LHO NRW', {
          de: 'Wer die Bankverbindung eingetragen hat, bestätigt sie nicht selbst.',
          en: 'Whoever entered the bank account does not confirm it.',
        }),
      ]
    : [];
}

/** The IBAN without spaces, in capitals; what is none is judged by `judgeIban`. */
export function canonicalIban(iban: string): string {
  return electronicFormatIBAN(iban) ?? iban;
}

/** Country, length, form and check digits (ISO 13616); whether the account exists only the bank can say. */
export function judgeIban(iban: string): Violation[] {
  return isValidIBAN(canonicalIban(iban))
    ? []
    : [
        violation(
          'iban-invalid',
          'ISO 13616',
          {
            de: 'Die IBAN ist falsch: Länge oder Prüfziffern stimmen nicht.',
            en: 'The IBAN is wrong: length or check digits do not fit.',
          },
          '/iban',
        ),
      ];
}
