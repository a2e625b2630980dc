import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { CommandRunner } from '../../src/audit/command-runner.js';
import type { Power } from '../../src/kernel/actor.js';
import { invocationOf } from '../support/actors.js';
import { Acts } from '../support/acts.js';
import { borken, coesfeld, Desk, Trade, type Application, type Municipality } from '../support/trade.js';

interface Refused {
  readonly body: { readonly detail?: string; readonly errors?: { code: string; pointer: string | null }[] };
}

interface Told extends Application {
  readonly changes: readonly object[];
}

const objectionsOf = ({ body }: Refused) => (body.errors ?? []).map(({ code, pointer }) => [code, pointer]);
const vacancy = { kind: 'staffing', what: 'Eine Fachkraftstelle ist unbesetzt.', sinceOn: '2016-06-01' };
const answer = { change: 1, consequence: 'amendment', reason: 'Die Zuwendung wird gekürzt.' };

describe('changes told after the notice', () => {
  let trade: Trade;
  let acts: Acts;
  let own: Municipality;
  let neighbour: Municipality;
  let granted: Application;
  let recommended: Application;

  beforeAll(async () => {
    trade = await Trade.open('changes');
    acts = new Acts(trade);
    own = await trade.municipality(coesfeld);
    neighbour = await trade.municipality(borken);
    trade.on('2016-02-12');
    const submitted = await own.applies({ from: '2016-02-12' });
    await trade.clerk.grants(submitted, '2016-02-12');
    granted = await own.sees(`/applications/${submitted.id}`);
    trade.on('2016-06-29');
    recommended = await acts.readied(await neighbour.applies({ from: '2016-06-29' }));
    trade.on('2016-06-20');
  }, 120_000);
  afterAll(() => trade.close());

  const tells = (changes: object = {}, who: Desk = own) =>
    who.tries('/applications', granted, 'notify-change', { ...vacancy, ...changes });
  const acknowledges = (changes: object = {}) =>
    trade.clerk.tries('/applications', granted, 'acknowledge-change', { ...answer, ...changes });
  const sees = (who: Desk = trade.clerk) => who.sees<Told>(`/applications/${granted.id}`);

  it.each<[string, object, string, number]>([
    ['a day in the future', { sinceOn: '2016-06-21' }, '/sinceOn', 422],
    ['a day there is none of', { sinceOn: '2016-06-31' }, '/sinceOn', 400],
    ['no day', { sinceOn: undefined }, '/sinceOn', 400],
    ['a kind nobody knows', { kind: 'weather' }, '/kind', 400],
    ['no words', { what: ' ' }, '/what', 400],
    ['too many words', { what: 'x'.repeat(4001) }, '/what', 400],
    ['the answer with the question', { consequence: 'none' }, '/consequence', 400],
  ])('application.notifyChange refuses %s', async (_, changes, pointer, status) => {
    const before = await trade.app.extent();
    const refused = await tells(changes).expect(status);
    expect(objectionsOf(refused).map(([, at]) => at)).toEqual([pointer]);
    expect(await trade.app.extent()).toEqual(before);
  });

  it('application.notifyChange is for a notified grant of one’s own centre, by whoever drafts, as last read', async () => {
    const person = async (power: Power): Promise<Desk> => {
      const { username } = await trade.app.cast.municipality(own.centreId, `coesfeld-${power}`, [power]);
      return new Desk(await trade.app.signIn(username));
    };
    await tells({}, neighbour).expect(404);
    await tells({}, trade.clerk).expect(403);
    await tells({}, await person('treasurer')).expect(403);
    await tells({}, await person('signatory')).expect(403);
    await own
      .tries('/applications', { ...granted, version: granted.version - 1 }, 'notify-change', vacancy)
      .expect(412);
    await neighbour.tries('/applications', recommended, 'notify-change', vacancy).expect(409);
    const drafted = await acts.drafts(recommended);
    await acts.does(drafted, 'release', undefined, trade.second);
    const released = await neighbour.sees<Application>(`/applications/${recommended.id}`);
    const early = await neighbour.tries('/applications', released, 'notify-change', vacancy).expect(409);
    expect((early as Refused).body.detail).toContain('nicht bekannt gegeben');
    const drafter = await person('drafter');
    await drafter.caller
      .post(`/applications/${granted.id}/notify-change?dryRun=true`, vacancy)
      .set('Idempotency-Key', randomUUID())
      .set('If-Match', `"v${String(granted.version)}"`)
      .expect(200);
    expect((await sees()).changes).toEqual([]);
  });

  it('application.acknowledgeChange answers each change once, for everybody who reads the case', async () => {
    await acknowledges().expect(422);
    const records = await trade.app.recordsOf(async () => {
      granted = await own.does('/applications', granted, 'notify-change', vacancy);
    });
    expect(records).toEqual(['application.notifyChange']);
    const more = { kind: 'financing', what: 'Ein Dritter gibt mehr.', sinceOn: '2016-06-20' };
    granted = await own.does('/applications', granted, 'notify-change', more);
    for (const [changes, pointer, status] of [
      [{ change: 3 }, '/change', 422],
      [{ change: 0 }, '/change', 400],
      [{ consequence: 'perhaps' }, '/consequence', 400],
      [{ reason: '' }, '/reason', 400],
      [{ reason: 'x'.repeat(4001) }, '/reason', 400],
    ] as const) {
      const refused = await acknowledges(changes).expect(status);
      expect(objectionsOf(refused).map(([, at]) => at)).toEqual([pointer]);
    }
    await own.tries('/applications', granted, 'acknowledge-change', answer).expect(403);
    trade.on('2016-06-27');
    granted = await trade.clerk.does('/applications', granted, 'acknowledge-change', answer);
    const again = await acknowledges().expect(422);
    expect(objectionsOf(again)).toEqual([['change-not-open', '/change']]);
    const { change: _number, ...said } = answer;
    const shown = [
      {
        ...{ ...vacancy, number: 1, toldOn: '2016-06-20' },
        answer: expect.objectContaining({ ...said, acknowledgedOn: '2016-06-27' }) as object,
      },
      { ...more, number: 2, answer: null },
    ];
    expect(await sees()).toMatchObject({ state: 'decided', changes: shown });
    expect((await sees(own)).changes).toEqual((await sees()).changes);
    await trade.app
      .signIn('cashier')
      .then((cashier) => cashier.get(`/applications/${granted.id}`).expect(403));
  });

  it('a refusal leaves nothing to tell of', async () => {
    const place = { ags: '05566000', name: 'Kreis Steinfurt', openedOn: '2016-01-01' };
    const refused = await trade.municipality(place);
    const asked = await acts.readied(await refused.applies({ from: '2016-06-27' }));
    const draft = await acts.drafts(asked, { kind: 'refusal', reasons: 'Kein Konzept.' });
    await acts.issues(draft, '2016-06-27');
    const seen = await refused.sees<Application>(`/applications/${asked.id}`);
    const answered = await refused.tries('/applications', seen, 'notify-change', vacancy).expect(409);
    expect((answered as Refused).body.detail).toContain('abgelehnt');
  });

  const insert = (where: string): string => `
    insert into application_change (id, application_id, case_id, centre_id, number, kind, what, since_on, told_on)
    select gen_random_uuid(), id, case_id, centre_id, 77, 'other', 'x', '2016-06-01', '2016-06-20' from application ${where}`;

  /** One statement after the other, in the one transaction of somebody at work. */
  const sends = (username: string, statements: readonly string[]): Promise<unknown> =>
    trade.app.cast.actor(username).then((actor) =>
      trade.app.get(CommandRunner).run(invocationOf(actor), 'application.notifyChange', async (unit) => {
        for (const sql of statements) await unit.rows(sql);
        throw new Error('nothing was refused');
      }),
    );

  it.each<[string, string, ...string[]]>([
    ['a change is reworded', 'municipality', `update application_change set what = 'anders'`],
    ['a change is taken back', 'municipality', 'delete from application_change'],
    ['an answer is reworded', 'granting_authority', `update application_change_answer set reason = 'anders'`],
    [
      'a decided application rises without a change',
      'municipality',
      'update application set version = version + 1',
    ],
    [
      'a change is told and something else is changed with it',
      'municipality',
      insert(`where state = 'decided'`),
      `update application set period_from = period_from - 1, version = version + 1 where state = 'decided'`,
    ],
    [
      'the authority rewrites why it decided',
      'granting_authority',
      `update application_recommendation set recommendation = 'anders'`,
    ],
    [
      'a municipality answers itself',
      'municipality',
      `insert into application_change_answer
         (id, change_id, application_id, case_id, centre_id, consequence, reason, acknowledged_on)
       select gen_random_uuid(), id, application_id, case_id, centre_id, 'none', 'x', '2016-06-20' from application_change`,
    ],
    ['a change is told of what is not notified', 'neighbour', insert('')],
  ])('the database itself refuses when %s', async (_, role, ...statements) => {
    const names = { municipality: own, neighbour };
    const place = names[role as keyof typeof names] as Municipality | undefined;
    const username = place === undefined ? role : `municipality-${place.centreId.slice(-6)}`;
    await expect(sends(username, statements)).rejects.toMatchObject({ code: '42501' });
  });

  it('the database itself lets no municipality decide what is recommended', async () => {
    const place = { ags: '05515000', name: 'Münster', openedOn: '2016-01-01' };
    const other = await trade.municipality(place);
    const ready = await acts.readied(await other.applies({ from: '2016-06-27' }));
    const username = `municipality-${other.centreId.slice(-6)}`;
    const decides = `update application set state = 'decided', version = version + 1 where state = 'recommended'`;
    for (const statements of [[decides], [insert(''), decides]]) {
      await expect(sends(username, statements)).rejects.toMatchObject({ code: '42501' });
    }
    expect(await other.sees(`/applications/${ready.id}`)).toMatchObject({ state: 'recommended' });
  });
});
