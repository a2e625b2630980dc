import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
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

/** Books of eight years, small and large, asked over HTTP; what a caller waits for must not grow with the transfers. */
describe('splits and overview of generated books', () => {
  const took = new Map<string, Map<number, Took>>();

  describe.each([SMALL, LARGE])('of %i transfers', (transfers) => {
    let app: TestApp;
    let ministry: Caller;
    let owner: pg.Client;

    beforeAll(async () => {
      app = await TestApp.boot('bench-books');
      app.clock.playOn(CalendarDate.of(2024, 6, 3));
      ministry = await app.signIn('ministry');
      owner = new pg.Client(app.database.ownerUrl);
      await owner.connect();
      const start = performance.now();
      await generateBooks(owner, casesFor(transfers));
      const { rows } = await owner.query<{ count: string }>('select count(*) from transfer');
      const seconds = Math.round((performance.now() - start) / 1000);
      console.log(`${String(rows[0]?.count)} transfers made in ${String(seconds)} s`);
      expect(Number(rows[0]?.count)).toBeGreaterThanOrEqual(transfers);
    }, 900_000);
    afterAll(async () => {
      await owner.end();
      await app.close({ books: 'spoilt' });
    });

    it.each(Object.entries(questions))(
      '%s',
      async (name, path) => {
        const times: number[] = [];
        for (let run = -WARMING; run < RUNS; run += 1) {
          const start = performance.now();
          await ministry.get(path).expect(200);
          if (run >= 0) times.push(performance.now() - start);
        }
        times.sort((a, b) => a - b);
        const at = (share: number): number => times[Math.floor(share * RUNS)] ?? 0;
        const ofName = took.get(name) ?? new Map<number, Took>();
        took.set(name, ofName.set(transfers, { p50: at(0.5), p95: at(0.95) }));
        expect(at(0.95)).toBeLessThan(MOST_MS);
      },
      120_000,
    );

    it('are asked of books that are true', async () => {
      const start = performance.now();
      expect(await faultsOfGenerated(owner)).toEqual([]);
      console.log(`verified in ${String(Math.round((performance.now() - start) / 1000))} s`);
    }, 900_000);
  });

  it(`take at most ${String(MOST_GROWTH)} times as long in the larger books`, () => {
    const ms = (value = 0): string => value.toFixed(1).padStart(7);
    const lines = [...took].map(([name, of]) => {
      const [small, large] = [of.get(SMALL), of.get(LARGE)];
      return `${name.padEnd(45)} p50 ${ms(small?.p50)} → ${ms(large?.p50)}   p95 ${ms(small?.p95)} → ${ms(large?.p95)} ms`;
    });
    console.log([`${String(cpus().length)} cores, Node ${process.version}`, ...lines].join('\n'));
    const grown = [...took].flatMap(([name, of]) => {
      const [small, large] = [of.get(SMALL)?.p50 ?? 0, of.get(LARGE)?.p50 ?? Infinity];
      return large / small > MOST_GROWTH ? [`${name}: ${(large / small).toFixed(2)}`] : [];
    });
    expect(grown).toEqual([]);
  });
});
