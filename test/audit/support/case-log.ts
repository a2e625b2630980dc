/**
 * A small log in memory: several cases, records of one case and of two, money, row changes, a signed checkpoint.
 * It writes what the command runner and the sealer write, so that the verifier can be tested without a database.
 */
import { createHash, createPrivateKey, type KeyObject } from 'node:crypto';
import {
  assembleCaseFile,
  caseHeadText,
  keyEndorsementText,
  type CaseFile,
  type CaseFileKey,
} from '../../../src/audit/case-file.js';
import { checkpointText, noteSigner, signNote, type CheckpointHead } from '../../../src/audit/signed-note.js';
import { canonicalBytes, sha256Hex } from '../../../src/kernel/canonical-json.js';
import { consistencyProof, inclusionProof, leafHash, rootOf, type Hash } from '../../../src/kernel/merkle.js';

export const origin = 'foerderbuch.example/log';

/** The same key for the same seed, so that a failure can be repeated. */
export function privateKeyOf(seed: string): KeyObject {
  const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');
  const raw = createHash('sha256').update(seed).digest();
  return createPrivateKey({ key: Buffer.concat([pkcs8, raw]), format: 'der', type: 'pkcs8' });
}

export function caseIdOf(number: number): string {
  return `01900000-0000-7000-8000-${number.toString().padStart(12, '0')}`;
}

interface Link {
  readonly record: number;
  readonly part: Uint8Array | null;
}

/** A record's bytes, with the texts of its row changes: of no case, or of its one; and by case, of several. */
interface Sealed {
  readonly body: Uint8Array;
  readonly rows: readonly string[];
  readonly rowsOf: ReadonlyMap<string, readonly string[]>;
}

interface Step {
  readonly from: string;
  readonly to: string;
  readonly cents: number;
  readonly reverses?: string;
}

/** What a test may bend before the record is sealed: a log that seals nonsense must be found out as well. */
export interface Bend {
  readonly body?: (body: Record<string, unknown>) => Record<string, unknown>;
  readonly bytes?: (bytes: Uint8Array) => Uint8Array;
  readonly part?: (part: Record<string, unknown>) => Record<string, unknown>;
}

export class CaseLog {
  readonly signer = noteSigner(origin, privateKeyOf('log key'));
  private readonly bodies: Uint8Array[] = [];
  private readonly rows: Omit<Sealed, 'body'>[] = [];
  private readonly chains = new Map<string, { links: Link[]; last: Hash | null }>();
  private readonly versions = new Map<string, number>();
  private transfers = 0;

  get size(): number {
    return this.bodies.length;
  }

  /** One command in one case. Answers the ids of its transfers. */
  record(action: string, caseId: string, steps: readonly Step[] = [], bend: Bend = {}): string[] {
    const transfers = steps.map((step) => this.transfer(caseId, step));
    const { body, rows } = this.bodyOf(action, [{ caseId, ...this.nextOf(caseId) }]);
    const bent = (bend.body ?? same)({ ...body, caseId, transfers });
    const bytes = (bend.bytes ?? same)(canonicalBytes(bent));
    this.seal({ body: bytes, rows, rowsOf: new Map() }, new Map([[caseId, null]]));
    return transfers.map(({ id }) => id);
  }

  /** One command in several cases, such as a payment batch: each case's facts in its own part. */
  recordOfSeveral(
    action: string,
    caseIds: readonly string[],
    steps: readonly Step[] = [],
    bend: Bend = {},
  ): void {
    const parts = new Map<string, Uint8Array>();
    const rowsOf = new Map<string, string[]>();
    for (const caseId of caseIds) {
      const transfers = steps.map((step) => this.transfer(caseId, step));
      const salt = sha256Hex(Buffer.from(`salt ${this.size.toString()} ${caseId}`));
      const row = this.row(action, caseId);
      rowsOf.set(caseId, [row]);
      const rowChanges = [pinOf(row)];
      const part = { salt, caseId, ...this.nextOf(caseId), subjects: [], transfers, rowChanges };
      parts.set(caseId, canonicalBytes((bend.part ?? same)(part)));
    }
    const { body, rows } = this.bodyOf(action, []);
    const pins = [...parts.values()].map((bytes) => ({ sha256: sha256Hex(bytes) }));
    pins.sort((one, other) => (one.sha256 < other.sha256 ? -1 : 1));
    this.seal({ body: canonicalBytes({ ...body, parts: pins }), rows, rowsOf }, parts);
  }

  head(size = this.size): CheckpointHead {
    return { origin, size, root: rootOf(this.leaves(size)) };
  }

  checkpoint(size = this.size, signer = this.signer): string {
    const text = checkpointText({ ...this.head(size), epoch: 1, watermark: BigInt(size * 3), commits: null });
    return signNote(text, [signer]);
  }

  keys(): CaseFileKey[] {
    return [{ verifierKey: this.signer.key.text, fromSize: 0, endorsement: null }];
  }

  /** The list of keys after a handover to `successor` at `fromSize`. */
  rotatedKeys(successor: ReturnType<typeof noteSigner>, fromSize: number): CaseFileKey[] {
    const text = keyEndorsementText(origin, successor.key.text, fromSize);
    const endorsement = signNote(text, [this.signer]);
    return [...this.keys(), { verifierKey: successor.key.text, fromSize, endorsement }];
  }

  export(caseId: string, options: { olderSizes?: readonly number[]; withRows?: boolean } = {}): CaseFile {
    const links = this.chains.get(caseId)?.links ?? [];
    const last = links.at(-1);
    if (last === undefined) throw new RangeError(`no case ${caseId}`);
    const leaves = this.leaves(this.size);
    const head = caseHeadText({
      checkpoint: this.head(),
      caseId,
      records: links.length,
      lastLeaf: leafHash(this.bodyAt(last.record)),
    });
    return assembleCaseFile({
      caseId,
      keys: this.keys(),
      checkpoint: this.checkpoint(),
      head: signNote(head, [this.signer]),
      links: links.map(({ record, part }) => ({
        leafIndex: record,
        body: this.bodyAt(record),
        inclusion: inclusionProof(leaves, record),
        part,
        rows: options.withRows === true ? this.rowsFor(record, caseId) : null,
      })),
      consistency: (options.olderSizes ?? []).map((size) => ({
        size,
        root: this.head(size).root,
        proof: consistencyProof(leaves, size),
      })),
    });
  }

  private bodyOf(action: string, cases: readonly object[]) {
    const row = this.row(action, this.size.toString());
    const body = {
      v: 1,
      epoch: 1,
      at: `2026-03-0${((this.size % 9) + 1).toString()}T08:00:00.000000Z`,
      actor: { person: caseIdOf(900), onBehalfOf: null, role: 'granting_authority' },
      action,
      centreId: null,
      caseId: null,
      requestId: caseIdOf(100_000 + this.size),
      outcome: 'done',
      reason: null,
      subjects: [],
      cases,
      parts: [],
      transfers: [],
      rowChanges: [pinOf(row)],
      facts: { note: 'Zuwendungsbescheid „Köln“ – 1. Änderung' },
    };
    return { body, rows: [row] };
  }

  private nextOf(caseId: string) {
    const chain = this.chains.get(caseId);
    const previous = chain?.last ? Buffer.from(chain.last).toString('hex') : null;
    return { sequence: (chain?.links.length ?? 0) + 1, previous };
  }

  private row(action: string, rowId: string): string {
    return `decision\nupdate\n${rowId}\n{"state":"${action}"}\n{"state":"${action} done"}`;
  }

  private rowsFor(record: number, caseId: string): string[] {
    const { rows, rowsOf } = this.rows[record] ?? { rows: [], rowsOf: new Map<string, string[]>() };
    return [...rows, ...(rowsOf.get(caseId) ?? [])];
  }

  private seal({ body, ...rows }: Sealed, parts: ReadonlyMap<string, Uint8Array | null>): void {
    for (const [caseId, part] of parts) {
      const links = this.chains.get(caseId)?.links ?? [];
      this.chains.set(caseId, { links: [...links, { record: this.size, part }], last: leafHash(body) });
    }
    this.bodies.push(body);
    this.rows.push(rows);
  }

  private transfer(caseId: string, { from, to, cents, reverses }: Step) {
    this.transfers += 1;
    const id = caseIdOf(500_000 + this.transfers);
    return {
      id,
      journal: caseIdOf(700_000 + this.size),
      debit: this.side(caseId, from),
      credit: this.side(caseId, to),
      amountCents: cents.toString(),
      code: 'decision.release',
      effectiveOn: '2026-03-01',
      reverses: reverses ?? null,
    };
  }

  private side(caseId: string, stage: string) {
    const dimensions = stage === 'allocated' ? { programme: 'KI' } : { programme: 'KI', caseId };
    const account = `${stage} ${stage === 'allocated' ? 'KI' : caseId}`;
    const version = (this.versions.get(account) ?? 0) + 1;
    this.versions.set(account, version);
    return { stage, fundingYear: 2026, ...dimensions, account, version };
  }

  private bodyAt(record: number): Uint8Array {
    const body = this.bodies[record];
    if (body === undefined) throw new RangeError(`no record ${record.toString()}`);
    return body;
  }

  private leaves(size: number): Hash[] {
    return this.bodies.slice(0, size).map(leafHash);
  }
}

function pinOf(row: string) {
  const rowId = row.split('\n')[2] ?? '';
  return { id: 1, table: 'decision', rowId, operation: 'update', sha256: sha256Hex(Buffer.from(row)) };
}

function same<T>(value: T): T {
  return value;
}

/** A funding year of one case in ten records among others, with a batch that pays two cases at once. */
export function fundingYear(): CaseLog {
  const [own, other] = [caseIdOf(1), caseIdOf(2)];
  const log = new CaseLog();
  log.record('application.draft', own);
  log.record('application.draft', other);
  log.record('application.submit', own);
  log.record('decision.release', own, [{ from: 'allocated', to: 'committed', cents: 17_000_000 }]);
  log.record('decision.release', other, [{ from: 'allocated', to: 'committed', cents: 9_000_000 }]);
  const [wrong = ''] = log.record('drawdown.order', own, [
    { from: 'committed', to: 'called', cents: 900_000 },
  ]);
  log.record('drawdown.cancel', own, [{ from: 'called', to: 'committed', cents: 900_000, reverses: wrong }]);
  log.record('drawdown.order', own, [{ from: 'committed', to: 'called', cents: 4_250_000 }]);
  log.record('drawdown.order', other, [{ from: 'committed', to: 'called', cents: 4_250_000 }]);
  log.recordOfSeveral('payment.confirm', [own, other], [{ from: 'called', to: 'paid', cents: 4_250_000 }]);
  log.record('settlement.submit', own);
  log.record('settlement.accept', own, [{ from: 'paid', to: 'settled', cents: 4_000_000 }]);
  log.record('settlement.submit', other);
  return log;
}
