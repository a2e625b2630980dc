import { CalendarDate } from '../../src/kernel/calendar-date.js';
import type { EarlyStartBan } from '../../src/programmes/guideline.rules.js';

/** The prohibition to begin before the decision, as a guideline may state it. */
export const NOT_BEFORE_THE_DECISION: EarlyStartBan = {
  provision: 'VV zu § 44 LHO, Teil I',
  source: 'Erlass über den vorzeitigen Beginn',
  confidence: 'derived',
  validFrom: CalendarDate.of(2012, 6, 25),
  validTo: null,
};

/** A consent as an application shows it. */
export interface Consent {
  readonly startsOn: string;
  readonly reason: string;
  readonly consentedOn: string;
  readonly promise: { readonly de: string; readonly en: string };
}
