import type { PersonId } from '../../kernel/ids.js';
import type { Withdrawal } from '../../kernel/withdrawal.js';
import { IdField, InstantField, TextField } from './fields.js';

/** What taking back a proposal wants to know, whatever was proposed. */
export class WithdrawDto {
  @TextField({
    de: 'Warum der Vorschlag zurückgezogen wird',
    en: 'Why the proposal is withdrawn',
    max: 500,
    example: 'Beim Betrag eine Null zu viel.',
  })
  reason!: string;
}

/** What a reader should know of taking a proposal back. */
export const WITHDRAWAL_NOTE = {
  de: 'Nur solange noch nichts daraus geworden ist, und mit Begründung. Zurückziehen darf, wer eintragen darf: auch die zweite Person, die so die Freigabe ablehnt. Der Vorschlag bleibt lesbar, zählt nirgends mit und steht einem neuen nicht im Weg.',
  en: 'Only while nothing has come of it, and with the reason. Whoever may propose may withdraw: also the second person, who refuses the release in this way. The proposal stays to be read, counts nowhere and does not stand in the way of another.',
};

/** What everybody who sees a proposal sees of its being taken back. */
export abstract class WithdrawalView implements Withdrawal {
  @InstantField({ de: 'Zurückgezogen', en: 'Withdrawn', nullable: true }) withdrawnAt!: string | null;
  @IdField({ de: 'Zurückgezogen von (Person)', en: 'Person who withdrew', nullable: true })
  withdrawnBy!: PersonId | null;
  @TextField({
    de: 'Warum zurückgezogen wurde',
    en: 'Why it was withdrawn',
    nullable: true,
    example: null,
  })
  withdrawalReason!: string | null;
}

export function withdrawalOf({ withdrawnAt, withdrawnBy, withdrawalReason }: Withdrawal): Withdrawal {
  return { withdrawnAt, withdrawnBy, withdrawalReason };
}
