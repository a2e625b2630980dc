import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { CalendarDate } from '../../src/kernel/calendar-date.js';
import type { CentreId } from '../../src/kernel/ids.js';
import { SqlSession } from '../support/sql-session.js';
import { TestApp } from '../support/app.js';
import { Desk, type Thing } from '../support/trade.js';

interface Proposal extends Thing {
  readonly state: string;
  readonly proposedBy: string;
  readonly releasedBy: string | null;
}

/** What people of the ministry enter, release and read of the budget, over HTTP. */
describe('budget', () => {
  let app: TestApp;
  let one: Desk;
  let two: Desk;
  let centreId: CentreId;
  let titles = 0;

  beforeAll(async () => {
    app = await TestApp.boot('budget');
    app.clock.playOn(CalendarDate.parse('2016-01-04'));
    one = new Desk(await app.signIn('ministry'));
    two = new Desk(await app.signIn('ministry2'));
    const centre = await one.makes('/centres', {
      ...{ ags: '05558000', name: 'Kreis Coesfeld', hostType: 'kreis', regierungsbezirk: 'Münster' },
      recipient: { name: 'Kreis Coesfeld', kind: 'kreis' },
    });
    centreId = centre.id as CentreId;
  }, 120_000);
  afterAll(() => app.close());

  const line = (changes: object = {}) =>
    one.makes('/budget/lines', {
      ...{ chapter: '11 060', title: `TG ${String(++titles)}`, name: 'Integration', transferable: false },
      ...changes,
    });
  const given = (lineId: string, changes: object = {}) => ({
    ...{ lineId, fundingYear: 2016, amountCents: 100_000, reason: 'Haushalt 2016' },
    ...{ source: 'Haushaltsgesetz 2016', confidence: 'assumed', ...changes },
  });
  const handedOn = (lineId: string, changes: object = {}) => ({
    ...{ lineId, fundingYear: 2016, programme: 'KI', kind: 'allotment' },
    ...{ amountCents: 60_000, reason: 'Zuweisung', ...changes },
  });
  const appropriate = async (lineId: string, changes: object = {}) =>
    two.does<Proposal>(
      '/budget/appropriations',
      await one.makes('/budget/appropriations', given(lineId, changes)),
      'release',
    );
  const allocate = async (lineId: string, changes: object = {}) =>
    two.does<Proposal>(
      '/budget/allocations',
      await one.makes('/budget/allocations', handedOn(lineId, changes)),
      'release',
    );
  const tryTo = (path: string, body: object) =>
    one.caller.post(`/budget/${path}`, body).set('Idempotency-Key', randomUUID());
  const overviewOf = async (lineId: string, fundingYear = 2016) => {
    const { items } = await one.sees<{ items: Record<string, unknown>[] }>(
      `/budget/overview?fundingYear=${String(fundingYear)}`,
    );
    return items.filter((item) => item['lineId'] === lineId);
  };
  const codesOf = (answer: { body: { errors?: { code: string }[] } }) =>
    (answer.body.errors ?? []).map(({ code }) => code);

  describe('budget lines', () => {
    it('budgetLine.create records a line once, budgetLine.list pages by chapter and title', async () => {
      const made = await one.makes('/budget/lines', {
        ...{ chapter: '07 080', title: 'TG 68', name: 'Integration', transferable: true },
      });
      expect(made).toMatchObject({ chapter: '07 080', title: 'TG 68', transferable: true, version: 1 });
      const again = await tryTo('lines', {
        chapter: '07 080',
        title: 'TG 68',
        name: 'x',
        transferable: true,
      });
      expect([again.status, again.body.code]).toEqual([409, 'duplicate']);
      await line();
      const first = await one.sees<{ items: { title: string }[]; nextCursor: string }>(
        '/budget/lines?limit=1',
      );
      expect(first.items.map(({ title }) => title)).toEqual(['TG 68']);
      const next = await one.sees<{ items: { title: string }[] }>(
        `/budget/lines?limit=1&cursor=${first.nextCursor}`,
      );
      expect(next.items).toHaveLength(1);
      expect(next.items[0]?.title).not.toBe('TG 68');
    });

    it.each([
      ['no chapter', { chapter: undefined }],
      ['a flag in words', { transferable: 'yes' }],
      ['an unknown field', { amountCents: 1 }],
    ])('budgetLine.create refuses %s', async (_, changes) => {
      await tryTo('lines', {
        ...{ chapter: '1', title: '1', name: 'x', transferable: false },
        ...changes,
      }).expect(400);
    });
  });

  describe('appropriations', () => {
    it('are proposed by one person and released by another, who are stamped, and never twice', async () => {
      const { id } = await line();
      const proposed = await one.makes<Proposal>('/budget/appropriations', given(id));
      const [me, other] = [app.cast.member('ministry').personId, app.cast.member('ministry2').personId];
      expect(proposed).toMatchObject({
        state: 'proposed',
        proposedBy: me,
        releasedBy: null,
        kind: 'initial',
      });
      expect(await overviewOf(id)).toEqual([]);

      const same = await one.tries('/budget/appropriations', proposed, 'release');
      expect([same.status, codesOf(same)]).toEqual([422, ['four-eyes']]);
      expect(same.body.errors[0].basis).toBe('VV zu § 70 LHO NRW');
      const stale = await two.tries('/budget/appropriations', { ...proposed, version: 7 }, 'release');
      expect([stale.status, stale.body.code]).toEqual([412, 'precondition-failed']);
      await two.caller
        .post(`/budget/appropriations/${proposed.id}/release`)
        .set('Idempotency-Key', randomUUID())
        .expect(428);
      await two.caller
        .post(`/budget/appropriations/${proposed.id}/release`)
        .set('If-Match', '"v1"')
        .expect(400);

      const released = await two.does<Proposal>('/budget/appropriations', proposed, 'release');
      expect(released).toMatchObject({ state: 'released', releasedBy: other, version: 2 });
      expect(await overviewOf(id)).toMatchObject([
        { programme: null, appropriatedCents: 100_000, freeCents: 100_000 },
      ]);
      const twice = await two.tries('/budget/appropriations', released, 'release');
      expect([twice.status, twice.body.code]).toEqual([409, 'state-conflict']);
      expect(await overviewOf(id)).toMatchObject([{ appropriatedCents: 100_000 }]);
    });

    it('appropriation.release answers a repeated key with the same bytes and posts once', async () => {
      const { id } = await line();
      const proposed = await one.makes('/budget/appropriations', given(id));
      const key = randomUUID();
      const send = () =>
        two.caller
          .post(`/budget/appropriations/${proposed.id}/release`)
          .set('Idempotency-Key', key)
          .set('If-Match', '"v1"')
          .expect(200);
      const first = await send();
      const second = await send();
      expect(second.text).toBe(first.text);
      expect(second.headers['idempotency-replayed']).toBe('true');
      expect(await overviewOf(id)).toMatchObject([{ appropriatedCents: 100_000 }]);
    });

    it('a dry run of the release says what would be and posts nothing', async () => {
      const { id } = await line();
      const proposed = await one.makes('/budget/appropriations', given(id));
      const dry = await two.caller
        .post(`/budget/appropriations/${proposed.id}/release?dryRun=true`)
        .set('Idempotency-Key', randomUUID())
        .set('If-Match', '"v1"')
        .expect(200);
      expect(dry.body.state).toBe('released');
      expect(await overviewOf(id)).toEqual([]);
    });

    it('there is one initial appropriation per line and year', async () => {
      const { id } = await line();
      await appropriate(id);
      const second = await tryTo('appropriations', given(id));
      expect([second.status, second.body.code]).toEqual([409, 'duplicate']);
    });

    it('appropriation.list filters by year and pages', async () => {
      const { id } = await line();
      await appropriate(id, { fundingYear: 2031 });
      const { items } = await one.sees<{ items: { fundingYear: number }[] }>(
        '/budget/appropriations?fundingYear=2031',
      );
      expect(items.map(({ fundingYear }) => fundingYear)).toEqual([2031]);
      const { nextCursor } = await one.sees<{ nextCursor: string }>('/budget/appropriations?limit=1');
      expect(nextCursor).not.toBeNull();
      await one.caller.get(`/budget/appropriations?limit=1&cursor=${nextCursor}`).expect(200);
    });

    it.each([
      ['an amount beyond 2^53-1', { amountCents: 2 ** 53 }, 'too-large'],
      ['no money', { amountCents: 0 }, 'too-small'],
      ['parts of a cent', { amountCents: 1.5 }, 'not-an-integer'],
      ['a year nobody administers', { fundingYear: 1999 }, 'year-out-of-range'],
      ['an unknown confidence', { confidence: 'sure' }, 'not-a-choice'],
      ['a name for the releaser', { releasedBy: randomUUID() }, 'unknown-field'],
    ])('appropriation.propose refuses %s', async (_, changes, code) => {
      const { id } = await line();
      const answer = await tryTo('appropriations', given(id, changes)).expect(400);
      expect(codesOf(answer)).toContain(code);
    });

    it('an unknown line is a violation that points at it; an unknown appropriation is 404', async () => {
      const unknown = await tryTo('appropriations', given(randomUUID())).expect(422);
      expect(unknown.body.errors).toMatchObject([{ code: 'unknown-budget-line', pointer: '/lineId' }]);
      const nobody = await two.tries('/budget/appropriations', { id: randomUUID(), version: 1 }, 'release');
      expect(nobody.status).toBe(404);
    });
  });

  describe('allocations', () => {
    it('an allotment moves money on release; what is appropriated is the limit, to the cent', async () => {
      const { id } = await line();
      await appropriate(id);
      const allotment = await allocate(id);
      expect(allotment).toMatchObject({ state: 'released', centreId: null, version: 2 });
      expect(await overviewOf(id)).toMatchObject([
        { programme: null, appropriatedCents: 100_000, freeCents: 40_000 },
        { programme: 'KI', allocatedCents: 60_000, committedCents: 0, freeCents: 60_000 },
      ]);
      const over = await two.tries(
        '/budget/allocations',
        await one.makes('/budget/allocations', handedOn(id, { amountCents: 40_001 })),
        'release',
      );
      expect([over.status, over.body.code]).toEqual([409, 'budget-exhausted']);
      expect(over.body).toMatchObject({
        ...{ stage: 'appropriated', availableCents: 40_000, wantedCents: 40_001 },
        ...{ lineId: id, fundingYear: 2016 },
      });
      expect(over.body.errors).toMatchObject([{ code: 'budget-exhausted', basis: '§ 34 LHO NRW' }]);
      await allocate(id, { amountCents: 40_000 });
      expect(await overviewOf(id)).toMatchObject([{ freeCents: 0 }, { freeCents: 100_000 }]);
    });

    it('one year does not pay for another, nor one line for another', async () => {
      const [rich, poor] = [await line(), await line()];
      await appropriate(rich.id);
      for (const body of [handedOn(rich.id, { fundingYear: 2017 }), handedOn(poor.id)]) {
        const proposed = await one.makes('/budget/allocations', body);
        const refused = await two.tries('/budget/allocations', proposed, 'release');
        expect([refused.status, refused.body.availableCents]).toEqual([409, 0]);
      }
    });

    it('a quota names its centre, moves nothing, and stands once per centre, programme and year', async () => {
      const { id } = await line();
      const quota = await allocate(id, { kind: 'quota', centreId });
      expect(quota).toMatchObject({ state: 'released', kind: 'quota', centreId });
      expect(await overviewOf(id)).toEqual([]);
      const again = await tryTo('allocations', handedOn(id, { kind: 'quota', centreId }));
      expect([again.status, again.body.code]).toEqual([409, 'duplicate']);
      const nobody = await tryTo('allocations', handedOn(id, { kind: 'quota', centreId: randomUUID() }));
      expect(nobody.status).toBe(404);
      const without = await tryTo('allocations', handedOn(id, { kind: 'quota' }));
      expect([without.status, codesOf(without)]).toEqual([422, ['quota-needs-centre']]);
      const withOne = await tryTo('allocations', handedOn(id, { centreId }));
      expect([withOne.status, codesOf(withOne)]).toEqual([422, ['allotment-has-no-centre']]);
    });

    it('the same person does not release, a stale version is 412, a second release 409', async () => {
      const { id } = await line();
      await appropriate(id);
      const proposed = await one.makes('/budget/allocations', handedOn(id));
      const listed = async (state: string): Promise<string[]> =>
        (await one.sees<{ items: Thing[] }>(`/budget/allocations?state=${state}&limit=200`)).items.map(
          (item) => item.id,
        );
      expect(await listed('proposed')).toContain(proposed.id);
      const same = await one.tries('/budget/allocations', proposed, 'release');
      expect([same.status, codesOf(same)]).toEqual([422, ['four-eyes']]);
      const stale = await two.tries('/budget/allocations', { ...proposed, version: 3 }, 'release');
      expect(stale.status).toBe(412);
      const released = await two.does('/budget/allocations', proposed, 'release');
      expect(await listed('proposed')).not.toContain(proposed.id);
      expect(await listed('released')).toContain(proposed.id);
      const twice = await two.tries('/budget/allocations', released, 'release');
      expect([twice.status, twice.body.code]).toEqual([409, 'state-conflict']);
      const { items } = await one.sees<{ items: Thing[] }>('/budget/allocations?fundingYear=2016&limit=200');
      expect(items.map((item) => item.id)).toContain(proposed.id);
    });

    it('an unknown programme is refused, nothing is written', async () => {
      const { id } = await line();
      const [before] = await app.rows<{ n: string }>('select count(*) as n from allocation');
      const answer = await tryTo('allocations', handedOn(id, { programme: 'NOPE' }));
      expect(answer.status).toBe(422);
      expect(codesOf(answer)).toEqual(['unknown-programme']);
      expect(await app.rows('select count(*) as n from allocation')).toEqual([before]);
    });
  });

  describe('quotas by a key', () => {
    let centres: string[];
    beforeAll(async () => {
      centres = [centreId];
      for (const [ags, name] of [
        ['05554000', 'Kreis Borken'],
        ['05566000', 'Kreis Steinfurt'],
      ]) {
        const made = await one.makes('/centres', {
          ...{ ags, name, hostType: 'kreis', regierungsbezirk: 'Münster' },
          recipient: { name, kind: 'kreis' },
        });
        centres.push(made.id);
      }
      centres.sort();
    });
    const byKey = (lineId: string, weights: readonly number[], changes: object = {}) =>
      handedOn(lineId, {
        ...{ kind: 'quota', programme: 'KOMM_AN_II', amountCents: 100 },
        key: {
          ...{ name: 'Einwohner', source: 'IT.NRW' },
          weights: weights.map((weight, index) => ({ centreId: centres[index], weight })),
        },
        ...changes,
      });

    it('are spread by largest remainder, and the key is stored so that everybody can compute it again', async () => {
      const { id } = await line();
      const quota = await two.does<Proposal & { shares: object[] }>(
        '/budget/allocations',
        await one.makes('/budget/allocations', byKey(id, [1, 1, 1])),
        'release',
      );
      expect(quota).toMatchObject({ keyName: 'Einwohner', keySource: 'IT.NRW', centreId: null });
      expect(quota.shares).toEqual([
        { centreId: centres[0], weight: 1, amountCents: 34 },
        { centreId: centres[1], weight: 1, amountCents: 33 },
        { centreId: centres[2], weight: 1, amountCents: 33 },
      ]);
      const { items } = await one.sees<{ items: (Thing & { shares: object[] })[] }>(
        '/budget/allocations?fundingYear=2016&limit=200',
      );
      expect(items.find((item) => item.id === quota.id)?.shares).toEqual(quota.shares);
      expect(await overviewOf(id)).toEqual([]);
      const again = await tryTo('allocations', byKey(id, [1]));
      expect([again.status, again.body.code]).toEqual([409, 'duplicate']);
      const reduction = { kind: 'reduction', programme: 'KOMM_AN_II', centreId: centres[0] };
      const tooMuch = await tryTo('allocations', handedOn(id, { ...reduction, amountCents: 35 }));
      expect(codesOf(tooMuch)).toEqual(['reduction-above-quota']);
      await allocate(id, { ...reduction, amountCents: 34 });
    });

    it.each([
      ['a negative weight', [5, -1, 1], 'negative-weight', '/key/weights/1/weight'],
      ['nothing but zeros', [0, 0, 0], 'no-weight', '/key/weights'],
    ])(
      'with %s are refused with code and basis, and nothing is written',
      async (_, weights, code, pointer) => {
        const { id } = await line();
        const count = () =>
          app.rows('select (select count(*) from allocation), (select count(*) from allocation_share)');
        const before = await count();
        const answer = await tryTo('allocations', byKey(id, weights, { fundingYear: 2017 }));
        expect(answer.status).toBe(422);
        expect(answer.body.errors).toMatchObject([{ code, pointer, basis: '§ 7 TIntG NRW' }]);
        expect(await count()).toEqual(before);
      },
    );

    it('name each centre once, exist, and are no allotments', async () => {
      const { id } = await line();
      const same = [0, 1].map(() => ({ centreId: centres[0], weight: 1 }));
      const twice = byKey(id, [1], { key: { name: 'Einwohner', source: 'IT.NRW', weights: same } });
      expect(codesOf(await tryTo('allocations', twice))).toEqual(['centre-twice']);
      const allotment = byKey(id, [1], { kind: 'allotment' });
      expect(codesOf(await tryTo('allocations', allotment))).toEqual(['key-is-for-quotas']);
      const both = byKey(id, [1], { centreId });
      expect(codesOf(await tryTo('allocations', both))).toEqual(['key-or-centre']);
    });
  });

  describe('commitment authorisations', () => {
    const leave = (lineId: string, changes: object = {}) => ({
      ...{ lineId, programme: 'KI', issueYear: 2016, dueYear: 2017, amountCents: 5_000 },
      ...{ reason: 'Bewilligungen für 2017', source: 'Haushaltsgesetz', confidence: 'assumed', ...changes },
    });

    it('commitmentAuthorisation.propose and .release are two persons’ acts, listed by the year the money is due', async () => {
      const { id } = await line();
      const proposed = await one.makes<Proposal>('/budget/commitment-authorisations', leave(id));
      const same = await one.tries('/budget/commitment-authorisations', proposed, 'release');
      expect([same.status, codesOf(same)]).toEqual([422, ['four-eyes']]);
      const released = await two.does('/budget/commitment-authorisations', proposed, 'release');
      expect(released).toMatchObject({
        state: 'released',
        issueYear: 2016,
        dueYear: 2017,
        amountCents: 5_000,
      });
      const { items } = await one.sees<{ items: Thing[] }>(
        '/budget/commitment-authorisations?fundingYear=2017',
      );
      expect(items.map((item) => item.id)).toContain(proposed.id);
    });

    it.each([
      ['money of the same year', { dueYear: 2016 }, ['due-not-later'], '§ 38 LHO NRW'],
      ['an issue year that is over', { issueYear: 2015 }, ['issue-year-over'], '§ 45 LHO NRW'],
      ['an unknown programme', { programme: 'NOPE' }, ['unknown-programme'], null],
    ])('commitmentAuthorisation.propose refuses %s', async (_, changes, codes, basis) => {
      const { id } = await line();
      const answer = await tryTo('commitment-authorisations', leave(id, changes)).expect(422);
      expect(codesOf(answer)).toEqual(codes);
      expect(answer.body.errors[0].basis).toBe(basis);
    });
  });

  describe('four eyes are about persons', () => {
    it('not about accounts: a second account of the same person does not release', async () => {
      const office = new Desk(await app.signIn('admin'));
      const second = new Desk(await app.signIn('admin2'));
      const person = await office.makes('/persons', { name: 'Anna Beispiel' });
      for (const username of ['a.beispiel', 'a.beispiel2']) {
        const account = { personId: person.id, username, password: app.cast.password };
        const user = await office.makes('/users', account);
        const grants = `/users/${user.id}/roles`;
        await second.does(grants, await office.makes(grants, { role: 'ministry' }), 'confirm');
      }
      const left = new Desk(await app.signIn('a.beispiel'));
      const right = new Desk(await app.signIn('a.beispiel2'));
      const { id } = await line();
      const proposed = await left.makes<Proposal>('/budget/appropriations', given(id));
      const same = await right.tries('/budget/appropriations', proposed, 'release');
      expect([same.status, codesOf(same)]).toEqual([422, ['four-eyes']]);
      expect(await overviewOf(id)).toEqual([]);
    });

    it('not about roles: in another role the same person may not release at all', async () => {
      const { personId } = app.cast.member('ministry2');
      const office = new Desk(await app.signIn('admin'));
      const account = { personId, username: 'm.muster', password: app.cast.password };
      const user = await office.makes('/users', account);
      const grants = `/users/${user.id}/roles`;
      const grant = await office.makes(grants, { role: 'granting_authority' });
      await new Desk(await app.signIn('admin2')).does(grants, grant, 'confirm');
      const { id } = await line();
      const proposed = await two.makes<Proposal>('/budget/appropriations', given(id));
      const clerk = new Desk(await app.signIn('m.muster'));
      const refused = await clerk.tries('/budget/appropriations', proposed, 'release');
      expect([refused.status, refused.body.code]).toEqual([403, 'forbidden']);
    });

    it('and not about the application: plain SQL as the same person fails at the table', async () => {
      const sql = await SqlSession.connect(app);
      try {
        const { id } = await line();
        const proposed = await one.makes<Proposal>('/budget/appropriations', given(id));
        const other = app.cast.member('ministry2').personId;
        await sql.begin(await app.cast.actor('ministry'));
        const release = `update appropriation set state = 'released', released_at = now()`;
        for (const statement of [release, `${release}, released_by = '${other}'`]) {
          const { failure } = await sql.tries(`${statement} where id = '${proposed.id}'`);
          expect(failure).toBe('23514 released_by is another person than proposed_by');
        }
        const edit = await sql.tries(`update appropriation set amount_cents = 1 where id = '${proposed.id}'`);
        expect(edit.failure).toMatch(/^42501 permission denied/);
        const whole = await sql.tries(
          `insert into appropriation (id, line_id, funding_year, kind, amount_cents, reason, source, confidence, state, released_at)
           values ($1, $2, 2017, 'initial', 5, 'x', 'x', 'assumed', 'released', now())`,
          [randomUUID(), id],
        );
        expect(whole.failure).toMatch(/^23514/);
        await sql.rollback();
        expect(await overviewOf(id)).toEqual([]);
      } finally {
        await sql.end();
      }
    });
  });

  it('appropriations that add up beyond 2^53-1 are refused with code and basis', async () => {
    const { id } = await line();
    await appropriate(id, { amountCents: Number.MAX_SAFE_INTEGER });
    const more = await one.makes('/budget/appropriations', given(id, { kind: 'supplement', amountCents: 1 }));
    const refused = await two.tries('/budget/appropriations', more, 'release');
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toMatchObject([
      { code: 'amount-beyond-exact', basis: 'RFC 8259, section 6' },
    ]);
    expect(await overviewOf(id)).toMatchObject([{ appropriatedCents: Number.MAX_SAFE_INTEGER }]);
  });

  describe('who may', () => {
    it('the granting authority, the cash office and the auditor read; a municipality does not', async () => {
      const { username } = await app.cast.municipality(centreId);
      const municipality = await app.signIn(username);
      for (const path of ['lines', 'appropriations', 'allocations', 'overview?fundingYear=2016']) {
        for (const role of ['granting_authority', 'cashier', 'auditor', 'school_ministry']) {
          await (await app.signIn(role)).get(`/budget/${path}`).expect(200);
        }
        await municipality.get(`/budget/${path}`).expect(403);
      }
      const clerk = await app.signIn('granting_authority');
      await clerk.post('/budget/lines', {}).expect(403);
      await clerk.post(`/budget/allocations/${randomUUID()}/release`).expect(403);
    });
  });
});
