import type { Actor } from '../kernel/actor.js';
import type { PersonId } from '../kernel/ids.js';
import { stageOf, stepHindrance, stepRefusal, type Lifecycle, type Stage } from '../kernel/lifecycle.js';
import { violation, type Text, type Violation } from '../kernel/violation.js';
import { WITHDRAWN, withdrawnStage, type Withdrawal } from '../kernel/withdrawal.js';
import type { ProgrammeCode } from './guideline.rules.js';

export type GuidelineState = 'drafted' | 'released' | 'co_released' | 'withdrawn';
/** A version that binds is never withdrawn; which one binds is a question of its programme. */
export const guidelineLifecycle: Lifecycle<GuidelineState> = {
  drafted: ['released', 'withdrawn'],
  released: ['co_released', 'withdrawn'],
  co_released: [],
  withdrawn: [],
};

/** The KI guideline is a decree of the integration and the school ministry, so it holds only when both released it. */
export function needsCoRelease(programme: ProgrammeCode): boolean {
  return programme === 'KI';
}

/** Whether decisions may rest on a version in this state; whether it holds on a day is a question of its validity. */
export function isBinding(programme: ProgrammeCode, state: GuidelineState): boolean {
  return state === (needsCoRelease(programme) ? 'co_released' : 'released');
}

interface GuidelineStanding extends Withdrawal {
  readonly programme: ProgrammeCode;
  readonly state: GuidelineState;
  readonly draftedBy: PersonId;
}

/** Why a version cannot take this step by this ministry, and who does what next; null when it can. */
export function guidelineHindrance(
  version: GuidelineStanding,
  to: GuidelineState,
  { role }: Pick<Actor, 'role'>,
): Text | null {
  const { programme, state } = version;
  const another = to === 'co_released' || role === 'school_ministry';
  if (another && !needsCoRelease(programme)) return alone(programme);
  const stages: Readonly<Record<GuidelineState, Stage>> = {
    ...STAGES,
    released: isBinding(programme, 'released') ? { ...STAGES.released, next: BY_A_NEW_ONE } : STAGES.released,
    withdrawn: withdrawnStage(VERSION, version, version.draftedBy, {
      de: 'Möglich ist ein neuer Entwurf (guideline.draft).',
      en: 'A new draft is possible (guideline.draft).',
    }),
  };
  if (to === 'withdrawn' && isBinding(programme, state)) return stepRefusal(stages[state], WITHDRAWN);
  return stepHindrance(guidelineLifecycle, stages, { from: state, to });
}

function alone(programme: ProgrammeCode): Text {
  return {
    de: `Über eine Richtlinie des Programms ${programme} befindet allein das Integrationsministerium (guideline.release, guideline.withdraw).`,
    en: `A guideline of the programme ${programme} is for the integration ministry alone (guideline.release, guideline.withdraw).`,
  };
}

const VERSION: Text = { de: 'Die Fassung', en: 'The version' };
const BY_A_NEW_ONE: Text = {
  de: 'Was gilt, wird nur durch eine neue Fassung abgelöst (guideline.draft).',
  en: 'What is in force is superseded by a new version only (guideline.draft).',
};
const STAGES: Readonly<Record<Exclude<GuidelineState, 'withdrawn'>, Stage>> = {
  drafted: stageOf(
    VERSION,
    { de: 'ein Entwurf', en: 'a draft' },
    {
      de: 'Als Nächstes gibt sie eine andere Person des Integrationsministeriums frei (guideline.release) oder zieht sie zurück (guideline.withdraw).',
      en: 'Next, another person of the integration ministry releases it (guideline.release) or withdraws it (guideline.withdraw).',
    },
    { de: 'entworfen', en: 'drafted' },
  ),
  released: stageOf(
    VERSION,
    { de: 'vom Integrationsministerium freigegeben', en: 'released by the integration ministry' },
    {
      de: 'Als Nächstes gibt sie das Schulministerium frei (guideline.coRelease), oder eines der beiden Ministerien zieht sie zurück (guideline.withdraw).',
      en: 'Next, the school ministry releases it too (guideline.coRelease), or either ministry withdraws it (guideline.withdraw).',
    },
    { de: 'freigegeben', en: 'released' },
  ),
  co_released: stageOf(
    VERSION,
    { de: 'von beiden Ministerien freigegeben', en: 'released by both ministries' },
    BY_A_NEW_ONE,
    { de: 'vom Schulministerium freigegeben', en: 'released by the school ministry' },
  ),
};

/** Four eyes count persons; a decree of two ministries passes through three pairs. */
export function judgeReleaser(
  earlier: readonly (PersonId | null)[],
  releasing: PersonId | null,
): Violation[] {
  if (!earlier.includes(releasing)) {
    return [];
  }
  return [
    violation('four-eyes', null, {
      de: 'Wer die Richtlinie entworfen oder schon freigegeben hat, gibt sie nicht noch einmal frei.',
      en: 'Whoever drafted the guideline or released it before does not release it again.',
    }),
  ];
}
