import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { proposalLifecycle } from '../../src/budget/budget.rules.js';
import { drawdownLifecycle } from '../../src/grants/drawdown/drawdown.rules.js';
import { paymentLifecycle } from '../../src/grants/drawdown/payment.rules.js';
import { hearingLifecycle } from '../../src/grants/decision/hearing.rules.js';
import { suitLifecycle } from '../../src/grants/decision/suit.rules.js';
import { applicationLifecycle, decisionLifecycle } from '../../src/grants/lifecycle.rules.js';
import { mayBecome, statesOf, type Lifecycle } from '../../src/kernel/lifecycle.js';
import { guidelineLifecycle } from '../../src/programmes/guideline-release.rules.js';
import { settlementLifecycle } from '../../src/settlement/settlement.rules.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

/** Every table that has a life, and the constant the rules read it from. */
const lives = {
  allocation: proposalLifecycle,
  application: applicationLifecycle,
  appropriation: proposalLifecycle,
  commitment_authorisation: proposalLifecycle,
  decision: decisionLifecycle,
  drawdown: drawdownLifecycle,
  guideline_version: guidelineLifecycle,
  hearing: hearingLifecycle,
  payment: paymentLifecycle,
  settlement: settlementLifecycle,
  suit: suitLifecycle,
} as const;

/** Every pair of states of one life, itself included, and whether the rules let the second follow the first. */
function pairsOf<S extends string>(life: Lifecycle<S>): { from: S; to: S; may: boolean }[] {
  const states = statesOf(life);
  return states.flatMap((from) => states.map((to) => ({ from, to, may: mayBecome(life, from, to) })));
}

describe('the life cycles in the database', () => {
  let database: TestDatabase;
  let owner: pg.Client;

  beforeAll(async () => {
    database = await cloneDatabase('lifecycles');
    owner = new pg.Client(database.ownerUrl);
    await owner.connect();
  }, 120_000);
  afterAll(async () => {
    await owner.end();
    await database.drop();
  });

  it('are those of the rules, step by step', async () => {
    const { rows } = await owner.query(
      `select table_name || ': ' || from_state || ' -> ' || to_state as step from lifecycle_step order by 1`,
    );
    const wanted = Object.entries(lives).flatMap(([table, life]) =>
      pairsOf<string>(life).flatMap(({ from, to, may }) => (may ? [`${table}: ${from} -> ${to}`] : [])),
    );
    expect(rows.map(({ step }: { step: string }) => step)).toEqual(wanted.sort());
  });

  it('know every state the tables know, and no other', async () => {
    for (const [table, life] of Object.entries(lives)) {
      const { rows } = await owner.query<{ rule: string }>(
        `select pg_get_constraintdef(oid) as rule from pg_constraint
          where conrelid = $1::regclass and contype = 'c' and conname = $2`,
        [table, `${table}_state_check`],
      );
      const known = [...(rows[0]?.rule.matchAll(/'([a-z_]+)'::text/g) ?? [])].map(([, state]) => state);
      expect([table, known.sort()]).toEqual([table, statesOf<string>(life).sort()]);
    }
  });

  it('have a trigger on every table with a state that a row may change', async () => {
    const { rows } = await owner.query<{ name: string }>(
      `select c.relname as name from pg_trigger g join pg_class c on c.oid = g.tgrelid
        where g.tgfoid = 'access.only_forward'::regproc and g.tgenabled = 'O' order by 1`,
    );
    expect(rows.map(({ name }) => name)).toEqual(Object.keys(lives));
  });

  describe.each(Object.entries(lives))('%s', (table, life) => {
    const pairs = pairsOf<string>(life);

    /** A row with nothing but a state, under the same trigger: what else a step needs is said by other constraints. */
    beforeAll(async () => {
      await owner.query(`create schema trial_${table}`);
      await owner.query(`create table trial_${table}.${table} (state text not null)`);
      await owner.query(
        `create trigger zy_only_forward before update on trial_${table}.${table}
           for each row execute function access.only_forward()`,
      );
      await owner.query(`create schema birth_${table}`);
      await owner.query(`create table birth_${table}.${table} (state text not null)`);
      await owner.query(
        `create trigger zy_only_forward before insert on birth_${table}.${table}
           for each row execute function access.only_forward()`,
      );
    });

    it('begins where nothing leads to, and only there', async () => {
      const born: string[] = [];
      for (const state of statesOf<string>(life)) {
        await owner.query(`insert into birth_${table}.${table} (state) values ($1)`, [state]).then(
          () => born.push(state),
          (error: unknown) => {
            expect((error as pg.DatabaseError).code).toBe('42501');
          },
        );
      }
      expect(born).toEqual([statesOf<string>(life)[0]]);
    });

    it.each(pairs)('$from to $to: $may', async ({ from, to, may }) => {
      const at = `trial_${table}.${table}`;
      await owner.query(`insert into ${at} (state) values ($1)`, [from]);
      const outcome = await owner.query(`update ${at} set state = $1`, [to]).then(
        () => 'done',
        (error: unknown) => (error as pg.DatabaseError).code,
      );
      await owner.query(`truncate ${at}`);
      // A row that keeps its state goes nowhere.
      expect(outcome).toBe(may || from === to ? 'done' : '42501');
    });
  });
});
