import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { kiGuideline2012 } from '../../src/demo/data/ki-guideline-2012.js';
import { ReplayService } from '../../src/grants/decision/replay.service.js';
import { CalendarDate } from '../../src/kernel/calendar-date.js';
import { Money } from '../../src/kernel/money.js';
import { guidelineBody } from '../support/guideline.js';
import {
  coesfeld,
  grantedBy,
  Trade,
  type Application,
  type Decision,
  type Municipality,
} from '../support/trade.js';

/** 324 of 366 days of 3 × 50,000 + 20,000, and of 3 × 51,234.56 + 20,000. */
const BEFORE = 15_049_180;
const AFTER = 15_377_047;

describe('another rate, entered as data, changes every result and no decision already made', () => {
  let trade: Trade;
  let municipality: Municipality;
  let application: Application;
  let decided: Decision;
  let guideline: string;

  beforeAll(async () => {
    trade = await Trade.open('another-rate');
    municipality = await trade.municipality(coesfeld);
    trade.on('2016-02-12');
  }, 120_000);
  afterAll(() => trade.close());

  const calculated = async (id: string) => {
    const { totals } = await municipality.sees<{ totals: { source: string; amountCents: number }[] }>(
      `/applications/${id}/calculation`,
    );
    return totals.find(({ source }) => source === 'state_integration')?.amountCents;
  };

  it('a grant is decided under the guideline in force', async () => {
    application = await municipality.applies({ from: '2016-02-12' });
    expect(await calculated(application.id)).toBe(BEFORE);
    trade.on('2016-03-01');
    decided = await trade.clerk.grants(application, '2016-03-01');
    expect(grantedBy(decided, 'state_integration')).toBe(BEFORE);
  });

  it('the ministries put another rate in force, and rate.list shows it the same day', async () => {
    const from = CalendarDate.of(2016, 1, 1);
    const rates = kiGuideline2012.rates.map((rate) => ({
      ...{ ...rate, validFrom: from },
      ...(rate.category === 'specialist'
        ? { amount: Money.ofCents(5_123_456), source: 'Erlass', confidence: 'verified' as const }
        : {}),
    }));
    const legalInstrument = 'Änderungserlass vom 26.04.2016';
    const body = guidelineBody({
      ...kiGuideline2012,
      legalInstrument,
      validFrom: from,
      validTo: null,
      rates,
    });
    const draft = await trade.ministry.makes('/guidelines', body);
    guideline = draft.id;
    const second = await trade.app.signIn('ministry2');
    const school = await trade.app.signIn('school_ministry');
    await second.post(`/guidelines/${guideline}/release`).set('If-Match', '"v1"').expect(200);
    await school.post(`/guidelines/${guideline}/co-release`).set('If-Match', '"v2"').expect(200);
    const { items } = await trade.ministry.sees<{ items: { category: string; amountCents: number }[] }>(
      '/rates?programme=KI&on=2016-03-01',
    );
    expect(items.find(({ category }) => category === 'specialist')?.amountCents).toBe(5_123_456);
  });

  it('the decision keeps its amount and still follows from what it froze', async () => {
    expect(await municipality.sees(`/decisions/${decided.id}`)).toMatchObject({ grantedCents: BEFORE });
    const actor = await trade.app.cast.actor('auditor');
    expect(await trade.app.get(ReplayService).verify(actor)).toEqual({ replayed: 1, faults: [] });
  });

  it('the calculation follows, with the new provision in its first line', async () => {
    expect(await calculated(application.id)).toBe(AFTER);
    const { years } = await municipality.sees<{ years: { derivation: { basis: string }[] }[] }>(
      `/applications/${application.id}/calculation`,
    );
    expect(years[0]?.derivation[0]?.basis).toBe('Änderungserlass vom 26.04.2016');
  });

  it('the next decision follows', async () => {
    const steinfurt = await trade.municipality({
      ags: '05566000',
      name: 'Kreis Steinfurt',
      openedOn: '2016-02-12',
    });
    const decision = await trade.clerk.grants(await steinfurt.applies({ from: '2016-02-12' }), '2016-03-01');
    expect(grantedBy(decision, 'state_integration')).toBe(AFTER);
  });

  it('the simulation follows, and the touched decision is listed with what it lacks', async () => {
    const body = { draft: guidelineBody(), fromYear: 2016, toYear: 2016 };
    const { body: simulation } = await trade.ministry.caller.post('/simulations', body).expect(200);
    expect((simulation as { years: unknown[] }).years).toMatchObject([
      { inForceCents: 2 * AFTER, simulatedCents: 2 * BEFORE, differenceCents: 2 * (BEFORE - AFTER) },
    ]);
    const touched = await trade.ministry.sees<{ items: unknown[] }>(
      `/guidelines/${guideline}/touched-decisions`,
    );
    expect(touched.items).toMatchObject([{ decisionId: decided.id, outcome: 'more' }]);
    expect(touched).toMatchObject({ differenceCents: AFTER - BEFORE });
  });

  it('a decision whose frozen inputs were bent would be found', async () => {
    const actor = await trade.app.cast.actor('auditor');
    await trade.app.rows('alter table decision_derivation disable trigger user');
    await trade.app.rows(
      `update decision_derivation
          set inputs = replace(inputs, '"amount":5000000', '"amount":5000001'),
              sha256 = encode(sha256(convert_to(replace(inputs, '"amount":5000000', '"amount":5000001') || E'\\n' || steps, 'UTF8')), 'hex')
        where decision_id = $1`,
      [decided.id],
    );
    const { replayed, faults } = await trade.app.get(ReplayService).verify(actor);
    expect(replayed).toBe(2);
    expect(faults.map(({ decisionId, what }) => [decisionId, what])).toEqual([
      [decided.id, '2016 state_integration'],
      [decided.id, '2016 state_school'],
    ]);
  });
});
