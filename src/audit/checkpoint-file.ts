import { Injectable } from '@nestjs/common';
import { open } from 'node:fs/promises';
import { Config } from '../platform/config.js';
import { parseCheckpoint, type Checkpoint } from './signed-note.js';

/** Enough for a thousand checkpoints, of which only the newest matter. */
const TAIL_BYTES = 1 << 20;

/** What this house has published, newest first: the largest of each origin. */
export interface Published {
  readonly last: Checkpoint;
  readonly origins: readonly string[];
}

/**
 * The memory outside the database: one JSON string per line, each a signed checkpoint. Without it, a database that
 * was set back could not be told from one that never had more.
 */
@Injectable()
export class CheckpointFile {
  constructor(private readonly config: Config) {}

  async append(note: string): Promise<void> {
    const file = await open(this.path(), 'a', 0o600);
    try {
      // One write of one line: several servers may append to the same file.
      await file.write(`${JSON.stringify(note)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
  }

  /** Null when nothing was published yet. Throws when the file is not what this house writes. */
  async published(): Promise<Published | null> {
    const lines = await this.tail();
    const checkpoints = lines.flatMap(checkpointIn);
    if (checkpoints.length === 0 && lines.length > 0)
      throw new SyntaxError(`${this.path()} holds no checkpoints`);
    const last = checkpoints.reduce<Checkpoint | null>(
      (best, one) => (isAfter(one, best) ? one : best),
      null,
    );
    const origins = checkpoints.flatMap(({ origin, commits }) => [
      origin,
      ...(commits === null ? [] : [commits.origin]),
    ]);
    return last === null ? null : { last, origins: [...new Set(origins)] };
  }

  private async tail(): Promise<string[]> {
    const file = await open(this.path(), 'a+', 0o600);
    try {
      const { size } = await file.stat();
      const start = Math.max(0, size - TAIL_BYTES);
      const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(size - start), position: start });
      const lines = buffer.toString('utf8', 0, bytesRead).split('\n');
      // The first line may be cut by where we began, the last one by a crash in the middle of writing.
      return lines.slice(start === 0 ? 0 : 1, -1);
    } finally {
      await file.close();
    }
  }

  private path(): string {
    const { AUDIT_CHECKPOINT_FILE: path } = this.config;
    if (path === null)
      throw new Error('AUDIT_CHECKPOINT_FILE is not set: whoever seals needs a memory outside the database.');
    return path;
  }
}

/** A line torn by a crash says nothing; what was written whole is a checkpoint. */
function checkpointIn(line: string): Checkpoint[] {
  try {
    const note: unknown = JSON.parse(line);
    return typeof note === 'string' ? [parseCheckpoint(note.slice(0, note.lastIndexOf('\n\n') + 1))] : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

function isAfter(one: Checkpoint, best: Checkpoint | null): boolean {
  return best === null || one.epoch > best.epoch || (one.epoch === best.epoch && one.size > best.size);
}
