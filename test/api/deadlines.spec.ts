import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Acts } from '../support/acts.js';
import {
  coesfeld,
  borken,
  grantedBy,
  Trade,
  type Application,
  type Decision,
  type Desk,
  type Municipality,
} from '../support/trade.js';

interface Deadline {
  readonly kind: string;
  readonly subject: { readonly type: string; readonly id: string; readonly centreId: string | null };
  readonly whose: string;
  readonly eventOn: string;
  readonly basis: string;
  readonly endsOn: string;
  readonly dueOn: string;
  readonly daysLeft: number;
  readonly consequenceDe: string;
  readonly consequenceEn: string;
}

interface Listed {
  readonly items: readonly Deadline[];
  readonly nextCursor: string | null;
}

describe('deadlines', () => {
  let trade: Trade;
  let own: Municipality;
  let other: Municipality;
  let granted: Decision;

  beforeAll(async () => {
    trade = await Trade.open('deadlines');
    own = await trade.municipality(coesfeld);
    other = await trade.municipality(borken);
    trade.on('2016-02-12');
    granted = await trade.clerk.grants(await own.applies({ from: '2016-02-12' }), '2016-02-12');
  }, 120_000);
  afterAll(() => trade.close());

  const list = (desk: Desk, query = ''): Promise<Listed> => desk.sees(`/deadlines?limit=200&${query}`);
  const of = async (desk: Desk, kind: string): Promise<readonly Deadline[]> =>
    (await list(desk, `kind=${kind}`)).items;

  it('deadline.list computes the time to bring action, off a Saturday, and says what follows', async () => {
    trade.on('2016-03-13');
    for (const desk of [own, trade.clerk]) {
      const [one] = await of(desk, 'remedy_period');
      expect(one).toMatchObject({
        ...{
          whose: 'municipality',
          eventOn: '2016-02-12',
          endsOn: '2016-03-12',
          dueOn: '2016-03-14',
          daysLeft: 1,
        },
        subject: { type: 'decision', id: granted.id, centreId: own.centreId },
        consequenceDe: expect.stringContaining('unanfechtbar'),
        consequenceEn: expect.stringContaining('challenged'),
        basis: expect.stringContaining('§ 74 Abs. 1'),
      });
    }
    expect(await of(other, 'remedy_period')).toEqual([]);
    trade.on('2016-03-14');
    expect(await of(own, 'remedy_period')).toMatchObject([{ daysLeft: 0 }]);
    trade.on('2016-03-15');
    expect(await of(own, 'remedy_period')).toEqual([]);
  });

  it('deadline.list has the day by which a query is to be answered, missed or not, until it is answered', async () => {
    const asked = await other.applies({ from: '2016-06-28' });
    // 2 April 2016 is a Saturday.
    await trade.clerk.does('/applications', asked, 'query', { question: 'Und wer?', dueOn: '2016-04-02' });
    for (const desk of [other, trade.clerk]) {
      expect(await of(desk, 'query')).toMatchObject([
        {
          ...{ whose: 'municipality', eventOn: '2016-03-15', dueOn: '2016-04-04', daysLeft: 20 },
          subject: { type: 'application', id: asked.id, centreId: other.centreId },
        },
      ]);
    }
    expect(await of(own, 'query')).toEqual([]);
    trade.on('2016-04-05');
    expect((await list(trade.clerk, 'kind=query&overdue=true')).items).toMatchObject([{ daysLeft: -1 }]);
    const queried = await other.sees<Application>(`/applications/${asked.id}`);
    await other.does('/applications', queried, 'answer', { query: 1, text: 'Die Leitung.' });
    expect(await of(trade.clerk, 'query')).toEqual([]);
  });

  it('deadline.list runs until a proof has come: the money that lies, the report that is due', async () => {
    trade.on('2016-05-02');
    const half = Math.floor(grantedBy(granted, 'state_integration') / 2);
    const drawdown = await own.calls(granted, half, '2016-05-02');
    expect(await of(trade.clerk, 'drawdown_due')).toMatchObject([{ dueOn: '2016-05-02', daysLeft: 0 }]);
    await trade.cashier.pays(await trade.clerk.orders(drawdown), '2016-05-02');
    expect(await of(trade.clerk, 'drawdown_due')).toEqual([]);
    // 2 July 2016 is a Saturday.
    expect(await of(own, 'use_of_money')).toMatchObject([
      { endsOn: '2016-07-02', dueOn: '2016-07-04', daysLeft: 63 },
    ]);
    trade.on('2017-02-01');
    const report = await own.opensReport(granted);
    const [proof] = await of(own, 'proof_of_use');
    expect(proof).toMatchObject({ dueOn: report.dueOn, whose: 'municipality', eventOn: '2016-12-31' });
    const missed = (await list(own, 'overdue=true')).items.map(({ kind, daysLeft }) => [kind, daysLeft < 0]);
    expect(missed).toEqual([['use_of_money', true]]);
    const cash = half;
    const filled = await own.fillsIn(report, { personnelCents: cash * 3, materialCents: 0 });
    await own.does('/settlements', filled, 'submit');
    expect(await of(own, 'use_of_money')).toEqual([]);
    expect(await of(own, 'proof_of_use')).toEqual([]);
  });

  it('deadline.list keeps the state’s own deadlines from municipalities', async () => {
    await trade.ministry.makes('/budget/years', { fundingYear: 2016 });
    expect(await of(trade.ministry, 'year_close')).toMatchObject([{ dueOn: '2016-12-31', daysLeft: -32 }]);
    expect(await of(own, 'year_close')).toEqual([]);
    expect(await of(own, 'authorisation_lapse')).toEqual([]);
  });

  it('deadline.list has the end of a hearing and the year in which money can be taken back', async () => {
    const acts = new Acts(trade);
    // 4 March 2017 is a Saturday.
    await acts.hears(granted, 'revocation', '2017-03-04');
    expect(await of(own, 'hearing')).toMatchObject([
      { endsOn: '2017-03-04', dueOn: '2017-03-06', whose: 'municipality' },
    ]);
    await acts.does(granted, 'close-hearing', { statement: 'Sie war besetzt.' });
    expect(await of(own, 'hearing')).toEqual([]);
    const act = await acts.does<{ id: string }>(granted, 'revoke', acts.takenBack({ knownOn: '2016-12-04' }));
    // 4 December 2017 is a Monday, and would not move if it were not.
    expect(await of(trade.clerk, 'taking_back')).toMatchObject([
      { dueOn: '2017-12-04', subject: { id: act.id } },
    ]);
    expect(await of(own, 'taking_back')).toEqual([]);
  });

  it('deadline.list sorts by day, pages, and filters by day, missed and centre', async () => {
    await trade.announces({ closesOn: '2017-06-30', fromYear: 2017, toYear: 2018 });
    const whole = (await list(trade.ministry)).items;
    const days = whole.map(({ dueOn }) => dueOn);
    expect(days).toEqual(days.toSorted());
    expect(whole.length).toBeGreaterThan(2);
    const walked: Deadline[] = [];
    for (let cursor = ''; ;) {
      const page = await trade.ministry.sees<Listed>(`/deadlines?limit=1${cursor}`);
      walked.push(...page.items);
      if (page.nextCursor === null) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
    expect(walked).toEqual(whole);
    const until = (await list(trade.ministry, 'until=2017-06-29')).items;
    expect(until).toEqual(whole.filter(({ dueOn }) => dueOn <= '2017-06-29'));
    expect((await list(trade.ministry, 'until=2017-06-30')).items.length).toBe(until.length + 1);
    expect((await list(trade.ministry, 'overdue=false')).items).toEqual(
      whole.filter(({ daysLeft }) => daysLeft >= 0),
    );
    expect((await list(trade.ministry, `centreId=${other.centreId}`)).items).toEqual([]);
    for (const wrong of ['kind=none', 'until=tomorrow', 'overdue=maybe', 'cursor=AAAA'])
      await trade.ministry.caller.get(`/deadlines?${wrong}`).expect(400);
    await (await trade.app.signIn('admin')).get('/deadlines').expect(403);
  });
});
