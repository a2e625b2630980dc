import { Injectable } from '@nestjs/common';
import { frontierOf, newNodes } from '../kernel/merkle.js';
import type { ReadTx } from '../platform/database/tx.js';
import { Config } from '../platform/config.js';
import { keyEndorsementText } from './case-file.js';
import { CheckpointFile } from './checkpoint-file.js';
import { SealingRepository, type Tree } from './sealing.repository.js';
import {
  checkpointText,
  signNote,
  verifierKey,
  type Checkpoint,
  type CheckpointHead,
  type NoteSigner,
} from './signed-note.js';
import { SigningKey } from './signing-key.js';
import { createPublicKey } from 'node:crypto';

/** Why this server does not sign. It stays so until somebody has looked: nothing here repairs itself in silence. */
export class SealingHalted extends Error {
  constructor(
    readonly code: 'foreign-checkpoint-file' | 'unknown-key' | 'log-changed' | 'key-missing',
    message: string,
  ) {
    super(message);
  }
}

/** Signs and publishes the heads of the log, and never one that contradicts what was published before. */
@Injectable()
export class CheckpointService {
  /** The head this server signed or published last; every later one must contain it. */
  private last: CheckpointHead | null = null;

  constructor(
    private readonly log: SealingRepository,
    private readonly file: CheckpointFile,
    private readonly key: SigningKey,
    private readonly config: Config,
  ) {}

  /**
   * Before the first signature: opens the log where there is none, continues it where the database still has what
   * was published, and begins a new epoch where it has not. The tree is locked.
   * @throws SealingHalted when neither is honest.
   */
  async begin(tx: ReadTx): Promise<void> {
    const tree = await this.log.lockTree(tx);
    const published = await this.file.published();
    if (tree.origin === null && published === null) {
      await this.open(tx, tree);
    } else if (published !== null) {
      await this.compare(tx, tree, published);
    } else {
      const latest = await this.log.latest(tx);
      if (latest !== null) await this.file.append(latest.note);
    }
    const current = await this.log.tree(tx);
    await this.liveSigner(tx, current);
    if (current.systemId !== (await this.log.systemId(tx))) {
      await this.reopen(tx, current, {
        head: await this.headOf(tx, current),
        above: 0,
        reason: 'the database was moved to another server',
      });
    }
  }

  /** Signs the tree as it stands, publishes the note, and gives its size; null when there is nothing new. */
  async sign(tx: ReadTx): Promise<number | null> {
    const tree = await this.log.lockTree(tx);
    const latest = await this.log.latest(tx);
    if (tree.origin === null || (latest !== null && latest.size >= tree.size)) return null;
    if (this.last !== null && !(await this.contains(tx, tree, this.last))) {
      throw new SealingHalted('log-changed', 'The log no longer contains the head that was signed last.');
    }
    const signer = await this.liveSigner(tx, tree);
    const head = await this.headOf(tx, tree);
    const note = signNote(checkpointText(checkpointOf(tree, head)), [signer]);
    await this.log.keepCheckpoint(tx, { epoch: tree.epoch, size: head.size, root: head.root, note });
    await this.file.append(note);
    this.last = head;
    return head.size;
  }

  /** Signs something else in the name of the log, such as the head of a case. */
  async signText(tx: ReadTx, text: string): Promise<string> {
    return signNote(text, [await this.liveSigner(tx)]);
  }

  /** The key that may sign this tree, if it is ours. A key in the database that is not ours is somebody else's log. */
  async liveSigner(tx: ReadTx, tree: Tree | null = null): Promise<NoteSigner> {
    const { origin, epoch } = tree ?? (await this.log.tree(tx));
    const signer = await this.key.signer(origin ?? '-').catch((error: unknown) => {
      throw new SealingHalted('key-missing', error instanceof Error ? error.message : String(error));
    });
    const live = (await this.log.keys(tx)).find((key) => key.epoch === epoch && key.untilSize === null);
    if (live?.verifierKey !== signer.key.text) {
      throw new SealingHalted(
        'unknown-key',
        `The key that signs here is ${signer.key.text}, the log expects ${live?.verifierKey ?? 'none'}.`,
      );
    }
    return signer;
  }

  private async open(tx: ReadTx, tree: Tree): Promise<void> {
    const unnamed = verifierKey('log', createPublicKey(await this.key.privateKey()));
    const origin = this.config.AUDIT_ORIGIN ?? `foerderbuch.local/${unnamed.id}`;
    const { key } = await this.key.signer(origin);
    await this.log.openLog(tx, origin);
    await this.log.addKey(tx, { epoch: tree.epoch, fromSize: 0, verifierKey: key.text, endorsement: null });
  }

  private async compare(
    tx: ReadTx,
    tree: Tree,
    { last, origins }: { last: Checkpoint; origins: readonly string[] },
  ): Promise<void> {
    const keys = await this.log.keys(tx);
    const known = keys.map(({ verifierKey: text }) => text.slice(0, text.indexOf('+')));
    const related = tree.origin === null || origins.includes(tree.origin) || known.includes(last.origin);
    if (!related || (tree.origin === null && tree.size > 0)) {
      throw new SealingHalted(
        'foreign-checkpoint-file',
        `The checkpoint file is that of ${last.origin}, this log is ${tree.origin ?? 'new'}.`,
      );
    }
    this.last = last;
    const covered = tree.commits === null ? null : headIn(tree.commits);
    const isCovered = tree.epoch > last.epoch && covered?.origin === last.origin && covered.size >= last.size;
    if (isCovered) this.last = null;
    else if (tree.epoch < last.epoch || !(await this.contains(tx, tree, last))) {
      const fault = tree.size < last.size ? 'is shorter' : 'is another';
      const reason = `the database ${fault}: ${String(last.size)} leaves were published, it has ${String(tree.size)}`;
      await this.reopen(tx, tree, { head: last, above: last.epoch, reason });
    }
  }

  /** A new origin that names the last published head of the old one; the tree goes on from what survived. */
  private async reopen(
    tx: ReadTx,
    tree: Tree,
    { head, above, reason }: { head: CheckpointHead; above: number; reason: string },
  ): Promise<void> {
    const before = tree.origin === null ? null : await this.liveSigner(tx, tree);
    const base = (tree.origin ?? head.origin).replace(/\/epoch-\d+$/, '');
    const origin = `${base}/epoch-${String(Math.max(tree.epoch, above) + 1)}`;
    const commits = `${head.origin} ${String(head.size)} ${Buffer.from(head.root).toString('base64')}`;
    const epoch = await this.log.openEpoch(tx, { reason, origin, commits, above });
    const { key } = await this.key.signer(origin);
    const endorsement = before === null ? null : signNote(keyEndorsementText(origin, key.text, 0), [before]);
    await this.log.addKey(tx, { epoch, fromSize: 0, verifierKey: key.text, endorsement });
    const lookup = await this.log.nodes(tx, frontierOf(tree.size));
    const hashes = await this.log.appendSurvivors(tx, { ...tree, epoch });
    await this.log.keepNodes(
      tx,
      newNodes(tree.size, hashes, lookup).filter(({ level }) => level > 0),
    );
    await this.log.moveTree(tx, tree.size + hashes.length, '0');
    this.last = null;
  }

  private async headOf(tx: ReadTx, { origin, size }: Tree): Promise<CheckpointHead> {
    return { origin: origin ?? '', size, root: await this.log.rootAt(tx, size) };
  }

  private async contains(tx: ReadTx, tree: Tree, { size, root }: CheckpointHead): Promise<boolean> {
    if (size > tree.size) return false;
    try {
      return Buffer.from(await this.log.rootAt(tx, size)).equals(root);
    } catch {
      return false; // a subtree is missing: the log was cut
    }
  }
}

function checkpointOf({ epoch, watermark, commits }: Tree, head: CheckpointHead): Checkpoint {
  return { ...head, epoch, watermark: BigInt(watermark), commits: commits === null ? null : headIn(commits) };
}

function headIn(commits: string): CheckpointHead {
  const [origin = '', size = '', root = ''] = commits.split(' ');
  return { origin, size: Number(size), root: Buffer.from(root, 'base64') };
}
