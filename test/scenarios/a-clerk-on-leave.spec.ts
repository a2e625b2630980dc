import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { Acts, codesOf } from '../support/acts.js';
import { passed } from '../support/guideline.js';
import { borken, coesfeld, Desk, Trade, type Application, type Thing } from '../support/trade.js';

const LEAVE = { from: '2016-07-04', to: '2016-07-23' };
const DURING = '2016-07-22';
const AFTER = '2016-07-23';

interface Substitution extends Thing {
  readonly personId: string;
  readonly substituteId: string;
}

/** Frau A is on leave and Herr B stands in for her. He gets her work done, and no pair of eyes is counted twice. */
describe('a clerk on leave', () => {
  let trade: Trade;
  let acts: Acts;
  let admin: Desk;
  let admin2: Desk;
  let third: Desk;
  let substitution: Substitution;
  const away = () => trade.app.cast.member('granting_authority');
  const deputy = () => trade.app.cast.member('granting_authority2');

  beforeAll(async () => {
    trade = await Trade.open('on-leave');
    acts = new Acts(trade);
    [admin, admin2] = [new Desk(await trade.app.signIn('admin')), new Desk(await trade.app.signIn('admin2'))];
    await trade.app.cast.admit([{ username: 'third', role: 'granting_authority', centreId: null }]);
    third = new Desk(await trade.app.signIn('third'));
    trade.on('2016-07-01');
  }, 120_000);
  afterAll(() => trade.close());

  /** The substitute acts for the clerk on leave. */
  const standsIn = (path: string, body: object, thing: Thing | null = null, key: string = randomUUID()) => {
    const sent = trade.second.caller
      .post(path, body)
      .set('On-Behalf-Of', away().personId)
      .set('Idempotency-Key', key);
    return thing === null ? sent : sent.set('If-Match', `"v${String(thing.version)}"`);
  };
  const wording = (applicationId: string, fileNumber: string) => ({
    ...{ applicationId, kind: 'grant', fileNumber, remedyInformation: true },
  });
  const enters = (body: object) =>
    admin.caller
      .post(`/users/${away().userId}/roles/${away().grantId}/substitutes`, body)
      .set('Idempotency-Key', randomUUID());
  const waitsFor = async (username: string, kind: string, { id }: Thing): Promise<boolean> => {
    const desk = new Desk(await trade.app.signIn(username));
    const { items } = await desk.sees<{ items: { kind: string; subject: { id: string } }[] }>(
      '/work-list?limit=200',
    );
    return items.some((item) => item.kind === kind && item.subject.id === id);
  };
  const toRelease = (username: string, decision: Thing) =>
    waitsFor(username, 'decision_to_release', decision);
  /** What the database itself answers to a release in plain SQL, by one of the clerks, for another or not. */
  const forged = async (username: string, decision: Thing, represented: string | null): Promise<string> => {
    const { sessionId } = await trade.app.cast.actor(username);
    const client = new pg.Client(trade.app.database.appUrl);
    await client.connect();
    try {
      await client.query('begin');
      await client.query('select access.enter($1, $2, $3, $4, $5, $6)', [
        ...[sessionId, 'granting_authority', 'decision.release', randomUUID(), represented, DURING],
      ]);
      await client.query('set local role foerderbuch_granting_authority');
      const { rowCount } = await client.query(
        `update decision set state = 'released', released_at = transaction_timestamp(), released_on = '${DURING}' where id = $1`,
        [decision.id],
      );
      return `${String(rowCount)} row`;
    } catch (error) {
      const { code, constraint } = error as pg.DatabaseError;
      return [code, constraint].filter((word) => word !== undefined).join(' ');
    } finally {
      await client.query('rollback');
      await client.end();
    }
  };

  it('is represented only by somebody who holds the role anyway, on days that are not over', async () => {
    const cashier = trade.app.cast.member('cashier').userId;
    const wrong = await enters({ substituteUserId: cashier, from: '2016-06-20', to: '2016-06-25' });
    expect([wrong.status, codesOf(wrong)]).toEqual([422, ['role-not-held', 'leave-over']]);
    const own = await enters({ substituteUserId: away().userId, ...LEAVE });
    expect([own.status, codesOf(own)]).toEqual([422, ['own-substitute']]);
    const nobody = await enters({ substituteUserId: randomUUID(), ...LEAVE });
    expect([nobody.status, codesOf(nobody)]).toEqual([422, ['unknown-account']]);
  });

  it('has a substitute once a second administrator confirmed it', async () => {
    const entered = await enters({ substituteUserId: deputy().userId, ...LEAVE });
    expect(entered.status).toBe(201);
    substitution = entered.body as Substitution;
    expect((await enters({ substituteUserId: deputy().userId, ...LEAVE })).status).toBe(409);
    trade.on(DURING);
    expect((await standsIn('/decisions', wording(randomUUID(), 'AZ-9'))).status).toBe(403);
    const path = `/users/${away().userId}/substitutes`;
    const toConfirm = async (desk: Desk): Promise<string[]> =>
      (
        await desk.sees<{ items: { subject: { id: string; place: string } }[] }>(
          '/work-list?kind=substitute_to_confirm',
        )
      ).items.map(({ subject }) => `${subject.place} ${subject.id}`);
    expect([await toConfirm(admin), await toConfirm(admin2)]).toEqual([[], [`${path} ${substitution.id}`]]);
    const alone = await admin.tries(path, substitution, 'confirm');
    expect([alone.status, codesOf(alone)]).toEqual([422, ['four-eyes']]);
    substitution = await admin2.does<Substitution>(path, substitution, 'confirm');
    expect(await toConfirm(admin2)).toEqual([]);
    expect(await admin.sees(path)).toEqual([substitution]);
    expect(await trade.second.sees('/me')).toMatchObject({
      represents: [{ personId: away().personId, ...LEAVE }],
    });
    expect(await trade.clerk.sees('/me')).toMatchObject({ represents: [] });
  });

  it('is represented on the days of the leave by the substitute, and by nobody else on no other day', async () => {
    const answers: [string, string, number][] = [
      ['2016-07-03', 'granting_authority2', 403],
      ['2016-07-04', 'granting_authority2', 404],
      [DURING, 'granting_authority2', 404],
      [AFTER, 'granting_authority2', 403],
      [DURING, 'third', 403],
      [DURING, 'granting_authority', 403],
    ];
    for (const [day, username, status] of answers) {
      trade.on(day);
      const caller = await trade.app.signIn(username);
      // Whoever is let in learns that there is no such application.
      const sent = await caller
        .post('/applications/00000000-0000-7000-8000-000000000000/check', passed('x'))
        .set('On-Behalf-Of', away().personId)
        .set('If-Match', '"v1"');
      expect([day, username, sent.status]).toEqual([day, username, status]);
    }
    trade.on(DURING);
    const odd = await trade.second.caller.get('/decisions').set('On-Behalf-Of', 'Frau A');
    expect([odd.status, (odd.body as { errors: { pointer: string }[] }).errors[0]?.pointer]).toEqual([
      ...[400, 'header:On-Behalf-Of'],
    ]);
  });

  describe('whose substitute drafts a decision for her', () => {
    let application: Application;
    let decision: Thing;

    beforeAll(async () => {
      trade.on(DURING);
      const municipality = await trade.municipality(coesfeld);
      application = await municipality.applies({ from: '2016-02-12' });
      const checked = await third.does('/applications', application, 'check', {
        ...passed('Vollständig'),
      });
      await third.does('/applications', checked, 'recommend', { recommendation: 'Wie beantragt' });
      const drafted = await standsIn('/decisions', wording(application.id, 'AZ-1'));
      expect(drafted.status).toBe(201);
      decision = drafted.body as Thing;
    });

    it('finds in the audit record who acted, and for whom', async () => {
      const [record] = await trade.app.rows(
        `select r.action, r.actor_person, r.on_behalf_of, convert_from(r.body, 'UTF8')::jsonb -> 'actor' as actor
           from audit_record r order by id desc limit 1`,
      );
      expect(record).toEqual({
        action: 'decision.draft',
        actor_person: deputy().personId,
        on_behalf_of: away().personId,
        actor: { person: deputy().personId, onBehalfOf: away().personId, role: 'granting_authority' },
      });
    });

    it('does not release it herself, nor does the substitute, for her or not', async () => {
      const path = `/decisions/${decision.id}/release`;
      const answers = [
        await trade.clerk.tries('/decisions', decision, 'release'),
        await trade.second.tries('/decisions', decision, 'release'),
        await standsIn(path, {}, decision),
      ];
      for (const answer of answers) expect([answer.status, codesOf(answer)]).toEqual([422, ['four-eyes']]);
    });

    it('is promised by no work list to whom the database would refuse it', async () => {
      await trade.app.cast.admit([{ username: 'fourth', role: 'granting_authority', centreId: null }]);
      const lists = ['granting_authority', 'granting_authority2', 'third', 'fourth'].map((name) =>
        toRelease(name, decision),
      );
      expect(await Promise.all(lists)).toEqual([false, false, false, true]);
      expect(await forged('fourth', decision, null)).toBe('1 row');
    });

    it('nor in plain SQL', async () => {
      expect([
        await forged('granting_authority', decision, null),
        await forged('granting_authority2', decision, null),
        await forged('granting_authority2', decision, away().personId),
        // Nobody acts for somebody without a substitution, whatever they say.
        await forged('third', decision, away().personId),
      ]).toEqual(['23514 four_eyes', '23514 four_eyes', '23514 four_eyes', 'FB403']);
    });

    it('sees a third person release it, but not who checked the application', async () => {
      const checker = await third.tries('/decisions', decision, 'release');
      expect([checker.status, codesOf(checker)]).toEqual([422, ['four-eyes', 'four-eyes']]);
      expect(await forged('third', decision, null)).toBe('23514 decision_four_eyes');
      const fourth = new Desk(await trade.app.signIn('fourth'));
      expect(await fourth.does('/decisions', decision, 'release')).toMatchObject({ state: 'released' });
    });
  });

  it('whose own draft her substitute does not release for her, though he would in his own name', async () => {
    const municipality = await trade.municipality(borken);
    const application = await acts.readied(await municipality.applies({ from: '2016-06-28' }));
    const draft = await acts.drafts(application);
    const forHer = await standsIn(`/decisions/${draft.id}/release`, {}, draft);
    expect(forHer.status).toBe(422);
    expect(codesOf(forHer)).toContain('four-eyes');
    expect(await forged('granting_authority2', draft, away().personId)).toBe('23514 four_eyes');
    expect(await forged('granting_authority2', draft, null)).toBe('1 row');
    await trade.second.does('/decisions', draft, 'release');
  });

  it('does not release what her substitute checked for her and somebody else drafted', async () => {
    const place = { ags: '05566000', name: 'Kreis Steinfurt', openedOn: '2016-01-05' };
    const application = await (await trade.municipality(place)).applies({ from: '2016-01-05' });
    const checked = await standsIn(
      `/applications/${application.id}/check`,
      passed('Vollständig'),
      application,
    );
    expect(checked.status).toBe(200);
    await third.does('/applications', checked.body as Thing, 'recommend', {
      recommendation: 'Wie beantragt',
    });
    const draft = await third.makes('/decisions', wording(application.id, 'AZ-3'));
    for (const name of ['granting_authority', 'granting_authority2', 'third'])
      expect(await toRelease(name, draft)).toBe(false);
    expect(await toRelease('fourth', draft)).toBe(true);
    const own = await trade.clerk.tries('/decisions', draft, 'release');
    expect([own.status, codesOf(own)]).toEqual([422, ['four-eyes']]);
    expect(await forged('granting_authority', draft, null)).toBe('23514 decision_four_eyes');
  });

  it('does not order anew what her substitute certified for her and somebody else had ordered first', async () => {
    const place = { ags: '05570000', name: 'Kreis Warendorf', openedOn: '2016-01-05' };
    const municipality = await trade.municipality(place);
    const granted = await trade.clerk.grants(await municipality.applies({ from: '2016-01-05' }), DURING);
    await municipality.waives(granted);
    const called = await municipality.calls(granted, 1_000, DURING);
    const certified = await standsIn(
      `/drawdowns/${called.id}/certify`,
      { factually: true, arithmetically: true },
      called,
    );
    expect(certified.status).toBe(200);
    const ordered = await third.does('/drawdowns', certified.body as Thing, 'order');
    const payment = await trade.cashier.orderFor(ordered);
    await trade.cashier.does('/payments', payment, 'bounce', { on: DURING, reason: 'Konto erloschen' });
    const account = await trade.clerk.makes(`/centres/${municipality.centreId}/bank-accounts`, {
      ...{ iban: 'DE02500105170137075030', holder: 'Kreis Warendorf' },
    });
    await third.does('/bank-accounts', account, 'confirm');
    const waiting = await trade.clerk.sees<Thing>(`/drawdowns/${called.id}`);
    expect(await waitsFor('granting_authority', 'drawdown_to_order', waiting)).toBe(false);
    expect(await waitsFor('third', 'drawdown_to_order', waiting)).toBe(true);
    const own = await trade.clerk.tries('/drawdowns', waiting, 'order');
    expect([own.status, codesOf(own)]).toEqual([422, ['four-eyes']]);
    await third.does('/drawdowns', waiting, 'order');
  });

  it('is another request for the same key, so that nothing done for her is taken for his own', async () => {
    const key = randomUUID();
    const body = wording(randomUUID(), 'AZ-9');
    const iban = { iban: 'DE02500105170137075030', holder: 'Kreis Steinfurt' };
    const { items } = await trade.clerk.sees<{ items: { id: string }[] }>('/centres');
    const path = `/centres/${items[0]?.id ?? ''}/bank-accounts`;
    expect((await standsIn('/decisions', body, null, key)).status).toBe(404);
    expect((await standsIn(path, iban, null, key)).status).toBe(201);
    const own = await trade.second.caller.post(path, iban).set('Idempotency-Key', key);
    expect([own.status, (own.body as { code: string }).code]).toEqual([422, 'idempotency-key-reused']);
  });

  it('and back early ends it with the next request', async () => {
    const path = `/users/${away().userId}/substitutes`;
    await admin.does(path, substitution, 'end');
    expect((await standsIn('/decisions', wording(randomUUID(), 'AZ-9'))).status).toBe(403);
    expect((await admin.tries(path, { ...substitution, version: 3 }, 'end')).status).toBe(409);
    expect((await trade.second.sees<{ represents: object[] }>('/me')).represents).toEqual([]);
  });
});
