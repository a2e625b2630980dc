import { CalendarDate } from '../kernel/calendar-date.js';
import { Money } from '../kernel/money.js';
import { violation, type Text, type Violation } from '../kernel/violation.js';
import { cellName, dayOf, hundredthsOf, textOf, type Cell, type Sheet } from './sheet.rules.js';
import { canonicalPseudonym, type Claim, type Places } from './occupancy.rules.js';

/** The columns of the template, in its order. The last two may stay empty together. */
export const columns = {
  post: 'Stelle',
  pseudonym: 'Pseudonym',
  fte: 'VZÄ',
  from: 'Von (erster Tag)',
  to: 'Bis (letzter Tag)',
  year: 'Haushaltsjahr',
  amount: 'Ist-Ausgaben (EUR)',
} as const;
export type Column = keyof typeof columns;

const MOST_ROWS = 2000;
const FIRST_DAY = CalendarDate.of(1990, 1, 1);
const LAST_DAY = CalendarDate.of(2100, 12, 31);

/** What an occupancy cost in a year, and the cell that says so. */
export interface ImportedExpenditure {
  readonly fundingYear: number;
  readonly amount: Money;
  readonly place: string;
}

/** One occupancy of the file: all rows of one person on one post from one day. */
export interface ImportedOccupancy extends Claim {
  readonly postNumber: string;
  readonly expenditure: readonly ImportedExpenditure[];
  readonly places: Places;
}

interface Line extends Omit<ImportedOccupancy, 'expenditure'> {
  readonly expenditure: ImportedExpenditure | null;
}

/**
 * What a sheet says, or every objection to how it says it, each with its cell. Whether the posts exist and the
 * occupancies fit is judged by the same rules as occupancies that are entered one by one.
 */
export function readOccupancies(sheet: Sheet): { occupancies: ImportedOccupancy[]; violations: Violation[] } {
  const violations = sheet.rows.flatMap((row, index) => formulas(sheet.name, row, index));
  const [header = [], ...rows] = sheet.rows;
  const { found, objections } = columnsIn(sheet.name, header);
  violations.push(...objections);
  if (rows.length > MOST_ROWS) violations.push(violation('too-many-rows', null, TOO_MANY_ROWS));
  if (violations.length > 0) return { occupancies: [], violations };
  const lines = rows.flatMap((row, index) => {
    if (row.every((cell) => cell === null)) return [];
    const { line, objections: wrong } = lineOf(reader(sheet.name, row, index + 1, found));
    violations.push(...wrong);
    return line === null ? [] : [line];
  });
  if (lines.length === 0 && violations.length === 0) {
    violations.push(violation('no-rows', null, NO_ROWS, cellName(sheet.name, 1, 0)));
  }
  const { occupancies, objections: torn } = together(lines);
  return { occupancies, violations: [...violations, ...torn] };
}

/** A formula says nothing certain: its result depends on where it is opened. */
function formulas(sheet: string, row: readonly (Cell | null)[], index: number): Violation[] {
  return row.flatMap((cell, column) =>
    cell?.kind === 'formula'
      ? [violation('formula-cell', null, FORMULA, cellName(sheet, index, column))]
      : [],
  );
}

const plain = (title: string): string =>
  title
    .toLowerCase()
    .normalize('NFC')
    .replaceAll(/\(.*\)|[^a-zäöü]/gu, '');

function columnsIn(sheet: string, header: readonly (Cell | null)[]) {
  const found = new Map<Column, number>();
  const objections: Violation[] = [];
  header.forEach((cell, index) => {
    if (cell === null) return;
    const title = plain(textOf(cell) ?? '');
    const column = (Object.keys(columns) as Column[]).find((name) => plain(columns[name]) === title);
    if (column === undefined) {
      objections.push(violation('unknown-column', null, UNKNOWN_COLUMN, cellName(sheet, 0, index)));
    } else if (found.has(column)) {
      objections.push(violation('repeated-column', null, REPEATED_COLUMN, cellName(sheet, 0, index)));
    } else {
      found.set(column, index);
    }
  });
  for (const column of ['post', 'pseudonym', 'fte', 'from'] as const) {
    if (!found.has(column)) {
      const text = {
        de: `Die Spalte „${columns[column]}“ fehlt.`,
        en: `The column "${columns[column]}" is missing.`,
      };
      objections.push(violation('missing-column', null, text, cellName(sheet, 0, 0)));
    }
  }
  return { found, objections };
}

interface RowReader {
  readonly cell: (column: Column) => Cell | null;
  readonly place: (column: Column) => string;
}

function reader(
  sheet: string,
  row: readonly (Cell | null)[],
  index: number,
  found: ReadonlyMap<Column, number>,
): RowReader {
  const at = (column: Column): number => found.get(column) ?? -1;
  return {
    cell: (column) => row[at(column)] ?? null,
    place: (column) => cellName(sheet, index, Math.max(0, at(column))),
  };
}

function lineOf({ cell, place }: RowReader): { line: Line | null; objections: Violation[] } {
  const objections: Violation[] = [];
  const wanted = <T>(column: Column, value: T | null, [code, text]: readonly [string, Text]): T | null => {
    if (cell(column) === null) objections.push(violation('required', null, REQUIRED, place(column)));
    else if (value === null) objections.push(violation(code, null, text, place(column)));
    return value;
  };
  const optional = <T>(column: Column, value: T | null, [code, text]: readonly [string, Text]): T | null => {
    if (cell(column) !== null && value === null) objections.push(violation(code, null, text, place(column)));
    return value;
  };
  const postNumber = wanted('post', textOf(cell('post')), NOT_TEXT);
  const pseudonym = wanted('pseudonym', textOf(cell('pseudonym')), NOT_TEXT);
  const share = wanted('fte', hundredthsOf(cell('fte')), NOT_A_NUMBER);
  const from = wanted('from', sensible(dayOf(cell('from'))), NOT_A_DAY);
  const last = optional('to', sensible(dayOf(cell('to'))), NOT_A_DAY);
  const year = optional('year', yearOf(cell('year')), NOT_A_YEAR);
  const cents = optional('amount', hundredthsOf(cell('amount')), NOT_A_NUMBER);
  if (cents !== null && cents < 0n) {
    objections.push(violation('expenditure-negative', null, NEGATIVE, place('amount')));
  }
  if ((cell('year') === null) !== (cell('amount') === null)) {
    const empty = cell('year') === null ? 'year' : 'amount';
    objections.push(violation('year-and-amount-belong-together', null, TOGETHER, place(empty)));
  }
  if (postNumber === null || pseudonym === null || share === null || from === null || objections.length > 0) {
    return { line: null, objections };
  }
  const line = {
    postNumber,
    pseudonym: canonicalPseudonym(pseudonym),
    fteHundredths: Number(share),
    occupiedFrom: from,
    occupiedTo: last?.plusDays(1) ?? null,
    expenditure:
      year === null || cents === null
        ? null
        : { fundingYear: year, amount: Money.ofCents(cents), place: place('year') },
    places: {
      post: place('post'),
      pseudonym: place('pseudonym'),
      from: place('from'),
      to: place('to'),
      fte: place('fte'),
    },
  };
  return { line, objections };
}

/** Rows of one occupancy differ in the year only; whatever else differs is a contradiction. */
function together(lines: readonly Line[]): { occupancies: ImportedOccupancy[]; objections: Violation[] } {
  const objections: Violation[] = [];
  const groups = new Map<string, { first: Line; expenditure: ImportedExpenditure[] }>();
  for (const line of lines) {
    const key = JSON.stringify([line.postNumber, line.pseudonym, line.occupiedFrom]);
    const group = groups.get(key) ?? { first: line, expenditure: [] };
    groups.set(key, group);
    if (line.fteHundredths !== group.first.fteHundredths) {
      objections.push(violation('contradicts-row', null, CONTRADICTION, line.places.fte));
    }
    if (String(line.occupiedTo) !== String(group.first.occupiedTo)) {
      objections.push(violation('contradicts-row', null, CONTRADICTION, line.places.to));
    }
    const { expenditure } = line;
    if (line !== group.first && (expenditure === null || group.expenditure.length === 0)) {
      objections.push(violation('repeated-row', null, REPEATED_ROW, line.places.post));
    } else if (
      expenditure !== null &&
      group.expenditure.some((one) => one.fundingYear === expenditure.fundingYear)
    ) {
      objections.push(violation('repeated-year', null, REPEATED_YEAR, expenditure.place));
    }
    if (expenditure !== null) group.expenditure.push(expenditure);
  }
  const occupancies = [...groups.values()].map(({ first, expenditure }) => {
    const { postNumber, pseudonym, fteHundredths, occupiedFrom, occupiedTo, places } = first;
    return { postNumber, pseudonym, fteHundredths, occupiedFrom, occupiedTo, places, expenditure };
  });
  return { occupancies, objections };
}

function sensible(day: CalendarDate | null): CalendarDate | null {
  return day === null || day.isBefore(FIRST_DAY) || day.isAfter(LAST_DAY) ? null : day;
}

function yearOf(cell: Cell | null): number | null {
  const text = textOf(cell);
  return text !== null && /^20\d\d$/.test(text) ? Number(text) : null;
}

const REQUIRED: Text = { de: 'Pflichtangabe', en: 'required' };
const NOT_TEXT = ['not-a-text', { de: 'ein Text', en: 'a text' }] as const;
const NOT_A_NUMBER = [
  'not-a-number',
  { de: 'eine Zahl mit höchstens zwei Nachkommastellen', en: 'a number with at most two decimals' },
] as const;
const NOT_A_DAY = ['not-a-day', { de: 'ein Tag als TT.MM.JJJJ', en: 'a day as DD.MM.YYYY' }] as const;
const NOT_A_YEAR = ['not-a-year', { de: 'ein Jahr ab 2000', en: 'a year from 2000 on' }] as const;
const NEGATIVE: Text = { de: 'Ausgaben sind nicht negativ.', en: 'Expenditure is not negative.' };
const TOGETHER: Text = {
  de: 'Haushaltsjahr und Ist-Ausgaben stehen zusammen oder fehlen beide.',
  en: 'The year and the expenditure stand together or are both left out.',
};
const FORMULA: Text = {
  de: 'Eine Formel wird nicht gelesen; einzutragen ist ihr Wert.',
  en: 'A formula is not read; enter its value.',
};
const UNKNOWN_COLUMN: Text = {
  de: 'Diese Spalte kennt die Vorlage nicht.',
  en: 'The template does not know this column.',
};
const REPEATED_COLUMN: Text = { de: 'Diese Spalte kommt doppelt vor.', en: 'This column occurs twice.' };
const NO_ROWS: Text = { de: 'Die Tabelle enthält keine Besetzung.', en: 'The sheet holds no occupancy.' };
const TOO_MANY_ROWS: Text = {
  de: `Höchstens ${String(MOST_ROWS)} Zeilen je Datei.`,
  en: `At most ${String(MOST_ROWS)} rows per file.`,
};
const CONTRADICTION: Text = {
  de: 'Eine frühere Zeile nennt für dieselbe Besetzung etwas anderes.',
  en: 'An earlier row says otherwise of the same occupancy.',
};
const REPEATED_ROW: Text = {
  de: 'Diese Besetzung steht schon in einer früheren Zeile; mehrere Zeilen nennen je ein Haushaltsjahr.',
  en: 'This occupancy stands in an earlier row already; several rows name one year each.',
};
const REPEATED_YEAR: Text = {
  de: 'Für dieses Haushaltsjahr nennt schon eine frühere Zeile die Ausgaben.',
  en: 'An earlier row names the expenditure of this year already.',
};
