import { types } from 'node:util';
import { Failure, ruleViolated, type FailureCode } from '../../kernel/failure.js';
import { violation } from '../../kernel/violation.js';
import { invalidInput } from './invalid-input.js';
import { pointerOf } from './pointer.js';

/** What a PostgreSQL or socket error carries, however many layers wrap it. */
interface Coded {
  code: string;
  message: string;
  detail: string;
  constraint: string;
}

/**
 * SQLSTATEs a caller's input can lead to. Everything else is our own mistake: a 42501 means that a query left
 * its tenant, so it is a 500 to be looked into and never a 403 to be got used to.
 */
const bySqlState: Readonly<Record<string, FailureCode>> = {
  '23505': 'duplicate',
  '23P01': 'conflict',
  '23503': 'conflict',
  '23514': 'conflict',
  P0001: 'conflict',
  '22P02': 'invalid-input',
  '22003': 'invalid-input',
  '22007': 'invalid-input',
  '22008': 'invalid-input',
  '22021': 'invalid-input',
  '22P05': 'invalid-input',
  '40001': 'unavailable',
  '40P01': 'unavailable',
  '55P03': 'unavailable',
  '57014': 'unavailable',
  '57P01': 'unavailable',
  '57P02': 'unavailable',
  '57P03': 'unavailable',
  '53300': 'unavailable',
  '25P03': 'unavailable',
};

const awayCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EPIPE',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** pg-pool and pg say these without a code. */
const awayMessages =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Query read timeout|the database system is)/i;

const FOREIGN_KEY = '23503';
const CHECK = '23514';

/** What the database says where the services did not: somebody, perhaps through a substitute, would be two persons. */
const FOUR_EYES: ReadonlySet<string> = new Set(['four_eyes', 'decision_four_eyes']);
const ANOTHER_PERSON = violation('four-eyes', 'VV zu § 70 LHO NRW', {
  de: 'Das tut eine andere Person. Wer vorbereitet hat, selbst, in Vertretung oder durch eine Vertretung, tut diesen Schritt nicht.',
  en: 'Another person does this. Whoever prepared it, in person, as a substitute or through one, does not take this step.',
});

/**
 * The failure a database error stands for, or null when it is none that a caller could have met. `sent` names the
 * members of the request: one that leads nowhere is bad input, and said to be.
 */
export function failureOfSql(error: unknown, sent: readonly string[] = []): Failure | null {
  for (const one of layersOf(error)) {
    const nowhere = one.code === FOREIGN_KEY ? memberOf(one.detail) : null;
    if (nowhere !== null && sent.includes(nowhere)) {
      return invalidInput('unknown-reference', NOTHING_THERE, pointerOf([nowhere]));
    }
    if (one.code === CHECK && FOUR_EYES.has(one.constraint)) return ruleViolated([ANOTHER_PERSON]);
    if (one.code.startsWith('08') && one.code.length === 5) return new Failure('unavailable');
    const known = Object.hasOwn(bySqlState, one.code) ? bySqlState[one.code] : undefined;
    if (known !== undefined) return new Failure(known);
    if (awayCodes.has(one.code) || awayMessages.test(one.message)) return new Failure('unavailable');
  }
  return null;
}

const NOTHING_THERE = { de: 'nennt nichts, was es gibt', en: 'names nothing that exists' };

/** The member a column stands for: `Key (line_id)=(…) is not present in table "budget_line"`, in any language, is `lineId`. */
function memberOf(detail: string): string | null {
  const [, column] = /^[^()]*\(([a-z_]+)\)=/.exec(detail) ?? [];
  return column?.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()) ?? null;
}

/** The error and what it wraps: TypeORM's `driverError`, `cause`, and the parts of an AggregateError (dual-stack connect). */
function layersOf(error: unknown, depth = 0): Coded[] {
  if (!types.isNativeError(error) || depth > 4) return [];
  const { code, detail, constraint, driverError, cause, errors } = error as Error &
    Record<'code' | 'detail' | 'constraint' | 'driverError' | 'cause' | 'errors', unknown>;
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const own = {
    code: text(code),
    message: error.message,
    detail: text(detail),
    constraint: text(constraint),
  };
  const inner = [driverError, cause, ...(Array.isArray(errors) ? (errors as unknown[]) : [])];
  return [own, ...inner.flatMap((one) => layersOf(one, depth + 1))];
}
