import { mayBecome, type Lifecycle } from '../kernel/lifecycle.js';
import type { Text } from '../kernel/violation.js';

export type ApplicationState =
  'draft' | 'submitted' | 'in_check' | 'queried' | 'recommended' | 'decided' | 'retracted';

/** An application, from the applicant's desk to the decision; a query hands it back. */
export const applicationLifecycle: Lifecycle<ApplicationState> = {
  draft: ['submitted'],
  submitted: ['in_check', 'queried', 'retracted'],
  in_check: ['queried', 'recommended', 'retracted'],
  queried: ['in_check', 'retracted'],
  recommended: ['decided', 'retracted'],
  decided: [],
  retracted: [],
};

export type DecisionState = 'drafted' | 'released' | 'notified' | 'closed';

/** A decision: drafted, released by another person, effective once notified (§ 43 VwVfG NRW). */
export const decisionLifecycle: Lifecycle<DecisionState> = {
  drafted: ['released'],
  released: ['notified'],
  notified: ['closed'],
  closed: [],
};

/** The application lies with its applicant and may be written. */
export function isWithApplicant(state: ApplicationState): boolean {
  return state === 'draft' || state === 'queried';
}

/** Where a submission leads: to the authority's desk, or back to the check that asked. */
export function afterSubmission(state: ApplicationState): ApplicationState {
  return state === 'queried' ? 'in_check' : 'submitted';
}

/** Why the application cannot take this step; null when it can. */
export function applicationHindrance(from: ApplicationState, to: ApplicationState): Text | null {
  return mayBecome(applicationLifecycle, from, to)
    ? null
    : {
        de: `Der Antrag ist im Stand „${applicationWords[from].de}“ und kann nicht in den Stand „${applicationWords[to].de}“ wechseln.`,
        en: `The application is ${applicationWords[from].en} and cannot become ${applicationWords[to].en}.`,
      };
}

/** Why the decision cannot take this step; null when it can. */
export function decisionHindrance(from: DecisionState, to: DecisionState): Text | null {
  return mayBecome(decisionLifecycle, from, to)
    ? null
    : {
        de: `Der Bescheid ist im Stand „${decisionWords[from].de}“ und kann nicht in den Stand „${decisionWords[to].de}“ wechseln.`,
        en: `The decision is ${decisionWords[from].en} and cannot become ${decisionWords[to].en}.`,
      };
}

const applicationWords: Readonly<Record<ApplicationState, Text>> = {
  draft: { de: 'Entwurf', en: 'a draft' },
  submitted: { de: 'eingereicht', en: 'submitted' },
  in_check: { de: 'in Prüfung', en: 'in check' },
  queried: { de: 'mit Rückfrage beim Antragsteller', en: 'queried' },
  recommended: { de: 'entscheidungsreif', en: 'recommended' },
  decided: { de: 'entschieden', en: 'decided' },
  retracted: { de: 'zurückgezogen', en: 'retracted' },
};

const decisionWords: Readonly<Record<DecisionState, Text>> = {
  drafted: { de: 'Entwurf', en: 'a draft' },
  released: { de: 'freigegeben', en: 'released' },
  notified: { de: 'bekannt gegeben', en: 'notified' },
  closed: { de: 'abgeschlossen', en: 'closed' },
};
