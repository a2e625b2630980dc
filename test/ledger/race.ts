import { randomUUID } from 'node:crypto';
import type { Test } from 'supertest';
import { TokenService } from '../../src/identity/token.service.js';
import type { Caller } from '../support/app.js';
import { coesfeld, Trade, type Decision, type Thing } from '../support/trade.js';
import { passed } from '../support/guideline.js';
import { Treasury } from '../support/treasury.js';

const CONNECTIONS = 16;

/** What became of one clerk's release. */
interface Finish {
  readonly wantedCents: number;
  readonly status: number;
  readonly code: string | null;
  readonly availableCents: number | null;
}

export interface Result {
  readonly allottedCents: number;
  readonly finishes: readonly Finish[];
  /** From the books, when everybody was done. */
  readonly committedCents: number;
  readonly freeCents: number;
}

/**
 * Many clerks release decisions against one allotment in the same second, over HTTP, each signed in as a person of
 * their own. The decisions are copies of one that was applied for, checked and drafted; releasing them is the real thing.
 */
export class Race {
  private constructor(
    readonly trade: Trade,
    private readonly treasury: Treasury,
    private readonly clerks: readonly Caller[],
    private readonly template: Decision,
  ) {}

  static async prepare(name: string, clerks = 128): Promise<Race> {
    const trade = await Trade.open(name, 884_000_000, CONNECTIONS);
    const municipality = await trade.municipality(coesfeld);
    trade.on('2016-02-12');
    const application = await municipality.applies({ from: '2016-02-12' });
    const checked = await trade.clerk.does('/applications', application, 'check', passed());
    await trade.clerk.does('/applications', checked, 'recommend', { recommendation: 'Wie beantragt' });
    const template = await trade.clerk.makes<Decision>('/decisions', {
      ...{ applicationId: application.id, kind: 'grant', fileNumber: '36.02-KI-1', remedyInformation: true },
    });
    return new Race(trade, await Treasury.of(trade), await signedIn(trade, clerks), template);
  }

  close(books: 'true' | 'spoilt' = 'true'): Promise<void> {
    return this.trade.app.close({ books });
  }

  /** One run: an allotment of about half of what is wanted, and everybody at once. */
  async run(seed: number): Promise<Result> {
    const next = random(seed);
    const wanted = this.clerks.map(() => 1 + next(40_000));
    const allottedCents = Math.floor(wanted.reduce((sum, cents) => sum + cents, 0) / 2) + next(1_000);
    const line = await this.treasury.line({});
    await this.treasury.appropriates(line, allottedCents);
    await this.treasury.allots(line, allottedCents);
    const decisions = await this.copies(line, wanted);
    const finishes = await Promise.all(
      this.clerks.map(async (clerk, index) =>
        finishOf(await released(clerk, decisions[index]), wanted[index] ?? 0),
      ),
    );
    const [books] = await this.trade.app.rows<{ committed: string; free: string }>(
      `select coalesce(sum(credits - debits) filter (where stage = 'committed'), 0)::text as committed,
              sum(credits - debits) filter (where stage = 'allocated')::text as free
         from account where line_id = $1`,
      [line.id],
    );
    return {
      ...{ allottedCents, finishes },
      ...{ committedCents: Number(books?.committed), freeCents: Number(books?.free) },
    };
  }

  /** The control: the same rig on accounts without bound, posted to by reading first and writing afterwards. */
  async takeGuardsAway(): Promise<void> {
    const [found] = await this.trade.app.rows<{ source: string }>(
      `select pg_get_functiondef('ledger.post(uuid, jsonb)'::regprocedure) as source`,
    );
    const guard = 'and (not a.bounded or a.debits + touched.debit <= a.credits + touched.credit)';
    const source = found?.source ?? '';
    if (!source.includes(guard))
      throw new Error('ledger.post has changed: the control no longer takes its guard away');
    const naive = source.replace(guard, '').replace(
      'update account a\n',
      `select * into standing from account a where a.id = touched.id;
       if standing.bounded and standing.debits + touched.debit > standing.credits + touched.credit then
         raise exception 'exhausted' using errcode = 'FB409', detail = jsonb_build_object('stage', standing.stage,
           'availableCents', standing.credits - standing.debits, 'wantedCents', touched.debit, 'blockedCents', 0, 'inTheWay', '[]'::jsonb)::text;
       end if;
       perform pg_sleep(0.005);
       update account a\n`,
    );
    await this.trade.app.rows(naive);
    await this.trade.app.rows('alter table account drop constraint account_headroom');
  }

  private async copies(line: Thing, wanted: readonly number[]): Promise<Thing[]> {
    const person = this.trade.app.cast.member('granting_authority').personId;
    const copies = wanted.map((cents) => ({
      ...{ cents, id: randomUUID(), application: randomUUID(), case: randomUUID(), line: line.id },
    }));
    await this.trade.app.rows(copying(this.template.id, person, JSON.stringify(copies)));
    return copies.map(({ id }) => ({ id, version: 1 }));
  }
}

/** Everybody with an account, a session and a token of their own. */
async function signedIn(trade: Trade, clerks: number): Promise<Caller[]> {
  const { app } = trade;
  const names = Array.from({ length: clerks }, (_, index) => `clerk-${String(index)}`);
  await app.cast.admit(names.map((username) => ({ username, role: 'granting_authority', centreId: null })));
  const tokens = app.get(TokenService);
  const actors = await app.cast.actors(names);
  return Promise.all(
    actors.map(async ({ userId, personId, sessionId }) => {
      if (userId === null || personId === null || sessionId === null) throw new Error('no session');
      const office = { role: 'granting_authority', centreId: null, powers: [] } as const;
      return app.as(await tokens.accessToken({ userId, personId, sessionId, ...office }));
    }),
  );
}

/** As a client should: told that the house is busy, it asks again with the same key. */
async function released(clerk: Caller, decision: Thing | undefined): Promise<Awaited<Test>> {
  const key = randomUUID();
  const send = (): Test =>
    clerk
      .post(`/decisions/${String(decision?.id)}/release`)
      .set('Idempotency-Key', key)
      .set('If-Match', '"v1"');
  let answer = await send();
  for (let attempt = 1; answer.status === 503 && attempt < 10; attempt++) answer = await send();
  return answer;
}

function finishOf({ status, body }: Awaited<Test>, wantedCents: number): Finish {
  const { code = null, availableCents = null } = body as { code?: string; availableCents?: number };
  return { wantedCents, status, code, availableCents };
}

/** Copies application, submission, check, decision, amounts and derivation of one decision, each into a case of its own. */
function copying(decision: string, person: string, copies: string): string {
  const copied = (table: string, own: string, where: string): string => `
    insert into ${table} select (jsonb_populate_record(null::${table}, to_jsonb(t) || jsonb_build_object(
      'case_id', c.case, ${own}))).*
      from ${table} t cross join copy c where ${where};`;
  const application = `(select application_id from decision where id = '${decision}')`;
  return `
    select set_config('foerderbuch.action', 'test', true), set_config('foerderbuch.role', 'system', true),
           set_config('foerderbuch.person_id', '${person}', true);
    create temporary table copy on commit drop as
      select * from jsonb_to_recordset('${copies}') as c(cents bigint, id uuid, application uuid, "case" uuid, line uuid);
    -- A copy begins in the middle of its life, which nothing in the house does.
    alter table application disable trigger zy_only_forward;
    ${copied('application', `'id', c.application`, `t.id = ${application}`)}
    alter table application enable trigger zy_only_forward;
    ${copied('application_submission', `'id', gen_random_uuid(), 'application_id', c.application`, `t.application_id = ${application}`)}
    ${copied('application_check', `'id', gen_random_uuid(), 'application_id', c.application`, `t.application_id = ${application}`)}
    ${copied('decision', `'id', c.id, 'application_id', c.application, 'file_number', c.id`, `t.id = '${decision}'`)}
    ${copied('decision_derivation', `'id', gen_random_uuid(), 'decision_id', c.id`, `t.decision_id = '${decision}'`)}
    ${copied('decision_amount', `'id', gen_random_uuid(), 'decision_id', c.id, 'line_id', c.line, 'amount_cents', c.cents`, `t.decision_id = '${decision}' and t.source = 'state_integration'`)}`;
}

/** Small whole numbers from a seed (mulberry32): the same in every run. */
function random(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
