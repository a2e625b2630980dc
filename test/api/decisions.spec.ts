import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomUUID } from 'node:crypto';
import { CommandRunner } from '../../src/audit/command-runner.js';
import { invocationOf } from '../support/actors.js';
import {
  borken,
  coesfeld,
  Trade,
  type Application,
  type Decision,
  type Municipality,
  type Thing,
} from '../support/trade.js';
import { passed } from '../support/guideline.js';

/** Coesfeld from 12 February 2016: 324 of 366 days. */
const STATE = 15_049_180;
const TEACHERS = 8_852_459;
const ALLOTTED = 20_000_000;

interface Reckoning {
  steps: { rule: string; result: string }[];
  explanation: { de: string }[];
  finality: { rule: string; result: string }[];
  inputs: string;
  sha256: string;
}

describe('decisions', () => {
  let trade: Trade;
  let own: Municipality;
  let other: Municipality;

  beforeAll(async () => {
    trade = await Trade.open('decisions', ALLOTTED);
    own = await trade.municipality(coesfeld);
    other = await trade.municipality(borken);
  }, 120_000);
  afterAll(() => trade.close());

  const applied = async (municipality = own, from = '2016-02-12'): Promise<Application> => {
    trade.on('2016-07-01');
    return municipality.applies({ from });
  };
  const recommended = async (municipality = own, from = '2016-02-12'): Promise<Application> => {
    const application = await applied(municipality, from);
    const checked = await trade.clerk.does('/applications', application, 'check', passed());
    return trade.clerk.does('/applications', checked, 'recommend', { recommendation: 'Wie beantragt' });
  };
  const body = (application: Thing, changes: object = {}) => ({
    ...{ applicationId: application.id, kind: 'grant', fileNumber: '36.02-KI-1', remedyInformation: true },
    ...changes,
  });
  const draft = (application: Thing, changes: object = {}) =>
    trade.clerk.makes<Decision>('/decisions', body(application, changes));
  const tryDraft = (application: Thing, changes: object = {}) =>
    trade.clerk.caller.post('/decisions', body(application, changes)).set('Idempotency-Key', randomUUID());
  const codesOf = (answer: { body: { errors?: { code: string }[] } }) =>
    (answer.body.errors ?? []).map(({ code }) => code);
  /** Frees the period for the next test: an undecided application is retracted. */
  const retract = async (municipality: Municipality, id: string) => {
    const { version } = await municipality.sees<Application>(`/applications/${id}`);
    await municipality.does('/applications', { id, version }, 'retract');
  };

  it('decision.draft computes by the guideline; municipality and public see nothing of it', async () => {
    const application = await recommended();
    const decision = await draft(application);
    expect(decision).toMatchObject({
      ...{ state: 'drafted', kind: 'grant', caseId: application.caseId, fundingYear: 2016, version: 1 },
      ...{ grantedCents: STATE, proofDueOn: '2017-03-31', finalOn: null, reasons: null, submission: 1 },
      amounts: [
        {
          source: 'state_integration',
          amountCents: STATE,
          inKind: false,
          validity: 'drafted',
          finalOn: null,
        },
        { source: 'state_school', amountCents: TEACHERS, inKind: true, lineId: null },
        { source: 'municipal', amountCents: 2_000_000, inKind: false, lineId: null },
      ],
    });
    await own.caller.get(`/decisions/${decision.id}`).expect(404);
    await own.caller.get(`/decisions/${decision.id}/derivation`).expect(404);
    const { items } = await own.sees<{ items: unknown[] }>('/decisions');
    expect(items).toEqual([]);
    const duplicate = await tryDraft(application).expect(409);
    expect(duplicate.body.code).toBe('duplicate');
    await retract(own, application.id);
    const discarded = await trade.clerk.sees<Decision>(`/decisions/${decision.id}`);
    expect(discarded).toMatchObject({ state: 'discarded', version: 2, amounts: [] });
    expect(discarded).toMatchObject({ discardReason: expect.stringContaining('zurückgezogen') });
    const late = await trade.second.tries('/decisions', discarded, 'release');
    expect([late.status, late.body.code]).toEqual([409, 'state-conflict']);
    expect(await trade.clerk.sees('/decisions?state=drafted')).toMatchObject({ items: [] });
  });

  it('decision.draft rests on what was submitted and says so, whatever the application holds since', async () => {
    const application = await recommended();
    // Nobody can edit it now; were a row to change all the same, the decision would not follow.
    await trade.app.rows(
      `select set_config('foerderbuch.action', 'repair', true);
       update financing_plan_item set amount_cents = 1
        where application_id = '${application.id}' and source = 'municipal'`,
    );
    const decision = await draft(application);
    expect(decision.amounts.find(({ source }) => source === 'municipal')).toMatchObject({
      amountCents: 2_000_000,
    });
    await retract(own, application.id);
  });

  it('decision.edit words a draft anew; whoever edits it has a hand in it, and its file number stays its own', async () => {
    const application = await recommended();
    const decision = await draft(application);
    const other_ = await recommended(other, '2016-06-28');
    const taken = await tryDraft(other_).expect(409);
    expect([taken.body.code, codesOf(taken), taken.body.errors[0].pointer]).toEqual([
      ...['duplicate', ['file-number-taken'], '/fileNumber'],
    ]);
    const second = await draft(other_, { fileNumber: '36.02-KI-2' });
    const clash = await trade.clerk.caller
      .patch(`/decisions/${second.id}`, { fileNumber: '36.02-KI-1' })
      .set('If-Match', '"v1"');
    expect([clash.status, codesOf(clash)]).toEqual([409, ['file-number-taken']]);
    await retract(other, other_.id);

    await trade.clerk.caller.patch(`/decisions/${decision.id}`, { kind: 'refusal' }).expect(428);
    const unreasoned = await trade.clerk.caller
      .patch(`/decisions/${decision.id}`, { kind: 'refusal' })
      .set('If-Match', '"v1"');
    expect(codesOf(unreasoned)).toEqual(['reasons-missing']);
    await own.caller.patch(`/decisions/${decision.id}`, {}).set('If-Match', '"v1"').expect(403);

    const posts = [{ position: 1, fteHundredths: 200, occupiedFrom: '2016-03-01', occupiedTo: '2017-01-01' }];
    const partial = { kind: 'partial_grant', reasons: 'Mittel', posts };
    const cut = await trade.second.changes<Decision>('/decisions', decision, partial);
    // 2 posts of 50,000.00 for 306 of 366 days.
    expect(cut).toMatchObject({
      ...{ kind: 'partial_grant', draft: 2, version: 2 },
      grantedCents: 8_360_656,
    });
    expect(cut.amounts.map(({ amountCents }) => amountCents)).toEqual([8_360_656, 2_000_000]);
    const why = await trade.clerk.sees<Reckoning>(`/decisions/${decision.id}/derivation`);
    expect(why.explanation.map(({ de }) => de).join('\n')).toContain(
      'Stelle 1, Fachkraft: beantragt 3,00 VZÄ (12.02.2016 bis einschließlich 31.12.2016), bewilligt 2,00 VZÄ (01.03.2016 bis einschließlich 31.12.2016)',
    );
    const renamed = await trade.second.changes<Decision>('/decisions', cut, { fileNumber: '36.02-KI-1a' });
    expect(renamed).toMatchObject({ draft: 3, grantedCents: 8_360_656, reasons: 'Mittel' });

    const editor = await trade.second.tries('/decisions', renamed, 'release');
    expect([editor.status, codesOf(editor)]).toEqual([422, ['four-eyes']]);
    const records = await trade.app.rows<{ draft: number }>(
      'select draft from decision_derivation where decision_id = $1 order by 1',
      [decision.id],
    );
    expect(records.map(({ draft: number }) => number)).toEqual([1, 2, 3]);
    await retract(own, application.id);
  });

  it('decision.discard gives a draft up with its reason, and makes room for another with the same file number', async () => {
    const application = await recommended();
    const decision = await draft(application);
    await trade.second.caller
      .post(`/decisions/${decision.id}/discard`, {})
      .set('If-Match', '"v1"')
      .expect(400);
    const reason = 'Die Begründung trägt nicht.';
    const discarded = await trade.second.does('/decisions', decision, 'discard', { reason });
    expect(discarded).toMatchObject({ state: 'discarded', discardReason: reason, amounts: [] });
    const again = await trade.second.tries('/decisions', discarded, 'discard', { reason });
    expect([again.status, again.body.detail]).toEqual([...[409, expect.stringContaining('decision.draft')]]);
    const edit = await trade.clerk.caller.patch(`/decisions/${decision.id}`, {}).set('If-Match', '"v2"');
    expect([edit.status, edit.body.code]).toEqual([409, 'state-conflict']);
    expect(await draft(application)).toMatchObject({ state: 'drafted', fileNumber: '36.02-KI-1' });
    await retract(own, application.id);
  });

  it.each([
    ['an unknown kind', { kind: 'gift' }, 400],
    ['no word on the remedy', { remedyInformation: undefined }, 400],
    ['an unknown field', { amountCents: 1 }, 400],
    ['a file number as number', { fileNumber: 7 }, 400],
    ['an unknown application', { applicationId: randomUUID() }, 404],
  ])('decision.draft refuses %s', async (_, changes, status) => {
    await tryDraft({ id: randomUUID(), version: 1 }, changes).expect(status);
  });

  it('decision.draft wants a recommended application, reasons where not all is granted, and no more than was asked', async () => {
    const application = await applied();
    const early = await tryDraft(application).expect(409);
    expect(early.body.code).toBe('state-conflict');
    const checked = await trade.clerk.does('/applications', application, 'check', passed());
    await trade.clerk.does('/applications', checked, 'recommend', { recommendation: 'Teilweise' });

    expect(codesOf(await tryDraft(application, { kind: 'refusal' }).expect(422))).toEqual([
      'reasons-missing',
    ]);
    expect(codesOf(await tryDraft(application, { kind: 'partial_grant' }).expect(422))).toEqual([
      ...['reasons-missing', 'granted-posts-missing'],
    ]);
    const post = { position: 1, fteHundredths: 300, occupiedFrom: '2016-02-12', occupiedTo: '2017-01-01' };
    const partly = (posts: object[]) =>
      tryDraft(application, { kind: 'partial_grant', reasons: 'Mittel', posts });
    expect(codesOf(await partly([{ ...post, fteHundredths: 301 }]).expect(422))).toEqual([
      ...['granted-beyond-application', 'posts-above-guideline'],
    ]);
    expect(codesOf(await partly([{ ...post, position: 9 }]).expect(422))).toEqual(['granted-post-unknown']);

    const { body: decision } = await partly([{ ...post, fteHundredths: 200 }]).expect(201);
    // 2 posts of 50,000.00 for 324 of 366 days, no assistant, no teachers.
    expect(decision).toMatchObject({ kind: 'partial_grant', grantedCents: 8_852_459, reasons: 'Mittel' });
    await retract(own, application.id);
  });

  it('decision.release is for another person, commits the money, and posts nothing twice', async () => {
    const application = await recommended();
    const decision = await draft(application);
    const same = await trade.clerk.tries('/decisions', decision, 'release');
    expect(same.status).toBe(422);
    expect(codesOf(same)).toEqual(['four-eyes', 'four-eyes', 'four-eyes']);
    await trade.second.caller.post(`/decisions/${decision.id}/release`).set('If-Match', '"v1"').expect(400);
    await trade.second.caller
      .post(`/decisions/${decision.id}/release`)
      .set('Idempotency-Key', randomUUID())
      .expect(428);
    const stale = await trade.second.tries('/decisions', { ...decision, version: 5 }, 'release');
    expect(stale.status).toBe(412);

    const records = await trade.app.recordsOf(() => trade.second.does('/decisions', decision, 'release'));
    expect(records).toEqual(['decision.release']);
    const { items } = await trade.ministry.sees<{ items: Record<string, unknown>[] }>(
      '/budget/overview?fundingYear=2016',
    );
    expect(items.find(({ programme }) => programme === 'KI')).toMatchObject({
      ...{ committedCents: STATE, freeCents: ALLOTTED - STATE },
    });
    const accounts = await trade.app.rows<{ stage: string; source: string; credits: string }>(
      `select stage, source, credits::text from account where case_id = $1 and stage in ('committed', 'memo_committed') order by 1`,
      [application.caseId],
    );
    expect(accounts).toEqual([
      { stage: 'committed', source: 'state_integration', credits: String(STATE) },
      { stage: 'memo_committed', source: 'municipal', credits: '2000000' },
    ]);
    const years = await trade.app.rows<{ funding_year: number; due: string }>(
      'select funding_year, proof_due_on::text as due from grant_year where case_id = $1',
      [application.caseId],
    );
    expect(years).toEqual([{ funding_year: 2016, due: '2017-03-31' }]);
    expect(await own.sees(`/applications/${application.id}`)).toMatchObject({
      // What the authority thought of it is known with the notice, and not before.
      ...{ state: 'decided', recommendation: null, proposes: null, recommendedBy: null },
    });
    await own.caller.get(`/decisions/${decision.id}`).expect(404);

    const again = await trade.second.tries('/decisions', { ...decision, version: 2 }, 'release');
    expect([again.status, again.body.code]).toEqual([409, 'state-conflict']);
  });

  it('decision.notify makes the decision visible and computes when it becomes final', async () => {
    const [decision] = (await trade.clerk.sees<{ items: Decision[] }>('/decisions?state=released')).items;
    if (decision === undefined) throw new Error('nothing was released');
    const soon = await trade.clerk.tries('/decisions', decision, 'notify', {
      mode: 'post',
      on: '2016-07-02',
    });
    expect(codesOf(soon)).toEqual(['notified-in-the-future']);
    const early = await trade.clerk.tries('/decisions', decision, 'notify', {
      mode: 'post',
      on: '2016-06-30',
    });
    expect(codesOf(early)).toEqual(['notified-before-release']);
    const pigeon = await trade.clerk.tries('/decisions', decision, 'notify', {
      mode: 'pigeon',
      on: '2016-07-01',
    });
    expect(pigeon.status).toBe(400);

    // Posted on Friday 1 July, deemed received on Monday 4 July; the month ends on Thursday 4 August.
    const notified = await trade.clerk.does<Decision>('/decisions', decision, 'notify', {
      mode: 'post',
      on: '2016-07-01',
    });
    expect(notified).toMatchObject({
      ...{
        state: 'notified',
        notifiedOn: '2016-07-01',
        receivedOn: '2016-07-04',
        remedyEndsOn: '2016-08-04',
      },
      finalOn: '2016-08-05',
    });
    expect(notified.amounts).toEqual(
      notified.amounts.map((amount) => ({ ...amount, finalOn: '2016-08-05' })),
    );
    expect(await own.sees(`/decisions/${decision.id}`)).toEqual(notified);
    await other.caller.get(`/decisions/${decision.id}`).expect(404);
  });

  it('decision.derivation shows why, frozen, with its hash, and how finality came about', async () => {
    const [decision] = (await own.sees<{ items: Decision[] }>('/decisions')).items;
    const found = await own.sees<Reckoning>(`/decisions/${String(decision?.id)}/derivation`);
    expect(found.explanation.map(({ de }) => de).join('\n')).toContain('= 150.491,80 EUR');
    expect(found.finality.map(({ rule, result }) => [rule, result])).toEqual([
      ['deemed-receipt', '2016-07-04'],
      ['remedy-period', '2016-08-04'],
      ['next-working-day', '2016-08-04'],
      ['final-on', '2016-08-05'],
    ]);
    const inputs = JSON.parse(found.inputs) as Record<string, unknown>;
    expect(inputs).toMatchObject({ kind: 'grant', hostType: 'kreis', fundingYear: 2016, submission: 1 });
    const [stored] = await trade.app.rows<{ steps: string }>(
      'select steps from decision_derivation where decision_id = $1',
      [decision?.id],
    );
    expect(
      createHash('sha256')
        .update(`${found.inputs}\n${String(stored?.steps)}`)
        .digest('hex'),
    ).toBe(found.sha256);
    await other.caller.get(`/decisions/${String(decision?.id)}/derivation`).expect(404);
  });

  it('decision.waiveRemedies is for the recipient, once, and makes the decision final at once', async () => {
    const [decision] = (await own.sees<{ items: Decision[] }>('/decisions')).items;
    if (decision === undefined) throw new Error('nothing was notified');
    const clerk = await trade.clerk.tries('/decisions', decision, 'waive-remedies');
    expect(clerk.status).toBe(403);
    const foreign = await other.tries('/decisions', decision, 'waive-remedies');
    expect(foreign.status).toBe(404);
    trade.on('2016-07-06');
    const waived = await own.waives(decision);
    expect(waived).toMatchObject({
      waivedOn: '2016-07-06',
      finalOn: '2016-07-06',
      remedyEndsOn: '2016-08-04',
    });
    const twice = await own.tries('/decisions', waived, 'waive-remedies');
    expect([twice.status, twice.body.code]).toEqual([409, 'state-conflict']);
  });

  it('decision.release beyond the allotment is refused with what is free, and leaves everything as it was', async () => {
    // Borken asks for 187 of 366 days: 86,857.92; 49,508.20 are left.
    const application = await recommended(other, '2016-06-28');
    const decision = await draft(application, { fileNumber: '36.02-KI-2' });
    const answer = await trade.second.tries('/decisions', decision, 'release');
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({
      code: 'budget-exhausted',
      availableCents: ALLOTTED - STATE,
      wantedCents: 8_685_792,
    });
    expect(await trade.clerk.sees(`/decisions/${decision.id}`)).toMatchObject({
      state: 'drafted',
      version: 1,
    });
    expect(await trade.clerk.sees(`/applications/${application.id}`)).toMatchObject({ state: 'recommended' });
    await retract(other, application.id);
  });

  it('a refusal names its reasons, fixes no amount, commits nothing, and leaves room for a new application', async () => {
    const application = await recommended(other, '2016-06-28');
    const refusal = { kind: 'refusal', fileNumber: '36.02-KI-3', reasons: 'Kein Integrationskonzept.' };
    const decision = await draft(application, { ...refusal, remedyInformation: false });
    expect(decision).toMatchObject({ kind: 'refusal', amounts: [], grantedCents: 0, proofDueOn: null });
    const released = await trade.second.does('/decisions', decision, 'release');
    // Without word of the remedy there is a year: 1 July 2017 is a Saturday.
    const notified = await trade.clerk.does('/decisions', released, 'notify', {
      mode: 'handover',
      on: '2016-07-01',
    });
    expect(notified).toMatchObject({ remedyEndsOn: '2017-07-03', finalOn: '2017-07-04' });
    const years = await trade.app.rows('select from grant_year where case_id = $1', [application.caseId]);
    expect(years).toEqual([]);
    const again = await applied(other, '2016-06-28');
    expect(again).toMatchObject({ state: 'submitted' });
  });

  it('the database keeps four eyes and what was released, even where no rule is asked', async () => {
    const [application] = (await trade.clerk.sees<{ items: Application[] }>('/applications?state=submitted'))
      .items;
    if (application === undefined) throw new Error('nothing was submitted');
    const checked = await trade.clerk.does('/applications', application, 'check', passed());
    await trade.clerk.does('/applications', checked, 'recommend', { recommendation: 'Ja' });
    const drafted = await draft(application, { fileNumber: '36.02-KI-4' });
    const [notified] = (await own.sees<{ items: Decision[] }>('/decisions')).items;
    const drafter = await trade.app.cast.actor('granting_authority');
    const beneath = (sql: string, id: string | undefined) =>
      trade.app
        .get(CommandRunner)
        .run(invocationOf(drafter), 'decision.release', (unit) => unit.rows(sql, [id]));
    const release = `update decision set state = 'released', released_at = now(), released_on = '2016-07-06',
                            released_by = application_id where id = $1`;
    await expect(beneath(release, drafted.id)).rejects.toThrow(/permission denied/);
    await expect(
      beneath(release.replace('released_by = application_id', 'version = 2'), drafted.id),
    ).rejects.toThrow(/released_by is another person than drafted_by/);
    await expect(
      beneath("update decision set reasons = 'anders' where id = $1", notified?.id),
    ).rejects.toThrow(/never reworded/);
    await expect(
      trade.app.rows("update decision_derivation set inputs = '{}' where decision_id = $1", [notified?.id]),
    ).rejects.toThrow(/append-only/);
  });

  it('a proof is due no sooner than the months of the guideline after a late release', async () => {
    const { items } = await trade.clerk.sees<{ items: Decision[] }>('/decisions?state=drafted');
    const [drafted] = items;
    if (drafted === undefined) throw new Error('nothing was drafted');
    const posts = [{ position: 1, fteHundredths: 50, occupiedFrom: '2016-06-28', occupiedTo: '2017-01-01' }];
    const partial = { kind: 'partial_grant', reasons: 'Mittel', posts };
    const cut = await trade.clerk.changes<Decision>('/decisions', drafted, partial);
    expect(cut).toMatchObject({ proofDueOn: '2017-03-31' });
    trade.on('2017-02-10');
    const released = await trade.second.does<Decision>('/decisions', cut, 'release');
    expect(released).toMatchObject({ proofDueOn: '2017-05-10' });
    expect(new Set(released.amounts.map((amount) => Object(amount).validity))).toEqual(new Set(['in_force']));
    const years = await trade.app.rows<{ due: string }>(
      'select proof_due_on::text as due from grant_year where decision_id = $1',
      [released.id],
    );
    expect(years).toEqual([{ due: '2017-05-10' }]);
  });

  it('decision.list finds what is copied to the court of audit: above the threshold, unless it was waived', async () => {
    interface Copied extends Decision {
      readonly copyToCourtOfAudit: { readonly required: boolean; readonly thresholdCents: number };
    }
    const place = { ags: '05566000', name: 'Kreis Steinfurt', openedOn: '2016-06-01' };
    const third = await trade.municipality(place);
    const application = await recommended(third, '2016-06-01');
    const copied = async (flag: boolean): Promise<string[]> => {
      const auditor = await trade.app.signIn('auditor');
      const { body: page } = await auditor
        .get(`/decisions?caseId=${application.caseId}&copyToCourtOfAudit=${String(flag)}`)
        .expect(200);
      return (page as { items: Decision[] }).items.map(({ id }) => id);
    };
    const drafted = (await draft(application, { fileNumber: '36.02-KI-9' })) as Copied;
    const granted = drafted.amounts.find(({ source }) => source === 'state_integration')?.amountCents ?? 0;
    const { thresholdCents } = drafted.copyToCourtOfAudit;
    expect(granted).toBeGreaterThan(thresholdCents);
    expect(drafted.copyToCourtOfAudit).toMatchObject({ required: true, confidence: 'assumed', waiver: null });
    expect([await copied(true), await copied(false)]).toEqual([[drafted.id], []]);

    const waiver = 'Landesrechnungshof, Schreiben vom 1. Juni 2016';
    const waived = await trade.clerk.changes<Copied>('/decisions', drafted, { copyWaiver: waiver });
    expect(waived.copyToCourtOfAudit).toMatchObject({ required: false, thresholdCents, waiver });
    expect([await copied(true), await copied(false)]).toEqual([[], [drafted.id]]);
    await trade.clerk.does('/decisions', waived, 'discard', { reason: 'zu viel' });

    const small = [{ position: 2, fteHundredths: 50, occupiedFrom: '2016-06-01', occupiedTo: '2016-07-01' }];
    const changes = { kind: 'partial_grant', reasons: 'Nur die Assistenz.', posts: small };
    const little = (await draft(application, { fileNumber: '36.02-KI-10', ...changes })) as Copied;
    expect(little.copyToCourtOfAudit).toMatchObject({ required: false, thresholdCents, waiver: null });
    await trade.clerk.does('/decisions', little, 'discard', { reason: 'doch nicht' });
  });

  it('decision.list filters by case, centre, year, kind and state', async () => {
    const kinds = async (query: string) =>
      (await trade.clerk.sees<{ items: { kind: string }[] }>(`/decisions?${query}`)).items.map(
        ({ kind }) => kind,
      );
    expect(await kinds('kind=refusal')).toEqual(['refusal']);
    expect(await kinds(`centreId=${other.centreId}&state=notified`)).toEqual(['refusal']);
    expect(await kinds('fundingYear=2017')).toEqual([]);
    await trade.clerk.caller.get('/decisions?state=lost').expect(400);
  });
});
