import { stringify } from 'csv-stringify/sync';
import writeXlsxFile from 'write-excel-file/node';
import { columns, type Column } from './import.rules.js';
import { fte, latestPhase, type Post } from './staffing.rules.js';

/** The sheet people fill in. */
export const SHEET = 'Besetzungen';

const titles = (Object.keys(columns) as Column[]).map((column) => columns[column]);
const bold = (value: string) => ({ value, fontWeight: 'bold' as const });

/** An empty sheet with its columns, and beside it the posts whose numbers can be used. */
export function xlsxTemplate(posts: readonly Post[]): Promise<Buffer> {
  const plan = [
    ['Stelle', 'Programm', 'Art', 'VZÄ', 'Besteht seit', 'Abgeschafft ab'].map(bold),
    ...posts.map((post) => planRow(post).map((value) => ({ value }))),
  ];
  return writeXlsxFile([
    {
      sheet: SHEET,
      data: [titles.map(bold)],
      columns: titles.map(() => ({ width: 20 })),
      stickyRowsCount: 1,
    },
    { sheet: 'Stellen', data: plan, columns: Array.from({ length: 6 }, () => ({ width: 18 })) },
  ]).toBuffer();
}

function planRow(post: Post): string[] {
  const { category, fteHundredths } = latestPhase(post);
  const words = { specialist: 'Fachkraft', assistant: 'Verwaltungsassistenz', teacher: 'Lehrkraft' };
  const { number, programme, establishedOn, abolishedOn } = post;
  return [
    number,
    programme,
    words[category],
    fte(fteHundredths, 'de'),
    String(establishedOn),
    String(abolishedOn ?? ''),
  ];
}

/** With semicolons and a byte order mark, as German spreadsheet programs expect. */
export function csvTemplate(): Buffer {
  return Buffer.from(stringify([titles], { delimiter: ';', bom: true, record_delimiter: 'windows' }));
}
