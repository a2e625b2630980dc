import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { CalendarDate } from '../../src/kernel/calendar-date.js';
import { TestApp } from '../support/app.js';
import { guidelineBody } from '../support/guideline.js';
import { Desk, type Thing } from '../support/trade.js';

interface Proposal extends Thing {
  readonly state: string;
  readonly withdrawnBy: string | null;
  readonly withdrawalReason: string | null;
}

/** What can be proposed: by whom, where, and how it is released. */
interface Case {
  readonly thing: string;
  readonly office: 'ministry' | 'granting_authority';
  /** Where it is proposed, and where it then is. */
  readonly from: () => string;
  readonly at: string;
  readonly list: () => string;
  readonly body: () => object;
  readonly verb: 'release' | 'confirm';
  /** What the answer names when it is too late to withdraw. */
  readonly instead: string;
  readonly operation: string;
  /** The kind of work that waits for the second person. */
  readonly work: string;
}

const REASON = { reason: 'Beim Betrag eine Null zu viel.' };

describe('a proposal is withdrawn before anything comes of it', () => {
  let app: TestApp;
  let centreId = '';
  let year = 2016;
  let lineId = '';
  const desks = new Map<string, Desk>();

  beforeAll(async () => {
    app = await TestApp.boot('withdrawals');
    app.clock.playOn(CalendarDate.parse('2016-01-04'));
    for (const who of [
      'ministry',
      'ministry2',
      'school_ministry',
      'granting_authority',
      'granting_authority2',
    ])
      desks.set(who, new Desk(await app.signIn(who)));
    const centre = await desk('ministry').makes('/centres', {
      ...{ ags: '05558000', name: 'Kreis Coesfeld', hostType: 'kreis', regierungsbezirk: 'Münster' },
      recipient: { name: 'Kreis Coesfeld', kind: 'kreis' },
    });
    centreId = centre.id;
    const line = { chapter: '11 060', title: 'TG 68', name: 'Integration', transferable: false };
    lineId = (await desk('ministry').makes('/budget/lines', line)).id;
  }, 120_000);
  afterAll(() => app.close());

  function desk(who: string): Desk {
    const found = desks.get(who);
    if (found === undefined) throw new Error(`nobody is called ${who}`);
    return found;
  }

  const of = () => ({ lineId, fundingYear: year, amountCents: 100_000, reason: 'Haushalt' });
  const law = { source: 'Haushaltsgesetz', confidence: 'assumed' };
  const cases: readonly Case[] = [
    {
      ...{ thing: 'an appropriation', office: 'ministry', at: '/budget/appropriations', verb: 'release' },
      ...{ from: () => '/budget/appropriations', list: () => '/budget/appropriations?limit=200' },
      body: () => ({ ...of(), ...law }),
      ...{ instead: 'appropriation.propose', operation: 'appropriation.withdraw' },
      work: 'appropriation_to_release',
    },
    {
      ...{ thing: 'a quota', office: 'ministry', at: '/budget/allocations', verb: 'release' },
      ...{ from: () => '/budget/allocations', list: () => '/budget/allocations?limit=200' },
      body: () => ({ ...of(), programme: 'KI', kind: 'quota', centreId }),
      ...{ instead: 'allocation.propose', operation: 'allocation.withdraw', work: 'allocation_to_release' },
    },
    {
      ...{ thing: 'a commitment authorisation', office: 'ministry', verb: 'release' },
      at: '/budget/commitment-authorisations',
      from: () => '/budget/commitment-authorisations',
      list: () => '/budget/commitment-authorisations?limit=200',
      body: () => ({
        ...{ lineId, programme: 'KI', issueYear: 2016, dueYear: 2017, amountCents: 100_000, reason: '2017' },
        ...law,
      }),
      ...{ instead: '§ 45 LHO NRW', operation: 'commitmentAuthorisation.withdraw' },
      work: 'authorisation_to_release',
    },
    {
      ...{ thing: 'a bank account', office: 'granting_authority', at: '/bank-accounts', verb: 'confirm' },
      from: () => `/centres/${centreId}/bank-accounts`,
      list: () => `/centres/${centreId}/bank-accounts?limit=200`,
      body: () => ({ iban: 'DE02120300000000202051', holder: 'Kreiskasse' }),
      ...{ instead: 'recipient.proposeAccount', operation: 'recipient.withdrawAccount' },
      work: 'account_to_confirm',
    },
    {
      ...{ thing: 'a guideline', office: 'ministry', at: '/guidelines', verb: 'release' },
      ...{ from: () => '/guidelines', list: () => '/guidelines?limit=200' },
      body: () => ({
        ...guidelineBody(),
        programme: 'KIM_1',
        validFrom: `${String(year)}-01-01`,
        validTo: null,
      }),
      ...{ instead: 'guideline.draft', operation: 'guideline.withdraw', work: 'guideline_to_release' },
    },
  ];

  describe.each(cases)('$thing', ({ office, from, at, list, body, verb, instead, operation, work }) => {
    const one = () => desk(office);
    const two = () => desk(`${office}2`);
    const proposes = () => one().makes<Proposal>(from(), body());
    const listed = async (id: string): Promise<Proposal | undefined> =>
      (await one().sees<{ items: Proposal[] }>(list())).items.find((each) => each.id === id);
    const waiting = async (): Promise<string[]> => {
      const { items } = await two().sees<{ items: { kind: string; subject: { id: string } }[] }>(
        '/work-list?limit=200',
      );
      return items.filter(({ kind }) => kind === work).map(({ subject }) => subject.id);
    };

    it('goes from the work list and into the record, with who, when and why; another may follow', async () => {
      const proposed = await proposes();
      expect(await waiting()).toContain(proposed.id);
      let withdrawn: Proposal | null = null;
      const records = await app.recordsOf(async () => {
        withdrawn = await one().does<Proposal>(at, proposed, 'withdraw', REASON);
      });
      expect(withdrawn).toMatchObject({
        ...{ id: proposed.id, state: 'withdrawn', version: proposed.version + 1 },
        ...{ withdrawnBy: app.cast.member(office).personId, withdrawalReason: REASON.reason },
        withdrawnAt: expect.stringMatching(/^\d{4}-/),
      });
      expect(records).toEqual([operation]);
      expect(await listed(proposed.id)).toMatchObject({
        state: 'withdrawn',
        withdrawalReason: REASON.reason,
      });
      expect(await waiting()).not.toContain(proposed.id);

      const again = await proposes();
      expect(again).toMatchObject({ withdrawnAt: null, withdrawnBy: null, withdrawalReason: null });
      await one().does(at, again, 'withdraw', REASON);
    });

    it('is withdrawn by the second person too, who so refuses it; nobody releases or withdraws it any more', async () => {
      const proposed = await proposes();
      const withdrawn = await two().does<Proposal>(at, proposed, 'withdraw', REASON);
      expect(withdrawn.withdrawnBy).toBe(app.cast.member(`${office}2`).personId);
      for (const step of [verb, 'withdraw']) {
        const late = await two().tries(at, withdrawn, step, step === 'withdraw' ? REASON : undefined);
        expect([late.status, late.body.code]).toEqual([409, 'state-conflict']);
        expect(late.body.detail).toContain(
          'durch eine zweite Person; Begründung: „Beim Betrag eine Null zu viel.“',
        );
        expect(late.body).toMatchObject({
          ...{ withdrawnBy: withdrawn.withdrawnBy, withdrawalReason: REASON.reason },
        });
      }
      expect(await listed(proposed.id)).toMatchObject({ state: 'withdrawn', version: withdrawn.version });
    });

    it('is not withdrawn without a reason, without its version or with a stale one', async () => {
      const proposed = await proposes();
      const path = `${at}/${proposed.id}/withdraw`;
      const sends = (given: object, etag = '"v1"') =>
        one().caller.post(path, given).set('Idempotency-Key', randomUUID()).set('If-Match', etag);
      for (const given of [{}, { reason: '' }, { reason: 7 }, { reason: 'x'.repeat(501) }, { reason: null }])
        await sends(given).expect(400);
      const more = await sends({ ...REASON, withdrawnBy: randomUUID() }).expect(400);
      expect(more.body.errors).toMatchObject([{ code: 'unknown-field', pointer: '/withdrawnBy' }]);
      await sends(REASON, '"v7"').expect(412);
      await one().caller.post(path, REASON).set('Idempotency-Key', randomUUID()).expect(428);
      const nobody = await one().tries(at, { id: randomUUID(), version: 1 }, 'withdraw', REASON);
      expect(nobody.status).toBe(404);
      const other = desk(office === 'ministry' ? 'granting_authority' : 'ministry');
      expect((await other.tries(at, proposed, 'withdraw', REASON)).status).toBe(403);

      const dry = await one()
        .caller.post(`${path}?dryRun=true`, REASON)
        .set('Idempotency-Key', randomUUID())
        .set('If-Match', '"v1"')
        .expect(200);
      expect(dry.body.state).toBe('withdrawn');
      expect(await listed(proposed.id)).toMatchObject({ state: proposed.state, version: 1 });
      await one().does(at, proposed, 'withdraw', REASON);
    });

    it('is not withdrawn once it counts: the answer says what is done instead', async () => {
      const proposed = await proposes();
      const released = await two().does<Proposal>(at, proposed, verb);
      const late = await one().tries(at, released, 'withdraw', REASON);
      expect([late.status, late.body.code]).toEqual([409, 'state-conflict']);
      expect(late.body.detail).toContain('kann jetzt nicht zurückgezogen werden');
      expect(late.body.detail).toContain(instead);
      expect(late.body).not.toHaveProperty('withdrawnBy');
      const english = await one()
        .caller.post(`${at}/${proposed.id}/withdraw`, REASON)
        .set({
          'Idempotency-Key': randomUUID(),
          'If-Match': `"v${String(released.version)}"`,
          'Accept-Language': 'en',
        })
        .expect(409);
      expect(english.body.detail).toContain('cannot be withdrawn now');
      expect(await listed(proposed.id)).toMatchObject({ state: released.state, withdrawalReason: null });
      year += 1;
    });
  });

  describe('what it frees, and what it does not', () => {
    const [one, two] = [() => desk('ministry'), () => desk('ministry2')];
    const quota = (fundingYear: number, changes: object = {}) => ({
      ...{ lineId, fundingYear, programme: 'KI', kind: 'quota', centreId, amountCents: 900, reason: 'Plan' },
      ...changes,
    });
    const tries = (path: string, body: object) =>
      one().caller.post(path, body).set('Idempotency-Key', randomUUID());

    it('a quota distributed by a key keeps its shares to be read, and gives its centres free for another', async () => {
      const key = { name: 'gleich', source: 'Erlass', weights: [{ centreId, weight: 1 }] };
      const byKey = quota(2031, { centreId: null, key });
      const proposed = await one().makes('/budget/allocations', byKey);
      expect((await tries('/budget/allocations', byKey)).body.code).toBe('duplicate');
      const withdrawn = await one().does('/budget/allocations', proposed, 'withdraw', REASON);
      expect(withdrawn).toMatchObject({ state: 'withdrawn', shares: [{ centreId, amountCents: 900 }] });
      const again = await one().makes('/budget/allocations', byKey);
      await two().does('/budget/allocations', again, 'release');
      const { items } = await one().sees<{ items: { id: string }[] }>(
        '/budget/allocations?fundingYear=2031&state=withdrawn',
      );
      expect(items.map(({ id }) => id)).toEqual([proposed.id]);
    });

    it('a quota is not withdrawn from under what takes it back', async () => {
      const proposed = await one().makes('/budget/allocations', quota(2032));
      const back = await one().makes(
        '/budget/allocations',
        quota(2032, { kind: 'reduction', amountCents: 400 }),
      );
      const refused = await one().tries('/budget/allocations', proposed, 'withdraw', REASON);
      expect([refused.status, refused.body.errors[0].code]).toEqual([422, 'reduction-rests-on-quota']);
      await one().does('/budget/allocations', back, 'withdraw', REASON);
      await one().does('/budget/allocations', proposed, 'withdraw', REASON);
    });

    it('a withdrawn reduction leaves the whole quota to be reduced', async () => {
      const proposed = await one().makes('/budget/allocations', quota(2033));
      await two().does('/budget/allocations', proposed, 'release');
      const whole = quota(2033, { kind: 'reduction', amountCents: 900 });
      const back = await one().makes('/budget/allocations', whole);
      expect((await tries('/budget/allocations', whole)).status).toBe(422);
      await one().does('/budget/allocations', back, 'withdraw', REASON);
      await two().does('/budget/allocations', await one().makes('/budget/allocations', whole), 'release');
    });

    it('who takes back a quota at the same time as somebody else, or as it is withdrawn, hears what is left of it', async () => {
      for (let round = 2040; round < 2046; round++) {
        const proposed = await one().makes('/budget/allocations', quota(round));
        const most = quota(round, { kind: 'reduction', amountCents: 500 });
        const [first, second, withdrawn] = await Promise.all([
          tries('/budget/allocations', most),
          tries('/budget/allocations', most),
          one().tries('/budget/allocations', proposed, 'withdraw', REASON),
        ]);
        const taken = [first, second].filter(({ status }) => status === 201).length;
        expect([taken, withdrawn.status]).toEqual(taken === 0 ? [0, 200] : [1, 422]);
      }
    });

    it('nothing is posted, and no overview knows of it', async () => {
      const proposed = await one().makes('/budget/appropriations', { ...of(), ...law, fundingYear: 2034 });
      const transfers = () => app.rows('select id from transfer');
      const before = await transfers();
      await one().does('/budget/appropriations', proposed, 'withdraw', REASON);
      expect(await transfers()).toEqual(before);
      const { items } = await one().sees<{ items: object[] }>('/budget/overview?fundingYear=2034');
      expect(items).toEqual([]);
    });

    it('what still waited when the books of its year were closed is withdrawn, not released', async () => {
      const proposed = await one().makes('/budget/appropriations', { ...of(), ...law, fundingYear: 2015 });
      const opened = await one().makes('/budget/years', { fundingYear: 2015 });
      await one().does('/budget/years', opened, 'close');
      const late = await two().tries('/budget/appropriations', proposed, 'release');
      expect([late.status, late.body.detail]).toEqual([
        ...[409, 'Die Bücher dieses Haushaltsjahres sind geschlossen.'],
      ]);
      await two().does('/budget/appropriations', proposed, 'withdraw', REASON);
    });
  });

  describe('a guideline of two ministries', () => {
    const drafts = (programme: string) =>
      desk('ministry').makes<Proposal>('/guidelines', { ...guidelineBody(), programme });

    it('is withdrawn by the school ministry, too, as long as that has not released it', async () => {
      const released = await desk('ministry2').does<Proposal>('/guidelines', await drafts('KI'), 'release');
      const withdrawn = await desk('school_ministry').does<Proposal>(
        ...(['/guidelines', released, 'withdraw', REASON] as const),
      );
      expect(withdrawn).toMatchObject({
        ...{ state: 'withdrawn', binding: false, withdrawnBy: app.cast.member('school_ministry').personId },
      });
      const late = await desk('school_ministry').tries('/guidelines', withdrawn, 'co-release');
      expect(late.body.detail).toContain('Möglich ist ein neuer Entwurf (guideline.draft).');
    });

    it('and once it has, by nobody: it binds', async () => {
      const released = await desk('ministry2').does('/guidelines', await drafts('KI'), 'release');
      const binding = await desk('school_ministry').does('/guidelines', released, 'co-release');
      for (const who of ['ministry', 'school_ministry']) {
        const late = await desk(who).tries('/guidelines', binding, 'withdraw', REASON);
        expect([late.status, late.body.code]).toEqual([409, 'state-conflict']);
        expect(late.body.detail).toContain('wird nur durch eine neue Fassung abgelöst (guideline.draft)');
      }
    });

    it('of another programme is no business of the school ministry', async () => {
      const drafted = await drafts('KIM_3');
      const refused = await desk('school_ministry').tries('/guidelines', drafted, 'withdraw', REASON);
      expect([refused.status, refused.body.code]).toEqual([409, 'state-conflict']);
      expect(refused.body.detail).toContain('befindet allein das Integrationsministerium');
    });
  });
});
