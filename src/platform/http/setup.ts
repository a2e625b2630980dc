import { NotFoundException } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { notFound } from '../../kernel/failure.js';
import { AnswerInterceptor } from './answer.interceptor.js';
import { requestLog } from './logging.js';
import { DOCS_PATH, serveOpenApi } from './openapi.js';
import { ProblemFilter } from './problem.filter.js';
import { sendProblemPage } from './problem.pages.js';
import type { StreamedRequest } from './streamed-upload.js';
import { strictQuery } from './query-string.js';
import { rateLimit } from './rate-limit.js';
import { MOST_BYTES, parseRawBody, requireJson } from './raw-body.js';
import { identifyRequest } from './request-id.js';
import { methodsOf } from './routes.js';
import { ValidationPipe } from './validation.js';

export const API_PREFIX = '/api/v1';

/** What differs between installations and tests. */
export interface HttpOptions {
  /** Requests per address and minute. */
  pointsPerMinute: number;
  /** Null writes no request log. */
  logger: Logger | null;
  /** Express's `trust proxy`: how the caller's address is known behind a proxy. */
  trustProxy: boolean | number | string;
  /** Requests that carry a file instead of JSON; the route finds its bytes in `request.body`. */
  isUpload: (request: Request) => boolean;
  mostUploadBytes: number;
  /** Requests whose file is read by their route, after everything else about them is settled. */
  isStreamed: (request: Request) => boolean;
}

export const httpDefaults: HttpOptions = {
  pointsPerMinute: 600,
  logger: null,
  trustProxy: false,
  isUpload: () => false,
  mostUploadBytes: 10_000_000,
  isStreamed: () => false,
};

/**
 * Everything between the socket and a controller, in the order a request meets it. Call it before `init`, on an
 * app created with `bodyParser: false`.
 */
export function configureHttp(app: NestExpressApplication, options: Partial<HttpOptions> = {}): void {
  const { pointsPerMinute, logger, trustProxy, ...bodies } = { ...httpDefaults, ...options };
  app.disable('x-powered-by');
  app.disable('etag'); // an ETag is the version of a resource, not a hash of bytes
  app.set('query parser', false);
  app.set('trust proxy', trustProxy);

  app.use(identifyRequest);
  if (logger !== null) app.use(requestLog(logger));
  app.use(secureHeaders());
  app.use(rateLimit(pointsPerMinute));
  app.use(strictQuery);
  app.use(refuseTrailingSlash);
  readBodies(app, bodies);

  app.setGlobalPrefix(API_PREFIX);
  app.useGlobalFilters(new ProblemFilter());
  app.useGlobalPipes(new ValidationPipe());
  app.useGlobalInterceptors(new AnswerInterceptor());
  servePages(app);
  app.use(refuseUnknownRoot);
}

/** Every body but a streamed file is read whole and hashed before anyone sees it; JSON is then parsed strictly. */
function readBodies(
  app: NestExpressApplication,
  { isUpload, mostUploadBytes, isStreamed }: Pick<HttpOptions, 'isUpload' | 'mostUploadBytes' | 'isStreamed'>,
): void {
  const whole = { inflate: false };
  const isFile = (request: Request): boolean => isUpload(request) || isStreamed(request);
  app.use((request: StreamedRequest, _response: Response, next: NextFunction) => {
    if (isStreamed(request)) request.streamed = true;
    next();
  });
  app.use(requireJson(isFile));
  app.useBodyParser('raw', { ...whole, type: (sent) => isUpload(sent as Request), limit: mostUploadBytes });
  app.useBodyParser('raw', { ...whole, type: (sent) => !isFile(sent as Request), limit: MOST_BYTES });
  app.use(parseRawBody(isFile));
}

function servePages(app: NestExpressApplication): void {
  const express = app.getHttpAdapter().getInstance();
  const pages = (request: Request, response: Response, next: NextFunction): void => {
    if (!sendProblemPage(request, response)) next(notFound());
  };
  express.get('/problems', pages);
  express.get('/problems/:code', pages);
  serveOpenApi(app, API_PREFIX);
}

/** Nothing is loaded from elsewhere; styles may be inline because Swagger UI sets them so. */
function secureHeaders() {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        baseUri: ["'none'"],
        connectSrc: ["'self'"],
        fontSrc: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        imgSrc: ["'self'", 'data:'],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
      },
    },
  });
}

/** Nest answers unknown paths below the prefix only; above it Express would answer in HTML. */
function refuseUnknownRoot(request: Request, _response: Response, next: NextFunction): void {
  const ours = request.path.startsWith(`${API_PREFIX}/`);
  const known = ours || methodsOf(request.app, request.path).includes(request.method);
  next(known ? undefined : new NotFoundException());
}

/** One path per resource. Swagger UI alone lives below a slash, because its files are named relative to it. */
function refuseTrailingSlash(request: Request, _response: Response, next: NextFunction): void {
  const slashed = request.path.length > 1 && request.path.endsWith('/');
  next(slashed && request.path !== `${DOCS_PATH}/` ? notFound() : undefined);
}
