import { beforeAll, describe, expect, it } from '@jest/globals';
import { CaseExportService } from '../../../src/audit/case-export.service.js';
import type { CaseFile } from '../../../src/audit/case-file.js';
import { CompletenessService } from '../../../src/audit/completeness.service.js';
import { technicalActor } from '../../../src/kernel/actor.js';
import type { CaseId } from '../../../src/kernel/ids.js';
import { verifyConsistency, verifyInclusion } from '../../../src/kernel/merkle.js';
import { verify } from '../../../verify/foerderbuch-verify.mjs';
import type { PlayedYear } from '../../every-endpoint/played-year.js';
import { invocationOf } from '../../support/actors.js';
import type { Caller, TestApp } from '../../support/app.js';
import { outside } from './outside.js';
import { sealEverything } from './seal-everything.js';

const RECORDS = 200;
const CLEAN_RUNS = 1_000;

interface Head {
  readonly size: number;
  readonly root: string;
  readonly note: string;
  readonly keys: readonly { readonly verifierKey: string }[];
}

/** Real records of a played year, exported over the API and judged by the program an auditor has. */
export const exportedCaseFiles = (of: () => { app: TestApp; year: PlayedYear }): void => {
  describe('exported case files', () => {
    let app: TestApp;
    let year: PlayedYear;
    let auditor: Caller;
    let pinned: string;

    beforeAll(async () => {
      ({ app, year } = of());
      auditor = await app.signIn('auditor');
      pinned = (await headOf(auditor)).keys[0]?.verifierKey ?? '';
    });

    const headOf = async (caller: Caller, size = ''): Promise<Head> =>
      (await caller.get(`/audit/checkpoints${size}`).expect(200)).body as Head;
    const fileOf = async (caller: Caller, caseId: string, wishes: object = {}): Promise<CaseFile> =>
      (await caller.post(`/audit/case-files/${caseId}/export`, wishes).expect(200)).body as CaseFile;
    const caseIds = async (): Promise<string[]> =>
      (await app.rows<{ id: string }>('select case_id as id from audit_case_head order by 1')).map(
        ({ id }) => id,
      );
    /** As over the API, without the wire: recorded in the case like every export. */
    const exported = async (caseId: string, olderSizes: number[] = []): Promise<CaseFile> => {
      const invocation = invocationOf<CaseFile>(technicalActor('system'), {
        present: (body) => ({ status: 200, body }),
      });
      const exports = app.get(CaseExportService);
      const { bytes } = await exports.export(invocation, caseId as CaseId, { withRows: true, olderSizes });
      return JSON.parse(String(bytes)) as CaseFile;
    };
    const bytes = (text: string): Uint8Array => Buffer.from(text, 'base64');
    const proofIn = (body: { proof?: string[] }): Uint8Array[] => (body.proof ?? []).map(bytes);

    it('hold, with every row change and all the money of the case', async () => {
      const caseId = year.own.application.caseId ?? '';
      const verdict = verify(JSON.stringify(await fileOf(auditor, caseId)), { key: pinned });
      expect(verdict.lines[1]).toMatch(
        new RegExp(`^Case ${caseId}: complete, unchanged; \\d+ records up to `),
      );
      expect(verdict.code).toBe(0);
      expect(verdict.totals.find(({ stage }) => stage === 'settled')?.totalCents).toBe(17_000_000n);
    });

    it('are for who may see the case, and taking one is recorded in it', async () => {
      const own = year.own.application.caseId ?? '';
      const foreign = year.foreign.application.caseId ?? '';
      const member = await app.signIn(year.own.member);
      expect(verify(JSON.stringify(await fileOf(member, own)), { key: pinned }).code).toBe(0);
      await member.post(`/audit/case-files/${foreign}/export`, {}).expect(404);
      await (await app.signIn('admin')).post(`/audit/case-files/${own}/export`, {}).expect(403);
      const [last] = (await auditor.get(`/audit/records?caseId=${own}&limit=1`).expect(200)).body.items;
      expect(last).toMatchObject({ action: 'audit.exportCaseFile', caseId: own, role: 'municipality' });
    });

    it('go, for a municipality, only as far as it may see', async () => {
      const caseId = year.own.application.caseId ?? '';
      await sealEverything(app);
      await exported(caseId);
      await sealEverything(app);
      const [hidden] = await app.rows<{ id: string; leaf: number }>(
        `select r.id, l.leaf_index::int as leaf from audit_record r join audit_leaf l on l.record_id = r.id
        where r.case_id = $1 order by r.id desc limit 1`,
        [caseId],
      );
      // As with a decision that is not made known yet, which its addressee does not see in the record.
      await app.rows(`create policy as_if on audit_record as restrictive for select to foerderbuch_municipality
                      using ((select access.context()) and id <> ${String(hidden?.id)})`);
      const file = await fileOf(await app.signIn(year.own.member), caseId);
      await app.rows('drop policy as_if on audit_record');
      expect(file.treeSize).toBe(hidden?.leaf);
      expect(verify(JSON.stringify(file), { key: pinned }).code).toBe(0);
      const actions = file.records.map(
        ({ body }) => (JSON.parse(String(Buffer.from(body, 'base64'))) as { action: string }).action,
      );
      expect(actions).toContain('settlement.accept');
      const [all] = await app.rows<{ links: number }>(
        'select sequence as links from audit_case_head where case_id = $1',
        [caseId],
      );
      expect(file.records.length).toBeLessThan((all?.links ?? 0) - 1);
    });

    it('prove each record and each older tree over the API, in about log2(n) hashes', async () => {
      await sealEverything(app);
      const older = await headOf(auditor);
      await fileOf(auditor, year.own.application.caseId ?? '');
      await sealEverything(app);
      const newer = await headOf(auditor);
      const { body: consistency } = await auditor
        .get(`/audit/proofs/consistency?from=${String(older.size)}&to=${String(newer.size)}`)
        .expect(200);
      const tree = (head: Head) => ({ size: head.size, root: bytes(head.root) });
      expect(verifyConsistency(tree(older), tree(newer), proofIn(consistency))).toBe(true);
      const leaves = [0, 1, Math.floor(newer.size / 2), newer.size - 1];
      const records = await app.rows<{ id: string }>(
        'select record_id as id from audit_leaf where leaf_index = any ($1) order by leaf_index',
        [leaves],
      );
      expect(records).toHaveLength(leaves.length);
      for (const { id } of records) {
        const { body } = await auditor.get(`/audit/proofs/inclusion?recordId=${id}`).expect(200);
        const place = { index: body.leafIndex, size: newer.size };
        expect(verifyInclusion(bytes(body.leafHash), place, proofIn(body), bytes(newer.root))).toBe(true);
        expect(body.proof.length).toBeLessThanOrEqual(Math.ceil(Math.log2(newer.size)));
      }
      await auditor.get('/audit/proofs/inclusion?recordId=99999999').expect(404);
      await auditor.get('/audit/checkpoints?size=1').expect(404);
      const member = await app.signIn(year.own.member);
      await member.get('/audit/proofs/inclusion?recordId=1').expect(404);
    });

    it('show what a checkpoint kept from earlier says was there', async () => {
      const caseId = year.own.application.caseId ?? '';
      const kept = await headOf(auditor);
      const file = await fileOf(auditor, caseId, { olderSizes: [kept.size], withRows: false });
      expect(verify(JSON.stringify(file), { key: pinned, checkpoint: kept.note }).code).toBe(0);
      expect(file.records.every(({ rows }) => rows === null)).toBe(true);
    });

    it(`never raise a false alarm: ${String(CLEAN_RUNS)} clean runs`, async () => {
      const files: { text: string; note: string }[] = [];
      for (const caseId of await caseIds()) {
        const { note, size } = await headOf(auditor);
        files.push({ text: JSON.stringify(await exported(caseId, [size])), note });
      }
      const { runs, alarms } = await outside('cleanRuns', { files, key: pinned, runs: CLEAN_RUNS });
      expect([runs, alarms]).toEqual([CLEAN_RUNS, []]);
      expect((await app.get(CompletenessService).check()).faults).toEqual([]);
    }, 60_000);

    it(`show every changed byte of ${String(RECORDS)} records`, async () => {
      const ids = await caseIds();
      const files: CaseFile[] = [];
      // Each export is a record of the case too, so the files grow until there are enough.
      for (let missing = RECORDS; missing > 0;) {
        files.length = 0;
        for (const id of ids) files.push(await exported(id));
        missing = RECORDS - files.reduce((sum, { records }) => sum + records.length, 0);
        for (let more = 0; more < missing; more += 1) await exported(ids[more % ids.length] ?? '');
      }
      const flips = await outside('flips', { files, most: RECORDS, progress: false });
      expect(flips).toMatchObject({ records: RECORDS, missed: [] });
      expect(flips.bytes).toBeGreaterThan(100_000);
      expect(flips.files).toBeGreaterThan(25);
    }, 120_000);

    it('name the record that was changed in the database', async () => {
      const caseId = year.own.application.caseId ?? '';
      await app.rows('alter table audit_record disable trigger user');
      const sql = `update audit_record set body = convert_to(replace(convert_from(body, 'UTF8'), $1, $2), 'UTF8')
                  where action = 'decision.release' and case_id = $3`;
      await app.rows(sql, ['"done"', '"gone"', caseId]);
      const file = await fileOf(auditor, caseId);
      const place = file.records.findIndex(({ body }) => Buffer.from(body, 'base64').includes('"gone"'));
      const verdict = verify(JSON.stringify(file), { key: pinned });
      expect(verdict).toMatchObject({ code: 1, record: place + 1, field: 'body', fault: 'unsealed' });
    });
  });
};
