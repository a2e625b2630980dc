import {
  createParamDecorator,
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { Request } from 'express';
import { createHash } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { lastValueFrom, of, type Observable } from 'rxjs';
import { Failure } from '../../kernel/failure.js';
import { Config } from '../config.js';
import type { SpooledFile } from '../spooled-file.js';
import type { HttpRequest } from './request.js';

/** Where a file is sent to be kept, and the media types taken there. */
export interface StreamedPath {
  readonly path: RegExp;
  readonly types: readonly string[];
}

/** Whether a request carries a file that its route reads by itself, after sign-in and permission are settled. */
export function isStreamedTo(paths: readonly StreamedPath[]): (request: Request) => boolean {
  return (request) =>
    request.method === 'POST' &&
    (request.headers['content-encoding'] ?? 'identity') === 'identity' &&
    paths.some(({ path, types }) => path.test(request.path) && types.includes(declaredType(request)));
}

const declaredType = (request: Request): string =>
  (request.headers['content-type'] ?? '').split(';', 1).join('').trim().toLowerCase();

/** A request whose body nobody has read yet. */
export interface StreamedRequest extends HttpRequest {
  streamed?: true;
  spooled?: SpooledFile;
}

/**
 * Takes a file to disk while it arrives, hashing it on the way, so that no upload grows the memory of the house and
 * no transaction waits for a slow sender. Too large is refused as soon as it is known: at the announced length, or
 * at the first byte too many. Whatever comes of the command, the file is gone afterwards.
 */
@Injectable()
export class SpoolUpload implements NestInterceptor {
  constructor(private readonly config: Config) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<StreamedRequest>();
    if (request.streamed !== true) return next.handle();
    const most = this.config.MOST_ATTACHMENT_BYTES;
    if (Number(request.headers['content-length'] ?? 0) > most) throw tooLarge(most);
    const spooled = await spool(request, most);
    request.spooled = spooled;
    request.bodyDigest = spooled.sha256;
    try {
      return of(await lastValueFrom(next.handle()));
    } finally {
      await discard(spooled.path);
    }
  }
}

async function spool(request: StreamedRequest, most: number): Promise<SpooledFile> {
  const path = join(await mkdtemp(join(tmpdir(), 'foerderbuch-upload-')), 'file');
  const hash = createHash('sha256');
  let sizeBytes = 0;
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      // Left before its end, the stream stays open: who is told "too large" must be able to hear it.
      for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        sizeBytes += chunk.length;
        if (sizeBytes > most) throw tooLarge(most);
        hash.update(chunk);
        await file.write(chunk);
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    await discard(path);
    request.resume();
    throw error instanceof Failure || !request.destroyed ? error : new Failure('malformed-body');
  }
  return { path, sizeBytes, sha256: hash.digest('hex'), declaredType: declaredType(request) };
}

const discard = (path: string): Promise<void> => rm(dirname(path), { recursive: true, force: true });

function tooLarge(most: number): Failure {
  const [de, en] = [(most / 1_000_000).toLocaleString('de'), (most / 1_000_000).toLocaleString('en')];
  return new Failure('body-too-large', {
    detail: { de: `Höchstens ${de} MB je Anlage.`, en: `At most ${en} MB per attachment.` },
    facts: { mostBytes: most },
  });
}

/** The file a request brought; null where it brought none. */
export const Spooled = createParamDecorator(
  (_data: unknown, context: ExecutionContext): SpooledFile | null => {
    const { spooled } = context.switchToHttp().getRequest<StreamedRequest>();
    return spooled === undefined || spooled.sizeBytes === 0 ? null : spooled;
  },
);
