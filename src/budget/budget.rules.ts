import { isAtWork, type Actor } from '../kernel/actor.js';
import type { PersonId } from '../kernel/ids.js';
import type { Lifecycle } from '../kernel/lifecycle.js';
import { violation, type Violation } from '../kernel/violation.js';

export const confidences = ['verified', 'derived', 'assumed'] as const;
export type Confidence = (typeof confidences)[number];

export const proposalStates = ['proposed', 'released', 'withdrawn'] as const;
export type ProposalState = (typeof proposalStates)[number];
/**
 * Appropriations, authorisations and allocations alike: proposed by one person and released by another, or withdrawn by
 * either before that; never edited.
 */
export const proposalLifecycle: Lifecycle<ProposalState> = {
  proposed: ['released', 'withdrawn'],
  released: [],
  withdrawn: [],
};
/** What was withdrawn counts in no sum, and stands in the way of nothing. */
export const standingStates = ['proposed', 'released'] as const satisfies readonly ProposalState[];

/** Four eyes about persons: whoever proposed does not release (VV Nr. 1.4 zu § 70 LHO NRW). */
export function judgeRelease(
  proposedBy: PersonId,
  releasing: Pick<Actor, 'personId' | 'onBehalfOf'>,
): Violation[] {
  return isAtWork(proposedBy, releasing)
    ? [
        violation('four-eyes', 'VV zu § 70 LHO NRW', {
          de: 'Wer den Ansatz oder die Zuweisung eingetragen hat, gibt sie nicht selbst frei.',
          en: 'Whoever entered the appropriation or allocation does not release it.',
        }),
      ]
    : [];
}

/** Nothing funds a programme in a year, or nothing on the line that was chosen; `place` says where it was. */
export function noAllotment(programme: string, year: number, place: number | null): Violation {
  const [where, where_en] =
    place === null ? ['', ''] : [' auf dieser Haushaltsstelle', ' on this budget line'];
  return violation(
    'no-allotment',
    '§ 9 LHO NRW',
    {
      de: `Für ${programme} ist ${String(year)}${where} weder eine Mittelzuweisung noch eine Verpflichtungsermächtigung freigegeben.`,
      en: `Neither an allotment nor a commitment authorisation for ${programme} has been released for ${String(year)}${where_en}.`,
    },
    place === null ? null : `/lines/${String(place)}/lineId`,
  );
}

export function unknownLine(pointer: string): Violation {
  const detail = { de: 'Diese Haushaltsstelle gibt es nicht.', en: 'There is no such budget line.' };
  return violation('unknown-budget-line', null, detail, pointer);
}

export const unknownProgramme: Violation = violation(
  'unknown-programme',
  null,
  { de: 'Dieses Programm gibt es nicht.', en: 'There is no such programme.' },
  '/programme',
);
