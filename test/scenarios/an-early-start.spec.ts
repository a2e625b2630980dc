import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Acts } from '../support/acts.js';
import { NOT_BEFORE_THE_DECISION, type Consent } from '../support/early-start.js';
import { readPdf } from '../support/pdf.js';
import { POOL_SIZE } from '../support/app.js';
import { coesfeld, Trade, type Application, type Municipality } from '../support/trade.js';
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
