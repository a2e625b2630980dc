import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { candidates2016, publishedFigures2016 } from '../../src/demo/data/published-figures-2016.js';
import { PublishedFigureService } from '../../src/financing/published-figure.service.js';
import type { Actor } from '../../src/kernel/actor.js';
import { CalendarDate } from '../../src/kernel/calendar-date.js';
import { invocationOf } from '../support/actors.js';
import { TestApp, type Caller } from '../support/app.js';

interface Line {
  readonly subject: string;
  readonly source: string;
  readonly publishedCents: number;
  readonly bookedCents: number | null;
  readonly modelledCents: number | null;
  readonly differenceCents: number | null;
  readonly explanation: string;
}

const FIGURE = {
  ...{
    fundingYear: 2018,
    subject: 'ki.total',
    source: 'state',
    amountCents: 1_450_000_000,
    roundedToCents: 10_000_000,
  },
  publication: 'Landtagsdrucksache',
};

describe('published figures and their report', () => {
  let app: TestApp;
  let ministry: Caller;
  let actor: Actor;

  beforeAll(async () => {
    app = await TestApp.boot('reports');
    app.clock.playOn(CalendarDate.of(2018, 12, 1));
    ministry = await app.signIn('ministry');
    actor = await app.cast.actor('ministry');
    const figures = app.get(PublishedFigureService);
    for (const figure of publishedFigures2016) await figures.record(invocationOf(actor), figure);
    for (const candidate of candidates2016) await figures.nameCandidate(invocationOf(actor), candidate);
  }, 120_000);

  afterAll(() => app.close());

  const report = async () => {
    const { body } = await ministry.get('/reports/reconciliation?fundingYear=2016').expect(200);
    return body as { items: Line[]; candidates: { textDe: string }[] };
  };
  const line = (lines: readonly Line[], source: string) =>
    lines.find((one) => one.subject === 'ki.total' && one.source === source);

  it('keep what was published about 2016, with its rounding and the day where it is known', async () => {
    const { body } = await (
      await app.signIn('cashier')
    )
      .get('/published-figures?fundingYear=2016')
      .expect(200);
    const { items } = body as { items: Record<string, unknown>[] };
    expect(items).toHaveLength(publishedFigures2016.length);
    const total = {
      subject: 'ki.total',
      source: 'all',
      amountCents: 3_940_000_000,
      roundedToCents: 10_000_000,
    };
    expect(items).toContainEqual(
      expect.objectContaining({ ...total, roundingText: 'rund', publishedOn: null }),
    );
    expect(items).toContainEqual(
      expect.objectContaining({ source: 'third_party', amountCents: 530_000_000, roundingText: 'fast' }),
    );
    expect(items).toContainEqual(
      expect.objectContaining({
        subject: 'kommAn.measures',
        amountCents: 705_000_000,
        publishedOn: '2016-07-01',
      }),
    );
    expect(items).toContainEqual(
      expect.objectContaining({ subject: 'kommAn.volunteering', amountCents: 770_000_000 }),
    );
  });

  it('add up as published: municipal, state and third-party money to the total', () => {
    const of = (source: string) =>
      publishedFigures2016.find((one) => one.subject === 'ki.total' && one.source === source)?.amount.cents ??
      0n;
    expect(of('municipal') + of('state') + of('third_party')).toBe(of('all'));
  });

  it('stand beside empty books as wholly unexplained, with candidates of which none carries an amount', async () => {
    const { items, candidates } = await report();
    expect(line(items, 'state')).toMatchObject({
      publishedCents: 1_450_000_000,
      bookedCents: 0,
      modelledCents: 0,
      differenceCents: 1_450_000_000,
      explanation: 'unexplained',
    });
    expect(candidates).toHaveLength(candidates2016.length);
    expect(candidates.flatMap((one) => Object.keys(one)).filter((name) => name.endsWith('Cents'))).toEqual(
      [],
    );
  });

  it('about other things are not compared with these books', async () => {
    const { items } = await report();
    for (const one of items.filter(({ subject }) => subject !== 'ki.total')) {
      expect(one).toMatchObject({ bookedCents: null, differenceCents: null, explanation: 'not_comparable' });
    }
  });

  it('are recorded once per publication and never changed', async () => {
    const { body } = await ministry.post('/published-figures', FIGURE).expect(201);
    expect(body).toMatchObject({ ...FIGURE, roundingText: null, url: null, publishedOn: null });
    const again = await ministry.post('/published-figures', FIGURE).expect(409);
    expect(again.body).toMatchObject({ code: 'duplicate' });
    await ministry.post('/published-figures', { ...FIGURE, publication: 'Ministerialblatt' }).expect(201);
    const { id } = body as { id: string };
    for (const sql of [
      'update published_figure set amount_cents = 0 where id = $1',
      'delete from published_figure where id = $1',
    ]) {
      await expect(app.rows(sql, [id])).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('that are not rounded as they say, or lie in the future, are refused with every objection at once', async () => {
    const wrong = { ...FIGURE, amountCents: 1_450_000_001, publishedOn: '2018-12-02' };
    const { body } = await ministry.post('/published-figures', wrong).expect(422);
    const { errors } = body as { errors: { code: string; pointer: string }[] };
    expect(errors.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['not-rounded-as-said', '/roundedToCents'],
      ['published-in-future', '/publishedOn'],
    ]);
  });

  it('can be rehearsed without being recorded', async () => {
    const rehearsed = { ...FIGURE, publication: 'Probe' };
    const records = await app.recordsOf(() =>
      ministry.post('/published-figures?dryRun=true', rehearsed).expect(201),
    );
    expect(records).toEqual([]);
    await ministry.post('/published-figures', rehearsed).expect(201);
  });

  it.each(['cashier', 'school_ministry', 'admin'])('are no report for %s', async (who) => {
    await (await app.signIn(who)).get('/reports/reconciliation?fundingYear=2016').expect(403);
  });

  it('need a year to be reported on', async () => {
    const { body } = await ministry.get('/reports/reconciliation').expect(400);
    expect(body).toMatchObject({ errors: [{ pointer: 'query:fundingYear', code: 'required' }] });
  });
});
