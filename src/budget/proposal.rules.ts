import type { PersonId } from '../kernel/ids.js';
import { stageOf, stepHindrance, type Stage } from '../kernel/lifecycle.js';
import type { Text } from '../kernel/violation.js';
import { withdrawnStage, type Withdrawal } from '../kernel/withdrawal.js';
import { proposalLifecycle, type ProposalState } from './budget.rules.js';

/** How the operations on a kind of proposal begin, and what is done about one that was released by mistake. */
export interface ProposalWords {
  readonly noun: 'appropriation' | 'allocation' | 'commitmentAuthorisation';
  readonly instead: Text;
}

interface ProposalFacts extends Withdrawal {
  readonly state: ProposalState;
  readonly proposedBy: PersonId;
}

/** Why an appropriation, an authorisation or an allocation cannot take this step, and what to do; null when it can. */
export function proposalHindrance(
  { noun, instead }: ProposalWords,
  thing: Text,
  proposal: ProposalFacts,
  to: ProposalState,
): Text | null {
  const stages: Readonly<Record<ProposalState, Stage>> = {
    proposed: stageOf(
      thing,
      { de: 'eingetragen', en: 'proposed' },
      {
        de: `Als Nächstes gibt eine andere Person frei (${noun}.release) oder zieht zurück (${noun}.withdraw).`,
        en: `Next, another person releases (${noun}.release) or withdraws (${noun}.withdraw).`,
      },
    ),
    released: stageOf(thing, { de: 'freigegeben', en: 'released' }, instead),
    withdrawn: withdrawnStage(thing, proposal, proposal.proposedBy, {
      de: `Möglich ist ein neuer Eintrag (${noun}.propose).`,
      en: `A new entry is possible (${noun}.propose).`,
    }),
  };
  return stepHindrance(proposalLifecycle, stages, { from: proposal.state, to });
}
