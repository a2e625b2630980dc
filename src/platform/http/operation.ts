import { applyDecorators, HttpCode, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiOperation } from '@nestjs/swagger';
import type { FailureCode } from '../../kernel/failure.js';
import { Permit, PublicRoute } from './permit.js';

/** What the caller must, may or cannot send with a write. */
export type KeyUse = 'required' | 'optional' | 'none';

/** Everything a reader of the API is told about one operation, and what the HTTP layer holds callers to. */
export interface OperationNote {
  /** `noun.verb`: operationId, permission, audit action and title of its test. */
  id: string;
  /** One line in German and in English. */
  de: string;
  en: string;
  /** Provision the operation rests on, e.g. `VVG Nr. 7.2 zu § 44 LHO`. */
  basis?: string;
  /** What a reader should know beyond the one line. */
  detail?: { de: string; en: string };
  /** View of the answer; `[View]` for a bare list. */
  answers?: Type<object> | [Type<object>];
  /** View of one item of `{ items, nextCursor }`. */
  answersPage?: Type<object>;
  /** Media type, or several, when the answer is not JSON, e.g. `text/csv`. */
  produces?: string | readonly string[];
  /** Default 201 for creations, otherwise 200; 204 when nothing is answered. */
  status?: number;
  /** Codes beyond the standing ones (bad input, sign-in, permission, limits, away). */
  errors?: readonly FailureCode[];
  /** The call makes a resource: 201, `Location`, no `If-Match`. */
  creates?: true;
  /** `Idempotency-Key`; default `optional` on writes. Reads never take one, nor what answers personal data. */
  key?: KeyUse;
  /** `If-Match` is required: every change of one existing resource. */
  ifMatch?: true;
  /** `?dryRun=true`; default yes on writes. False for sessions and tokens. */
  dryRun?: false;
  /** A question too long for a query string: a POST that writes nothing, so without key, dry run and audit record. */
  reads?: true;
  /** Open to callers who have not signed in. */
  open?: true;
}

const OPERATION = 'foerderbuch:operation';
const known = new Map<string, OperationNote>();

/**
 * Declares a route: its permission, what it expects of the caller, and its place in the OpenAPI document.
 * The document itself is completed in openapi.operation.ts, where the HTTP method is known.
 */
export function Operation(note: OperationNote): MethodDecorator {
  if (known.has(note.id)) throw new Error(`operation ${note.id} is declared twice`);
  known.set(note.id, note);
  return applyDecorators(
    (_target: object, _key: string | symbol, descriptor: PropertyDescriptor) => {
      Reflect.defineMetadata(OPERATION, note, handlerOf(descriptor));
    },
    Permit(note.id),
    ...(note.open === true ? [PublicRoute()] : []),
    HttpCode(statusOf(note)),
    ApiOperation({ operationId: note.id, summary: `${note.de} · ${note.en}` }),
    ApiExtraModels(...viewsOf(note)),
  );
}

function handlerOf(descriptor: PropertyDescriptor): object {
  const handler: unknown = descriptor.value;
  if (typeof handler !== 'function') throw new Error('@Operation belongs on a method');
  return handler;
}

export function statusOf(note: OperationNote): number {
  if (note.status !== undefined) return note.status;
  if (note.creates === true) return 201;
  return viewsOf(note).length === 0 && note.produces === undefined ? 204 : 200;
}

/** The views an operation answers with: none, one, or the view of its items. */
export function viewsOf(note: OperationNote): Type<object>[] {
  const answers = note.answersPage ?? note.answers;
  return answers === undefined ? [] : Array.isArray(answers) ? [...answers] : [answers];
}

/** The note of a handler, or null for a route declared without `@Operation`. */
export function operationOf(handler: object): OperationNote | null {
  const note: unknown = Reflect.getMetadata(OPERATION, handler);
  return note === undefined ? null : (note as OperationNote);
}

/** All operations declared so far by id; the tables over every endpoint read it. */
export const operations = (): ReadonlyMap<string, OperationNote> => known;

/** What a request to this operation may carry, once its method is known. */
export function expectationsOf(
  note: OperationNote,
  method: string,
): { writes: boolean; key: KeyUse; ifMatch: boolean; dryRun: boolean } {
  const writes = !['GET', 'HEAD'].includes(method.toUpperCase()) && note.reads !== true;
  return {
    writes,
    key: writes ? (note.key ?? 'optional') : 'none',
    ifMatch: writes && note.ifMatch === true,
    dryRun: writes && note.dryRun !== false,
  };
}
