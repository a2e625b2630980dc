import type { Actor } from '../kernel/actor.js';

/** What a controller makes of a service's result, before it is stored with the idempotency key. */
export interface Presented {
  status: number;
  body: object | null;
  /** Version of the addressed resource; becomes the ETag `"v<n>"`. */
  version?: number;
  location?: string;
}

/** One call of a command: who, under which key, against which version, and how its result is presented. */
export interface Invocation<R> {
  actor: Actor;
  requestId: string;
  idempotency: { key: string; fingerprint: string } | null;
  expectedVersion: number | null;
  dryRun: boolean;
  present(result: R): Presented;
}

/**
 * The finished answer. `bytes` are exactly those stored with the idempotency key, so that a replay
 * cannot differ from the first answer.
 */
export interface Answer {
  status: number;
  bytes: Buffer | null;
  etag: string | null;
  location: string | null;
  replayed: boolean;
  dryRun: boolean;
}
