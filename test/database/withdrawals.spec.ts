import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { CalendarDate } from '../../src/kernel/calendar-date.js';
import type { CentreId } from '../../src/kernel/ids.js';
import { TestApp } from '../support/app.js';
import { guidelineBody } from '../support/guideline.js';
import { SqlSession } from '../support/sql-session.js';
import { Desk, type Thing } from '../support/trade.js';

const tables = [
  'appropriation',
  'allocation',
  'commitment_authorisation',
  'bank_account',
  'guideline_version',
] as const;
type Table = (typeof tables)[number];

const WITHDRAW = `withdrawn_at = now(), withdrawal_reason = 'vertippt'`;
const withdrawal = (table: Table): string =>
  table === 'bank_account' ? WITHDRAW : `state = 'withdrawn', ${WITHDRAW}`;
const ownerOf = (table: Table): string => (table === 'bank_account' ? 'granting_authority' : 'ministry');

/** The withdrawal of a proposal by plain SQL: what the database lets through, whoever asks and by whatever way. */
describe('a withdrawal in the database', () => {
  let app: TestApp;
  let sql: SqlSession;
  const proposed = new Map<Table, Thing>();

  beforeAll(async () => {
    app = await TestApp.boot('withdrawals-sql');
    app.clock.playOn(CalendarDate.parse('2016-01-04'));
    const ministry = new Desk(await app.signIn('ministry'));
    const clerk = new Desk(await app.signIn('granting_authority'));
    const centre = await ministry.makes('/centres', {
      ...{ ags: '05558000', name: 'Kreis Coesfeld', hostType: 'kreis', regierungsbezirk: 'Münster' },
      recipient: { name: 'Kreis Coesfeld', kind: 'kreis' },
    });
    await app.cast.municipality(centre.id as CentreId, 'coesfeld');
    const line = { chapter: '11 060', title: 'TG 68', name: 'Integration', transferable: false };
    const lineId = (await ministry.makes('/budget/lines', line)).id;
    const of = { lineId, fundingYear: 2016, amountCents: 100, reason: 'Plan' };
    const law = { source: 'Haushaltsgesetz', confidence: 'assumed' };
    const weights = [{ centreId: centre.id, weight: 1 }];
    const key = { name: 'gleich', source: 'Erlass', weights };
    const promise = {
      lineId,
      programme: 'KI',
      issueYear: 2016,
      dueYear: 2017,
      amountCents: 100,
      reason: '2017',
    };
    const account = { iban: 'DE02120300000000202051', holder: 'Kreiskasse' };
    proposed.set('appropriation', await ministry.makes('/budget/appropriations', { ...of, ...law }));
    const quota = { ...of, programme: 'KI', kind: 'quota', centreId: null, key };
    proposed.set('allocation', await ministry.makes('/budget/allocations', quota));
    const authorisation = await ministry.makes('/budget/commitment-authorisations', { ...promise, ...law });
    proposed.set('commitment_authorisation', authorisation);
    proposed.set('bank_account', await clerk.makes(`/centres/${centre.id}/bank-accounts`, account));
    const draft = { ...guidelineBody(), programme: 'KIM_1' };
    proposed.set('guideline_version', await ministry.makes('/guidelines', draft));
    sql = await SqlSession.connect(app);
  }, 120_000);
  afterAll(async () => {
    await sql.end();
    await app.close();
  });

  /** What comes of each change of the row, one after the other, by somebody; nothing of it stays. */
  async function tries(table: Table, who: string, changes: readonly string[]): Promise<(string | number)[]> {
    const outcomes: (string | number)[] = [];
    await sql.begin(await app.cast.actor(who));
    for (const change of changes) {
      const { failure, count } = await sql.tries(`update ${table} set ${change} where id = $1`, [
        proposed.get(table)?.id,
      ]);
      outcomes.push(failure?.slice(0, 5) ?? count);
    }
    await sql.rollback();
    return outcomes;
  }

  const outsiders = ['coesfeld', 'cashier', 'auditor', 'admin'];
  const strangers: Readonly<Record<Table, readonly string[]>> = {
    appropriation: [...outsiders, 'granting_authority', 'school_ministry'],
    allocation: [...outsiders, 'granting_authority', 'school_ministry'],
    commitment_authorisation: [...outsiders, 'granting_authority', 'school_ministry'],
    bank_account: [...outsiders, 'ministry', 'school_ministry'],
    // The school ministry has a hand in the guideline of both ministries, not in this one.
    guideline_version: [...outsiders, 'granting_authority', 'school_ministry'],
  };
  const others = tables.flatMap((table) => strangers[table].map((who) => [table, who] as const));

  it.each(others)('%s: is no business of %s', async (table, who) => {
    expect(await tries(table, who, [withdrawal(table)])).toEqual(['42501']);
  });

  it.each(tables)('%s: is for ever', async (table) => {
    const ends =
      table === 'bank_account' ? 'confirmed_at = now()' : `state = 'released', released_at = now()`;
    const first = table === 'guideline_version' ? 'drafted' : 'proposed';
    const back = table === 'bank_account' ? '' : `state = '${first}', `;
    const outcomes = await tries(table, `${ownerOf(table)}2`, [
      withdrawal(table),
      ...[withdrawal(table), ends, `${back}withdrawn_at = null, withdrawal_reason = null`],
      ...[`withdrawal_reason = 'anders'`, 'version = version + 1'],
    ]);
    expect(outcomes).toEqual([1, '42501', '42501', '42501', '42501', '42501']);
  });

  it.each(tables)('%s: has its reason and its person, and nothing else has', async (table) => {
    const state = table === 'bank_account' ? '' : `state = 'withdrawn', `;
    const released =
      table === 'bank_account' ? 'confirmed_at = now()' : `state = 'released', released_at = now()`;
    const me = ownerOf(table);
    expect(await tries(table, me, [`${state}withdrawn_at = now()`])).toEqual(['23514']);
    // A proposal that stays one is not edited at all.
    expect(['23514', '42501']).toContain((await tries(table, me, [`withdrawal_reason = 'vertippt'`]))[0]);
    expect(await tries(table, `${me}2`, [`${released}, ${WITHDRAW}`])).toEqual(['23514']);
    const other = app.cast.member(`${me}2`).personId;
    expect(await tries(table, me, [`${withdrawal(table)}, withdrawn_by = '${other}'`])).toEqual(['42501']);
    await sql.begin(await app.cast.actor(me));
    const whole = await sql.tries<{ withdrawn_by: string }>(
      `update ${table} set ${withdrawal(table)}, version = version + 1 where id = $1 returning withdrawn_by`,
      [proposed.get(table)?.id],
    );
    const gone = await sql.tries(`delete from ${table} where id = $1`, [proposed.get(table)?.id]);
    await sql.rollback();
    expect(whole.rows).toEqual([{ withdrawn_by: app.cast.member(me).personId }]);
    expect(gone.failure).toMatch(/^42501/);
  });

  it('begins nothing: no row is entered as withdrawn', async () => {
    for (const table of tables) {
      const [found] = await app.rows<{ columns: string }>(
        `select string_agg(column_name, ', ') as columns from information_schema.columns
          where table_schema = 'public' and table_name = $1
            and column_name not in ('id', 'state', 'withdrawn_at', 'withdrawal_reason')`,
        [table],
      );
      const columns = found?.columns ?? '';
      const [name, value] = table === 'bank_account' ? ['', ''] : ['state, ', `'withdrawn', `];
      await sql.begin(await app.cast.actor(ownerOf(table)));
      const made = await sql.tries(
        `insert into ${table} (id, ${name}withdrawn_at, withdrawal_reason, ${columns})
         select gen_random_uuid(), ${value}now(), 'vertippt', ${columns} from ${table} where id = $1`,
        [proposed.get(table)?.id],
      );
      await sql.rollback();
      expect([table, made.failure?.slice(0, 5)]).toEqual([table, '42501']);
    }
  });

  it('takes the shares of a quota with it, and nobody else does', async () => {
    const id = proposed.get('allocation')?.id;
    await sql.begin(await app.cast.actor('ministry'));
    const alone = await sql.tries('update allocation_share set withdrawn = true where allocation_id = $1', [
      id,
    ]);
    expect(alone.failure).toMatch(/^42501 permission denied/);
    await sql.tries(`update allocation set ${withdrawal('allocation')} where id = $1`, [id]);
    const shares = await sql.tries('select withdrawn from allocation_share where allocation_id = $1', [id]);
    await sql.rollback();
    expect(shares.rows).toEqual([{ withdrawn: true }]);
  });

  it('leaves no way to share out more than was proposed', async () => {
    const id = proposed.get('allocation')?.id;
    await sql.begin(await app.cast.actor('ministry'));
    const adds = async (withdrawn: boolean) => {
      const { failure } = await sql.tries(
        `insert into allocation_share (id, allocation_id, funding_year, programme, centre_id, weight, amount_cents, withdrawn)
         select gen_random_uuid(), allocation_id, 2030, programme, centre_id, weight, amount_cents, $2
           from allocation_share where allocation_id = $1`,
        [id, withdrawn],
      );
      return failure?.slice(0, 5) ?? null;
    };
    const outcomes = [await adds(false), await adds(true)];
    await sql.tries(`update allocation set ${withdrawal('allocation')} where id = $1`, [id]);
    outcomes.push(await adds(false), await adds(true));
    await sql.rollback();
    expect(outcomes).toEqual(['42501', '42501', '42501', '42501']);
  });

  it('of the shares alone is refused to the owner of the tables, too', async () => {
    const owner = new pg.Client(app.database.ownerUrl);
    await owner.connect();
    const outcome = owner.query('update allocation_share set withdrawn = true');
    await expect(outcome).rejects.toMatchObject({ code: '42501' });
    await owner.end();
  });
});
