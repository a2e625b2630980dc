import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Race, type Result } from './race.js';

/** 128 clerks, one allotment, over HTTP: not a cent too much, and everybody who is refused hears what is left. */
export function overspendingSuite(seeds: number): void {
  describe('128 clerks release decisions against one allotment at once', () => {
    let race: Race;
    beforeAll(async () => {
      race = await Race.prepare('race');
    }, 180_000);
    afterAll(() => race.close('spoilt'));

    it.each(Array.from({ length: seeds }, (_, index) => index + 1))(
      'and promise no cent more than there is (seed %i)',
      async (seed) => {
        const result = await race.run(seed);
        const { allottedCents, finishes, committedCents, freeCents } = result;
        const granted = sumOf(result);
        expect(granted).toBeLessThanOrEqual(allottedCents);
        expect([committedCents, freeCents]).toEqual([granted, allottedCents - granted]);
        const refused = finishes.filter(({ status }) => status !== 200);
        expect(refused.length).toBeGreaterThan(10);
        expect(finishes.length - refused.length).toBeGreaterThan(10);
        for (const { status, code, availableCents, wantedCents } of refused) {
          expect([status, code]).toEqual([409, 'budget-exhausted']);
          // Nothing comes back in this race, so whoever was refused stood before what is free now, or more.
          expect(availableCents).toBeLessThan(wantedCents);
          expect(availableCents).toBeGreaterThanOrEqual(freeCents);
        }
      },
      180_000,
    );
    it('and leave books that are true', async () => {
      expect(await race.trade.app.bookFaults()).toEqual([]);
    }, 180_000);

    it('and without bound and headroom in the update they overspend, so this race is one; the books show it', async () => {
      await race.takeGuardsAway();
      const result = await race.run(seeds + 1);
      expect(sumOf(result)).toBeGreaterThan(result.allottedCents);
      expect(result.freeCents).toBeLessThan(0);
      const checks = new Set((await race.trade.app.bookFaults()).map(({ check }) => check));
      expect(checks).toContain('no bounded account is beyond its bound');
    }, 180_000);
  });
}

function sumOf({ finishes }: Result): number {
  return finishes
    .filter(({ status }) => status === 200)
    .reduce((sum, { wantedCents }) => sum + wantedCents, 0);
}
