import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { drawdownLifecycle } from '../../src/grants/drawdown/drawdown.rules.js';
import { paymentLifecycle } from '../../src/grants/drawdown/payment.rules.js';
import {
  applicationLifecycle,
  decisionLifecycle,
  isWithApplicant,
} from '../../src/grants/lifecycle.rules.js';
import { access, permits } from '../../src/identity/access.rules.js';
import { roles, type Role } from '../../src/kernel/actor.js';
import { mayBecome, statesOf, type Lifecycle } from '../../src/kernel/lifecycle.js';
import { isWithRecipient, settlementLifecycle } from '../../src/settlement/settlement.rules.js';
import type { Caller } from '../support/app.js';
import { suit } from '../support/acts.js';
import { passed } from '../support/guideline.js';
import { noObjection, Trade } from '../support/trade.js';
import { Nursery, REPORTING, type Living } from './living.js';

/** A command on a thing: who gives it, with what, and in which states it may succeed. */
interface Command {
  readonly id: string;
  readonly role: Role;
  /** The second person, where the first has a hand in what was prepared. */
  readonly second?: true;
  readonly verb: string | null;
  readonly body?: object;
  readonly from: readonly string[];
}

/** From where a life leads to a state: read off the one table of that life. */
const leadingTo = <S extends string>(life: Lifecycle<S>, to: S): S[] =>
  statesOf(life).filter((from) => mayBecome(life, from, to));

const AUTHORITY = 'granting_authority';
const act = { reasons: 'Neue Verhältnisse', remedyInformation: true, fileNumber: '36.02-TRIAL' };
const takingBack = { ...act, knownOn: '2016-10-04', knowledgeReasons: 'Mit der Äußerung.' };
const hearing = { purpose: 'revocation', reasons: 'Unbesetzt', dueOn: '2017-03-31' };

const commands: Readonly<Record<string, readonly Command[]>> = {
  application: [
    {
      ...{ id: 'application.edit', role: 'municipality', verb: null, body: { periodTo: '2017-01-01' } },
      from: statesOf(applicationLifecycle).filter(isWithApplicant),
    },
    {
      ...{ id: 'application.submit', role: 'municipality', verb: 'submit' },
      from: statesOf(applicationLifecycle).filter(isWithApplicant),
    },
    {
      ...{ id: 'application.retract', role: 'municipality', verb: 'retract' },
      from: leadingTo(applicationLifecycle, 'retracted'),
    },
    {
      ...{ id: 'application.check', role: AUTHORITY, verb: 'check', body: passed() },
      // What lies with the applicant comes back by an answer.
      from: leadingTo(applicationLifecycle, 'in_check').filter((state) => !isWithApplicant(state)),
    },
    {
      ...{ id: 'application.query', role: AUTHORITY, verb: 'query' },
      body: { question: 'Warum?', dueOn: '2016-11-02' },
      from: leadingTo(applicationLifecycle, 'queried'),
    },
    {
      ...{ id: 'application.opine', role: AUTHORITY, verb: 'opine' },
      body: { opinion: 'favourable', reason: 'Schlüssig.' },
      from: leadingTo(applicationLifecycle, 'queried'),
    },
    {
      ...{ id: 'application.consentEarlyStart', role: AUTHORITY, verb: 'consent-early-start' },
      body: { startsOn: '2016-11-02', reason: 'Die Stellen drängen.' },
      from: leadingTo(applicationLifecycle, 'retracted'),
    },
    {
      ...{
        id: 'application.answer',
        role: 'municipality',
        verb: 'answer',
        body: { query: 1, text: 'Darum.' },
      },
      from: ['queried'],
    },
    {
      ...{ id: 'application.notifyChange', role: 'municipality', verb: 'notify-change' },
      body: { kind: 'staffing', what: 'Eine Stelle ist unbesetzt.', sinceOn: '2016-10-04' },
      from: ['decided'],
    },
    {
      ...{ id: 'application.acknowledgeChange', role: AUTHORITY, verb: 'acknowledge-change' },
      body: { change: 1, consequence: 'none', reason: 'Gering.' },
      from: ['decided'],
    },
    {
      ...{ id: 'application.recommend', role: AUTHORITY, verb: 'recommend', body: { recommendation: 'Ja' } },
      from: leadingTo(applicationLifecycle, 'recommended'),
    },
  ],
  decision: [
    {
      ...{ id: 'decision.edit', role: AUTHORITY, verb: null, body: { reasons: 'Besser gefasst' } },
      from: leadingTo(decisionLifecycle, 'released'),
    },
    {
      ...{ id: 'decision.discard', role: AUTHORITY, verb: 'discard', body: { reason: 'Verschrieben' } },
      from: leadingTo(decisionLifecycle, 'discarded'),
    },
    {
      ...{ id: 'decision.release', role: AUTHORITY, second: true, verb: 'release' },
      from: leadingTo(decisionLifecycle, 'released'),
    },
    {
      ...{ id: 'decision.notify', role: AUTHORITY, verb: 'notify' },
      body: { mode: 'handover', on: '2016-10-04' },
      from: leadingTo(decisionLifecycle, 'notified'),
    },
    {
      ...{ id: 'decision.waiveRemedies', role: 'municipality', verb: 'waive-remedies' },
      from: ['notified', 'notified, sued and heard'],
    },
    {
      ...{ id: 'decision.recordSuit', role: AUTHORITY, verb: 'record-suit', body: suit('2016-10-04') },
      from: ['notified'],
    },
    {
      ...{ id: 'decision.closeSuit', role: AUTHORITY, verb: 'close-suit' },
      body: { outcome: 'upheld', endedOn: '2016-10-04' },
      from: ['notified, sued and heard'],
    },
    {
      ...{ id: 'decision.openHearing', role: AUTHORITY, verb: 'open-hearing', body: hearing },
      from: ['notified', 'notified and settled'],
    },
    {
      ...{ id: 'decision.answerHearing', role: 'municipality', verb: 'answer-hearing' },
      body: { statement: 'Sie war besetzt.' },
      from: ['notified, sued and heard'],
    },
    {
      ...{
        id: 'decision.closeHearing',
        role: AUTHORITY,
        verb: 'close-hearing',
        body: { statement: 'Nein.' },
      },
      from: ['notified, sued and heard'],
    },
    {
      ...{ id: 'decision.amend', role: AUTHORITY, verb: 'amend' },
      body: { ...act, amounts: [{ fundingYear: 2016, source: 'third_party', amountCents: 700 }] },
      from: ['notified', 'notified, sued and heard'],
    },
    {
      ...{ id: 'decision.withdraw', role: AUTHORITY, verb: 'withdraw' },
      body: { ...takingBack, ground: 'wrong_statements' },
      from: ['notified'],
    },
    {
      ...{ id: 'decision.revoke', role: AUTHORITY, verb: 'revoke' },
      body: { ...takingBack, ground: 'requirement_broken' },
      from: ['notified'],
    },
    { ...{ id: 'decision.close', role: AUTHORITY, verb: 'close' }, from: ['notified and settled'] },
  ],
  drawdown: [
    {
      ...{ id: 'drawdown.certify', role: AUTHORITY, verb: 'certify' },
      body: { factually: true, arithmetically: true },
      // What is ordered is certified again only by its payment coming back.
      from: leadingTo(drawdownLifecycle, 'certified').filter((state) => state !== 'ordered'),
    },
    {
      ...{ id: 'drawdown.order', role: AUTHORITY, second: true, verb: 'order' },
      from: leadingTo(drawdownLifecycle, 'ordered'),
    },
    {
      ...{ id: 'drawdown.reject', role: AUTHORITY, verb: 'reject', body: { reason: 'Falsch' } },
      from: leadingTo(drawdownLifecycle, 'rejected'),
    },
    {
      ...{ id: 'drawdown.cancel', role: 'municipality', verb: 'cancel' },
      from: leadingTo(drawdownLifecycle, 'cancelled'),
    },
  ],
  payment: [
    {
      ...{ id: 'payment.confirm', role: 'cashier', verb: 'confirm', body: { on: '2016-10-04' } },
      from: leadingTo(paymentLifecycle, 'confirmed'),
    },
    {
      ...{ id: 'payment.bounce', role: 'cashier', verb: 'bounce' },
      body: { on: '2016-10-04', reason: 'Konto erloschen' },
      from: leadingTo(paymentLifecycle, 'bounced'),
    },
    {
      ...{ id: 'payment.return', role: 'cashier', verb: 'return' },
      body: { on: '2016-10-04', reason: 'Konto erloschen' },
      from: leadingTo(paymentLifecycle, 'returned'),
    },
  ],
  settlement: [
    {
      ...{ id: 'settlement.edit', role: 'municipality', verb: null, body: { narrative: 'Neu gefasst.' } },
      from: statesOf(settlementLifecycle).filter(isWithRecipient),
    },
    {
      ...{ id: 'settlement.submit', role: 'municipality', verb: 'submit' },
      from: leadingTo(settlementLifecycle, 'submitted'),
    },
    {
      ...{ id: 'settlement.check', role: AUTHORITY, verb: 'check', body: { note: 'Noch einmal.' } },
      from: leadingTo(settlementLifecycle, 'in_check'),
    },
    {
      ...{ id: 'settlement.query', role: AUTHORITY, verb: 'query', body: { note: 'Es fehlt etwas.' } },
      from: leadingTo(settlementLifecycle, 'queried'),
    },
    {
      ...{ id: 'settlement.examine', role: AUTHORITY, verb: 'examine', body: noObjection },
      // An examination can be made anew until somebody accepts the report.
      from: [...leadingTo(settlementLifecycle, 'examined'), 'examined'],
    },
    {
      ...{ id: 'settlement.accept', role: AUTHORITY, second: true, verb: 'accept' },
      from: leadingTo(settlementLifecycle, 'accepted'),
    },
  ],
};

/** Everybody who may try: one of each role, and the municipality next door. */
type Who = Role | 'neighbour';
const everybody: readonly Who[] = [...roles, 'neighbour'];

describe('every state of a thing, every command on it, everybody', () => {
  let trade: Trade;
  let born: readonly Living[];
  const callers = new Map<string, Caller>();

  beforeAll(async () => {
    trade = await Trade.open('life-cycles', 990_000_000);
    born = await new Nursery(trade).fill();
    trade.on('2016-10-04');
    for (const role of roles.filter((one) => one !== 'municipality'))
      callers.set(role, await trade.app.signIn(role));
    const neighbour = await trade.municipality({
      ags: '05999999',
      name: 'Kreis Nachbar',
      openedOn: '2016-01-01',
    });
    callers.set('neighbour', neighbour.caller);
    callers.set('second', trade.second.caller);
  }, 300_000);
  afterAll(() => trade.close());

  async function versionOf({ path }: Living): Promise<{ version: number; state: string }> {
    const { body } = await trade.app.signIn('auditor').then((caller) => caller.get(path).expect(200));
    return body as { version: number; state: string };
  }

  function callerOf(who: Who, command: Command, { municipality }: Living): Caller {
    if (who === 'municipality') return municipality.caller;
    const name = who === command.role && command.second === true ? 'second' : who;
    const caller = callers.get(name);
    if (caller === undefined) throw new Error(`nobody is called ${name}`);
    return caller;
  }

  /** What must come of it: the table decides, not the application. */
  function expected(who: Who, command: Command, living: Living): readonly number[] {
    const role: Role = who === 'neighbour' ? 'municipality' : who;
    if (!permits(command.id, role)) return [403];
    // Before its notice a decision does not exist for its addressee.
    const unseen = living.thing === 'decision' && ['drafted', 'discarded', 'released'].includes(living.state);
    if (who === 'neighbour' || (who === 'municipality' && unseen)) return [404];
    return command.from.includes(living.state) ? [200, 201] : [409, 422];
  }

  /** What should succeed is rehearsed; what should not is tried for real, and its rehearsal objects the same. */
  async function trial(who: Who, command: Command, living: Living, version: number): Promise<string | null> {
    const wanted = expected(who, command, living);
    const path = living.path + (command.verb === null ? '' : `/${command.verb}`);
    const caller = callerOf(who, command, living);
    const method = command.verb === null ? 'patch' : 'post';
    const sends = async (query: string) => {
      const { status, body } = await caller[method](path + query, command.body ?? {})
        .set('Idempotency-Key', randomUUID())
        .set('If-Match', `"v${String(version)}"`);
      const { traceId: _traceId, ...said } = body as Record<string, unknown>;
      return { status, said };
    };
    const answer = await sends(wanted.includes(200) ? '?dryRun=true' : '');
    const { status, said } = answer;
    if (wanted.includes(422)) expect(await sends('?dryRun=true')).toEqual(answer);
    if (wanted.includes(status)) return null;
    return `${who}: ${command.id} on ${living.thing} ${living.state} → ${String(status)} instead of ${wanted.join(' or ')}: ${JSON.stringify(said).slice(0, 400)}`;
  }

  it.each(['application', 'decision', 'drawdown', 'payment', 'settlement'])(
    'lands where the table of the %s says, and leaves everything as it was',
    async (thing) => {
      trade.on(thing === 'settlement' ? REPORTING : '2016-10-04');
      const mine = born.filter((one) => one.thing === thing);
      const lifeOf = {
        ...{ application: applicationLifecycle, decision: decisionLifecycle, drawdown: drawdownLifecycle },
        ...{ payment: paymentLifecycle, settlement: settlementLifecycle },
      }[thing];
      const states = new Set(mine.map(({ state }) => state.split(/,? /)[0]));
      expect([...states].sort()).toEqual(statesOf<string>(lifeOf ?? {}).sort());

      const before = await trade.app.extent();
      const wrong: (string | null)[] = [];
      let tried = 0;
      let successes = 0;
      for (const living of mine) {
        const { version, state } = await versionOf(living);
        for (const command of commands[thing] ?? []) {
          if (command.id === 'decision.close' || living.state === 'notified and settled') trade.on(REPORTING);
          const outcomes = await Promise.all(everybody.map((who) => trial(who, command, living, version)));
          if (thing !== 'settlement') trade.on('2016-10-04');
          wrong.push(...outcomes);
          tried += everybody.length;
          if (command.from.includes(living.state)) successes += 1;
        }
        expect(await versionOf(living)).toMatchObject({ version, state });
      }
      expect(wrong.filter((one) => one !== null)).toEqual([]);
      expect(await trade.app.extent()).toEqual(before);
      expect(tried).toBe(mine.length * (commands[thing]?.length ?? 0) * everybody.length);
      expect(successes).toBeGreaterThanOrEqual(3);
    },
    240_000,
  );

  it('knows every command on these things that the permissions know', () => {
    const known = Object.values(commands).flatMap((list) => list.map(({ id }) => id));
    const nouns = Object.keys(commands).join('|');
    const reads = /\.(read|list|versions|difference|readiness|calculation|derivation|course|inForce|notice)$/;
    // These make a thing instead of changing one; the scenarios play them.
    const makes = [
      ...['application.draft', 'application.continue', 'decision.draft'],
      ...['drawdown.request', 'settlement.open'],
    ];
    const all = Object.keys(access).filter(
      (id) => new RegExp(`^(${nouns})\\.`).test(id) && !reads.test(id) && !makes.includes(id),
    );
    expect(known.sort()).toEqual(all.sort());
  });
});
