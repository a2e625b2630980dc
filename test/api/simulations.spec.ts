import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { kiGuideline2012 } from '../../src/demo/data/ki-guideline-2012.js';
import { kiGuideline2025 } from '../../src/demo/data/ki-guideline-2025.js';
import { CalendarDate } from '../../src/kernel/calendar-date.js';
import { newId } from '../../src/kernel/ids.js';
import { Money } from '../../src/kernel/money.js';
import type { GuidelineDraft } from '../../src/programmes/guideline.rules.js';
import { guidelineBody } from '../support/guideline.js';
import { Trade, type Municipality, type Thing } from '../support/trade.js';

const coesfeld = { ags: '05558000', name: 'Kreis Coesfeld', openedOn: '2016-02-12' };
const borken = { ags: '05554000', name: 'Kreis Borken', openedOn: '2016-06-28' };

interface Sides {
  readonly fundingYear: number;
  readonly inForceCents: number | null;
  readonly simulatedCents: number | null;
  readonly differenceCents: number | null;
}

interface Simulation {
  readonly winners: number;
  readonly losers: number;
  readonly unchanged: number;
  readonly notComputable: number;
  readonly years: readonly (Sides & {
    readonly centres: number;
    readonly appropriatedCents: number | null;
    readonly allottedCents: number | null;
    readonly headroomCents: number | null;
  })[];
  readonly centres: readonly {
    readonly ags: string;
    readonly outcome: string;
    readonly differenceCents: number | null;
    readonly years: readonly (Sides & { readonly postsFrom: string })[];
  }[];
  readonly obstacles: readonly {
    readonly fundingYear: number;
    readonly side: string;
    readonly code: string;
    readonly basis: string | null;
  }[];
  readonly assumptions: readonly unknown[];
}

/** The guideline of 2012 with another rate for specialists, from 2016 on and open. */
function dearer(specialist: number): GuidelineDraft {
  const from = CalendarDate.of(2016, 1, 1);
  return {
    ...kiGuideline2012,
    ...{ title: 'Entwurf', legalInstrument: 'Entwurf vom 01.03.2016', validFrom: from, validTo: null },
    rates: kiGuideline2012.rates.map((rate) => ({
      ...{ ...rate, validFrom: from },
      amount: rate.category === 'specialist' ? Money.ofCents(specialist) : rate.amount,
    })),
  };
}

describe('simulation.run', () => {
  let trade: Trade;
  let own: Municipality;

  beforeAll(async () => {
    trade = await Trade.open('simulations');
    own = await trade.municipality(coesfeld);
    await trade.municipality(borken);
    trade.on('2016-03-01');
    await trade.clerk.grants(await own.applies({ from: '2016-02-12' }), '2016-03-01');
  }, 120_000);
  afterAll(() => trade.close());

  const run = async (body: object): Promise<Simulation> => {
    const { body: answer } = await trade.ministry.caller.post('/simulations', body).expect(200);
    return answer as Simulation;
  };
  const draft = (specialist: number) => ({
    draft: guidelineBody(dearer(specialist)),
    fromYear: 2016,
    toYear: 2016,
  });

  it('sets a draft beside what is in force: total, per centre, winners, against the appropriation', async () => {
    const answer = await run(draft(5_500_000));
    // 3 × 5,000 more for 324 and 187 of 366 days.
    expect(answer).toMatchObject({ winners: 2, losers: 0, unchanged: 0, notComputable: 0, obstacles: [] });
    expect(answer.years).toMatchObject([
      {
        ...{ fundingYear: 2016, centres: 2, inForceCents: 15_049_180 + 8_685_792 },
        ...{ simulatedCents: 16_377_049 + 9_452_186, differenceCents: 1_327_869 + 766_394 },
        ...{ appropriatedCents: 1_000_000_000, allottedCents: 884_000_000 },
        headroomCents: 1_000_000_000 - 16_377_049 - 9_452_186,
      },
    ]);
    expect(answer.centres.map(({ ags, years }) => [ags, years[0]?.postsFrom])).toEqual([
      ['05554000', 'guideline'],
      ['05558000', 'granted'],
    ]);
    expect(answer.assumptions).toHaveLength(5);
  });

  it('looks years ahead, where nobody has appropriated yet', async () => {
    const answer = await run({ ...draft(4_500_000), toYear: 2018 });
    expect(answer.losers).toBe(2);
    const [, next, last] = answer.years;
    // In force until the end of 2016 only; from then on the draft stands alone.
    expect(next).toMatchObject({
      inForceCents: null,
      simulatedCents: 2 * 15_500_000,
      appropriatedCents: null,
    });
    expect(last).toMatchObject({ headroomCents: null, differenceCents: null });
    expect(answer.obstacles).toMatchObject([
      { fundingYear: 2017, side: 'in_force', code: 'no-guideline-in-force' },
      { fundingYear: 2018, side: 'in_force', code: 'no-guideline-in-force' },
    ]);
    expect(answer.centres.find(({ ags }) => ags === '05558000')?.years[1]?.postsFrom).toBe('granted_before');
  });

  it('takes a recorded draft by its id, and is as deaf to it as the law: nothing is written', async () => {
    const body = guidelineBody(dearer(5_700_000));
    const drafted = await trade.ministry.makes('/guidelines', body);
    const [before] = await counts();
    const records = await trade.app.recordsOf(async () => {
      const answer = await run({ guidelineId: drafted.id, fromYear: 2016, toYear: 2016 });
      expect(answer.winners).toBe(2);
    });
    expect(records).toEqual([]);
    expect(await counts()).toEqual([before]);
  });

  const counts = () =>
    trade.app.rows<object>(
      `select (select count(*) from guideline_version)::int as versions, (select count(*) from row_change)::int as changes,
              (select count(*) from audit_record)::int as records, (select count(*) from idempotent_answer)::int as answers`,
    );

  it('names what a version lacks instead of a sum', async () => {
    const answer = await run({ draft: guidelineBody(kiGuideline2025), fromYear: 2025, toYear: 2025 });
    expect(answer).toMatchObject({ notComputable: 2, winners: 0 });
    expect(answer.years[0]).toMatchObject({ simulatedCents: null, inForceCents: null });
    expect(answer.obstacles.filter(({ side }) => side === 'simulated')).toMatchObject([
      { code: 'rate-missing', basis: kiGuideline2025.legalInstrument },
      { code: 'rate-missing', basis: kiGuideline2025.legalInstrument },
      { code: 'rate-missing', basis: kiGuideline2025.legalInstrument },
    ]);
  });

  it('reckons full funding with expected costs and their rise', async () => {
    const fullyFunded = { ...dearer(5_500_000), financingType: 'full_funding' } as const;
    const cost = { amountCents: 5_000_000, fundingYear: 2017, yearlyRiseHundredths: 1000 };
    const answer = await run({
      ...{ draft: guidelineBody(fullyFunded), fromYear: 2017, toYear: 2018, posts: 'funded' },
      costs: [
        { category: 'specialist', ...cost },
        { category: 'assistant', ...cost, amountCents: 3_000_000 },
      ],
    });
    // 2017: 3 × 50,000 and half of 30,000. 2018: 3 × 55,000, which is the ceiling, and half of 33,000.
    expect(answer.years.map(({ simulatedCents }) => simulatedCents)).toEqual([
      2 * 16_500_000,
      2 * 18_150_000,
    ]);
  });

  it.each<[string, object, number, string[]]>([
    ['no version', { fromYear: 2016, toYear: 2016 }, 422, ['simulation-of-one-version']],
    ['two versions', { ...draft(5_000_000), guidelineId: newId() }, 422, ['simulation-of-one-version']],
    ['a version nobody knows', { guidelineId: newId(), fromYear: 2016, toYear: 2016 }, 404, []],
    ['years that run backwards', { ...draft(5_000_000), toYear: 2015 }, 422, ['years-out-of-range']],
    ['21 years', { ...draft(5_000_000), toYear: 2036 }, 422, ['years-out-of-range']],
    ['a year as text', { ...draft(5_000_000), fromYear: '2016' }, 400, ['not-an-integer']],
    ['posts of a third kind', { ...draft(5_000_000), posts: 'guessed' }, 400, ['not-one-of']],
    ['an unknown field', { ...draft(5_000_000), save: true }, 400, ['unknown-field']],
  ])('refuses %s', async (_, body, status, expected) => {
    const { body: problem } = await trade.ministry.caller.post('/simulations', body).expect(status);
    const found = ((problem as { errors?: { code: string }[] }).errors ?? []).map(({ code }) => code);
    expect(found.length).toBe(expected.length);
    if (status === 422) expect(found).toEqual(expected);
  });

  it('refuses a draft with every objection, at its place in the draft', async () => {
    const { rates, ...body } = guidelineBody(dearer(5_000_000));
    const { body: problem } = await trade.ministry.caller
      .post('/simulations', {
        draft: {
          ...body,
          rates: (rates as object[]).slice(0, 2),
          paymentDates: (body['paymentDates'] as object[]).slice(0, 1),
        },
        fromYear: 2016,
        toYear: 2016,
      })
      .expect(422);
    expect((problem as { errors: { code: string; pointer: string }[] }).errors).toMatchObject([
      { code: 'rate-missing', pointer: '/draft/rates' },
      { code: 'payment-dates-incomplete', pointer: '/draft/paymentDates' },
    ]);
  });

  it('is the ministry’s alone, and takes neither key nor dry run', async () => {
    for (const who of ['granting_authority', 'school_ministry', 'auditor', 'cashier']) {
      const caller = await trade.app.signIn(who);
      await caller.post('/simulations', draft(5_000_000)).expect(403);
    }
    await own.caller.post('/simulations', draft(5_000_000)).expect(403);
    await trade.ministry.caller.post('/simulations?dryRun=true', draft(5_000_000)).expect(400);
  });
});

describe('guideline.touchedDecisions', () => {
  let trade: Trade;
  let decision: Thing;

  beforeAll(async () => {
    trade = await Trade.open('touched');
    const own = await trade.municipality(coesfeld);
    trade.on('2016-03-01');
    decision = await trade.clerk.grants(await own.applies({ from: '2016-02-12' }), '2016-03-01');
  }, 120_000);
  afterAll(() => trade.close());

  interface Touched {
    readonly more: number;
    readonly less: number;
    readonly unchanged: number;
    readonly notComputable: number;
    readonly differenceCents: number;
    readonly items: readonly {
      readonly decisionId: string;
      readonly outcome: string;
      readonly sources: unknown;
      readonly objections: readonly { code: string }[];
    }[];
  }
  const touched = async (version: GuidelineDraft): Promise<[Touched, Thing]> => {
    const drafted = await trade.ministry.makes('/guidelines', guidelineBody(version));
    return [await trade.ministry.sees<Touched>(`/guidelines/${drafted.id}/touched-decisions`), drafted];
  };
  const change = (validFrom: CalendarDate, changes: Partial<GuidelineDraft> = {}): GuidelineDraft => ({
    ...dearer(5_500_000),
    validFrom,
    rates: dearer(5_500_000).rates.map((rate) => ({ ...rate, validFrom })),
    ...changes,
  });

  it('lists what a version that reaches back would change, source by source', async () => {
    const [found] = await touched(change(CalendarDate.of(2016, 2, 12)));
    expect(found).toMatchObject({
      more: 1,
      less: 0,
      unchanged: 0,
      notComputable: 0,
      differenceCents: 1_327_869,
    });
    expect(found.items).toMatchObject([
      {
        ...{
          decisionId: decision.id,
          outcome: 'more',
          settledOn: null,
          periodFrom: '2016-02-12',
          objections: [],
        },
        sources: [
          {
            ...{ source: 'state_integration', decidedCents: 15_049_180 },
            ...{ dueCents: 16_377_049, differenceCents: 1_327_869 },
          },
          { source: 'state_school', decidedCents: 8_852_459, dueCents: 8_852_459, differenceCents: 0 },
        ],
      },
    ]);
  });

  it('touches nothing whose grant period began the day before', async () => {
    const [found] = await touched(change(CalendarDate.of(2016, 2, 13)));
    expect(found.items).toEqual([]);
  });

  it('says what would be missing, and which posts would no longer be funded', async () => {
    const day = CalendarDate.of(2016, 1, 1);
    const [asks] = await touched(change(day, { financingType: 'full_funding' }));
    expect(asks).toMatchObject({ notComputable: 1, differenceCents: 0 });
    expect(asks.items[0]?.objections.map(({ code }) => code)).toEqual([
      'expenditure-missing',
      'expenditure-missing',
    ]);
    const posts = kiGuideline2012.posts.map((post) => ({ ...post, fteHundredths: 50 }));
    const [fewer] = await touched(change(day, { posts }));
    expect(fewer.items[0]?.objections.map(({ code }) => code)).toEqual([
      'posts-above-guideline',
      'posts-above-guideline',
    ]);
  });

  it('changes none of them, even when the version is released and co-released', async () => {
    const [, drafted] = await touched(change(CalendarDate.of(2016, 1, 1), { title: 'Rückwirkend' }));
    const second = await trade.app.signIn('ministry2');
    const school = await trade.app.signIn('school_ministry');
    await second.post(`/guidelines/${drafted.id}/release`).set('If-Match', '"v1"').expect(200);
    await school.post(`/guidelines/${drafted.id}/co-release`).set('If-Match', '"v2"').expect(200);
    const before = await trade.clerk.sees(`/decisions/${decision.id}`);
    const records = await trade.app.recordsOf(() =>
      trade.ministry.sees(`/guidelines/${drafted.id}/touched-decisions`),
    );
    expect(records).toEqual([]);
    expect(await trade.clerk.sees(`/decisions/${decision.id}`)).toEqual(before);
    const found = await trade.ministry.sees<Touched>(`/guidelines/${drafted.id}/touched-decisions`);
    expect(found.items).toHaveLength(1);
  });

  it('is not for municipalities, and 404 for a version nobody knows', async () => {
    await trade.ministry.caller.get(`/guidelines/${newId()}/touched-decisions`).expect(404);
    await trade.clerk.caller.get(`/guidelines/${newId()}/touched-decisions`).expect(404);
    const cashier = await trade.app.signIn('cashier');
    await cashier.get(`/guidelines/${newId()}/touched-decisions`).expect(403);
  });
});
