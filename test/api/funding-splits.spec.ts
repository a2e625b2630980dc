import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PlayedYear } from '../every-endpoint/played-year.js';
import type { Caller, TestApp } from '../support/app.js';

interface Split {
  readonly ags: string;
  readonly centreId: string;
  readonly source: string;
  readonly plannedCents: number;
  readonly committedCents: number;
  readonly paidCents: number | null;
  readonly settledCents: number;
  readonly modelled: boolean;
}

/**
 * Two centres with the same full year: 170,000 from the integration ministry, 100,000 in teachers, 50,000 own, 10,000
 * others. The plan stays as it was applied for; an amendment later fixes the municipality's own share at 51,000, and
 * the report accounts for the 50,000 it spent.
 */
const ONE_CENTRE = [
  {
    source: 'municipal',
    plannedCents: 5_000_000,
    committedCents: 5_100_000,
    paidCents: null,
    settledCents: 5_000_000,
  },
  {
    source: 'state_integration',
    plannedCents: 17_000_000,
    committedCents: 17_000_000,
    paidCents: 17_000_000,
    settledCents: 17_000_000,
  },
  {
    source: 'state_school',
    plannedCents: 10_000_000,
    committedCents: 10_000_000,
    paidCents: null,
    settledCents: 10_000_000,
  },
  {
    source: 'third_party',
    plannedCents: 1_000_000,
    committedCents: 1_000_000,
    paidCents: null,
    settledCents: 1_000_000,
  },
];
const STATEWIDE = '/funding-splits/statewide?fundingYear=2016';

describe('funding splits', () => {
  let app: TestApp;
  let year: PlayedYear;
  let ministry: Caller;
  let own: Caller;

  beforeAll(async () => {
    ({ app, year } = await PlayedYear.staged('funding-splits'));
    ministry = await app.signIn('ministry');
    own = await app.signIn(year.own.member);
  }, 180_000);

  afterAll(() => app.close());

  const list = async (caller: Caller, query = ''): Promise<Split[]> => {
    const { body } = await caller.get(`/funding-splits?fundingYear=2016${query}`).expect(200);
    return (body as { items: Split[] }).items;
  };
  const figures = (splits: readonly Split[]) =>
    splits.map(({ source, plannedCents, committedCents, paidCents, settledCents }) => ({
      source,
      plannedCents,
      committedCents,
      paidCents,
      settledCents,
    }));

  it('show every centre to the ministry, source by source; what does not apply is null', async () => {
    const all = await list(ministry);
    expect(figures(all)).toEqual([...ONE_CENTRE, ...ONE_CENTRE]);
    expect([...new Set(all.map(({ ags }) => ags))]).toEqual(['05554000', '05566000']);
  });

  it('show a municipality its own rows only, also when it asks for another centre', async () => {
    const mine = await list(own);
    expect(figures(mine)).toEqual(ONE_CENTRE);
    expect(new Set(mine.map(({ centreId }) => centreId))).toEqual(new Set([year.own.centre.id]));
    expect(await list(own, `&centreId=${year.foreign.centre.id}`)).toEqual([]);
  });

  it('narrow to one centre', async () => {
    expect(figures(await list(ministry, `&centreId=${year.foreign.centre.id}`))).toEqual(ONE_CENTRE);
  });

  it('can be read page by page without losing or repeating a row', async () => {
    const seen: Split[] = [];
    let next: string | null = '';
    while (next !== null) {
      const cursor = next === '' ? '' : `&cursor=${next}`;
      const { body } = await ministry.get(`/funding-splits?fundingYear=2016&limit=3${cursor}`).expect(200);
      const page = body as { items: Split[]; nextCursor: string | null };
      seen.push(...page.items);
      next = page.nextCursor;
    }
    expect(seen).toEqual(await list(ministry));
  });

  it.each([
    [
      'the day before the decision',
      '2016-01-10',
      { plannedCents: 0, committedCents: 0, paidCents: 0, settledCents: 0 },
    ],
    [
      'the day of the decision',
      '2016-01-11',
      { plannedCents: 34_000_000, committedCents: 34_000_000, paidCents: 0, settledCents: 0 },
    ],
    ['the day before the first payment', '2016-05-01', { committedCents: 34_000_000, paidCents: 0 }],
    ['the day of the first payment', '2016-05-02', { committedCents: 34_000_000, paidCents: 17_000_000 }],
    ['the day before the last payment', '2016-10-03', { paidCents: 17_000_000 }],
    ['the day of the last payment', '2016-10-04', { paidCents: 34_000_000, settledCents: 0 }],
    ['the day before the reports were accepted', '2017-01-31', { settledCents: 0 }],
    ['the day the reports were accepted', '2017-02-01', { settledCents: 34_000_000 }],
  ])('are those of %s', async (_, day, expected) => {
    const { body } = await ministry.get(`${STATEWIDE}&asOf=${day}`).expect(200);
    const { items } = body as { items: Split[] };
    expect(items.find(({ source }) => source === 'state_integration')).toMatchObject(expected);
  });

  it.each([
    ['2016-01-10', 0, 0],
    ['2016-01-11', 20_000_000, 0],
    ['2017-01-31', 20_000_000, 0],
    ['2017-02-01', 20_000_000, 20_000_000],
  ])(
    'count seconded teachers on %s: %i committed, %i settled, never paid',
    async (day, committedCents, settledCents) => {
      const { body } = await ministry.get(`${STATEWIDE}&asOf=${day}`).expect(200);
      const { items } = body as { items: Split[] };
      const teachers = items.find(({ source }) => source === 'state_school');
      expect(teachers).toMatchObject({ committedCents, settledCents, paidCents: null });
    },
  );

  it('of the whole Land are the same for every role that may ask, and twice those of one centre', async () => {
    const { body } = await ministry.get(STATEWIDE).expect(200);
    expect(body).toMatchObject({
      fundingYear: 2016,
      totalPlannedCents: 66_000_000,
      // Each centre's amendment adds 1,000 of its own to what its grant fixed.
      totalCommittedCents: 66_200_000,
      totalPaidCents: 34_000_000,
      totalSettledCents: 66_000_000,
    });
    const { items } = body as { items: Split[] };
    const doubled = ONE_CENTRE.map(({ source, plannedCents }) => [source, 2 * plannedCents]).sort();
    expect(items.map(({ source, plannedCents }) => [source, plannedCents]).sort()).toEqual(doubled);
    for (const who of ['school_ministry', 'granting_authority', 'cashier', 'auditor', year.own.member]) {
      expect((await (await app.signIn(who)).get(STATEWIDE).expect(200)).body).toEqual(body);
    }
  });

  it('are those an instant knew: nothing before the first record, everything after the last', async () => {
    const [span] = await app.rows<{ before: string; first: string; last: string }>(
      `select to_char(min(at) at time zone 'utc' - interval '1 millisecond', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as before,
              to_char(min(at) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as first,
              to_char(max(greatest(at, (select max(accepted_at) from settlement))) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as last
         from transfer t join account a on a.id = t.credit and a.stage in ('committed', 'settled', 'paid')`,
    );
    const known = async (caller: Caller, at: string, path = STATEWIDE): Promise<Split[]> => {
      const { body } = await caller.get(`${path}&knownAt=${at}`).expect(200);
      return (body as { items: Split[] }).items;
    };
    const now = ((await ministry.get(STATEWIDE).expect(200)).body as { items: Split[] }).items;
    const { before = '', first = '', last = '' } = span ?? {};
    expect(await known(ministry, last)).toEqual(now);
    for (const split of await known(ministry, before))
      expect(split).toMatchObject({ committedCents: 0, settledCents: 0 });
    // The first decision was released then, and nothing else.
    const states = (await known(ministry, first)).find(({ source }) => source === 'state_integration');
    expect(states).toMatchObject({ committedCents: 17_000_000, paidCents: 0, settledCents: 0 });
    const path = '/funding-splits?fundingYear=2016';
    expect(await known(ministry, last, path)).toEqual(await list(ministry));
    expect(await known(own, last, path)).toEqual(await list(own));
    // A day still counts, whatever is known.
    expect(await known(ministry, last, `${STATEWIDE}&asOf=2016-05-02`)).toEqual(
      ((await ministry.get(`${STATEWIDE}&asOf=2016-05-02`).expect(200)).body as { items: Split[] }).items,
    );
  });

  it('make a series of years, of the Land or of a centre, each cent in its own year', async () => {
    interface Series {
      readonly years: { fundingYear: number; items: Split[]; totalCommittedCents: number }[];
    }
    const series = async (caller: Caller, query: string): Promise<Series> =>
      (await caller.get(`/funding-splits/series?${query}`).expect(200)).body as Series;
    const { years } = await series(own, 'from=2015&to=2017');
    expect(years.map(({ fundingYear }) => fundingYear)).toEqual([2015, 2016, 2017]);
    expect(years.map(({ totalCommittedCents }) => totalCommittedCents)).toEqual([0, 66_200_000, 0]);
    const statewide = (await own.get(STATEWIDE).expect(200)).body as { items: Split[] };
    expect(years[1]?.items).toEqual(statewide.items);
    const ofOwn = `from=2016&to=2016&centreId=${year.own.centre.id}`;
    for (const caller of [own, ministry])
      expect((await series(caller, ofOwn)).years[0]?.totalCommittedCents).toBe(33_100_000);
    const hidden = await series(own, `from=2016&to=2016&centreId=${year.foreign.centre.id}`);
    expect(hidden.years[0]?.totalCommittedCents).toBe(0);
    for (const wrong of ['from=2017&to=2016', 'from=2001&to=2031'])
      await ministry.get(`/funding-splits/series?${wrong}`).expect(422);
  });

  it('of the whole Land name no centre', async () => {
    const { text } = await own.get(STATEWIDE).expect(200);
    expect(text).not.toContain(year.own.centre.id);
    expect(text).not.toContain(year.foreign.centre.id);
  });

  it('rest on a ledger whose two sides are equal', async () => {
    const { body } = await own.get(STATEWIDE).expect(200);
    const { debitsCents, creditsCents } = body as { debitsCents: number; creditsCents: number };
    expect(debitsCents).toBe(creditsCents);
    const [sum] = await app.rows<{ cents: string }>(
      'select sum(t.amount_cents)::text as cents from transfer t join account a on a.id = t.debit where a.funding_year = 2016',
    );
    expect(debitsCents).toBe(Number(sum?.cents));
  });

  it('of a year without money are nought, not missing', async () => {
    const { body } = await own.get('/funding-splits/statewide?fundingYear=2031').expect(200);
    expect(body).toMatchObject({
      totalPlannedCents: 0,
      totalCommittedCents: 0,
      debitsCents: 0,
      creditsCents: 0,
    });
    expect((body as { items: Split[] }).items).toHaveLength(4);
    expect((await ministry.get('/funding-splits?fundingYear=2031').expect(200)).body).toEqual({
      items: [],
      nextCursor: null,
    });
  });

  it.each([
    ['by its parameter', '&format=csv', 'application/json'],
    ['by what the caller accepts', '', 'text/csv'],
  ])('come as a sheet, asked %s', async (_, query, accept) => {
    const answer = await ministry
      .get(`/funding-splits?fundingYear=2016${query}`)
      .set('Accept', accept)
      .expect(200);
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    const lines = answer.text.replace('\ufeff', '').trimEnd().split('\r\n');
    expect(lines).toHaveLength(9);
    expect(lines[0]).toBe(
      'fundingYear;ags;centreName;centreId;source;plannedCents;committedCents;paidCents;settledCents;modelled',
    );
    expect(lines[1]).toMatch(
      /^2016;05554000;Kreis Borken;[0-9a-f-]{36};municipal;5000000;5100000;;5000000;false$/,
    );
  });
});
