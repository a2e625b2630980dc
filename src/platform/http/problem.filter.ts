import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import { Failure, type FailureCode } from '../../kernel/failure.js';
import type { Text } from '../../kernel/violation.js';
import { languageOf } from './accept-language.js';
import { invalidInput } from './invalid-input.js';
import { problemOf } from './problem.js';
import type { HttpRequest } from './request.js';
import { methodsOf } from './routes.js';
import { failureOfSql } from './sql-failure.js';

const PROBLEM_JSON = 'application/problem+json; charset=utf-8';

/** Seconds after which a caller may try again when the database is away or a lock was lost. */
const RETRY_AFTER = 5;

/** Framework statuses and the code they become; the rest of 4xx is invalid input, everything else is ours. */
const byStatus: Readonly<Record<number, FailureCode>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  405: 'method-not-allowed',
  406: 'not-acceptable',
  409: 'conflict',
  412: 'precondition-failed',
  413: 'body-too-large',
  415: 'unsupported-media-type',
  428: 'precondition-required',
  429: 'too-many-requests',
  503: 'unavailable',
};

/** Turns everything thrown into problem details; what nobody foresaw is logged and told to nobody. */
@Catch()
export class ProblemFilter implements ExceptionFilter<unknown> {
  private readonly logger = new Logger('Problem');

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(thrown, http.getRequest<HttpRequest>(), http.getResponse<Response>());
  }

  /** Also for middleware that answers before Nest does. */
  answer(thrown: unknown, request: HttpRequest, response: Response): void {
    const traceId = request.requestId ?? '';
    const failure = this.failureOf(thrown, request, response);
    if (failure.code === 'internal') this.logger.error({ traceId, err: thrown }, stackOf(thrown));
    if (failure.code === 'unavailable') this.logger.warn({ traceId, reason: messageOf(thrown) });
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (failure.code === 'unavailable' && !response.hasHeader('Retry-After')) {
      response.setHeader('Retry-After', String(RETRY_AFTER));
    }
    if (failure.code === 'unauthenticated' || failure.code === 'session-ended') {
      response.setHeader('WWW-Authenticate', 'Bearer');
    }
    const language = languageOf(request);
    const problem = problemOf(failure, { language, instance: pathOf(request), traceId });
    response
      .status(problem.status)
      .setHeader('Content-Type', PROBLEM_JSON)
      .setHeader('Content-Language', language)
      .setHeader('Cache-Control', 'no-store')
      .vary('Accept-Language')
      .end(JSON.stringify(problem));
  }

  private failureOf(thrown: unknown, request: HttpRequest, response: Response): Failure {
    if (thrown instanceof Failure) return thrown;
    const status = statusOf(thrown);
    if (status === 404) return unknownRoute(request, response);
    if (status !== null && status < 500) return refusalOf(thrown, status);
    if (status === 503) return new Failure('unavailable');
    return failureOfSql(thrown, namesIn(request.body)) ?? new Failure('internal');
  }
}

/** The members a caller has sent, which are all a refusal can point to. */
const namesIn = (body: unknown): string[] =>
  typeof body === 'object' && body !== null && !Buffer.isBuffer(body) ? Object.keys(body) : [];

/** Status of Nest's exceptions and of http-errors from Express and its parsers. */
function statusOf(thrown: unknown): number | null {
  if (thrown instanceof HttpException) return thrown.getStatus();
  if (!(thrown instanceof Error)) return null;
  const { status, expose } = thrown as Error & { status?: unknown; expose?: unknown };
  if (thrown instanceof URIError) return 400;
  return typeof status === 'number' && status >= 400 && expose === true ? status : null;
}

/** A refusal by the framework; its English message stays with us, because it may quote internals. */
function refusalOf(thrown: unknown, status: number): Failure {
  if (status === 413) return new Failure('body-too-large', { detail: limitOf(thrown) });
  const code = byStatus[status];
  if (code !== undefined) return new Failure(code);
  if (thrown instanceof URIError || /decode param|URI malformed/i.test(messageOf(thrown))) {
    return invalidInput(
      'malformed-url',
      { de: 'fehlerhafte Prozent-Kodierung', en: 'malformed percent-encoding' },
      null,
    );
  }
  return new Failure('invalid-input');
}

/** The limit the body parser held the request to; null where it names none. */
function limitOf(thrown: unknown): Text | null {
  // Nest wraps what the body parser throws.
  const cause: unknown = thrown instanceof HttpException ? thrown.cause : thrown;
  const limit: unknown = cause instanceof Error && 'limit' in cause ? cause.limit : null;
  if (typeof limit !== 'number') return null;
  const most =
    limit < MEGABYTE
      ? `${String(Math.floor(limit / 1000))} kB`
      : `${String(Math.floor(limit / MEGABYTE))} MB`;
  return { de: `Höchstens ${most} je Anfrage.`, en: `At most ${most} per request.` };
}

const MEGABYTE = 1_000_000;

/** Only the router throws a 404 of its own; services throw `Failure`. So a known path means: other method. */
function unknownRoute(request: HttpRequest, response: Response): Failure {
  const methods = methodsOf(request.app, pathOf(request));
  if (methods.length === 0) return new Failure('not-found');
  response.setHeader('Allow', methods.join(', '));
  return new Failure('method-not-allowed');
}

/** Path without query: a query may hold what does not belong into logs and screenshots. */
const pathOf = (request: HttpRequest): string => request.originalUrl.split('?')[0] ?? '/';

const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

const stackOf = (thrown: unknown): string | undefined => (thrown instanceof Error ? thrown.stack : undefined);
