import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { coesfeld, Trade, type Application, type Municipality, type Thing } from '../support/trade.js';

interface Call extends Thing {
  readonly state: string;
  readonly closedOn: string | null;
}

interface Refused {
  readonly code: string;
  readonly errors: readonly { code: string; pointer: string | null; detail: string }[];
}

describe('calls', () => {
  let trade: Trade;
  let own: Municipality;

  beforeAll(async () => {
    trade = await Trade.open('calls');
    own = await trade.municipality(coesfeld);
    trade.on('2016-02-12');
  }, 120_000);
  afterAll(() => trade.close());

  const announcement = {
    ...{ programme: 'KI', fromYear: 2016, toYear: 2016, opensOn: '2016-02-12', closesOn: '2016-03-31' },
    ...{ titleDe: 'Aufruf 2016', titleEn: 'Call 2016', textDe: 'Anträge', textEn: 'Applications' },
  };
  const announced = (changes: object = {}) =>
    trade.ministry.makes<Call>('/calls', { ...announcement, ...changes });
  const application = (callId: string, changes: object = {}) => ({
    ...{ callId, programme: 'KI', fundingYear: 2016, periodFrom: '2016-02-12', periodTo: '2017-01-01' },
    ...{ posts: [], financingPlan: [], ...changes },
  });
  const tries = (callId: string, changes: object = {}, language = 'de') =>
    own.caller
      .post('/applications', application(callId, changes))
      .set('Idempotency-Key', randomUUID())
      .set('Accept-Language', language);
  const read = (call: Thing) => own.sees<Call>(`/calls/${call.id}`);

  it('call.open announces a window, and the day says whether it is open', async () => {
    const response = await trade.ministry.caller
      .post('/calls', { ...announcement, requiredAttachments: ['cost_estimate'] })
      .expect(201);
    expect(response.body).toMatchObject({
      ...{ programme: 'KI', fromYear: 2016, toYear: 2016, state: 'open', closedOn: null, version: 1 },
      requiredAttachments: ['cost_estimate'],
    });
    const call = response.body as Call;
    expect(response.headers['location']).toBe(`/api/v1/calls/${call.id}`);
    trade.on('2016-02-11');
    expect(await read(call)).toMatchObject({ state: 'announced' });
    trade.on('2016-03-31');
    expect(await read(call)).toMatchObject({ state: 'open' });
    trade.on('2016-04-01');
    expect(await read(call)).toMatchObject({ state: 'closed' });
    trade.on('2016-02-12');
  });

  it('call.open refuses years and windows that run backwards, or are past, and everybody but the ministry', async () => {
    const wrong = { ...announcement, toYear: 2015, closesOn: '2016-02-11' };
    const { body } = await trade.ministry.caller.post('/calls', wrong).expect(422);
    expect((body as Refused).errors.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['years-backwards', '/toYear'],
      ['window-backwards', '/closesOn'],
    ]);
    const past = { ...announcement, opensOn: '2016-01-01', closesOn: '2016-02-11' };
    const late = await trade.ministry.caller.post('/calls', past).expect(422);
    expect((late.body as Refused).errors).toMatchObject([{ code: 'window-past' }]);
    await trade.clerk.caller.post('/calls', announcement).expect(403);
    await own.caller.post('/calls', announcement).expect(403);
    await trade.ministry.caller
      .post('/calls', { ...announcement, requiredAttachments: ['photo'] })
      .expect(400);
  });

  it('call.list filters by programme, year and what the call is today', async () => {
    const other = await announced({ programme: 'KOMM_AN_I', fromYear: 2018, toYear: 2019 });
    const coming = await announced({ opensOn: '2016-03-01' });
    const listed = async (query: string) =>
      (await own.sees<{ items: Call[] }>(`/calls?limit=200&${query}`)).items.map(({ id }) => id);
    expect(await listed('programme=KOMM_AN_I')).toEqual([other.id]);
    expect(await listed('fundingYear=2019&programme=KOMM_AN_I&state=open')).toEqual([other.id]);
    expect(await listed('fundingYear=2020&programme=KOMM_AN_I')).toEqual([]);
    expect(await listed('state=announced')).toEqual([coming.id]);
    const all = await listed('');
    const first = await own.sees<{ items: Call[]; nextCursor: string }>('/calls?limit=2');
    const rest = await listed(`cursor=${first.nextCursor}`);
    expect([...first.items.map(({ id }) => id), ...rest]).toEqual(all);
  });

  it.each([
    ['before it opens', '2016-02-11', {}, ['call-not-open-yet']],
    ['on its last day', '2016-03-31', {}, []],
    ['the day after its last', '2016-04-01', {}, ['call-closed']],
    ['for another year', '2016-02-12', { fundingYear: 2017 }, ['call-other-year']],
    ['for another programme', '2016-02-12', { programme: 'KOMM_AN_I' }, ['call-other-programme']],
    [
      'for another year and programme, too late and with an empty period',
      '2016-04-01',
      { programme: 'KOMM_AN_I', fundingYear: 2017, periodTo: '2016-02-12' },
      ['call-other-programme', 'call-other-year', 'call-closed', 'period-empty'],
    ],
  ])('an application drafted %s says so, and opens no case', async (_, on, changes, codes) => {
    const call = await announced();
    const cases = async () => (await trade.app.rows('select id from application')).length;
    const before = await cases();
    trade.on(on);
    const answer = await tries(call.id, changes);
    expect(answer.status).toBe(codes.length === 0 ? 201 : 422);
    expect(((answer.body as Partial<Refused>).errors ?? []).map(({ code }) => code)).toEqual(codes);
    expect(await cases()).toBe(before + (codes.length === 0 ? 1 : 0));
    trade.on('2016-02-12');
  });

  it('a call for several years is answered for any of them, and by no application that reaches beyond', async () => {
    const call = await announced({ toYear: 2017 });
    const until = (periodTo: string) => tries(call.id, { periodTo });
    await until('2017-01-01').expect(201);
    const two = (await until('2018-01-01').expect(201)).body as Application;
    expect(two).toMatchObject({ fundingYears: [2016, 2017] });
    const three = await until('2018-01-02').expect(422);
    expect((three.body as Refused).errors).toMatchObject([
      {
        ...{ code: 'call-other-year', pointer: '/callId' },
        detail: 'Der Aufruf „Aufruf 2016“ gilt für 2016–2017, nicht für 2018.',
      },
    ]);
    const longer = await own.changes('/applications', two, { periodTo: '2019-07-01' });
    const late = await own.tries('/applications', longer, 'submit').set('Accept-Language', 'en').expect(422);
    expect((late.body as Refused).errors).toContainEqual(
      expect.objectContaining({ detail: 'The call "Call 2016" is for 2016–2017, not for 2018, 2019.' }),
    );
  });

  it('without a call, or with one that does not exist, nobody applies', async () => {
    const { callId: _, ...without } = application(trade.callId);
    const missing = await own.caller.post('/applications', without).set('Idempotency-Key', randomUUID());
    expect(missing.body).toMatchObject({ status: 400, errors: [{ pointer: '/callId', code: 'required' }] });
    const unknown = await tries(randomUUID()).expect(422);
    expect((unknown.body as Refused).errors).toMatchObject([{ code: 'unknown-call', pointer: '/callId' }]);
  });

  it('the window counts for submitting too, in the words of the call', async () => {
    const call = await announced();
    const drafted = (await tries(call.id).expect(201)).body as Application;
    trade.on('2016-04-01');
    const german = await own.tries('/applications', drafted, 'submit').set('Accept-Language', 'de');
    expect((german.body as Refused).errors[0]).toMatchObject({
      ...{ code: 'call-closed', pointer: '/callId' },
      detail: 'Der Aufruf „Aufruf 2016“ ist seit dem 31.03.2016 abgelaufen.',
    });
    const english = await own.tries('/applications', drafted, 'submit').set('Accept-Language', 'en');
    expect((english.body as Refused).errors[0]?.detail).toBe('The call "Call 2016" ended on 2016-03-31.');
    trade.on('2016-02-12');
  });

  it('call.close ends a call at once; an answer to a query is as much in time as what it mends', async () => {
    const call = await announced();
    const submitted = await own.applies({ from: '2016-02-12', callId: call.id });
    const draft = (await tries(call.id).expect(201)).body as Application;
    const reason = { reason: 'Die Mittel sind ausgeschöpft.' };
    await trade.clerk.tries('/calls', call, 'close', reason).expect(403);
    const closed = await trade.ministry.does<Call>('/calls', call, 'close', reason);
    expect(closed).toMatchObject({ state: 'closed', closedOn: '2016-02-12', closeReason: reason.reason });
    const twice = await trade.ministry.tries('/calls', closed, 'close', reason).expect(409);
    expect(twice.body).toMatchObject({ code: 'state-conflict' });
    await trade.ministry.tries('/calls', call, 'close', reason).expect(412);

    await tries(call.id).expect(422);
    const late = await own.tries('/applications', draft, 'submit').expect(422);
    expect((late.body as Refused).errors.map(({ code }) => code)).toContain('call-closed');
    const query = { question: 'Bitte den Finanzierungsplan erläutern.', dueOn: '2016-03-01' };
    const queried = await trade.clerk.does('/applications', submitted, 'query', query);
    trade.on('2016-06-01');
    expect(await own.does('/applications', queried, 'submit')).toMatchObject({ state: 'in_check' });
    trade.on('2016-02-12');
  });

  it('is never edited, not in plain SQL either', async () => {
    const { id } = await announced();
    const [rights] = await trade.app.rows<{ columns: string[] }>(
      `select array_agg(column_name::text order by column_name) as columns
         from information_schema.column_privileges
        where table_name = 'call' and privilege_type = 'UPDATE' and grantee = 'foerderbuch_ministry'`,
    );
    expect(rights?.columns).toEqual(['close_reason', 'closed_at', 'closed_on', 'version']);
    await expect(
      trade.app.rows(`update call set closed_on = '2016-01-01' where id = $1`, [id]),
    ).rejects.toThrow();
  });
});
