import type { Request } from 'express';
import type { Actor } from '../../kernel/actor.js';

/** The Express request with what the layers before the controller have put on it. */
export interface HttpRequest extends Request {
  /** Set by the identity guard; absent before it and on routes that nobody has signed in to. */
  actor?: Actor;
  /** Set first of all by `identifyRequest`; the same value is the problem's `traceId`. */
  requestId?: string;
  /** SHA-256 (hex) of the raw body bytes, of the empty string when there is no body. */
  bodyDigest?: string;
}
