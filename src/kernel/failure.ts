import type { Text, Violation } from './violation.js';

/** Every way in which a request can fail, with its HTTP status: the one table that problem details follow. */
export const failureStatus = {
  'invalid-input': 400,
  'malformed-body': 400,
  'idempotency-key-missing': 400,
  unauthenticated: 401,
  'session-ended': 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'not-acceptable': 406,
  conflict: 409,
  'budget-exhausted': 409,
  'state-conflict': 409,
  'request-in-flight': 409,
  duplicate: 409,
  'precondition-failed': 412,
  'body-too-large': 413,
  'unsupported-media-type': 415,
  'rule-violated': 422,
  'idempotency-key-reused': 422,
  'precondition-required': 428,
  'too-many-requests': 429,
  internal: 500,
  unavailable: 503,
} as const;

export type FailureCode = keyof typeof failureStatus;

interface Particulars {
  readonly violations?: readonly Violation[];
  readonly detail?: Text | null;
  /** Members for the answer beside the standard ones, `availableCents` for instance. Never secrets. */
  readonly facts?: Record<string, unknown>;
}

/** Thrown by services to undo the transaction and answer the caller; the operator's reason goes to the log. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly violations: readonly Violation[];
  readonly detail: Text | null;
  readonly facts: Record<string, unknown>;

  constructor(
    readonly code: FailureCode,
    { violations = [], detail = null, facts = {} }: Particulars = {},
  ) {
    const reasons = detail === null ? violations.map((each) => each.code) : [detail.en];
    super([code, ...reasons].join(': '));
    this.violations = violations;
    this.detail = detail;
    this.facts = facts;
  }
}

/** Also for things the actor may not see: that they exist is no business of theirs. */
export function notFound(): Failure {
  return new Failure('not-found');
}

export function ruleViolated(violations: readonly Violation[]): Failure {
  return new Failure('rule-violated', { violations });
}

/** The thing is not in a state that allows this step; repeating the request does not help. */
export function stateConflict(detail: Text): Failure {
  return new Failure('state-conflict', { detail });
}
