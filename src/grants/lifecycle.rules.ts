import {
  mayBecome,
  NO_FURTHER_STEP,
  stepHindrance,
  stepRefusal,
  type Lifecycle,
  type Stage,
} from '../kernel/lifecycle.js';
import type { Text } from '../kernel/violation.js';

export type ApplicationState =
  'draft' | 'submitted' | 'in_check' | 'queried' | 'recommended' | 'decided' | 'retracted';

/** An application, from the applicant's desk to the decision; a query hands it back, an answer or a submission returns it. */
export const applicationLifecycle: Lifecycle<ApplicationState> = {
  draft: ['submitted'],
  submitted: ['in_check', 'queried', 'retracted'],
  in_check: ['queried', 'recommended', 'retracted'],
  queried: ['in_check', 'retracted'],
  recommended: ['decided', 'retracted'],
  decided: [],
  retracted: [],
};

export type DecisionState = 'drafted' | 'discarded' | 'released' | 'notified' | 'closed';

/** A decision: drafted, released by another person or discarded, effective once notified (§ 43 VwVfG NRW). */
export const decisionLifecycle: Lifecycle<DecisionState> = {
  drafted: ['released', 'discarded'],
  discarded: [],
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

/** Why there is nothing to answer, and who does what next; null while a query is open. */
export function answeringHindrance(state: ApplicationState): Text | null {
  return state === 'queried' ? null : stepRefusal(applicationStages[state], ANSWERED);
}

/** Why there is nothing to state an opinion on; null while a submission lies with the authority, undecided. */
export function opiningHindrance(state: ApplicationState): Text | null {
  return mayBecome(applicationLifecycle, state, 'queried')
    ? null
    : stepRefusal(applicationStages[state], JUDGED);
}

/** Why there is nothing to consent to; null while the application lies undecided. */
export function consentHindrance(state: ApplicationState): Text | null {
  return mayBecome(applicationLifecycle, state, 'retracted')
    ? null
    : stepRefusal(applicationStages[state], BEGUN_EARLY);
}

/** Why the application cannot take this step, and who does what next; null when it can. */
export function applicationHindrance(from: ApplicationState, to: ApplicationState): Text | null {
  return stepHindrance(applicationLifecycle, applicationStages, { from, to });
}

/** The same for a step that leads to no other state, named by what it does. */
export function applicationRefusal(state: ApplicationState, step: Text): Text {
  return stepRefusal(applicationStages[state], step);
}

/** Why the decision cannot take this step, and who does what next; null when it can. */
export function decisionHindrance(from: DecisionState, to: DecisionState): Text | null {
  return stepHindrance(decisionLifecycle, decisionStages, { from, to });
}

/** Why a step that leads to no other state cannot be taken; null while the decision is notified and not closed. */
export function noticedHindrance(state: DecisionState, step: Text): Text | null {
  return state === 'notified' ? null : stepRefusal(decisionStages[state], step);
}

/** Why the decision can no longer be reworded; null while it is a draft. */
export function rewordingHindrance(state: DecisionState): Text | null {
  return state === 'drafted' ? null : stepRefusal(decisionStages[state], EDITED);
}

const EDITED: Text = { de: 'geändert', en: 'edited' };
const SUBMITTED: Text = { de: 'eingereicht', en: 'submitted' };
const ANSWERED: Text = { de: 'mit einer Antwort zurückgegeben', en: 'returned with an answer' };
const JUDGED: Text = { de: 'fachlich beurteilt', en: 'given an opinion' };
const BEGUN_EARLY: Text = { de: 'zum vorzeitigen Beginn freigegeben', en: 'let begin early' };
const CHECKED: Text = { de: 'geprüft', en: 'checked' };
const ANOTHER: Text = {
  de: 'Es folgt kein weiterer Schritt; möglich ist ein neuer Antrag (application.draft).',
  en: 'No further step follows; a new application is possible (application.draft).',
};

const applicationStages: Readonly<Record<ApplicationState, Stage>> = {
  draft: {
    is: { de: 'Der Antrag ist ein Entwurf', en: 'The application is a draft' },
    next: {
      de: 'Als Nächstes reicht ihn der Antragsteller ein (application.submit).',
      en: 'Next, the applicant submits it (application.submit).',
    },
    step: EDITED,
  },
  submitted: {
    is: { de: 'Der Antrag ist eingereicht', en: 'The application is submitted' },
    next: {
      de: 'Als Nächstes prüft ihn die Bewilligungsbehörde (application.check) oder fragt zurück (application.query).',
      en: 'Next, the granting authority checks it (application.check) or asks back (application.query).',
    },
    step: SUBMITTED,
  },
  in_check: {
    is: { de: 'Der Antrag ist in Prüfung', en: 'The application is being checked' },
    next: {
      de: 'Als Nächstes beantwortet die Bewilligungsbehörde die Prüfliste (application.check) und schlägt dann die Entscheidung vor (application.recommend).',
      en: 'Next, the granting authority answers the checklist (application.check) and then recommends what to decide (application.recommend).',
    },
    step: CHECKED,
  },
  queried: {
    is: {
      de: 'Der Antrag liegt mit einer Rückfrage beim Antragsteller',
      en: 'The application lies with the applicant, with a query,',
    },
    next: {
      de: 'Als Nächstes antwortet der Antragsteller (application.answer) oder reicht ihn geändert erneut ein (application.submit).',
      en: 'Next, the applicant answers (application.answer) or submits it again with changes (application.submit).',
    },
    step: { de: 'mit Rückfrage zurückgegeben', en: 'handed back with a query' },
  },
  recommended: {
    is: { de: 'Der Antrag ist entscheidungsreif', en: 'The application is ready to be decided' },
    next: {
      de: 'Als Nächstes entwirft die Bewilligungsbehörde den Bescheid (decision.draft), und eine andere Person gibt ihn frei (decision.release).',
      en: 'Next, the granting authority drafts the decision (decision.draft), and another person releases it (decision.release).',
    },
    step: { de: 'zur Entscheidung vorgeschlagen', en: 'recommended' },
  },
  decided: {
    is: { de: 'Der Antrag ist entschieden', en: 'The application is decided' },
    next: {
      de: 'Alles Weitere geschieht am Bescheid (decision.list).',
      en: 'Everything further happens to the decision (decision.list).',
    },
    step: { de: 'entschieden', en: 'decided' },
  },
  retracted: {
    is: { de: 'Der Antrag ist zurückgezogen', en: 'The application is retracted' },
    next: ANOTHER,
    step: { de: 'zurückgezogen', en: 'retracted' },
  },
};

const decisionStages: Readonly<Record<DecisionState, Stage>> = {
  drafted: {
    is: { de: 'Der Bescheid ist ein Entwurf', en: 'The decision is a draft' },
    next: {
      de: 'Als Nächstes gibt ihn eine andere Person der Bewilligungsbehörde frei (decision.release) oder verwirft ihn (decision.discard).',
      en: 'Next, another person of the granting authority releases it (decision.release) or discards it (decision.discard).',
    },
    step: EDITED,
  },
  discarded: {
    is: { de: 'Der Entwurf ist verworfen', en: 'The draft is discarded' },
    next: {
      de: 'Als Nächstes entwirft die Bewilligungsbehörde den Bescheid neu (decision.draft), wenn der Antrag noch zu entscheiden ist.',
      en: 'Next, the granting authority drafts the decision anew (decision.draft) if the application is still to be decided.',
    },
    step: { de: 'verworfen', en: 'discarded' },
  },
  released: {
    is: { de: 'Der Bescheid ist freigegeben', en: 'The decision is released' },
    next: {
      de: 'Als Nächstes gibt ihn die Bewilligungsbehörde bekannt (decision.notify).',
      en: 'Next, the granting authority notifies it (decision.notify).',
    },
    step: { de: 'freigegeben', en: 'released' },
  },
  notified: {
    is: { de: 'Der Bescheid ist bekannt gegeben', en: 'The decision is notified' },
    next: {
      de: 'Als Nächstes verzichtet die Kommune auf Rechtsbehelfe (decision.waiveRemedies) oder ruft nach der Bestandskraft Mittel ab (drawdown.request).',
      en: 'Next, the municipality waives remedies (decision.waiveRemedies) or calls money once the decision is final (drawdown.request).',
    },
    step: { de: 'bekannt gegeben', en: 'notified' },
  },
  closed: {
    is: { de: 'Der Bescheid ist abgeschlossen', en: 'The decision is closed' },
    next: NO_FURTHER_STEP,
    step: { de: 'abgeschlossen', en: 'closed' },
  },
};
