import { describe, expect, it } from '@jest/globals';
import { verify } from '../../verify/foerderbuch-verify.mjs';
import { CaseLog, caseIdOf } from './support/case-log.js';
import { flipEveryByte } from './support/flips.js';
import { outside } from './support/outside.js';

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
    const flips = flipEveryByte([file], 20);
    expect(flips).toMatchObject({ records: 20, missed: [] });
    expect(flips.bytes).toBeGreaterThan(10_000);
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

  it('is noticed anywhere in a file: records, parts, rows, proofs, keys, notes and punctuation', async () => {
    const small = new CaseLog();
    small.record('decision.release', own, [{ from: 'allocated', to: 'committed', cents: 5 }]);
    small.record('application.draft', caseIdOf(2));
    small.recordOfSeveral('budget.openYear', [own, caseIdOf(2)]);
    const text = JSON.stringify(small.export(own, { olderSizes: [2], withRows: true }));
    expect(verify(text, { key }).code).toBe(0);
    expect(await outside('everyCharacter', { text, key })).toEqual({ changed: text.length, missed: [] });
  });
});
