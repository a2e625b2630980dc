import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Acts, cashOf, codesOf, type ActDecision } from '../support/acts.js';
import {
  borken,
  coesfeld,
  Desk,
  Trade,
  type Decision,
  type Municipality,
  type Place,
  type Settlement,
} from '../support/trade.js';

const DAY = '2016-03-01';
const FROM = '2016-02-12';

describe('an amendment', () => {
  let trade: Trade;
  let acts: Acts;

  beforeAll(async () => {
    trade = await Trade.open('amendments', 40_000_000);
    acts = new Acts(trade);
  }, 120_000);
  afterAll(() => trade.close());

  const posts = (specialists: number, to = '2017-01-01', from = FROM) => [
    ...[
      ['specialist', specialists],
      ['assistant', 50],
      ['teacher', 200],
    ].map(([category, fteHundredths], index) => ({
      ...{ position: index + 1, category, fteHundredths, occupiedFrom: from, occupiedTo: to },
    })),
  ];
  const granted = async (place: Place, from: string, on: string): Promise<[Municipality, Decision]> => {
    const municipality = await trade.municipality(place);
    trade.on(on);
    return [municipality, await trade.clerk.grants(await municipality.applies({ from }), on)];
  };

  describe('with fewer posts', () => {
    let municipality: Municipality;
    let decision: Decision;
    let before: number;
    let act: ActDecision;

    it('is drafted on what stands; until its notice the former grant holds and the municipality sees nothing', async () => {
      [municipality, decision] = await granted(coesfeld, FROM, DAY);
      await municipality.waives(decision);
      before = cashOf(await acts.now(decision)).amountCents;
      trade.on('2016-03-15');
      const budget = await acts.budget();
      act = await acts.amends(decision, { posts: posts(200) });
      expect(act).toMatchObject({ kind: 'amendment', state: 'drafted', basisId: decision.id });
      const { amountCents, formerCents, validity } = cashOf(act);
      expect([formerCents, validity]).toEqual([before, 'drafted']);
      expect(amountCents).toBeLessThan(before);

      const own = await acts.tries(act, 'release');
      expect([own.status, codesOf(own)]).toEqual([422, ['four-eyes']]);
      await acts.does(act, 'release', undefined, trade.second);
      expect(await acts.budget()).toEqual(budget);
      await municipality.caller.get(`/decisions/${act.id}`).expect(404);
      const { chain } = await acts.course(decision, municipality);
      expect(chain.map(({ id }) => id)).toEqual([decision.id]);
      const actions = await seen(municipality, decision.caseId);
      expect(actions).toContain('decision.release');
      expect(actions).not.toContain('decision.amend');
      expect(actions.filter((action) => action === 'decision.release')).toHaveLength(1);
      expect(cashOf(await acts.now(decision)).validity).toBe('in_force');
    });

    it('from its notice on holds in place of the former, and frees the difference', async () => {
      const budget = await acts.budget();
      trade.on('2016-03-17');
      const notified = await acts.does<ActDecision>(act, 'notify', { mode: 'handover', on: '2016-03-17' });
      const { amountCents, validity } = cashOf(notified);
      expect(validity).toBe('in_force');
      expect(cashOf(await acts.now(decision)).validity).toBe('superseded');
      const after = await acts.budget();
      expect(after.freeCents - budget.freeCents).toBe(before - amountCents);
      expect(await seen(municipality, decision.caseId)).toContain('decision.amend');
      const { chain } = await acts.course(decision, municipality);
      expect(chain.map(({ kind }) => kind)).toEqual(['grant', 'amendment']);
      const backwards = await trade.app.rows<{ cents: string }>(
        `select amount_cents::text as cents from transfer where case_id = $1 and code = 'decision.notify' and undoes`,
        [decision.caseId],
      );
      expect(backwards).toContainEqual({ cents: String(before - amountCents) });
    });

    it('leaves final what was final: the rest is called at once, and not a cent more', async () => {
      const { amountCents } = cashOf(await acts.now(act));
      trade.on('2016-10-01');
      await expect(municipality.calls(decision, amountCents + 1, '2016-10-01')).rejects.toThrow('above-');
      const called = await municipality.calls(decision, amountCents, '2016-10-01');
      await trade.cashier.pays(await trade.clerk.orders(called), '2016-10-01');
    });

    it('does not reach for what has been called, nor for more without posts, nor for nothing', async () => {
      const year = { fundingYear: 2016, source: 'state_integration' };
      const { amountCents } = cashOf(await acts.now(act));
      const attempt = async (changes: object) =>
        codesOf(await acts.tries(decision, 'amend', acts.wording(changes)));
      expect(await attempt({ amounts: [{ ...year, amountCents: amountCents - 1 }] })).toEqual([
        'less-than-called',
      ]);
      expect(await attempt({ amounts: [{ ...year, amountCents: amountCents + 1 }] })).toEqual([
        'more-needs-posts',
      ]);
      expect(await attempt({ amounts: [{ ...year, amountCents }] })).toEqual(['nothing-changes']);
      expect(await attempt({ amounts: [{ ...year, amountCents: 1 }], posts: posts(300) })).toEqual([
        ...['computed-by-guideline', 'amount-named-twice', 'less-than-called'],
      ]);
    });

    it('funds no more posts than the guideline does, as no application could', async () => {
      const another = { position: 4, category: 'assistant', fteHundredths: 50 };
      const occupied = { occupiedFrom: FROM, occupiedTo: '2017-01-01' };
      const more = acts.wording({ posts: [...posts(300), { ...another, ...occupied }] });
      const refused = await acts.tries(decision, 'amend', more);
      expect(refused.status).toBe(422);
      expect(refused.body).toMatchObject({
        errors: [{ code: 'posts-above-guideline', pointer: '/posts/1' }],
      });
    });

    it('leaves a settled year alone', async () => {
      trade.on('2017-02-01');
      const report = await municipality.accounts(decision, { personnelCents: 12_000_000, materialCents: 0 });
      await trade.clerk.accepts(await trade.clerk.examines(report));
      const late = await acts.tries(decision, 'amend', acts.wording({ posts: posts(100) }));
      expect(late.status).toBe(422);
      expect(new Set(codesOf(late))).toEqual(new Set(['year-settled', 'less-than-called']));
    });

    it('tells what held on each day, and what was known of it at each instant', async () => {
      const { caseId } = decision;
      const { amountCents } = cashOf(await acts.now(act));
      expect(await acts.inForce(caseId, '?on=2016-03-16')).toMatchObject({ grantedCents: before });
      expect(await acts.inForce(caseId, '?on=2016-03-17')).toMatchObject({ grantedCents: amountCents });
      expect(await acts.inForce(caseId, '?on=2016-02-29')).toMatchObject({ grantedCents: 0, amounts: [] });
      const [row] = await trade.app.rows<{ at: Date }>(
        'select notified_at as at from decision where id = $1',
        [act.id],
      );
      const [then, justBefore] = [0, -1].map((ms) => new Date((row?.at.getTime() ?? 0) + ms).toISOString());
      expect(await acts.inForce(caseId, `?on=2017-01-01&knownAt=${then}`)).toMatchObject({
        grantedCents: amountCents,
      });
      expect(await acts.inForce(caseId, `?on=2017-01-01&knownAt=${justBefore}`)).toMatchObject({
        grantedCents: before,
      });
      const stranger = await trade.municipality({
        ags: '05570000',
        name: 'Kreis Warendorf',
        openedOn: '2016-01-01',
      });
      await stranger.caller.get(`/cases/${caseId}/grant`).expect(404);
    });
  });

  it('stands in a report that was opened before it, from the next time somebody works on that', async () => {
    const from = '2016-10-01';
    const place = { ags: '05515000', name: 'Stadt Münster', openedOn: from };
    const [municipality, decision] = await granted(place, from, '2016-10-04');
    await municipality.waives(decision);
    const opened = await municipality.opensReport(decision);
    const fewer = posts(100, '2017-01-01', from).slice(0, 1);
    trade.on('2016-10-05');
    const act = await acts.issues(
      await acts.amends(await acts.now(decision), { posts: fewer }),
      '2016-10-05',
    );
    const { amountCents } = cashOf(await acts.now(act));
    const edited = await municipality.changes<Settlement>('/settlements', opened, { narrative: 'Begonnen.' });
    const promised = (report: Settlement) =>
      Object.fromEntries(report.items.map(({ category, perNoticeCents }) => [category, perNoticeCents]));
    expect(promised(opened)['state_integration']).toBeGreaterThan(amountCents);
    expect(promised(opened)['state_school']).toBeGreaterThan(0);
    expect(promised(edited)).toEqual({
      ...{ state_integration: amountCents, state_school: 0, municipal: 2_000_000, third_party: 0 },
      ...{ personnel: null, material: null, seconded_teachers: 0 },
    });
  });

  it('with more posts needs headroom when it is released, and more time to become final', async () => {
    const municipality = await trade.municipality(borken);
    trade.on('2016-07-01');
    const few = { from: '2016-06-28' };
    const application = await acts.readied(await municipality.applies(few));
    const one = { position: 1, fteHundredths: 100, occupiedFrom: '2016-06-28', occupiedTo: '2017-01-01' };
    const partial = await acts.drafts(application, {
      kind: 'partial_grant',
      reasons: 'Mittel',
      posts: [one],
    });
    const decision = await acts.issues(partial, '2016-07-01');
    await municipality.waives(await acts.now(decision));
    const before = cashOf(await acts.now(decision)).amountCents;

    const more = await acts.amends(decision, {
      posts: [{ ...one, category: 'specialist', fteHundredths: 300 }],
    });
    const { amountCents } = cashOf(more);
    expect([before, amountCents]).toEqual([2_554_645, 7_663_934]);
    const budget = await acts.budget();
    await acts.does(more, 'release', undefined, trade.second);
    const bound = await acts.budget();
    expect(budget.freeCents - bound.freeCents).toBe(amountCents - before);
    expect(await ownSplit(municipality)).toBe(before);
    trade.on('2016-10-03');
    await acts.does(more, 'notify', { mode: 'handover', on: '2016-10-03' });
    expect(await acts.inForce(decision.caseId)).toMatchObject({
      grantedCents: amountCents,
      finalCents: before,
    });
    const early = municipality.calls(decision, before + 1, '2016-10-03');
    await expect(early).rejects.toThrow('above-final-share');
    trade.on('2016-11-04');
    expect((await municipality.calls(decision, amountCents, '2016-11-04')).amountCents).toBe(amountCents);
  });

  it('that the allotment cannot bear is refused at its release, and nothing moves', async () => {
    const place = { ags: '05566000', name: 'Kreis Steinfurt', openedOn: '2016-06-29' };
    const [, decision] = await granted(place, '2016-06-29', '2016-07-01');
    const all = posts(300, '2017-01-01', '2016-06-29');
    await acts.issues(await acts.amends(decision, { posts: all.slice(0, 1) }), '2016-07-01');
    await takesBack((await acts.budget()).freeCents, await lineOf(decision));
    const more = await acts.amends(decision, { posts: all });
    const refused = await acts.tries(more, 'release', undefined, trade.second);
    expect([refused.status, refused.body.code]).toEqual([409, 'budget-exhausted']);
    expect((await acts.now(more)).state).toBe('drafted');
    const another = await acts.tries(decision, 'amend', acts.wording({ posts: all }));
    expect([another.status, another.body.code]).toEqual([409, 'duplicate']);
    await acts.does(more, 'discard', { reason: 'Es fehlt an Mitteln.' });
  });

  /** The ministry takes money back from the allotment. */
  const takesBack = async (amountCents: number, lineId: string): Promise<void> => {
    const reduction = await trade.ministry.makes('/budget/allocations', {
      ...{ lineId, fundingYear: 2016, programme: 'KI', kind: 'reduction', amountCents, reason: 'Nachtrag' },
    });
    const second = new Desk(await trade.app.signIn('ministry2'));
    await second.does('/budget/allocations', reduction, 'release');
  };
  const lineOf = async (decision: Decision): Promise<string> => {
    const [row] = await trade.app.rows<{ line: string }>(
      'select line_id as line from decision_amount where decision_id = $1 and line_id is not null',
      [decision.id],
    );
    return row?.line ?? '';
  };
  const seen = async (municipality: Municipality, caseId: string): Promise<string[]> => {
    const { items } = await municipality.sees<{ items: { action: string }[] }>(
      `/audit/records?caseId=${caseId}&limit=200`,
    );
    return items.map(({ action }) => action);
  };
  /** What the municipality's own split says is committed. */
  const ownSplit = async (municipality: Municipality): Promise<number> => {
    const { items } = await municipality.sees<{ items: { source: string; committedCents: number }[] }>(
      '/funding-splits?fundingYear=2016',
    );
    return items.find(({ source }) => source === 'state_integration')?.committedCents ?? 0;
  };
});
