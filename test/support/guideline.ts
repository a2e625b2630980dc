import { kiGuideline2012 } from '../../src/demo/data/ki-guideline-2012.js';
import { kiGuideline2017 } from '../../src/demo/data/ki-guideline-2017.js';
import { kiGuideline2021 } from '../../src/demo/data/ki-guideline-2021.js';
import { kiGuideline2025 } from '../../src/demo/data/ki-guideline-2025.js';
import { newId, type GuidelineVersionId, type RateId } from '../../src/kernel/ids.js';
import { Period } from '../../src/kernel/period.js';
import type { GuidelineDraft, GuidelineFacts } from '../../src/programmes/guideline.rules.js';

/** Versions of the KI guideline as they are entered, by the year they begin with. */
export const kiVersions = {
  of2017: kiGuideline2017,
  of2021: kiGuideline2021,
  of2025: kiGuideline2025,
} as const;

/** The KI guideline of 2012 as it is entered, with what a test wants to be different. */
export function guidelineDraft(changes: Partial<GuidelineDraft> = {}): GuidelineDraft {
  return { ...kiGuideline2012, ...changes };
}

/** The same as rules see it, without a database. */
export function guidelineFacts(changes: Partial<GuidelineDraft> = {}): GuidelineFacts {
  const draft = guidelineDraft(changes);
  const rates = draft.rates.map((rate) => ({ ...rate, id: newId<RateId>() }));
  return {
    ...{ ...draft, rates, id: newId<GuidelineVersionId>() },
    validity: Period.of(draft.validFrom, draft.validTo),
  };
}

/** A check that finds every item of the checklist of the guideline met; all versions ask the same. */
export function passed(note = 'Vollständig, Stellen im Rahmen der Richtlinie.'): object {
  return { note, results: kiGuideline2012.checklist.map(({ code }) => ({ code, result: 'met' })) };
}

/** A draft as the API takes it: amounts in cents, days as text. */
export function guidelineBody(draft: GuidelineDraft = kiGuideline2012): Record<string, unknown> {
  const { rates, materials, ...rest } = draft;
  const inCents = <T extends { amount: unknown }>({ amount, ...part }: T) => ({
    ...part,
    amountCents: amount,
  });
  const body = { ...rest, rates: rates.map(inCents), materials: materials.map(inCents) };
  return JSON.parse(JSON.stringify(body)) as Record<string, unknown>;
}
