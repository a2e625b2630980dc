import { failureStatus, type FailureCode } from '../../kernel/failure.js';
import type { Failure } from '../../kernel/failure.js';
import type { Violation } from '../../kernel/violation.js';
import type { Language } from './accept-language.js';
import { problems, typeOf } from './problem.registry.js';

/** One objection on the wire. */
export interface ProblemError {
  pointer: string | null;
  code: string;
  basis: string | null;
  detail: string;
}

/** RFC 9457 problem details. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: FailureCode;
  errors: ProblemError[];
  instance: string;
  traceId: string;
}

const RESERVED = new Set(['type', 'title', 'status', 'detail', 'code', 'errors', 'instance', 'traceId']);

/** Where the problem arose and in which language it is told. */
export interface Telling {
  language: Language;
  instance: string;
  traceId: string;
}

export function problemOf(
  failure: Failure,
  { language, instance, traceId }: Telling,
): Problem & Record<string, unknown> {
  const { title, remedy } = problems[failure.code];
  const facts = Object.entries(failure.facts).filter(([name]) => !RESERVED.has(name));
  return {
    type: typeOf(failure.code),
    title: title[language],
    status: failureStatus[failure.code],
    detail: (failure.detail ?? remedy)[language],
    code: failure.code,
    errors: failure.violations.map((one) => errorOf(one, language)),
    ...Object.fromEntries(facts),
    instance,
    traceId,
  };
}

function errorOf({ pointer, code, basis, detail }: Violation, language: Language): ProblemError {
  return { pointer, code, basis, detail: detail[language] };
}
