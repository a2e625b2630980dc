/**
 * A notice as it is printed: every word of it, in order, and nothing of the trade behind it. Whoever decides says it
 * in these terms; this folder only sets it.
 */
export interface NoticeDocument {
  /** Printed across every page, and said in words, while it is not yet released. */
  readonly draft: boolean;
  readonly title: string;
  /** What the letter is about, in one line. */
  readonly subject: string;
  readonly sender: string;
  readonly unit: string;
  readonly returnLine: string;
  readonly address: readonly string[];
  /** File number, date and the like, beside the address. */
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  /** A warning in a frame above the text; empty where there is none. */
  readonly warning: string;
  readonly opening: readonly string[];
  readonly sections: readonly NoticeSection[];
  readonly closing: readonly string[];
  readonly enclosures: readonly string[];
  /** Each begins on a page of its own. */
  readonly annexes: readonly NoticeSection[];
  /** At the head of every page but the first. */
  readonly running: string;
  /** At the foot of every page, beside its number. */
  readonly footer: string;
  readonly keywords: readonly string[];
  /** Seconds since 1970: the instant the document bears, so that the same notice is the same bytes for ever. */
  readonly at: number;
}

export interface NoticeSection {
  readonly heading: string;
  readonly blocks: readonly NoticeBlock[];
  readonly sections: readonly NoticeSection[];
}

export type NoticeBlock =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'items'; readonly items: readonly string[] }
  | NoticeTable;

export interface NoticeTable {
  readonly kind: 'table';
  readonly caption: string;
  readonly columns: readonly NoticeColumn[];
  readonly rows: readonly (readonly string[])[];
  /** A last line with the sums; empty where nothing is summed. */
  readonly total: readonly string[];
}

export interface NoticeColumn {
  readonly title: string;
  /** Set to the right, in figures of equal width. */
  readonly numeric: boolean;
  /** Its part of the width; 0 for as much as its contents need. */
  readonly width: number;
}

/**
 * Letters a notice is set with, all of them in the font it ships: those German authorities must be able to write
 * (DIN 91379: Latin with its signs), Greek, Cyrillic, and the signs of ordinary text.
 */
const LETTERS = lettersOf([
  '0020-007E 00A0-00AC 00AE-017F 018F 0192 01A0-01A1 01AF-01B0 01B7 01CD-01DC 01E2-01E7 01EA-01EB',
  '01EE-01F0 01F4-01F5 01FA-0201 0218-021B 0259 0292 02B9 02BB-02BF 02C6-02C8 02CA-02CC 02D8-02DD',
  '0300-0304 0306-030D 030F 0312 0313 0315 031B 0323-0329 032E 0331 0384-038A 038C 038E-03A1 03A3-03CE',
  '0400-045F 0490-0491 1E02-1E03 1E06-1E07 1E0A-1E11 1E20-1E2B 1E32-1E3B 1E3E-1E49 1E56-1E63 1E6A-1E6F',
  '1E80-1E85 1E8E-1E97 1E9E-1EF9 2010-201E 2020-2022 2026 2030 2032-2033 2039-203A 20AC 2116 2122',
  '2190-2193 2212 2248 2260 2264-2265',
]);

function lettersOf(ranges: readonly string[]): ReadonlySet<string> {
  const letters = ranges
    .flatMap((line) => line.split(' '))
    .flatMap((range) => {
      const [first = 0, last = first] = range.split('-').map((number) => Number.parseInt(number, 16));
      return Array.from({ length: last - first + 1 }, (_, place) => String.fromCodePoint(first + place));
    });
  return new Set(letters);
}

/** For the test of the font. */
export const printableLetters: ReadonlySet<string> = LETTERS;

/**
 * Text as it is printed. What the font has no letter for, and what would steer the text instead of being part of it
 * (control characters, reversals of the direction of writing), is named by its number where it stands: a notice
 * neither drops a sign of its facts nor lets one change what a reader sees.
 */
export function printable(text: string): string {
  return Array.from(bound(text.normalize('NFC')), (sign) => (LETTERS.has(sign) ? sign : named(sign))).join(
    '',
  );
}

function named(sign: string): string {
  const number = (sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `[U+${number}]`;
}

const MONTHS = 'Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember';
const HARD = '\u00A0';

/** What belongs together is not torn apart at the end of a line: 170.000,00 EUR, 1. Mai 2016, § 44 LHO, Nr. 7. */
function bound(text: string): string {
  return text
    .replace(
      new RegExp(`(\\d\\.) (${MONTHS})( \\d{4})?`, 'g'),
      (_, day: string, month: string, year?: string) =>
        [day, month, ...(year === undefined ? [] : [year.trim()])].join(HARD),
    )
    .replace(/(\d) (EUR|VZÄ|v\. H\.|Tage|Monate)(?!\p{L})/gu, `$1${HARD}$2`)
    .replace(/(§§?|\bNr\.|\bAbs\.|\bS\.|\bArt\.|\bAnlage|\bStelle|\bAz\.|\bSatz) (?=\d)/gu, `$1${HARD}`);
}

/** The same for a whole document: every text in it, however deep. */
export function printableDocument(document: NoticeDocument): NoticeDocument {
  return throughout(document);
}

function throughout<T>(value: T): T;
function throughout(value: unknown): unknown {
  if (typeof value === 'string') return printable(value);
  if (Array.isArray(value)) return value.map((one: unknown) => throughout(one));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, one]: [string, unknown]) => [name, throughout(one)]),
    );
  }
  return value;
}
