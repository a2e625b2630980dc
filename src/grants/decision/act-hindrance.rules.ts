import type { DecisionId } from '../../kernel/ids.js';
import { violation, type Text, type Violation } from '../../kernel/violation.js';

/** Why an act cannot be drafted now, in words. */
export function fileNumberTaken(fileNumber: string): Violation {
  return violation(
    'file-number-taken',
    null,
    {
      de: `Das Aktenzeichen „${fileNumber}“ trägt schon ein anderer Bescheid.`,
      en: `Another decision already has the file number "${fileNumber}".`,
    },
    '/fileNumber',
  );
}

export function namesTheBasis(basisId: DecisionId | null): Text {
  return {
    de: `Geändert, zurückgenommen oder widerrufen wird der Bescheid, auf dem dieser beruht (${String(basisId)}).`,
    en: `What is amended, withdrawn or revoked is the decision this one is about (${String(basisId)}).`,
  };
}

export function anotherAct(fileNumber: string): Text {
  return {
    de: `Zu diesem Fall ist der Bescheid „${fileNumber}“ in Arbeit. Er ist zuerst bekannt zu geben (decision.notify) oder zu verwerfen (decision.discard).`,
    en: `The decision "${fileNumber}" on this case is under way. It is to be notified (decision.notify) or discarded (decision.discard) first.`,
  };
}

export const CHANGED: Text = {
  de: 'geändert, zurückgenommen oder widerrufen',
  en: 'amended, withdrawn or revoked',
};
export const NOTHING_TO_CHANGE: Text = {
  de: 'Eine Ablehnung bewilligt nichts, was zu ändern wäre; möglich ist ein neuer Antrag (application.draft).',
  en: 'A refusal grants nothing that could be changed; a new application is possible (application.draft).',
};
export const NOTHING_AMENDED: Text = {
  de: 'Der Änderungsbescheid ändert nichts.',
  en: 'The amendment changes nothing.',
};
export const NOTHING_TAKEN: Text = {
  de: 'Es wird nichts zurückgenommen oder widerrufen.',
  en: 'Nothing is taken back.',
};
