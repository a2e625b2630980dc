import { describe, expect, it } from '@jest/globals';
import { guidelineFacts } from '../../../test/support/guideline.js';
import { canonicalBytes, sha256Hex } from '../../kernel/canonical-json.js';
import type { DecisionId } from '../../kernel/ids.js';
import { Money } from '../../kernel/money.js';
import { decidedYears, replay, type DecidedAmount } from './replay.rules.js';

const { validity: _validity, ...guideline } = guidelineFacts();
const year = (fundingYear: number) => ({
  ...{ fundingYear, guideline },
  otherIncome: { ownCents: 0, thirdPartyCents: 0 },
});
const about = (to: string) => ({
  application: { periodFrom: '2015-07-02' },
  hostType: 'kreis',
  posts: [
    {
      ...{ position: 1, category: 'specialist', fteHundredths: 100, expenditureCents: null },
      ...{ occupiedFrom: '2015-07-02', occupiedTo: to },
    },
  ],
});
const canonical = (value: object) => Buffer.from(canonicalBytes(value)).toString('utf8');
const frozen = (value: object, ...amounts: readonly (readonly [number, number])[]) => {
  const inputs = canonical(value);
  const decided = amounts.map(([fundingYear, cents]): DecidedAmount => ({
    ...{ fundingYear, source: 'state_integration', amount: Money.ofCents(cents) },
  }));
  const sha256 = sha256Hex(Buffer.from(`${inputs}\n[]`));
  return { id: 'd' as DecisionId, inputs, steps: '[]', sha256, decided };
};

/** 183 of 365 days of 50,000, and a whole year of it. */
const HALF = 2_506_849;
const WHOLE = 5_000_000;

describe('a frozen decision', () => {
  const oneYear = { ...about('2016-01-01'), ...year(2015) };
  const twoYears = { ...about('2017-01-01'), v: 2, years: [year(2015), year(2016)] };

  it('of the time when there was one funding year is read and replayed as before', () => {
    const [only, ...others] = decidedYears(canonical(oneYear));
    expect([only?.fundingYear, only?.periodFrom.toString(), others]).toEqual([2015, '2015-07-02', []]);
    expect(only?.facts.posts.map(({ occupied }) => occupied.days())).toEqual([183]);
    expect(replay(frozen(oneYear, [2015, HALF]))).toEqual([]);
  });

  it('of several years is replayed in each of them', () => {
    expect(decidedYears(canonical(twoYears)).map(({ periodFrom }) => periodFrom.toString())).toEqual([
      ...['2015-07-02', '2016-01-01'],
    ]);
    expect(replay(frozen(twoYears, [2015, HALF], [2016, WHOLE]))).toEqual([]);
  });

  it('shows the year in which a cent was moved, though the sum is the same', () => {
    expect(replay(frozen(twoYears, [2015, HALF + 1], [2016, WHOLE - 1]))).toMatchObject([
      { what: '2015 state_integration', decided: String(HALF + 1), replayed: String(HALF) },
      { what: '2016 state_integration', decided: String(WHOLE - 1), replayed: String(WHOLE) },
    ]);
  });

  it('shows an amount of a year that was never reckoned', () => {
    expect(replay(frozen(oneYear, [2015, HALF], [2017, 1]))).toMatchObject([
      { what: '2017 state_integration', decided: '1', replayed: '0' },
    ]);
  });
});
