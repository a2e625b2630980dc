import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Acts, cashOf, codesOf, type ActDecision } from '../support/acts.js';
import { borken, coesfeld, Trade, type Decision, type Municipality, type Place } from '../support/trade.js';

const DAY = '2016-03-01';

describe('taking money back', () => {
  let trade: Trade;
  let acts: Acts;

  beforeAll(async () => {
    trade = await Trade.open('taking-back');
    acts = new Acts(trade);
  }, 120_000);
  afterAll(() => trade.close());

  const granted = async (place: Place, from: string, on: string): Promise<[Municipality, Decision]> => {
    const municipality = await trade.municipality(place);
    trade.on(on);
    const decision = await trade.clerk.grants(await municipality.applies({ from }), on);
    return [municipality, await municipality.waives(decision)];
  };

  describe('by a revocation in part', () => {
    let municipality: Municipality;
    let decision: Decision;
    let act: ActDecision;
    let amount: number;

    it('needs a hearing, and the hearing needs time', async () => {
      [municipality, decision] = await granted(coesfeld, '2016-02-12', DAY);
      amount = cashOf(await acts.now(decision)).amountCents;
      trade.on('2016-05-02');
      const half = await municipality.calls(decision, amount / 2, '2016-05-02');
      await trade.cashier.pays(await trade.clerk.orders(half), '2016-05-02');
      trade.on('2016-06-01');
      const unheard = await acts.tries(decision, 'revoke', acts.takenBack({ knownOn: '2016-06-01' }));
      expect([unheard.status, codesOf(unheard)]).toEqual([422, ['hearing-missing']]);
      const hasty = await acts.tries(decision, 'open-hearing', {
        ...{ purpose: 'revocation', reasons: 'Stelle unbesetzt', dueOn: '2016-06-01' },
      });
      expect(codesOf(hasty)).toEqual(['hearing-without-time']);
      await acts.hears(decision, 'revocation', '2016-06-30');
      const open = await acts.tries(decision, 'revoke', acts.takenBack({ knownOn: '2016-06-01' }));
      expect(codesOf(open)).toEqual(['hearing-missing']);
      const { hearings } = await acts.course(decision, municipality);
      expect(hearings).toMatchObject([{ state: 'open', statement: null }]);
    });

    it('takes the silence of the municipality for granted only after the day due', async () => {
      trade.on('2016-06-30');
      const early = await acts.tries(decision, 'close-hearing', { statement: null });
      expect([early.status, codesOf(early)]).toEqual([422, ['hearing-still-runs']]);
      trade.on('2016-07-01');
      const { hearings } = await acts.does(decision, 'close-hearing', { statement: null });
      expect(hearings).toMatchObject([{ state: 'closed', statement: null }]);
    });

    it('frees what was not called and claims what was paid beyond the rest', async () => {
      const left = amount / 4;
      const wrong = await acts.tries(
        decision,
        'revoke',
        acts.takenBack({ knownOn: '2016-07-01', ground: 'unlawful_from_start' }),
      );
      expect([wrong.status, codesOf(wrong)]).toEqual([422, ['ground-of-another-act']]);
      const amounts = [{ fundingYear: 2016, source: 'state_integration', amountCents: left }];
      act = await acts.does<ActDecision>(
        decision,
        'revoke',
        acts.takenBack({ knownOn: '2016-07-01', amounts }),
      );
      expect(act).toMatchObject({ kind: 'revocation', state: 'drafted', toBeRepaidCents: amount / 4 });
      const budget = await acts.budget();
      trade.on('2016-07-04');
      act = await acts.issues(act, '2016-07-04');
      expect(cashOf(act)).toMatchObject({ standsCents: left, toBeRepaidCents: amount / 4 });
      expect(cashOf(await acts.now(decision)).validity).toBe('revoked');
      const after = await acts.budget();
      expect(after.freeCents - budget.freeCents).toBe(amount / 2);
      trade.on('2016-10-01');
      await expect(municipality.calls(decision, 1, '2016-10-01')).rejects.toThrow('above-payable-share');
      expect(await acts.inForce(decision.caseId)).toMatchObject({ grantedCents: left, finalCents: left });
    });

    it('set aside by the court gives the grant back what it had taken', async () => {
      const { id: amountId, remedy } = { ...cashOf(act), remedy: act.remedyEndsOn };
      expect(remedy).toBe('2016-08-04');
      const most = await acts.tries(act, 'record-suit', {
        ...{ broughtOn: '2016-08-04', court: 'VG Münster', fileNumber: '9 K 1/16' },
        amounts: [{ amountId, challengedCents: (amount * 3) / 4 + 1 }],
      });
      expect(codesOf(most)).toEqual(['part-beyond-whole']);
      await acts.sues(act, '2016-08-04');
      await acts.does(act, 'close-suit', { outcome: 'annulled', endedOn: '2016-09-30' });
      expect(await acts.inForce(decision.caseId)).toMatchObject({ grantedCents: amount, finalCents: amount });
      const rest = await municipality.calls(decision, amount / 2, '2016-10-01');
      await trade.cashier.pays(await trade.clerk.orders(rest), '2016-10-01');
    });
  });

  describe('within a year of full knowledge', () => {
    let decision: Decision;

    it('is possible on the last day and refused the day after, drafted or released', async () => {
      [, decision] = await granted(borken, '2016-06-28', '2016-07-01');
      trade.on('2016-08-01');
      await acts.hears(decision, 'revocation', '2016-08-31');
      await acts.does(decision, 'close-hearing', { statement: 'Die Stelle war ausgeschrieben.' });
      const body = () => acts.takenBack({ knownOn: '2016-08-01' });
      trade.on('2017-08-02');
      const late = await acts.tries(decision, 'revoke', body());
      expect([late.status, codesOf(late)]).toEqual([422, ['year-of-knowledge-over']]);
      expect(late.body.errors[0].basis).toContain('§ 48 Abs. 4 VwVfG NRW');
      trade.on('2017-08-01');
      const act = await acts.does<ActDecision>(decision, 'revoke', body());
      trade.on('2017-08-02');
      const released = await acts.tries(act, 'release', undefined, trade.second);
      expect([released.status, codesOf(released)]).toEqual([422, ['year-of-knowledge-over']]);
      trade.on('2017-08-01');
      await acts.does(act, 'release', undefined, trade.second);
      trade.on('2017-08-03');
      const posted = await acts.tries(act, 'notify', { mode: 'post', on: '2017-08-02' });
      expect([posted.status, codesOf(posted)]).toEqual([422, ['year-of-knowledge-over']]);
      const notified = await acts.does<ActDecision>(act, 'notify', { mode: 'post', on: '2017-08-01' });
      expect(notified.state).toBe('notified');
      const received = await acts.inForce(decision.caseId, '?on=2017-08-04');
      expect(received).toMatchObject({ grantedCents: 0 });
    });
  });

  it('reaches into a settled year by a withdrawal, and the year does not run where there was deceit', async () => {
    const place = { ags: '05566000', name: 'Kreis Steinfurt', openedOn: '2016-01-05' };
    const [municipality, decision] = await granted(place, '2016-01-05', '2016-01-11');
    const { amountCents } = cashOf(await acts.now(decision));
    trade.on('2016-10-04');
    const all = await municipality.calls(decision, amountCents, '2016-10-04');
    await trade.cashier.pays(await trade.clerk.orders(all), '2016-10-04');
    trade.on('2017-02-01');
    const report = await municipality.accounts(decision, { personnelCents: amountCents, materialCents: 0 });
    await trade.clerk.accepts(await trade.clerk.examines(report));
    await acts.hears(decision, 'withdrawal', '2017-02-28');
    trade.on('2017-03-01');
    await acts.does(decision, 'close-hearing', { statement: null });
    trade.on('2019-03-01');
    const known = { knownOn: '2017-03-01', reasons: 'Die Stellen gab es nie.' };
    const late = await acts.tries(
      decision,
      'withdraw',
      acts.takenBack({ ...known, ground: 'wrong_statements' }),
    );
    expect(codesOf(late)).toEqual(['year-of-knowledge-over']);
    const act = await acts.does<ActDecision>(
      decision,
      'withdraw',
      acts.takenBack({ ...known, ground: 'obtained_by_deceit' }),
    );
    const issued = await acts.issues(act, '2019-03-01');
    expect(issued).toMatchObject({ kind: 'withdrawal', toBeRepaidCents: amountCents });
    expect(
      (await acts.now(decision)).amounts.filter(({ validity }) => validity === 'withdrawn'),
    ).toHaveLength(2);
  });
});
