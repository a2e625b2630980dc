import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Acts, cashOf } from '../support/acts.js';
import { coesfeld, Trade, type Municipality } from '../support/trade.js';

const FROM = '2016-02-12';

describe('an application is approved in full, in part, or refused', () => {
  let trade: Trade;
  let acts: Acts;
  let places = 0;

  beforeAll(async () => {
    trade = await Trade.open('approvals');
    acts = new Acts(trade);
  }, 120_000);
  afterAll(() => trade.close());

  const applicant = async (): Promise<Municipality> => {
    trade.on('2016-03-01');
    places += 1;
    return trade.municipality({ ...coesfeld, ags: `0555800${String(places)}` });
  };

  it('in full: the municipality gets what it asked for, and may call it once the decision is final', async () => {
    const municipality = await applicant();
    const before = await acts.budget();
    const decision = await trade.clerk.grants(await municipality.applies({ from: FROM }), '2016-03-01');
    const { amountCents } = cashOf(await acts.now(decision, municipality));
    expect(before.freeCents - (await acts.budget()).freeCents).toBe(amountCents);
    trade.on('2016-05-02');
    expect((await municipality.calls(decision, amountCents / 2, '2016-05-02')).state).toBe('requested');
  });

  it('in part: what is not granted is named with its reasons, and only the rest is promised', async () => {
    const municipality = await applicant();
    const application = await acts.readied(await municipality.applies({ from: FROM }));
    const before = await acts.budget();
    const posts = [{ position: 1, fteHundredths: 200, occupiedFrom: FROM, occupiedTo: '2017-01-01' }];
    const reasons = 'Für die übrigen Stellen fehlt der Nachweis der Qualifikation.';
    const draft = await acts.drafts(application, { kind: 'partial_grant', reasons, posts });
    const decision = await acts.issues(draft, '2016-03-01');
    const { amountCents } = cashOf(decision);
    expect(before.freeCents - (await acts.budget()).freeCents).toBe(amountCents);
    const { explanation } = await municipality.sees<{ explanation: { de: string }[] }>(
      `/decisions/${decision.id}/derivation`,
    );
    expect(explanation.map(({ de }) => de).join('\n')).toContain('nicht bewilligt');
    expect(await acts.now(decision, municipality)).toMatchObject({ kind: 'partial_grant', reasons });
  });

  it('refused: nothing is promised, nothing can be called, and the refusal can be challenged', async () => {
    const municipality = await applicant();
    const application = await acts.readied(await municipality.applies({ from: FROM }));
    const before = await acts.budget();
    const draft = await acts.drafts(application, { kind: 'refusal', reasons: 'Das Konzept fehlt.' });
    const refusal = await acts.issues(draft, '2016-03-01');
    expect(refusal).toMatchObject({ kind: 'refusal', amounts: [], remedyEndsOn: '2016-04-01' });
    expect(await acts.budget()).toEqual(before);
    const calls = municipality.calls(refusal, 1, '2016-05-02');
    await expect(calls).rejects.toThrow('Eine Ablehnung bewilligt nichts.');
    trade.on('2016-03-31');
    const { suits } = await acts.sues(refusal, '2016-03-31');
    expect(suits).toMatchObject([{ state: 'suit_recorded' }]);
    const closing = await acts.tries(refusal, 'amend', acts.wording());
    expect(closing.status).toBe(409);
  });
});
