import { describe, expect, it } from '@jest/globals';
import { CalendarDate } from '../kernel/calendar-date.js';
import { newId, type BudgetLineId, type CaseId, type CentreId } from '../kernel/ids.js';
import { Money } from '../kernel/money.js';
import { accountKey } from './chart.rules.js';
import { lyingFor, takeBack, type Commitment, type CommitmentStage } from './reversal.rules.js';

const [lineId, centreId, caseId] = [newId<BudgetLineId>(), newId<CentreId>(), newId<CaseId>()];
const dimensions = {
  ...{ lineId, fundingYear: 2017, issueYear: 2016, programme: 'KI', centreId, caseId },
  source: 'state_integration' as const,
};
const TODAY = CalendarDate.of(2016, 6, 1);
const lies = (lying: number, stage: CommitmentStage = 'committed', changes: object = {}): Commitment => ({
  account: { ...accountKey(stage, { ...dimensions, ...changes }), stage },
  lying: Money.ofCents(lying),
});
const wanted = (cents: number) => ({
  ...{ fundingYear: 2017, source: 'state_integration' as const, lineId, amount: Money.ofCents(cents) },
});
const back = (commitments: readonly Commitment[], cents: number) =>
  takeBack(commitments, wanted(cents), 'decision.notify', TODAY);
const steps = (commitments: readonly Commitment[], cents: number) =>
  back(commitments, cents).postings.map(({ from, to, amount }) => [from.stage, to.stage, amount.toJSON()]);

describe('taking money back', () => {
  it('goes the way it came, in the order given, and takes no more than is wanted', () => {
    const commitments = [lies(50), lies(100, 'promised')];
    expect(steps(commitments, 120)).toEqual([
      ['committed', 'allocated', 50],
      ['promised', 'authorised', 70],
    ]);
    expect(back(commitments, 120).missing.isZero()).toBe(true);
  });

  it('leaves what has been called, and says how much is missing', () => {
    const { postings, missing } = back([lies(30)], 100);
    expect(postings.map(({ amount }) => amount.toJSON())).toEqual([30]);
    expect(missing.toJSON()).toBe(70);
    expect(lyingFor([lies(30), lies(20, 'promised')], wanted(0)).toJSON()).toBe(50);
  });

  it('does not touch another year, source or line', () => {
    const others = [{ fundingYear: 2018 }, { lineId: newId<BudgetLineId>() }, { source: 'municipal' }];
    const commitments = others.map((changes) => lies(100, 'committed', changes));
    expect(back(commitments, 10)).toEqual({ postings: [], missing: Money.ofCents(10) });
  });

  it('lets leave to promise of a former year lapse instead of bringing it back to life', () => {
    expect(steps([lies(100, 'promised', { issueYear: 2015 })], 10)).toEqual([
      ['promised', 'authorised', 10],
      ['authorised', 'authorisation_lapsed', 10],
    ]);
  });
});
