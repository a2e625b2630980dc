import { mayBecome } from '../kernel/lifecycle.js';
import type { Text } from '../kernel/violation.js';
import { settlementLifecycle, type SettlementState } from './settlement.rules.js';

/** Why the report cannot be examined, or examined anew; null when it can. */
export function examinationHindrance(state: SettlementState): Text | null {
  return state === 'examined' ? null : settlementHindrance(state, 'examined');
}

/** Why the report cannot take this step, and what comes next instead; null when it can. */
export function settlementHindrance(from: SettlementState, to: SettlementState): Text | null {
  return mayBecome(settlementLifecycle, from, to)
    ? null
    : {
        de: `Der Verwendungsnachweis ist ${stateWords[from].de} und kann jetzt nicht ${stepWords[to].de} werden. ${nextSteps[from].de}`,
        en: `The settlement report is ${stateWords[from].en} and cannot be ${stepWords[to].en} now. ${nextSteps[from].en}`,
      };
}

const stateWords: Readonly<Record<SettlementState, Text>> = {
  due: { de: 'noch nicht eingereicht', en: 'due' },
  submitted: { de: 'eingereicht', en: 'submitted' },
  in_check: { de: 'in Prüfung', en: 'in check' },
  queried: { de: 'mit Rückfrage zurückgegeben', en: 'queried' },
  examined: { de: 'geprüft', en: 'examined' },
  accepted: { de: 'abgenommen', en: 'accepted' },
};

const stepWords: Readonly<Record<SettlementState, Text>> = {
  ...stateWords,
  in_check: { de: 'in die Prüfung genommen', en: 'taken into examination' },
  queried: { de: 'mit Rückfrage zurückgegeben', en: 'handed back with a query' },
};

const BY_RECIPIENT: Text = {
  de: 'Als Nächstes reicht ihn die Kommune ein (settlement.submit).',
  en: 'Next, the municipality submits it (settlement.submit).',
};

const nextSteps: Readonly<Record<SettlementState, Text>> = {
  due: BY_RECIPIENT,
  submitted: {
    de: 'Als Nächstes prüft die Bewilligungsbehörde die Vollständigkeit (settlement.check).',
    en: 'Next, the granting authority checks whether it is complete (settlement.check).',
  },
  in_check: {
    de: 'Als Nächstes fertigt die Bewilligungsbehörde den Prüfungsvermerk (settlement.examine).',
    en: 'Next, the granting authority writes the examination note (settlement.examine).',
  },
  queried: BY_RECIPIENT,
  examined: {
    de: 'Als Nächstes nimmt ihn eine weitere Person ab (settlement.accept).',
    en: 'Next, another person accepts it (settlement.accept).',
  },
  accepted: { de: 'Es folgt kein weiterer Schritt.', en: 'No further step follows.' },
};
