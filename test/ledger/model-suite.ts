import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { BooksRepository, type BookFault } from '../../src/ledger/books.repository.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { command, lineId, LINES, postingsOf, roleOf, type Command } from './model.js';
import { potOf, ReferenceLedger, type Verdict } from './reference-ledger.js';
import { orderOf, type Ran } from './serial-order.js';
import { wired, type Posted } from '../support/sql-session.js';

/** How long a sequence is. */
const COMMANDS = { minLength: 50, maxLength: 53 } as const;
const CLIENTS = 4;
const TIED_TO_RECORDS = 'a transfer stands in exactly one audit record, as it was made';

interface Answer {
  readonly ok: boolean;
  readonly posted?: readonly Posted[];
  readonly stage?: string;
  readonly account?: string;
  readonly availableCents?: number;
}

/** Runs commands in the database, one after the other, each in its role; a refusal undoes its own command only. */
const RUNNER = `
  create function ledger.run_model(commands jsonb) returns jsonb language plpgsql as $$
  declare
    one jsonb;
    answers jsonb := '[]';
    told text;
  begin
    perform set_config('foerderbuch.action', 'test', true);
    for one in select value from jsonb_array_elements(commands) loop
      perform set_config('foerderbuch.role', one ->> 'role', true);
      begin
        answers := answers || jsonb_build_object('ok', true, 'posted', ledger.post(gen_random_uuid(), one -> 'postings'));
      exception when sqlstate 'FB409' then
        get stacked diagnostics told = pg_exception_detail;
        answers := answers || (jsonb_build_object('ok', false) || told::jsonb - 'inTheWay');
      end;
    end loop;
    return answers;
  end $$`;

interface Size {
  readonly sequences: number;
  readonly races: number;
  /** hears now and then how far a long run is */
  readonly tell?: (line: string) => void;
}

const TOLD_EVERY = 500;

/** The ledger against a reference kept on paper: the same commands, the same refusals, the same balances. */
export function modelSuite({ sequences, races, tell = () => undefined }: Size): void {
  describe('the ledger and its reference', () => {
    let database: TestDatabase;
    let clients: pg.Client[];
    let client: pg.Client;

    beforeAll(async () => {
      database = await cloneDatabase('ledger-model');
      clients = Array.from({ length: CLIENTS }, () => new pg.Client(database.ownerUrl));
      await Promise.all(clients.map((one) => one.connect()));
      client = clients[0] ?? new pg.Client();
      await client.query(RUNNER);
      await client.query(
        `insert into budget_line (id, chapter, title, name, transferable)
         select id, '1', id::text, 'x', id = $2 from unnest($1::uuid[]) as l(id), set_config('foerderbuch.action', 'test', false)`,
        [Array.from({ length: LINES }, (_, line) => lineId(line)), lineId(0)],
      );
    }, 120_000);
    afterAll(async () => {
      await Promise.all(clients.map((one) => one.end()));
      await database.drop();
    });

    const pots = async (): Promise<Map<string, number>> => {
      const { rows } = await client.query<{
        stage: string;
        line_id: string;
        year: number;
        case_id: string | null;
        cents: string;
      }>(
        `select stage, line_id, funding_year as year, case_id, sum(credits - debits)::text as cents
           from account group by 1, 2, 3, 4 having sum(credits - debits) <> 0`,
      );
      return new Map(
        rows.map((row) => [potOf(row.stage, row.line_id, row.year, row.case_id), Number(row.cents)]),
      );
    };
    /** What was posted here was posted beneath the commands, so no audit record tells of it. */
    const faults = async (): Promise<BookFault[]> => {
      const found = await new BooksRepository().faults({
        rows: async <T extends object>(sql: string) => (await client.query<T>(sql)).rows,
      });
      return found.filter(({ check }) => check !== TIED_TO_RECORDS);
    };

    it(`agree over ${String(sequences)} sequences of at least 50 commands`, async () => {
      let [commands, refusals, sequence] = [0, 0, 0];
      await fc.assert(
        fc.asyncProperty(fc.array(command, COMMANDS), async (given) => {
          const reference = new ReferenceLedger();
          const script: object[] = [];
          const verdicts: Verdict[] = [];
          for (const one of given) {
            script.push({ role: roleOf(one), postings: wired(postingsOf(one, reference)) });
            verdicts.push(reference.apply(one));
          }
          await client.query('begin');
          try {
            const { rows } = await client.query<{ answers: Answer[] }>(
              'select ledger.run_model($1) as answers',
              [JSON.stringify(script)],
            );
            const answers = rows[0]?.answers ?? [];
            const differences = verdicts.flatMap((verdict, index) =>
              agree(verdict, answers[index])
                ? []
                : [{ command: given[index], verdict, answer: answers[index] }],
            );
            expect(differences).toEqual([]);
            expect(await pots()).toEqual(nonZero(reference.pots));
            // The whole verifier takes longer than a command; every twentieth sequence is enough of it.
            if (sequence++ % 20 === 0) expect(await faults()).toEqual([]);
          } finally {
            await client.query('rollback');
          }
          if (sequence % TOLD_EVERY === 0) tell(`${String(sequence)} of ${String(sequences)} sequences`);
          commands += given.length;
          refusals += verdicts.filter(({ ok }) => !ok).length;
        }),
        { numRuns: sequences, seed: 5, endOnFailure: sequences > 1_000 },
      );
      // A model that is never refused, or always, would prove nothing.
      expect(refusals / commands).toBeGreaterThan(0.1);
      expect(refusals / commands).toBeLessThan(0.9);
    }, 3_600_000);

    it(`in parallel, have a legal serial order (${String(races)} races of ${String(CLIENTS)} clients)`, async () => {
      await client.query('alter table transfer disable trigger user');
      const standalone = command.filter((one) => one.do !== 'open' && one.do !== 'close');
      const scripts = fc.array(fc.array(standalone, { minLength: 13, maxLength: 20 }), {
        minLength: CLIENTS,
        maxLength: CLIENTS,
      });
      let race = 0;
      await fc.assert(
        fc.asyncProperty(scripts, async (given) => {
          if (race++ % TOLD_EVERY === 0) tell(`${String(race - 1)} of ${String(races)} races`);
          await client.query('truncate account, transfer, stage_total, centre_total');
          const ran = await Promise.all(given.map((script, index) => runs(clients[index] ?? client, script)));
          const order = orderOf(ran);
          const reference = new ReferenceLedger();
          for (const { command: one } of order) expect([one, reference.apply(one).ok]).toEqual([one, true]);
          expect(await pots()).toEqual(nonZero(reference.pots));
          expect(await faults()).toEqual([]);
        }),
        { numRuns: races, seed: 7, endOnFailure: true },
      );
    }, 3_600_000);
  });
}

/** One client's commands, each its own transaction; on what account and at which steps, or why not. */
async function runs(client: pg.Client, script: readonly Command[]): Promise<Ran[]> {
  const ran: Ran[] = [];
  for (const one of script) {
    const call = JSON.stringify([
      { role: roleOf(one), postings: wired(postingsOf(one, new ReferenceLedger())) },
    ]);
    const { rows } = await client.query<{ answers: [Answer] }>('select ledger.run_model($1) as answers', [
      call,
    ]);
    const [answer] = rows[0]?.answers ?? [{ ok: false }];
    ran.push({
      key: randomUUID(),
      command: one,
      steps: (answer.posted ?? []).flatMap(({ debit, credit, debitVersion, creditVersion }) => [
        { account: debit, version: debitVersion, cents: -centsOf(one) },
        { account: credit, version: creditVersion, cents: centsOf(one) },
      ]),
      refused: answer.ok
        ? null
        : { account: answer.account ?? '', availableCents: answer.availableCents ?? 0 },
    });
  }
  return ran;
}

function centsOf(given: Command): number {
  return 'cents' in given ? given.cents : 0;
}

function agree(verdict: Verdict, answer: Answer | undefined): boolean {
  if (verdict.ok !== answer?.ok) return false;
  if (answer.ok) return true;
  return [...verdict.lacking].some(
    ([pot, cents]) => pot.startsWith(`${String(answer.stage)} `) && cents === answer.availableCents,
  );
}

function nonZero(pots: ReadonlyMap<string, number>): Map<string, number> {
  return new Map([...pots].filter(([, cents]) => cents !== 0));
}
