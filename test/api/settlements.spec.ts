import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { technicalActor } from '../../src/kernel/actor.js';
import { newId, type DecisionId } from '../../src/kernel/ids.js';
import { SettlementService } from '../../src/settlement/settlement.service.js';
import { Acts } from '../support/acts.js';
import { invocationOf } from '../support/actors.js';
import {
  borken,
  coesfeld,
  grantedBy,
  noObjection,
  Trade,
  type Decision,
  type Municipality,
  type Settlement,
} from '../support/trade.js';

const codesOf = (body: unknown): string[] =>
  ((body as { errors?: { code: string }[] }).errors ?? []).map(({ code }) => code);

describe('settlement reports', () => {
  let trade: Trade;
  let municipality: Municipality;
  let other: Municipality;
  let decision: Decision;
  let foreign: Decision;
  let report: Settlement;

  /** Granted, final, called in full and paid. */
  async function paid(who: Municipality, from: string): Promise<Decision> {
    trade.on('2016-06-28');
    const granted = await who.waives(await trade.clerk.grants(await who.applies({ from }), '2016-06-28'));
    trade.on('2016-10-04');
    const drawdown = await who.calls(granted, grantedBy(granted, 'state_integration'), '2016-10-04');
    await trade.cashier.pays(await trade.clerk.orders(drawdown), '2016-10-04');
    return granted;
  }

  beforeAll(async () => {
    trade = await Trade.open('settlements');
    municipality = await trade.municipality(coesfeld);
    other = await trade.municipality(borken);
    decision = await paid(municipality, '2016-02-12');
    foreign = await paid(other, '2016-06-28');
    trade.on('2017-03-01');
  }, 120_000);
  afterAll(() => trade.close());

  const tries = (desk: Pick<Municipality, 'tries'>, verb: string, body?: object) =>
    desk.tries('/settlements', report, verb, body);
  const edits = (body: unknown) =>
    municipality.caller
      .patch(`/settlements/${report.id}`, body as object)
      .set('If-Match', `"v${String(report.version)}"`);
  const figure = (changes: object) => ({
    items: [{ kind: 'expenditure', category: 'personnel', settledCents: 10, eligibleCents: 10, ...changes }],
  });

  describe('settlement.open', () => {
    const open = (who: Municipality, decisionId: string, fundingYear: unknown = 2016) =>
      who.caller.post('/settlements', { decisionId, fundingYear }).set('Idempotency-Key', randomUUID());

    it('has the structure of the notice, what was paid, and the day it is due', async () => {
      const { body, headers } = await open(municipality, decision.id).expect(201);
      report = body as Settlement;
      expect(headers['location']).toBe(`/api/v1/settlements/${report.id}`);
      expect(body).toMatchObject({
        state: 'due',
        dueOn: '2017-03-31',
        overdue: false,
        examination: null,
        incomeCents: 15_049_180,
      });
      expect(
        report.items.map(({ category, perNoticeCents, settledCents }) => [
          category,
          perNoticeCents,
          settledCents,
        ]),
      ).toEqual([
        ['state_integration', 15_049_180, 15_049_180],
        ['state_school', 8_852_459, null],
        ['municipal', 2_000_000, null],
        ['third_party', 0, null],
        ['personnel', null, null],
        ['material', null, null],
        ['seconded_teachers', 8_852_459, null],
      ]);
    });

    it('is there once for a decision and year', async () => {
      const { body } = await open(municipality, decision.id).expect(409);
      expect(body.code).toBe('duplicate');
    });

    it('does not know another centre’s decision, an unknown one, or a year it does not cover', async () => {
      await open(municipality, foreign.id).expect(404);
      await open(municipality, newId()).expect(404);
      await open(municipality, decision.id, 2017).expect(404);
      await open(municipality, decision.id, '2016').expect(400);
      await trade.clerk.caller
        .post('/settlements', { decisionId: decision.id, fundingYear: 2016 })
        .set('Idempotency-Key', randomUUID())
        .expect(403);
    });
  });

  describe('settlement.submit', () => {
    it('hears everything that is missing in one answer', async () => {
      const { body } = await tries(municipality, 'submit').expect(422);
      expect(codesOf(body)).toEqual([
        'narrative-missing',
        'post-months-missing',
        ...Array<string>(3).fill('figure-missing'),
        ...Array.from({ length: 3 }, () => ['figure-missing', 'eligible-missing']).flat(),
        'audit-office-missing',
        'not-confirmed',
      ]);
    });

    it('is refused while the state money stated is not what was paid', async () => {
      await other.caller.get(`/settlements/${report.id}`).expect(404);
      report = await municipality.fillsIn(report, { personnelCents: 16_000_000, materialCents: 900_000 });
      const wrong = await edits({
        items: [{ kind: 'income', category: 'state_integration', settledCents: 15_049_179 }],
      }).expect(200);
      report = wrong.body as Settlement;
      expect(codesOf((await tries(municipality, 'submit').expect(422)).body)).toEqual([
        'expenditure-not-financed',
        'state-income-differs',
      ]);
      report = await municipality.fillsIn(
        {
          ...report,
          items: report.items.map((item) =>
            item.category === 'state_integration' ? { ...item, settledCents: 15_049_180 } : item,
          ),
        },
        { personnelCents: 16_000_000, materialCents: 900_000 },
      );
    });
  });

  describe('settlement.edit', () => {
    it.each([
      ['eligible above settled', figure({ eligibleCents: 11 }), 'eligible-above-settled'],
      ['eligible income', figure({ kind: 'income', category: 'municipal' }), 'eligible-of-income'],
      ['a row the notice does not have', figure({ kind: 'income' }), 'figure-unknown'],
    ])('refuses %s', async (_, body, code) => {
      expect(codesOf((await edits(body).expect(422)).body)).toEqual([code]);
    });

    it.each([
      ['an amount as text', figure({ settledCents: '10' })],
      ['a category nobody knows', figure({ category: 'travel' })],
      ['a negative amount', figure({ settledCents: -1 })],
      ['a list that is none', { items: {} }],
      ['a state of its own', { state: 'accepted' }],
      ['post months as a fraction', { postMonthsHundredths: 1.5 }],
    ])('refuses %s as bad input', (_, body) => edits(body).expect(400));

    it('wants the version it was made for, and its owner', async () => {
      const path = `/settlements/${report.id}`;
      await municipality.caller.patch(path, { confirmed: true }).expect(428);
      await municipality.caller.patch(path, { confirmed: true }).set('If-Match', '"v1"').expect(412);
      await other.caller.patch(path, { confirmed: true }).set('If-Match', '"v1"').expect(404);
      await trade.clerk.caller.patch(path, { confirmed: true }).set('If-Match', '"v1"').expect(403);
    });
  });

  describe('the way through the authority', () => {
    it('a report that is due is neither checked nor examined nor accepted', async () => {
      await tries(trade.clerk, 'check', {}).expect(409);
      await tries(trade.clerk, 'query', { note: 'Wo bleibt er?' }).expect(409);
      await tries(trade.clerk, 'examine', noObjection).expect(409);
      await tries(trade.clerk, 'accept').expect(409);
    });

    it('submitted it is the authority’s: no more edits, and the proof counts as received', async () => {
      report = await municipality.does('/settlements', report, 'submit');
      expect(report).toMatchObject({ state: 'submitted', submittedOn: '2017-03-01' });
      expect((await edits({ confirmed: true }).expect(409)).body.code).toBe('state-conflict');
      expect(await receivedOn()).toBe('2017-03-01');
    });

    it('a query says what is missing and hands it back; the first day of receipt stays', async () => {
      await tries(trade.clerk, 'query', {}).expect(400);
      await tries(trade.clerk, 'query', { note: '' }).expect(400);
      report = await trade.clerk.does('/settlements', report, 'query', {
        note: 'Bitte Stellenmonate erläutern.',
      });
      expect(report).toMatchObject({ state: 'queried', notes: [query], submittedOn: null });
      trade.on('2017-04-03');
      const answered = await edits({ narrative: 'Stellen besetzt ab dem 12. Februar.' }).expect(200);
      report = await municipality.does('/settlements', answered.body as Settlement, 'submit');
      expect(report).toMatchObject({ state: 'submitted', submittedOn: '2017-04-03', overdue: false });
      expect(await receivedOn()).toBe('2017-03-01');
      report = await trade.clerk.does('/settlements', report, 'check', {});
      expect(report).toMatchObject({
        notes: [query, { kind: 'complete', note: null, result: null, notedOn: '2017-04-03' }],
      });
    });

    const query = {
      ...{ kind: 'query', note: 'Bitte Stellenmonate erläutern.', result: null, notedOn: '2017-03-01' },
    };

    it.each([
      ['what was checked', { checked: undefined }],
      ['the result', { result: '' }],
      ['whether the purpose was reached', { purposeReached: undefined }],
      ['what follows', { consequence: undefined }],
      ['a consequence that exists', { consequence: 'forgotten' }],
      ['a consequence that can follow', { consequence: 'reduction' }],
    ])('an examination note needs %s', (_, changes) =>
      tries(trade.clerk, 'examine', { ...noObjection, ...changes }).expect(400),
    );

    it('an examination that misses the purpose is refused with what follows', async () => {
      const { body } = await tries(trade.clerk, 'examine', { ...noObjection, purposeReached: false }).expect(
        422,
      );
      expect(codesOf(body)).toEqual(['purpose-not-reached']);
      expect(JSON.stringify(body)).toContain('bleibt der Nachweis in Prüfung');
    });

    it('an examination is made anew by another person, who then does not accept; both notes stay', async () => {
      const personOf = (name: string) => trade.app.cast.member(name).personId;
      const first = { ...noObjection, result: 'Zahlendreher im Vermerk.' };
      report = await trade.clerk.does('/settlements', report, 'examine', first);
      report = await trade.second.does('/settlements', report, 'examine', noObjection);
      expect(report).toMatchObject({
        state: 'examined',
        examination: { ...noObjection, examinedBy: personOf('granting_authority2') },
        notes: [
          query,
          { kind: 'complete' },
          { kind: 'examination', result: first.result, notedBy: personOf('granting_authority') },
          { kind: 'examination', result: noObjection.result, notedBy: personOf('granting_authority2') },
        ],
      });
      expect(codesOf((await tries(trade.second, 'accept').expect(422)).body)).toEqual(['four-eyes']);
    });

    it('whoever should accept may hand an examined report back, and it comes again', async () => {
      const back = await tries(trade.second, 'check', {}).expect(422);
      expect(codesOf(back.body)).toEqual(['return-needs-note']);
      const unsampled = { note: 'Die Stichprobe fehlt.' };
      report = await trade.second.does('/settlements', report, 'check', unsampled);
      expect(report).toMatchObject({ state: 'in_check', examination: null });
      const reason = 'Sachbericht nennt das zweite Handlungsfeld nicht.';
      report = await trade.second.does('/settlements', report, 'query', { note: reason });
      expect(report).toMatchObject({ state: 'queried', examination: null, examinedOn: null });
      const edited = await edits({ narrative: 'Beide Handlungsfelder wurden bearbeitet.' }).expect(200);
      report = await municipality.does('/settlements', edited.body as Settlement, 'submit');
      report = await trade.clerk.does('/settlements', report, 'check', {});
    });

    it('the examiner does not accept; another person does, and the books follow', async () => {
      report = await trade.clerk.does('/settlements', report, 'examine', noObjection);
      expect(report).toMatchObject({
        state: 'examined',
        examination: { ...noObjection, examinedBy: trade.app.cast.member('granting_authority').personId },
      });
      expect(codesOf((await tries(trade.clerk, 'accept').expect(422)).body)).toEqual(['four-eyes']);
      await tries(municipality, 'accept').expect(403);
      report = await trade.clerk.accepts(report);
      const booked = await trade.app.rows<{ stage: string; source: string; left: string }>(
        `select stage, source, (credits - debits)::text as left from account
          where case_id = $1 and stage in ('paid', 'settled', 'memo_settled') order by stage, source`,
        [decision.caseId],
      );
      expect(booked).toEqual([
        { stage: 'memo_settled', source: 'municipal', left: String(16_900_000 - 15_049_180) },
        { stage: 'paid', source: 'state_integration', left: '0' },
        { stage: 'settled', source: 'state_integration', left: '15049180' },
      ]);
      await tries(trade.second, 'accept').expect(409);
    });

    const receivedOn = async (): Promise<string | undefined> => {
      const [row] = await trade.app.rows<{ day: string }>(
        'select received_on::text as day from grant_year where case_id = $1',
        [decision.caseId],
      );
      return row?.day;
    };
  });

  describe('when less was spent than granted', () => {
    let short: Settlement;

    it('the report is overdue from the day after its day', async () => {
      const overdue = async () => {
        const { body } = await trade.clerk.caller.get('/settlements?overdue=true').expect(200);
        return (body.items as Settlement[]).map(({ id }) => id);
      };
      trade.on('2017-03-31');
      // Nobody opened it, so the house does.
      await trade.app.get(SettlementService).open(invocationOf(technicalActor('system')), {
        decisionId: foreign.id as DecisionId,
        fundingYear: 2016,
      });
      const { items } = await other.sees<{ items: Settlement[] }>('/settlements');
      short = await other.sees<Settlement>(`/settlements/${String(items[0]?.id)}`);
      expect(await overdue()).toEqual([]);
      trade.on('2017-04-01');
      expect(await overdue()).toEqual([short.id]);
      expect(await trade.clerk.sees(`/settlements/${short.id}`)).toMatchObject({ overdue: true });
    });

    it('post months beyond the granted posts are objected to', async () => {
      const filled = await other.fillsIn(short, {
        personnelCents: grantedBy(foreign, 'state_integration'),
        materialCents: 0,
      });
      short = await other.changes('/settlements', filled, { postMonthsHundredths: 6601 });
      const { body } = await other.tries('/settlements', short, 'submit').expect(422);
      expect(codesOf(body)).toEqual(['post-months-above-granted']);
    });

    it('examination is refused one cent below the grant, also as a dry run, and says what follows', async () => {
      trade.on('2017-04-10');
      const granted = grantedBy(foreign, 'state_integration');
      const filled = await other.fillsIn(short, { personnelCents: granted - 1, materialCents: 0 });
      const submitted = await other.does('/settlements', filled, 'submit');
      short = await trade.clerk.does('/settlements', submitted, 'check', {});
      for (const verb of ['examine', 'examine?dryRun=true']) {
        const { body } = await trade.clerk.tries('/settlements', short, verb, noObjection).expect(422);
        expect(codesOf(body)).toEqual(['eligible-below-grant']);
        expect(JSON.stringify(body)).toContain('0,01 EUR');
        expect(JSON.stringify(body)).toContain('decision.revoke');
      }
      await trade.second.tries('/settlements', short, 'accept').expect(409);
      const reason = { note: 'Bitte die zuwendungsfähigen Ausgaben prüfen.' };
      short = await trade.clerk.does('/settlements', short, 'query', reason);
      const settled = await trade.app.rows('select from account where case_id = $1 and stage = $2', [
        foreign.caseId,
        'settled',
      ]);
      expect(settled).toEqual([]);
    });

    it('examination is refused while what was paid and taken back since is not repaid', async () => {
      const acts = new Acts(trade);
      const granted = grantedBy(foreign, 'state_integration');
      await acts.hears(foreign, 'revocation', '2017-04-24');
      await acts.does(foreign, 'close-hearing', { statement: 'Die Stelle war zeitweise nicht besetzt.' });
      const left = [{ fundingYear: 2016, source: 'state_integration', amountCents: granted - 1 }];
      const revocation = await acts.does<Decision>(
        foreign,
        'revoke',
        acts.takenBack({ knownOn: '2017-04-10', amounts: left }),
      );
      await acts.issues(revocation, '2017-04-10');
      const submitted = await other.does('/settlements', short, 'submit');
      short = await trade.clerk.does('/settlements', submitted, 'check', {});
      for (const verb of ['examine', 'examine?dryRun=true']) {
        const { body } = await trade.clerk.tries('/settlements', short, verb, noObjection).expect(422);
        expect(codesOf(body)).toEqual(['repayment-open']);
        expect(JSON.stringify(body)).toContain('0,01 EUR sind zu erstatten');
      }
    });
  });

  it('settlement.list finds by centre, year and state; a municipality finds its own', async () => {
    const ids = async (desk: Pick<Municipality, 'caller'>, query: string) => {
      const { body } = await desk.caller.get(`/settlements?${query}`).expect(200);
      return (body.items as Settlement[]).map(({ id }) => id);
    };
    expect(await ids(trade.clerk, 'fundingYear=2016')).toHaveLength(2);
    expect(await ids(trade.clerk, `state=accepted&centreId=${municipality.centreId}`)).toEqual([report.id]);
    expect(await ids(municipality, 'fundingYear=2016')).toEqual([report.id]);
    expect(await ids(municipality, `decisionId=${foreign.id}`)).toEqual([]);
    await trade.clerk.caller.get('/settlements?overdue=maybe').expect(400);
  });
});
