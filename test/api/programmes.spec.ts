import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CommandRunner } from '../../src/audit/command-runner.js';
import { CalendarDate } from '../../src/kernel/calendar-date.js';
import { newId } from '../../src/kernel/ids.js';
import { proofDueOn } from '../../src/programmes/guideline.rules.js';
import { fundingYear } from '../../src/kernel/funding-year.js';
import { ProgrammeService } from '../../src/programmes/programme.service.js';
import { invocationOf } from '../support/actors.js';
import { TestApp, type Caller } from '../support/app.js';
import { kiGuideline2025 } from '../../src/demo/data/ki-guideline-2025.js';
import { guidelineBody } from '../support/guideline.js';

interface Written {
  id: string;
  etag: string;
}

/** The guideline of 2012 as a body: amounts in cents, days as text. */
function written(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return { ...guidelineBody(), ...changes };
}

describe('programmes, guidelines and rates', () => {
  let app: TestApp;
  let ministry: Caller;
  let secondMinistry: Caller;
  let school: Caller;

  beforeAll(async () => {
    app = await TestApp.boot('programmes');
    ministry = await app.signIn('ministry');
    secondMinistry = await app.signIn('ministry2');
    school = await app.signIn('school_ministry');
  }, 120_000);

  afterAll(async () => {
    await app.close();
  });

  async function draft(changes: Record<string, unknown> = {}): Promise<Written> {
    const { body, headers } = await ministry.post('/guidelines', written(changes)).expect(201);
    return { id: String(body.id), etag: String(headers.etag) };
  }

  async function release(caller: Caller, { id, etag }: Written, verb = 'release'): Promise<Written> {
    const { headers } = await caller.post(`/guidelines/${id}/${verb}`).set('If-Match', etag).expect(200);
    return { id, etag: String(headers.etag) };
  }

  const titles = (body: { items: { title: string }[] }): string[] => body.items.map(({ title }) => title);

  it('programme.list names the programmes and whether they are grants', async () => {
    const { body } = await school.get('/programmes').expect(200);
    expect(
      (body.items as { code: string; instrument: string }[]).map(({ code, instrument }) => [
        code,
        instrument,
      ]),
    ).toEqual(
      [
        ['KIM_1', 'grant'],
        ['KIM_2', 'earmarked_lump_sum'],
        ['KIM_3', 'earmarked_lump_sum'],
        ['KI', 'grant'],
        ['KOMM_AN_I', 'grant'],
        ['KOMM_AN_II', 'grant'],
        ['KOMM_AN_III', 'grant'],
      ].sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)),
    );
    const admin = await app.signIn('admin');
    await admin.get('/programmes').expect(403);
  });

  it('a KI guideline is drafted, released by a second person and co-released by the school ministry; then it holds', async () => {
    const drafted = await draft();
    const inForce = () => ministry.get('/guidelines?programme=KI&on=2016-02-12').expect(200);

    const { body: own } = await ministry
      .post(`/guidelines/${drafted.id}/release`)
      .set('If-Match', drafted.etag)
      .expect(422);
    expect(own.errors[0].code).toBe('four-eyes');
    await school.post(`/guidelines/${drafted.id}/co-release`).set('If-Match', drafted.etag).expect(409);

    const released = await release(secondMinistry, drafted);
    expect(titles((await inForce()).body)).toEqual([]);
    const clerk = await app.signIn('granting_authority');
    const { body: waiting } = await clerk.get(`/guidelines/${drafted.id}`).expect(200);
    expect(waiting).toMatchObject({
      state: 'released',
      binding: false,
      releasedBy: app.cast.member('ministry2').personId,
    });
    // A guideline that does not hold yet is the ministries' own business.
    const cashier = await app.signIn('cashier');
    await cashier.get(`/guidelines/${drafted.id}`).expect(404);

    await secondMinistry
      .post(`/guidelines/${drafted.id}/co-release`)
      .set('If-Match', released.etag)
      .expect(403);
    await release(school, released, 'co-release');
    const { body } = await cashier.get(`/guidelines/${drafted.id}`).expect(200);
    expect(body).toMatchObject({
      ...{ state: 'co_released', binding: true, version: 3, validFrom: '2012-06-25', validTo: '2017-01-01' },
      ...{
        shareRule: 'actual_days',
        shareRuleConfidence: 'assumed',
        proofDueMonth: 3,
        proofDueConfidence: 'assumed',
      },
      legalInstrument: 'Richtlinie vom 25.06.2012, MBl. NRW. 2012 Nr. 19 S. 537',
      coReleasedBy: app.cast.member('school_ministry').personId,
    });
    expect(body.posts).toHaveLength(6);
    expect(body.paymentDates).toMatchObject([
      { month: 5, day: 1, cumulativeHundredths: 5000, confidence: 'assumed' },
      { month: 10, day: 1, cumulativeHundredths: 10_000, confidence: 'assumed' },
    ]);
    expect(titles((await inForce()).body)).toHaveLength(1);
    await school.post(`/guidelines/${drafted.id}/co-release`).set('If-Match', '"v3"').expect(409);
  });

  it('rate.list shows each rate of a day with its FTE, source and confidence, and none of other days', async () => {
    const { body } = await school.get('/rates?programme=KI&on=2016-12-31').expect(200);
    const rates = body.items as {
      category: string;
      amountCents: number;
      perFteHundredths: number;
      inKind: boolean;
    }[];
    expect(
      rates
        .map(({ category, amountCents, perFteHundredths, inKind }) => [
          category,
          amountCents,
          perFteHundredths,
          inKind,
        ])
        .sort(),
    ).toEqual([
      ['assistant', 2_000_000, 50, false],
      ['specialist', 5_000_000, 100, false],
      ['teacher', 5_000_000, 100, true],
    ]);
    expect(body.items[0]).toMatchObject({ confidence: 'derived', programme: 'KI' });
    for (const on of ['2012-06-24', '2017-01-01']) {
      const { body: none } = await school.get(`/rates?programme=KI&on=${on}`).expect(200);
      expect(none.items).toEqual([]);
    }
    const { body: first } = await school.get('/rates?on=2016-12-31&limit=2').expect(200);
    const { body: second } = await school
      .get(`/rates?on=2016-12-31&limit=2&cursor=${String(first.nextCursor)}`)
      .expect(200);
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([2, 1, null]);
  });

  it('versionInForce gives the facts a calculation rests on, and refuses a day without a guideline', async () => {
    const service = app.get(ProgrammeService);
    const actor = await app.cast.actor('granting_authority');
    const on = (day: CalendarDate) =>
      app.get(CommandRunner).read(actor, (tx) => service.versionInForce(tx, 'KI', day));
    const facts = await on(CalendarDate.of(2016, 12, 31));
    expect(facts.rates.map(({ amount }) => amount?.toString())).toEqual(['2000000', '5000000', '5000000']);
    expect(proofDueOn(facts, fundingYear(2016)).toString()).toBe('2017-03-31');
    await expect(on(CalendarDate.of(2017, 1, 1))).rejects.toMatchObject({
      ...{ code: 'rule-violated', violations: [{ code: 'no-guideline-in-force' }] },
    });
  });

  it('a later version supersedes the one in force from its first day', async () => {
    const open = await draft({
      title: 'KIM 2020',
      programme: 'KIM_1',
      validFrom: '2020-11-25',
      validTo: null,
    });
    await release(secondMinistry, open);
    const next = await draft({
      title: 'KIM 2024',
      programme: 'KIM_1',
      validFrom: '2024-12-12',
      validTo: null,
    });
    await release(secondMinistry, next);

    const on = async (day: string) =>
      titles((await ministry.get(`/guidelines?programme=KIM_1&on=${day}`).expect(200)).body);
    expect(await on('2024-12-11')).toEqual(['KIM 2020']);
    expect(await on('2024-12-12')).toEqual(['KIM 2024']);
    const { body } = await ministry.get(`/guidelines/${open.id}`).expect(200);
    expect(body).toMatchObject({ validTo: null, supersededFrom: '2024-12-12', version: 3 });

    const backdated = await draft({
      title: 'zurück',
      programme: 'KIM_1',
      validFrom: '2021-01-01',
      validTo: null,
    });
    const { body: refused } = await secondMinistry
      .post(`/guidelines/${backdated.id}/release`)
      .set('If-Match', backdated.etag)
      .expect(422);
    expect(refused.errors[0]).toMatchObject({ code: 'validity-overlaps', pointer: '/validFrom' });
    const { body: coRelease } = await school
      .post(`/guidelines/${open.id}/co-release`)
      .set('If-Match', '"v3"')
      .expect(409);
    expect(coRelease.code).toBe('state-conflict');
  });

  it('guideline.draft is the ministry’s alone', async () => {
    for (const who of ['school_ministry', 'granting_authority', 'auditor', 'admin']) {
      const caller = await app.signIn(who);
      await caller.post('/guidelines', written()).expect(403);
    }
  });

  it('guideline.draft states every objection of form at once', async () => {
    const { rates, ...rest } = written({
      programme: 'XY',
      validFrom: '25.06.2012',
      proofDueDay: 32,
      remark: 'x',
    });
    const wrong = { ...rest, rates: [{ ...(rates as object[])[0], amountCents: 50_000.5 }] };
    const { body } = await ministry.post('/guidelines', wrong).expect(400);
    expect((body.errors as { pointer: string }[]).map(({ pointer }) => pointer).sort()).toEqual([
      ...['/programme', '/proofDueDay', '/rates/0/amountCents', '/remark', '/validFrom'],
    ]);
  });

  it('guideline.draft states every objection of substance at once', async () => {
    const { paymentDates } = written();
    const { body } = await ministry
      .post(
        '/guidelines',
        written({ validTo: '2012-01-01', paymentDates: (paymentDates as object[]).slice(0, 1) }),
      )
      .expect(422);
    expect((body.errors as { code: string }[]).map(({ code }) => code)).toEqual([
      'validity-empty',
      'payment-dates-incomplete',
    ]);
  });

  it.each<[string, (part: { rates: object[]; posts: object[] }) => object, string]>([
    [
      'a rate without source',
      ({ rates: [rate] }) => ({ rates: [{ ...rate, source: undefined }] }),
      '/rates/0/source',
    ],
    [
      'a rate whose source is empty',
      ({ rates: [rate] }) => ({ rates: [{ ...rate, source: ' ' }] }),
      '/rates/0/source',
    ],
    [
      'a rate without confidence',
      ({ rates: [rate] }) => ({ rates: [{ ...rate, confidence: null }] }),
      '/rates/0/confidence',
    ],
    [
      'a negative rate',
      ({ rates: [rate] }) => ({ rates: [{ ...rate, amountCents: -1 }] }),
      '/rates/0/amountCents',
    ],
    [
      'negative FTE',
      ({ posts: [post] }) => ({ posts: [{ ...post, fteHundredths: -50 }] }),
      '/posts/0/fteHundredths',
    ],
    [
      'a rate per no FTE',
      ({ rates: [rate] }) => ({ rates: [{ ...rate, perFteHundredths: 0 }] }),
      '/rates/0/perFteHundredths',
    ],
    [
      'a checklist item nobody could answer by its code',
      () => ({ checklist: [{ ...kiGuideline2025.checklist[0], code: 'Nicht begonnen' }] }),
      '/checklist/0/code',
    ],
    ['no source of the financing type', () => ({ financingTypeSource: undefined }), '/financingTypeSource'],
    ['more than all of the expenditure', () => ({ fundedShareHundredths: 10_001 }), '/fundedShareHundredths'],
  ])('guideline.draft refuses %s, and nothing is written', async (_, spoil, pointer) => {
    const body = written();
    const records = await app.recordsOf(async () => {
      const changes = spoil(body as { rates: object[]; posts: object[] });
      const { body: problem } = await ministry.post('/guidelines', { ...body, ...changes }).expect(400);
      expect((problem.errors as { pointer: string }[]).map((error) => error.pointer)).toEqual([pointer]);
    });
    expect(records).toEqual([]);
  });

  it('guideline.draft takes a version whose amounts are missing, and a calculation under it would refuse', async () => {
    const { body } = await ministry.post('/guidelines', guidelineBody(kiGuideline2025)).expect(201);
    expect(body.rates).toMatchObject([{ amountCents: null, confidence: 'missing' }, {}, {}]);
    expect(body.posts[0]).toMatchObject({ fteHundredths: null, confidence: 'missing' });
    expect(body).toMatchObject({
      ...{ deadlines: [{ fundingYear: 2026, yearOffset: -1, month: 10, day: 31, confidence: 'verified' }] },
      materials: [{ code: 'interpreter_pool', kind: 'ceiling', amountCents: null, confidence: 'missing' }],
      ...{ financingTypeConfidence: 'assumed', note: kiGuideline2025.note },
    });
    expect(body.provisions.length).toBeGreaterThan(3);
    expect(body.checklist).toEqual(kiGuideline2025.checklist);
    expect(new Set(kiGuideline2025.checklist.map(({ confidence }) => confidence)).size).toBe(3);
    const rates = (guidelineBody(kiGuideline2025)['rates'] as object[]).map((rate) => ({
      ...rate,
      confidence: 'verified',
    }));
    const { body: problem } = await ministry
      .post('/guidelines', { ...guidelineBody(kiGuideline2025), rates })
      .expect(422);
    expect((problem.errors as { code: string }[]).map(({ code }) => code)).toEqual(
      Array(3).fill('missing-value-unclear'),
    );
  });

  it('a version that begins the same day takes the place of the one in force, which keeps the time it was recorded', async () => {
    const bounds = { programme: 'KOMM_AN_I', validFrom: '2018-01-01', validTo: null };
    const first = await draft({ ...bounds, title: 'KOMM-AN' });
    await release(secondMinistry, first);
    const corrected = await draft({ ...bounds, title: 'KOMM-AN, berichtigt' });
    await release(secondMinistry, corrected);
    const on = await ministry.get('/guidelines?programme=KOMM_AN_I&on=2018-01-01').expect(200);
    expect(titles(on.body)).toEqual(['KOMM-AN, berichtigt']);
    const { body: before } = await ministry.get(`/guidelines/${first.id}`).expect(200);
    const { body: now } = await ministry.get(`/guidelines/${corrected.id}`).expect(200);
    expect(before).toMatchObject({ binding: false, replacedAt: now.releasedAt });
    expect(now).toMatchObject({ binding: true, replacedAt: null });

    const shorter = await draft({ ...bounds, title: 'zu kurz', validTo: '2019-01-01' });
    const { body: refused } = await secondMinistry
      .post(`/guidelines/${shorter.id}/release`)
      .set('If-Match', shorter.etag)
      .expect(422);
    expect(refused.errors[0]).toMatchObject({ code: 'validity-overlaps', pointer: '/validFrom' });
    // What the rule refuses the database refuses too, whoever asks.
    const actor = await app.cast.actor('ministry2');
    const beneath = app
      .get(CommandRunner)
      .run(invocationOf(actor), 'guideline.release', (unit) =>
        unit.rows(
          `update guideline_version set state = 'released', released_at = transaction_timestamp() where id = $1`,
          [shorter.id],
        ),
      );
    await expect(beneath).rejects.toThrow(/guideline_version_one_a_day/);
  });

  it('releases need the version they release: 428 without, 412 when stale, 404 for none', async () => {
    const { id } = await draft({ programme: 'KIM_3' });
    await secondMinistry.post(`/guidelines/${id}/release`).expect(428);
    await secondMinistry.post(`/guidelines/${id}/release`).set('If-Match', '"v9"').expect(412);
    await secondMinistry.post(`/guidelines/${newId()}/release`).set('If-Match', '"v1"').expect(404);
  });

  it.each(['programme=XY', 'on=2016-13-01', 'day=2016-01-01'])(
    'guideline.list refuses ?%s',
    async (query) => {
      await ministry.get(`/guidelines?${query}`).expect(400);
      await ministry.get(`/rates?${query}`).expect(400);
    },
  );

  it.each([
    ['a released version is edited', `update guideline_version set title = 'anders' where id = $1`],
    [
      'a release is taken back',
      `update guideline_version set state = 'drafted', released_at = null where id = $1`,
    ],
    [
      'a rate is added to a released version',
      `insert into guideline_rate (id, guideline_version_id, category, amount_cents, per_fte_hundredths, in_kind,
                                   source, confidence, valid_from)
       values (gen_random_uuid(), $1, 'specialist', 1, 100, false, 'x', 'assumed', '1999-01-01')`,
    ],
    [
      'an item is added to the checklist of a released version',
      `insert into guideline_checklist_item (id, guideline_version_id, position, code, provision, text_de, text_en, source, confidence)
       values (gen_random_uuid(), $1, 99, 'late', 'x', 'x', 'x', 'x', 'assumed')`,
    ],
    ['a version is deleted', 'delete from guideline_version where id = $1'],
  ])('the database itself refuses when %s', async (_, sql) => {
    const { body } = await ministry.get('/guidelines?programme=KI&on=2016-01-01').expect(200);
    const id: unknown = body.items[0].id;
    const actor = await app.cast.actor('ministry');
    const attempt = app
      .get(CommandRunner)
      .run(invocationOf(actor), 'guideline.draft', (unit) => unit.rows(sql, [id]));
    await expect(attempt).rejects.toMatchObject({ code: '42501' });
  });
});
