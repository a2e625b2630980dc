import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomUUID } from 'node:crypto';
import { CommandRunner } from '../../src/audit/command-runner.js';
import { invocationOf } from '../support/actors.js';
import type { Caller } from '../support/app.js';
import {
  borken,
  coesfeld,
  Trade,
  type Application,
  type Municipality,
  type Thing,
} from '../support/trade.js';
import { passed } from '../support/guideline.js';

/** Coesfeld from 12 February 2016: 324 of 366 days. */
const STATE = 15_049_180;
const TEACHERS = 8_852_459;

interface Calculation {
  totals: { fundingYear: number; source: string; amountCents: number; plannedCents: number }[];
  years: {
    explanation: { de: string; en: string }[];
    derivation: { rule: string; confidence: string; result: string }[];
  }[];
  objections: { code: string; pointer: string | null }[];
}

describe('applications', () => {
  let trade: Trade;
  let own: Municipality;
  let other: Municipality;
  let clerk: Caller;

  beforeAll(async () => {
    trade = await Trade.open('applications');
    own = await trade.municipality(coesfeld);
    other = await trade.municipality(borken);
    clerk = trade.clerk.caller;
    trade.on('2016-07-01');
  }, 120_000);
  afterAll(() => trade.close());

  const occupied = { occupiedFrom: '2016-02-12', occupiedTo: '2017-01-01' };
  const specialist = { category: 'specialist', fteHundredths: 300, ...occupied };
  const body = (changes: object = {}) => ({
    ...{
      callId: trade.callId,
      programme: 'KI',
      fundingYear: 2016,
      periodFrom: '2016-02-12',
      periodTo: '2017-01-01',
    },
    posts: [
      specialist,
      { category: 'assistant', fteHundredths: 50, ...occupied },
      { category: 'teacher', fteHundredths: 200, ...occupied },
    ],
    financingPlan: [
      { source: 'state_integration', amountCents: STATE },
      { source: 'state_school', amountCents: TEACHERS },
      { source: 'municipal', amountCents: 2_000_000 },
    ],
    ...changes,
  });
  const draft = (changes: object = {}) =>
    own.makes<Application & { state: string }>('/applications', body(changes));
  /** Frees the period for the next test. */
  const retract = async (id: string) => {
    const { version } = await own.sees<Application>(`/applications/${id}`);
    await own.does('/applications', { id, version }, 'retract');
  };
  const codesOf = (answer: { body: { errors?: { code: string }[] } }) =>
    (answer.body.errors ?? []).map(({ code }) => code);

  it('application.draft opens a case of the own centre and shows what was asked for', async () => {
    const response = await own.caller
      .post('/applications', body())
      .set('Idempotency-Key', randomUUID())
      .expect(201);
    expect(response.body).toMatchObject({
      ...{
        centreId: own.centreId,
        programme: 'KI',
        state: 'draft',
        submission: 0,
        submittedOn: null,
        version: 1,
      },
      posts: [
        { position: 1, ...specialist },
        { position: 2, category: 'assistant', fteHundredths: 50 },
        { position: 3, category: 'teacher', fteHundredths: 200 },
      ],
      financingPlan: [
        { source: 'state_integration', amountCents: STATE, inKind: false },
        { source: 'state_school', amountCents: TEACHERS, inKind: true },
        { source: 'municipal', amountCents: 2_000_000, modelled: false },
      ],
      checks: [],
    });
    expect(response.headers['location']).toBe(`/api/v1/applications/${String(response.body.id)}`);
    expect(response.headers['etag']).toBe('"v1"');
  });

  it('application.draft needs a key, and answers the same key with the same application', async () => {
    await own.caller.post('/applications', body()).expect(400);
    const key = randomUUID();
    const first = await own.caller.post('/applications', body()).set('Idempotency-Key', key).expect(201);
    const again = await own.caller.post('/applications', body()).set('Idempotency-Key', key).expect(201);
    expect(again.body).toEqual(first.body);
  });

  it.each([
    ['an unknown programme', { programme: 'XY' }],
    ['a year as text', { fundingYear: '2016' }],
    ['a day that does not exist', { periodFrom: '2016-02-30' }],
    ['money with decimals', { financingPlan: [{ source: 'municipal', amountCents: 0.5 }] }],
    ['a centre of the caller’s choice', { centreId: randomUUID() }],
    ['posts that are no list', { posts: 'three' }],
    ['a post of no size', { posts: [{ ...specialist, fteHundredths: 0 }] }],
  ])('application.draft refuses %s as bad input', async (_, changes) => {
    await own.caller.post('/applications', body(changes)).set('Idempotency-Key', randomUUID()).expect(400);
  });

  it('application.draft refuses what nothing could be computed from', async () => {
    const wrong = body({
      periodTo: '2016-02-12',
      financingPlan: [
        { source: 'municipal', amountCents: 1 },
        { source: 'municipal', amountCents: 2, modelled: true },
      ],
    });
    const answer = await own.caller
      .post('/applications', wrong)
      .set('Idempotency-Key', randomUUID())
      .expect(422);
    expect(codesOf(answer)).toEqual(['source-named-twice', 'origin-missing', 'period-empty']);
  });

  it('only municipalities draft', async () => {
    await clerk.post('/applications', body()).set('Idempotency-Key', randomUUID()).expect(403);
    const cashier = trade.cashier.caller;
    await cashier.get('/applications').expect(403);
  });

  it('application.edit replaces posts and plan, and wants the version that was seen', async () => {
    const { id } = await draft();
    const edit = { posts: [specialist], financingPlan: [{ source: 'third_party', amountCents: 500_000 }] };
    await own.caller.patch(`/applications/${id}`, edit).expect(428);
    await own.caller.patch(`/applications/${id}`, edit).set('If-Match', '"v2"').expect(412);
    const { body: changed } = await own.caller
      .patch(`/applications/${id}`, edit)
      .set('If-Match', '"v1"')
      .expect(200);
    expect(changed).toMatchObject({ version: 2, periodFrom: '2016-02-12' });
    expect(changed.posts).toHaveLength(1);
    expect(changed.financingPlan).toEqual([
      {
        ...{ fundingYear: 2016, source: 'third_party', amountCents: 500_000 },
        ...{ inKind: false, modelled: false, origin: null },
      },
    ]);
    const back = { financingPlan: body().financingPlan };
    const { body: again } = await own.caller
      .patch(`/applications/${id}`, back)
      .set('If-Match', '"v2"')
      .expect(200);
    expect(again.financingPlan).toHaveLength(3);
    expect(again.posts).toHaveLength(1);
  });

  it('application.calculation lets the municipality see why, in sentences and exact steps', async () => {
    const { id } = await draft();
    const found = await own.sees<Calculation>(`/applications/${id}/calculation`);
    expect(found.totals).toEqual([
      {
        ...{ fundingYear: 2016, source: 'state_integration', inKind: false },
        ...{ amountCents: STATE, plannedCents: STATE },
      },
      {
        ...{ fundingYear: 2016, source: 'state_school', inKind: true },
        ...{ amountCents: TEACHERS, plannedCents: TEACHERS },
      },
    ]);
    expect(found.objections).toEqual([]);
    expect(found.years).toHaveLength(1);
    const { explanation = [], derivation = [] } = found.years[0] ?? {};
    expect(explanation[0]?.de).toContain(
      'Stelle 1, Fachkraft: 50.000,00 EUR ÷ 1,00 VZÄ × 3,00 VZÄ × 324 ÷ 366 Tage (12.02.2016 bis einschließlich 31.12.2016) ≈ 132.786,89 EUR; Satz: ',
    );
    expect(explanation[0]?.de).toMatch(/\((belegt|abgeleitet|angenommen)\); Zählweise: angenommen$/);
    expect(explanation.map(({ de }) => de).join('\n')).toContain(
      'Stelle 1 132.786,89 EUR + Stelle 2 17.704,92 EUR = 150.491,80 EUR',
    );
    expect(derivation).toHaveLength(explanation.length);
    expect(derivation[0]).toMatchObject({ rule: 'fixed_amount.actual_days', confidence: 'assumed' });
  });

  it('application.calculation names every objection before the application is submitted', async () => {
    const { id } = await draft({ posts: [{ ...specialist, occupiedFrom: '2016-02-11' }], financingPlan: [] });
    const { objections } = await own.sees<Calculation>(`/applications/${id}/calculation`);
    expect(objections.map(({ code }) => code)).toEqual([
      'post-outside-period',
      'centre-not-open',
      'plan-differs-from-rules',
    ]);
  });

  it('application.submit names all objections at once and leaves the draft as it was', async () => {
    const drafted = await draft({
      periodTo: '2017-01-02',
      posts: [{ ...specialist, fteHundredths: 301 }],
      financingPlan: [],
    });
    const answer = await own.tries('/applications', drafted, 'submit');
    expect(answer.status).toBe(422);
    expect(codesOf(answer)).toEqual([
      'year-without-posts',
      'no-guideline-in-force',
      'posts-above-guideline',
      'plan-differs-from-rules',
    ]);
    expect(await own.sees(`/applications/${drafted.id}`)).toMatchObject({ state: 'draft', version: 1 });
  });

  it('application.submit freezes the content with its hash, and a second application for the same days is refused', async () => {
    const drafted = await draft();
    await own.caller.post(`/applications/${drafted.id}/submit`).expect(428);
    const stale = await own.tries('/applications', { ...drafted, version: 9 }, 'submit');
    expect(stale.status).toBe(412);
    const submitted = await own.does<Application>('/applications', drafted, 'submit');
    expect(submitted).toMatchObject({
      state: 'submitted',
      submission: 1,
      submittedOn: '2016-07-01',
      version: 2,
    });

    const { items } = await own.sees<{ items: { number: number; content: string; sha256: string }[] }>(
      `/applications/${drafted.id}/versions`,
    );
    const [frozen] = items;
    expect(items).toHaveLength(1);
    expect(
      createHash('sha256')
        .update(frozen?.content ?? '')
        .digest('hex'),
    ).toBe(frozen?.sha256);
    expect(JSON.parse(frozen?.content ?? '')).toMatchObject({
      application: { periodFrom: '2016-02-12', centreId: own.centreId },
      calculation: [{ fundingYear: 2016, totals: [{ source: 'state_integration', amountCents: STATE }, {}] }],
    });

    const conflict = await own.tries('/applications', submitted, 'submit');
    expect([conflict.status, conflict.body.code]).toEqual([409, 'state-conflict']);
    const edit = await own.caller.patch(`/applications/${drafted.id}`, { posts: [] }).set('If-Match', '"v2"');
    expect([edit.status, edit.body.code]).toEqual([409, 'state-conflict']);

    const second = await own.tries('/applications', await draft(), 'submit');
    expect(codesOf(second)).toEqual(['already-applied']);
    await retract(drafted.id);
  });

  it('what was edited after a query is nobody’s to check before it is submitted again', async () => {
    const submitted = await own.does<Application>('/applications', await draft(), 'submit');
    const query = { question: 'Der Stellenplan fehlt.', dueOn: '2016-07-15' };
    const queried = await trade.clerk.does('/applications', submitted, 'query', query);
    const edited = await own.changes('/applications', queried, {
      posts: [{ ...specialist, fteHundredths: 200 }],
      financingPlan: [{ source: 'state_integration', amountCents: 99_900_000 }],
    });
    expect(edited).toMatchObject({
      objections: [{ code: 'plan-differs-from-rules' }],
    });
    for (const [verb, sent] of [['check', passed()] as const, ['query', query] as const]) {
      const early = await trade.clerk.tries('/applications', edited, verb, sent);
      expect([early.status, early.body.code]).toEqual([409, 'state-conflict']);
      expect(early.body.detail).toContain('application.submit');
    }
    const clerk = await trade.app.cast.actor('granting_authority');
    const beneath = trade.app
      .get(CommandRunner)
      .run(invocationOf(clerk), 'application.check', (unit) =>
        unit.rows(`update application set state = 'in_check', version = version + 1 where id = $1`, [
          submitted.id,
        ]),
      );
    await expect(beneath).rejects.toThrow(/lies with its applicant by a query, until that is answered/);
    await retract(submitted.id);
  });

  it('a draft shows what would stand against submitting it, also when it is only tried', async () => {
    const unfinished = body({ posts: [], financingPlan: [] });
    const dry = await own.caller
      .post('/applications?dryRun=true', unfinished)
      .set('Idempotency-Key', randomUUID())
      .expect(201);
    expect(dry.headers['location']).toBeUndefined();
    expect(dry.headers['etag']).toBeUndefined();
    expect(dry.body).toMatchObject({ objections: [{ code: 'no-posts' }] });
    const whole = await draft();
    expect(whole).toMatchObject({ objections: [] });
  });

  it('the example of the documentation can be submitted as it stands', async () => {
    const operation = trade.app.contract.document.paths['/api/v1/applications']?.['post'];
    const example = operation?.requestBody?.content['application/json']?.example ?? {};
    const early = await trade.municipality({ ...borken, ags: '05566000', openedOn: '2016-01-01' });
    const { callId } = trade;
    const drafted = await early.makes<Application>('/applications', { ...example, callId });
    expect(drafted).toMatchObject({ objections: [] });
    expect(await early.does('/applications', drafted, 'submit')).toMatchObject({ state: 'submitted' });
  });

  it('a centre whose opening day is unknown is funded from a day it is known to be open, unless the ministry assumes more', async () => {
    const late = await trade.municipality({
      ...borken,
      ags: '05166000',
      openedOn: null,
      knownOpenBy: '2016-05-01',
    });
    const about = (from: string) => ({
      ...{
        callId: trade.callId,
        programme: 'KI',
        fundingYear: 2016,
        periodFrom: from,
        periodTo: '2017-01-01',
        financingPlan: [],
      },
      posts: [{ ...specialist, occupiedFrom: from }],
    });
    const drafted = await late.makes<Application>('/applications', about('2016-04-30'));
    expect(drafted).toMatchObject({
      objections: [
        { code: 'centre-opening-unknown', pointer: '/posts/0' },
        { code: 'plan-differs-from-rules' },
      ],
    });
    const inTime = await late.makes<Application>('/applications', about('2016-05-01'));
    expect(inTime).toMatchObject({ objections: [{ code: 'plan-differs-from-rules' }] });

    const centre = await trade.ministry.sees<Thing>(`/centres/${late.centreId}`);
    const assumption = {
      from: '2016-01-01',
      reason: 'Der Kreistag hat die Eröffnung für Januar beschlossen.',
    };
    const nothing = await trade.ministry.tries('/centres', centre, 'assume-opening', {
      ...assumption,
      from: '2016-05-01',
    });
    expect([nothing.status, codesOf(nothing)]).toEqual([422, ['nothing-to-assume']]);
    const assumed = await trade.ministry.does('/centres', centre, 'assume-opening', assumption);
    expect(assumed).toMatchObject({ assumedOpenFrom: '2016-01-01', knownOpenBy: '2016-05-01', version: 2 });
    const { objections } = await late.sees<Calculation>(`/applications/${drafted.id}/calculation`);
    expect(objections.map(({ code }) => code)).toEqual(['plan-differs-from-rules']);
  });

  it('application.query hands back, and what is submitted in answer is checked anew before it is recommended', async () => {
    const submitted = await own.does<Application>('/applications', await draft(), 'submit');
    const { id } = submitted;
    const early = await trade.clerk.tries('/applications', submitted, 'recommend', {
      recommendation: 'Bewilligen',
    });
    expect(early.status).toBe(409);
    const queried = await trade.clerk.does('/applications', submitted, 'query', {
      question: 'Das Konzept fehlt.',
      dueOn: '2016-07-15',
    });
    expect(queried).toMatchObject({
      state: 'queried',
      queries: [{ number: 1, submission: 1, question: 'Das Konzept fehlt.', answer: null }],
    });

    const answered = await own.does('/applications', queried, 'submit');
    expect(answered).toMatchObject({ state: 'in_check', submission: 2, submittedOn: '2016-07-01' });
    const unchecked = await trade.clerk.tries('/applications', answered, 'recommend', {
      recommendation: 'Bewilligen',
    });
    expect(unchecked.status).toBe(409);
    const checked = await trade.clerk.does('/applications', answered, 'check', passed());
    const twice = await trade.clerk.tries('/applications', checked, 'check', passed('Noch einmal'));
    expect(twice.status).toBe(409);

    const recommended = await trade.clerk.does('/applications', checked, 'recommend', {
      recommendation: 'Bewilligen',
    });
    expect(recommended).toMatchObject({ state: 'recommended', recommendation: 'Bewilligen' });
    expect(await own.sees(`/applications/${id}`)).toMatchObject({
      state: 'recommended',
      recommendation: null,
    });
    const { items } = await own.sees<{ items: { number: number }[] }>(`/applications/${id}/versions`);
    expect(items.map(({ number }) => number)).toEqual([1, 2]);
    await retract(id);
    expect(await own.sees(`/applications/${id}`)).toMatchObject({ state: 'retracted' });
  });

  it('a foreign application looks like an unknown one, whatever is tried', async () => {
    const { id } = await draft();
    const unknown = randomUUID();
    const caller = other.caller;
    for (const wanted of [id, unknown, 'no-uuid']) {
      for (const path of ['', '/calculation', '/versions'])
        await caller.get(`/applications/${wanted}${path}`).expect(404);
      await caller.patch(`/applications/${wanted}`, { posts: [] }).set('If-Match', '"v1"').expect(404);
      for (const verb of ['submit', 'retract']) {
        await caller.post(`/applications/${wanted}/${verb}`).set('If-Match', '"v1"').expect(404);
      }
    }
    const { items } = await other.sees<{ items: unknown[] }>('/applications');
    expect(items).toEqual([]);
  });

  it('application.list pages and filters', async () => {
    const all = await trade.clerk.sees<{ items: Application[]; nextCursor: string | null }>(
      '/applications?limit=200',
    );
    const first = await trade.clerk.sees<{ items: Application[]; nextCursor: string }>(
      '/applications?limit=2',
    );
    const rest = await trade.clerk.sees<{ items: Application[] }>(
      `/applications?limit=200&cursor=${first.nextCursor}`,
    );
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(all.items.map(({ id }) => id));
    const retracted = await trade.clerk.sees<{ items: { state: string }[] }>('/applications?state=retracted');
    expect(new Set(retracted.items.map(({ state }) => state))).toEqual(new Set(['retracted']));
    await clerk.get('/applications?state=lost').expect(400);
    await clerk.get('/applications?cursor=abc').expect(400);
  });

  it('each command leaves one audit record about its case, and a dry run leaves nothing', async () => {
    const records = await trade.app.recordsOf(async () => {
      const drafted = await draft();
      const dry = await own.caller
        .post(`/applications/${drafted.id}/submit?dryRun=true`)
        .set('If-Match', '"v1"')
        .expect(200);
      expect(dry.body.state).toBe('submitted');
      const submitted = await own.does('/applications', drafted, 'submit');
      await own.does('/applications', submitted, 'retract');
    });
    expect(records).toEqual(['application.draft', 'application.submit', 'application.retract']);
  });

  it('the database lets nobody write parts of an application that lies with the authority', async () => {
    const submitted = await own.does<Application>('/applications', await draft(), 'submit');
    const actor = await trade.app.cast.actor(`municipality-${own.centreId.slice(-6)}`);
    const attempt = trade.app.get(CommandRunner).run(invocationOf(actor), 'application.edit', (unit) =>
      unit.rows(
        `insert into application_post_item
           (id, application_id, case_id, centre_id, position, category, fte_hundredths, occupied_from, occupied_to)
         values (gen_random_uuid(), $1, $2, $3, 9, 'teacher', 100, '2016-02-12', '2017-01-01')`,
        [submitted.id, submitted.caseId, own.centreId],
      ),
    );
    await expect(attempt).rejects.toThrow(/row-level security/);
    await retract(submitted.id);
  });
});
