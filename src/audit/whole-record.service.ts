import { Injectable } from '@nestjs/common';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { technicalActor } from '../kernel/actor.js';
import { newId } from '../kernel/ids.js';
import type { ReadTx } from '../platform/database/tx.js';
import { CommandRunner } from './command-runner.js';
import { ProofRepository } from './proof.repository.js';
import { SealingRepository, keysOfFile } from './sealing.repository.js';
import { SealingService } from './sealing.service.js';

const LEAVES_AT_ONCE = 2_000;

/**
 * The whole record of an installation in one file (`*.jsonl`):
 *
 *     {"format":"foerderbuch-record/1","origin":...,"treeSize":n,"keys":[...],"checkpoint":"..."}
 *     <leaf hash, base64> <body of leaf 0, the very bytes>
 *     <part of that record>          as many lines as the body names parts, in the order in which it names them
 *     <leaf hash, base64> <body of leaf 1>
 *
 * Canonical JSON has no line breaks, so the bytes stand as they were hashed. The hash beside each record proves
 * nothing; it tells which record was changed.
 */
@Injectable()
export class WholeRecordService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly sealing: SealingService,
    private readonly log: SealingRepository,
    private readonly proofs: ProofRepository,
  ) {}

  /** Seals what can be sealed, writes the file, and answers how many records it holds. Recorded, like every export. */
  async export(path: string): Promise<number> {
    await this.sealing.seal().catch(() => 0);
    let size = 0;
    const invocation = {
      actor: technicalActor('system'),
      requestId: newId(),
      idempotency: null,
      expectedVersion: null,
      dryRun: false,
      present: () => ({ status: 204, body: null }),
    };
    await this.commands.run(invocation, 'audit.exportRecord', async (unit) => {
      size = await this.write(unit, path);
      unit.concerns({ type: 'whole-record', id: newId(), version: null, centreId: null, caseId: null });
      unit.note('treeSize', size);
      return null;
    });
    return size;
  }

  private async write(tx: ReadTx, path: string): Promise<number> {
    const checkpoint = await this.log.latest(tx);
    const { origin } = await this.log.tree(tx);
    if (checkpoint === null)
      throw new Error('Nothing is sealed yet: start a server with a signing key first.');
    const { size: treeSize, note } = checkpoint;
    const keys = keysOfFile(await this.log.keys(tx));
    const header = { format: 'foerderbuch-record/1', origin, treeSize, keys, checkpoint: note };
    const lines = this.lines(tx, treeSize);
    await pipeline(
      Readable.from(
        (async function* () {
          yield Buffer.from(`${JSON.stringify(header)}\n`);
          yield* lines;
        })(),
      ),
      createWriteStream(path),
    );
    return treeSize;
  }

  private async *lines(tx: ReadTx, size: number): AsyncGenerator<Buffer> {
    const newline = Buffer.from('\n');
    for (let from = 0; from < size; from += LEAVES_AT_ONCE) {
      const leaves = await this.proofs.leaves(tx, from, Math.min(size, from + LEAVES_AT_ONCE));
      yield Buffer.concat(
        leaves.flatMap(({ hash, body, parts }) => [
          Buffer.from(`${hash.toString('base64')} `),
          ...[body ?? Buffer.alloc(0), newline],
          ...parts.flatMap((part) => [part, newline]),
        ]),
      );
    }
  }
}
