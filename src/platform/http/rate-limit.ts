import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Failure } from '../../kernel/failure.js';

const MINUTE = 60;

/**
 * Counts requests per address and minute, in this process. The headers follow draft-ietf-httpapi-ratelimit-headers;
 * what an address may do beyond this (wrong passwords) is limited where it happens.
 */
export function rateLimit(pointsPerMinute: number): RequestHandler {
  const limiter = new RateLimiterMemory({ points: pointsPerMinute, duration: MINUTE });
  return (request: Request, response: Response, next: NextFunction): void => {
    limiter.consume(request.ip ?? 'unknown').then(
      (left) => {
        tell(response, pointsPerMinute, left);
        next();
      },
      (reason: unknown) => {
        if (!(reason instanceof RateLimiterRes)) {
          next(reason);
          return;
        }
        tell(response, pointsPerMinute, reason);
        response.setHeader('Retry-After', String(seconds(reason)));
        next(new Failure('too-many-requests'));
      },
    );
  };
}

const seconds = (left: RateLimiterRes): number => Math.max(1, Math.ceil(left.msBeforeNext / 1000));

function tell(response: Response, limit: number, left: RateLimiterRes): void {
  response.setHeader('RateLimit-Limit', String(limit));
  response.setHeader('RateLimit-Remaining', String(Math.max(0, left.remainingPoints)));
  response.setHeader('RateLimit-Reset', String(seconds(left)));
}
