import { powers, type Actor, type Power } from '../kernel/actor.js';
import type { Text } from '../kernel/violation.js';

/**
 * Which power a municipality's operation needs. One person may hold all three, or three persons one each: what an
 * application asks for, what money is called and accounted for, and what binds the municipality are different trusts.
 * What is not named here any of its people may do.
 */
export const powerFor: Readonly<Record<string, Power>> = {
  'application.answer': 'drafter',
  'application.continue': 'drafter',
  'application.draft': 'drafter',
  'application.edit': 'drafter',
  // Tells facts, at once and without form; it asks for nothing and binds nobody.
  'application.notifyChange': 'drafter',
  'attachment.remove': 'drafter',
  'attachment.upload': 'drafter',

  'drawdown.cancel': 'treasurer',
  'drawdown.request': 'treasurer',
  'settlement.edit': 'treasurer',
  'settlement.open': 'treasurer',

  'application.retract': 'signatory',
  'application.submit': 'signatory',
  'decision.answerHearing': 'signatory',
  'decision.waiveRemedies': 'signatory',
  'settlement.submit': 'signatory',
};

export const powerWords: Readonly<Record<Power, Text>> = {
  drafter: { de: 'Antragsbearbeitung', en: 'drafting' },
  treasurer: { de: 'Kämmerei', en: 'treasury' },
  signatory: { de: 'Zeichnungsbefugnis', en: 'authority to sign' },
};

/** The power the actor would need for this and does not hold; null where nothing is lacking. */
export function lackingPower(
  action: string,
  { role, powers: held }: Pick<Actor, 'role' | 'powers'>,
): Power | null {
  const needed = Object.hasOwn(powerFor, action) ? powerFor[action] : undefined;
  if (needed === undefined || role !== 'municipality' || held.includes(needed)) return null;
  return needed;
}

/** Says which power is needed and which are held. */
export function lackingWords(needed: Power, held: readonly Power[]): Text {
  const named = (locale: 'de' | 'en', list: readonly Power[]): string =>
    list.map((power) => `${powerWords[power][locale]} (${power})`).join(', ');
  const own = powers.filter((power) => held.includes(power));
  return {
    de: `Dafür ist die Befugnis ${named('de', [needed])} nötig; diese Rolle hat: ${named('de', own)}.`,
    en: `This needs the power of ${named('en', [needed])}; this role holds: ${named('en', own)}.`,
  };
}
