import { describe, expect, it } from '@jest/globals';
import { powers } from '../kernel/actor.js';
import { actionsOf, permits } from './access.rules.js';
import { lackingPower, lackingWords, powerFor } from './power.rules.js';

describe('powers of a municipality', () => {
  const holding = (...held: (typeof powers)[number][]) => ({ role: 'municipality' as const, powers: held });

  it('are asked for only where a municipality may act at all', () => {
    expect(Object.keys(powerFor).filter((action) => !permits(action, 'municipality'))).toEqual([]);
  });

  it('lack what the operation needs, and nothing where it needs none', () => {
    expect(lackingPower('application.submit', holding('drafter', 'treasurer'))).toBe('signatory');
    expect(lackingPower('application.submit', holding('signatory'))).toBeNull();
    expect(lackingPower('application.read', holding('treasurer'))).toBeNull();
    expect(lackingPower('toString', holding('treasurer'))).toBeNull();
  });

  it('are no matter of other roles', () => {
    expect(lackingPower('application.submit', { role: 'granting_authority', powers: [] })).toBeNull();
  });

  it('say in both languages which is needed and which is held', () => {
    expect(lackingWords('signatory', ['treasurer', 'drafter'])).toEqual({
      de: 'Dafür ist die Befugnis Zeichnungsbefugnis (signatory) nötig; diese Rolle hat: Antragsbearbeitung (drafter), Kämmerei (treasurer).',
      en: 'This needs the power of authority to sign (signatory); this role holds: drafting (drafter), treasury (treasurer).',
    });
  });

  it('shorten the list of what can be done', () => {
    const drafting = actionsOf('municipality', ['drafter']);
    expect(drafting).toContain('application.draft');
    expect(drafting).not.toContain('application.submit');
    const all = actionsOf('municipality', powers);
    expect(all).toEqual(expect.arrayContaining(Object.keys(powerFor)));
    expect(actionsOf('auditor', [])).toContain('user.list');
  });
});
