import { describe, expect, it } from '@jest/globals';
import { newId } from '../kernel/ids.js';
import { afterMiss, fittingRoles, roleNotChosen, type LiveRole } from './session.rules.js';

describe('missed passwords', () => {
  it('counts the fourth miss and locks with the fifth', () => {
    expect(afterMiss(3)).toEqual({ failedAttempts: 4, locks: false });
    expect(afterMiss(4)).toEqual({ failedAttempts: 0, locks: true });
  });
});

describe('the role a session acts in', () => {
  const ministry: LiveRole = { id: newId(), role: 'ministry', centreId: null, powers: [] };
  const held = { powers: ['drafter' as const] };
  const kiel: LiveRole = { id: newId(), role: 'municipality', centreId: newId(), ...held };
  const bonn: LiveRole = { id: newId(), role: 'municipality', centreId: newId(), ...held };

  it('needs no wish when there is one', () => {
    expect(fittingRoles([ministry], { role: null, centreId: null })).toEqual([ministry]);
  });

  it('follows the wish for a role, and for a centre within it', () => {
    expect(fittingRoles([ministry, kiel, bonn], { role: 'municipality', centreId: null })).toEqual([
      kiel,
      bonn,
    ]);
    expect(fittingRoles([ministry, kiel, bonn], { role: 'municipality', centreId: bonn.centreId })).toEqual([
      bonn,
    ]);
  });

  it('fits nothing that is not held', () => {
    expect(fittingRoles([ministry], { role: 'admin', centreId: null })).toEqual([]);
  });

  it('names what can be chosen', () => {
    expect(roleNotChosen([ministry, kiel]).detail.en).toContain('ministry, municipality');
  });
});
