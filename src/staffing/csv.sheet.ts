import { parse } from 'csv-parse/sync';
import { Failure } from '../kernel/failure.js';
import { violation, type Text } from '../kernel/violation.js';
import type { Cell, Sheet } from './sheet.rules.js';

/** How a CSV file is named in objections: it has no sheets. */
const CSV = 'CSV';
const MOST_ROWS = 5_000;
const MOST_COLUMNS = 50;

/** The encodings spreadsheet programs write; what is not named is UTF-8. */
const encodings = ['utf-8', 'windows-1252', 'iso-8859-1', 'iso-8859-15'];

/**
 * Reads a CSV file with semicolons, tabs or commas, whichever its first line has. A cell that begins with `=`, `+` or
 * `@` is a formula to the program it will be opened in next.
 * @throws Failure 400 for what is no CSV, 415 for an encoding nobody named.
 */
export function readCsv(bytes: Buffer, charset: string): Sheet {
  if (!encodings.includes(charset)) throw new Failure('unsupported-media-type');
  const text = decoded(bytes, charset);
  try {
    const rows = parse(text, {
      delimiter: delimiterOf(text),
      bom: true,
      relaxColumnCount: true,
      trim: true,
      maxRecordSize: 10_000,
      // One more than allowed, so that too many show as too many; a file of millions is not read to its end.
      to: MOST_ROWS + 1,
    });
    if (rows.length > MOST_ROWS || rows.some((row) => row.length > MOST_COLUMNS)) throw malformed(TOO_LARGE);
    return { name: CSV, rows: rows.map((row) => row.map(cellOf)) };
  } catch (error) {
    throw error instanceof Failure ? error : malformed(NOT_A_CSV);
  }
}

function decoded(bytes: Buffer, charset: string): string {
  try {
    const text = new TextDecoder(charset, { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // Said below, in words for people.
  }
  throw malformed(NOT_UTF8);
}

function delimiterOf(text: string): string {
  const [header = ''] = text.split('\n', 1);
  return [';', '\t', ','].find((sign) => header.includes(sign)) ?? ';';
}

function cellOf(text: string): Cell | null {
  if (text === '') return null;
  return /^[=+@]/.test(text) ? { kind: 'formula' } : { kind: 'text', text };
}

const malformed = (text: Text): Failure =>
  new Failure('malformed-body', { violations: [violation('not-a-csv', null, text)] });

const TOO_LARGE: Text = {
  de: `mehr als ${String(MOST_ROWS)} Zeilen oder ${String(MOST_COLUMNS)} Spalten`,
  en: `more than ${String(MOST_ROWS)} rows or ${String(MOST_COLUMNS)} columns`,
};
const NOT_A_CSV: Text = { de: 'keine lesbare CSV-Datei', en: 'not a readable CSV file' };
const NOT_UTF8: Text = {
  de: 'Die Datei ist kein Text in UTF-8; andere Kodierungen nennt der Content-Type, etwa text/csv; charset=windows-1252.',
  en: 'The file is no text in UTF-8; name another encoding in Content-Type, for instance text/csv; charset=windows-1252.',
};
