import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/kernel/actor.js';
import { TestApp } from '../support/app.js';
import { SqlSession, type Outcome } from '../support/sql-session.js';

type Side = Readonly<Record<string, string | number | null>>;

/** Postings in the application's own login and role, by somebody who writes SQL instead of using the application. */
describe('ledger.post moves only what something justifies', () => {
  let app: TestApp;
  let sql: SqlSession;
  let ministry: Actor;
  let clerk: Actor;
  let cashier: Actor;
  let [lineId, otherLine, centreId, caseId] = ['', '', '', ''];

  beforeAll(async () => {
    app = await TestApp.boot('ledger-justified');
    sql = await SqlSession.connect(app);
    ministry = await app.cast.actor('ministry');
    clerk = await app.cast.actor('granting_authority');
    cashier = await app.cast.actor('cashier');
    // Commands that take back part of a commitment have a code of their own; this one is for the test.
    await app.rows(
      `insert into posting_step (code, from_stage, to_stage, roles, backwards)
       values ('test.takeBack', 'committed', 'allocated', '{granting_authority}', 'part')`,
    );
  }, 120_000);
  afterAll(async () => {
    await sql.end();
    await app.close();
  });
  beforeEach(async () => {
    [lineId, otherLine, centreId, caseId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
    await sql.begin(ministry);
  });
  afterEach(() => sql.rollback());

  const line = (stage: string, more: Side = {}): Side => ({ stage, lineId, fundingYear: 2016, ...more });
  const ofCase = (stage: string, more: Side = {}): Side =>
    line(stage, { programme: 'KI', centreId, source: 'state_integration', caseId, ...more });
  const posts = (
    code: string,
    [from, to]: readonly [Side, Side],
    amountCents: number | string,
    more: object = {},
  ): Promise<Outcome<object>> =>
    sql.tries('select ledger.post($1, $2)', [
      randomUUID(),
      JSON.stringify([{ id: randomUUID(), code, from, to, amountCents, effectiveOn: '2016-03-01', ...more }]),
    ]);
  const outcome = async (posted: Promise<Outcome<object>>): Promise<string> =>
    (await posted).failure ?? 'posted';
  const as = async (actor: Actor): Promise<void> => {
    await sql.client.query('reset role');
    await sql.client.query('select access.enter($1, $2, $3, $4)', [
      ...[actor.sessionId, actor.role, 'test', randomUUID()],
    ]);
    await sql.client.query(`set local role foerderbuch_${actor.role}`);
  };
  const gives = (cents: number | string, more: object = {}) =>
    posts('appropriation.release', [line('outside'), line('appropriated')], cents, more);
  /** Money of a case on its way: appropriated, allotted, committed, called; `until` says how far. */
  const follows = async (cents: number): Promise<void> => {
    expect(await outcome(gives(cents))).toBe('posted');
    const allotted = line('allocated', { programme: 'KI' });
    expect(await outcome(posts('allocation.release', [line('appropriated'), allotted], cents))).toBe(
      'posted',
    );
    await as(clerk);
    expect(await outcome(posts('decision.release', [allotted, ofCase('committed')], cents))).toBe('posted');
  };

  it('an amount is a whole number of cents from 1 to 2^53-1', async () => {
    const refused = '23514 an amount is between 1 and 2^53-1 cents';
    expect(await outcome(gives(0))).toBe(refused);
    expect(await outcome(gives(-1))).toBe(refused);
    expect(await outcome(gives('9007199254740992'))).toBe(refused);
    expect(await outcome(gives('NaN'))).toBe(refused);
    expect(await outcome(gives(0.5))).toBe(refused);
    expect(await outcome(gives(1.5))).toMatch(/^22P02/);
    expect(await outcome(gives('9007199254740991'))).toBe('posted');
  });

  it('a day is finite and of this age', async () => {
    const refused = '23514 a transfer takes effect on a day from 1990 to 2100';
    for (const effectiveOn of ['infinity', '-infinity', '1989-12-31', '2101-01-01', null])
      expect([effectiveOn, await outcome(gives(1, { effectiveOn }))]).toEqual([effectiveOn, refused]);
    expect(await outcome(gives(1, { effectiveOn: '2100-12-31' }))).toBe('posted');
  });

  it('money stays in its line, year, programme, centre, source and case', async () => {
    await follows(100);
    const refused =
      '23514 the accounts of step drawdown.order from committed to called are not of the same matter';
    for (const other of [
      { lineId: otherLine },
      { fundingYear: 2017 },
      { programme: 'KOMM_AN' },
      { centreId: randomUUID() },
      { source: 'municipal' },
      { caseId: randomUUID() },
    ]) {
      const stray = posts('drawdown.order', [ofCase('committed'), ofCase('called', other)], 1);
      expect([other, await outcome(stray)]).toEqual([other, refused]);
    }
    expect(await outcome(posts('drawdown.order', [ofCase('committed'), ofCase('called')], 1))).toBe('posted');
  });

  it('a virement goes to another line of the year, a remainder to a later year of the line, for two years', async () => {
    await gives(100);
    const virement = (to: Side) => posts('appropriation.release', [line('appropriated'), to], 1);
    const strange = /^23514 the accounts of step appropriation.release/;
    expect(await outcome(virement(line('appropriated', { lineId: otherLine })))).toBe('posted');
    expect(await outcome(virement(line('appropriated', { lineId: otherLine, fundingYear: 2017 })))).toMatch(
      strange,
    );
    expect(await outcome(virement(line('appropriated')))).toMatch(strange);
    expect(await outcome(posts('budget.closeYear', [line('appropriated'), line('remainder')], 50))).toBe(
      'posted',
    );
    const carried = (to: Side) => posts('appropriation.release', [line('remainder'), to], 1);
    for (const fundingYear of [2015, 2016, 2019])
      expect(await outcome(carried(line('appropriated', { fundingYear })))).toMatch(strange);
    expect(await outcome(carried(line('appropriated', { fundingYear: 2018, lineId: otherLine })))).toMatch(
      strange,
    );
    for (const fundingYear of [2017, 2018])
      expect(await outcome(carried(line('appropriated', { fundingYear })))).toBe('posted');
  });

  it('an account has the dimensions of its stage, all of them and no others', async () => {
    const strange = /^23514 an account of stage \w+ has other dimensions/;
    await gives(100);
    const appropriates = (to: Side) => posts('appropriation.release', [line('outside'), to], 1);
    expect(await outcome(appropriates(line('appropriated', { programme: 'KI' })))).toMatch(strange);
    expect(await outcome(appropriates(line('appropriated', { caseId })))).toMatch(strange);
    expect(await outcome(appropriates({ stage: 'appropriated', fundingYear: 2016 }))).toMatch(strange);
    const allots = (to: Side) => posts('allocation.release', [line('appropriated'), to], 1);
    expect(await outcome(allots(line('allocated')))).toMatch(strange);
  });

  it('a reversal names one earlier transfer, its accounts the other way round and its amount, and only once', async () => {
    await follows(100);
    const [order, payment] = [randomUUID(), randomUUID()];
    const there = [ofCase('committed'), ofCase('called')] as const;
    const back = [ofCase('called'), ofCase('committed')] as const;
    expect(await outcome(posts('drawdown.order', there, 60, { id: order }))).toBe('posted');
    await as(cashier);
    const refused = '23514 step payment.bounce from called to committed undoes nothing that was done so';
    const bounces = (cents: number, reverses: string | null, id: string = randomUUID()) =>
      outcome(posts('payment.bounce', back, cents, { reverses, id }));
    expect(await bounces(60, null)).toBe(refused);
    expect(await bounces(60, randomUUID())).toBe(refused);
    expect(await bounces(59, order)).toBe(refused);
    expect(await bounces(60, order, payment)).toBe('posted');
    expect(await bounces(60, order)).toMatch(/^(23505|FB409)/);
    // What undid something is not undone; it is done anew.
    expect(await bounces(60, payment)).toBe(refused);
  });

  it('no step forward names what it would reverse, and nothing goes back by the step it came', async () => {
    const given = randomUUID();
    await gives(100, { id: given });
    const back = [line('appropriated'), line('outside')] as const;
    expect(await outcome(posts('appropriation.release', back, 100, { reverses: given }))).toMatch(
      /^23514 step .* undoes nothing/,
    );
    await follows(50);
    const allotted = line('allocated', { programme: 'KI' });
    expect(await outcome(posts('decision.release', [ofCase('committed'), allotted], 10))).toMatch(
      /^42501 no step decision.release from committed to allocated/,
    );
  });

  it('a command that is there for it takes back a part, and the totals know it as undone', async () => {
    await follows(100);
    const allotted = line('allocated', { programme: 'KI' });
    expect(await outcome(posts('test.takeBack', [ofCase('committed'), allotted], 30))).toBe('posted');
    expect(await outcome(posts('test.takeBack', [ofCase('committed'), allotted], 71))).toMatch(/^FB409/);
    const { rows } = await sql.tries(
      `select stage, credits::text, debits::text, reversed::text, regained::text from stage_total
        where span = 'year' and line_id = $1 and stage in ('allocated', 'committed') order by stage`,
      [lineId],
    );
    expect(rows).toEqual([
      { stage: 'allocated', credits: '130', debits: '100', reversed: '0', regained: '30' },
      { stage: 'committed', credits: '100', debits: '30', reversed: '30', regained: '0' },
    ]);
  });
});
