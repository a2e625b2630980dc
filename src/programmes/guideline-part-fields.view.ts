import type { GuidelineFacts } from './guideline.rules.js';

/** A deadline as it is told, without the keys of its row. */
export function deadlineFields(deadline: GuidelineFacts['deadlines'][number]) {
  const { kind, fundingYear, yearOffset, month, day, source, confidence } = deadline;
  return { kind, fundingYear, yearOffset, month, day, source, confidence };
}

/** A provision as it is told: its text and where it stands. */
export function provisionFields(one: GuidelineFacts['provisions'][number]) {
  const { provision, textDe, textEn, source, confidence } = one;
  return { provision, textDe, textEn, source, confidence };
}

/** A threshold as it is told, without the keys of its row. */
export function thresholdFields(one: GuidelineFacts['copyThresholds'][number]) {
  const { thresholdCents, source, confidence, validFrom, validTo } = one;
  return { thresholdCents, source, confidence, validFrom, validTo };
}
