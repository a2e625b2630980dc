import {
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
  type Type,
} from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { Response } from 'express';
import { map, type Observable } from 'rxjs';
import { Failure } from '../../kernel/failure.js';
import { violation } from '../../kernel/violation.js';
import type { Answer } from '../invocation.js';
import { DRY_RUN } from './dry-run.js';
import { operationOf, type OperationNote } from './operation.js';
import { queryPointerOf } from './pointer.js';
import { etagOf } from './precondition.js';
import type { HttpRequest } from './request.js';

const JSON_UTF8 = 'application/json; charset=utf-8';

/** Writes the command runner's answers as they were stored; sets ETag and Link on what is read. */
@Injectable()
export class AnswerInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<HttpRequest>();
    const response = http.getResponse<Response>();
    const handler = context.getHandler();
    refuseUnreadQuery(request, context.getClass(), handler.name);
    const note = operationOf(handler);
    return next.handle().pipe(
      map((value: unknown) => {
        if (isAnswer(value)) return written(value, response);
        if (note !== null) decorate(value, note, request, response);
        return value;
      }),
    );
  }
}

/** The bytes go out as text because Nest would wrap a Buffer in JSON; they are UTF-8, so nothing changes. */
function written(answer: Answer, response: Response): string | undefined {
  response.status(answer.status);
  if (answer.etag !== null) response.setHeader('ETag', answer.etag);
  if (answer.location !== null) response.setHeader('Location', answer.location);
  if (answer.replayed) response.setHeader('Idempotency-Replayed', 'true');
  if (answer.dryRun) response.setHeader('Dry-Run', 'true');
  if (answer.bytes === null) return undefined;
  const status = Math.floor(answer.status / 100);
  response.setHeader('Content-Type', status >= 4 ? 'application/problem+json; charset=utf-8' : JSON_UTF8);
  return answer.bytes.toString('utf8');
}

function isAnswer(value: unknown): value is Answer {
  return (
    typeof value === 'object' && value !== null && 'bytes' in value && 'replayed' in value && 'etag' in value
  );
}

/** A single resource that has a version carries it as its ETag; a page that has a next one links to it. */
function decorate(value: unknown, note: OperationNote, request: HttpRequest, response: Response): void {
  if (typeof value !== 'object' || value === null) return;
  if ('nextCursor' in value && typeof value.nextCursor === 'string') {
    const url = new URL(request.originalUrl, 'http://localhost');
    url.searchParams.set('cursor', value.nextCursor);
    response.setHeader('Link', `<${url.pathname}${url.search}>; rel="next"`);
  }
  if (note.answers !== undefined && 'version' in value && Number.isInteger(value.version)) {
    response.setHeader('ETag', etagOf(Number(value.version)));
  }
}

/** A route without `@Query()` would swallow misspelt parameters in silence. */
function refuseUnreadQuery(request: HttpRequest, controller: Type<unknown>, method: string): void {
  const names = Object.keys(request.query).filter((name) => name !== DRY_RUN);
  if (names.length === 0 || readsQuery(controller, method)) return;
  const detail = { de: 'unbekannte Angabe', en: 'unknown field' };
  const violations = names.map((name) => violation('unknown-field', null, detail, queryPointerOf([name])));
  throw new Failure('invalid-input', { violations });
}

function readsQuery(controller: Type<unknown>, method: string): boolean {
  const taken = Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, method) as object | undefined;
  return Object.keys(taken ?? {}).some((key) => key.startsWith(`${String(RouteParamtypes.QUERY)}:`));
}
