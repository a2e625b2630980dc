import type { PersonId } from '../kernel/ids.js';
import { violation, type Violation } from '../kernel/violation.js';

/** Why a person is erased: because they ask for it, or because nothing keeps their data any longer. */
export const erasureGrounds = ['on_request', 'retention_ended'] as const;
export type ErasureGround = (typeof erasureGrounds)[number];

const BASIS = 'Art. 17 DSGVO';

/** Erasing cannot be undone: who asked for it does not do it, and nobody erases themselves. */
export function judgeErasure(
  { personId, requestedBy }: { readonly personId: PersonId; readonly requestedBy: PersonId | null },
  confirmer: PersonId,
): Violation[] {
  const found: Violation[] = [];
  if (confirmer === requestedBy) {
    found.push(
      violation('four-eyes', BASIS, {
        de: 'Wer die Löschung beantragt hat, führt sie nicht aus.',
        en: 'Who asked for the erasure does not carry it out.',
      }),
    );
  }
  if (confirmer === personId) {
    found.push(
      violation('four-eyes-beneficiary', BASIS, {
        de: 'Niemand löscht sich selbst.',
        en: 'Nobody erases themselves.',
      }),
    );
  }
  return found;
}
