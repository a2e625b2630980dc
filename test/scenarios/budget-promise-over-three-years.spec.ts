import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { borken, coesfeld, Trade, type Decision, type Municipality, type Thing } from '../support/trade.js';
import { Treasury } from '../support/treasury.js';

const FULL_YEAR = 17_000_000;

/** Money of later years is promised under an authorisation, called from the appropriation of its own year, or lapses. */
describe('a commitment authorisation over three years', () => {
  let trade: Trade;
  let treasury: Treasury;
  let first: Municipality;
  let second: Municipality;
  let line: Thing;
  let nextYear: Decision;
  let yearAfter: Decision;

  beforeAll(async () => {
    trade = await Trade.open('budget-promise', 0);
    treasury = await Treasury.of(trade);
    first = await trade.municipality({ ...coesfeld, openedOn: '2013-01-01' });
    second = await trade.municipality({ ...borken, openedOn: '2013-01-01' });
    line = await treasury.line({});
  }, 120_000);
  afterAll(() => trade.close());

  const ofKi = (year: number) => treasury.row(line, 'KI', year);

  it('2014: parliament allows promises of 200,000 for 2015 and of 170,000 for 2016', async () => {
    trade.on('2014-01-06');
    await treasury.appropriates(line, 1_000_000, 2014);
    await treasury.authorises(line, { issueYear: 2014, dueYear: 2015 }, 20_000_000);
    await treasury.authorises(line, { issueYear: 2014, dueYear: 2016 }, FULL_YEAR);
    expect(await ofKi(2015)).toMatchObject({ authorisedCents: 20_000_000, promisedCents: 0, freeCents: 0 });
  });

  it('in autumn Coesfeld is granted 2015 and Borken 2016; no appropriation of those years is touched', async () => {
    trade.on('2014-11-02');
    nextYear = await trade.clerk.grants(await first.applies({ from: '2015-01-01' }), '2014-11-02');
    yearAfter = await trade.clerk.grants(await second.applies({ from: '2016-01-01' }), '2014-11-02');
    expect(await ofKi(2015)).toMatchObject({ promisedCents: FULL_YEAR, committedCents: 0 });
    expect(await ofKi(2016)).toMatchObject({ promisedCents: FULL_YEAR, committedCents: 0 });
  });

  it('nobody is promised more than was authorised', async () => {
    const application = await second.applies({ from: '2015-01-01' });
    await expect(trade.clerk.grants(application, '2014-11-02')).rejects.toThrow('budget-exhausted');
    expect(await ofKi(2015)).toMatchObject({ authorisedCents: 20_000_000, promisedCents: FULL_YEAR });
  });

  it('what is promised cannot be called before its year is opened', async () => {
    nextYear = await first.waives(nextYear);
    yearAfter = await second.waives(yearAfter);
    trade.on('2015-05-02');
    const drawdown = await first.calls(nextYear, FULL_YEAR / 2, '2015-05-02');
    await expect(trade.clerk.orders(drawdown)).rejects.toThrow('year-not-opened');
  });

  it('the unused authorisation lapses with its issue year', async () => {
    const year = await treasury.opens(2014);
    const { lines } = await treasury.closes(year);
    expect(lines.find(({ lineId }) => lineId === line.id)).toMatchObject({
      ...{ authorisationLapsesCents: 3_000_000, lapsesCents: 1_000_000 },
    });
    expect(await ofKi(2015)).toMatchObject({ authorisedCents: FULL_YEAR, promisedCents: FULL_YEAR });
  });

  it('2015 is opened only when its appropriation carries the promises', async () => {
    const tooEarly = await treasury.triesToOpen(2015);
    expect(tooEarly.body).toMatchObject({
      code: 'budget-exhausted',
      stage: 'appropriated',
      wantedCents: FULL_YEAR,
    });
    await treasury.appropriates(line, 18_000_000, 2015);
    const opened = await treasury.opens(2015);
    expect(opened).toMatchObject({ broughtForwardCents: FULL_YEAR, cases: 1 });
    expect(await ofKi(2015)).toMatchObject({
      allocatedCents: FULL_YEAR,
      committedCents: FULL_YEAR,
      freeCents: 0,
    });
    expect(await treasury.row(line, null, 2015)).toMatchObject({ freeCents: 1_000_000 });
  });

  it('then Coesfeld calls its money, and Borken has to wait for its own year', async () => {
    const { items } = await first.sees<{ items: Thing[] }>('/drawdowns');
    const [waiting] = items;
    if (waiting === undefined) throw new Error('nothing was requested');
    await trade.second.does('/drawdowns', waiting, 'order');
    expect(await ofKi(2015)).toMatchObject({ calledCents: FULL_YEAR / 2 });
    expect(await ofKi(2016)).toMatchObject({ committedCents: 0, promisedCents: FULL_YEAR });
  });

  it('2016: its appropriation takes over the promise, and the audit record names the case', async () => {
    trade.on('2016-01-02');
    await treasury.appropriates(line, FULL_YEAR, 2016);
    expect(await treasury.opens(2016)).toMatchObject({ broughtForwardCents: FULL_YEAR, cases: 1 });
    trade.on('2016-05-02');
    await trade.clerk.orders(await second.calls(yearAfter, FULL_YEAR / 2, '2016-05-02'));
    expect(await ofKi(2016)).toMatchObject({ committedCents: FULL_YEAR, calledCents: FULL_YEAR / 2 });
    const [record] = await trade.app.rows(
      `select r.action from audit_case c join audit_record r on r.id = c.record_id
        where c.case_id = $1 and r.action = 'budget.openYear'`,
      [yearAfter.caseId],
    );
    expect(record).toEqual({ action: 'budget.openYear' });
  });
});
