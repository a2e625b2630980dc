import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { passed } from '../support/guideline.js';
import {
  borken,
  coesfeld,
  grantedBy,
  Trade,
  type Application,
  type Desk,
  type Municipality,
} from '../support/trade.js';

interface Item {
  readonly kind: string;
  readonly ageDays: number;
  readonly note: string | null;
  readonly subject: { readonly id: string; readonly centreName: string | null };
}

interface Deadline {
  readonly kind: string;
  readonly dueOn: string;
  readonly daysLeft: number;
}

let trade: Trade;
let kreisCoesfeld: Municipality;
let kreisBorken: Municipality;
let asked: Application;

beforeAll(async () => {
  trade = await Trade.open('what-waits');
  kreisCoesfeld = await trade.municipality(coesfeld);
  kreisBorken = await trade.municipality(borken);
}, 120_000);
afterAll(() => trade.close());

const waits = async (desk: Desk): Promise<Item[]> =>
  (await desk.sees<{ items: Item[] }>('/work-list?limit=200')).items;
const kinds = async (desk: Desk): Promise<string[]> => (await waits(desk)).map(({ kind }) => kind);
const deadlines = async (desk: Desk): Promise<Deadline[]> =>
  (await desk.sees<{ items: Deadline[] }>('/deadlines?limit=200&until=2017-12-31')).items;

it('on a Monday in July a clerk finds what came in while she was away, the oldest first', async () => {
  trade.on('2016-02-12');
  const granted = await trade.clerk.grants(await kreisCoesfeld.applies({ from: '2016-02-12' }), '2016-02-12');
  await kreisCoesfeld.waives(granted);
  const note = 'Hat Kreis Coesfeld die zweite Fachkraft eingestellt?';
  const thing = { subjectType: 'decision', subjectId: granted.id };
  await trade.clerk.makes('/follow-ups', { ...thing, dueOn: '2016-07-01', note });

  trade.on('2016-06-30');
  asked = await kreisBorken.applies({ from: '2016-07-01' });
  trade.on('2016-07-02');
  const quarter = Math.floor(grantedBy(granted, 'state_integration') / 4);
  await kreisCoesfeld.calls(granted, quarter, '2016-07-04');

  trade.on('2016-07-04');
  const morning = await waits(trade.clerk);
  expect(morning.map(({ kind, ageDays, subject }) => [kind, ageDays, subject.centreName])).toEqual([
    ['application_to_check', 4, 'Kreis Borken'],
    ['follow_up', 3, 'Kreis Coesfeld'],
    ['drawdown_to_certify', 2, 'Kreis Coesfeld'],
  ]);
  expect(morning[1]?.note).toBe(note);
});

it('she works it off; what takes another person moves to her colleague’s desk, and the money to the cash office', async () => {
  const [check, followUp, drawdown] = await waits(trade.clerk);
  const noted = { id: followUp?.subject.id ?? '', version: 1 };
  await trade.clerk.does('/follow-ups', noted, 'complete', { remark: 'Ja, seit dem 1. Juni.' });
  await trade.clerk.certifies({ id: drawdown?.subject.id ?? '', version: 1 });
  expect(check?.subject.id).toBe(asked.id);
  const checked = await trade.clerk.does('/applications', asked, 'check', passed());
  expect(await kinds(trade.clerk)).toEqual(['application_to_recommend']);
  await trade.clerk.does('/applications', checked, 'recommend', { recommendation: 'Wie beantragt.' });
  await trade.clerk.makes('/decisions', {
    ...{ applicationId: asked.id, kind: 'grant', fileNumber: '36.02-KI-2016-77', remedyInformation: true },
  });

  expect(await kinds(trade.clerk)).toEqual([]);
  expect((await kinds(trade.second)).sort()).toEqual(['decision_to_release', 'drawdown_to_order']);
  const paid = drawdown?.subject.id ?? '';
  await trade.second.does('/drawdowns', { id: paid, version: 2 }, 'order');
  expect(await kinds(trade.second)).toEqual(['decision_to_release']);
  expect(await kinds(trade.cashier)).toEqual(['payment_to_confirm']);
  await trade.cashier.pays({ id: paid, version: 3 }, '2016-07-04');
  expect(await kinds(trade.cashier)).toEqual([]);
});

it('the municipality sees what it must do with the money and until when, and nothing of the draft about its neighbour', async () => {
  const [money, proof] = await deadlines(kreisCoesfeld);
  // Two months after 4 July 2016 is a Sunday.
  expect(money).toMatchObject({ kind: 'use_of_money', dueOn: '2016-09-05', daysLeft: 63 });
  expect(proof).toMatchObject({ kind: 'proof_of_use', dueOn: '2017-03-31' });
  expect(await deadlines(kreisBorken)).toEqual([]);
  expect(await kinds(kreisBorken)).not.toContain('decision_to_release');

  trade.on('2017-04-01');
  expect((await kinds(kreisCoesfeld)).filter((kind) => kind.startsWith('settlement'))).toEqual([
    'settlement_to_open',
  ]);
  const missed = (await deadlines(kreisCoesfeld)).map(({ kind, daysLeft }) => [kind, daysLeft]);
  expect(missed).toEqual([
    ['use_of_money', -208],
    ['proof_of_use', -1],
  ]);
});
