import type { CaseFile, CaseFileRecord } from '../../../src/audit/case-file.js';
import { checkRecord, readPart, sealedLeaf, verify } from '../../../verify/foerderbuch-verify.mjs';

export interface Flips {
  readonly records: number;
  readonly bytes: number;
  /** Flips that were put to the whole file as well, which then had to name the record. */
  readonly files: number;
  /** What was changed without being noticed. */
  readonly missed: readonly string[];
}

/** A bit of every so many bytes is also looked at through the front door: the text of the whole file. */
const ONE_FILE_IN = 4_001;

/**
 * Changes every single byte of the sealed bytes of so many records, one after the other, in body and part. Each
 * change is put to the one question on which `verify` decides about those bytes, as bytes: a file for each of half a
 * million changes would take hours and ask nothing more. Some are put to the whole file, too.
 */
export function flipEveryByte(
  files: readonly CaseFile[],
  most: number,
  told: (line: string) => void = String,
): Flips {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0; // nobody reads the stacks of half a million expected errors
  const sum = { records: 0, bytes: 0, files: 0, missed: [] as string[] };
  for (const file of files) {
    for (const record of file.records.slice(0, most - sum.records)) {
      for (const sealed of sealedOf(file, record)) flipAll(sealed, file, sum);
      sum.records += 1;
      if (sum.records % 50 === 0)
        told(`${sum.records} of ${most} records, ${sum.bytes} bytes changed, ${sum.missed.length} missed`);
    }
  }
  Error.stackTraceLimit = stackTraceLimit;
  return sum;
}

/** Sealed bytes of a record, and what `verify` asks about them. */
interface Sealed {
  readonly record: CaseFileRecord;
  readonly member: 'body' | 'part';
  readonly bytes: Buffer;
  ask(bytes: Buffer): unknown;
}

function sealedOf({ caseId, treeSize, checkpoint }: CaseFile, record: CaseFileRecord): Sealed[] {
  const log = { caseId, size: treeSize, epoch: 1, root: decoded(checkpoint.split('\n')[2] ?? '') };
  checkRecord(record, log);
  const bytes = decoded(record.body);
  const proof = record.inclusion.map(decoded);
  const body: Sealed = {
    record,
    member: 'body',
    bytes,
    ask: (one) => sealedLeaf(one, record.leafIndex, proof, log),
  };
  if (record.part === null) return [body];
  const said = JSON.parse(bytes.toString()) as { parts: object[] };
  return [body, { record, member: 'part', bytes: decoded(record.part), ask: (one) => readPart(one, said) }];
}

function flipAll(
  { record, member, bytes, ask }: Sealed,
  file: CaseFile,
  sum: { bytes: number; files: number; missed: string[] },
): void {
  ask(bytes);
  for (const [at, byte] of bytes.entries()) {
    bytes[at] = byte ^ (1 << (at % 8));
    sum.bytes += 1;
    const asWhole = sum.bytes % ONE_FILE_IN === 0;
    if (asWhole) sum.files += 1;
    if (
      !refuses(() => ask(bytes)) ||
      (asWhole && !names(file, record, { [member]: bytes.toString('base64') }))
    )
      sum.missed.push(`leaf ${record.leafIndex} ${member} ${at}`);
    bytes[at] = byte;
  }
}

function refuses(ask: () => unknown): boolean {
  try {
    ask();
    return false;
  } catch (error) {
    if (!(error instanceof Error && 'fault' in error)) throw error;
    return true;
  }
}

/** Whether the verdict on the file with that change names the record. */
function names(file: CaseFile, record: CaseFileRecord, change: Partial<CaseFileRecord>): boolean {
  const records = file.records.map((one) => (one === record ? { ...one, ...change } : one));
  const verdict = verify(JSON.stringify({ ...file, records }));
  return verdict.code === 1 && verdict.leafIndex === record.leafIndex;
}

function decoded(text: string): Buffer {
  return Buffer.from(text, 'base64');
}
