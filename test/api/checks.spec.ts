import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CommandRunner } from '../../src/audit/command-runner.js';
import { kiGuideline2012 } from '../../src/demo/data/ki-guideline-2012.js';
import { invocationOf } from '../support/actors.js';
import { coesfeld, Desk, Trade, type Application, type Municipality, type Thing } from '../support/trade.js';
import { passed } from '../support/guideline.js';

interface Refused {
  readonly status: number;
  readonly body: { readonly code: string; readonly errors?: { code: string; pointer: string | null }[] };
}

const objectionsOf = ({ body }: Refused) => (body.errors ?? []).map(({ code, pointer }) => [code, pointer]);
const [first, ...others] = kiGuideline2012.checklist.map(({ code }) => ({ code, result: 'met' }));

describe('what happens to an application on the authority’s desk', () => {
  let trade: Trade;
  let own: Municipality;
  let application: Application;

  beforeAll(async () => {
    trade = await Trade.open('checks');
    own = await trade.municipality(coesfeld);
    trade.on('2016-02-15');
    application = await own.applies({ from: '2016-02-12' });
    const place = { ags: '05566000', name: 'Kreis Steinfurt', openedOn: '2016-01-01' };
    await (await trade.municipality(place)).applies({ from: '2016-02-12' });
  }, 120_000);
  afterAll(() => trade.close());

  const tries = (verb: string, body: object, who = trade.clerk as Pick<Trade['clerk'], 'tries'>) =>
    who.tries('/applications', application, verb, body);
  const does = async (verb: string, body: object, who: Pick<Trade['clerk'], 'does'> = trade.clerk) => {
    application = await who.does<Application>('/applications', application, verb, body);
    return application;
  };
  const query = { question: 'Ist die Stelle der Assistenz besetzt?', dueOn: '2016-03-25' };

  it('application.check names every objection at once, and nothing is written', async () => {
    const records = await trade.app.recordsOf(async () => {
      const results = [
        { ...first, result: 'not_met' },
        { ...others[0], code: first?.code },
        { code: 'unheard_of', result: 'met' },
      ];
      const refused = await tries('check', { note: 'Geprüft', results }).expect(422);
      expect(objectionsOf(refused)).toEqual([
        ['check-reason-missing', '/results/0/reason'],
        ['check-item-answered-twice', '/results/1/code'],
        ['check-item-unknown', '/results/2/code'],
        ...others.map(() => ['check-item-unanswered', '/results']),
      ]);
    });
    expect(records).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['a result nobody knows', { results: [{ ...first, result: 'perhaps' }] }, '/results/0/result'],
    ['no results', { results: undefined }, '/results'],
    ['a blank note', { note: ' ' }, '/note'],
    ['the old word for complete', { complete: true }, '/complete'],
  ])('application.check refuses %s', async (_, changes, pointer) => {
    const refused = await tries('check', { ...passed(), ...changes }).expect(400);
    expect(objectionsOf(refused).map(([, at]) => at)).toEqual([pointer]);
  });

  it.each<[string, object, string, number]>([
    ['no question', { question: '' }, '/question', 400],
    ['no day', { dueOn: '2016-02-30' }, '/dueOn', 400],
    ['today', { dueOn: '2016-02-15' }, '/dueOn', 422],
    ['more than a year', { dueOn: '2017-02-16' }, '/dueOn', 422],
  ])('application.query refuses %s', async (_, changes, pointer, status) => {
    const refused = await tries('query', { ...query, ...changes }).expect(status);
    expect(objectionsOf(refused).map(([, at]) => at)).toEqual([pointer]);
  });

  it('application.opine is possible from the submission on', async () => {
    const submitted = await does('opine', { opinion: 'unfavourable', reason: 'Die Assistenz fehlt.' });
    expect(submitted).toMatchObject({
      ...{ state: 'submitted', version: 4 },
      opinions: [{ submission: 1, office: 'granting_authority', opinion: 'unfavourable', deviation: null }],
    });
  });

  it('application.query hands back until a working day, and says what only an answer ends', async () => {
    await tries('query', query, own).expect(403);
    await tries('answer', { query: 1, text: 'Ja' }, own).expect(409);
    expect(await does('query', query)).toMatchObject({
      state: 'queried',
      // Good Friday moves past Easter.
      queries: [{ number: 1, submission: 1, dueOn: '2016-03-29', askedOn: '2016-02-15', answer: null }],
    });
    await tries('query', query).expect(409);
    const early = await tries('check', passed()).expect(409);
    expect(early.body.detail).toContain('application.answer');
  });

  it.each<[string, object, string, number]>([
    ['no text', { text: '' }, '/text', 400],
    ['no number', { query: 0 }, '/query', 400],
    ['a query nobody asked', { query: 2 }, '/query', 422],
  ])('application.answer refuses %s', async (_, changes, pointer, status) => {
    const refused = await tries('answer', { query: 1, text: 'Ja', ...changes }, own).expect(status);
    expect(objectionsOf(refused).map(([, at]) => at)).toEqual([pointer]);
  });

  it('application.answer does not carry what was changed meanwhile', async () => {
    const rehearsed = await own.caller
      .post(`/applications/${application.id}/answer?dryRun=true`, { query: 1, text: 'Ja' })
      .set('If-Match', `"v${String(application.version)}"`)
      .expect(200);
    expect(rehearsed.body).toMatchObject({ state: 'in_check' });
    const { financingPlan } = await own.sees<{ financingPlan: { source: string; amountCents: number }[] }>(
      `/applications/${application.id}`,
    );
    const plan = (moreCents: number) => ({
      financingPlan: financingPlan.map(({ source, amountCents }) => ({
        ...{ source, amountCents: source === 'municipal' ? amountCents + moreCents : amountCents },
      })),
    });
    application = await own.changes('/applications', application, plan(100));
    expect(objectionsOf(await tries('answer', { query: 1, text: 'Ja' }, own).expect(422))).toEqual([
      ['application-changed', null],
    ]);
    application = await own.changes('/applications', application, plan(0));
    trade.on('2016-04-04');
    expect(await does('answer', { query: 1, text: 'Ja, seit Jahresbeginn.' }, own)).toMatchObject({
      ...{ state: 'in_check', submission: 1 },
      queries: [{ answer: { text: 'Ja, seit Jahresbeginn.', submission: 1, answeredOn: '2016-04-04' } }],
    });
  });

  it('application.check keeps each result; a query makes it stale; the applicant reads queries and no checks', async () => {
    const reason = 'Das Vorhaben kehrt jährlich wieder.';
    const results = [{ ...first, result: 'not_applicable', reason }, ...others];
    expect(await does('check', { note: 'Vollständig', results })).toMatchObject({
      state: 'in_check',
      checks: [
        {
          ...{ submission: 1, note: 'Vollständig', checkedOn: '2016-04-04' },
          results: [
            { ...first, result: 'not_applicable', reason },
            ...others.map((other) => ({ ...other, reason: null })),
          ],
        },
      ],
    });
    await tries('check', passed()).expect(409);
    await does('query', { ...query, dueOn: '2016-05-02' });
    await does('answer', { query: 2, text: 'Immer noch.' }, own);
    await tries('recommend', { recommendation: 'Bewilligen' }).expect(409);
    await does('check', passed());
    const path = `/applications/${application.id}`;
    const seen = await own.sees<{ checks: unknown[]; queries: Thing[] }>(path);
    expect([seen.checks, seen.queries.length]).toEqual([[], 2]);
    expect(JSON.stringify(seen)).not.toContain(reason);
    const auditor = await trade.app.signIn('auditor');
    const { body } = await auditor.get(path).expect(200);
    expect(body.checks).toHaveLength(2);
  });

  it.each<[string, object, string]>([
    ['an opinion nobody knows', { opinion: 'undecided' }, '/opinion'],
    ['an opinion without reason', { reason: ' ' }, '/reason'],
    ['an opinion of another office', { office: 'ministry' }, '/office'],
  ])('application.opine refuses %s', async (_, changes, pointer) => {
    const body = { opinion: 'favourable', reason: 'Schlüssig.', ...changes };
    expect(objectionsOf(await tries('opine', body).expect(400)).map(([, at]) => at)).toEqual([pointer]);
  });

  it('application.opine is stated for one’s office, and a recommendation against it says why', async () => {
    const [school, ministry] = [
      new Desk(await trade.app.signIn('school_ministry')),
      new Desk(await trade.app.signIn('ministry')),
    ];
    await tries('opine', { opinion: 'favourable', reason: 'Ja' }, own).expect(403);
    await does('opine', { opinion: 'favourable', reason: 'Lehrkräfte sind zugesagt.' }, school);
    await does('opine', { opinion: 'with_conditions', reason: 'Wenn der Eigenanteil bleibt.' }, ministry);
    await does('opine', { opinion: 'unfavourable', reason: 'Doch keine Lehrkräfte.' }, school);
    await does('opine', { opinion: 'favourable', reason: 'Die Assistenz ist besetzt.' });
    const recommendation = 'Bewilligen';
    const wordless = await tries('recommend', { recommendation }).expect(422);
    expect(objectionsOf(wordless)).toEqual([['opinion-passed-over', '/deviations']]);
    const astray = await tries('recommend', {
      recommendation,
      deviations: [{ office: 'ministry', reason: 'Sie bleibt.' }],
    }).expect(422);
    expect(objectionsOf(astray)).toEqual([
      ['opinion-passed-over', '/deviations'],
      ['deviates-from-nothing', '/deviations/0/office'],
    ]);
    const reason = 'Die Lehrkräfte kommen zum Schuljahr.';
    const deviations = [{ office: 'school_ministry', reason }];
    expect(await does('recommend', { recommendation, deviations })).toMatchObject({
      ...{ state: 'recommended', proposes: 'grant' },
      opinions: [
        { office: 'granting_authority', opinion: 'unfavourable', deviation: null },
        { office: 'school_ministry', opinion: 'favourable', deviation: null },
        { office: 'ministry', opinion: 'with_conditions', deviation: null },
        { office: 'school_ministry', opinion: 'unfavourable', deviation: reason },
        { office: 'granting_authority', opinion: 'favourable', deviation: null },
      ],
    });
    await tries('opine', { opinion: 'favourable', reason: 'Zu spät' }, school).expect(409);
    expect(await own.sees(`/applications/${application.id}`)).toMatchObject({ opinions: [], proposes: null });
  });

  it.each<[string, string, string, string]>([
    [
      'a query is reworded',
      'granting_authority',
      `update application_query set question = 'anders'`,
      '42501',
    ],
    ['an answer is taken back', 'municipality', 'delete from application_answer', '42501'],
    [
      'a result is added afterwards',
      'granting_authority',
      `insert into application_check_result
         select gen_random_uuid(), check_id, application_id, case_id, centre_id, guideline_version_id, code, 'met', null
           from application_check_result limit 1`,
      '42501',
    ],
    [
      'an office speaks for another',
      'ministry',
      `insert into application_opinion (id, application_id, case_id, centre_id, submission, office, opinion, reason, stated_on)
         select gen_random_uuid(), id, case_id, centre_id, 1, 'school_ministry', 'favourable', 'x', '2016-04-04' from application limit 1`,
      '42501',
    ],
    [
      'a ministry moves an application',
      'ministry',
      `update application set state = 'in_check' where state = 'submitted'`,
      '42501',
    ],
    ['the applicant reads an opinion', 'municipality', 'select from application_opinion', '42501'],
    ['the applicant reads a check', 'municipality', 'select from application_check', '42501'],
    ['the applicant reads a result', 'municipality', 'select from application_check_result', '42501'],
    [
      'an application is handed back without a query',
      'granting_authority',
      `update application set state = 'queried', version = version + 1 where state = 'submitted'`,
      '42501',
    ],
  ])('the database itself refuses when %s', async (_, role, sql, code) => {
    const username = role === 'municipality' ? `municipality-${own.centreId.slice(-6)}` : role;
    const actor = await trade.app.cast.actor(username);
    const attempt = trade.app
      .get(CommandRunner)
      .run(invocationOf(actor), 'application.check', (unit) => unit.rows(sql));
    await expect(attempt).rejects.toMatchObject({ code });
  });
});
