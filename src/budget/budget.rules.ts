import type { PersonId } from '../kernel/ids.js';
import type { Lifecycle } from '../kernel/lifecycle.js';
import { violation, type Violation } from '../kernel/violation.js';

export const confidences = ['verified', 'derived', 'assumed'] as const;
export type Confidence = (typeof confidences)[number];

export const allocationKinds = ['allotment', 'quota'] as const;
export type AllocationKind = (typeof allocationKinds)[number];

export type ProposalState = 'proposed' | 'released';
/** Appropriations and allocations alike: proposed by one person, released by another, never edited. */
export const proposalLifecycle: Lifecycle<ProposalState> = { proposed: ['released'], released: [] };

/** Four eyes about persons: whoever proposed does not release (VV Nr. 1.4 zu § 70 LHO NRW). */
export function judgeRelease(proposedBy: PersonId, releasing: PersonId | null): Violation[] {
  return proposedBy === releasing
    ? [
        violation('four-eyes', 'VV zu § 70 LHO NRW', {
          de: 'Wer den Ansatz oder die Zuweisung eingetragen hat, gibt sie nicht selbst frei.',
          en: 'Whoever entered the appropriation or allocation does not release it.',
        }),
      ]
    : [];
}

/** An allotment goes to the granting authority as a whole, a quota to one centre. */
export function judgeAllocation(kind: AllocationKind, centreId: string | null): Violation[] {
  if (kind === 'quota' && centreId === null) {
    return [
      violation(
        'quota-needs-centre',
        null,
        { de: 'Ein Kontingent nennt sein Zentrum.', en: 'A quota names its centre.' },
        '/centreId',
      ),
    ];
  }
  if (kind === 'allotment' && centreId !== null) {
    return [
      violation(
        'allotment-has-no-centre',
        '§ 9 LHO NRW',
        {
          de: 'Eine Mittelzuweisung geht an die Bewilligungsbehörde, nicht an ein Zentrum.',
          en: 'An allotment goes to the granting authority, not to a centre.',
        },
        '/centreId',
      ),
    ];
  }
  return [];
}
