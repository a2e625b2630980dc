import type { ColumnOptions, ValueTransformer } from 'typeorm';
import { CalendarDate } from '../../kernel/calendar-date.js';
import { Money } from '../../kernel/money.js';

/** Column transformers give entities live values, so that nobody maps by hand. */
function transformer<T>(read: (stored: string) => T, write: (value: T) => string): ValueTransformer {
  return {
    from: (stored: string | null) => (stored === null ? null : read(stored)),
    // TypeORM also passes find operators and undefined through here.
    to: (value: T | null | undefined) => (value === null || value === undefined ? value : write(value)),
  };
}

const money = transformer(
  (stored) => Money.ofCents(BigInt(stored)),
  (value: Money) => value.toString(),
);
const day = transformer(
  (stored) => CalendarDate.parse(stored),
  (value: CalendarDate) => value.toString(),
);

const instant: ValueTransformer = {
  from: (stored: Date | null) => stored?.toISOString() ?? null,
  to: (value: string | null | undefined) => value,
};

/** bigint cents as `Money`. The column's name ends in `_cents`. */
export function moneyColumn(name: string, options: { nullable?: boolean } = {}): ColumnOptions {
  return { name, type: 'bigint', transformer: money, ...options };
}

/** A date as `CalendarDate`. */
export function dayColumn(name: string, options: { nullable?: boolean } = {}): ColumnOptions {
  return { name, type: 'date', transformer: day, ...options };
}

/** An instant as ISO text in UTC; written by the database's own clock only. */
export function instantColumn(name: string, options: { nullable?: boolean } = {}): ColumnOptions {
  return { name, type: 'timestamptz', transformer: instant, ...options };
}
