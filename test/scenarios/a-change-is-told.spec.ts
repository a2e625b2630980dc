import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Acts, cashOf } from '../support/acts.js';
import {
  coesfeld,
  Trade,
  type Application,
  type Decision,
  type Desk,
  type Municipality,
} from '../support/trade.js';

interface Item {
  readonly kind: string;
  readonly waitingSince: string;
  readonly ageDays: number;
  readonly subject: { readonly id: string; readonly centreName: string | null };
}

interface Change {
  readonly kind: string;
  readonly sinceOn: string;
  readonly toldOn: string;
  readonly answer: { readonly consequence: string; readonly acknowledgedOn: string } | null;
}

describe('a post falls vacant in June, and the municipality says so', () => {
  let trade: Trade;
  let acts: Acts;
  let kreis: Municipality;
  let decision: Decision;
  let application: Application;

  beforeAll(async () => {
    trade = await Trade.open('a-change');
    acts = new Acts(trade);
    kreis = await trade.municipality(coesfeld);
    trade.on('2016-02-12');
    const asked = await kreis.applies({ from: '2016-02-12' });
    decision = await trade.clerk.grants(asked, '2016-02-12');
    await kreis.waives(decision);
    application = await kreis.sees(`/applications/${asked.id}`);
  }, 120_000);
  afterAll(() => trade.close());

  const waits = async (desk: Desk): Promise<Item[]> =>
    (await desk.sees<{ items: Item[] }>('/work-list?limit=200')).items;
  const changes = async (desk: Desk): Promise<readonly Change[]> =>
    (await desk.sees<{ changes: Change[] }>(`/applications/${application.id}`)).changes;
  const onDesks = async (): Promise<string[]> => {
    const desks = [trade.clerk, trade.second, trade.cashier, trade.ministry, kreis];
    return (await Promise.all(desks.map(waits)))
      .flat()
      .filter(({ subject }) => [application.id, decision.id].includes(subject.id))
      .map(({ kind }) => kind);
  };

  it('on 20 June it tells that the third specialist left at the end of May; the grant stands as it stood', async () => {
    const before = cashOf(await acts.now(decision)).standsCents;
    trade.on('2016-06-20');
    expect(await onDesks()).toEqual([]);
    application = await kreis.does('/applications', application, 'notify-change', {
      ...{ kind: 'staffing', sinceOn: '2016-06-01' },
      what: 'Die dritte Fachkraftstelle ist seit dem 1. Juni unbesetzt und wird dieses Jahr nicht mehr besetzt.',
    });
    expect(await changes(trade.clerk)).toMatchObject([
      { kind: 'staffing', sinceOn: '2016-06-01', toldOn: '2016-06-20', answer: null },
    ]);
    expect(cashOf(await acts.now(decision)).standsCents).toBe(before);
  });

  it('a week later it lies on the desk of the granting authority, and on nobody else’s', async () => {
    trade.on('2016-06-27');
    for (const desk of [trade.clerk, trade.second]) {
      const items = (await waits(desk)).filter(({ subject }) => subject.id === application.id);
      expect(items).toMatchObject([
        { kind: 'change_to_acknowledge', ageDays: 7, subject: { centreName: 'Kreis Coesfeld' } },
      ]);
    }
    expect(await onDesks()).toEqual(['change_to_acknowledge', 'change_to_acknowledge']);
  });

  it('the authority says that it will amend, does so, and after that it is on nobody’s desk', async () => {
    application = await trade.clerk.does('/applications', application, 'acknowledge-change', {
      ...{ change: 1, consequence: 'amendment' },
      reason: 'Die Zuwendung wird ab Juni um eine Fachkraftstelle gekürzt.',
    });
    expect(await onDesks()).toEqual([]);
    expect(await changes(kreis)).toMatchObject([
      { answer: { consequence: 'amendment', acknowledgedOn: '2016-06-27' } },
    ]);

    const former = cashOf(await acts.now(decision)).amountCents;
    const [from, to] = ['2016-02-12', '2017-01-01'];
    const post = (position: number, category: string, fteHundredths: number) => ({
      ...{ position, category, fteHundredths, occupiedFrom: from, occupiedTo: to },
    });
    const posts = [post(1, 'specialist', 200), post(2, 'assistant', 50), post(3, 'teacher', 200)];
    const amendment = await acts.issues(await acts.amends(decision, { posts }), '2016-06-27');
    expect(cashOf(amendment).amountCents).toBeLessThan(former);
    expect(await onDesks()).toEqual([]);
  });
});
