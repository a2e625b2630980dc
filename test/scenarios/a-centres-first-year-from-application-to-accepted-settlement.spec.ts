import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  coesfeld,
  grantedBy,
  Trade,
  type Application,
  type Decision,
  type Drawdown,
  type Municipality,
  type Settlement,
} from '../support/trade.js';

/** Coesfeld opened on 12 February 2016: 324 of 366 days of 170,000.00 and of 100,000.00 in teachers. */
const STATE = 15_049_180;
const TEACHERS = 8_852_459;

describe("a centre's first year, from application to accepted settlement", () => {
  let trade: Trade;
  let municipality: Municipality;
  let application: Application;
  let decision: Decision;
  let drawdown: Drawdown;
  let report: Settlement;

  beforeAll(async () => {
    trade = await Trade.open('first-year');
    municipality = await trade.municipality(coesfeld);
  }, 120_000);
  afterAll(() => trade.close());

  const budget = async () => {
    const { items } = await trade.ministry.sees<{ items: Record<string, unknown>[] }>(
      '/budget/overview?fundingYear=2016',
    );
    return items.find(({ programme }) => programme === 'KI');
  };

  it('the municipality applies on the day its centre opens', async () => {
    trade.on('2016-02-12');
    application = await municipality.applies({ from: '2016-02-12' });
    expect(application).toMatchObject({ state: 'submitted', fundingYear: 2016 });
  });

  it('the authority grants what the guideline gives, one person prepares and another releases', async () => {
    trade.on('2016-03-01');
    decision = await trade.clerk.grants(application, '2016-03-01');
    expect(grantedBy(decision, 'state_integration')).toBe(STATE);
    expect(grantedBy(decision, 'state_school')).toBe(TEACHERS);
    expect(await budget()).toMatchObject({
      committedCents: STATE,
      calledCents: 0,
      freeCents: 884_000_000 - STATE,
    });
  });

  it('nothing is called before the decision is final; a waiver makes it final', async () => {
    trade.on('2016-03-10');
    const early = municipality.calls(decision, STATE / 2, '2016-05-01');
    await expect(early).rejects.toThrow('not-final');
    decision = await municipality.waives(decision);
    expect(decision.finalOn).toBe('2016-03-10');
  });

  it('half is called for 1 May, certified by one person, ordered by another, paid by the cash office', async () => {
    drawdown = await municipality.calls(decision, STATE / 2, '2016-05-01');
    trade.on('2016-05-02');
    drawdown = await trade.clerk.orders(drawdown);
    expect(drawdown.state).toBe('ordered');
    expect(await budget()).toMatchObject({ calledCents: STATE / 2, paidCents: 0 });
    trade.on('2016-05-03');
    const payment = await trade.cashier.pays(drawdown, '2016-05-03');
    expect(payment).toMatchObject({
      ...{ state: 'confirmed', amountCents: STATE / 2, confirmedOn: '2016-05-03' },
      ...{ holder: 'Kreis Coesfeld', iban: 'DE89370400440532013000' },
    });
    expect(payment.reference).toContain('2016-05-01');
  });

  it('the other half is called for 1 October; then there is nothing left', async () => {
    trade.on('2016-10-01');
    await trade.cashier.pays(
      await trade.clerk.orders(await municipality.calls(decision, STATE / 2, '2016-10-01')),
      '2016-10-01',
    );
    await expect(municipality.calls(decision, 1, '2016-12-01')).rejects.toThrow('above-payable-share');
    expect(await budget()).toMatchObject({ paidCents: STATE, settledCents: 0 });
  });

  it('the municipality accounts for the year, in time', async () => {
    trade.on('2017-03-31');
    report = await municipality.accounts(decision, { personnelCents: 16_000_000, materialCents: 900_000 });
    expect(report).toMatchObject({ state: 'submitted', dueOn: '2017-03-31', overdue: false });
    expect(report.items.find(({ category }) => category === 'municipal')).toMatchObject({
      ...{ perNoticeCents: 2_000_000, settledCents: 16_900_000 - STATE },
    });
  });

  it('one person examines, another accepts, and what was paid is settled', async () => {
    trade.on('2017-06-01');
    const examined = await trade.clerk.examines(report);
    await expect(trade.clerk.does('/settlements', examined, 'accept')).rejects.toThrow('four-eyes');
    trade.on('2017-06-20');
    const accepted = await trade.clerk.accepts(examined);
    expect(accepted).toMatchObject({ state: 'accepted', acceptedOn: '2017-06-20' });
    expect(await budget()).toMatchObject({ paidCents: STATE, settledCents: STATE });
  });

  it('every step left one audit record of the case, without a gap', async () => {
    const records = await trade.app.rows<{ action: string; sequence: number }>(
      `select r.action, c.sequence from audit_case c join audit_record r on r.id = c.record_id
        where c.case_id = $1 order by c.sequence`,
      [decision.caseId],
    );
    expect(records.map(({ sequence }) => sequence)).toEqual(records.map((_, index) => index + 1));
    expect(records.map(({ action }) => action)).toEqual([
      ...[
        'application.draft',
        'application.edit',
        'application.submit',
        'application.check',
        'application.recommend',
      ],
      ...['decision.draft', 'decision.release', 'decision.notify', 'decision.waiveRemedies'],
      ...['drawdown.request', 'drawdown.certify', 'drawdown.order', 'payment.confirm'],
      ...['drawdown.request', 'drawdown.certify', 'drawdown.order', 'payment.confirm'],
      ...[
        'settlement.open',
        'settlement.edit',
        'settlement.submit',
        'settlement.check',
        'settlement.examine',
      ],
      'settlement.accept',
    ]);
  });
});
