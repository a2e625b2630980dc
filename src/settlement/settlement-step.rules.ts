import { NO_FURTHER_STEP, stageOf, stepHindrance, type Stage } from '../kernel/lifecycle.js';
import type { Text } from '../kernel/violation.js';
import { settlementLifecycle, type SettlementState } from './settlement.rules.js';

/** Why the report cannot be examined, or examined anew; null when it can. */
export function examinationHindrance(state: SettlementState): Text | null {
  return state === 'examined' ? null : settlementHindrance(state, 'examined');
}

/** Why the report cannot take this step, and what comes next instead; null when it can. */
export function settlementHindrance(from: SettlementState, to: SettlementState): Text | null {
  return stepHindrance(settlementLifecycle, stages, { from, to });
}

const REPORT: Text = { de: 'Der Verwendungsnachweis', en: 'The settlement report' };
const BY_RECIPIENT: Text = {
  de: 'Als Nächstes reicht ihn die Kommune ein (settlement.submit).',
  en: 'Next, the municipality submits it (settlement.submit).',
};

const stages: Readonly<Record<SettlementState, Stage>> = {
  due: stageOf(REPORT, { de: 'noch nicht eingereicht', en: 'due' }, BY_RECIPIENT),
  submitted: stageOf(
    REPORT,
    { de: 'eingereicht', en: 'submitted' },
    {
      de: 'Als Nächstes nimmt ihn die Bewilligungsbehörde in die Prüfung (settlement.check) oder gibt ihn mit einer Rückfrage zurück (settlement.query).',
      en: 'Next, the granting authority takes it into examination (settlement.check) or hands it back with a query (settlement.query).',
    },
  ),
  in_check: stageOf(
    REPORT,
    { de: 'in Prüfung', en: 'in check' },
    {
      de: 'Als Nächstes fertigt die Bewilligungsbehörde den Prüfungsvermerk (settlement.examine).',
      en: 'Next, the granting authority writes the examination note (settlement.examine).',
    },
    { de: 'in die Prüfung genommen', en: 'taken into examination' },
  ),
  queried: stageOf(REPORT, { de: 'mit Rückfrage zurückgegeben', en: 'queried' }, BY_RECIPIENT, {
    de: 'mit Rückfrage zurückgegeben',
    en: 'handed back with a query',
  }),
  examined: stageOf(
    REPORT,
    { de: 'geprüft', en: 'examined' },
    {
      de: 'Als Nächstes nimmt ihn eine weitere Person ab (settlement.accept).',
      en: 'Next, another person accepts it (settlement.accept).',
    },
  ),
  accepted: stageOf(REPORT, { de: 'abgenommen', en: 'accepted' }, NO_FURTHER_STEP),
};
