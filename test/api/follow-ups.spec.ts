import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/kernel/ids.js';
import { codesOf } from '../support/acts.js';
import {
  borken,
  coesfeld,
  type Desk,
  Trade,
  type Application,
  type Municipality,
  type Thing,
} from '../support/trade.js';

interface FollowUp extends Thing {
  readonly state: string;
  readonly note: string;
  readonly remark: string | null;
  readonly doneOn: string | null;
}

interface Listed<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

describe('follow-ups', () => {
  let trade: Trade;
  let own: Municipality;
  let other: Municipality;
  let application: Application;

  beforeAll(async () => {
    trade = await Trade.open('follow-ups');
    own = await trade.municipality(coesfeld);
    other = await trade.municipality(borken);
    trade.on('2016-02-12');
    application = await own.applies({ from: '2016-02-12' });
  }, 120_000);
  afterAll(() => trade.close());

  const wish = (changes: object = {}) => ({
    ...{ subjectType: 'application', subjectId: application.id, dueOn: '2016-03-01' },
    ...{ note: 'Nach der Stellenbesetzung fragen.', ...changes },
  });
  const notes = (desk: Desk, changes: object = {}) => desk.makes<FollowUp>('/follow-ups', wish(changes));
  const listed = async (desk: Desk, query = ''): Promise<string[]> =>
    (await desk.sees<Listed<FollowUp>>(`/follow-ups?limit=200&${query}`)).items.map(({ id }) => id);
  const waiting = async (desk: Desk): Promise<string[]> =>
    (await desk.sees<Listed<{ subject: Thing }>>('/work-list?kind=follow_up&limit=200')).items.map(
      ({ subject }) => subject.id,
    );

  it('followUp.create is seen by its office alone, and waits from its day on', async () => {
    const noted = await notes(trade.clerk);
    expect(noted).toMatchObject({ state: 'open', office: 'granting_authority', centreId: own.centreId });
    expect(await listed(trade.second)).toContain(noted.id);
    for (const desk of [own, other, trade.ministry, trade.cashier]) {
      expect(await listed(desk)).not.toContain(noted.id);
      await desk.caller.get(`/follow-ups/${noted.id}`).expect(404);
      await desk.tries('/follow-ups', noted, 'complete', {}).expect(404);
    }
    expect(await waiting(trade.second)).toEqual([]);
    trade.on('2016-03-01');
    expect(await waiting(trade.second)).toEqual([noted.id]);
    expect(await waiting(own)).toEqual([]);
    trade.on('2016-02-12');
  });

  it('followUp.create of a municipality is its own: neither the authority nor another centre sees it', async () => {
    const noted = await notes(own);
    for (const desk of [other, trade.clerk, trade.ministry]) {
      await desk.caller.get(`/follow-ups/${noted.id}`).expect(404);
    }
    expect(await listed(own)).toEqual([noted.id]);
    expect(codesOf(await other.caller.post('/follow-ups', wish()).expect(422))).toEqual(['unknown-subject']);
  });

  it('followUp.create leaves no trace in the records a municipality reads', async () => {
    await notes(trade.clerk);
    const { items } = await own.sees<Listed<{ action: string }>>(
      '/audit/records?action=followUp.create&limit=200',
    );
    expect(items.map(({ action }) => action)).toEqual(['followUp.create']);
    const [row] = await trade.app.rows<{ linked: number }>(
      `select count(*)::int as linked from row_change where table_name = 'follow_up' and case_id is not null`,
    );
    expect(row?.linked).toBe(0);
    const journal = await trade.app.rows<{ after: string }>(
      `select after from row_change where table_name = 'follow_up'`,
    );
    expect(journal.length).toBeGreaterThan(0);
    expect(journal.filter(({ after }) => after.includes('Stellenbesetzung'))).toEqual([]);
  });

  it('followUp.create can be for one colleague, and for nobody outside the office', async () => {
    const forPersonId = trade.app.cast.member('granting_authority2').personId;
    const noted = await notes(trade.clerk, { forPersonId, dueOn: '2016-02-12' });
    expect(await waiting(trade.clerk)).not.toContain(noted.id);
    expect(await waiting(trade.second)).toContain(noted.id);
    expect(await listed(trade.clerk, `forPersonId=${forPersonId}`)).toEqual([noted.id]);
    const outsider = trade.app.cast.member('cashier').personId;
    const wrong = wish({ forPersonId: outsider, subjectId: newId(), dueOn: '2016-02-11' });
    expect(codesOf(await trade.clerk.caller.post('/follow-ups', wrong).expect(422))).toEqual([
      ...['unknown-subject', 'follow-up-in-the-past', 'not-a-colleague'],
    ]);
    await trade.clerk.caller.post('/follow-ups', wish({ subjectType: 'weather' })).expect(400);
    await (await trade.app.signIn('admin')).post('/follow-ups', wish()).expect(403);
  });

  it('followUp.complete says who did it when, with a remark, and once', async () => {
    const noted = await notes(trade.clerk, { dueOn: '2016-02-12' });
    expect(await waiting(trade.second)).toContain(noted.id);
    const done = await trade.second.does<FollowUp>('/follow-ups', noted, 'complete', { remark: 'Besetzt.' });
    expect(done).toMatchObject({
      ...{ state: 'done', remark: 'Besetzt.', doneOn: '2016-02-12', version: 2 },
      doneBy: trade.app.cast.member('granting_authority2').personId,
    });
    expect(await waiting(trade.second)).not.toContain(noted.id);
    await trade.second.tries('/follow-ups', done, 'complete', {}).expect(409);
    await trade.second.tries('/follow-ups', noted, 'complete', {}).expect(412);
    const refused = await trade.app
      .rows(`update follow_up set remark = 'anders', version = 3 where id = '${noted.id}'`)
      .then(
        () => 'changed',
        (error: unknown) => (error as { code: string }).code,
      );
    expect(refused).toBe('42501');
  });

  it('followUp.list goes by day, pages, and filters by state, day, thing and centre', async () => {
    const late = await notes(trade.clerk, {
      dueOn: '2016-12-01',
      subjectType: 'centre',
      subjectId: other.centreId,
    });
    expect((await listed(trade.clerk)).at(-1)).toBe(late.id);
    expect(await listed(trade.clerk, 'until=2016-11-30')).not.toContain(late.id);
    expect(await listed(trade.clerk, `centreId=${other.centreId}`)).toEqual([late.id]);
    expect(await listed(trade.clerk, `subjectId=${other.centreId}&state=open`)).toEqual([late.id]);
    expect(await listed(trade.clerk, `subjectId=${other.centreId}&state=done`)).toEqual([]);
    const walked: string[] = [];
    for (let cursor = ''; ;) {
      const page = await trade.clerk.sees<Listed<FollowUp>>(`/follow-ups?limit=2${cursor}`);
      walked.push(...page.items.map(({ id }) => id));
      if (page.nextCursor === null) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
    expect(walked).toEqual(await listed(trade.clerk));
    const read = await trade.clerk.sees<FollowUp>(`/follow-ups/${late.id}`);
    expect(read).toMatchObject({ id: late.id, subjectType: 'centre', caseId: null });
  });
});
