import { describe, expect, it } from '@jest/globals';
import { checkRecord, verify } from '../../verify/foerderbuch-verify.mjs';
import { CaseLog, caseIdOf } from './support/case-log.js';

const own = caseIdOf(1);

/** A case of `count` records that stand between those of other cases. */
function longCase(count: number): CaseLog {
  const log = new CaseLog();
  for (let number = 0; number < count; number += 1) {
    const release = { from: 'allocated', to: 'committed', cents: 100 + number };
    log.record('decision.release', own, number % 10 === 0 ? [release] : []);
    if (number % 3 === 0) log.record('application.draft', caseIdOf(10 + number));
  }
  return log;
}

describe('a changed byte', () => {
  const log = longCase(20);
  const file = log.export(own);
  const key = log.signer.key.text;

  it('is noticed at every place of the sealed bytes of 20 records', () => {
    // verify() asks checkRecord about each record on its own, so each flip is put to that one question: 200 records
    // times 200 whole files would take minutes and ask nothing more. The next test goes through the front door.
    expect(verify(JSON.stringify(file), { key }).code).toBe(0);
    const { root, size } = log.head();
    const state = { caseId: own, root: Buffer.from(root), size, epoch: 1 };
    let flips = 0;
    const stackTraceLimit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0; // nobody reads the stacks of a hundred thousand expected errors
    const missed: string[] = [];
    for (const [place, record] of file.records.entries()) {
      const bytes = Buffer.from(record.body, 'base64');
      for (let at = 0; at < bytes.length; at += 1) {
        const original = bytes[at] ?? 0;
        bytes[at] = original ^ (1 << (at % 8));
        try {
          checkRecord({ ...record, body: bytes.toString('base64') }, state);
          missed.push(`record ${place.toString()} byte ${at.toString()}`);
        } catch (error) {
          flips += 1;
          if (!(error instanceof Error && 'fault' in error && error.fault === 'unsealed')) throw error;
        }
        bytes[at] = original;
      }
    }
    Error.stackTraceLimit = stackTraceLimit;
    expect(missed).toEqual([]);
    expect(flips).toBeGreaterThan(10_000);
  });

  it('in a record makes the whole file fail, and the record is named', () => {
    for (let place = 0; place < file.records.length; place += 5) {
      const record = file.records[place];
      const bytes = Buffer.from(record?.body ?? '', 'base64');
      const at = (place * 31) % bytes.length;
      bytes[at] = (bytes[at] ?? 0) ^ 0x20;
      const changed = { ...record, body: bytes.toString('base64') };
      const records = file.records.map((one, other) => (other === place ? changed : one));
      const verdict = verify(JSON.stringify({ ...file, records }), { key });
      expect([verdict.code, verdict.record, verdict.leafIndex]).toEqual([1, place + 1, record?.leafIndex]);
    }
  });

  it('is noticed anywhere in a file: records, parts, rows, proofs, keys, notes and punctuation', () => {
    const small = new CaseLog();
    small.record('decision.release', own, [{ from: 'allocated', to: 'committed', cents: 5 }]);
    small.record('application.draft', caseIdOf(2));
    small.recordOfSeveral('budget.openYear', [own, caseIdOf(2)]);
    const text = JSON.stringify(small.export(own, { olderSizes: [2], withRows: true }));
    expect(verify(text, { key }).code).toBe(0);
    const missed: string[] = [];
    for (let at = 0; at < text.length; at += 1) {
      const other = text[at] === 'A' ? 'B' : 'A';
      const changed = text.slice(0, at) + other + text.slice(at + 1);
      if (verify(changed, { key }).code === 0) missed.push(text.slice(at - 20, at + 20));
    }
    expect(missed).toEqual([]);
  });
});
