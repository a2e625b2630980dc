import { Injectable, type ArgumentMetadata, type PipeTransform, type Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { Failure } from '../../kernel/failure.js';
import { violation, type Text, type Violation } from '../../kernel/violation.js';
import { DRY_RUN } from './dry-run.js';
import { isDescribed, type RuleContext } from './fields.js';
import { pointerOf, queryPointerOf } from './pointer.js';

/** Turns bodies and query strings into their DTOs, or answers every objection at once with its place. */
@Injectable()
export class ValidationPipe implements PipeTransform<unknown, unknown> {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if (type === 'custom' || type === 'param') return value;
    if (metatype === undefined || !isDescribed(metatype)) {
      // A DTO that the compiler has reduced to Object would let everything through.
      throw new Error(`@${type === 'body' ? 'Body' : 'Query'}() needs a class whose fields are declared`);
    }
    return validated(metatype, value ?? {}, type);
  }
}

/** The value as an instance of `dto`; throws `invalid-input` with all violations. */
export function validated<T extends object>(dto: Type<T>, value: unknown, place: 'body' | 'query'): T {
  const plain = place === 'query' ? withoutDryRun(value as object) : value;
  const instance = plainToInstance(dto, plain);
  const errors = validateSync(instance, {
    whitelist: true,
    forbidNonWhitelisted: true,
    stopAtFirstError: true,
  });
  if (errors.length > 0) {
    const pointer = place === 'body' ? pointerOf : queryPointerOf;
    throw new Failure('invalid-input', {
      violations: errors.flatMap((error) => violationsOf(error, [], pointer)).slice(0, MOST_OBJECTIONS),
    });
  }
  return instance;
}

/** More than anybody reads at once; a body of errors must not be answered with a longer one. */
const MOST_OBJECTIONS = 100;

/** `@Invoke` reads it; the filters of a list do not know it. */
const withoutDryRun = (query: object): object =>
  Object.fromEntries(Object.entries(query).filter(([name]) => name !== DRY_RUN));

type Pointer = (path: readonly string[]) => string;

const unknownField: Text = { de: 'unbekannte Angabe', en: 'unknown field' };

/** One objection per place: the field's own, or those of the fields within. */
function violationsOf(error: ValidationError, parents: readonly string[], pointer: Pointer): Violation[] {
  const path = [...parents, error.property];
  const own = Object.keys(error.constraints ?? {}).filter((code) => code !== 'nestedValidation');
  const code = own[0];
  if (code === undefined) {
    return (error.children ?? []).flatMap((child) => violationsOf(child, path, pointer));
  }
  if (code === 'whitelistValidation') return [violation('unknown-field', null, unknownField, pointer(path))];
  const { text, item } = contextOf(error, code);
  return atFault(error.value, item).map((index) =>
    violation(code, null, text, pointer(index === null ? path : [...path, String(index)])),
  );
}

/** Indices of the items that break a rule about items; `[null]` for a rule about the value as a whole. */
function atFault(value: unknown, item: RuleContext['item']): (number | null)[] {
  if (item === undefined || !Array.isArray(value)) return [null];
  return value.flatMap((one: unknown, index) => (item(one) ? [] : [index]));
}

function contextOf(error: ValidationError, code: string): RuleContext {
  const context: unknown = error.contexts?.[code];
  return context === undefined ? { text: { de: 'ungültig', en: 'invalid' } } : (context as RuleContext);
}
