import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  coesfeld,
  grantedBy,
  Trade,
  type Decision,
  type Desk,
  type Municipality,
  type Thing,
} from '../support/trade.js';
import { Treasury, type Row } from '../support/treasury.js';

/** What happens to an appropriation between the budget act and the closing of the books. */
describe('a budget year with its changes', () => {
  let trade: Trade;
  let treasury: Treasury;
  let municipality: Municipality;
  let decision: Decision;
  let line: Thing;
  let authority: Desk;
  const ofYear = (year = 2016) => treasury.row(line, null, year);
  const allotted = (): Promise<Row> => treasury.row(line, 'KI');

  beforeAll(async () => {
    trade = await Trade.open('budget-year', 0);
    treasury = await Treasury.of(trade);
    authority = trade.clerk;
    municipality = await trade.municipality(coesfeld);
    line = await treasury.line({ transferable: true });
  }, 120_000);
  afterAll(() => trade.close());

  it('parliament gives 300,000, and later 50,000 more by a supplementary budget', async () => {
    await treasury.appropriates(line, 30_000_000);
    trade.on('2016-02-01');
    const more = await treasury.changes(line, 'supplement', 5_000_000);
    expect(more).toMatchObject({ kind: 'supplement', state: 'released' });
    expect(await ofYear()).toMatchObject({ appropriatedCents: 35_000_000, freeCents: 35_000_000 });
  });

  it('the finance minister blocks 100,000; what is blocked is not handed on until he consents', async () => {
    await treasury.changes(line, 'block', 10_000_000);
    expect(await ofYear()).toMatchObject({ blockedCents: 10_000_000, freeCents: 25_000_000 });
    const tooMuch = await treasury.triesToAllot(line, 25_000_001);
    expect([tooMuch.status, tooMuch.body.code]).toEqual([409, 'budget-exhausted']);
    expect(tooMuch.body).toMatchObject({ availableCents: 25_000_000, blockedCents: 10_000_000 });

    const without = await treasury.triesToPropose(line, 'unblock', 10_000_000);
    expect(without.body.errors).toMatchObject([
      { code: 'missing-for-this-kind', basis: '§ 36 LHO NRW', pointer: '/consentToUse' },
    ]);
    await treasury.changes(line, 'unblock', 4_000_000, { consentToUse: 'FM I C 1 - 16/0815' });
    expect(await ofYear()).toMatchObject({ blockedCents: 6_000_000, freeCents: 29_000_000 });
    const twice = await treasury.tries(line, 'unblock', 6_000_001, { consentToUse: 'FM I C 1 - 16/0816' });
    expect(twice.body).toMatchObject({
      code: 'budget-exhausted',
      stage: 'blocked',
      availableCents: 6_000_000,
    });
  });

  it('another line helps out by virement, as far as it has money itself', async () => {
    const rich = await treasury.line({});
    await treasury.appropriates(rich, 1_000_000);
    const consent = { fromLineId: rich.id, consentToUse: 'FM I C 1 - 16/0900' };
    await treasury.changes(line, 'virement', 700_000, consent);
    expect(await ofYear()).toMatchObject({ appropriatedCents: 35_700_000 });
    expect(await treasury.row(rich)).toMatchObject({ appropriatedCents: 300_000, freeCents: 300_000 });
    const empty = await treasury.tries(line, 'virement', 300_001, consent);
    expect(empty.body).toMatchObject({ code: 'budget-exhausted', lineId: rich.id, availableCents: 300_000 });
    const itself = await treasury.triesToPropose(line, 'virement', 1, { ...consent, fromLineId: line.id });
    expect(itself.body.errors).toMatchObject([{ code: 'virement-to-itself', basis: '§ 46 LHO NRW' }]);
  });

  it('the ministry allots 200,000; the authority grants Coesfeld its 150,491.80', async () => {
    await treasury.allots(line, 20_000_000);
    trade.on('2016-02-12');
    const application = await municipality.applies({ from: '2016-02-12' });
    decision = await trade.clerk.grants(application, '2016-02-12');
    expect(grantedBy(decision, 'state_integration')).toBe(15_049_180);
    expect(await allotted()).toMatchObject({ allocatedCents: 20_000_000, freeCents: 4_950_820 });
  });

  it('a reduction below what is promised is refused, with the list of what stands in the way', async () => {
    const tooDeep = await treasury.tries(line, 'reduction', 10_000_000);
    expect([tooDeep.status, tooDeep.body.code]).toEqual([409, 'budget-exhausted']);
    expect(tooDeep.body).toMatchObject({ stage: 'appropriated', availableCents: 9_700_000 });
    expect(tooDeep.body.inTheWay).toEqual([
      { stage: 'blocked', programme: null, centreId: null, caseId: null, amountCents: 6_000_000 },
      { stage: 'allocated', programme: 'KI', centreId: null, caseId: null, amountCents: 4_950_820 },
      {
        ...{ stage: 'committed', programme: 'KI', centreId: municipality.centreId },
        ...{ caseId: decision.caseId, amountCents: 15_049_180 },
      },
    ]);
    expect(tooDeep.body.errors).toHaveLength(4);
    const allotment = await treasury.triesToTakeBack(line, 5_000_000);
    expect(allotment.body).toMatchObject({
      code: 'budget-exhausted',
      stage: 'allocated',
      availableCents: 4_950_820,
    });
    expect(allotment.body.inTheWay).toMatchObject([{ stage: 'committed', caseId: decision.caseId }]);
    expect(await ofYear()).toMatchObject({ appropriatedCents: 35_700_000 });
  });

  it('what is free can be taken back: first from the allotment, then from the appropriation', async () => {
    await treasury.takesBack(line, 4_000_000);
    expect(await allotted()).toMatchObject({ allocatedCents: 16_000_000, freeCents: 950_820 });
    await treasury.changes(line, 'reduction', 1_000_000);
    expect(await ofYear()).toMatchObject({ appropriatedCents: 34_700_000, freeCents: 12_700_000 });
  });

  it('the year is opened once, and not closed before it is over', async () => {
    const opened = await treasury.opens(2016);
    expect(opened).toMatchObject({ fundingYear: 2016, state: 'open', broughtForwardCents: 0, cases: 0 });
    expect((await treasury.triesToOpen(2016)).body.code).toBe('duplicate');
    expect((await treasury.triesToOpen(2017)).body.errors).toMatchObject([{ code: 'year-not-begun' }]);
    trade.on('2016-12-31');
    const early = await treasury.triesToClose(opened);
    expect(early.body.errors).toMatchObject([{ code: 'year-not-over', basis: '§ 76 LHO NRW' }]);
  });

  it('closing says what is free, what lapses and what may be carried over, first as a preview', async () => {
    trade.on('2017-01-16');
    const [year] = await treasury.years();
    const told = { freeCents: 13_650_820, lapsesCents: 0, mayBeCarriedOverCents: 13_650_820 };
    const preview = await treasury.previewsClosing(year);
    const ours = (view: { lines: { lineId: string }[] }) =>
      view.lines.find(({ lineId }) => lineId === line.id);
    expect(ours(preview)).toMatchObject({
      ...told,
      blockedLapsesCents: 6_000_000,
      openCommitmentsCents: 15_049_180,
    });
    expect(await ofYear()).toMatchObject({ freeCents: 12_700_000 });

    const closed = await treasury.closes(year);
    expect(closed.state).toBe('closed');
    expect(closed.lines).toEqual(preview.lines);
    // The other line of the year is not transferable: what it had lapses.
    expect(closed.lines.map(({ lapsesCents }) => lapsesCents)).toContain(300_000);
    expect(await ofYear()).toMatchObject({
      ...{ appropriatedCents: 34_700_000, freeCents: 0, lapsedCents: 6_000_000, remainderCents: 13_650_820 },
    });
  });

  it('nothing is given, handed on or promised for a year that is closed', async () => {
    const late = await treasury.triesToPropose(line, 'supplement', 1);
    expect([late.status, late.body.code]).toEqual([409, 'state-conflict']);
    await expect(treasury.allots(line, 1)).rejects.toThrow('state-conflict');
    expect(await treasury.triesToClose((await treasury.years())[0])).toMatchObject({ status: 409 });
  });

  it('the remainder is carried over with both consents and cover, as far as it goes, and in time', async () => {
    const carried = {
      ...{ fundingYear: 2017, fromYear: 2016, cover: 'Einsparung bei 11 060 TG 70' },
      ...{ consentToForm: 'FM I C 2 - 17/0001', consentToUse: 'FM I C 2 - 17/0002' },
    };
    const bare = await treasury.triesToPropose(line, 'carry_over', 1, {
      ...carried,
      consentToForm: null,
      cover: null,
    });
    expect(bare.body.errors).toMatchObject([
      { code: 'missing-for-this-kind', basis: '§ 45 LHO NRW', pointer: '/consentToForm' },
      { code: 'missing-for-this-kind', basis: '§ 45 LHO NRW', pointer: '/cover' },
    ]);
    for (const fundingYear of [2016, 2019]) {
      const outOfTime = await treasury.triesToPropose(line, 'carry_over', 1, { ...carried, fundingYear });
      expect(outOfTime.body.errors).toMatchObject([{ code: 'remainder-out-of-time', basis: '§ 45 LHO NRW' }]);
    }
    const fixed = await treasury.line({});
    const notHere = await treasury.triesToPropose(fixed, 'carry_over', 1, carried);
    expect(notHere.body.errors).toMatchObject([{ code: 'not-transferable', pointer: '/lineId' }]);
    const beyond = await treasury.tries(line, 'carry_over', 13_650_821, carried);
    expect(beyond.body).toMatchObject({
      code: 'budget-exhausted',
      stage: 'remainder',
      availableCents: 13_650_820,
    });

    await treasury.changes(line, 'carry_over', 10_000_000, carried);
    expect(await ofYear(2017)).toMatchObject({ appropriatedCents: 10_000_000, freeCents: 10_000_000 });
    expect(await ofYear()).toMatchObject({ appropriatedCents: 34_700_000 });
  });

  it('what nobody carried over is gone when the second following year is closed', async () => {
    trade.on('2018-01-02');
    const year = await treasury.opens(2018);
    trade.on('2019-01-02');
    const { lines } = await treasury.closes(year);
    expect(lines.find(({ lineId }) => lineId === line.id)).toMatchObject({ remainderLapsesCents: 3_650_820 });
    await authority.sees('/budget/overview?fundingYear=2018');
  });
});
