import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Acts, codesOf, type ActDecision } from '../support/acts.js';
import { SqlSession } from '../support/sql-session.js';
import { borken, coesfeld, Trade, type Decision, type Desk, type Municipality } from '../support/trade.js';

interface Heard {
  readonly hearings: readonly {
    readonly id: string;
    readonly state: string;
    readonly answeredOn: string | null;
    readonly statement: string | null;
  }[];
}

const NO = { statement: 'Die Stelle war besetzt.' };

/** What a municipality says itself before money is taken back from it. */
describe('a municipality answers its own hearing', () => {
  let trade: Trade;
  let acts: Acts;
  let own: Municipality;
  let other: Municipality;
  let granted: Decision;

  beforeAll(async () => {
    trade = await Trade.open('hearings');
    acts = new Acts(trade);
    trade.on('2016-03-01');
    own = await trade.municipality(coesfeld);
    other = await trade.municipality(borken);
    granted = await trade.clerk.grants(await own.applies({ from: '2016-03-01' }), '2016-03-01');
  }, 120_000);
  afterAll(() => trade.close());

  const answers = (body: object = NO, by: Desk = own) => acts.tries(granted, 'answer-hearing', body, by);
  const latest = async (by: Desk = trade.clerk) => (await acts.course(granted, by)).hearings.at(-1);
  const waiting = async (who: Desk): Promise<string[]> => {
    const { items } = await who.sees<{ items: { kind: string }[] }>('/work-list?limit=200');
    return items.map(({ kind }) => kind).filter((kind) => kind.startsWith('hearing_'));
  };
  const deadlines = async (): Promise<number> => {
    const { items } = await own.sees<{ items: { kind: string }[] }>('/deadlines?limit=200');
    return items.filter(({ kind }) => kind === 'hearing').length;
  };

  it('decision.answerHearing is refused while nobody is being heard', async () => {
    const early = await answers();
    expect([early.status, early.body.code]).toEqual([409, 'state-conflict']);
    expect(early.body.detail).toContain('keine Anhörung');
  });

  it('decision.answerHearing takes words, of the municipality itself and of no other, about the decision as it is', async () => {
    trade.on('2016-06-01');
    await acts.hears(granted, 'revocation', '2016-06-30');
    expect([await waiting(own), await waiting(trade.clerk), await deadlines()]).toEqual([
      ...[['hearing_to_answer'], [], 1],
    ]);
    expect(await waiting(other)).toEqual([]);
    for (const body of [
      {},
      { statement: null },
      { statement: '' },
      { statement: 7 },
      { statement: 'x'.repeat(8001) },
    ])
      expect((await answers(body)).status).toBe(400);
    expect((await answers({ ...NO, answeredOn: '2016-06-01' })).status).toBe(400);
    const version = (await acts.now(granted)).version;
    const path = `/decisions/${granted.id}/answer-hearing`;
    await own.caller.post(path, NO).expect(428);
    await own.caller.post(path, NO).set('If-Match', '"v1"').expect(412);
    await other.caller
      .post(path, NO)
      .set('If-Match', `"v${String(version)}"`)
      .expect(404);
    for (const desk of [trade.clerk, trade.ministry, trade.cashier]) {
      await desk.caller
        .post(path, NO)
        .set('If-Match', `"v${String(version)}"`)
        .expect(403);
    }
    const { username } = await trade.app.cast.municipality(own.centreId, 'coesfeld-drafter', ['drafter']);
    const drafter = await trade.app.signIn(username);
    const lacking = await drafter
      .post(path, NO)
      .set('If-Match', `"v${String(version)}"`)
      .expect(403);
    expect(lacking.body.missingPower).toBe('signatory');
    const dry = await own.caller
      .post(`${path}?dryRun=true`, NO)
      .set('If-Match', `"v${String(version)}"`)
      .expect(200);
    expect((dry.body as Heard).hearings.at(-1)).toMatchObject({ answeredOn: '2016-06-01' });
    expect(await latest()).toMatchObject({ state: 'open', statement: null });
  });

  it('decision.answerHearing takes the matter from its desk to the authority’s, and is not given twice', async () => {
    const records = await trade.app.recordsOf(async () => {
      const { status, body } = await answers();
      expect([status, (body as Heard).hearings.at(-1)]).toMatchObject([
        ...[200, { state: 'open', answeredOn: '2016-06-01', statement: NO.statement }],
      ]);
    });
    expect(records).toEqual(['decision.answerHearing']);
    expect([await waiting(own), await waiting(trade.clerk), await deadlines()]).toEqual([
      ...[[], ['hearing_to_close'], 0],
    ]);
    const twice = await answers({ statement: 'Oder doch nicht.' });
    expect([twice.status, twice.body.code]).toEqual([409, 'state-conflict']);
    expect(twice.body.detail).toContain('Die Anhörung ist schon beantwortet');
  });

  it('decision.closeHearing puts no other words in its place, and need not wait for the day', async () => {
    const spoken = await acts.tries(granted, 'close-hearing', { statement: 'Sie hat alles zugegeben.' });
    expect([spoken.status, codesOf(spoken)]).toEqual([422, ['answered-by-itself']]);
    const { hearings } = await acts.does<Heard>(granted, 'close-hearing', { statement: null });
    expect(hearings.at(-1)).toMatchObject({ state: 'closed', answeredOn: '2016-06-01', ...NO });
    expect(await waiting(trade.clerk)).toEqual([]);
  });

  it('decision.answerHearing comes late, but not once the act has been made known', async () => {
    await acts.hears(granted, 'revocation', '2016-06-30');
    trade.on('2016-07-01');
    expect((await waiting(own)).concat(await waiting(trade.clerk))).toEqual([
      'hearing_to_answer',
      'hearing_to_close',
    ]);
    await acts.does(granted, 'close-hearing', { statement: null });
    const taken = acts.takenBack({ knownOn: '2016-06-01' });
    const act = await acts.does<ActDecision>(granted, 'revoke', taken);
    const late = await answers({ statement: 'Der Brief lag lange.' });
    expect((late.body as Heard).hearings.at(-1)).toMatchObject({
      ...{ state: 'closed', answeredOn: '2016-07-01', statement: 'Der Brief lag lange.' },
    });
    expect((await latest())?.statement).toBe('Der Brief lag lange.');
    const unweighed = await acts.tries(act, 'release', undefined, trade.second);
    expect([unweighed.status, unweighed.body.code]).toEqual([409, 'state-conflict']);
    expect(unweighed.body.detail).toContain('nach dem Entwurf in der Anhörung geäußert');
    expect(unweighed.body.detail).toContain('decision.discard');
    await acts.does(act, 'discard', { reason: 'Die Kommune hat sich noch geäußert.' });

    trade.on('2016-08-01');
    await acts.hears(granted, 'revocation', '2016-08-15');
    trade.on('2016-08-16');
    await acts.does(granted, 'close-hearing', { statement: null });
    await acts.issues(await acts.does<ActDecision>(granted, 'revoke', taken), '2016-08-16');
    const over = await answers();
    expect([over.status, over.body.code]).toEqual([409, 'state-conflict']);
    expect(over.body.detail).toContain('gegen ihn ist die Klage möglich');
  });

  it('decision.answerHearing between release and notice is weighed before decision.notify', async () => {
    trade.on('2016-08-20');
    const place = { ...coesfeld, ags: '05978000', name: 'Kreis Unna' };
    const heard = await trade.municipality(place);
    const decision = await trade.clerk.grants(await heard.applies({ from: '2016-08-20' }), '2016-08-20');
    await acts.hears(decision, 'revocation', '2016-08-22');
    trade.on('2016-08-23');
    await acts.does(decision, 'close-hearing', { statement: null });
    const act = await acts.does<ActDecision>(decision, 'revoke', acts.takenBack({ knownOn: '2016-08-20' }));
    await acts.does(act, 'release', undefined, trade.second);
    await acts.does(decision, 'answer-hearing', { statement: 'Der Brief lag lange.' }, heard);
    const notice = { mode: 'handover', on: '2016-08-23' };
    const unweighed = await acts.tries(act, 'notify', notice);
    expect([unweighed.status, unweighed.body.errors]).toMatchObject([
      ...[422, [{ code: 'answer-to-weigh', pointer: '/answerWeighed' }]],
    ]);
    const weighed = await acts.does<ActDecision>(act, 'notify', { ...notice, answerWeighed: true });
    expect(weighed.state).toBe('notified');
    const [record] = await trade.app.rows<{ body: string }>(
      `select convert_from(body, 'UTF8') as body from audit_record where action = 'decision.notify' order by id desc limit 1`,
    );
    expect(JSON.parse(record?.body ?? '{}')).toMatchObject({ facts: { answerWeighed: true } });
  });

  it('decision.answerHearing reaches the hearing that was closed without a word, though another has been opened', async () => {
    trade.on('2016-09-01');
    const asked = await trade.municipality({ ...coesfeld, ags: '05562000', name: 'Kreis Recklinghausen' });
    const decision = await trade.clerk.grants(await asked.applies({ from: '2016-09-01' }), '2016-09-01');
    await acts.hears(decision, 'revocation', '2016-09-02');
    trade.on('2016-09-06');
    await acts.does(decision, 'close-hearing', { statement: null });
    await acts.hears(decision, 'withdrawal', '2016-09-30');
    for (const statement of ['Zur Rücknahme.', 'Zum Widerruf.'])
      await acts.does(decision, 'answer-hearing', { statement }, asked);
    const { hearings } = await acts.course(decision);
    expect(hearings.map(({ state, statement }) => [state, statement])).toEqual([
      ['closed', 'Zum Widerruf.'],
      ['open', 'Zur Rücknahme.'],
    ]);
    const more = await acts.tries(decision, 'answer-hearing', { statement: 'Und noch etwas.' }, asked);
    expect([more.status, more.body.code]).toEqual([409, 'state-conflict']);
  });

  it('decision.answerHearing and decision.closeHearing at once: one of them is heard, and its words stay', async () => {
    trade.on('2016-09-07');
    const third = await trade.municipality({ ...coesfeld, ags: '05570000', name: 'Kreis Warendorf' });
    const decision = await trade.clerk.grants(await third.applies({ from: '2016-09-07' }), '2016-09-07');
    for (let round = 0; round < 6; round++) {
      await acts.hears(decision, 'revocation', '2016-09-30');
      const now = await acts.now(decision);
      const [first, second, closed] = await Promise.all([
        third.tries('/decisions', now, 'answer-hearing', { statement: 'Ja.' }),
        third.tries('/decisions', now, 'answer-hearing', { statement: 'Nein.' }),
        trade.clerk.tries('/decisions', now, 'close-hearing', { statement: 'Per Brief.' }),
      ]);
      const words = ['Ja.', 'Nein.', 'Per Brief.'];
      const statuses = [first, second, closed].map(({ status }) => status);
      expect(statuses.toSorted()).toEqual([200, 412, 412]);
      const { hearings } = await acts.course(decision);
      expect(hearings.at(-1)?.statement).toBe(words[statuses.indexOf(200)]);
      if (closed.status !== 200) await acts.does(decision, 'close-hearing', { statement: null });
    }
  });

  it('decision.answerHearing while an act is being drafted on its silence: the draft is not released', async () => {
    trade.on('2016-09-09');
    const place = { ...coesfeld, ags: '05770000', name: 'Kreis Minden-Lübbecke' };
    const heard = await trade.municipality(place);
    const decision = await trade.clerk.grants(await heard.applies({ from: '2016-09-09' }), '2016-09-09');
    const taken = acts.takenBack({ knownOn: '2016-09-09' });
    for (let round = 0; round < 8; round++) {
      trade.on('2016-09-09');
      await acts.hears(decision, 'revocation', '2016-09-12');
      trade.on('2016-09-13');
      await acts.does(decision, 'close-hearing', { statement: null });
      const now = await acts.now(decision);
      const [answer, draft] = await Promise.all([
        heard.tries('/decisions', now, 'answer-hearing', NO),
        trade.clerk.tries('/decisions', now, 'revoke', taken),
      ]);
      expect([answer.status, [201, 412].includes(draft.status)]).toEqual([200, true]);
      if (draft.status === 412) continue;
      const act = draft.body as ActDecision;
      expect((await acts.tries(act, 'release', undefined, trade.second)).status).toBe(409);
      await acts.does(act, 'discard', { reason: 'Die Kommune hat sich noch geäußert.' });
    }
  });

  it('decision.close waits for it: nobody is heard about a decision that rests', async () => {
    trade.on('2016-09-08');
    const place = { ...coesfeld, ags: '05758000', name: 'Kreis Herford' };
    const heard = await trade.municipality(place);
    const decision = await trade.clerk.grants(await heard.applies({ from: '2016-09-08' }), '2016-09-08');
    const report = await heard.accounts(await heard.waives(decision), {
      ...{ personnelCents: 12_000_000, materialCents: 0 },
    });
    await trade.clerk.accepts(await trade.clerk.examines(report));
    const toClose = async (): Promise<number> => {
      const { items } = await trade.clerk.sees<{ items: { kind: string }[] }>('/work-list?limit=200');
      return items.filter(({ kind }) => kind === 'decision_to_close').length;
    };
    expect(await toClose()).toBe(1);
    await acts.hears(decision, 'revocation', '2016-09-30');
    expect(await toClose()).toBe(0);
    const early = await acts.tries(decision, 'close');
    expect([early.status, codesOf(early)]).toEqual([422, ['hearing-pending']]);
    await acts.does(decision, 'answer-hearing', NO, heard);
    await acts.does(decision, 'close-hearing', { statement: null });
    await acts.does(decision, 'close');
    const { items } = await heard.sees<{ items: { kind: string }[] }>('/deadlines?limit=200');
    expect(items.map(({ kind }) => kind)).not.toContain('hearing');
  });

  describe('in plain SQL', () => {
    let sql: SqlSession;
    beforeAll(async () => {
      sql = await SqlSession.connect(trade.app);
    });
    afterAll(() => sql.end());

    /** What comes of each change of a decision's latest hearing, one after the other, by somebody; nothing of it stays. */
    async function tries(
      who: string,
      decision: Decision,
      changes: readonly string[],
    ): Promise<(string | number)[]> {
      const { hearings } = await trade.clerk.sees<Heard>(`/decisions/${decision.id}/course`);
      const id = hearings.at(-1)?.id;
      const outcomes: (string | number)[] = [];
      await sql.begin(await trade.app.cast.actor(who));
      for (const change of changes) {
        const { failure, count } = await sql.tries(`update hearing set ${change} where id = $1`, [id]);
        outcomes.push(failure?.slice(0, 5) ?? count);
      }
      await sql.rollback();
      return outcomes;
    }

    const ANSWER = `answered_at = now(), answered_on = '2016-10-04', statement = 'Nein.'`;
    const nameOf = ({ centreId }: Municipality): string => `municipality-${centreId.slice(-6)}`;

    it('it answers its own, once, and changes nothing else', async () => {
      trade.on('2016-10-04');
      const decision = await trade.clerk.grants(await other.applies({ from: '2016-10-04' }), '2016-10-04');
      await acts.hears(decision, 'revocation', '2016-10-31');
      expect(await tries(nameOf(own), decision, [ANSWER])).toEqual([0]);
      expect(
        await tries(nameOf(other), decision, [
          ...[`statement = 'Nein.'`, `state = 'closed'`, `reasons = 'nichts'`, `due_on = '2017-10-31'`],
          ...[ANSWER, ANSWER, `statement = 'Doch.'`, `answered_on = '2016-10-05'`],
        ]),
      ).toEqual(['42501', '42501', '42501', '42501', 1, 1, '42501', '42501']);
      expect(await tries('granting_authority', decision, [ANSWER])).toEqual(['42501']);
      expect(await tries('ministry', decision, [ANSWER])).toEqual(['42501']);
    });

    it('nobody dates or words what is over: the authority finds no words for a silent municipality, and it takes none as its own', async () => {
      trade.on('2016-10-05');
      const place = { ...coesfeld, ags: '05566000', name: 'Kreis Steinfurt' };
      const silent = await trade.municipality(place);
      const decision = await trade.clerk.grants(await silent.applies({ from: '2016-10-05' }), '2016-10-05');
      await acts.hears(decision, 'revocation', '2016-10-06');
      const early = `answered_at = now(), answered_on = '2016-10-04', statement = 'Nein.'`;
      expect(await tries(nameOf(silent), decision, [early])).toEqual(['23514']);
      trade.on('2016-10-10');
      await acts.does(decision, 'close-hearing', { statement: null });
      expect(
        await tries('granting_authority', decision, [
          ...[`statement = 'Sie hat alles zugegeben.'`, `closed_on = '2016-10-07'`, 'version = version + 1'],
        ]),
      ).toEqual(['42501', '42501', 1]);
      await acts.hears(decision, 'revocation', '2016-10-31');
      await acts.does(decision, 'close-hearing', { statement: 'Per Brief: nein.' });
      const itself = `answered_at = now(), answered_on = '2016-10-10'`;
      expect(await tries(nameOf(silent), decision, [itself])).toEqual(['42501']);
    });

    it('it says nothing any more about what has been made known', async () => {
      expect(await tries(nameOf(own), granted, [ANSWER])).toEqual(['42501']);
    });
  });
});
