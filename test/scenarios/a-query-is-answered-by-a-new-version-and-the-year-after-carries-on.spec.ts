import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { coesfeld, Trade, type Application, type Municipality, type Thing } from '../support/trade.js';
import { passed } from '../support/guideline.js';

interface Readiness {
  readonly ready: boolean;
  readonly sha256: string | null;
  readonly missingPower: string | null;
  readonly objections: readonly { code: string; pointer: string | null; detail: { de: string } }[];
}

interface Difference {
  readonly from: number;
  readonly to: number;
  readonly changes: readonly { pointer: string; words: { de: string; en: string } }[];
}

describe('an application is queried, answered by a new version, and carried on the year after', () => {
  let trade: Trade;
  let municipality: Municipality;
  let application: Application;
  let first: string;

  beforeAll(async () => {
    trade = await Trade.open('query-and-continuation');
    municipality = await trade.municipality(coesfeld);
    trade.on('2016-02-12');
  }, 120_000);
  afterAll(() => trade.close());

  const occupied = { occupiedFrom: '2016-02-12', occupiedTo: '2017-01-01' };
  const assistant = (fteHundredths: number) => ({ category: 'assistant', fteHundredths, ...occupied });
  /** Two of the same kind, text and year: they are told apart by their places. */
  const conference = (units: number) => ({
    ...{ kind: 'measure', text: 'Fachtag', expectedExpenditureCents: 300_000, units },
  });
  const readiness = (of: Thing) => municipality.sees<Readiness>(`/applications/${of.id}/readiness`);
  const versions = async () =>
    (
      await municipality.sees<{ items: { number: number; sha256: string; content: string }[] }>(
        `/applications/${application.id}/versions`,
      )
    ).items;
  /** The plan that covers what the guideline gives. */
  const covered = async (of: Application): Promise<Application> => {
    const { totals } = await municipality.sees<{ totals: { source: string; amountCents: number }[] }>(
      `/applications/${of.id}/calculation`,
    );
    const financingPlan = totals.map(({ source, amountCents }) => ({ source, amountCents }));
    return municipality.changes('/applications', of, { financingPlan });
  };

  it('before it is submitted, every objection is named at once', async () => {
    const draft = await municipality.makes<Application>('/applications', {
      ...{ callId: trade.callId, programme: 'KI', fundingYear: 2016 },
      ...{ periodFrom: '2016-02-13', periodTo: '2017-01-01' },
      posts: [{ category: 'specialist', fteHundredths: 300, ...occupied }, assistant(25)],
      measures: [conference(1), conference(2)],
      financingPlan: [],
    });
    const { ready, sha256, objections } = await readiness(draft);
    expect([ready, sha256?.length]).toEqual([false, 64]);
    expect(objections.map(({ code }) => code)).toEqual([
      'post-outside-period',
      'post-outside-period',
      'plan-differs-from-rules',
    ]);
    const mended = await municipality.changes('/applications', draft, { periodFrom: '2016-02-12' });
    application = await covered(mended as Application);
    expect(await readiness(application)).toMatchObject({ ready: true, objections: [] });
  });

  it('what is submitted is what was read: another hash or an older version is refused, and nothing is written', async () => {
    const { sha256 } = await readiness(application);
    const records = await trade.app.recordsOf(async () => {
      const other = { sha256: 'a'.repeat(64) };
      const tampered = await municipality.tries('/applications', application, 'submit', other);
      expect([tampered.status, tampered.body]).toMatchObject([
        422,
        { errors: [{ code: 'content-changed', pointer: '/sha256' }] },
      ]);
      const older = { ...application, version: application.version - 1 };
      await municipality.tries('/applications', older, 'submit', { sha256 }).expect(412);
    });
    expect(records).toEqual([]);
    application = await municipality.does<Application>('/applications', application, 'submit', { sha256 });
    const [frozen] = await versions();
    expect(frozen?.sha256).toBe(sha256);
    first = frozen?.sha256 ?? '';
    const { sha256: none, objections } = await readiness(application);
    expect([none, objections.map(({ code }) => code)]).toEqual([null, ['not-with-applicant']]);
  });

  it('the authority checks what it names, and asks about it; about any other nothing is recorded', async () => {
    const other = await trade.clerk.tries('/applications', application, 'check', {
      ...passed(),
      sha256: 'b'.repeat(64),
    });
    expect([other.status, other.body]).toMatchObject([422, { errors: [{ code: 'content-changed' }] }]);
    application = await trade.clerk.does<Application>('/applications', application, 'check', {
      ...passed(),
      sha256: first,
    });
    application = await trade.clerk.does<Application>('/applications', application, 'query', {
      question: 'Im Bescheid des Vorjahres stand eine halbe Stelle. Bitte erläutern.',
      dueOn: '2016-03-01',
    });
    expect(application).toMatchObject({ state: 'queried', checks: [{ submission: 1 }] });
  });

  it('the answer is a new version, and both sides read the difference in words', async () => {
    const posts = [{ category: 'specialist', fteHundredths: 300, ...occupied }, assistant(50)];
    const edited = await municipality.changes<Application>('/applications', application, {
      posts,
      measures: [conference(1), conference(3), { ...conference(1), kind: 'material', text: 'Büro' }],
    });
    application = await municipality.does<Application>('/applications', await covered(edited), 'submit');
    expect(application).toMatchObject({
      ...{ state: 'in_check', submission: 2 },
      queries: [
        { number: 1, submission: 1, answer: { text: null, submission: 2, answeredOn: '2016-02-12' } },
      ],
    });
    const read = await trade.clerk.sees<Difference>(`/applications/${application.id}/difference?from=1&to=2`);
    expect([read.from, read.to]).toEqual([1, 2]);
    expect(read.changes.map(({ words }) => [words.de, words.en])).toContainEqual([
      'Stelle 2: 0,50 statt 0,25 Vollzeitäquivalente',
      'Post 2: 0.50 instead of 0.25 full-time equivalents',
    ]);
    expect(read.changes.map(({ words }) => words.de)).toContain(
      'Vorhaben 2, Maßnahme, 2016: Zahl der Einheiten 3 statt 2',
    );
    expect(read.changes.map(({ pointer }) => pointer)).toEqual([
      '/calculation/2016/lines/2+state_integration/amountCents',
      '/calculation/2016/totals/state_integration/amountCents',
      '/financingPlan/state_integration+2016/amountCents',
      '/measures/2/units',
      '/measures/3',
      '/posts/2/fteHundredths',
    ]);
    expect(await municipality.sees(`/applications/${application.id}/difference`)).toEqual(read);
    const same = await municipality.sees<Difference>(
      `/applications/${application.id}/difference?from=2&to=2`,
    );
    expect(same.changes).toEqual([]);
    await municipality.caller.get(`/applications/${application.id}/difference?from=1&to=3`).expect(404);
    await municipality.caller.get(`/applications/${application.id}/difference?from=0`).expect(400);
  });

  it('the first version stays as it was, and nobody can bend it', async () => {
    const [one, two] = await versions();
    expect([one?.sha256, two?.number]).toEqual([first, 2]);
    const bend = trade.app.rows(
      `update application_submission set content = replace(content, '300', '400') where application_id = $1`,
      [application.id],
    );
    await expect(bend).rejects.toThrow();
    expect((await versions())[0]).toEqual(one);
  });

  it('decided, it is carried on for the following year in one step', async () => {
    await trade.clerk.grants(application, '2016-02-12');
    trade.on('2017-01-09');
    const call = await trade.announces({
      fromYear: 2017,
      toYear: 2017,
      opensOn: '2017-01-01',
      titleDe: 'Aufruf 2017',
    });
    const path = `/applications/${application.id}/continuation`;
    const key = randomUUID();
    const carry = (callId: string, idempotencyKey = key) =>
      municipality.caller.post(path, { callId }).set('Idempotency-Key', idempotencyKey);
    const wrong = await trade.announces({ fromYear: 2018, toYear: 2018 });
    const refused = await carry(wrong.id, randomUUID()).expect(422);
    expect(refused.body).toMatchObject({ errors: [{ code: 'call-other-year', pointer: '/callId' }] });

    const { body: carried } = await carry(call.id).expect(201);
    const all = { occupiedFrom: '2017-01-01', occupiedTo: '2018-01-01' };
    expect(carried).toMatchObject({
      ...{ state: 'draft', callId: call.id, continues: application.id, fundingYear: 2017, version: 1 },
      ...{ periodFrom: '2017-01-01', periodTo: '2018-01-01' },
      posts: [
        { category: 'specialist', fteHundredths: 300, ...all },
        { category: 'assistant', fteHundredths: 50, ...all },
      ],
      measures: [{ units: 1 }, { units: 3 }, { kind: 'material', text: 'Büro' }].map((measure) => ({
        ...conference(1),
        ...measure,
        fundingYear: 2017,
      })),
      financingPlan: [{ source: 'state_integration', fundingYear: 2017 }],
    });
    expect(carried.caseId).not.toBe(application.caseId);
    expect((await carry(call.id).expect(201)).body).toEqual(carried);
    const twice = await carry(call.id, randomUUID()).expect(409);
    expect(twice.body).toMatchObject({ code: 'duplicate', applicationId: carried.id });
    expect(
      await trade.app.rows('select id from application where continues = $1', [application.id]),
    ).toHaveLength(1);
  });

  it('neither a draft nor another centre’s application is carried on', async () => {
    const { items } = await municipality.sees<{ items: { id: string; state: string }[] }>(
      '/applications?state=draft',
    );
    const [draft] = items;
    const carry = (who: Municipality, id: string) =>
      who.caller
        .post(`/applications/${id}/continuation`, { callId: trade.callId })
        .set('Idempotency-Key', randomUUID())
        .set('Accept-Language', 'de');
    const early = await carry(municipality, draft?.id ?? '').expect(409);
    expect(early.body.detail).toContain(
      'Der Antrag ist ein Entwurf und kann jetzt nicht fortgesetzt werden.',
    );
    const other = await trade.municipality({
      ags: '05566000',
      name: 'Kreis Steinfurt',
      openedOn: '2016-02-12',
    });
    await carry(other, application.id).expect(404);
    await other.caller.get(`/applications/${application.id}/difference`).expect(404);
    await other.caller.get(`/applications/${application.id}/readiness`).expect(404);
  });
});

describe('an application is retracted', () => {
  let trade: Trade;
  let municipality: Municipality;

  beforeAll(async () => {
    trade = await Trade.open('retraction');
    municipality = await trade.municipality(coesfeld);
    trade.on('2016-02-12');
  }, 120_000);
  afterAll(() => trade.close());

  const check = (of: Thing) => trade.clerk.does<Application>('/applications', of, 'check', passed());
  const query = (of: Thing) =>
    trade.clerk.does('/applications', of, 'query', { question: 'Warum?', dueOn: '2016-03-01' });
  const ways: [string, (submitted: Application) => Promise<Thing>][] = [
    ['submitted', (submitted) => Promise.resolve(submitted)],
    ['queried', query],
    ['in_check', check],
    [
      'recommended',
      async (submitted) =>
        trade.clerk.does('/applications', await check(submitted), 'recommend', {
          recommendation: 'Ja',
        }),
    ],
  ];

  it.each(ways)('when it is %s, and the days are free for another', async (state, to) => {
    const there = await to(await municipality.applies({ from: '2016-02-12' }));
    expect(there).toMatchObject({ state });
    expect(await municipality.does('/applications', there, 'retract')).toMatchObject({ state: 'retracted' });
    const gone = await municipality.sees<Application>(`/applications/${there.id}`);
    const twice = await municipality.tries('/applications', gone, 'retract').expect(409);
    expect(twice.body).toMatchObject({ code: 'state-conflict' });
    await trade.clerk.tries('/applications', gone, 'check', passed()).expect(409);
  });

  it('neither as a draft nor once it is decided', async () => {
    const { callId } = trade;
    const draft = await municipality.makes('/applications', {
      ...{ callId, programme: 'KI', fundingYear: 2016, periodFrom: '2016-02-12', periodTo: '2017-01-01' },
      ...{ posts: [], financingPlan: [] },
    });
    await municipality.tries('/applications', draft, 'retract').expect(409);
    const application = await municipality.applies({ from: '2016-02-12' });
    await trade.clerk.grants(application, '2016-02-12');
    const decided = await municipality.sees<Application>(`/applications/${application.id}`);
    expect(decided).toMatchObject({ state: 'decided' });
    await municipality.tries('/applications', decided, 'retract').expect(409);
  });
});
