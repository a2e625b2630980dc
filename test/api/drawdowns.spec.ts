import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { CommandRunner } from '../../src/audit/command-runner.js';
import { newId } from '../../src/kernel/ids.js';
import { invocationOf } from '../support/actors.js';
import {
  borken,
  coesfeld,
  grantedBy,
  Trade,
  type Decision,
  type Drawdown,
  type Municipality,
} from '../support/trade.js';

interface Problem {
  readonly code: string;
  readonly errors?: {
    readonly code: string;
    readonly basis: string | null;
    readonly pointer: string | null;
  }[];
}

const codesOf = (body: unknown): string[] => ((body as Problem).errors ?? []).map(({ code }) => code);

describe('drawdowns and payments', () => {
  let trade: Trade;
  let municipality: Municipality;
  let other: Municipality;
  let decision: Decision;
  let foreign: Decision;

  beforeAll(async () => {
    trade = await Trade.open('drawdowns');
    municipality = await trade.municipality(coesfeld);
    other = await trade.municipality(borken);
    trade.on('2016-06-28');
    const applications = [
      await municipality.applies({ from: '2016-02-12' }),
      await other.applies({ from: '2016-06-28' }),
    ];
    const [first, second] = applications;
    if (first === undefined || second === undefined) throw new Error('nobody applied');
    decision = await municipality.waives(await trade.clerk.grants(first, '2016-06-28'));
    foreign = await trade.clerk.grants(second, '2016-06-28');
  }, 120_000);
  afterAll(() => trade.close());

  const wanted = (changes: object = {}) => ({
    ...{ decisionId: decision.id, fundingYear: 2016, amountCents: 100_00, dueOn: '2016-06-28' },
    ...changes,
  });
  const request = (body: object, who = municipality) =>
    who.caller.post('/drawdowns', body).set('Idempotency-Key', randomUUID());
  const called = (amountCents = 100_00): Promise<Drawdown> =>
    municipality.calls(decision, amountCents, '2016-06-28');
  const moneyOf = async (stage: string): Promise<bigint> => {
    const [row] = await trade.app.rows<{ left: string }>(
      'select coalesce(sum(credits - debits), 0)::text as left from account where stage = $1 and case_id = $2',
      [stage, decision.caseId],
    );
    return BigInt(row?.left ?? '0');
  };

  describe('drawdown.request', () => {
    it('answers where it is, and once for one key', async () => {
      const key = randomUUID();
      const send = () =>
        municipality.caller.post('/drawdowns', wanted()).set('Idempotency-Key', key).expect(201);
      const first = await send();
      expect(first.headers).toMatchObject({
        location: `/api/v1/drawdowns/${String(first.body.id)}`,
        etag: '"v1"',
      });
      expect(first.body).toMatchObject({
        ...{ state: 'requested', amountCents: 100_00, dueOn: '2016-06-28', requestedOn: '2016-06-28' },
        ...{
          decisionId: decision.id,
          caseId: decision.caseId,
          centreId: municipality.centreId,
          orderedBy: null,
        },
      });
      expect((await send()).text).toBe(first.text);
      const { body } = await municipality.caller.get(`/drawdowns?decisionId=${decision.id}`).expect(200);
      expect(body.items).toHaveLength(1);
      await municipality.does('/drawdowns', first.body, 'cancel');
    });

    it('takes the last cent of the share reached and refuses one more, also when both come at once', async () => {
      const half = grantedBy(decision, 'state_integration') / 2;
      const { body } = await request(wanted({ amountCents: half + 1 })).expect(422);
      expect(body.errors).toEqual([
        expect.objectContaining({ code: 'above-payable-share', pointer: '/amountCents' }),
      ]);
      const answers = await Promise.all([1, 2].map(() => request(wanted({ amountCents: half }))));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
      for (const { status, body: made } of answers) {
        if (status === 201) await municipality.does('/drawdowns', made, 'cancel');
      }
    });

    it('says from when how much may be called, and which year the decision covers', async () => {
      const first = grantedBy(decision, 'state_integration') / 2;
      const early = await request(wanted({ amountCents: first + 1 })).expect(422);
      expect(JSON.stringify(early.body)).toContain('Ab dem 01.10.2016 sind 150.491,80 EUR abrufbar.');
      const { body } = await request(wanted({ fundingYear: 2026 })).expect(422);
      expect(codesOf(body)).toEqual(['year-not-granted']);
      expect(JSON.stringify(body)).toContain('bewilligt für 2026 nichts');
    });

    it('refuses money of a decision that is not final, and every other objection with it', async () => {
      const body = wanted({ decisionId: foreign.id, amountCents: 900_000_000, dueOn: '2017-01-02' });
      const answer = await request(body, other).expect(422);
      expect(codesOf(answer.body)).toEqual(['not-final', 'outside-funding-year', 'above-payable-share']);
    });

    it('does not know the decision of another centre, nor one that does not exist', async () => {
      await request(wanted({ decisionId: foreign.id })).expect(404);
      await request(wanted({ decisionId: newId() })).expect(404);
    });

    it.each([
      ['an amount as text', { amountCents: '10000' }],
      ['an amount with a fraction', { amountCents: 0.5 }],
      ['nothing', { amountCents: 0 }],
      ['less than nothing', { amountCents: -1 }],
      ['a day that does not exist', { dueOn: '2016-02-30' }],
      ['no day', { dueOn: undefined }],
      ['a decision that is no id', { decisionId: 'coesfeld' }],
      ['a state of its own', { state: 'ordered' }],
      ['a person of its own', { requestedBy: newId() }],
    ])('refuses %s as bad input', (_, changes) => request(wanted(changes)).expect(400));

    it('needs a key, and a municipality', async () => {
      await municipality.caller.post('/drawdowns', wanted()).expect(400);
      for (const desk of [trade.clerk, trade.ministry, trade.cashier]) {
        await desk.caller.post('/drawdowns', wanted()).set('Idempotency-Key', randomUUID()).expect(403);
      }
      await trade.app.anonymous().post('/drawdowns', wanted()).expect(401);
    });

    it('leaves nothing behind when it is only tried', async () => {
      const count = async () => (await trade.app.rows('select from drawdown')).length;
      const before = await count();
      const { headers } = await municipality.caller
        .post('/drawdowns?dryRun=true', wanted())
        .set('Idempotency-Key', randomUUID())
        .expect(201);
      expect(headers).toMatchObject({ 'dry-run': 'true' });
      expect(headers).not.toHaveProperty('location');
      expect(headers).not.toHaveProperty('etag');
      expect(await count()).toBe(before);
    });
  });

  describe('drawdown.certify', () => {
    const certify = (drawdown: Drawdown, body: object) =>
      trade.clerk.tries('/drawdowns', drawdown, 'certify', body);

    it('may be two statements of two persons; the second completes it', async () => {
      const drawdown = await called();
      const facts = await certify(drawdown, { factually: true, arithmetically: false }).expect(200);
      expect(facts.body).toMatchObject({ state: 'requested', arithmeticallyCertifiedBy: null });
      const again = await certify(facts.body, { factually: true, arithmetically: false }).expect(422);
      expect(codesOf(again.body)).toEqual(['nothing-certified']);
      const both = await trade.second.does<Drawdown & Record<string, unknown>>(
        '/drawdowns',
        facts.body,
        'certify',
        {
          ...{ factually: true, arithmetically: true },
        },
      );
      expect(both).toMatchObject({
        state: 'certified',
        factuallyCertifiedBy: trade.app.cast.member('granting_authority').personId,
        arithmeticallyCertifiedBy: trade.app.cast.member('granting_authority2').personId,
      });
      await municipality.does('/drawdowns', both, 'cancel');
    });

    it('wants the version it was made for', async () => {
      const drawdown = await called();
      const path = `/drawdowns/${drawdown.id}/certify`;
      const body = { factually: true, arithmetically: true };
      await trade.clerk.caller.post(path, body).expect(428);
      await trade.clerk.caller.post(path, body).set('If-Match', '"v7"').expect(412);
      await municipality.tries('/drawdowns', drawdown, 'certify', body).expect(403);
      await certify(drawdown, { factually: 'yes', arithmetically: true }).expect(400);
      await municipality.does('/drawdowns', drawdown, 'cancel');
    });
  });

  describe('drawdown.order', () => {
    it('books the money, once, and orders the payment to the account confirmed by two persons', async () => {
      const committed = await moneyOf('committed');
      const certified = await trade.clerk.certifies(await called());
      const same = await trade.clerk.tries('/drawdowns', certified, 'order').expect(422);
      expect(codesOf(same.body)).toEqual(['four-eyes']);
      const ordered = await trade.second.does('/drawdowns', certified, 'order');
      expect(await moneyOf('committed')).toBe(committed - 10_000n);
      expect(await moneyOf('called')).toBe(10_000n);
      const again = await trade.second.tries('/drawdowns', ordered, 'order').expect(409);
      expect(again.body.code).toBe('state-conflict');
      await municipality.tries('/drawdowns', ordered, 'cancel').expect(409);

      const { items } = await trade.cashier.sees<{ items: Drawdown[] }>(`/payments?drawdownId=${ordered.id}`);
      expect(items).toEqual([
        expect.objectContaining({
          ...{
            state: 'ordered',
            amountCents: 100_00,
            iban: 'DE89370400440532013000',
            holder: 'Kreis Coesfeld',
          },
          reference: '36.02-KI-2016-1 2016 2016-06-28',
        }),
      ]);
      await trade.cashier.pays(ordered, '2016-06-28');
    });

    it('waits for the due day', async () => {
      const later = await trade.clerk.certifies(await municipality.calls(decision, 1, '2016-06-29'));
      const early = await trade.second.tries('/drawdowns', later, 'order').expect(422);
      expect(codesOf(early.body)).toEqual(['not-due']);
      await municipality.does('/drawdowns', later, 'cancel');
    });

    it('needs both statements first', async () => {
      const drawdown = await called();
      await trade.second.tries('/drawdowns', drawdown, 'order').expect(409);
      await municipality.does('/drawdowns', drawdown, 'cancel');
    });
  });

  it('drawdown.reject says why and frees the share', async () => {
    const drawdown = await called(1);
    await trade.clerk.tries('/drawdowns', drawdown, 'reject', {}).expect(400);
    const rejected = await trade.clerk.does('/drawdowns', drawdown, 'reject', { reason: 'Falsches Jahr.' });
    expect(rejected).toMatchObject({ state: 'rejected', reason: 'Falsches Jahr.' });
    await trade.clerk
      .tries('/drawdowns', rejected, 'certify', { factually: true, arithmetically: true })
      .expect(409);
  });

  describe('payment.confirm', () => {
    it('is the cash office’s, from the day of the order until today, once', async () => {
      const paid = await moneyOf('paid');
      const ordered = await trade.clerk.orders(await called());
      const { items } = await trade.cashier.sees<{ items: Drawdown[] }>(`/payments?drawdownId=${ordered.id}`);
      const [payment] = items;
      if (payment === undefined) throw new Error('nothing was ordered');
      const confirm = (on: unknown, desk = trade.cashier as Trade['ministry']) =>
        desk.tries('/payments', payment, 'confirm', { on });
      expect(codesOf((await confirm('2016-06-27').expect(422)).body)).toEqual(['paid-on-impossible']);
      expect(codesOf((await confirm('2016-06-29').expect(422)).body)).toEqual(['paid-on-impossible']);
      await confirm('yesterday').expect(400);
      await confirm('2016-06-28', trade.clerk).expect(403);
      await confirm('2016-06-28', municipality).expect(403);
      const { body } = await confirm('2016-06-28').expect(200);
      expect(body).toMatchObject({ state: 'confirmed', version: 2 });
      await confirm('2016-06-28').expect(412);
      await trade.cashier.tries('/payments', body, 'confirm', { on: '2016-06-28' }).expect(409);
      expect(await moneyOf('paid')).toBe(paid + 10_000n);
    });
  });

  describe('money that comes back', () => {
    const reason = 'Konto erloschen';
    const ordered = async () => {
      const drawdown = await trade.clerk.orders(await called());
      return { drawdown, payment: await trade.cashier.orderFor(drawdown) };
    };
    const moneyNow = async () => [await moneyOf('committed'), await moneyOf('called'), await moneyOf('paid')];
    const reversalsOf = (code: string) =>
      trade.app.rows<{ undoes: string; mirrored: boolean }>(
        `select o.code as undoes, (t.debit, t.credit, t.amount_cents) = (o.credit, o.debit, o.amount_cents) as mirrored
           from transfer t join transfer o on o.id = t.reverses where t.code = $1 and t.case_id = $2 order by t.id`,
        [code, decision.caseId],
      );

    it('payment.read shows one payment with its ETag, to its centre and the offices', async () => {
      const { drawdown, payment } = await ordered();
      const { body, headers } = await municipality.caller.get(`/payments/${payment.id}`).expect(200);
      expect(headers['etag']).toBe('"v1"');
      expect(body).toMatchObject({ drawdownId: drawdown.id, state: 'ordered', cameBackOn: null });
      await other.caller.get(`/payments/${payment.id}`).expect(404);
      await trade.cashier.caller.get(`/payments/${newId()}`).expect(404);
      await trade.cashier.pays(drawdown, '2016-06-28');
    });

    it('payment.bounce: nothing was paid, and the drawdown is ordered anew to a corrected account', async () => {
      const before = await moneyNow();
      const { drawdown, payment } = await ordered();
      const bounce = (body: object, desk: Pick<Municipality, 'tries'> = trade.cashier) =>
        desk.tries('/payments', payment, 'bounce', body);
      expect(codesOf((await bounce({ on: '2016-06-27', reason }).expect(422)).body)).toEqual([
        'came-back-on-impossible',
      ]);
      await bounce({ on: '2016-06-28' }).expect(400);
      await bounce({ on: '2016-06-28', reason }, trade.clerk).expect(403);
      await trade.cashier.tries('/payments', payment, 'return', { on: '2016-06-28', reason }).expect(409);

      const { body } = await bounce({ on: '2016-06-28', reason }).expect(200);
      expect(body).toMatchObject({
        ...{ state: 'bounced', version: 2, cameBackOn: '2016-06-28', cameBackReason: reason },
        cameBackBy: trade.app.cast.member('cashier').personId,
      });
      expect(await moneyNow()).toEqual(before);
      expect(await reversalsOf('payment.bounce')).toEqual([{ undoes: 'drawdown.order', mirrored: true }]);

      const waiting = await municipality.sees<Drawdown>(`/drawdowns/${drawdown.id}`);
      expect(waiting).toMatchObject({ state: 'certified', orderedOn: null, orderedBy: null });
      const account = await trade.clerk.makes(`/centres/${municipality.centreId}/bank-accounts`, {
        ...{ iban: 'DE02500105170137075030', holder: 'Kreis Coesfeld' },
      });
      await trade.second.does('/bank-accounts', account, 'confirm');
      expect(codesOf((await trade.clerk.tries('/drawdowns', waiting, 'order').expect(422)).body)).toEqual([
        'four-eyes',
      ]);
      const again = await trade.second.does<Drawdown>('/drawdowns', waiting, 'order');
      expect(await trade.cashier.orderFor(again)).toMatchObject({ iban: 'DE02500105170137075030' });
      await trade.cashier.pays(again, '2016-06-28');
      const [, , paid = 0n] = before;
      expect(await moneyOf('paid')).toBe(paid + 10_000n);
      const { items } = await municipality.sees<{ items: Drawdown[] }>(`/payments?drawdownId=${drawdown.id}`);
      expect(items.map(({ state }) => state)).toEqual(['bounced', 'confirmed']);
    });

    it('payment.return: what had been paid is no longer paid, and may be cancelled or ordered', async () => {
      const before = await moneyNow();
      const { drawdown, payment } = await ordered();
      await trade.cashier.pays(drawdown, '2016-06-28');
      const confirmed = { ...payment, version: 2 };
      await trade.cashier.tries('/payments', confirmed, 'bounce', { on: '2016-06-28', reason }).expect(409);
      const back = await trade.cashier.does('/payments', confirmed, 'return', { on: '2016-06-28', reason });
      expect(back).toMatchObject({ state: 'returned', version: 3, confirmedOn: '2016-06-28' });
      expect(await moneyNow()).toEqual(before);
      expect(await reversalsOf('payment.return')).toEqual([
        { undoes: 'payment.confirm', mirrored: true },
        { undoes: 'drawdown.order', mirrored: true },
      ]);
      await trade.cashier.tries('/payments', back, 'return', { on: '2016-06-28', reason }).expect(409);
      const waiting = await municipality.sees<Drawdown>(`/drawdowns/${drawdown.id}`);
      expect(await municipality.does('/drawdowns', waiting, 'cancel')).toMatchObject({ state: 'cancelled' });
    });

    it('is not paid in the split of the year', async () => {
      const path = `/funding-splits?fundingYear=2016&centreId=${municipality.centreId}`;
      const paid = async () => {
        const { items } = await trade.clerk.sees<{ items: { source: string; paidCents: number | null }[] }>(
          path,
        );
        return items.find(({ source }) => source === 'state_integration')?.paidCents;
      };
      const before = await paid();
      const { drawdown, payment } = await ordered();
      await trade.cashier.pays(drawdown, '2016-06-28');
      expect(await paid()).toBe(Number(before) + 10_000);
      await trade.cashier.does('/payments', { ...payment, version: 2 }, 'return', {
        on: '2016-06-28',
        reason,
      });
      expect(await paid()).toBe(before);
      await municipality.does(
        '/drawdowns',
        await municipality.sees<Drawdown>(`/drawdowns/${drawdown.id}`),
        'cancel',
      );
    });
  });

  describe('who sees what', () => {
    it('a municipality its own, as if there were no other', async () => {
      const drawdown = await called(1);
      await other.caller.get(`/drawdowns/${drawdown.id}`).expect(404);
      await other.tries('/drawdowns', drawdown, 'cancel').expect(404);
      expect((await other.caller.get('/drawdowns').expect(200)).body.items).toEqual([]);
      expect((await other.caller.get(`/payments?decisionId=${decision.id}`).expect(200)).body.items).toEqual(
        [],
      );
      for (const role of ['ministry', 'auditor', 'cashier', 'school_ministry']) {
        await (await trade.app.signIn(role)).get(`/drawdowns/${drawdown.id}`).expect(200);
      }
      await (await trade.app.signIn('admin')).get(`/drawdowns/${drawdown.id}`).expect(403);
      await municipality.does('/drawdowns', drawdown, 'cancel');
    });

    it('page by page, each drawdown once', async () => {
      const seen: string[] = [];
      let path = '/drawdowns?limit=2&state=cancelled';
      for (;;) {
        const { body } = await trade.clerk.caller.get(path).expect(200);
        seen.push(...(body.items as Drawdown[]).map(({ id }) => id));
        if (body.nextCursor === null) break;
        path = `/drawdowns?limit=2&state=cancelled&cursor=${String(body.nextCursor)}`;
      }
      const all = await trade.app.rows('select from drawdown where state = $1', ['cancelled']);
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen).toHaveLength(all.length);
      await trade.clerk.caller.get('/drawdowns?state=paid').expect(400);
      await trade.clerk.caller.get('/drawdowns?limit=0').expect(400);
    });
  });

  describe('past the application', () => {
    /** One statement as the database role of somebody, in a context of theirs. */
    const as = async (username: string, sql: string, parameters: unknown[]) => {
      const actor = await trade.app.cast.actor(username);
      return trade.app.get(CommandRunner).run(invocationOf(actor), 'drawdown.order', async (unit) => {
        unit.concerns({ type: 'drawdown', id: newId(), version: null, centreId: null, caseId: null });
        return unit.rows(sql, parameters);
      });
    };

    it('the database counts persons: who certified the arithmetic cannot order', async () => {
      const certified = await trade.clerk.certifies(await called(1));
      const order = `update drawdown set state = 'ordered', ordered_at = now(), ordered_on = due_on where id = $1`;
      await expect(as('granting_authority', order, [certified.id])).rejects.toThrow(
        /ordered_by is another person than/,
      );
      await municipality.does('/drawdowns', certified, 'cancel');
    });

    it('the cash office takes an order back and does nothing else to a drawdown', async () => {
      const certified = await trade.clerk.certifies(await called(1));
      const refused = /permission denied|row-level security|does not go from/;
      for (const sql of [
        `update drawdown set state = 'ordered', ordered_at = now(), ordered_on = due_on where state = 'ordered'`,
        `update drawdown set amount_cents = 1 where id = $1`,
        `update drawdown set state = 'cancelled' where state = 'ordered'`,
      ]) {
        await expect(as('cashier', sql, sql.includes('$1') ? [certified.id] : [])).rejects.toThrow(refused);
      }
      await municipality.does('/drawdowns', certified, 'cancel');
    });

    it('a municipality certifies nothing, orders nothing and confirms nothing', async () => {
      const drawdown = await called(1);
      const { username } = trade.app.cast.member(`municipality-${municipality.centreId.slice(-6)}`);
      for (const sql of [
        'update drawdown set factually_certified_at = now() where id = $1',
        `update drawdown set state = 'certified' where id = $1`,
        `update drawdown set amount_cents = 1 where id = $1`,
        `update payment set state = 'confirmed' where drawdown_id = $1`,
        `update payment set state = 'bounced' where drawdown_id = $1`,
        'delete from drawdown where id = $1',
      ]) {
        await expect(as(username, sql, [drawdown.id])).rejects.toThrow(
          /permission denied|row-level security/,
        );
      }
      await municipality.does('/drawdowns', drawdown, 'cancel');
    });
  });
});
