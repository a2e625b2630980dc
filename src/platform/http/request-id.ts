import { v4 } from 'uuid';
import type { NextFunction, Response } from 'express';
import { isUuid } from '../../kernel/ids.js';
import type { HttpRequest } from './request.js';

export const API_VERSION = '1.0.0';

/**
 * Names the request: the caller's `X-Request-Id` when it is a uuid, so that two systems can compare logs, else a
 * new one. Anything else a caller sends would end up in the audit record as it is.
 */
export function identifyRequest(request: HttpRequest, response: Response, next: NextFunction): void {
  const sent = request.get('x-request-id')?.toLowerCase();
  request.requestId = sent !== undefined && isUuid(sent) ? sent : v4();
  response.setHeader('X-Request-Id', request.requestId);
  response.setHeader('API-Version', API_VERSION);
  next();
}
