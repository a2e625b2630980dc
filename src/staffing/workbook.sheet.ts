import { zipSync } from 'fflate';
import { buffer } from 'node:stream/consumers';
import readXlsxFile from 'read-excel-file/node';
import { Parser } from 'saxen';
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { CalendarDate } from '../kernel/calendar-date.js';
import { Failure } from '../kernel/failure.js';
import { violation, type Text } from '../kernel/violation.js';
import type { Cell, Sheet } from './sheet.rules.js';

const MOST_PARTS = 100;
const MOST_UNPACKED = 10_000_000;
const MOST_ROWS = 5_000;
const MOST_COLUMNS = 50;

/** Parts a workbook of values has no use for: other files, macros, connections to elsewhere. */
const FOREIGN =
  /^(xl\/(externalLinks|embeddings|activeX|ctrlProps|queryTables|macrosheets)\/|xl\/(vbaProject\.bin|connections\.xml))/i;
const NEEDED =
  /^(\[Content_Types\]\.xml|_rels\/\.rels|xl\/(workbook|sharedStrings|styles)\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/worksheets\/[^/]+\.xml)$/;
const ADDRESS = /^([A-Z]{1,3})([1-9]\d{0,6})$/;

/**
 * Reads the first sheet of an XLSX file from whoever sends one. Sizes are checked before anything is inflated and again
 * while it is; what was checked is packed anew, so that the reading library sees exactly that. Formulas are reported as
 * such, never with the result some other program has left in the file.
 * @throws Failure 400 or 413 for what is no workbook of plain values.
 */
export async function readWorkbook(bytes: Buffer): Promise<Sheet> {
  const parts = await unpack(bytes);
  const formulas = new Map<string, ReadonlySet<string>>();
  for (const [name, content] of parts) {
    formulas.set(name, inspect(name, content.toString('utf8')));
  }
  const [first] = await sheetsOf(parts);
  if (first === undefined) throw refused('not-a-workbook', NOT_A_WORKBOOK);
  return {
    name: first.sheet,
    rows: withFormulas(first.data, formulas.get(pathOf(first.sheet, parts)) ?? new Set()),
  };
}

async function unpack(bytes: Buffer): Promise<Map<string, Buffer>> {
  const parts = new Map<string, Buffer>();
  try {
    const zip = await fromBufferPromise(bytes, { lazyEntries: true, strictFileNames: true });
    const entries: Entry[] = [];
    let unpacked = 0;
    for await (const entry of zip.eachEntry()) {
      unpacked += entry.uncompressedSize;
      if (entries.push(entry) > MOST_PARTS || unpacked > MOST_UNPACKED) throw tooLarge();
      if (FOREIGN.test(entry.fileName)) throw refused('foreign-part', FOREIGN_PART);
    }
    for (const entry of entries.filter(({ fileName }) => NEEDED.test(fileName))) {
      if (parts.has(entry.fileName)) throw refused('not-a-workbook', NOT_A_WORKBOOK);
      parts.set(entry.fileName, await contentOf(zip, entry));
    }
  } catch (error) {
    throw error instanceof Failure ? error : refused('not-a-workbook', NOT_A_WORKBOOK);
  }
  return parts;
}

/** The stream fails as soon as an entry holds more than its header says, which was counted before. */
async function contentOf(zip: ZipFile, entry: Entry): Promise<Buffer> {
  return buffer(await zip.openReadStreamPromise(entry));
}

/**
 * Walks the XML with the parser the reading library uses: no declarations that could define entities, no cell far out
 * that would have to be reached with empty rows. Gives the addresses of cells with formulas.
 */
function inspect(name: string, xml: string): Set<string> {
  const formulas = new Set<string>();
  let address = '';
  const seen: { fault: Failure | null } = { fault: null };
  const parser = new Parser();
  parser.on('attention', () => {
    seen.fault ??= refused('declaration', DECLARATION);
  });
  parser.on('error', () => {
    seen.fault ??= refused('not-a-workbook', NOT_A_WORKBOOK);
  });
  parser.on('openTag', (tag, attributes) => {
    const local = tag.slice(tag.indexOf(':') + 1);
    if (!name.startsWith('xl/worksheets/')) return;
    if (local === 'row') {
      const row = attributes()['r'];
      if (row !== undefined && !(/^[1-9]\d{0,6}$/.test(row) && Number(row) <= MOST_ROWS))
        seen.fault ??= tooLarge();
    } else if (local === 'c') {
      address = attributes()['r'] ?? '';
      if (!isNear(address)) seen.fault ??= tooLarge();
    } else if (local === 'f') {
      formulas.add(address);
    }
  });
  parser.parse(xml);
  if (seen.fault !== null) throw seen.fault;
  return formulas;
}

function isNear(address: string): boolean {
  const [, letters, row] = ADDRESS.exec(address) ?? [];
  return letters !== undefined && Number(row) <= MOST_ROWS && columnOf(letters) < MOST_COLUMNS;
}

function columnOf(letters: string): number {
  return Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

async function sheetsOf(parts: ReadonlyMap<string, Buffer>) {
  const packed = zipSync(
    Object.fromEntries([...parts].map(([name, content]) => [name, new Uint8Array(content)])),
    {
      level: 0,
    },
  );
  try {
    return await readXlsxFile<Cell>(Buffer.from(packed), {
      parseNumber: (text) => ({ kind: 'number', text: plainDigits(text) }),
    });
  } catch {
    throw refused('not-a-workbook', NOT_A_WORKBOOK);
  }
}

/** XLSX stores doubles: 0.29 stands as 0.28999999999999998, and its shortest form says what was typed. */
const plainDigits = (text: string): string => String(Number(text));

/** Which part holds the sheet of this name. */
function pathOf(sheet: string, parts: ReadonlyMap<string, Buffer>): string {
  const ids = new Map<string, string>();
  elements(parts.get('xl/workbook.xml'), 'sheet', (attributes) => {
    const id = Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1];
    if (id !== undefined && attributes['name'] !== undefined) ids.set(decoded(attributes['name']), id);
  });
  let path = '';
  elements(parts.get('xl/_rels/workbook.xml.rels'), 'Relationship', ({ Id, Target }) => {
    if (Id === ids.get(sheet) && Target !== undefined)
      path = Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`;
  });
  if (!parts.has(path)) throw refused('not-a-workbook', NOT_A_WORKBOOK);
  return path;
}

function elements(
  xml: Buffer | undefined,
  wanted: string,
  visit: (attributes: Record<string, string>) => void,
): void {
  const parser = new Parser();
  parser.on('openTag', (tag, attributes) => {
    if (tag.slice(tag.indexOf(':') + 1) === wanted) visit(attributes());
  });
  parser.parse(xml?.toString('utf8') ?? '<none/>');
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const decoded = (text: string): string =>
  text.replaceAll(/&(amp|lt|gt|quot|apos);/g, (whole, name: string) => entities[name] ?? whole);

function withFormulas(
  data: readonly (readonly unknown[])[],
  formulas: ReadonlySet<string>,
): (Cell | null)[][] {
  const rows = data.map((row) => row.map(cellOf));
  for (const address of formulas) {
    const [, letters = '', number = ''] = ADDRESS.exec(address) ?? [];
    const [row, column] = [Number(number) - 1, columnOf(letters)];
    while (rows.length <= row) rows.push([]);
    const cells = rows[row] ?? [];
    while (cells.length <= column) cells.push(null);
    cells[column] = { kind: 'formula' };
  }
  return rows;
}

function cellOf(value: unknown): Cell | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'string') return { kind: 'text', text: value };
  if (value instanceof Date) return dayCell(value);
  return typeof value === 'object' && 'kind' in value ? (value as Cell) : { kind: 'other' };
}

/** Excel's days are instants at midnight; one with a time of day is no day. */
function dayCell(value: Date): Cell {
  const [day, time] = Number.isNaN(value.getTime()) ? [] : value.toISOString().split('T');
  try {
    return day !== undefined && time === '00:00:00.000Z'
      ? { kind: 'day', day: CalendarDate.parse(day) }
      : { kind: 'other' };
  } catch {
    return { kind: 'other' };
  }
}

function refused(code: string, text: Text): Failure {
  return new Failure('malformed-body', { violations: [violation(code, null, text)] });
}

function tooLarge(): Failure {
  return new Failure('body-too-large', { violations: [violation('unpacked-too-large', null, TOO_LARGE)] });
}

const NOT_A_WORKBOOK: Text = { de: 'keine lesbare XLSX-Datei', en: 'not a readable XLSX file' };
const FOREIGN_PART: Text = {
  de: 'Die Datei enthält Makros, eingebettete Dateien oder Verknüpfungen nach außen; gelesen werden nur Werte.',
  en: 'The file holds macros, embedded files or links to elsewhere; only values are read.',
};
const DECLARATION: Text = {
  de: 'Die Datei enthält XML-Deklarationen, die keine Tabellenkalkulation schreibt.',
  en: 'The file holds XML declarations that no spreadsheet program writes.',
};
const TOO_LARGE: Text = {
  de: 'Entpackt ist die Datei zu groß: höchstens 10 MB, 5000 Zeilen und 50 Spalten.',
  en: 'Unpacked, the file is too large: at most 10 MB, 5000 rows and 50 columns.',
};
