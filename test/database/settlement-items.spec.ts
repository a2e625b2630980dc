import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Acts } from '../support/acts.js';
import { SqlSession } from '../support/sql-session.js';
import { coesfeld, Trade, type Application, type Municipality, type Settlement } from '../support/trade.js';

const FROM = '2016-10-01';
const OCCUPIED = { occupiedFrom: FROM, occupiedTo: '2017-01-01' };
const SPECIALIST = { category: 'specialist', fteHundredths: 100, ...OCCUPIED };
const TEACHER = { category: 'teacher', fteHundredths: 100, ...OCCUPIED };

/** The figures of a report grow with what the notices grant, and with nothing else. */
describe('the figures of a settlement report', () => {
  let trade: Trade;
  let acts: Acts;
  let sql: SqlSession;
  let own: Municipality;
  let report: Settlement;

  beforeAll(async () => {
    trade = await Trade.open('settlement-items');
    acts = new Acts(trade);
    trade.on(FROM);
    own = await trade.municipality(coesfeld);
    sql = await SqlSession.connect(trade.app);
  }, 120_000);
  afterAll(async () => {
    await sql.end();
    await trade.close();
  });

  async function appliesWithoutTeachers(): Promise<Application> {
    const draft = await own.makes<Application>('/applications', {
      ...{ callId: trade.callId, programme: 'KI', fundingYear: 2016 },
      ...{ periodFrom: FROM, periodTo: OCCUPIED.occupiedTo, posts: [SPECIALIST], financingPlan: [] },
    });
    const { totals } = await own.sees<{ totals: { source: string; amountCents: number }[] }>(
      `/applications/${draft.id}/calculation`,
    );
    const asked = totals.map(({ source, amountCents }) => ({ source, amountCents }));
    const financingPlan = [...asked, { source: 'municipal', amountCents: 2_000_000 }];
    const planned = await own.changes('/applications', draft, { financingPlan });
    return own.does<Application>('/applications', planned, 'submit');
  }

  /** What comes of a figure the municipality adds and of one it changes, past the application; nothing of it stays. */
  async function writes(): Promise<[added: string | number, changed: string | number]> {
    const who = `municipality-${own.centreId.slice(-6)}`;
    await sql.begin(await trade.app.cast.actor(who));
    const added = await sql.tries(
      `insert into settlement_item (id, settlement_id, case_id, centre_id, kind, category, settled_cents, eligible_cents, in_kind, modelled)
       select gen_random_uuid(), id, case_id, centre_id, 'expenditure', 'seconded_teachers', 999, 999, true, false
         from settlement where id = $1`,
      [report.id],
    );
    const changed = await sql.tries(
      `update settlement_item set per_notice_cents = 999 where settlement_id = $1 and category = 'municipal'`,
      [report.id],
    );
    await sql.rollback();
    return [added.failure?.slice(0, 5) ?? added.count, changed.failure?.slice(0, 5) ?? changed.count];
  }

  const categories = (): string[] => report.items.map(({ category }) => category);

  it('gain what an amendment adds, the next time the municipality works on the report', async () => {
    const decision = await trade.clerk.grants(await appliesWithoutTeachers(), FROM);
    await own.waives(decision);
    report = await own.opensReport(decision);
    expect(categories()).not.toContain('state_school');
    const posts = [SPECIALIST, TEACHER].map((post, index) => ({ position: index + 1, ...post }));
    await acts.issues(await acts.amends(await acts.now(decision), { posts }), FROM);
    const { version } = report;
    const dry = await own.tries('/settlements', report, 'submit?dryRun=true');
    expect(dry.status).toBe(422);
    expect((await own.sees<Settlement>(`/settlements/${report.id}`)).items).toEqual(report.items);
    report = await own.changes<Settlement>('/settlements', report, { narrative: 'Begonnen.' });
    expect([report.version, categories()]).toEqual([
      version + 1,
      expect.arrayContaining(['state_school', 'seconded_teachers']),
    ]);
  });

  it('are those that were submitted: a report with the authority is neither added to nor changed', async () => {
    report = await own.fillsIn(report, { personnelCents: 1_500_000, materialCents: 0 });
    report = await own.changes<Settlement>('/settlements', report, { postMonthsHundredths: 600 });
    report = await own.does<Settlement>('/settlements', report, 'submit');
    expect(await writes()).toEqual(['42501', 0]);
  });
});
