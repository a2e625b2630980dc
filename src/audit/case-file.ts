/**
 * The case file: everything recorded about one case, in one JSON file that proves itself offline.
 *
 *     {
 *       "format": "foerderbuch-case-file/1",
 *       "origin": "foerderbuch.example/log",     the log, as the checkpoint names it
 *       "caseId": "0190...",
 *       "treeSize": 4711,                        leaves of the tree all proofs lead to
 *       "keys": [{ "verifierKey": "name+id+base64", "fromSize": 0, "endorsement": null }, ...],
 *       "checkpoint": "...",                     signed note, see signed-note.ts
 *       "head": "...",                           signed note, see `caseHeadText`
 *       "records": [{ "leafIndex": 17, "body": b64, "inclusion": [b64, ...], "part": b64|null, "rows": [...]|null }],
 *       "consistency": [{ "size": 4000, "root": b64, "proof": [b64, ...] }]
 *     }
 *
 * - Bytes are base64 (RFC 4648 section 4). Bodies and parts are the bytes as stored and hashed; nothing in them is
 *   repeated beside them, so there is nothing a reader could believe that was not hashed.
 * - `keys` in order of validity: a key signs tree sizes from its `fromSize` to the next key's. Each but the first
 *   is endorsed by its predecessor (`keyEndorsementText`): who trusts an old key can follow.
 * - `records` in order of the case, oldest first. Their leaf indexes need not ascend: transactions get their number
 *   with their first write, but their place in the case when they lock it.
 * - `part`: for a record of several cases, what it says of this one; the body holds only SHA-256 of the part, and
 *   the part holds a salt, so that nobody can guess what was said of the other cases.
 * - `rows`: the text of the row changes in the order of `rowChanges` of the body, then of the part; null when rows
 *   were not asked for.
 * - `consistency`: for each older tree asked for, proof that it is a prefix of this one.
 *
 * Why nothing can be missing: the log has no index by case, so proofs of inclusion alone would also fit a file with
 * gaps. Therefore each record names, for each case it touches, its number in the case and the leaf hash of the
 * record before (null for the first), and the head, signed with the log's key, names the count and the leaf hash of
 * the last. The same numbering makes every insertion, exchange and truncation show.
 *
 * What it cannot prove: a log that signs two different heads for one case. Both are then signed evidence against
 * it, and whoever walks all leaves finds out; a file alone does not.
 */
import { leafHash, type Hash } from '../kernel/merkle.js';
import { parseCheckpointHead, type CheckpointHead } from './signed-note.js';

export const caseFileFormat = 'foerderbuch-case-file/1';

export interface CaseFileKey {
  readonly verifierKey: string;
  readonly fromSize: number;
  readonly endorsement: string | null;
}

export interface CaseFileRecord {
  readonly leafIndex: number;
  readonly body: string;
  readonly inclusion: readonly string[];
  readonly part: string | null;
  readonly rows: readonly string[] | null;
}

export interface CaseFile {
  readonly format: typeof caseFileFormat;
  readonly origin: string;
  readonly caseId: string;
  readonly treeSize: number;
  readonly keys: readonly CaseFileKey[];
  readonly checkpoint: string;
  readonly head: string;
  readonly records: readonly CaseFileRecord[];
  readonly consistency: readonly {
    readonly size: number;
    readonly root: string;
    readonly proof: readonly string[];
  }[];
}

/** One record as the database has it, with its proof. */
export interface CaseFileLink {
  readonly leafIndex: number;
  readonly body: Uint8Array;
  readonly inclusion: readonly Hash[];
  readonly part: Uint8Array | null;
  readonly rows: readonly string[] | null;
}

export interface CaseFileParts {
  readonly caseId: string;
  readonly keys: readonly CaseFileKey[];
  /** The signed checkpoint note. */
  readonly checkpoint: string;
  /** The signed note over `caseHeadText`. */
  readonly head: string;
  /** In the order of the case; all and only those sealed below the checkpoint's size. */
  readonly links: readonly CaseFileLink[];
  readonly consistency: readonly {
    readonly size: number;
    readonly root: Hash;
    readonly proof: readonly Hash[];
  }[];
}

export interface CaseHead {
  readonly checkpoint: CheckpointHead;
  readonly caseId: string;
  readonly records: number;
  readonly lastLeaf: Hash;
}

/**
 * What the log states of a case, to be signed with its key. The first line differs from the log's origin, so that
 * this can never be taken for a checkpoint.
 */
export function caseHeadText({ checkpoint, caseId, records, lastLeaf }: CaseHead): string {
  const { origin, size, root } = checkpoint;
  const lines = [
    `${origin}/case-head`,
    caseId,
    records.toString(),
    base64(lastLeaf),
    size.toString(),
    base64(root),
  ];
  return `${lines.join('\n')}\n`;
}

/** How a key hands over to its successor: to be signed with the old key. */
export function keyEndorsementText(origin: string, successor: string, fromSize: number): string {
  return `${origin}/key\n${successor}\n${fromSize.toString()}\n`;
}

/**
 * Puts the file together. RangeError when checkpoint, head and records do not fit each other: a file that cannot
 * be verified must not leave the house.
 */
export function assembleCaseFile(parts: CaseFileParts): CaseFile {
  const checkpoint = parseCheckpointHead(textOf(parts.checkpoint));
  const last = parts.links.at(-1);
  if (last === undefined) throw new RangeError('A case without records has no file');
  const { caseId } = parts;
  const stated = { checkpoint, caseId, records: parts.links.length, lastLeaf: leafHash(last.body) };
  if (textOf(parts.head) !== caseHeadText(stated))
    throw new RangeError('The head is not that of these records');
  return {
    format: caseFileFormat,
    origin: checkpoint.origin,
    caseId,
    treeSize: checkpoint.size,
    keys: parts.keys,
    checkpoint: parts.checkpoint,
    head: parts.head,
    records: parts.links.map(recordOf),
    consistency: parts.consistency.map(({ size, root, proof }) => ({
      size,
      root: base64(root),
      proof: proof.map(base64),
    })),
  };
}

function recordOf({ leafIndex, body, inclusion, part, rows }: CaseFileLink): CaseFileRecord {
  return {
    leafIndex,
    body: base64(body),
    inclusion: inclusion.map(base64),
    part: part === null ? null : base64(part),
    rows: rows === null ? null : rows.map((row) => base64(Buffer.from(row))),
  };
}

function textOf(note: string): string {
  return note.slice(0, note.lastIndexOf('\n\n') + 1);
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
