import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { roles, technicalRoles, type Actor } from '../../src/kernel/actor.js';
import { CalendarDate } from '../../src/kernel/calendar-date.js';
import { newId, type BudgetLineId, type CaseId, type CentreId } from '../../src/kernel/ids.js';
import { Money } from '../../src/kernel/money.js';
import type { AccountKey, Stage } from '../../src/ledger/chart.rules.js';
import { step, type Posting } from '../../src/ledger/posting.rules.js';
import { TestApp } from '../support/app.js';
import { SqlSession } from '../support/sql-session.js';

const DAY = CalendarDate.of(2016, 3, 1);

/** The one function that moves money, called as plain SQL: what holds when the application is not there to ask. */
describe('ledger.post', () => {
  let app: TestApp;
  let sql: SqlSession;
  let ministry: Actor;
  let clerk: Actor;
  let lineId: BudgetLineId;

  beforeAll(async () => {
    app = await TestApp.boot('ledger-post');
    sql = await SqlSession.connect(app);
    ministry = await app.cast.actor('ministry');
    clerk = await app.cast.actor('granting_authority');
  }, 120_000);
  afterAll(async () => {
    await sql.end();
    await app.close();
  });
  beforeEach(async () => {
    lineId = newId();
    await sql.begin(ministry);
  });
  afterEach(() => sql.rollback());

  const moves = (
    code: string,
    stages: readonly [Stage, Stage],
    cents: number | bigint,
    more: Partial<Omit<AccountKey, 'stage'>> = {},
  ): Posting =>
    step(
      code,
      stages,
      { lineId, fundingYear: 2016, programme: 'KI', ...more },
      { amount: Money.ofCents(cents), effectiveOn: DAY },
    );
  const gives = (cents: number | bigint) =>
    moves('appropriation.release', ['outside', 'appropriated'], cents);
  const allots = (cents: number | bigint) =>
    moves('allocation.release', ['appropriated', 'allocated'], cents);
  const balance = async (stage: Stage) => {
    const { rows } = await sql.tries<{ debits: string; credits: string; version: number }>(
      'select debits::text, credits::text, version from account where stage = $1 and line_id = $2',
      [stage, lineId],
    );
    return rows[0];
  };

  it('gives to the last cent and refuses one more, with what is free', async () => {
    await sql.posts([gives(100)]);
    expect((await sql.posts([allots(100)])).failure).toBeNull();
    const refused = await sql.posts([allots(1)]);
    expect(refused.failure).toMatch(/^FB409 budget exhausted on appropriated account/);
    expect(JSON.parse(refused.detail)).toMatchObject({
      ...{ stage: 'appropriated', lineId, fundingYear: 2016, availableCents: 0, wantedCents: 1 },
    });
    expect(await balance('appropriated')).toEqual({ debits: '100', credits: '100', version: 2 });
  });

  it('does all of a journal or nothing of it', async () => {
    await sql.posts([gives(100)]);
    expect((await sql.posts([allots(60), allots(60)])).failure).toMatch(/^FB409/);
    expect(await balance('allocated')).toBeUndefined();
    expect(await balance('appropriated')).toMatchObject({ debits: '0' });
    // Within one journal only the sum counts: what comes in may go out again.
    expect((await sql.posts([allots(130), gives(30)])).failure).toBeNull();
  });

  it('numbers every step of an account, without a gap and in the order of the journal', async () => {
    const { rows } = await sql.posts([gives(10), gives(20), allots(5)]);
    expect(rows[0]?.posted.map(({ creditVersion, debitVersion }) => [debitVersion, creditVersion])).toEqual([
      [1, 1],
      [2, 2],
      [3, 1],
    ]);
    const later = await sql.posts([allots(1)]);
    expect(later.rows[0]?.posted).toMatchObject([{ debitVersion: 4, creditVersion: 2 }]);
  });

  it('knows who may make which step, and no other', async () => {
    await sql.posts([gives(100), allots(100)]);
    const unknown = await sql.posts([moves('allocation.release', ['outside', 'appropriated'], 1)]);
    expect(unknown.failure).toBe(
      '42501 no step allocation.release from outside to appropriated for role ministry',
    );
    const dimensions = {
      centreId: newId<CentreId>(),
      caseId: newId<CaseId>(),
      source: 'state_integration' as const,
    };
    const commits = moves('decision.release', ['allocated', 'committed'], 1, dimensions);
    expect((await sql.posts([commits])).failure).toMatch(/^42501 no step .* for role ministry$/);
    await sql.rollback();
    await sql.begin(clerk);
    expect((await sql.posts([gives(1)])).failure).toMatch(/^42501 no step .* for role granting_authority$/);
  });

  it('uses an authorisation in its issue year only', async () => {
    const dimensions = { issueYear: 2015, fundingYear: 2017 };
    await sql.posts([
      moves('commitmentAuthorisation.release', ['authorisation_outside', 'authorised'], 50, dimensions),
    ]);
    await sql.client.query('reset role');
    await sql.client.query('select access.enter($1, $2, $3, $4)', [
      clerk.sessionId,
      clerk.role,
      'test',
      newId(),
    ]);
    await sql.client.query('set local role foerderbuch_granting_authority');
    const whose = {
      centreId: newId<CentreId>(),
      caseId: newId<CaseId>(),
      source: 'state_integration' as const,
    };
    const late = await sql.posts([
      moves('decision.release', ['authorised', 'promised'], 1, { ...dimensions, ...whose }),
    ]);
    expect(late.failure).toBe('42501 a commitment authorisation is used in its issue year only');
  });

  it('keeps every sum one that JSON can tell', async () => {
    expect((await sql.posts([gives(9_007_199_254_740_991n)])).failure).toBeNull();
    expect((await sql.posts([gives(1)])).failure).toMatch(/^23514 .*account_exact/);
  });

  it('refuses amounts that are not positive, and an account that pays itself', async () => {
    const posting = { ...gives(1), amount: Money.ofCents(0) };
    expect((await sql.posts([posting])).failure).toMatch(/^23514/);
    expect((await sql.posts([{ ...posting, amount: Money.ofCents(-5) }])).failure).toMatch(/^(23514|FB409)/);
    await sql.posts([gives(5)]);
    const toItself = moves('appropriation.release', ['appropriated', 'appropriated'], 1);
    expect((await sql.posts([toItself])).failure).toMatch(/^235(02|14)/);
  });

  it('wants a context that was checked', async () => {
    await sql.rollback();
    await sql.client.query('begin');
    await sql.client.query('set local role foerderbuch_ministry');
    expect((await sql.posts([gives(1)])).failure).toMatch(/^42501/);
    await sql.client.query(
      `select set_config('foerderbuch.role', 'ministry', true), set_config('foerderbuch.action', 'x', true)`,
    );
    expect((await sql.posts([gives(1)])).failure).toMatch(/^42501/);
  });
});

describe('around ledger.post', () => {
  let app: TestApp;
  let sql: SqlSession;

  beforeAll(async () => {
    app = await TestApp.boot('ledger-around');
    sql = await SqlSession.connect(app);
  }, 120_000);
  afterAll(async () => {
    await sql.end();
    await app.close();
  });

  it('no role writes accounts, transfers, totals or steps by plain SQL, in a context or not', async () => {
    const open: string[] = [];
    const actor = await app.cast.actor('ministry');
    for (const role of [...roles, ...technicalRoles]) {
      await sql.client.query('begin');
      if (role === 'ministry')
        await sql.client.query('select access.enter($1, $2, $3, $4)', [
          actor.sessionId,
          'ministry',
          'test',
          newId(),
        ]);
      await sql.client.query(`set local role foerderbuch_${role}`);
      for (const table of ['account', 'transfer', 'stage_total', 'centre_total', 'posting_step']) {
        for (const statement of [
          `insert into ${table} default values`,
          `update ${table} set ${table === 'posting_step' ? 'code = code' : table === 'transfer' ? 'amount_cents = 1' : 'credits = 1'}`,
          `delete from ${table}`,
          `truncate ${table} cascade`,
        ]) {
          const { failure } = await sql.tries(statement);
          if (failure?.startsWith('42501 permission denied') !== true)
            open.push(`${role}: ${statement}: ${String(failure)}`);
        }
      }
      for (const helper of [
        `ledger.add_up('[]')`,
        `ledger.judge('[]')`,
        `ledger.account_id('{}')`,
        `ledger.in_the_way(null::account)`,
      ]) {
        const { failure } = await sql.tries(`select ${helper}`);
        if (failure?.startsWith('42501') !== true) open.push(`${role}: ${helper}: ${String(failure)}`);
      }
      await sql.rollback();
    }
    expect(open).toEqual([]);
  });

  it('the CHECK stops even the owner from overspending, and a transfer stays as it is', async () => {
    const id = newId();
    await app.rows(
      `insert into account (id, stage, line_id, funding_year, bounded, credits) values ($1, 'appropriated', $1, 2099, true, 5)`,
      [id],
    );
    await expect(app.rows('update account set debits = 6 where id = $1', [id])).rejects.toMatchObject({
      ...{ code: '23514', constraint: 'account_headroom' },
    });
    await app.rows('delete from account where id = $1', [id]);
    await expect(app.rows('truncate transfer cascade')).rejects.toMatchObject({ code: '42501' });
  });
});
