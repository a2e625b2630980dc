import { Param, type PipeTransform } from '@nestjs/common';
import { notFound } from '../../kernel/failure.js';
import { year } from './kinds.js';
import { isUuid } from '../../kernel/ids.js';

/** What is no uuid names nothing: the same 404 as an unknown id, so that the form of an id tells nobody anything. */
class UuidPipe implements PipeTransform<unknown, string> {
  transform(raw: unknown): string {
    if (typeof raw !== 'string' || !isUuid(raw)) throw notFound();
    return raw.toLowerCase();
  }
}

class NumberPipe implements PipeTransform<unknown, number> {
  constructor(private readonly isKnown: (value: number) => boolean) {}

  transform(raw: unknown): number {
    const value = typeof raw === 'string' && /^(0|[1-9]\d{0,15})$/.test(raw) ? Number(raw) : NaN;
    if (!Number.isSafeInteger(value) || !this.isKnown(value)) throw notFound();
    return value;
  }
}

const within = year().schema;

/** The id in the path, lower case: `@Path('id') id: ApplicationId`. */
export const Path = (name: string): ParameterDecorator => Param(name, new UuidPipe());

/** A funding year in the path; any other year is an unknown path. */
export const PathYear = (name: string): ParameterDecorator =>
  Param(name, new NumberPipe((value) => value >= (within.minimum ?? 0) && value <= (within.maximum ?? 0)));

/** A running number in the path, for what is counted rather than named: audit records, tree sizes. */
export const PathNumber = (name: string): ParameterDecorator => Param(name, new NumberPipe(() => true));
