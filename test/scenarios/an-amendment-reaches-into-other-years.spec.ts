import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ReplayService } from '../../src/grants/decision/replay.service.js';
import { BooksService } from '../../src/ledger/books.service.js';
import { Acts, codesOf, type ActDecision } from '../support/acts.js';
import { readPdf } from '../support/pdf.js';
import {
  coesfeld,
  Trade,
  type Application,
  type Desk,
  type Municipality,
  type Thing,
} from '../support/trade.js';
import { Treasury } from '../support/treasury.js';

interface Grant extends ActDecision {
  readonly grantYears: readonly { readonly fundingYear: number; readonly proofDueOn: string }[];
}

/** A year of 3 × 50,000 + 20,000, and of 2 × 50,000 + 20,000; the first lacks its first 42 days. */
const THREE = { in2014: 15_043_836, later: 17_000_000 };
const TWO = { in2014: 10_619_178, later: 12_000_000 };
const ONE = 7_000_000;
const FROM = '2014-02-12';

describe('an amendment of a grant for several years', () => {
  let trade: Trade;
  let acts: Acts;
  let treasury: Treasury;
  let municipality: Municipality;
  let line: Thing;
  let decision: Thing;
  let act: ActDecision;

  beforeAll(async () => {
    trade = await Trade.open('amended-years', 0);
    acts = new Acts(trade);
    treasury = await Treasury.of(trade);
    trade.on('2014-01-06');
    municipality = await trade.municipality({ ...coesfeld, openedOn: '2013-01-01' });
    line = await treasury.line({});
    await treasury.appropriates(line, 40_000_000, 2014);
    await treasury.allots(line, 40_000_000, { fundingYear: 2014 });
    for (const dueYear of [2015, 2016]) {
      await treasury.authorises(line, { issueYear: 2014, dueYear }, 20_000_000);
    }
    decision = await granted();
  }, 120_000);
  afterAll(() => trade.close());

  const post = (
    position: number,
    kind: [category: string, fteHundredths: number],
    ...time: [string, string]
  ) => ({
    ...{ position, category: kind[0], fteHundredths: kind[1], occupiedFrom: time[0], occupiedTo: time[1] },
  });
  const posts = (specialists: number, to: string, from = FROM) => [
    post(1, ['specialist', specialists], from, to),
    post(2, ['assistant', 50], from, to),
  ];
  const cash = ({ amounts }: ActDecision) =>
    amounts
      .filter(({ source }) => source === 'state_integration')
      .map(({ fundingYear, formerCents, amountCents }) => [fundingYear, formerCents, amountCents]);
  const ofKi = (year: number) => treasury.row(line, 'KI', year);
  const noticeFor = async (desk: Desk) => {
    const path = `/decisions/${act.id}/notice`;
    return readPdf((await desk.caller.get(path).responseType('blob').expect(200)).body as Buffer);
  };

  /** Three specialists and half an assistant for 2014 and 2015, made known and final. */
  async function granted(): Promise<Thing> {
    const share = (fundingYear: number, amountCents: number) => ({
      ...{ fundingYear, source: 'state_integration', amountCents },
    });
    const application = await municipality.makes<Application>('/applications', {
      ...{ callId: municipality.callId, programme: 'KI', fundingYear: 2014 },
      ...{ periodFrom: FROM, periodTo: '2016-01-01' },
      posts: posts(300, '2016-01-01').map(({ position: _position, ...asked }) => asked),
      financingPlan: [share(2014, THREE.in2014), share(2015, THREE.later)],
    });
    const submitted = await municipality.does<Application>('/applications', application, 'submit');
    const drafted = await acts.drafts(await acts.readied(submitted));
    return municipality.waives(await acts.issues(drafted, '2014-01-06'));
  }

  it('reckons each year for itself: those that were granted by what was frozen, a new one by its own guideline', async () => {
    act = await acts.amends(decision, { posts: posts(200, '2017-01-01') });
    expect(cash(act)).toEqual([
      [2014, THREE.in2014, TWO.in2014],
      [2015, THREE.later, TWO.later],
      [2016, null, TWO.later],
    ]);
    const { steps } = await trade.clerk.sees<{ steps: { rule: string; result: string }[] }>(
      `/decisions/${act.id}/derivation`,
    );
    const years = steps.filter(({ rule }) => rule === 'funding_year.guideline').map(({ result }) => result);
    expect(years).toEqual(['2014', '2015', '2016']);
  });

  it('shows, while it is a draft, how its notice would read: what is granted now, and what was so far', async () => {
    const { title, text } = await noticeFor(trade.clerk);
    expect(title).toBe('Entwurf: Änderungsbescheid');
    expect(text).toContain('beträgt nunmehr 346.191,78 EUR statt bisher 320.438,36 EUR');
    expect(text).toContain('für die Zeit vom 12. Februar 2014 bis zum 31. Dezember 2016');
  });

  it('promises the new year with its release, and gives back what the others lose with its notice', async () => {
    await acts.does(act, 'release', undefined, trade.second);
    expect(await ofKi(2014)).toMatchObject({ committedCents: THREE.in2014 });
    expect(await ofKi(2015)).toMatchObject({ promisedCents: THREE.later });
    expect(await ofKi(2016)).toMatchObject({ promisedCents: TWO.later });
    await municipality.caller.get(`/decisions/${act.id}/notice`).expect(404);
    await acts.does(act, 'notify', { mode: 'handover', on: '2014-01-06' });
    expect(await ofKi(2014)).toMatchObject({ committedCents: TWO.in2014 });
    expect(await ofKi(2015)).toMatchObject({ promisedCents: TWO.later });
    expect(await ofKi(2016)).toMatchObject({ promisedCents: TWO.later });
    const { grantYears } = await municipality.sees<Grant>(`/decisions/${decision.id}`);
    expect(grantYears.map(({ fundingYear, proofDueOn }) => [fundingYear, proofDueOn])).toEqual([
      [2014, '2015-03-31'],
      [2015, '2016-03-31'],
      [2016, '2017-03-31'],
    ]);
  });

  it('is kept as the municipality got it', async () => {
    const { title, text } = await noticeFor(municipality);
    expect(title).toBe('Änderungsbescheid');
    expect(text).not.toContain('Entwurf');
    expect(text).toContain('beträgt nunmehr 346.191,78 EUR statt bisher 320.438,36 EUR');
    expect(text).toContain('Der Verwendungsnachweis für 2016 ist bis zum 31. März 2017 vorzulegen.');
    const kept = await trade.app.rows('select from decision_notice where decision_id = $1', [act.id]);
    expect(kept).toHaveLength(1);
  });

  it('a year later lets leave to promise that comes back lapse, for its year is over', async () => {
    trade.on('2015-02-02');
    const fewer = [...posts(200, '2016-01-01'), post(3, ['specialist', 100], '2016-01-01', '2017-01-01')];
    const half = post(4, ['assistant', 50], '2016-01-01', '2017-01-01');
    const second = await acts.amends(decision, { posts: [...fewer, half] });
    expect(cash(second)).toEqual([[2016, TWO.later, ONE]]);
    await acts.issues(second, '2015-02-02');
    expect(await ofKi(2016)).toMatchObject({ promisedCents: ONE });
    const moved = await trade.app.rows(
      `select d.stage as from_stage, c.stage as to_stage, t.undoes, t.amount_cents::text as cents
         from transfer t join account d on d.id = t.debit join account c on c.id = t.credit
        where t.code = 'decision.notify' and t.effective_on = '2015-02-02' order by t.undoes desc`,
    );
    const cents = String(TWO.later - ONE);
    expect(moved).toEqual([
      { from_stage: 'promised', to_stage: 'authorised', undoes: true, cents },
      { from_stage: 'authorised', to_stage: 'authorisation_lapsed', undoes: false, cents },
    ]);
  });

  it('does not promise more years than are planned, nor take one figure for the expenditure of several', async () => {
    const attempt = async (changes: object) =>
      codesOf(await acts.tries(decision, 'amend', acts.wording(changes)));
    expect(await attempt({ posts: posts(200, '2019-01-02') })).toEqual(['period-too-long']);
    const [one, ...rest] = posts(200, '2017-01-01');
    expect(await attempt({ posts: [{ ...one, expenditureCents: 1 }, ...rest] })).toEqual([
      'expenditure-of-several-years',
    ]);
  });

  it('leaves books that hold, and decisions that follow from what they froze', async () => {
    const actor = await trade.app.cast.actor('auditor');
    expect(await trade.app.get(ReplayService).verify(actor)).toEqual({ replayed: 1, faults: [] });
    const { faults } = await trade.app.get(BooksService).verify();
    expect(faults).toEqual([]);
  });
});
