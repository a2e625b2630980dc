import { afterAll, describe, expect, it } from '@jest/globals';
import { cpus } from 'node:os';
import pg from 'pg';
import { CalendarDate } from '../src/kernel/calendar-date.js';
import { TestApp, type Caller } from '../test/support/app.js';
import { casesFor, CENTRE, faultsOfGenerated, generateBooks } from '../test/support/generated-books.js';

const SMALL = Number(process.env['BENCH_SMALL'] ?? 100_000);
const LARGE = Number(process.env['BENCH_LARGE'] ?? 1_000_000);
const WARMING = 20;
const RUNS = 200;
const MOST_MS = 100;
const MOST_GROWTH = 1.2;

const split = '/funding-splits/statewide?fundingYear=2020';
const questions: Readonly<Record<string, string>> = {
  'statewide split': split,
  'statewide split as of a past day': `${split}&asOf=2020-05-20`,
  'statewide split as known at a past instant': `${split}&asOf=2020-12-31&knownAt=2020-05-20T09:00:00Z`,
  'statewide split of eight years': '/funding-splits/series?from=2016&to=2023&asOf=2022-05-20',
  'split of one centre as of a past day': `/funding-splits/series?from=2020&to=2020&centreId=${CENTRE}&asOf=2020-05-20`,
  'budget overview': '/budget/overview?fundingYear=2020',
  'burn-down by month': '/reports/burn-down?fundingYear=2020&by=month',
};

interface Took {
  readonly p50: number;
  readonly p95: number;
}

/** An application on generated books, and their owner. */
interface Books {
  readonly app: TestApp;
  readonly owner: pg.Client;
}

/**
 * Books of eight years, small and large, asked over HTTP in turn, so that a slower minute of the machine slows both;
 * what a caller waits for must not grow with the transfers.
 */
describe('splits and overview of generated books', () => {
  const shelf = new Map<number, Books>();
  const took: { name: string; small: Took; large: Took }[] = [];

  it.each([SMALL, LARGE])(
    'books of %i transfers are made, and are true',
    async (transfers) => {
      const books = await booksOf(transfers);
      shelf.set(transfers, books);
      const start = performance.now();
      expect(await faultsOfGenerated(books.owner)).toEqual([]);
      console.log(`verified in ${secondsSince(start)} s`);
    },
    1_800_000,
  );
  afterAll(async () => {
    for (const { app, owner } of shelf.values()) {
      await owner.end();
      await app.close({ books: 'spoilt' });
    }
  });

  it.each(Object.entries(questions))(
    '%s',
    async (name, path) => {
      const callers = new Map<number, Caller>();
      // Sessions are short, and the larger books are long in the making.
      for (const [transfers, { app }] of shelf)
        callers.set(transfers, app.as((await app.newSession('ministry')).accessToken));
      const times = new Map([SMALL, LARGE].map((transfers) => [transfers, new Array<number>()]));
      for (let run = -WARMING; run < RUNS; run += 1) {
        for (const [transfers, of] of times) {
          const start = performance.now();
          await callers.get(transfers)?.get(path).expect(200);
          if (run >= 0) of.push(performance.now() - start);
        }
      }
      const [small, large] = [summary(times.get(SMALL)), summary(times.get(LARGE))];
      took.push({ name, small, large });
      expect(Math.max(small.p95, large.p95)).toBeLessThan(MOST_MS);
    },
    240_000,
  );

  it(`take at most ${String(MOST_GROWTH)} times as long in the larger books`, () => {
    const ms = (value: number): string => value.toFixed(1).padStart(7);
    const lines = took.map(
      ({ name, small, large }) =>
        `${name.padEnd(45)} p50 ${ms(small.p50)} → ${ms(large.p50)}   p95 ${ms(small.p95)} → ${ms(large.p95)} ms`,
    );
    console.log([`${String(cpus().length)} cores, Node ${process.version}`, ...lines].join('\n'));
    expect(took).toHaveLength(Object.keys(questions).length);
    const grown = took.flatMap(({ name, small, large }) =>
      large.p50 / small.p50 > MOST_GROWTH ? [`${name}: ${(large.p50 / small.p50).toFixed(2)}`] : [],
    );
    expect(grown).toEqual([]);
  });
});

async function booksOf(transfers: number): Promise<Books> {
  const app = await TestApp.boot('bench-books');
  app.clock.playOn(CalendarDate.of(2024, 6, 3));
  const owner = new pg.Client(app.database.ownerUrl);
  await owner.connect();
  const start = performance.now();
  await generateBooks(owner, casesFor(transfers));
  const { rows } = await owner.query<{ count: string }>('select count(*) from transfer');
  console.log(`${String(rows[0]?.count)} transfers made in ${secondsSince(start)} s`);
  expect(Number(rows[0]?.count)).toBeGreaterThanOrEqual(transfers);
  return { app, owner };
}

function summary(times: readonly number[] = []): Took {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(share * sorted.length)] ?? Infinity;
  return { p50: at(0.5), p95: at(0.95) };
}

function secondsSince(start: number): string {
  return ((performance.now() - start) / 1000).toFixed(0);
}
