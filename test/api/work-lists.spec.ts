import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Power } from '../../src/kernel/actor.js';
import type { CentreId } from '../../src/kernel/ids.js';
import { Acts } from '../support/acts.js';
import {
  borken,
  coesfeld,
  Desk,
  grantedBy,
  Municipality,
  Trade,
  type Application,
  type Decision,
} from '../support/trade.js';

interface Item {
  readonly kind: string;
  readonly operation: string;
  readonly waitingSince: string;
  readonly ageDays: number;
  readonly due: string | null;
  readonly textDe: string;
  readonly textEn: string;
  readonly subject: {
    readonly type: string;
    readonly id: string;
    readonly place: string;
    readonly centreId: string | null;
    readonly centreName: string | null;
    readonly fileNumber: string | null;
  };
}

interface Listed {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

describe('work lists', () => {
  let trade: Trade;
  let acts: Acts;
  let own: Municipality;
  let other: Municipality;
  let asked: Application;
  let granted: Decision;

  beforeAll(async () => {
    trade = await Trade.open('work-lists');
    acts = new Acts(trade);
    own = await trade.municipality(coesfeld);
    other = await trade.municipality(borken);
    trade.on('2016-02-12');
    asked = await own.applies({ from: '2016-02-12' });
  }, 120_000);
  afterAll(() => trade.close());

  const list = (desk: Desk, query = ''): Promise<Listed> => desk.sees(`/work-list?${query}`);
  const of = async (desk: Desk, kind: string): Promise<Item[]> =>
    (await list(desk, `kind=${kind}&limit=200`)).items.slice();
  const idsOf = async (desk: Desk, kind: string): Promise<string[]> =>
    (await of(desk, kind)).map(({ subject }) => subject.id);

  it('workList.list says what, about whom, since when, for how long, and what is to be done', async () => {
    trade.on('2016-02-22');
    const [item] = await of(trade.clerk, 'application_to_check');
    expect(item).toMatchObject({
      ...{ kind: 'application_to_check', operation: 'application.check', ageDays: 10, due: null },
      subject: {
        ...{ type: 'application', id: asked.id, place: `/applications/${asked.id}`, fileNumber: null },
        ...{ centreId: own.centreId, centreName: 'Kreis Coesfeld' },
      },
    });
    expect(item?.textDe).not.toBe(item?.textEn);
    await trade.clerk.sees(item?.subject.place ?? '');
  });

  it('workList.list keeps what takes four eyes off the list of whoever had a hand in it', async () => {
    const ready = await acts.readied(asked);
    expect(await idsOf(trade.clerk, 'decision_to_draft')).toEqual([ready.id]);
    const draft = await acts.drafts(ready);
    expect(await idsOf(trade.clerk, 'decision_to_draft')).toEqual([]);
    expect(await idsOf(trade.clerk, 'decision_to_release')).toEqual([]);
    expect(await idsOf(trade.second, 'decision_to_release')).toEqual([draft.id]);
    const released = await trade.second.does('/decisions', draft, 'release');
    expect(await idsOf(trade.second, 'decision_to_release')).toEqual([]);
    const [waiting] = await of(trade.clerk, 'decision_to_notify');
    expect(waiting).toMatchObject({ ageDays: 0, subject: { id: draft.id, fileNumber: draft.fileNumber } });
    granted = await trade.clerk.does('/decisions', released, 'notify', {
      mode: 'handover',
      on: '2016-02-22',
    });
    expect(await of(own, 'decision_to_release')).toEqual([]);
  });

  it('workList.list pages the oldest first, and filters by kind, centre and programme', async () => {
    trade.on('2016-07-01');
    const second = await other.applies({ from: '2016-07-01' });
    await trade.clerk.makes('/follow-ups', {
      ...{ subjectType: 'application', subjectId: second.id, dueOn: '2016-07-01', note: 'Anrufen.' },
    });
    const whole = await list(trade.clerk, 'limit=200');
    const since = whole.items.map(({ waitingSince, ageDays }) => ({ waitingSince, ageDays }));
    expect(since.map(({ ageDays }) => ageDays)).toEqual(
      since.map((one) => one.ageDays).sort((a, b) => b - a),
    );
    const walked: Item[] = [];
    for (let cursor = ''; ;) {
      const page = await list(trade.clerk, `limit=1${cursor}`);
      walked.push(...page.items);
      if (page.nextCursor === null) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
    expect(walked).toEqual(whole.items);
    expect(walked.length).toBeGreaterThan(1);
    const checks = (
      await list(trade.clerk, `kind=application_to_check&centreId=${other.centreId}&programme=KI`)
    ).items;
    expect(checks.map(({ subject }) => subject.id)).toEqual([second.id]);
    expect((await list(trade.clerk, `centreId=${own.centreId}&kind=application_to_check`)).items).toEqual([]);
    expect((await list(trade.clerk, 'programme=KIM_1')).items).toEqual([]);
    await trade.clerk.caller.get('/work-list?kind=everything').expect(400);
    await trade.clerk.caller.get('/work-list?cursor=WyJhIl0').expect(400);
  });

  it('workList.list gives a municipality its own, each person what the powers reach', async () => {
    const [application] = (await list(trade.clerk, `kind=application_to_check&centreId=${other.centreId}`))
      .items;
    const id = application?.subject.id ?? '';
    const seen = await trade.clerk.sees<Application>(`/applications/${id}`);
    const dueOn = trade.app.clock.today().plusDays(14).toString();
    await trade.clerk.does('/applications', seen, 'query', {
      question: 'Wo ist die Stellenbeschreibung?',
      dueOn,
    });
    const person = async (power: Power): Promise<Desk> => {
      const { username } = await trade.app.cast.municipality(other.centreId, `borken-${power}`, [power]);
      return new Desk(await trade.app.signIn(username));
    };
    const [drafter, treasurer] = [await person('drafter'), await person('treasurer')];
    const signatory = await person('signatory');
    expect(await idsOf(other, 'application_with_query')).toEqual([id]);
    expect(await idsOf(other, 'application_to_submit_again')).toEqual([]);
    expect(await idsOf(drafter, 'application_with_query')).toEqual([id]);
    expect(await idsOf(signatory, 'application_with_query')).toEqual([]);
    expect(await idsOf(signatory, 'application_to_submit_again')).toEqual([id]);
    expect((await list(treasurer, 'limit=200')).items.filter(({ subject }) => subject.id === id)).toEqual([]);
    expect((await list(own, 'limit=200')).items.filter(({ subject }) => subject.id === id)).toEqual([]);
    expect(await idsOf(trade.clerk, 'application_to_check')).not.toContain(id);
    await other.does('/applications', await other.sees<Application>(`/applications/${id}`), 'submit');
    expect(await idsOf(trade.clerk, 'application_to_check')).toContain(id);
    expect(await idsOf(other, 'application_with_query')).toEqual([]);
  });

  it('workList.list asks for a bank account where a drawdown waits for one, and not for the order meanwhile', async () => {
    const name = 'Kreis Steinfurt';
    const centre = await trade.ministry.makes('/centres', {
      ...{ ags: '05566000', name, hostType: 'kreis', regierungsbezirk: 'Münster', openedOn: '2016-06-29' },
      recipient: { name, kind: 'kreis' },
    });
    const centreId = centre.id as CentreId;
    const { username } = await trade.app.cast.municipality(centreId, 'steinfurt');
    const place = { ags: '05566000', name, openedOn: '2016-06-29' };
    const steinfurt = new Municipality(await trade.app.signIn(username), centreId, place, trade.callId);
    const decision = await trade.clerk.grants(await steinfurt.applies({ from: '2016-07-01' }), '2016-07-01');
    const final = await steinfurt.waives(decision);
    const cents = Math.floor(grantedBy(final, 'state_integration') / 4);
    const drawdown = await steinfurt.calls(final, cents, '2016-07-01');
    await trade.clerk.certifies(drawdown);
    expect(await idsOf(trade.clerk, 'account_to_propose')).toEqual([centreId]);
    expect(await idsOf(trade.second, 'drawdown_to_order')).toEqual([]);
    const account = { iban: 'DE02500105170137075030', holder: name };
    const proposed = await trade.clerk.makes(`/centres/${centreId}/bank-accounts`, account);
    expect(await idsOf(trade.clerk, 'account_to_propose')).toEqual([]);
    expect(await idsOf(trade.clerk, 'account_to_confirm')).toEqual([]);
    expect(await idsOf(trade.second, 'account_to_confirm')).toEqual([proposed.id]);
    await trade.second.does('/bank-accounts', proposed, 'confirm');
    expect(await idsOf(trade.clerk, 'drawdown_to_order')).toEqual([]);
    expect(await idsOf(trade.second, 'drawdown_to_order')).toEqual([drawdown.id]);
  });

  it('workList.list waits with a hearing until its time is over for good', async () => {
    // 16 July 2016 is a Saturday, so there is time until Monday.
    await acts.hears(granted, 'revocation', '2016-07-16');
    trade.on('2016-07-18');
    expect(await of(trade.clerk, 'hearing_to_close')).toEqual([]);
    trade.on('2016-07-19');
    const [waiting] = await of(trade.clerk, 'hearing_to_close');
    expect(waiting).toMatchObject({ operation: 'decision.closeHearing', due: '2016-07-16' });
    await acts.does(granted, 'close-hearing', { statement: null });
    expect(await of(trade.clerk, 'hearing_to_close')).toEqual([]);
  });

  it('workList.list gives whoever fills in a report that report, where another person signs it', async () => {
    trade.on('2017-01-09');
    const person = async (name: string, powers: Power[]): Promise<Desk> => {
      const { username } = await trade.app.cast.municipality(own.centreId, `coesfeld-${name}`, powers);
      return new Desk(await trade.app.signIn(username));
    };
    const [drafter, treasurer, signatory, both] = await Promise.all([
      person('drafter', ['drafter']),
      person('treasurer', ['treasurer']),
      person('signatory', ['signatory']),
      person('both', ['treasurer', 'signatory']),
    ]);
    expect(await of(treasurer, 'settlement_to_open')).toHaveLength(1);
    const opened = await own.opensReport(granted);
    const kinds = ['settlement_to_open', 'settlement_to_complete', 'settlement_to_submit'];
    const sees = async (desk: Desk): Promise<string[]> =>
      (await list(desk, 'limit=200')).items
        .filter(({ kind, subject }) => kinds.includes(kind) && subject.centreId === own.centreId)
        .map(({ kind, subject }) => `${kind} ${subject.id}`);
    expect(await sees(drafter)).toEqual([]);
    expect(await sees(treasurer)).toEqual([`settlement_to_complete ${opened.id}`]);
    expect(await sees(signatory)).toEqual([`settlement_to_submit ${opened.id}`]);
    expect(await sees(both)).toEqual([`settlement_to_submit ${opened.id}`]);
    expect(await sees(other)).toEqual([]);
    trade.on('2017-01-12');
    const [waiting] = await of(treasurer, 'settlement_to_complete');
    expect(waiting).toMatchObject({
      ...{ operation: 'settlement.edit', due: '2017-03-31' },
      subject: { type: 'settlement', place: `/settlements/${opened.id}`, centreName: 'Kreis Coesfeld' },
    });

    const filled = await own.fillsIn(opened, { personnelCents: 18_000_000, materialCents: 0 });
    expect(await sees(treasurer)).toEqual([`settlement_to_complete ${opened.id}`]);
    const submitted = await own.does('/settlements', filled, 'submit');
    expect([...(await sees(treasurer)), ...(await sees(signatory))]).toEqual([]);
    const back = { note: 'Es fehlt der Sachbericht.' };
    await trade.clerk.does('/settlements', submitted, 'query', back);
    expect(await sees(treasurer)).toEqual([`settlement_to_complete ${opened.id}`]);
    expect(await sees(signatory)).toEqual([`settlement_to_submit ${opened.id}`]);
  });

  it('workList.list has a call for whoever has not applied for a year of it, under this call or another', async () => {
    const again = await trade.announces({ fromYear: 2016, toYear: 2016 });
    const longer = await trade.announces({ fromYear: 2016, toYear: 2017 });
    const waiting = await idsOf(own, 'call_to_answer');
    expect(waiting).toContain(longer.id);
    expect(waiting).not.toContain(again.id);
  });

  it('workList.list does not let the report of a year wait since before the year was granted', async () => {
    trade.on('2017-03-01');
    const [asking] = (await list(trade.clerk, `kind=application_to_check&centreId=${other.centreId}`)).items;
    const late = await trade.clerk.sees<Application>(asking?.subject.place ?? '');
    await trade.clerk.grants(late, '2017-03-01');
    trade.on('2017-03-04');
    expect(await of(other, 'settlement_to_open')).toMatchObject([
      { ageDays: 3, waitingSince: '2017-02-28T23:00:00.000000Z' },
    ]);
  });
});
