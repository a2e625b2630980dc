import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { PlayedYear } from '../every-endpoint/played-year.js';
import type { Caller, TestApp } from '../support/app.js';

interface AuditRecord {
  readonly id: number;
  readonly at: string;
  readonly action: string;
  readonly role: string;
  readonly actorPersonId: string | null;
  readonly onBehalfOf: string | null;
  readonly requestId: string;
  readonly centreId: string | null;
  readonly caseId: string | null;
  readonly subjects: readonly {
    readonly type: string;
    readonly id: string;
    readonly version: number | null;
  }[];
}

describe('the audit record', () => {
  let app: TestApp;
  let year: PlayedYear;
  let auditor: Caller;

  beforeAll(async () => {
    ({ app, year } = await PlayedYear.staged('audit'));
    auditor = await app.signIn('auditor');
  }, 180_000);

  afterAll(() => app.close());

  const list = async (caller: Caller, query: string): Promise<AuditRecord[]> => {
    const found: AuditRecord[] = [];
    let next: string | null = '';
    while (next !== null) {
      const cursor = next === '' ? '' : `&cursor=${next}`;
      const { body } = await caller.get(`/audit/records?limit=200${query}${cursor}`).expect(200);
      const page = body as { items: AuditRecord[]; nextCursor: string | null };
      found.push(...page.items);
      next = page.nextCursor;
    }
    return found;
  };

  it('is listed with the newest first, each record once, over all pages', async () => {
    const [total] = await app.rows<{ records: string }>('select count(*)::text as records from audit_record');
    const ids = (await list(auditor, '')).map(({ id }) => id);
    expect(ids).toHaveLength(Number(total?.records));
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => b - a));
    const { body } = await auditor.get('/audit/records?limit=7').expect(200);
    expect((body as { items: AuditRecord[] }).items.map(({ id }) => id)).toEqual(ids.slice(0, 7));
  });

  it('tells the whole story of a case', async () => {
    const told = await list(auditor, `&caseId=${year.own.application.caseId ?? ''}`);
    expect(told.map(({ action }) => action).reverse()).toEqual([
      'application.draft',
      'application.edit',
      // A file that was the wrong one, and the right one.
      ...['attachment.upload', 'attachment.remove', 'attachment.upload'],
      'application.submit',
      ...['application.query', 'application.answer', 'application.check', 'application.opine'],
      'application.consentEarlyStart',
      'application.recommend',
      ...['decision.draft', 'decision.edit', 'decision.discard', 'decision.draft'],
      'decision.release',
      'decision.notify',
      ...['decision.recordSuit', 'decision.closeSuit'],
      // An act is a decision of its own on the same case, released and made known like the first.
      ...['decision.amend', 'decision.release', 'decision.notify'],
      ...['decision.openHearing', 'decision.answerHearing', 'decision.closeHearing'],
      ...['decision.withdraw', 'decision.discard'],
      ...['decision.openHearing', 'decision.closeHearing', 'decision.revoke', 'decision.discard'],
      'decision.waiveRemedies',
      ...['application.notifyChange', 'application.acknowledgeChange'],
      'drawdown.request',
      'drawdown.cancel',
      'drawdown.request',
      'drawdown.reject',
      ...['drawdown.request', 'drawdown.certify', 'drawdown.order', 'payment.bounce'],
      ...['drawdown.order', 'payment.confirm', 'payment.return', 'drawdown.order', 'payment.confirm'],
      ...['drawdown.request', 'drawdown.certify', 'drawdown.order', 'payment.bounce'],
      ...['drawdown.order', 'payment.confirm', 'payment.return', 'drawdown.order', 'payment.confirm'],
      'settlement.open',
      'settlement.edit',
      'settlement.submit',
      'settlement.query',
      'settlement.submit',
      'settlement.check',
      'settlement.examine',
      'settlement.accept',
      'decision.close',
      'audit.exportCaseFile',
    ]);
  });

  it('is filtered by operation, by person and by centre', async () => {
    const releases = await list(auditor, '&action=decision.release');
    // Of each centre its grant and the amendment of it.
    expect(releases).toHaveLength(4);
    const { personId } = app.cast.member('granting_authority2');
    expect(releases.every(({ actorPersonId }) => actorPersonId === personId)).toBe(true);
    const byPerson = await list(auditor, `&personId=${personId}`);
    expect(byPerson.length).toBeGreaterThan(releases.length);
    expect(byPerson.every(({ actorPersonId }) => actorPersonId === personId)).toBe(true);
    const centreId = year.own.centre.id;
    const ofCentre = await list(auditor, `&centreId=${centreId}&action=decision.release`);
    expect(ofCentre.map(({ centreId: id }) => id)).toEqual([centreId, centreId]);
  });

  it('is filtered by the day it happened, which no clock but that of the database decides', async () => {
    const all = await list(auditor, '');
    const [day] = await app.rows<{ today: string }>(
      `select (max(at) at time zone 'Europe/Berlin')::date::text as today from audit_record`,
    );
    expect((await list(auditor, `&on=${day?.today ?? ''}`)).length).toBeGreaterThan(0);
    // The year was played in 2016; the record says when that was.
    expect(await list(auditor, '&on=2016-05-02')).toEqual([]);
    expect(all.length).toBeGreaterThan(0);
  });

  it('answers in one query who did what, for whom, and with which request: by person, case, centre and day', async () => {
    const { personId } = app.cast.member('granting_authority2');
    const caseId = year.own.application.caseId ?? '';
    const [day] = await app.rows<{ today: string }>(
      `select (at at time zone 'Europe/Berlin')::date::text as today from audit_record
        where action = 'settlement.accept' and case_id = $1`,
      [caseId],
    );
    const asked = {
      ...{ personId, caseId, centreId: year.own.centre.id },
      ...{ on: day?.today ?? '', action: 'settlement.accept' },
    };
    const queryOf = (wishes: object): string => `&${new URLSearchParams({ ...wishes }).toString()}`;
    const told = await list(auditor, queryOf(asked));
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({
      ...{ action: 'settlement.accept', role: 'granting_authority', actorPersonId: personId },
      ...{ onBehalfOf: null, caseId, centreId: year.own.centre.id },
    });
    expect(told[0]?.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(told[0]?.subjects.map(({ type }) => type)).toContain('settlement');
    // Each condition counts: another value for any of them, and the record is not among the answers.
    const other = {
      ...{ personId: app.cast.member('cashier').personId, caseId: year.foreign.application.caseId ?? '' },
      ...{ centreId: year.foreign.centre.id, on: '2016-05-02', action: 'settlement.examine' },
    };
    for (const [name, value] of Object.entries(other))
      expect([name, await list(auditor, queryOf({ ...asked, [name]: value }))]).toEqual([name, []]);
  });

  it('shows what was hashed, byte for byte, and to an auditor the rows that changed', async () => {
    // The first there was: that of a grant, which promises money of each source, not that of the amendment of one.
    const release = (await list(auditor, '&action=decision.release')).at(-1);
    const { body } = await auditor.get(`/audit/records/${String(release?.id)}`).expect(200);
    const found = body as AuditRecord & {
      body: string;
      leafHash: string;
      rowChanges: { table: string; sha256: string }[];
    };
    const leaf = createHash('sha256')
      .update(Buffer.concat([Buffer.from([0]), Buffer.from(found.body, 'utf8')]))
      .digest('hex');
    expect(found.leafHash).toBe(leaf);
    const told = JSON.parse(found.body) as {
      action: string;
      at: string;
      rowChanges: { sha256: string }[];
      transfers: unknown[];
    };
    expect(told).toMatchObject({ action: 'decision.release', at: found.at });
    // The Land, the municipality and third parties; seconded teachers are no money.
    expect(told.transfers).toHaveLength(3);
    expect(found.rowChanges.map(({ sha256 }) => sha256)).toEqual(told.rowChanges.map(({ sha256 }) => sha256));
    expect(found.rowChanges.map(({ table }) => table)).toContain('transfer');
  });

  it('keeps the journal from everybody who is no auditor', async () => {
    const [release] = await list(auditor, '&action=decision.release');
    for (const who of ['ministry', 'granting_authority']) {
      const { body } = await (await app.signIn(who)).get(`/audit/records/${String(release?.id)}`).expect(200);
      expect((body as { rowChanges: unknown }).rowChanges).toBeNull();
    }
  });

  it('shows a municipality the records of its own centre and of no other', async () => {
    const own = await app.signIn(year.own.member);
    const seen = await list(own, '');
    expect(seen.length).toBeGreaterThan(20);
    expect(new Set(seen.map(({ centreId }) => centreId))).toEqual(new Set([year.own.centre.id]));
    expect(await list(own, `&caseId=${year.foreign.application.caseId ?? ''}`)).toEqual([]);
  });

  it('shows offices that handle cases the records of cases, and others what they did themselves', async () => {
    const clerk = await list(await app.signIn('granting_authority'), '');
    expect(clerk.length).toBeGreaterThan(50);
    expect(clerk.every(({ caseId }) => caseId !== null)).toBe(true);
    for (const who of ['school_ministry', 'admin']) {
      const seen = await list(await app.signIn(who), '');
      expect(seen.length).toBeGreaterThan(0);
      expect(seen.every(({ actorPersonId }) => actorPersonId === app.cast.member(who).personId)).toBe(true);
    }
  });

  it.each([
    ['/audit/records?caseId=surplus', 'query:caseId'],
    ['/audit/records?on=yesterday', 'query:on'],
    ['/audit/records?action=drop%20table', 'query:action'],
    ['/audit/records?limit=0', 'query:limit'],
    ['/audit/records?cursor=WyJ4Il0', 'query:cursor'],
  ])('says where %s is wrong', async (path, pointer) => {
    const { body } = await auditor.get(path).expect(400);
    expect(body).toMatchObject({ code: 'invalid-input', errors: [{ pointer }] });
  });

  it.each([
    '999999999',
    '0',
    '-1',
    '1.5',
    'x',
    '0198c0de-7a11-7000-8000-000000000001',
    '99999999999999999999',
  ])('knows no record %s', async (id) => {
    await auditor.get(`/audit/records/${id}`).expect(404);
  });
});
