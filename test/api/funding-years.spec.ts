import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { coesfeld, Trade, type Application, type Municipality, type Thing } from '../support/trade.js';
import { passed } from '../support/guideline.js';
import { Treasury } from '../support/treasury.js';

interface Booked extends Thing {
  readonly amounts: readonly { readonly lineId: string }[];
}

interface Answer {
  readonly body: { errors?: { code: string; pointer: string | null; detail: string }[] };
}

describe('applications and decisions of several funding years', () => {
  let trade: Trade;
  let treasury: Treasury;
  let municipality: Municipality;
  let line: Thing;
  let other: Thing;

  beforeAll(async () => {
    trade = await Trade.open('funding-years', 0);
    treasury = await Treasury.of(trade);
    trade.on('2015-01-05');
    municipality = await trade.municipality({ ...coesfeld, openedOn: '2013-01-01' });
    line = await treasury.line({});
    other = await treasury.line({});
    await treasury.appropriates(line, 40_000_000, 2015);
    await treasury.allots(line, 40_000_000, { fundingYear: 2015 });
  }, 120_000);
  afterAll(() => trade.close());

  const specialist = (from: string, to: string, more: object = {}) => ({
    ...{ category: 'specialist', fteHundredths: 100, occupiedFrom: from, occupiedTo: to },
    ...more,
  });
  const share = (fundingYear: number | null, amountCents: number, source = 'state_integration') => ({
    ...{ fundingYear, source, amountCents },
  });
  const body = (changes: object = {}) => ({
    ...{ callId: trade.callId, programme: 'KI', fundingYear: 2015 },
    ...{ periodFrom: '2015-01-01', periodTo: '2017-01-01' },
    posts: [specialist('2015-01-01', '2017-01-01')],
    financingPlan: [share(2015, 5_000_000), share(2016, 5_000_000)],
    ...changes,
  });
  const draft = (changes: object = {}) => municipality.makes<Application>('/applications', body(changes));
  const tryDraft = (changes: object) =>
    municipality.caller.post('/applications', body(changes)).set('Idempotency-Key', randomUUID());
  const submitted = async (changes: object = {}) =>
    municipality.does<Application>('/applications', await draft(changes), 'submit');
  const objectionsOf = (answer: Answer) =>
    (answer.body.errors ?? []).map(({ code, pointer }) => [code, pointer]);
  const recommended = async (changes: object = {}) => {
    const checked = await trade.clerk.does('/applications', await submitted(changes), 'check', passed());
    return trade.clerk.does('/applications', checked, 'recommend', { recommendation: 'Wie beantragt' });
  };
  const decision = (application: Thing, changes: object = {}) => ({
    ...{ applicationId: application.id, kind: 'grant', fileNumber: '36.02-KI-1', remedyInformation: true },
    ...changes,
  });
  const tryDecision = (application: Thing, changes: object = {}) =>
    trade.clerk.caller
      .post('/decisions', decision(application, changes))
      .set('Idempotency-Key', randomUUID());
  const retract = async ({ id }: Thing) => {
    const { version } = await municipality.sees<Application>(`/applications/${id}`);
    await municipality.does('/applications', { id, version }, 'retract');
  };

  it.each([
    ['a period of more than five years', { periodTo: '2020-01-02' }, 'period-too-long', '/periodTo'],
    [
      'a source named twice for the same year, once without saying which',
      { financingPlan: [share(2015, 1), share(null, 2)] },
      'source-named-twice',
      '/financingPlan/1/source',
    ],
  ])('application.draft refuses %s', async (_, changes, code, pointer) => {
    const answer = await tryDraft(changes);
    expect(answer.status).toBe(422);
    expect(objectionsOf(answer)).toEqual([[code, pointer]]);
  });

  it.each([
    ['a year as text', { financingPlan: [{ ...share(null, 1), fundingYear: '2016' }] }],
    ['a year far away', { financingPlan: [{ ...share(null, 1), fundingYear: 12 }] }],
    [
      'more shares than years have sources',
      { financingPlan: Array.from({ length: 21 }, () => share(2015, 1)) },
    ],
  ])('application.draft refuses %s in the plan as bad input', async (_, changes) => {
    expect((await tryDraft(changes)).status).toBe(400);
  });

  it('the database keeps no period of more than five years, even where no rule is asked', async () => {
    const { id } = await draft();
    await expect(
      trade.app.rows("update application set period_to = '2020-01-02' where id = $1", [id]),
    ).rejects.toThrow('application_check');
  });

  it.each([
    ['leaves a year out of the plan', { financingPlan: [share(2015, 5_000_000)] }, ['/financingPlan']],
    [
      'plans for a year outside the period',
      { financingPlan: [share(2015, 5_000_000), share(2016, 5_000_000), share(2017, 1)] },
      ['/financingPlan/2/fundingYear'],
    ],
    [
      'has a year without posts',
      { posts: [specialist('2015-01-01', '2016-01-01')], financingPlan: [share(2015, 5_000_000)] },
      ['/periodTo'],
    ],
    [
      'reaches into a year that no guideline governs',
      {
        periodTo: '2018-01-01',
        posts: [specialist('2015-01-01', '2018-01-01')],
      },
      ['/periodTo'],
    ],
    [
      'states one figure of expenditure for two years',
      { posts: [specialist('2015-01-01', '2017-01-01', { expectedExpenditureCents: 9_000_000 })] },
      ['/posts/0/expectedExpenditureCents'],
    ],
    [
      'begins in another year',
      { fundingYear: 2014, financingPlan: [share(2015, 5_000_000), share(2016, 5_000_000)] },
      ['/periodFrom'],
    ],
  ])('application.submit refuses what %s, and the draft says so before', async (_, changes, pointers) => {
    const made = await draft(changes);
    const answer = await municipality.tries('/applications', made, 'submit');
    expect(answer.status).toBe(422);
    expect(objectionsOf(answer).map(([, pointer]) => pointer)).toEqual(pointers);
    const { objections } = made as Application & { objections: { pointer: string }[] };
    expect(objections.map(({ pointer }) => pointer)).toEqual(pointers);
  });

  it('a year without a guideline is named by the day on which one is looked for', async () => {
    const made = await draft({ periodTo: '2018-01-01', posts: [specialist('2015-01-01', '2018-01-01')] });
    const answer = await municipality.tries('/applications', made, 'submit');
    const [objection] = (answer.body as { errors: { code: string; detail: string }[] }).errors;
    expect(objection?.code).toBe('no-guideline-in-force');
    expect(objection?.detail).toContain('01.01.2017');
  });

  it('application.list finds an application in every year it touches', async () => {
    const made = await draft();
    const found = async (year: number) => {
      const { items } = await municipality.sees<{ items: Thing[] }>(
        `/applications?fundingYear=${String(year)}`,
      );
      return items.some(({ id }) => id === made.id);
    };
    expect(await Promise.all([2014, 2015, 2016, 2017].map(found))).toEqual([false, true, true, false]);
  });

  it('application.edit takes a year back out of the plan by not naming it', async () => {
    const made = await draft();
    const edited = await municipality.changes<Application & { financingPlan: object[] }>(
      '/applications',
      made,
      {
        ...{ periodTo: '2016-01-01', posts: [specialist('2015-01-01', '2016-01-01')] },
        financingPlan: [share(null, 5_000_000)],
      },
    );
    expect(edited.financingPlan).toMatchObject([{ fundingYear: 2015, amountCents: 5_000_000 }]);
    expect(edited).toMatchObject({ fundingYears: [2015], objections: [] });
  });

  const measure = (changes: object = {}) => ({
    ...{ kind: 'measure', text: 'Fachtage', fundingYear: 2016, expectedExpenditureCents: 300_000, units: 2 },
    ...changes,
  });

  it('material and measures are planned by year, shown, replaced by an edit, and frozen with the submission', async () => {
    const material = { kind: 'material', text: 'Büro', expectedExpenditureCents: 100_000 };
    const made = await draft({ measures: [measure(), material] });
    const shown = [measure(), { ...material, fundingYear: 2015, units: null }];
    expect(made).toMatchObject({ measures: shown });
    const edited = await municipality.changes<Application>('/applications', made, {
      measures: [measure({ units: 3 })],
    });
    expect(edited).toMatchObject({ measures: [measure({ units: 3 })] });
    const untouched = await municipality.changes<Application>('/applications', edited, {
      periodTo: '2017-01-01',
    });
    const frozen = await municipality.does<Application>('/applications', untouched, 'submit');
    expect(frozen).toMatchObject({ measures: [measure({ units: 3 })] });
    const { items } = await municipality.sees<{ items: { content: string }[] }>(
      `/applications/${made.id}/versions`,
    );
    expect(JSON.parse(items[0]?.content ?? '{}')).toMatchObject({ measures: [measure({ units: 3 })] });
    await expect(
      trade.app.rows("update application_measure_item set kind = 'trip' where application_id = $1", [
        made.id,
      ]),
    ).rejects.toThrow('application_measure_item_kind_check');
    await retract(made);
  });

  it('application.submit refuses a measure of a year outside the period', async () => {
    const answer = await municipality.tries(
      ...(['/applications', await draft({ measures: [measure({ fundingYear: 2017 })] }), 'submit'] as const),
    );
    expect(objectionsOf(answer)).toEqual([['measure-outside-period', '/measures/0/fundingYear']]);
  });

  it.each([
    ['without a text', { text: '' }],
    ['of an unknown kind', { kind: 'trip' }],
    ['of no unit', { units: 0 }],
    ['of negative cost', { expectedExpenditureCents: -1 }],
  ])('application.draft refuses a measure %s as bad input', async (_, changes) => {
    expect((await tryDraft({ measures: [measure(changes)] })).status).toBe(400);
  });

  it('decision.draft wants money of every year, and a line that funds the programme in it', async () => {
    const application = await recommended();
    const without = await tryDecision(application);
    expect(without.status).toBe(422);
    expect(objectionsOf(without)).toEqual([['no-allotment', null]]);
    await treasury.authorises(line, { issueYear: 2015, dueYear: 2016 }, 1_000_000);
    await treasury.authorises(other, { issueYear: 2015, dueYear: 2016 }, 4_000_000);
    const wrong = await tryDecision(application, { lines: [{ fundingYear: 2015, lineId: other.id }] });
    expect(objectionsOf(wrong)).toEqual([['no-allotment', '/lines/0/lineId']]);
    const lines = [
      { fundingYear: 2017, lineId: line.id },
      { fundingYear: 2016, lineId: line.id },
      { fundingYear: 2016, lineId: other.id },
    ];
    const years = await tryDecision(application, { lines });
    expect(objectionsOf(years)).toEqual([
      ['line-of-another-year', '/lines/0/fundingYear'],
      ['line-of-another-year', '/lines/2/fundingYear'],
    ]);
    expect((await tryDecision(application, { lines: [{ fundingYear: 2016, lineId: 'TG 68' }] })).status).toBe(
      400,
    );
    await retract(application);
  });

  it('decision.draft books each year on the line chosen for it, decision.edit keeps the choice, decision.release refuses what it lacks', async () => {
    const application = await recommended();
    const chosen = { lines: [{ fundingYear: 2016, lineId: other.id }] };
    const made = await trade.clerk.makes<Booked>('/decisions', decision(application, chosen));
    const linesOf = ({ amounts }: Booked) => amounts.map(({ lineId }) => lineId);
    expect(linesOf(made)).toEqual([line.id, other.id]);
    const edited = await trade.clerk.changes<Booked>('/decisions', made, { fileNumber: '36.02-KI-2' });
    expect(linesOf(edited)).toEqual([line.id, other.id]);
    const refused = await trade.second.tries('/decisions', edited, 'release');
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({
      ...{ code: 'budget-exhausted', lineId: other.id, fundingYear: 2016 },
      ...{ availableCents: 4_000_000, wantedCents: 5_000_000 },
    });
    expect(await trade.clerk.sees(`/decisions/${made.id}`)).toMatchObject({
      state: 'drafted',
      grantYears: [],
    });
    expect(await treasury.row(line, 'KI', 2015)).toMatchObject({ committedCents: 0 });
    await treasury.authorises(other, { issueYear: 2015, dueYear: 2016 }, 1_000_000);
    await trade.second.does('/decisions', edited, 'release');
    expect(await treasury.row(other, 'KI', 2016)).toMatchObject({ promisedCents: 5_000_000 });
    const { items } = await trade.clerk.sees<{ items: Thing[] }>('/decisions?fundingYear=2016');
    expect(items.map(({ id }) => id)).toEqual([made.id]);
  });
});
