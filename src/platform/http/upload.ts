import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { Failure } from '../../kernel/failure.js';

/** A file as it was sent. Nothing is known of it but its bytes and what the sender calls it. */
export interface Upload {
  readonly bytes: Buffer;
  /** Lower case, without parameters. */
  readonly mediaType: string;
  /** Lower case; UTF-8 where the sender names none. */
  readonly charset: string;
}

/** Paths that take a file instead of JSON, each with the media types it takes. */
export type UploadPaths = Readonly<Record<string, readonly string[]>>;

/** Whether a request carries a file; one of another type than its path takes is refused like any body that is no JSON. */
export function isUploadTo(paths: UploadPaths): (request: Request) => boolean {
  return (request) =>
    request.method === 'POST' &&
    Object.hasOwn(paths, request.path) &&
    (paths[request.path] ?? []).includes(mediaTypeOf(request));
}

function uploadOf(request: Request): Upload {
  const body: unknown = request.body;
  if (!Buffer.isBuffer(body) || body.length === 0) throw new Failure('unsupported-media-type');
  const [, charset = 'utf-8'] =
    /;\s*charset\s*=\s*"?([\w-]+)/i.exec(request.headers['content-type'] ?? '') ?? [];
  return { bytes: body, mediaType: mediaTypeOf(request), charset: charset.toLowerCase() };
}

const mediaTypeOf = (request: Request): string =>
  (request.headers['content-type'] ?? '').split(';', 1).join('').trim().toLowerCase();

/** Type and decorator in one word: `@Upload() file: Upload`. */
export const Upload = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  uploadOf(context.switchToHttp().getRequest<Request>()),
);
