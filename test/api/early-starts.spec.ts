import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CommandRunner } from '../../src/audit/command-runner.js';
import { invocationOf } from '../support/actors.js';
import type { Consent } from '../support/early-start.js';
import { coesfeld, Trade, type Application, type Municipality } from '../support/trade.js';

const consent = { startsOn: '2016-03-01', reason: 'Die Stellen müssen besetzt sein.' };

describe('consent to an early start', () => {
  let trade: Trade;
  let own: Municipality;
  let application: Application;

  beforeAll(async () => {
    trade = await Trade.open('early-starts');
    own = await trade.municipality(coesfeld);
    trade.on('2016-02-15');
    application = await own.applies({ from: '2016-02-12' });
  }, 120_000);
  afterAll(() => trade.close());

  const tries = (body: object, who: Pick<Municipality, 'tries'> = trade.clerk) =>
    who.tries('/applications', application, 'consent-early-start', body);

  it.each<[string, object, string, number]>([
    ['no day', { startsOn: undefined }, '/startsOn', 400],
    ['a day there is not', { startsOn: '2016-02-30' }, '/startsOn', 400],
    ['a blank reason', { reason: ' ' }, '/reason', 400],
    ['a reason of a book', { reason: 'x'.repeat(4001) }, '/reason', 400],
    ['something nobody asked', { promise: true }, '/promise', 400],
    ['yesterday', { startsOn: '2016-02-14' }, '/startsOn', 422],
    ['a day after the period', { startsOn: '2017-01-01' }, '/startsOn', 422],
  ])('application.consentEarlyStart refuses %s', async (_, changes, pointer, status) => {
    const refused = await tries({ ...consent, ...changes }).expect(status);
    const { errors } = refused.body as { errors: { pointer: string }[] };
    expect(errors.map((error) => error.pointer)).toEqual([pointer]);
  });

  it('application.consentEarlyStart is the authority’s, needs the version, and can be rehearsed', async () => {
    await tries(consent, own).expect(403);
    const path = `/applications/${application.id}/consent-early-start`;
    await trade.clerk.caller.post(path, consent).expect(428);
    await trade.clerk.caller.post(path, consent).set('If-Match', '"v9"').expect(412);
    const rehearsed = await trade.clerk.caller
      .post(`${path}?dryRun=true`, consent)
      .set('If-Match', `"v${String(application.version)}"`)
      .expect(200);
    expect(rehearsed.body.earlyStarts).toHaveLength(1);
    expect(await own.sees(`/applications/${application.id}`)).toMatchObject({ earlyStarts: [] });
  });

  it('application.consentEarlyStart may be given again, is kept with its day, and shown to the applicant', async () => {
    for (const startsOn of ['2016-03-01', '2016-02-15']) {
      application = await trade.clerk.does('/applications', application, 'consent-early-start', {
        ...{ ...consent, startsOn },
      });
    }
    const { earlyStarts } = await own.sees<{ earlyStarts: Consent[] }>(`/applications/${application.id}`);
    expect(earlyStarts.map(({ startsOn, consentedOn }) => [startsOn, consentedOn])).toEqual([
      ['2016-03-01', '2016-02-15'],
      ['2016-02-15', '2016-02-15'],
    ]);
  });

  it('application.consentEarlyStart ends with the application', async () => {
    application = await own.does('/applications', application, 'retract');
    const late = await tries(consent).expect(409);
    expect(late.body.code).toBe('state-conflict');
  });

  it.each<[string, string, string]>([
    ['a consent is reworded', 'granting_authority', `update application_early_start set reason = 'anders'`],
    ['a consent is taken back', 'granting_authority', 'delete from application_early_start'],
    [
      'a consent is given on what is retracted',
      'granting_authority',
      `insert into application_early_start (id, application_id, case_id, centre_id, submission, starts_on, reason, consented_on)
         select gen_random_uuid(), id, case_id, centre_id, 1, '2016-03-01', 'x', '2016-02-15' from application limit 1`,
    ],
    [
      'an applicant consents',
      'municipality',
      `insert into application_early_start (id, application_id, case_id, centre_id, submission, starts_on, reason, consented_on)
         select gen_random_uuid(), id, case_id, centre_id, 1, '2016-03-01', 'x', '2016-02-15' from application limit 1`,
    ],
  ])('the database itself refuses when %s', async (_, role, sql) => {
    const username = role === 'municipality' ? `municipality-${own.centreId.slice(-6)}` : role;
    const actor = await trade.app.cast.actor(username);
    const attempt = trade.app
      .get(CommandRunner)
      .run(invocationOf(actor), 'application.consentEarlyStart', (unit) => unit.rows(sql));
    await expect(attempt).rejects.toMatchObject({ code: '42501' });
  });
});
