import { Injectable } from '@nestjs/common';
import { technicalActor } from '../kernel/actor.js';
import { emptyRoot, nodeHash, type Hash } from '../kernel/merkle.js';
import type { ReadTx } from '../platform/database/tx.js';
import { keyEndorsementText } from './case-file.js';
import { CheckpointFile } from './checkpoint-file.js';
import { CommandRunner } from './command-runner.js';
import { CompletenessRepository, type Fault } from './completeness.repository.js';
import { SealingRepository, type LogKey, type SignedCheckpoint, type Tree } from './sealing.repository.js';
import {
  openNote,
  parseCheckpoint,
  parseVerifierKey,
  type Checkpoint,
  type VerifierKey,
} from './signed-note.js';
import { SigningKey } from './signing-key.js';

export interface CheckReport {
  readonly faults: readonly Fault[];
  readonly records: number;
  readonly checkpoints: number;
}

const LEAVES_AT_ONCE = 10_000;

/**
 * The whole check: what the database can compare with itself, and what it cannot be trusted with. The roots of all
 * checkpoints are computed anew from the leaves, their signatures checked, and the newest one held against the file
 * outside the database and the key outside the database.
 */
@Injectable()
export class CompletenessService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly completeness: CompletenessRepository,
    private readonly log: SealingRepository,
    private readonly file: CheckpointFile,
    private readonly key: SigningKey,
  ) {}

  check(): Promise<CheckReport> {
    return this.commands.read(technicalActor('system'), (tx) => this.checkIn(tx));
  }

  /** The check within a transaction that is open already: all it compares comes from one snapshot. */
  async checkIn(tx: ReadTx): Promise<CheckReport> {
    const tree = await this.log.tree(tx);
    const checkpoints = await this.log.checkpoints(tx);
    const keys = await this.log.keys(tx);
    const sizes = new Set(checkpoints.map(({ size }) => size));
    const published = this.key.configured ? await this.file.published() : null;
    if (published !== null) sizes.add(published.last.size);
    const roots = await this.rootsAt(tx, sizes);
    const faults = [
      ...(await this.completeness.faults(tx)),
      ...keyFaults(keys),
      ...(await this.ownKeyFaults(tree, keys)),
      ...checkpoints.flatMap((checkpoint) => checkpointFaults(checkpoint, keys, roots)),
      ...treeFaults(tree, checkpoints.at(-1) ?? null),
      ...publishedFaults(tree, published?.last ?? null, roots),
    ];
    return { faults, records: await this.completeness.records(tx), checkpoints: checkpoints.length };
  }

  /** The two alarms that must not wait for the whole check. */
  alarms(): Promise<Fault[]> {
    return this.commands.read(technicalActor('sealer'), (tx) => this.completeness.sealFaults(tx));
  }

  /** The roots of all these sizes in one walk over the leaves. */
  private async rootsAt(tx: ReadTx, sizes: ReadonlySet<number>): Promise<ReadonlyMap<number, Hash>> {
    const roots = new Map<number, Hash>([[0, emptyRoot()]]);
    const peaks: Hash[] = [];
    for (let size = 0, page = null; page === null || page.length === LEAVES_AT_ONCE;) {
      page = await this.completeness.leafHashes(tx, size, LEAVES_AT_ONCE);
      for (const { index, hash } of page) {
        if (index !== size) return roots; // a leaf is missing, and named elsewhere
        let node: Hash = hash;
        for (let place = index; place % 2 === 1; place = Math.floor(place / 2))
          node = nodeHash(peaks.pop() ?? node, node);
        peaks.push(node);
        size += 1;
        if (sizes.has(size))
          roots.set(
            size,
            peaks.reduceRight((right, left) => nodeHash(left, right)),
          );
      }
    }
    return roots;
  }

  private async ownKeyFaults({ origin, epoch }: Tree, keys: readonly LogKey[]): Promise<Fault[]> {
    if (!this.key.configured || origin === null) return [];
    const { key } = await this.key.signer(origin);
    const live = keys.find((one) => one.epoch === epoch && one.untilSize === null);
    if (live?.verifierKey === key.text) return [];
    return [{ fault: 'key-swapped', place: `key of epoch ${String(epoch)}`, field: 'verifier_key' }];
  }
}

/** Each key but the first must be endorsed by the one before, and signs where that one stops. */
function keyFaults(keys: readonly LogKey[]): Fault[] {
  const read = keys.map(({ verifierKey }) => keyIn(verifierKey));
  return keys.flatMap((key, at) => {
    const [own, before, last] = [read[at] ?? null, read[at - 1] ?? null, keys[at - 1]];
    const fault = (field: string): Fault[] => [
      {
        fault: 'key-altered',
        place: `key from size ${String(key.fromSize)} of epoch ${String(key.epoch)}`,
        field,
      },
    ];
    if (own === null) return fault('verifier_key');
    const next = keys[at + 1];
    if (key.untilSize !== (next?.epoch === key.epoch ? next.fromSize : null)) return fault('until_size');
    if (last?.epoch !== key.epoch && key.fromSize !== 0) return fault('from_size');
    if (at === 0) return key.endorsement === null ? [] : fault('endorsement');
    const text = keyEndorsementText(own.name, key.verifierKey, key.fromSize);
    return key.endorsement !== null && before !== null && textSignedBy(key.endorsement, [before]) === text
      ? []
      : fault('endorsement');
  });
}

function checkpointFaults(
  checkpoint: SignedCheckpoint,
  keys: readonly LogKey[],
  roots: ReadonlyMap<number, Hash>,
): Fault[] {
  const { epoch, size, root, note } = checkpoint;
  const fault = (name: string, field: string): Fault[] => [
    { fault: name, place: `checkpoint ${String(size)} of epoch ${String(epoch)}`, field },
  ];
  const valid = keys.filter(
    (key) => key.epoch === epoch && key.fromSize <= size && size <= (key.untilSize ?? size),
  );
  const text = textSignedBy(
    note,
    valid.flatMap(({ verifierKey }) => keyIn(verifierKey) ?? []),
  );
  if (text === null) return fault('checkpoint-altered', 'note');
  const stated = parseCheckpoint(text);
  if (stated.epoch !== epoch) return fault('checkpoint-altered', 'epoch');
  if (stated.size !== size) return fault('checkpoint-altered', 'tree_size');
  if (!root.equals(stated.root)) return fault('checkpoint-altered', 'root');
  const found = roots.get(size);
  if (found === undefined) return fault('log-shorter', 'tree_size');
  return root.equals(found) ? [] : fault('log-changed', 'root');
}

/** The head of the tree names the same log as what it signed last. */
function treeFaults(tree: Tree, newest: SignedCheckpoint | null): Fault[] {
  if (newest?.epoch !== tree.epoch) return [];
  const note = checkpointIn(newest.note);
  if (note === null) return []; // named as an altered checkpoint
  const { origin, commits } = note;
  const stated = commits === null ? null : `${commits.origin} ${String(commits.size)}`;
  const own = tree.commits === null ? null : tree.commits.split(' ').slice(0, 2).join(' ');
  const fault = (field: string): Fault => ({ fault: 'tree-altered', place: 'tree', field });
  return [
    ...(origin === tree.origin ? [] : [fault('origin')]),
    ...(stated === own ? [] : [fault('commits')]),
  ];
}

/** What was published must still be there: the file outside remembers what a restored database has forgotten. */
function publishedFaults(
  tree: Tree,
  last: { origin: string; epoch: number; size: number; root: Uint8Array } | null,
  roots: ReadonlyMap<number, Hash>,
): Fault[] {
  if (last === null) return [];
  const place = `published checkpoint ${String(last.size)} of ${last.origin}`;
  if (tree.commits?.startsWith(`${last.origin} `) === true) return [];
  if (tree.origin !== last.origin) return [{ fault: 'log-replaced', place, field: 'origin' }];
  const found = roots.get(last.size);
  if (last.size > tree.size || found === undefined) return [{ fault: 'log-shorter', place, field: 'size' }];
  return Buffer.from(found).equals(last.root) ? [] : [{ fault: 'log-changed', place, field: 'root' }];
}

function keyIn(text: string): VerifierKey | null {
  try {
    return parseVerifierKey(text);
  } catch {
    return null;
  }
}

function checkpointIn(note: string): Checkpoint | null {
  try {
    return parseCheckpoint(note.slice(0, note.lastIndexOf('\n\n') + 1));
  } catch {
    return null;
  }
}

function textSignedBy(note: string, keys: readonly VerifierKey[]): string | null {
  try {
    return openNote(note, keys).text;
  } catch {
    return null;
  }
}
