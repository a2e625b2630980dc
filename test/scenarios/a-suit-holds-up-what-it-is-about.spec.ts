import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Acts, cashOf, codesOf, type ActDecision } from '../support/acts.js';
import { borken, coesfeld, Trade, type Decision, type Municipality } from '../support/trade.js';

/** Notified by handover on Tuesday, 1 March 2016: action could be brought until Friday, 1 April. */
const NOTICE = '2016-03-01';

describe('a suit against a decision', () => {
  let trade: Trade;
  let acts: Acts;

  beforeAll(async () => {
    trade = await Trade.open('suits');
    acts = new Acts(trade);
  }, 120_000);
  afterAll(() => trade.close());

  describe('against part of it', () => {
    let municipality: Municipality;
    let decision: Decision;
    let granted: number;

    it('is recorded within the month; the rest becomes final and is called', async () => {
      municipality = await trade.municipality(coesfeld);
      trade.on(NOTICE);
      decision = await trade.clerk.grants(await municipality.applies({ from: '2016-02-12' }), NOTICE);
      const cash = cashOf(await acts.now(decision));
      granted = cash.amountCents;
      trade.on('2016-03-29');
      const amounts = [{ amountId: cash.id, challengedCents: 5_000_000 }];
      const { decision: sued, suits } = await acts.sues(decision, '2016-03-24', amounts);
      expect(cashOf(sued)).toMatchObject({ suit: 'suit_recorded', challengedCents: 5_000_000 });
      expect(suits).toMatchObject([{ state: 'suit_recorded', endedOn: null }]);
      await expect(municipality.calls(decision, 100, '2016-05-01')).rejects.toThrow('not-final');

      trade.on('2016-10-01');
      const { finalCents, grantedCents } = await acts.inForce(decision.caseId);
      expect([grantedCents, finalCents]).toEqual([granted, granted - 5_000_000]);
      const over = municipality.calls(decision, granted - 4_999_999, '2016-10-01');
      await expect(over).rejects.toThrow('above-final-share');
      const paid = await trade.clerk.orders(
        await municipality.calls(decision, granted - 5_000_000, '2016-10-01'),
      );
      await trade.cashier.pays(paid, '2016-10-01');
      await expect(municipality.calls(decision, 1, '2016-10-01')).rejects.toThrow('above-final-share');
    });

    it('set aside in part gives that part back to the budget, and the rest can be called', async () => {
      const before = await acts.budget();
      trade.on('2016-11-14');
      const { id: amountId } = cashOf(await acts.now(decision));
      const beyond = await acts.tries(decision, 'close-suit', {
        ...{ outcome: 'annulled', endedOn: '2016-11-11', amounts: [{ amountId, annulledCents: 5_000_001 }] },
      });
      expect([beyond.status, codesOf(beyond)]).toEqual([422, ['part-beyond-whole']]);
      const { decision: ended, suits } = await acts.does(decision, 'close-suit', {
        ...{ outcome: 'annulled', endedOn: '2016-11-11', amounts: [{ amountId, annulledCents: 2_000_000 }] },
      });
      expect(suits).toMatchObject([{ state: 'annulled', endedOn: '2016-11-11' }]);
      expect(cashOf(ended)).toMatchObject({
        ...{ suit: 'annulled', annulledCents: 2_000_000, standsCents: granted - 2_000_000 },
      });
      const after = await acts.budget();
      expect(after.freeCents - before.freeCents).toBe(2_000_000);
      expect(before.committedCents - after.committedCents).toBe(2_000_000);
      await expect(municipality.calls(decision, 3_000_001, '2016-12-01')).rejects.toThrow('above-');
      const last = await municipality.calls(decision, 3_000_000, '2016-12-01');
      expect(last.amountCents).toBe(3_000_000);
    });
  });

  describe('against all of it', () => {
    let municipality: Municipality;
    let decision: ActDecision;

    it('lets nothing become final until it ends', async () => {
      municipality = await trade.municipality(borken);
      trade.on('2016-07-01');
      const granted = await trade.clerk.grants(
        await municipality.applies({ from: '2016-06-28' }),
        '2016-07-01',
      );
      decision = await acts.now(granted);
      trade.on('2016-08-01');
      await acts.sues(decision, '2016-08-01');
      trade.on('2016-10-04');
      expect(await acts.inForce(decision.caseId)).toMatchObject({ finalCents: 0 });
      const { amountCents, fundingYear } = cashOf(decision);
      const calls = municipality.calls(granted, amountCents, '2016-10-04');
      await expect(calls).rejects.toThrow('above-final-share');
      expect(fundingYear).toBe(2016);
    });

    it('is one at a time, and ends once', async () => {
      const again = await acts.tries(decision, 'record-suit', {
        ...{ broughtOn: '2016-08-01', court: 'VG Münster', fileNumber: '2 K 1/16' },
      });
      expect(again.status).toBe(409);
      const { decision: upheld } = await acts.does(decision, 'close-suit', {
        ...{ outcome: 'withdrawn', endedOn: '2016-10-03' },
      });
      expect(upheld.amounts.map(({ suit, annulledCents }) => [suit, annulledCents])).toEqual(
        upheld.amounts.map(() => ['upheld', 0]),
      );
      const { grantedCents, finalCents } = await acts.inForce(decision.caseId);
      expect(finalCents).toBe(grantedCents);
      const twice = await acts.tries(decision, 'close-suit', { outcome: 'upheld', endedOn: '2016-10-04' });
      expect(twice.status).toBe(409);
      expect(await acts.inForce(decision.caseId, '?on=2016-10-02')).toMatchObject({ finalCents: 0 });
    });
  });

  it('brought a day late is refused, with the provision; on the last day it is not', async () => {
    const place = { ags: '05566000', name: 'Kreis Steinfurt', openedOn: '2016-06-29' };
    const municipality = await trade.municipality(place);
    trade.on('2016-07-01');
    const decision = await trade.clerk.grants(
      await municipality.applies({ from: '2016-06-29' }),
      '2016-07-01',
    );
    const { remedyEndsOn } = await acts.now(decision);
    expect(remedyEndsOn).toBe('2016-08-01');
    trade.on('2016-08-03');
    const late = await acts.tries(decision, 'record-suit', {
      ...{ broughtOn: '2016-08-02', court: 'VG Münster', fileNumber: '1 K 1/16' },
    });
    expect([late.status, codesOf(late)]).toEqual([422, ['suit-too-late']]);
    expect(late.body.errors[0].basis).toBe('§ 74 Abs. 1 VwGO');
    const { suits } = await acts.sues(decision, '2016-08-01');
    expect(suits).toHaveLength(1);
  });
});
