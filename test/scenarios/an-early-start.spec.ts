import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Acts, codesOf } from '../support/acts.js';
import { NOT_BEFORE_THE_DECISION, type Consent } from '../support/early-start.js';
import { readPdf } from '../support/pdf.js';
import { POOL_SIZE } from '../support/app.js';
import { coesfeld, Trade, type Application, type Decision, type Municipality } from '../support/trade.js';
import { Treasury } from '../support/treasury.js';

const FROM = '2016-03-15';
const DRAFTED = '2016-05-02';

describe('where the guideline prohibits it, nothing begins before the decision without consent', () => {
  let trade: Trade;
  let acts: Acts;
  let patient: Municipality;
  let eager: Municipality;
  let application: Application;

  beforeAll(async () => {
    const guideline = { earlyStartBans: [NOT_BEFORE_THE_DECISION], validTo: null };
    trade = await Trade.open('early-start', 884_000_000, POOL_SIZE, guideline);
    acts = new Acts(trade);
    patient = await trade.municipality(coesfeld);
    eager = await trade.municipality({ ags: '05566000', name: 'Kreis Steinfurt', openedOn: '2016-01-01' });
  }, 120_000);
  afterAll(() => trade.close());

  const tries = (of: Application, changes: object = {}) =>
    trade.clerk.caller
      .post('/decisions', {
        ...{ applicationId: of.id, kind: 'grant', remedyInformation: true, fileNumber: '36.02-EARLY' },
        ...changes,
      })
      .set('Idempotency-Key', randomUUID());
  /** Asked about, and handed in again with other posts. */
  const resubmits = async (by: Municipality, submitted: Application, posts: object[]) => {
    const question = { question: 'Reichen die Stellen?', dueOn: '2016-06-20' };
    const queried = await trade.clerk.does('/applications', submitted, 'query', question);
    const edited = await by.changes('/applications', queried, { posts });
    const { totals } = await by.sees<{ totals: { source: string; amountCents: number }[] }>(
      `/applications/${edited.id}/calculation`,
    );
    const financingPlan = [
      ...totals.map(({ source, amountCents }) => ({ source, amountCents })),
      { source: 'municipal', amountCents: 2_000_000 },
    ];
    const planned = await by.changes('/applications', edited, { financingPlan });
    return by.does<Application>('/applications', planned, 'submit');
  };
  const told = ({ body }: { body: unknown }) =>
    (body as { errors: { basis: string | null; pointer: string | null }[] }).errors;
  const pointersOf = (answer: { body: unknown }) => told(answer).map(({ pointer }) => pointer);
  const basesOf = (answer: { body: unknown }) => told(answer).map(({ basis }) => basis);
  const consents = async (who: Pick<Municipality, 'sees'>, { id }: { id: string }) =>
    (await who.sees<{ earlyStarts: Consent[] }>(`/applications/${id}`)).earlyStarts;

  it('posts filled in March cannot be granted in May: the clerk reads which, and by what provision', async () => {
    trade.on('2016-03-01');
    application = await acts.readied(await patient.applies({ from: FROM }));
    trade.on(DRAFTED);
    const { body } = await tries(application).expect(422);
    const { errors } = body as { errors: { code: string; basis: string; pointer: string; detail: string }[] };
    expect(errors.map(({ code, basis, pointer }) => [code, basis, pointer])).toEqual(
      [0, 1, 2].map((place) => [
        ...['begun-before-decision', NOT_BEFORE_THE_DECISION.provision],
        `/posts/${String(place)}/occupiedFrom`,
      ]),
    );
    expect(errors[0]?.detail).toContain('15.03.2016');
  });

  it('a consent in May does not reach back to March, so only what is filled from then on is granted', async () => {
    const body = { startsOn: FROM, reason: 'Die Stellen waren dringend.' };
    const late = await trade.clerk.tries('/applications', application, 'consent-early-start', body);
    expect([late.status, late.body.errors[0].code]).toEqual([422, 'consent-reaches-back']);
    const posts = [{ position: 1, fteHundredths: 300, occupiedFrom: DRAFTED, occupiedTo: '2017-01-01' }];
    const reasons = 'Was vor der Entscheidung begonnen wurde, wird nicht gefördert.';
    await tries(application, { kind: 'partial_grant', reasons, posts }).expect(201);
  });

  it('whoever asks first gets the consent, which promises nothing, and later the grant from the first day', async () => {
    trade.on('2016-03-01');
    const applied = await eager.applies({ from: FROM });
    trade.on('2016-03-08');
    const reason = 'Die Beratung beginnt mit dem Quartal.';
    const consented = await trade.clerk.does<Application>('/applications', applied, 'consent-early-start', {
      ...{ startsOn: FROM, reason },
    });
    expect(await consents(eager, applied)).toMatchObject([
      {
        ...{ startsOn: FROM, reason, consentedOn: '2016-03-08' },
        promise: {
          de: expect.stringContaining('keine Zusage'),
          en: expect.stringContaining('promises no grant'),
        },
      },
    ]);
    trade.on(DRAFTED);
    const granted = await trade.clerk.grants(consented, DRAFTED);
    expect(granted.amounts.map(({ source }) => source)).toContain('state_integration');
    const notice = await eager.caller.get(`/decisions/${granted.id}/notice`).responseType('blob').expect(200);
    const { text } = await readPdf(notice.body as Buffer);
    expect(text.replaceAll(/\s+/g, ' ')).toContain('mit Wirkung ab dem 15. März 2016');
  });

  it('what begins while the draft waits for its release has begun before the decision, too', async () => {
    trade.on('2016-05-09');
    const place = { ags: '05570000', name: 'Kreis Warendorf', openedOn: '2016-01-01' };
    const applied = await (await trade.municipality(place)).applies({ from: '2016-05-20' });
    const draft = await acts.drafts(await acts.readied(applied));
    trade.on('2016-05-21');
    const late = await acts.tries(draft, 'release', undefined, trade.second);
    expect([late.status, codesOf(late), basesOf(late)]).toEqual([
      422,
      Array.from({ length: 3 }, () => 'begun-before-decision'),
      Array.from({ length: 3 }, () => NOT_BEFORE_THE_DECISION.provision),
    ]);
    trade.on('2016-05-20');
    await acts.does(draft, 'release', undefined, trade.second);
  });

  it('a consent holds for what it was given to, not for what a later submission adds', async () => {
    trade.on('2016-06-01');
    const place = { ags: '05515000', name: 'Stadt Münster', openedOn: '2016-01-01' };
    const adding = await trade.municipality(place);
    const occupied = { occupiedFrom: '2016-06-15', occupiedTo: '2017-01-01' };
    const first = [
      { category: 'specialist', fteHundredths: 200, ...occupied },
      { category: 'assistant', fteHundredths: 50, ...occupied },
    ];
    const fewer = await resubmits(adding, await adding.applies({ from: '2016-06-15' }), first);
    const consented = await trade.clerk.does<Application>('/applications', fewer, 'consent-early-start', {
      ...{ startsOn: '2016-06-15', reason: 'Die Stellen sind besetzt.' },
    });
    const posts = [...first, { category: 'specialist', fteHundredths: 100, ...occupied }];
    const ready = await acts.readied(await resubmits(adding, consented, posts));
    trade.on('2016-07-01');
    const refused = await tries(ready, { fileNumber: '36.02-E-3' }).expect(422);
    expect([codesOf(refused), pointersOf(refused)]).toEqual([
      ['begun-before-decision'],
      ['/posts/2/occupiedFrom'],
    ]);
    const granted = first.map(({ fteHundredths }, index) => ({
      ...{ position: index + 1, fteHundredths, ...occupied },
    }));
    const reasons = 'Die dritte Stelle ist vor der Entscheidung besetzt worden.';
    await tries(ready, { kind: 'partial_grant', reasons, posts: granted, fileNumber: '36.02-E-4' }).expect(
      201,
    );
  });

  it('nor does an amendment grant what began before it, neither drafted nor released late', async () => {
    trade.on('2016-03-01');
    const place = { ags: '05754000', name: 'Kreis Gütersloh', openedOn: '2016-01-01' };
    const asked = await (await trade.municipality(place)).applies({ from: FROM });
    const decision = await trade.clerk.grants(asked, '2016-03-01');
    const post = (position: number, category: string, fteHundredths: number, from = FROM) => ({
      ...{ position, category, fteHundredths, occupiedFrom: from, occupiedTo: '2017-01-01' },
    });
    const kept = [post(1, 'specialist', 300), post(3, 'teacher', 100)];
    const amends = (...more: object[]) =>
      acts.tries(decision, 'amend', acts.wording({ posts: [...kept, ...more] }));
    trade.on('2016-06-01');
    const begun = await amends(post(2, 'assistant', 25), post(4, 'assistant', 25, '2016-05-31'));
    expect([codesOf(begun), pointersOf(begun)]).toEqual([
      ['begun-before-decision'],
      ['/posts/3/occupiedFrom'],
    ]);
    const larger = await amends(post(2, 'assistant', 100));
    expect([codesOf(larger), pointersOf(larger)]).toEqual([
      ['begun-before-decision'],
      ['/posts/2/occupiedFrom'],
    ]);
    const drafted = await amends(post(2, 'assistant', 25), post(4, 'assistant', 25, '2016-06-15'));
    expect(drafted.status).toBe(201);
    const act = drafted.body as Decision;
    trade.on('2016-06-16');
    const late = await acts.tries(act, 'release', undefined, trade.second);
    expect([late.status, codesOf(late), basesOf(late)]).toEqual([
      ...[422, ['begun-before-decision'], [NOT_BEFORE_THE_DECISION.provision]],
    ]);
    trade.on('2016-06-15');
    await acts.does(act, 'release', undefined, trade.second);
  });

  it('the year after, the same centre carries on without being asked; a new one does not', async () => {
    trade.on('2016-12-01');
    const treasury = await Treasury.of(trade);
    const line = await treasury.line({});
    await treasury.appropriates(line, 90_000_000, 2017);
    await treasury.allots(line, 90_000_000, { fundingYear: 2017 });
    const fresh = await trade.municipality({ ags: '05554000', name: 'Kreis Borken', openedOn: '2016-06-28' });
    const carriedOn = await acts.readied(await eager.applies({ from: '2017-01-01' }));
    const begun = await acts.readied(await fresh.applies({ from: '2017-01-01' }));
    trade.on('2017-01-09');
    const refused = await tries(begun).expect(422);
    expect(refused.body.errors[0].code).toBe('begun-before-decision');
    await tries(carriedOn).expect(201);
  });
});
