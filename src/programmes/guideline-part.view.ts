import type { GuidelineFacts } from './guideline.rules.js';

/** What of each part of a version is shown: as it was stated, without the row it lies in. */
export function postFields(post: GuidelineFacts['posts'][number]) {
  const { hostType, category, fteHundredths, funder, source, confidence } = post;
  return { hostType, category, fteHundredths, funder, source, confidence };
}

export function paymentFields(date: GuidelineFacts['paymentDates'][number]) {
  const { month, day, cumulativeHundredths, basis, confidence } = date;
  return { month, day, cumulativeHundredths, basis, confidence };
}

export function materialFields({ amount, ...material }: GuidelineFacts['materials'][number]) {
  const { code, kind, perFteHundredths, source, confidence, validFrom, validTo } = material;
  return { code, kind, amountCents: amount, perFteHundredths, source, confidence, validFrom, validTo };
}

export function deadlineFields(deadline: GuidelineFacts['deadlines'][number]) {
  const { kind, fundingYear, yearOffset, month, day, source, confidence } = deadline;
  return { kind, fundingYear, yearOffset, month, day, source, confidence };
}

export function provisionFields(one: GuidelineFacts['provisions'][number]) {
  const { code, reach, provision, textDe, textEn, source, confidence, validFrom, validTo } = one;
  return { code, reach, provision, textDe, textEn, source, confidence, validFrom, validTo };
}

export function checklistFields(item: GuidelineFacts['checklist'][number]) {
  const { code, provision, textDe, textEn, source, confidence } = item;
  return { code, provision, textDe, textEn, source, confidence };
}

export function thresholdFields(one: GuidelineFacts['copyThresholds'][number]) {
  const { thresholdCents, source, confidence, validFrom, validTo } = one;
  return { thresholdCents, source, confidence, validFrom, validTo };
}

export function banFields(one: GuidelineFacts['earlyStartBans'][number]) {
  const { provision, source, confidence, validFrom, validTo } = one;
  return { provision, source, confidence, validFrom, validTo };
}

export function rateFields({ amount, ...rate }: GuidelineFacts['rates'][number]) {
  const { id, category, perFteHundredths, inKind, validFrom, validTo, source, confidence } = rate;
  return {
    id,
    category,
    amountCents: amount,
    perFteHundredths,
    inKind,
    validFrom,
    validTo,
    source,
    confidence,
  };
}
