import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { Failure } from '../../kernel/failure.js';
import type { Invocation, Presented } from '../invocation.js';
import { isDryRun } from './dry-run.js';
import { idempotencyOf } from './idempotency.js';
import { expectationsOf, operationOf } from './operation.js';
import { requiredVersionIn } from './precondition.js';
import type { HttpRequest } from './request.js';

type Call = Omit<Invocation<unknown>, 'present'>;

/** What a controller knows of the call it serves: who, under which key, against which version, for real or not. */
export class InvokedCall {
  readonly actor: Actor;
  readonly requestId: string;
  readonly idempotency: Call['idempotency'];
  readonly expectedVersion: number | null;
  readonly dryRun: boolean;

  constructor(call: Call) {
    this.actor = call.actor;
    this.requestId = call.requestId;
    this.idempotency = call.idempotency;
    this.expectedVersion = call.expectedVersion;
    this.dryRun = call.dryRun;
  }

  /** The invocation a service hands to the command runner, with the form its result takes on the wire. */
  presenting<R>(present: (result: R) => Presented): Invocation<R> {
    const { actor, requestId, idempotency, expectedVersion, dryRun } = this;
    return { actor, requestId, idempotency, expectedVersion, dryRun, present };
  }
}

/** Reads the call from the request; what the operation expects of it is declared with `@Operation`. */
export function invokeOf(handler: object, request: HttpRequest): InvokedCall {
  const note = operationOf(handler);
  if (note === null) throw new Error('@Invoke needs @Operation on the same method');
  if (request.actor === undefined || request.requestId === undefined) throw new Failure('unauthenticated');
  const expects = expectationsOf(note, request.method);
  return new InvokedCall({
    actor: request.actor,
    requestId: request.requestId,
    idempotency: idempotencyOf(request, expects.key),
    expectedVersion: expects.ifMatch ? requiredVersionIn(request.get('if-match')) : null,
    dryRun: isDryRun(request.query, expects.dryRun),
  });
}

/** Type and decorator in one word: `@Invoke() invoke: Invoke`. */
export type Invoke = InvokedCall;
export const Invoke = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  invokeOf(context.getHandler(), context.switchToHttp().getRequest<HttpRequest>()),
);
