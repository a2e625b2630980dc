import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { technicalActor } from '../kernel/actor.js';
import { newId } from '../kernel/ids.js';
import { frontierOf, newNodes } from '../kernel/merkle.js';
import { Config } from '../platform/config.js';
import { Database } from '../platform/database/database.js';
import type { ReadTx } from '../platform/database/tx.js';
import { CheckpointService, SealingHalted } from './checkpoint.service.js';
import { SealingRepository } from './sealing.repository.js';
import { SigningKey } from './signing-key.js';

/** Leaves of one transaction; a limit keeps the tree's lock short after a long pause. */
const MOST_LEAVES = 5_000;

/**
 * The sealer: an interval job of every server, of which one at a time is the leader. It seals within a second or so
 * after the commit, outside the commands, because a chain inside them would make them wait for each other.
 */
@Injectable()
export class SealingService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('sealing');
  private readonly stopping = new AbortController();
  private begun = false;
  private loop: Promise<void> = Promise.resolve();
  private running: Promise<number> | null = null;
  private trouble: SealingHalted | null = null;

  constructor(
    private readonly database: Database,
    private readonly config: Config,
    private readonly key: SigningKey,
    private readonly log: SealingRepository,
    private readonly checkpoints: CheckpointService,
  ) {}

  /** Why nothing is sealed any more; null when all is well. */
  get halted(): SealingHalted | null {
    return this.trouble;
  }

  /** Whether this server is to seal by itself. */
  get isWanted(): boolean {
    return this.config.AUDIT_SEALING ?? this.key.configured;
  }

  async onApplicationBootstrap(): Promise<void> {
    if (!this.isWanted) return;
    await this.key.privateKey();
    if (this.config.AUDIT_CHECKPOINT_FILE === null) {
      throw new Error(
        'AUDIT_CHECKPOINT_FILE is not set: whoever seals the audit record needs a memory outside the database.',
      );
    }
    this.loop = this.run();
  }

  /** What was committed before the end is sealed before the end. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.loop;
    if (this.isWanted && this.trouble === null) await this.seal().catch(() => undefined);
  }

  /** Seals and signs all there is to seal; gives the number of new leaves. One at a time in this server. */
  async seal(): Promise<number> {
    this.running ??= this.sealAll().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted && this.trouble === null) {
      try {
        if (!this.begun || (await this.isDue())) await this.seal();
      } catch (error) {
        if (!(error instanceof SealingHalted))
          this.logger.warn(`sealing will be tried again: ${String(error)}`);
      }
      await pause(this.config.AUDIT_SEALING_INTERVAL_MS, undefined, { signal, ref: false }).catch(
        () => undefined,
      );
    }
  }

  private async sealAll(): Promise<number> {
    try {
      if (!this.begun) {
        if (await this.within('read', (tx) => this.log.isStandby(tx))) return 0;
        await this.within('write', (tx) => this.checkpoints.begin(tx));
        this.begun = true;
      }
      let total = 0;
      for (let sealed = MOST_LEAVES; sealed === MOST_LEAVES; total += sealed) {
        sealed = await this.within('write', (tx) => this.batch(tx));
      }
      await this.within('write', (tx) => this.checkpoints.sign(tx));
      return total;
    } catch (error) {
      if (error instanceof SealingHalted) {
        this.trouble = error;
        this.logger.error(`the audit record is no longer sealed (${error.code}): ${error.message}`);
      }
      throw error;
    }
  }

  private async batch(tx: ReadTx): Promise<number> {
    const tree = await this.log.tryTree(tx);
    if (tree === null) return 0;
    const { hashes, watermark } = await this.log.appendDue(tx, tree, MOST_LEAVES);
    if (hashes.length === 0) return 0;
    const nodes = newNodes(tree.size, hashes, await this.log.nodes(tx, frontierOf(tree.size)));
    await this.log.keepNodes(
      tx,
      nodes.filter(({ level }) => level > 0),
    );
    await this.log.moveTree(tx, tree.size + hashes.length, watermark);
    return hashes.length;
  }

  private isDue(): Promise<boolean> {
    return this.within('read', (tx) => this.log.isDue(tx));
  }

  private async within<T>(mode: 'read' | 'write', work: (tx: ReadTx) => Promise<T>): Promise<T> {
    const entry = { actor: technicalActor('sealer'), action: 'audit.seal', requestId: newId() };
    const transaction = await this.database.open(entry, mode);
    try {
      const result = await work(transaction);
      await transaction.commit();
      return result;
    } catch (error) {
      await transaction.rollback();
      throw error;
    }
  }
}
