import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { kiGuideline2012 } from '../../src/demo/data/ki-guideline-2012.js';
import { ReplayService } from '../../src/grants/decision/replay.service.js';
import { CalendarDate } from '../../src/kernel/calendar-date.js';
import { Money } from '../../src/kernel/money.js';
import { BooksService } from '../../src/ledger/books.service.js';
import { guidelineBody, passed } from '../support/guideline.js';
import {
  coesfeld,
  Desk,
  Trade,
  type Application,
  type Decision,
  type Drawdown,
  type Municipality,
  type Thing,
} from '../support/trade.js';
import { Treasury } from '../support/treasury.js';

interface Amount {
  readonly fundingYear: number;
  readonly source: string;
  readonly amountCents: number;
}

interface Split {
  readonly source: string;
  readonly plannedCents: number;
  readonly committedCents: number;
  readonly paidCents: number | null;
}

interface Grant extends Decision {
  readonly amounts: readonly (Amount & { readonly lineId: string | null })[];
  readonly grantYears: readonly {
    fundingYear: number;
    guidelineVersionId: string;
    proofDueOn: string;
  }[];
  readonly grantedCents: number;
}

/** A year of 3 × 50,000 + 20,000; the first lacks its first 42 days; in the last a post costs 51,234.56. */
const IN_2014 = 15_043_836;
const IN_2015 = 17_000_000;
const IN_2016 = 17_370_368;
const OWN = 2_000_000;

describe('three funding years in one application and one decision', () => {
  let trade: Trade;
  let treasury: Treasury;
  let municipality: Municipality;
  let line: Thing;
  let application: Application;
  let draft: Grant;
  let decision: Grant;
  let waiting: Drawdown;
  const versions: string[] = [];

  beforeAll(async () => {
    trade = await Trade.open('three-funding-years', 0);
    treasury = await Treasury.of(trade);
    trade.on('2014-01-06');
    municipality = await trade.municipality({ ...coesfeld, openedOn: '2013-01-01' });
    line = await treasury.line({});
    await treasury.appropriates(line, 40_000_000, 2014);
    await treasury.allots(line, 40_000_000, { fundingYear: 2014 });
  }, 120_000);
  afterAll(() => trade.close());

  const occupied = { occupiedFrom: '2014-02-12', occupiedTo: '2017-01-01' };
  const posts = [
    { category: 'specialist', fteHundredths: 300, ...occupied },
    { category: 'assistant', fteHundredths: 50, ...occupied },
    { category: 'teacher', fteHundredths: 200, ...occupied },
  ];
  const calculation = () =>
    municipality.sees<{
      years: { fundingYear: number; guidelineVersionId: string; derivation: { basis: string | null }[] }[];
      lines: (Amount & { position: number })[];
      totals: Amount[];
      objections: { code: string; pointer: string; detail: { de: string } }[];
    }>(`/applications/${application.id}/calculation`);
  const cash = (amounts: readonly Amount[]) =>
    amounts
      .filter(({ source }) => source === 'state_integration')
      .map(({ fundingYear, amountCents }) => [fundingYear, amountCents]);
  const split = async (year: number, source: string) => {
    const { items } = await trade.ministry.sees<{ items: Split[] }>(`/funding-splits?fundingYear=${year}`);
    return items.find((item) => item.source === source);
  };
  const ofKi = (year: number) => treasury.row(line, 'KI', year);
  const written = async () => {
    const [row] = await trade.app.rows<Record<string, string>>(
      `select (select count(*) from transfer)::text as transfers, (select count(*) from grant_year)::text as years,
              (select state from decision where id = $1) as decision, (select state from application where id = $2) as application`,
      [draft.id, application.id],
    );
    return row;
  };

  it('from 2016 on another version of the guideline pays more for a specialist', async () => {
    const from = CalendarDate.of(2016, 1, 1);
    const rates = kiGuideline2012.rates.map((rate) => ({
      ...{ ...rate, validFrom: from },
      ...(rate.category === 'specialist' ? { amount: Money.ofCents(5_123_456) } : {}),
    }));
    const version = { ...kiGuideline2012, legalInstrument: 'Änderungserlass 2016', validFrom: from, rates };
    const drafted = await trade.ministry.makes('/guidelines', guidelineBody({ ...version, validTo: null }));
    const released = await new Desk(await trade.app.signIn('ministry2')).does(
      '/guidelines',
      drafted,
      'release',
    );
    await new Desk(await trade.app.signIn('school_ministry')).does('/guidelines', released, 'co-release');
    versions.push(drafted.id);
  });

  it('each year is reckoned by the guideline in force on its first day, and shown by year and post', async () => {
    application = await municipality.makes<Application>('/applications', {
      ...{ callId: trade.callId, programme: 'KI', fundingYear: 2014 },
      ...{ periodFrom: '2014-02-12', periodTo: '2017-01-01', posts },
      financingPlan: [{ source: 'municipal', amountCents: OWN }],
    });
    expect(application).toMatchObject({ fundingYear: 2014, fundingYears: [2014, 2015, 2016] });
    const { years, lines, totals } = await calculation();
    expect(cash(totals)).toEqual([
      [2014, IN_2014],
      [2015, IN_2015],
      [2016, IN_2016],
    ]);
    expect(lines.map(({ fundingYear, position }) => `${fundingYear}/${position}`)).toEqual(
      [2014, 2015, 2016].flatMap((year) => [1, 2, 3].map((position) => `${year}/${position}`)),
    );
    expect(years.map(({ derivation }) => derivation[0]?.basis)).toEqual([
      ...[kiGuideline2012.legalInstrument, kiGuideline2012.legalInstrument, 'Änderungserlass 2016'],
    ]);
    expect(years[2]?.guidelineVersionId).toBe(versions[0]);
  });

  it('the plan must balance in every single year, and the objection says in which it does not', async () => {
    const { totals } = await calculation();
    const share = ({ fundingYear, source, amountCents }: Amount) => ({ fundingYear, source, amountCents });
    const own = [2014, 2015, 2016].map((fundingYear) => ({
      ...{ fundingYear, source: 'municipal', amountCents: OWN },
    }));
    const plan = [...totals.map(share), ...own];
    const shifted = plan.map((item) => ({
      ...item,
      amountCents:
        item.amountCents - (item.fundingYear === 2015 && item.source === 'state_integration' ? 1 : 0),
    }));
    application = await municipality.changes('/applications', application, { financingPlan: shifted });
    const { objections } = await calculation();
    expect(objections.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['plan-differs-from-rules', '/financingPlan/3/amountCents'],
    ]);
    expect(objections[0]?.detail.de).toContain('2015, Land (Integrationsministerium)');
    application = await municipality.changes('/applications', application, { financingPlan: plan });
    application = await municipality.does('/applications', application, 'submit');
    expect(await split(2016, 'municipal')).toMatchObject({ plannedCents: OWN, committedCents: 0 });
  });

  it('a decision of later years waits until parliament gave leave to promise them', async () => {
    const checked = await trade.clerk.does('/applications', application, 'check', passed());
    await trade.clerk.does('/applications', checked, 'recommend', { recommendation: 'Wie beantragt.' });
    const body = {
      ...{ applicationId: application.id, kind: 'grant', fileNumber: '36.02-KI-2014-1' },
      remedyInformation: true,
    };
    await expect(trade.clerk.makes('/decisions', body)).rejects.toThrow('no-allotment');
    await treasury.authorises(line, { issueYear: 2014, dueYear: 2015 }, IN_2015);
    await treasury.authorises(line, { issueYear: 2014, dueYear: 2016 }, IN_2015);
    draft = await trade.clerk.makes<Grant>('/decisions', body);
    expect(cash(draft.amounts)).toEqual([
      [2014, IN_2014],
      [2015, IN_2015],
      [2016, IN_2016],
    ]);
    expect(draft).toMatchObject({ grantedCents: IN_2014 + IN_2015 + IN_2016, grantYears: [] });
  });

  it('where one year lacks headroom nothing is released, and the refusal names year, line and what is free', async () => {
    const before = await written();
    const refused = await trade.second.tries('/decisions', draft, 'release');
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({
      ...{ code: 'budget-exhausted', stage: 'authorised', lineId: line.id, fundingYear: 2016 },
      ...{ availableCents: IN_2015, wantedCents: IN_2016 },
    });
    expect(refused.body.errors[0].detail).toContain(
      'Verpflichtungsermächtigung 2016: 170.000,00 EUR sind frei',
    );
    expect(await written()).toEqual(before);
    expect(await ofKi(2014)).toMatchObject({ committedCents: 0 });
    expect(await ofKi(2015)).toMatchObject({ promisedCents: 0 });
  });

  it('with enough of it the year that runs is committed and the later ones are promised', async () => {
    await treasury.authorises(line, { issueYear: 2014, dueYear: 2016 }, IN_2016 - IN_2015);
    const released = await trade.second.does<Grant>('/decisions', draft, 'release');
    expect(await ofKi(2014)).toMatchObject({ committedCents: IN_2014 });
    expect(await ofKi(2015)).toMatchObject({ promisedCents: IN_2015, committedCents: 0 });
    expect(await ofKi(2016)).toMatchObject({ promisedCents: IN_2016, committedCents: 0 });
    expect(released.grantYears).toMatchObject([
      { fundingYear: 2014, proofDueOn: '2015-03-31' },
      { fundingYear: 2015, proofDueOn: '2016-03-31' },
      { fundingYear: 2016, proofDueOn: '2017-03-31', guidelineVersionId: versions[0] },
    ]);
    const notice = { mode: 'handover', on: '2014-01-06' };
    const notified = await trade.clerk.does('/decisions', released, 'notify', notice);
    decision = (await municipality.waives(notified)) as Grant;
  });

  it('every year’s split shows what the decision commits, whether its year has begun or not', async () => {
    for (const [year, cents] of cash(decision.amounts)) {
      expect(await split(Number(year), 'state_integration')).toMatchObject({
        ...{ plannedCents: cents, committedCents: cents, paidCents: 0 },
      });
      expect(await split(Number(year), 'municipal')).toMatchObject({ committedCents: OWN });
    }
  });

  it('money of the year that runs is paid; that of 2015 is not before 2015 is opened', async () => {
    trade.on('2014-05-02');
    const first = await trade.clerk.orders(await municipality.calls(decision, 7_000_000, '2014-05-02'));
    await trade.cashier.pays(first, '2014-05-02');
    expect(await split(2014, 'state_integration')).toMatchObject({ paidCents: 7_000_000 });
    trade.on('2015-03-02');
    const report = await municipality.accounts(decision, { personnelCents: 9_000_000, materialCents: 0 });
    expect(report.items).toContainEqual(
      expect.objectContaining({ category: 'state_integration', perNoticeCents: IN_2014 }),
    );
    trade.on('2015-05-02');
    const in2015 = { ...decision, fundingYear: 2015 };
    waiting = await trade.clerk.certifies(await municipality.calls(in2015, 8_000_000, '2015-05-02'));
    const refused = await trade.second.tries('/drawdowns', waiting, 'order');
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toMatchObject([{ code: 'year-not-opened' }]);
  });

  it('opening 2015 turns its promise into a commitment; then it is paid, and the split stays what it was', async () => {
    await treasury.appropriates(line, IN_2015, 2015);
    expect(await treasury.opens(2015)).toMatchObject({ broughtForwardCents: IN_2015, cases: 1 });
    expect(await ofKi(2015)).toMatchObject({ committedCents: IN_2015 });
    await trade.cashier.pays(await trade.second.does('/drawdowns', waiting, 'order'), '2015-05-02');
    expect(await split(2015, 'state_integration')).toMatchObject({
      ...{ plannedCents: IN_2015, committedCents: IN_2015, paidCents: 8_000_000 },
    });
    expect(await split(2016, 'state_integration')).toMatchObject({ committedCents: IN_2016, paidCents: 0 });
    expect(await ofKi(2016)).toMatchObject({ promisedCents: IN_2016, committedCents: 0 });
  });

  it('no more of a year can be called than it grants, whatever the other years hold', async () => {
    trade.on('2015-10-02');
    const in2015 = { ...decision, fundingYear: 2015 };
    await expect(municipality.calls(in2015, IN_2015 - 8_000_000 + 1, '2015-10-02')).rejects.toThrow(
      'above-payable-share',
    );
    await municipality.calls(in2015, IN_2015 - 8_000_000, '2015-10-02');
  });

  it('all years follow from what the decision froze, and the books hold', async () => {
    const actor = await trade.app.cast.actor('auditor');
    expect(await trade.app.get(ReplayService).verify(actor)).toEqual({ replayed: 1, faults: [] });
    const { faults } = await trade.app.get(BooksService).verify();
    expect(faults).toEqual([]);
    const { steps } = await municipality.sees<{ steps: { rule: string; result: string }[] }>(
      `/decisions/${decision.id}/derivation`,
    );
    expect(steps.filter(({ rule }) => rule === 'funding_year.guideline').map(({ result }) => result)).toEqual(
      [...['2014', '2015', '2016']],
    );
  });
});
