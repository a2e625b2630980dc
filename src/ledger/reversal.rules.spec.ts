import { describe, expect, it } from '@jest/globals';
import { CalendarDate } from '../kernel/calendar-date.js';
import {
  newId,
  type AccountId,
  type BudgetLineId,
  type CaseId,
  type CentreId,
  type TransferId,
} from '../kernel/ids.js';
import { Money } from '../kernel/money.js';
import { accountKey } from './chart.rules.js';
import { lyingFor, takeBack, type Inflow } from './reversal.rules.js';

const [lineId, centreId, caseId] = [newId<BudgetLineId>(), newId<CentreId>(), newId<CaseId>()];
const dimensions = {
  lineId,
  fundingYear: 2016,
  programme: 'KI',
  centreId,
  caseId,
  source: 'state_integration' as const,
};
const account = newId<AccountId>();
const TODAY = CalendarDate.of(2016, 6, 1);
const inflow = (left: number, lying: number, changes: Partial<Inflow> = {}): Inflow => ({
  ...{ transferId: newId<TransferId>(), account, left: Money.ofCents(left), lying: Money.ofCents(lying) },
  ...{ from: accountKey('allocated', dimensions), to: accountKey('committed', dimensions) },
  ...changes,
});
const wanted = (cents: number) => ({
  ...{ fundingYear: 2016, source: 'state_integration' as const, lineId, amount: Money.ofCents(cents) },
});

describe('taking money back', () => {
  it('undoes the newest first, each step naming what it undoes', () => {
    const [newest, oldest] = [inflow(50, 150), inflow(100, 150)];
    const { postings, missing } = takeBack([newest, oldest], wanted(120), 'decision.notify', TODAY);
    expect(postings.map(({ reverses, amount }) => [reverses, amount.toJSON()])).toEqual([
      [newest.transferId, 50],
      [oldest.transferId, 70],
    ]);
    expect(postings[0]?.to.stage).toBe('allocated');
    expect(missing.isZero()).toBe(true);
  });

  it('leaves what has been called, and says how much is missing', () => {
    const { postings, amount, missing } = takeBack([inflow(100, 30)], wanted(100), 'decision.notify', TODAY);
    expect(postings).toHaveLength(1);
    expect([amount.toJSON(), missing.toJSON()]).toEqual([30, 70]);
    expect(lyingFor([inflow(100, 30), inflow(50, 30)], wanted(0)).toJSON()).toBe(30);
  });

  it('does not touch another year, source or line', () => {
    const others = [{ fundingYear: 2017 }, { lineId: newId<BudgetLineId>() }].map((changes) =>
      inflow(100, 100, { to: accountKey('committed', { ...dimensions, ...changes }) }),
    );
    expect(takeBack(others, wanted(10), 'decision.notify', TODAY).missing.toJSON()).toBe(10);
  });

  it('does not bring leave to promise of a former year back to life', () => {
    const promised = { ...dimensions, fundingYear: 2017 };
    const given = (issueYear: number): Inflow =>
      inflow(100, 100, {
        from: accountKey('authorised', { ...promised, issueYear }),
        to: accountKey('promised', { ...promised, issueYear }),
      });
    const stage = (issueYear: number) =>
      takeBack([given(issueYear)], { ...wanted(10), fundingYear: 2017 }, 'decision.notify', TODAY).postings[0]
        ?.to.stage;
    expect([stage(2016), stage(2015)]).toEqual(['authorised', 'authorisation_lapsed']);
  });
});
