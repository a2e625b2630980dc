import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assembleCaseFile, type CaseFile } from '../../src/audit/case-file.js';
import { noteSigner, signNote } from '../../src/audit/signed-note.js';
import { canonicalBytes } from '../../src/kernel/canonical-json.js';
import { canonical, verify } from '../../verify/foerderbuch-verify.mjs';
import { caseIdOf, fundingYear, origin, privateKeyOf } from './support/case-log.js';
import { finding, judge, key, own } from './support/judge.js';

describe('an untouched case file', () => {
  const log = fundingYear();
  const file = log.export(own, { olderSizes: [0, 1, 6, 13], withRows: true });

  it('holds, and says so in German and English', () => {
    const verdict = judge(file);
    expect(verdict.lines).toEqual([
      `Fall ${own}: vollständig, unverändert; 9 Nachweise bis 2026-03-03T08:00:00.000000Z (${origin}, 13).`,
      `Case ${own}: complete, unchanged; 9 records up to 2026-03-03T08:00:00.000000Z (${origin}, 13).`,
    ]);
    expect(verdict.code).toBe(0);
  });

  it('gives the totals of the case, from one-case records and its part of the batch; reversals taken off', () => {
    expect(judge(file).totals).toEqual([
      { stage: 'committed', totalCents: 17_000_000n, balanceCents: 12_750_000n },
      { stage: 'called', totalCents: 4_250_000n, balanceCents: 0n },
      { stage: 'paid', totalCents: 4_250_000n, balanceCents: 250_000n },
      { stage: 'settled', totalCents: 4_000_000n, balanceCents: 4_000_000n },
    ]);
  });

  it('warns when the key is only that of the file itself, and prints its fingerprint', () => {
    const verdict = judge(file, {});
    expect(verdict.code).toBe(0);
    expect(verdict.lines[2]).toMatch(/^Schlüssel aus der Datei selbst .*SHA-256 [0-9a-f]{64}$/u);
  });

  it('contains every tree it was asked for, as an older checkpoint shows', () => {
    for (const size of [0, 1, 6, 13])
      expect(judge(file, { key, checkpoint: log.checkpoint(size) }).code).toBe(0);
    expect(finding(judge(file, { key, checkpoint: log.checkpoint(5) }))).toMatchObject({ fault: 'prefix' });
  });

  it('shows nothing of the other cases of a batch', () => {
    const batch = file.records.find(({ part }) => part !== null);
    const body = Buffer.from(batch?.body ?? '', 'base64').toString();
    expect(body).not.toContain('4250000');
    expect(JSON.parse(body)).toMatchObject({ cases: [], transfers: [], subjects: [] });
    expect(body).not.toContain(caseIdOf(2));
    const rows = (batch?.rows ?? []).map((row) => Buffer.from(row, 'base64').toString());
    expect(rows).toHaveLength(2);
    expect(rows.join()).toContain(own);
    expect(rows.join()).not.toContain(caseIdOf(2));
  });

  it('follows a handover of keys from the key that is trusted', () => {
    const successor = noteSigner(origin, privateKeyOf('second key'));
    const signedText = (note: string): string => note.slice(0, note.lastIndexOf('\n\n') + 1);
    const rotated: CaseFile = {
      ...file,
      keys: log.rotatedKeys(successor, 10),
      checkpoint: log.checkpoint(13, successor),
      head: signNote(signedText(file.head), [successor]),
    };
    expect(judge(rotated).code).toBe(0);
    expect(judge(rotated, { key: successor.key.text }).code).toBe(0);
    expect(judge(rotated, { key, checkpoint: log.checkpoint(6) }).code).toBe(0);
    // The old key may no longer sign what came after the handover.
    const late = { ...rotated, checkpoint: log.checkpoint(13) };
    expect(finding(judge(late))).toMatchObject({ code: 1, field: 'checkpoint', fault: 'untrusted' });
    const usurped = { ...rotated, keys: [log.keys()[0], { ...rotated.keys[1], endorsement: file.head }] };
    expect(finding(judge(usurped))).toMatchObject({ code: 1, field: 'keys[1]', fault: 'untrusted' });
  });

  it('continues an older log after a restore, as far as its checkpoint says so', () => {
    const renewed = noteSigner('foerderbuch.example/log-2', privateKeyOf('second key'));
    const [first, second] = log.rotatedKeys(renewed, 0);
    const resign = (text: string): string => signNote(text.replaceAll(origin, renewed.key.name), [renewed]);
    const textOf = (note: string): string => note.slice(0, note.lastIndexOf('\n\n') + 1);
    const handover = signNote(`${renewed.key.name}/key\n${renewed.key.text}\n0\n`, [log.signer]);
    const restored = (commits: string) => ({
      ...file,
      origin: renewed.key.name,
      keys: [first, { ...second, endorsement: handover }],
      checkpoint: signNote(textOf(file.checkpoint).replace(origin, renewed.key.name) + commits, [renewed]),
      head: resign(textOf(file.head)),
    });
    const root = Buffer.alloc(32, 9).toString('base64');
    const honest = restored(`commits ${origin} 15 ${root}\n`);
    expect(judge(honest, { key, checkpoint: log.checkpoint(6) }).code).toBe(0);
    expect(judge(honest, { key: renewed.key.text }).code).toBe(0);
    expect(finding(judge(restored(''), { key, checkpoint: log.checkpoint(6) }))).toMatchObject({
      ...{ code: 1, field: '--checkpoint', fault: 'differs' },
    });
  });

  it('is not assembled when checkpoint, head and records do not fit each other', () => {
    const links = file.records.map((record) => ({
      leafIndex: record.leafIndex,
      body: Buffer.from(record.body, 'base64'),
      inclusion: [],
      part: null,
      rows: null,
    }));
    const parts = {
      caseId: own,
      keys: file.keys,
      checkpoint: file.checkpoint,
      head: file.head,
      consistency: [],
    };
    expect(assembleCaseFile({ ...parts, links }).records.length).toBe(9);
    expect(() => assembleCaseFile({ ...parts, links: links.slice(1, -1) })).toThrow(RangeError);
    expect(() => assembleCaseFile({ ...parts, links: [] })).toThrow(RangeError);
    expect(() => assembleCaseFile({ ...parts, links, checkpoint: log.checkpoint(12) })).toThrow(RangeError);
  });
});

describe('what cannot be checked', () => {
  const file = fundingYear().export(own);

  it.each(['', 'null', '[]', '{}', '{"format":"foerderbuch-case-file/2"}', '{"format'])(
    '%j is unusable',
    (text) => {
      expect(verify(text, { key }).code).toBe(2);
    },
  );

  it('a key that is none', () => {
    expect(judge(file, { key: 'foerderbuch.example/log+00000000+AAAA' }).code).toBe(2);
  });
});

describe('the canonical form', () => {
  it('is that of the writer', () => {
    const value = {
      b: [1, -5, true, null, '\u20ac\r\n\u0007"\\/'],
      a: { '\ufb33': 1, '\u{1f600}': 2, '': {} },
      ä: [],
    };
    expect(canonical(value)).toBe(Buffer.from(canonicalBytes(value)).toString());
    for (const bad of [1.5, -0, 2 ** 53, '\ud800', undefined, 1n])
      expect(() => canonical(bad)).toThrow(RangeError);
  });
});

describe('the program', () => {
  it('answers with lines and an exit code', () => {
    const folder = mkdtempSync(join(tmpdir(), 'case-file-'));
    const log = fundingYear();
    const path = (name: string, text: string): string => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const run = (...args: string[]) => {
      const { status, stdout } = spawnSync(process.execPath, ['verify/foerderbuch-verify.mjs', ...args]);
      return { status, output: stdout.toString() };
    };
    const text = JSON.stringify(log.export(own, { olderSizes: [6] }));
    const good = path('good.json', text);
    const bad = path('bad.json', text.replace(/"leafIndex":3/, '"leafIndex":4'));
    const older = path('older.note', log.checkpoint(6));
    const held = run(good, '--key', key, '--checkpoint', older);
    expect(held.status).toBe(0);
    expect(held.output).toContain('committed (bewilligt): 170.000,00\u00a0€');
    expect(run(bad, '--key', key)).toMatchObject({ status: 1 });
    expect(run(bad, '--key', key).output).toContain('Record 3 (leaf 4), field body');
    expect(run(join(folder, 'absent')).status).toBe(2);
    expect(run(good, '--kye', key).status).toBe(2);
    rmSync(folder, { recursive: true });
  });
});
