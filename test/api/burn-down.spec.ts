import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { borken, coesfeld, Trade, type Municipality } from '../support/trade.js';
import { Treasury } from '../support/treasury.js';

const STATE = 15_049_180;

/** Who asks how far the money has burnt down, in the middle of the year. */
describe('report.burnDown', () => {
  let trade: Trade;
  let first: Municipality;
  type Item = Record<string, unknown>;

  beforeAll(async () => {
    trade = await Trade.open('burn-down', 100_000_000);
    first = await trade.municipality({ ...coesfeld, name: '=Kreis Coesfeld' });
    const second = await trade.municipality(borken);
    trade.on('2016-02-12');
    const decision = await first.waives(
      await trade.clerk.grants(await first.applies({ from: '2016-02-12' }), '2016-02-12'),
    );
    trade.on('2016-05-02');
    await trade.cashier.pays(
      await trade.clerk.orders(await first.calls(decision, STATE / 2, '2016-05-02')),
      '2016-05-02',
    );
    trade.on('2016-06-28');
    await trade.clerk.grants(await second.applies({ from: '2016-06-28' }), '2016-06-28');
    const treasury = await Treasury.of(trade);
    const { items } = await trade.ministry.sees<{ items: { id: string; version: number }[] }>(
      '/budget/lines',
    );
    const [line] = items;
    if (line === undefined) throw new Error('no line');
    await treasury.changes(line, 'block', 10_000_000);
  }, 120_000);
  afterAll(() => trade.close());

  const seen = (query: string) =>
    trade.ministry.sees<{ items: Item[]; expectedPaidCents: number; asOf: string }>(
      `/reports/burn-down?fundingYear=2016${query}`,
    );

  it('by month shows all up to its end, and what released decisions let expect of months to come', async () => {
    const { items, expectedPaidCents, asOf } = await seen('');
    const granted = STATE + 8_685_792;
    expect([asOf, expectedPaidCents]).toEqual(['2016-06-28', granted]);
    const month = (name: string) => items.find((item) => item['month'] === name);
    expect(items).toHaveLength(12);
    expect(month('2016-01')).toMatchObject({
      ...{ appropriatedCents: 1_000_000_000, allocatedCents: 100_000_000, committedCents: 0 },
      ...{ blockedCents: 0, freeCents: 1_000_000_000, forecastPaidCents: null },
    });
    expect(month('2016-05')).toMatchObject({
      committedCents: STATE,
      calledCents: STATE / 2,
      paidCents: STATE / 2,
    });
    expect(month('2016-06')).toMatchObject({
      ...{ committedCents: granted, blockedCents: 10_000_000, returnedCents: 0, forecastPaidCents: null },
      freeCents: 1_000_000_000 - 10_000_000 - granted,
    });
    // The guideline pays half on 1 May and the rest on 1 October.
    expect(month('2016-09')).toMatchObject({ paidCents: STATE / 2, forecastPaidCents: granted / 2 });
    expect(month('2016-12')).toMatchObject({ forecastPaidCents: granted });
  });

  it('by line, programme and centre; what a stage does not have is null, not 0', async () => {
    const { items: lines } = await seen('&by=line');
    expect(lines).toMatchObject([
      { line: '11 060 TG 68', appropriatedCents: 1_000_000_000, allocatedCents: 100_000_000 },
    ]);
    const { items: programmes } = await seen('&by=programme');
    expect(programmes).toMatchObject([
      { programme: null, blockedCents: 10_000_000 },
      { programme: 'KI', appropriatedCents: null, allocatedCents: 100_000_000 },
    ]);
    const { items: centres } = await seen('&by=centre');
    expect(centres).toMatchObject([
      {
        centre: '=Kreis Coesfeld',
        committedCents: STATE,
        paidCents: STATE / 2,
        freeCents: null,
        allocatedCents: null,
      },
      { centre: 'Kreis Borken', committedCents: 8_685_792, paidCents: 0 },
    ]);
    const { items: ofOne, expectedPaidCents } = await seen(`&centreId=${first.centreId}`);
    expect(expectedPaidCents).toBe(STATE);
    expect(ofOne.at(-1)).toMatchObject({ committedCents: STATE, appropriatedCents: null });
    expect((await seen('&programme=KIM_1&by=line')).items).toEqual([]);
  });

  it('as CSV with semicolons, a byte order mark on request, and no cell that computes', async () => {
    const { text, headers } = await trade.ministry.caller
      .get('/reports/burn-down?fundingYear=2016&by=centre&format=csv')
      .expect(200);
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    const [head, , ...rest] = text.split('\r\n');
    expect(head).toMatch(/^line;lineId;programme;centre;centreId;month;appropriatedCents;/);
    expect(text).toContain(`;'=Kreis Coesfeld;`);
    expect(rest).toHaveLength(2);
    const marked = await trade.ministry.caller
      .get('/reports/burn-down?fundingYear=2016&by=line&format=csv&bom=true')
      .expect(200);
    expect(marked.text.charCodeAt(0)).toBe(0xfeff);
    expect(text.charCodeAt(0)).not.toBe(0xfeff);
  });

  it('is for ministry, granting authority and auditor; a wrong grouping or flag is refused', async () => {
    await first.caller.get('/reports/burn-down?fundingYear=2016').expect(403);
    for (const query of ['', '?fundingYear=2016&by=day', '?fundingYear=2016&bom=yes', '?fundingYear=1999']) {
      await trade.ministry.caller.get(`/reports/burn-down${query}`).expect(400);
    }
  });
});
