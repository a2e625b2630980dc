import { Failure } from './failure.js';
import type { PersonId } from './ids.js';
import { stageOf, type Stage } from './lifecycle.js';
import type { Text } from './violation.js';

/**
 * Who took a proposal back before anything came of it, when and why; all null while it stands. Nothing is deleted: the
 * row stays to be read, and stands in the way of nothing.
 */
export interface Withdrawal {
  readonly withdrawnAt: string | null;
  readonly withdrawnBy: PersonId | null;
  readonly withdrawalReason: string | null;
}

/** How the step is called that takes a proposal back. */
export const WITHDRAWN: Text = { de: 'zurückgezogen', en: 'withdrawn' };

/** The last stage of a proposal that was taken back: by which of the four eyes and why, and what is done instead. */
export function withdrawnStage(
  thing: Text,
  { withdrawnBy, withdrawalReason }: Withdrawal,
  proposedBy: PersonId,
  next: Text,
): Stage {
  const [who, who_en] =
    withdrawnBy === proposedBy
      ? ['durch die Person, von der der Eintrag stammt', 'by the person who entered it']
      : ['durch eine zweite Person', 'by a second person'];
  const why = withdrawalReason ?? '';
  const word: Text = {
    de: `zurückgezogen (${who}; Begründung: „${why}“)`,
    en: `withdrawn (${who_en}; reason: "${why}")`,
  };
  return stageOf(thing, word, next, WITHDRAWN);
}

/** Refuses a step that a proposal cannot take. Of one that was withdrawn the answer also names by whom and when. */
export function refuseStep(hindrance: Text | null, proposal: Withdrawal): void {
  if (hindrance === null) return;
  const { withdrawnAt, withdrawnBy, withdrawalReason } = proposal;
  const facts = withdrawnAt === null ? {} : { withdrawnAt, withdrawnBy, withdrawalReason };
  throw new Failure('state-conflict', { detail: hindrance, facts });
}
