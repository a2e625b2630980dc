import { describe, expect, it } from '@jest/globals';
import type { CaseFile, CaseFileRecord } from '../../src/audit/case-file.js';
import { noteSigner, signNote } from '../../src/audit/signed-note.js';
import { CaseLog, caseIdOf, fundingYear, origin, privateKeyOf } from './support/case-log.js';
import { finding, judge, key, own } from './support/judge.js';

const moved = (records: readonly CaseFileRecord[], from: number, to: number): CaseFileRecord[] => {
  const others = records.filter((_, at) => at !== from);
  return [...others.slice(0, to), ...records.slice(from, from + 1), ...others.slice(to)];
};

describe('a case file that somebody worked on', () => {
  const log = fundingYear();
  const file = log.export(own, { olderSizes: [6], withRows: true });
  const without = (at: number): CaseFile => ({
    ...file,
    records: file.records.filter((_, one) => one !== at),
  });
  const leaf = (at: number): number | undefined => file.records[at]?.leafIndex;
  const foreign = log.export(caseIdOf(2));

  it('misses its first record', () => {
    expect(finding(judge(without(0)))).toEqual({
      ...{ code: 1, record: 1, leafIndex: leaf(1), field: 'sequence', fault: 'order' },
    });
  });

  it('misses a record in the middle: the one behind the gap is named', () => {
    const verdict = judge(without(4));
    expect(finding(verdict)).toMatchObject({ code: 1, record: 5, leafIndex: leaf(5), field: 'sequence' });
    expect(verdict.lines).toEqual([
      'Nachweis 5 (Blatt 7), Feld sequence: ist nicht an der Reihe: es fehlt etwas.',
      'Record 5 (leaf 7), field sequence: is out of turn: something is missing.',
    ]);
  });

  it('misses its last record', () => {
    expect(finding(judge(without(8)))).toMatchObject({
      code: 1,
      record: null,
      field: 'head',
      fault: 'count',
    });
  });

  it('has none left', () => {
    expect(judge({ ...file, records: [] }).code).toBe(1);
  });

  it('has two records exchanged, or one moved', () => {
    expect(finding(judge({ ...file, records: moved(file.records, 2, 3) }))).toMatchObject({ record: 3 });
    expect(finding(judge({ ...file, records: moved(file.records, 8, 0) }))).toMatchObject({ record: 1 });
  });

  it('has a record twice', () => {
    const records = file.records.flatMap((record, at) => (at === 3 ? [record, record] : [record]));
    expect(finding(judge({ ...file, records }))).toMatchObject({
      record: 5,
      field: 'sequence',
      fault: 'order',
    });
  });

  it('has a sealed record of another case inserted', () => {
    const records = [...file.records.slice(0, 2), ...foreign.records.slice(0, 1), ...file.records.slice(2)];
    expect(finding(judge({ ...file, records }))).toMatchObject({ record: 3, leafIndex: 1, field: 'cases' });
  });

  it('has an invented record inserted', () => {
    const invented = { ...file.records[2], body: 'e30=' };
    const records = [...file.records.slice(0, 2), invented, ...file.records.slice(2)];
    expect(finding(judge({ ...file, records }))).toMatchObject({
      record: 3,
      field: 'body',
      fault: 'unsealed',
    });
  });

  it('has a record at another leaf index, or with another proof', () => {
    const bent = (change: object) => ({
      ...file,
      records: file.records.map((record, at) => (at === 5 ? { ...record, ...change } : record)),
    });
    for (const change of [{ leafIndex: 4 }, { leafIndex: -1 }, { leafIndex: '6' }, { leafIndex: 13 }]) {
      expect(finding(judge(bent(change)))).toMatchObject({
        code: 1,
        record: 6,
        field: 'body',
        fault: 'unsealed',
      });
    }
    const inclusion = file.records[5]?.inclusion ?? [];
    expect(judge(bent({ inclusion: inclusion.slice(1) })).record).toBe(6);
    expect(judge(bent({ inclusion: [...inclusion, inclusion[0]] })).record).toBe(6);
    expect(judge(bent({ inclusion: [...inclusion].reverse() })).record).toBe(6);
    expect(judge(bent({ inclusion: null })).record).toBe(6);
  });

  it('has the part of its batch changed, left out, or taken from the other case', () => {
    const at = file.records.findIndex(({ part }) => part !== null);
    const withPart = (part: string | null | undefined) =>
      judge({ ...file, records: file.records.map((one, place) => (place === at ? { ...one, part } : one)) });
    const part = Buffer.from(file.records[at]?.part ?? '', 'base64').toString();
    const richer = Buffer.from(part.replace('4250000', '9250000')).toString('base64');
    const others = foreign.records.find((record) => record.part !== null)?.part;
    expect(finding(withPart(richer))).toMatchObject({ record: at + 1, field: 'part', fault: 'hash' });
    expect(finding(withPart(null))).toMatchObject({ record: at + 1, field: 'cases', fault: 'differs' });
    expect(finding(withPart(others))).toMatchObject({ record: at + 1, field: 'part', fault: 'differs' });
  });

  it('has a row change altered or left out', () => {
    const withRows = (rows: readonly (string | null)[]) =>
      judge({ ...file, records: file.records.map((one, at) => (at === 1 ? { ...one, rows } : one)) });
    const row = Buffer.from(file.records[1]?.rows?.[0] ?? '', 'base64').toString();
    expect(finding(withRows([Buffer.from(row.replace('done', 'gone')).toString('base64')]))).toMatchObject({
      ...{ record: 2, field: 'rows[0]', fault: 'hash' },
    });
    expect(finding(withRows([]))).toMatchObject({ record: 2, field: 'rows', fault: 'form' });
    expect(finding(withRows([...(file.records[1]?.rows ?? []), 'e30=']))).toMatchObject({
      record: 2,
      field: 'rows',
    });
    expect(finding(withRows([null]))).toMatchObject({ record: 2, field: 'rows' });
  });

  it('has a forged head: another count, another last record, an older tree, another signer', () => {
    const text = file.head.slice(0, file.head.lastIndexOf('\n\n') + 1);
    const forged = { ...without(8), head: file.head.replace('\n9\n', '\n8\n') };
    expect(finding(judge(forged))).toMatchObject({ code: 1, field: 'head', fault: 'signature' });
    const stranger = noteSigner(origin, privateKeyOf('stranger'));
    expect(finding(judge({ ...file, head: signNote(text, [stranger]) }))).toMatchObject({
      fault: 'untrusted',
    });
    expect(finding(judge({ ...file, head: foreign.head }))).toMatchObject({
      field: 'head',
      fault: 'differs',
    });
    expect(finding(judge({ ...file, head: file.checkpoint }))).toMatchObject({
      field: 'head',
      fault: 'differs',
    });
    const otherLast = text.replace(/\n9\n.*\n/u, `\n9\n${Buffer.alloc(32).toString('base64')}\n`);
    expect(finding(judge({ ...file, head: signNote(otherLast, [log.signer]) }))).toMatchObject({
      fault: 'hash',
    });
    // A genuine head of an earlier state fits no younger checkpoint.
    const earlier = text.replace('\n13\n', '\n12\n');
    expect(finding(judge({ ...file, head: signNote(earlier, [log.signer]) }))).toMatchObject({
      fault: 'differs',
    });
  });

  it('is signed throughout with another key of the same name', () => {
    const stranger = noteSigner(origin, privateKeyOf('stranger'));
    const resigned = {
      ...file,
      keys: [{ verifierKey: stranger.key.text, fromSize: 0, endorsement: null }],
      checkpoint: log.checkpoint(13, stranger),
      head: signNote(file.head.slice(0, file.head.lastIndexOf('\n\n') + 1), [stranger]),
    };
    expect(finding(judge(resigned))).toMatchObject({ code: 1, field: 'keys', fault: 'untrusted' });
    // Without a trusted key nothing else can be wrong with it: that is why the verifier asks to compare.
    expect(judge(resigned, {}).code).toBe(0);
  });

  it('bears a checkpoint, a key or a name that is not of the prescribed form', () => {
    const { origin: name, size, root } = log.head();
    const bare = `${name}\n${size.toString()}\n${Buffer.from(root).toString('base64')}\n`;
    const withKey = (change: object) => judge({ ...file, keys: [{ ...file.keys[0], ...change }] });
    expect(finding(judge({ ...file, checkpoint: signNote(bare, [log.signer]) }))).toMatchObject({
      fault: 'form',
    });
    expect(finding(judge({ ...file, checkpoint: bare }))).toMatchObject({
      field: 'checkpoint',
      fault: 'form',
    });
    expect(finding(withKey({ fromSize: 1 }))).toMatchObject({ field: 'keys[0]', fault: 'form' });
    expect(finding(withKey({ fromSize: null }))).toMatchObject({ field: 'keys[0]', fault: 'form' });
    expect(finding(withKey({ verifierKey: key.replace('+', '+0') }))).toMatchObject({
      field: 'keys[0]',
      fault: 'form',
    });
    for (const change of [{ origin: 'another.example/log' }, { treeSize: 12 }]) {
      expect(finding(judge({ ...file, ...change }))).toMatchObject({
        field: 'origin, treeSize',
        fault: 'differs',
      });
    }
    const consistency = file.consistency.map((older) => ({ ...older, size: 5 }));
    expect(finding(judge({ ...file, consistency }))).toMatchObject({ field: 'consistency', fault: 'prefix' });
  });

  it('comes from a log that lost or rewrote what it once published', () => {
    const other = new CaseLog();
    for (let number = 1; number <= 20; number += 1) other.record('another.history', caseIdOf(number));
    expect(finding(judge(file, { key, checkpoint: other.checkpoint(6) }))).toMatchObject({ fault: 'prefix' });
    expect(finding(judge(file, { key, checkpoint: other.checkpoint(20) }))).toMatchObject({
      fault: 'prefix',
    });
    expect(judge(file, { key, checkpoint: `${log.checkpoint(6)}x` }).code).toBe(1);
  });
});
