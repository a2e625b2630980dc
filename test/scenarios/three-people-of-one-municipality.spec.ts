import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Power } from '../../src/kernel/actor.js';
import {
  coesfeld,
  grantedBy,
  Municipality,
  Trade,
  type Application,
  type Decision,
  type Drawdown,
  type Settlement,
  type Thing,
} from '../support/trade.js';

const MAY: Readonly<Record<Power, string>> = {
  drafter: 'Antragsbearbeitung (drafter)',
  treasurer: 'Kämmerei (treasurer)',
  signatory: 'Zeichnungsbefugnis (signatory)',
};

describe('three people of one municipality share a funding year: one drafts, one answers for money, one signs', () => {
  let trade: Trade;
  let drafter: Municipality;
  let treasurer: Municipality;
  let signatory: Municipality;
  let application: Application;
  let decision: Decision;
  let report: Settlement;

  beforeAll(async () => {
    trade = await Trade.open('three-people');
    const whole = await trade.municipality(coesfeld);
    const person = async (power: Power): Promise<Municipality> => {
      const { username } = await trade.app.cast.municipality(whole.centreId, `coesfeld-${power}`, [power]);
      return new Municipality(await trade.app.signIn(username), whole.centreId, coesfeld, trade.callId);
    };
    drafter = await person('drafter');
    treasurer = await person('treasurer');
    signatory = await person('signatory');
    trade.on('2016-02-12');
  }, 120_000);
  afterAll(() => trade.close());

  /** Refused for want of a power, in German, and nothing is written. */
  async function lacks(
    power: Power,
    attempt: () => Promise<{ status: number; body: unknown }>,
  ): Promise<void> {
    const records = await trade.app.recordsOf(async () => {
      const { status, body } = await attempt();
      const { code, missingPower, detail } = body as Record<string, string>;
      expect([status, code, missingPower]).toEqual([403, 'forbidden', power]);
      expect(detail).toContain(`Dafür ist die Befugnis ${MAY[power]} nötig`);
    });
    expect(records).toEqual([]);
  }
  const verb = (who: Municipality, path: string, thing: Thing, name: string) => async () =>
    who.tries(path, thing, name).set('Accept-Language', 'de');

  it('the drafter writes the application and cannot submit it; the signatory submits it and cannot write it', async () => {
    const occupied = { occupiedFrom: '2016-02-12', occupiedTo: '2017-01-01' };
    const body = {
      ...{ callId: trade.callId, programme: 'KI', fundingYear: 2016 },
      ...{ periodFrom: '2016-02-12', periodTo: '2017-01-01' },
      posts: [
        { category: 'specialist', fteHundredths: 300, ...occupied },
        { category: 'assistant', fteHundredths: 50, ...occupied },
        { category: 'teacher', fteHundredths: 200, ...occupied },
      ],
      financingPlan: [],
    };
    await lacks('drafter', async () =>
      signatory.caller.post('/applications', body).set('Accept-Language', 'de'),
    );
    const draft = await drafter.makes<Application>('/applications', body);
    const { totals } = await treasurer.sees<{ totals: { source: string; amountCents: number }[] }>(
      `/applications/${draft.id}/calculation`,
    );
    const financingPlan = [
      ...totals.map(({ source, amountCents }) => ({ source, amountCents })),
      { source: 'municipal', amountCents: 2_000_000 },
    ];
    const planned = await drafter.changes('/applications', draft, { financingPlan });
    await lacks('signatory', verb(drafter, '/applications', planned, 'submit'));
    await lacks('signatory', verb(treasurer, '/applications', planned, 'submit'));
    application = await signatory.does<Application>('/applications', planned, 'submit');
    await lacks('signatory', verb(drafter, '/applications', application, 'retract'));
  });

  it('the signatory waives remedies, the treasurer calls the money', async () => {
    trade.on('2016-03-01');
    decision = await trade.clerk.grants(application, '2016-03-01');
    await lacks('signatory', verb(treasurer, '/decisions', decision, 'waive-remedies'));
    decision = await signatory.waives(decision);
    trade.on('2016-10-04');
    const wanted = {
      ...{ decisionId: decision.id, fundingYear: 2016, dueOn: '2016-10-04' },
      amountCents: grantedBy(decision, 'state_integration'),
    };
    await lacks('treasurer', async () =>
      drafter.caller.post('/drawdowns', wanted).set('Accept-Language', 'de'),
    );
    await lacks('treasurer', async () =>
      signatory.caller.post('/drawdowns', wanted).set('Accept-Language', 'de'),
    );
    const drawdown: Drawdown = await treasurer.calls(decision, wanted.amountCents, wanted.dueOn);
    expect(drawdown.state).toBe('requested');
    await trade.cashier.pays(await trade.clerk.orders(drawdown), '2016-10-04');
  });

  it('the treasurer fills in the settlement report, the signatory hands it in', async () => {
    trade.on('2017-03-01');
    await lacks('treasurer', async () =>
      drafter.caller
        .post('/settlements', { decisionId: decision.id, fundingYear: 2016 })
        .set('Accept-Language', 'de'),
    );
    report = await treasurer.opensReport(decision);
    report = await treasurer.fillsIn(report, { personnelCents: 16_000_000, materialCents: 500_000 });
    await lacks('signatory', verb(treasurer, '/settlements', report, 'submit'));
    expect(await signatory.does('/settlements', report, 'submit')).toMatchObject({ state: 'submitted' });
  });

  it('all three see the same case', async () => {
    const seen = await Promise.all(
      [drafter, treasurer, signatory].map((who) => who.sees<Application>(`/applications/${application.id}`)),
    );
    expect(new Set(seen.map(({ version }) => version)).size).toBe(1);
  });
});
