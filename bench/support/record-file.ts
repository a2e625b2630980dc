import { generateKeyPairSync } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { checkpointText, noteSigner, signNote } from '../../src/audit/signed-note.js';
import { canonicalBytes } from '../../src/kernel/canonical-json.js';
import { leafHash, nodeHash, type Hash } from '../../src/kernel/merkle.js';

const HEADER_BYTES = 2_000;
const LINES_AT_ONCE = 5_000;

/** What differs from record to record, as it stands in the pattern of a body. */
const PLACES = {
  caseId: '"CASE"',
  previous: '"PREVIOUS"',
  record: 'RECORD',
  sequence: '777001',
  version: '777002',
  row: '777003',
};

/**
 * A whole record as the export writes it, with bodies of the usual size: twenty to a case, every tenth with money.
 * The header comes last, when the root is known, into the room left for it.
 */
export function writeRecordFile(path: string, count: number): void {
  const patterns = [patternOf(false), patternOf(true)];
  const file = openSync(path, 'w');
  writeSync(file, `${' '.repeat(HEADER_BYTES - 1)}\n`);
  const peaks: Hash[] = [];
  let lines: string[] = [];
  let [caseId, previous, version] = ['', 'null', 0];
  for (let index = 0; index < count; index += 1) {
    const record = idOf(index);
    const sequence = (index % 20) + 1;
    if (sequence === 1) [caseId, previous, version] = [`"${record}"`, 'null', 0];
    const pays = sequence % 10 === 5;
    if (pays) version += 1;
    const values = {
      caseId,
      previous,
      record,
      sequence: String(sequence),
      version: String(version),
      row: String(index),
    };
    const body = (patterns[pays ? 1 : 0] ?? [])
      .map((piece) => (piece in values ? values[piece as keyof typeof values] : piece))
      .join('');
    const leaf = leafHash(Buffer.from(body));
    previous = `"${Buffer.from(leaf).toString('hex')}"`;
    lines.push(`${Buffer.from(leaf).toString('base64')} ${body}\n`);
    let node = leaf;
    for (let place = index; place % 2 === 1; place = Math.floor(place / 2))
      node = nodeHash(peaks.pop() ?? node, node);
    peaks.push(node);
    if (lines.length === LINES_AT_ONCE || index === count - 1) {
      writeSync(file, lines.join(''));
      lines = [];
    }
  }
  const header = headerOf(
    count,
    peaks.reduceRight((right, left) => nodeHash(left, right)),
  );
  writeSync(file, header + ' '.repeat(HEADER_BYTES - 1 - Buffer.byteLength(header)), 0);
  closeSync(file);
}

function headerOf(treeSize: number, root: Hash): string {
  const signer = noteSigner('bench.example/log', generateKeyPairSync('ed25519').privateKey);
  const origin = signer.key.name;
  const text = checkpointText({
    origin,
    size: treeSize,
    root,
    epoch: 1,
    watermark: BigInt(treeSize),
    commits: null,
  });
  const keys = [{ verifierKey: signer.key.text, fromSize: 0, endorsement: null }];
  return JSON.stringify({
    format: 'foerderbuch-record/1',
    origin,
    treeSize,
    keys,
    checkpoint: signNote(text, [signer]),
  });
}

function idOf(number: number): string {
  return `0190b5a0-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
}

/** The text of a body cut where it differs: pieces of text, and the names of what stands between them. */
function patternOf(pays: boolean): string[] {
  const side = (stage: string) => ({
    stage,
    fundingYear: 2026,
    programme: 'KI',
    caseId: 'CASE',
    account: stage,
    version: 777002,
  });
  const transfer = {
    ...{
      id: 'RECORD',
      journal: 'RECORD',
      amountCents: '4250000',
      code: 'decision.release',
      effectiveOn: '2026-03-01',
      reverses: null,
    },
    ...{ debit: side('outside'), credit: side('committed') },
  };
  const change = {
    id: 777003,
    table: 'decision',
    rowId: 'RECORD',
    operation: 'update',
    sha256: 'ab'.repeat(32),
  };
  const body = {
    ...{
      v: 1,
      epoch: 1,
      at: '2026-03-01T08:00:00.000000Z',
      action: 'decision.release',
      centreId: 'RECORD',
      caseId: 'CASE',
    },
    ...{
      requestId: 'RECORD',
      outcome: 'done',
      reason: null,
      parts: [],
      facts: {},
      transfers: pays ? [transfer] : [],
    },
    actor: { person: 'RECORD', onBehalfOf: null, role: 'granting_authority' },
    cases: [{ caseId: 'CASE', sequence: 777001, previous: 'PREVIOUS' }],
    subjects: [{ type: 'decision', id: 'RECORD', version: 777001, centreId: 'RECORD', caseId: 'CASE' }],
    rowChanges: [change, change],
  };
  const names = Object.entries(PLACES);
  const cut = new RegExp(`(${names.map(([, token]) => token).join('|')})`);
  return Buffer.from(canonicalBytes(body))
    .toString()
    .split(cut)
    .map((piece) => names.find(([, token]) => token === piece)?.[0] ?? piece);
}
