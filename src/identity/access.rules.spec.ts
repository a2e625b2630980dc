import { describe, expect, it } from '@jest/globals';
import { accessFaults, actionsOf, permits } from './access.rules.js';

describe('access table', () => {
  it('permits what the row names and nothing else', () => {
    expect(permits('user.create', 'admin')).toBe(true);
    expect(permits('user.create', 'auditor')).toBe(false);
    expect(permits('me.read', 'municipality')).toBe(true);
  });

  it('permits nothing that has no row, inherited names included', () => {
    expect(permits('user.eraseEverything', 'admin')).toBe(false);
    expect(permits('toString', 'admin')).toBe(false);
  });

  it('lists for each role what it may call', () => {
    expect(actionsOf('auditor', [])).toEqual(expect.arrayContaining(['me.read', 'user.list', 'user.read']));
    expect(actionsOf('auditor', [])).not.toContain('user.disable');
  });

  it.each([
    ['a route without declaration', { handler: 'A.a', action: null, open: false }, /neither/],
    ['an action without row', { handler: 'A.a', action: 'thing.do', open: false }, /no row/],
    [
      'an open route whose row is not public',
      { handler: 'A.a', action: 'row.known', open: true },
      /one place/,
    ],
  ])('finds %s', (_, route, fault) => {
    expect(accessFaults([route], { 'row.known': ['admin'] }).join()).toMatch(fault);
  });

  it('finds a row without route and an action of two routes', () => {
    const route = { handler: 'A.a', action: 'row.known', open: false };
    expect(accessFaults([], { 'row.known': ['admin'] })).toEqual([
      'row.known has a row in access.rules.ts and no route',
    ]);
    expect(accessFaults([route, route], { 'row.known': ['admin'] })).toEqual([
      'row.known is declared by more than one route',
    ]);
    expect(accessFaults([route], { 'row.known': ['admin'] })).toEqual([]);
  });
});
