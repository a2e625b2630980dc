import { CalendarDate } from '../kernel/calendar-date.js';

/** A cell as it was read. Numbers keep their digits as text, so that no double ever rounds an amount. */
export type Cell =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'day'; readonly day: CalendarDate }
  | { readonly kind: 'formula' }
  | { readonly kind: 'other' };

/** A sheet by rows from the first one on; an empty cell is null. */
export interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly (Cell | null)[])[];
}

/** `Tabelle1!C7`; row and column count from zero, as in `rows`. */
export function cellName(sheet: string, row: number, column: number): string {
  return `${sheet}!${columnName(column)}${String(row + 1)}`;
}

function columnName(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : `${columnName(Math.floor(column / 26) - 1)}${letter}`;
}

/** What was written, for a field that takes text. */
export function textOf(cell: Cell | null): string | null {
  return cell !== null && (cell.kind === 'text' || cell.kind === 'number') && cell.text !== ''
    ? cell.text
    : null;
}

const PLAIN = /^(-?)(\d{1,12})(?:\.(\d{1,2}))?$/;
const GERMAN = /^(-?)(\d{1,12}|\d{1,3}(?:\.\d{3}){1,3})(?:,(\d{1,2}))?$/;

/**
 * A number with at most two decimals as whole hundredths, null for anything else. A number cell has a point; in text
 * the comma is the decimal sign and points may group thousands, as payroll offices write: `57.000,00`, `0,5`, `0.50`.
 */
export function hundredthsOf(cell: Cell | null): bigint | null {
  const text = textOf(cell)?.replaceAll(/\s|€|EUR/gu, '');
  if (text === undefined || cell === null) return null;
  const [, sign, whole, decimals] =
    (cell.kind === 'text' ? (GERMAN.exec(text) ?? PLAIN.exec(text)) : PLAIN.exec(text)) ?? [];
  if (whole === undefined) return null;
  const amount = BigInt(whole.replaceAll('.', '')) * 100n + BigInt((decimals ?? '').padEnd(2, '0'));
  return sign === '-' ? -amount : amount;
}

const GERMAN_DAY = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/;

/** A day cell, `31.12.2016` or `2016-12-31`; null for anything else and for days that do not exist. */
export function dayOf(cell: Cell | null): CalendarDate | null {
  if (cell === null || cell.kind === 'formula' || cell.kind === 'other') return null;
  if (cell.kind === 'day') return cell.day;
  const [, day, month, year] = GERMAN_DAY.exec(cell.text) ?? [];
  try {
    return day === undefined
      ? CalendarDate.parse(cell.text)
      : CalendarDate.of(Number(year), Number(month), Number(day));
  } catch {
    return null;
  }
}

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** The files an import takes, and a template comes as. */
export const sheetTypes = [XLSX, 'text/csv'] as const;
