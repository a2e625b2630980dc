import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { AcceptanceService } from '../../src/settlement/acceptance.service.js';
import { DecisionService } from '../../src/grants/decision/decision.service.js';
import { DrawdownService } from '../../src/grants/drawdown/drawdown.service.js';
import { Failure } from '../../src/kernel/failure.js';
import type { DecisionId, DrawdownId, SettlementId } from '../../src/kernel/ids.js';
import { Acts } from '../support/acts.js';
import { invocationOf } from '../support/actors.js';
import { coesfeld, borken, Desk, grantedBy, Trade, type Thing } from '../support/trade.js';

const DAY = '2016-10-04';
const PASSWORD = 'Sieben Brücken, ein Fluss';
const AT_ONCE = 10;

/**
 * The clerk prepared everything here and tries, two thousand times, to be the second person, too: under its own
 * account, under another account of the same person, renamed, many times at once, through the application's services
 * and past them in plain SQL.
 */
describe('nobody is two persons', () => {
  let trade: Trade;
  let acts: Acts;
  let decision: Thing;
  let act: Thing;
  let drawdown: Thing;
  let settlement: Thing;
  let account: Thing;
  let allocation: Thing;
  let payment: Thing;
  let alias: Desk;
  const outcomes = new Map<string, number>();

  beforeAll(async () => {
    trade = await Trade.open('four-eyes');
    acts = new Acts(trade);
    trade.on(DAY);
    await Promise.all([promised(), reported(), applied()]);
    allocation = await trade.ministry.makes('/budget/allocations', {
      ...{ lineId: await lineId(), fundingYear: 2016, programme: 'KI', kind: 'allotment' },
      ...{ amountCents: 100, reason: 'Nachschlag' },
    });
    alias = await secondAccountOf('granting_authority');
    await substitutes('granting_authority', 'granting_authority2');
  }, 180_000);
  afterAll(() => trade.close());

  /** A drawdown that waits to be ordered, one that waits to be paid, and an amendment that waits to be released. */
  async function promised(): Promise<void> {
    const municipality = await trade.municipality(coesfeld);
    const granted = await trade.clerk.grants(await municipality.applies({ from: '2016-02-12' }), DAY);
    await municipality.waives(granted);
    drawdown = await trade.clerk.certifies(await municipality.calls(granted, 1_000, DAY));
    payment = await trade.cashier.orderFor(
      await trade.clerk.orders(await municipality.calls(granted, 1, DAY)),
    );
    act = await acts.amends(granted, {
      amounts: [
        { fundingYear: 2016, source: 'municipal', amountCents: grantedBy(granted, 'state_integration') },
      ],
    });
  }

  /** A report that waits to be accepted. */
  async function reported(): Promise<void> {
    const municipality = await trade.municipality({ ...borken, openedOn: '2016-01-05' });
    const paid = await trade.clerk.grants(await municipality.applies({ from: '2016-01-05' }), DAY);
    await municipality.waives(paid);
    const all = grantedBy(paid, 'state_integration');
    await trade.cashier.pays(await trade.clerk.orders(await municipality.calls(paid, all, DAY)), DAY);
    settlement = await trade.clerk.examines(
      await municipality.accounts(paid, { personnelCents: all, materialCents: 0 }),
    );
  }

  /** A grant that waits to be released, and a bank account to be confirmed. */
  async function applied(): Promise<void> {
    const place = { ags: '05566000', name: 'Kreis Steinfurt', openedOn: '2016-01-05' };
    const municipality = await trade.municipality(place);
    decision = await acts.drafts(await acts.readied(await municipality.applies({ from: '2016-01-05' })));
    account = await trade.clerk.makes(`/centres/${municipality.centreId}/bank-accounts`, {
      ...{ iban: 'DE02500105170137075030', holder: 'Kreis Steinfurt' },
    });
  }

  const lineId = async (): Promise<string> => {
    const [row] = await trade.app.rows<{ id: string }>('select id from budget_line limit 1');
    return row?.id ?? '';
  };

  /** The same person under another name and account, with the role granted and confirmed by the operators. */
  async function secondAccountOf(username: string): Promise<Desk> {
    const { personId, role } = trade.app.cast.member(username);
    const admin = new Desk(await trade.app.signIn('admin'));
    const admin2 = new Desk(await trade.app.signIn('admin2'));
    const user = await admin.makes('/users', { personId, username: 'jemand.anders', password: PASSWORD });
    const grant = await admin.makes(`/users/${user.id}/roles`, { role });
    await admin2.does(`/users/${user.id}/roles`, grant, 'confirm');
    return new Desk(await trade.app.signIn('jemand.anders'));
  }

  /** The one is on leave today, and the other stands in. */
  async function substitutes(away: string, deputy: string): Promise<void> {
    const { userId, grantId } = trade.app.cast.member(away);
    const { userId: substituteUserId } = trade.app.cast.member(deputy);
    const admin = new Desk(await trade.app.signIn('admin'));
    const admin2 = new Desk(await trade.app.signIn('admin2'));
    const body = { substituteUserId, from: DAY, to: '2016-10-05' };
    const entered = await admin.makes(`/users/${userId}/roles/${grantId}/substitutes`, body);
    await admin2.does(`/users/${userId}/substitutes`, entered, 'confirm');
  }

  const count = (way: string, attempts = 1): void => {
    outcomes.set(way, (outcomes.get(way) ?? 0) + attempts);
  };
  const states = () =>
    trade.app.rows(
      `select 'decision' as what, state from decision where id = any ($1) union all
       select 'drawdown', state from drawdown where id = $2 union all
       select 'settlement', state from settlement where id = $3 union all
       select 'account', case when confirmed_at is null then 'proposed' else 'confirmed' end from bank_account where id = $4 union all
       select 'payment', state from payment where id = $5 order by 1, 2`,
      [[decision.id, act.id], drawdown.id, settlement.id, account.id, payment.id],
    );
  const [records, transfers] = ['audit_record', 'transfer'].map((table) => async (): Promise<string> => {
    const [row] = await trade.app.rows<{ rows: string }>(`select count(*)::text as rows from ${table}`);
    return row?.rows ?? '';
  });

  it('over HTTP, 240 times, eight at a time, by either account', async () => {
    const before = [await states(), await records?.(), await transfers?.()];
    const clerk = trade.clerk;
    const steps: [Desk, string, Thing, string][] = [clerk, alias].flatMap(
      (desk): [Desk, string, Thing, string][] => [
        [desk, '/decisions', decision, 'release'],
        [desk, '/decisions', act, 'release'],
        [desk, '/drawdowns', drawdown, 'order'],
        [desk, '/settlements', settlement, 'accept'],
        [desk, '/bank-accounts', account, 'confirm'],
      ],
    );
    steps.push([trade.ministry, '/budget/allocations', allocation, 'release']);
    steps.push([trade.ministry, '/budget/allocations', allocation, 'release']);
    for (let round = 0; round < 20; round += 1) {
      const answers = await Promise.all(
        steps.map(([desk, path, thing, verb]) => desk.tries(path, thing, verb)),
      );
      for (const { status, body } of answers) {
        const { errors = [] } = body as { errors?: { code: string }[] };
        expect([status, errors.some(({ code }) => code === 'four-eyes')]).toEqual([422, true]);
        count('http');
      }
    }
    expect([await states(), await records?.(), await transfers?.()]).toEqual(before);
  }, 60_000);

  it('in the services, 240 times, and on behalf of a colleague who prepared it', async () => {
    const clerk = await trade.app.cast.actor('granting_authority');
    const second = await trade.app.cast.actor('granting_authority2');
    const before = [await states(), await records?.(), await transfers?.()];
    // The deputy is another person; the one deputised for is not.
    const deputy = { ...second, onBehalfOf: clerk.personId };
    const decisions = trade.app.get(DecisionService);
    const drawdowns = trade.app.get(DrawdownService);
    const acceptance = trade.app.get(AcceptanceService);
    for (let round = 0; round < 30; round += 1) {
      const tries = [clerk, deputy].flatMap((actor) => [
        decisions.release(invocationOf(actor), decision.id as DecisionId),
        decisions.release(invocationOf(actor), act.id as DecisionId),
        drawdowns.order(invocationOf(actor), drawdown.id as DrawdownId),
        acceptance.accept(invocationOf(actor), settlement.id as SettlementId),
      ]);
      for (const outcome of await Promise.allSettled(tries)) {
        const codes =
          outcome.status === 'rejected' && outcome.reason instanceof Failure
            ? outcome.reason.violations.map(({ code }) => code)
            : [`not refused: ${outcome.status}`];
        expect(codes).toContain('four-eyes');
        count('services');
      }
    }
    expect([await states(), await records?.(), await transfers?.()]).toEqual(before);
  }, 60_000);

  it('in plain SQL as the application’s own roles, 1,520 times, whatever the person is called', async () => {
    const before = await states();
    const clients = await Promise.all(
      [1, 2, 3, 4].map(async () => {
        const client = new pg.Client(trade.app.database.appUrl);
        await client.connect();
        return client;
      }),
    );
    const { sessionId } = await trade.app.cast.actor('granting_authority');
    const ministry = await trade.app.cast.actor('ministry');
    await trade.app.rows(
      `select set_config('foerderbuch.action', 'repair', true); update person set name = 'Jemand Anders' where id = '${trade.app.cast.member('granting_authority').personId}'`,
    );
    const now = 'transaction_timestamp()';
    const forgeries: [string, string, string, string][] = [
      [
        'granting_authority',
        'decision',
        decision.id,
        `state = 'released', released_at = ${now}, released_on = '${DAY}'`,
      ],
      [
        'granting_authority',
        'decision',
        act.id,
        `state = 'released', released_at = ${now}, released_on = '${DAY}'`,
      ],
      [
        'granting_authority',
        'drawdown',
        drawdown.id,
        `state = 'ordered', ordered_at = ${now}, ordered_on = '${DAY}'`,
      ],
      [
        'granting_authority',
        'settlement',
        settlement.id,
        `state = 'accepted', accepted_at = ${now}, accepted_on = '${DAY}'`,
      ],
      ['granting_authority', 'bank_account', account.id, `confirmed_at = ${now}`],
      ['ministry', 'allocation', allocation.id, `state = 'released', released_at = ${now}`],
    ];
    const forge = async (
      client: pg.Client,
      [role, table, id, changes]: (typeof forgeries)[number],
    ): Promise<void> => {
      const session = role === 'ministry' ? ministry.sessionId : sessionId;
      // Ten attempts in one transaction: the block goes on only when the table itself refused.
      const outcome = await client
        .query(
          `begin;
           select access.enter('${String(session)}', '${role}', 'test.forge', '${randomUUID()}');
           set local role foerderbuch_${role};
           do $$ begin for attempt in 1..${String(AT_ONCE)} loop
             begin
               update ${table} set ${changes} where id = '${id}';
               raise exception 'not refused';
             exception when check_violation then null;
             end;
           end loop; end $$`,
        )
        .then(
          () => 'refused each time',
          (error: unknown) => String(error),
        );
      await client.query('rollback');
      expect([table, outcome]).toEqual([table, 'refused each time']);
      count('sql', AT_ONCE);
    };
    const start = performance.now();
    for (let round = 0; (outcomes.get('sql') ?? 0) < 1_520; round += 1) {
      await Promise.all(
        clients.map((client, index) => {
          const forgery = forgeries[(round + index) % forgeries.length];
          return forgery === undefined ? Promise.resolve() : forge(client, forgery);
        }),
      );
    }
    expect(performance.now() - start).toBeLessThan(60_000);
    await Promise.all(clients.map((client) => client.end()));
    expect(await states()).toEqual(before);
  }, 90_000);

  it('that makes two thousand attempts, of which none succeeded; the second person then does it all at once', async () => {
    expect([...outcomes.values()].reduce((sum, each) => sum + each, 0)).toBeGreaterThanOrEqual(2_000);
    expect(outcomes.get('http')).toBeGreaterThanOrEqual(200);
    await trade.second.does('/drawdowns', drawdown, 'order');
    await trade.second.does('/settlements', settlement, 'accept');
    await trade.second.does('/decisions', decision, 'release');
    await trade.second.does('/decisions', act, 'release');
    await trade.second.does('/bank-accounts', account, 'confirm');
  });
});
