import type { CaseFile, CaseFileRecord } from '../../../src/audit/case-file.js';

type Judge = (
  record: CaseFileRecord,
  log: { caseId: string; size: number; root: Uint8Array; epoch: number },
) => unknown;

export interface Flips {
  readonly records: number;
  readonly bytes: number;
  /** What was changed without being noticed. */
  readonly missed: readonly string[];
}

/**
 * Changes every single byte of the sealed bytes of so many records, one after the other, in body and part, and asks
 * about that one record: `verify` asks the same question of each record of a file.
 */
export function flipEveryByte(files: readonly CaseFile[], most: number, judge: Judge): Flips {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0; // nobody reads the stacks of a hundred thousand expected errors
  const missed: string[] = [];
  let [records, bytes] = [0, 0];
  for (const { caseId, treeSize: size, checkpoint, records: own } of files) {
    const log = { caseId, size, epoch: 1, root: Buffer.from(checkpoint.split('\n')[2] ?? '', 'base64') };
    const isNoticed = (record: CaseFileRecord): boolean => notices(() => judge(record, log));
    for (const record of own.slice(0, most - records)) {
      judge(record, log);
      records += 1;
      for (const member of ['body', 'part'] as const) {
        const sealed = Buffer.from(record[member] ?? '', 'base64');
        bytes += sealed.length;
        const overlooked = flipsOf(sealed).filter((flip) => !isNoticed({ ...record, [member]: flip() }));
        missed.push(...overlooked.map((_, at) => `leaf ${String(record.leafIndex)} ${member} ${String(at)}`));
      }
    }
  }
  Error.stackTraceLimit = stackTraceLimit;
  return { records, bytes, missed };
}

/** For each byte, the whole as base64 with one bit of that byte changed. */
function flipsOf(sealed: Buffer): (() => string)[] {
  return [...sealed.keys()].map((at) => () => {
    const bit = 1 << (at % 8);
    sealed[at] = (sealed[at] ?? 0) ^ bit;
    const text = sealed.toString('base64');
    sealed[at] ^= bit;
    return text;
  });
}

function notices(judge: () => unknown): boolean {
  try {
    judge();
    return false;
  } catch (error) {
    if (!(error instanceof Error && 'fault' in error)) throw error;
    return true;
  }
}
