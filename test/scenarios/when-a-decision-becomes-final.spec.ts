import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Acts, cashOf, codesOf, type ActDecision } from '../support/acts.js';
import { coesfeld, Trade, type Municipality } from '../support/trade.js';

const FROM = '2016-02-12';

describe('when a decision becomes final', () => {
  let trade: Trade;
  let acts: Acts;
  let places = 0;

  beforeAll(async () => {
    trade = await Trade.open('finality');
    acts = new Acts(trade);
  }, 120_000);
  afterAll(() => trade.close());

  /** A grant on its way on this day; the municipality behind it. */
  const sent = async (
    on: string,
    mode: string,
    changes: object = {},
  ): Promise<[Municipality, ActDecision]> => {
    trade.on(on);
    places += 1;
    const municipality = await trade.municipality({ ...coesfeld, ags: `055580${String(10 + places)}` });
    const application = await acts.readied(await municipality.applies({ from: FROM }));
    return [municipality, await acts.issues(await acts.drafts(application, changes), on, mode)];
  };

  it.each([
    // 1 March 2016 was a Tuesday; 1 April a Friday, 4 April a Monday.
    ['handover', '2016-03-01', '2016-03-01', '2016-04-01'],
    ['formal_service', '2016-03-01', '2016-03-01', '2016-04-01'],
    ['portal', '2016-03-01', '2016-03-02', '2016-04-04'],
    ['post', '2016-03-01', '2016-03-04', '2016-04-04'],
    ['electronic', '2016-03-01', '2016-03-04', '2016-04-04'],
  ])(
    'by %s on %s it counts as received on %s, and action can be brought until %s',
    async (mode, on, received, until) => {
      const [, decision] = await sent(on, mode);
      expect(decision).toMatchObject({ receivedOn: received, remedyEndsOn: until });
    },
  );

  it('an end on Easter Monday moves to the Tuesday after', async () => {
    // Easter Monday was 28 March 2016.
    const [municipality, decision] = await sent('2016-02-28', 'handover');
    expect(decision).toMatchObject({
      receivedOn: '2016-02-28',
      remedyEndsOn: '2016-03-29',
      finalOn: '2016-03-30',
    });
    trade.on('2016-03-30');
    const late = await acts.tries(decision, 'record-suit', {
      ...{ broughtOn: '2016-03-30', court: 'VG Münster', fileNumber: '1 K 1/16' },
    });
    expect(codesOf(late)).toEqual(['suit-too-late']);
    const { suits } = await acts.sues(decision, '2016-03-29', [
      { amountId: cashOf(decision).id, challengedCents: 1 },
    ]);
    expect(suits).toHaveLength(1);
    expect(municipality.place.name).toBe('Kreis Coesfeld');
  });

  it('the day of receipt itself does not move off a Sunday', async () => {
    // Posted on Thursday, 3 March: received on Sunday, 6 March; a month later is Wednesday, 6 April.
    const [, decision] = await sent('2016-03-03', 'post');
    expect(decision).toMatchObject({ receivedOn: '2016-03-06', remedyEndsOn: '2016-04-06' });
  });

  it('an end on a Saturday moves to Monday, and Good Friday to the Tuesday after Easter', async () => {
    // 9 April 2016 was a Saturday.
    const [, saturday] = await sent('2016-03-09', 'handover');
    expect(saturday.remedyEndsOn).toBe('2016-04-11');
    // Good Friday was 25 March 2016.
    const [, friday] = await sent('2016-02-25', 'handover');
    expect(friday.remedyEndsOn).toBe('2016-03-29');
  });

  it('a municipality may answer on the working day after a weekend or Easter Monday', async () => {
    const [, decision] = await sent('2016-02-29', 'handover');
    for (const [purpose, dueOn, until, after] of [
      ['revocation', '2016-03-28', '2016-03-29', '2016-03-30'],
      ['withdrawal', '2016-04-09', '2016-04-11', '2016-04-12'],
    ] as const) {
      await acts.hears(decision, purpose, dueOn);
      trade.on(until);
      const hasty = await acts.tries(decision, 'close-hearing', { statement: null });
      expect([hasty.status, codesOf(hasty)]).toEqual([422, ['hearing-still-runs']]);
      trade.on(after);
      const { hearings } = await acts.does(decision, 'close-hearing', { statement: null });
      expect(hearings.map(({ state }) => state)).not.toContain('open');
    }
  });

  it('without remedy information there is a year to bring action', async () => {
    const [, decision] = await sent('2016-03-01', 'handover', { remedyInformation: false });
    expect(decision.remedyEndsOn).toBe('2017-03-01');
    trade.on('2017-03-02');
    const late = await acts.tries(decision, 'record-suit', {
      ...{ broughtOn: '2017-03-02', court: 'VG Münster', fileNumber: '1 K 1/17' },
    });
    expect(late.body.errors[0].basis).toBe('§ 58 Abs. 2 VwGO');
  });

  it('by expiry: the day before nothing is paid, on the day it is', async () => {
    const [municipality, decision] = await sent('2016-04-01', 'handover');
    expect(decision).toMatchObject({ remedyEndsOn: '2016-05-02', finalOn: '2016-05-03' });
    const grant = decision;
    trade.on('2016-05-02');
    await expect(municipality.calls(grant, 100, '2016-05-03')).rejects.toThrow('not-final');
    trade.on('2016-05-03');
    expect((await municipality.calls(grant, 100, '2016-05-03')).state).toBe('requested');
  });

  it('by waiver: at once, and no action can be brought any more', async () => {
    const [municipality, decision] = await sent('2016-05-02', 'handover');
    trade.on('2016-05-09');
    expect(await municipality.waives(decision)).toMatchObject({ finalOn: '2016-05-09' });
    expect((await municipality.calls(decision, 100, '2016-05-09')).state).toBe('requested');
    const sued = await acts.tries(decision, 'record-suit', {
      ...{ broughtOn: '2016-05-09', court: 'VG Münster', fileNumber: '1 K 1/16' },
    });
    expect([sued.status, codesOf(sued)]).toEqual([422, ['remedies-waived']]);
    expect(await acts.inForce(decision.caseId, '?on=2016-05-08')).toMatchObject({ finalCents: 0 });
  });

  it('by a waiver before the letter counts as received: on that day, for before it has no effect', async () => {
    const [municipality, decision] = await sent('2016-05-02', 'post');
    trade.on('2016-05-03');
    expect(await municipality.waives(decision)).toMatchObject({
      receivedOn: '2016-05-05',
      finalOn: '2016-05-05',
    });
    expect(await acts.inForce(decision.caseId, '?on=2016-05-04')).toMatchObject({ finalCents: 0 });
    const early = await municipality.tries('/decisions', decision, 'waive-remedies');
    expect(early.status).toBe(412);
    trade.on('2016-05-05');
    expect((await municipality.calls(decision, 100, '2016-05-05')).state).toBe('requested');
  });
});
