import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { kiGuideline2021 } from '../../src/demo/data/ki-guideline-2021.js';
import { guidelineBody } from '../support/guideline.js';
import { coesfeld, Trade, type Application, type Municipality, type Thing } from '../support/trade.js';

const YEAR = { occupiedFrom: '2021-01-01', occupiedTo: '2022-01-01' };
const specialist = (expectedExpenditureCents: number | null) => ({
  ...{ category: 'specialist', fteHundredths: 100, expectedExpenditureCents },
  ...YEAR,
});

/** Änderungserlass vom 30.10.2020: full funding, at most 55,000 for a post. Before the year has passed its expected cost counts. */
describe('full funding pays what posts cost, up to the ceiling of each', () => {
  let trade: Trade;
  let municipality: Municipality;
  let application: Application;

  beforeAll(async () => {
    trade = await Trade.open('full-funding');
    municipality = await trade.municipality(coesfeld);
    trade.on('2021-01-11');
    const draft = await trade.ministry.makes('/guidelines', guidelineBody(kiGuideline2021));
    const second = await trade.app.signIn('ministry2');
    const school = await trade.app.signIn('school_ministry');
    await second.post(`/guidelines/${draft.id}/release`).set('If-Match', '"v1"').expect(200);
    await school.post(`/guidelines/${draft.id}/co-release`).set('If-Match', '"v2"').expect(200);
  }, 120_000);
  afterAll(() => trade.close());

  const calculation = (id: string) =>
    municipality.sees<{
      totals: { source: string; amountCents: number }[];
      years: { coverage: Record<string, number> | null; explanation: { de: string }[] }[];
      objections: { code: string; pointer: string | null; basis: string | null }[];
    }>(`/applications/${id}/calculation`);
  const apply = (posts: object[]) =>
    municipality.makes<Application>('/applications', {
      ...{
        callId: trade.callId,
        programme: 'KI',
        fundingYear: 2021,
        periodFrom: '2021-01-01',
        periodTo: '2022-01-01',
        posts,
      },
      financingPlan: [
        { source: 'municipal', amountCents: 600_000 },
        { source: 'third_party', amountCents: 100_000 },
      ],
    });

  it('without the expected cost of a post nothing is computed, and the application says for which', async () => {
    application = await apply([specialist(5_000_000), specialist(null)]);
    const { years, totals, objections } = await calculation(application.id);
    expect([years.map(({ coverage }) => coverage), totals]).toEqual([[null], []]);
    expect(objections).toMatchObject([
      {
        ...{ code: 'expenditure-missing', pointer: '/posts/1/expectedExpenditureCents' },
        basis: kiGuideline2021.legalInstrument,
      },
    ]);
  });

  it('with it each post is looked at by itself, third parties reduce the grant, and the own gap is shown', async () => {
    const posts = [specialist(5_000_000), specialist(6_100_000)];
    application = await municipality.changes('/applications', application, { posts });
    const { totals, years, objections } = await calculation(application.id);
    // 50,000 + 55,000 − 1,000 of third parties
    expect(totals).toMatchObject([{ source: 'state_integration', amountCents: 10_400_000 }]);
    expect(years[0]?.coverage).toEqual({
      ...{ ceilingCents: 11_000_000, expenditureCents: 11_100_000, thirdPartyCents: 100_000 },
      ...{ grantCents: 10_400_000, shortfallCents: 100_000, gapCents: 600_000 },
    });
    expect(objections.map(({ code }) => code)).toEqual(['plan-differs-from-rules']);
    expect(years[0]?.explanation.map(({ de }) => de)).toContain(
      'Fachkraft, Stelle 2: das Kleinere von Ausgaben und Höchstbetrag: Ausgaben 61.000,00 EUR; Höchstbetrag 55.000,00 EUR = 55.000,00 EUR',
    );
  });

  it('a plan that adds up is submitted with the expected costs frozen', async () => {
    const plan = { state_integration: 10_400_000, municipal: 600_000, third_party: 100_000 };
    const financingPlan = Object.entries(plan).map(([source, amountCents]) => ({ source, amountCents }));
    application = await municipality.changes('/applications', application, { financingPlan });
    const submitted = await municipality.does<Thing & { state: string }>(
      '/applications',
      application,
      'submit',
    );
    expect(submitted.state).toBe('submitted');
    const { items } = await municipality.sees<{ items: { content: string }[] }>(
      `/applications/${application.id}/versions`,
    );
    expect(items[0]?.content).toContain('"expectedExpenditureCents":6100000');
  });
});
