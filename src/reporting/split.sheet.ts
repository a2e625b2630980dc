import { stringify } from 'csv-stringify/sync';
import type { CentreSplit } from './split.repository.js';

/** A cell that begins like a formula would be computed by the spreadsheet that opens it. */
const FORMULA = /^[=+\-@\t\r]/;
export const harmless = (cell: string): string => (FORMULA.test(cell) ? `'${cell}` : cell);

const COLUMNS = [
  'fundingYear',
  'ags',
  'centreName',
  'centreId',
  'source',
  'plannedCents',
  'committedCents',
  'paidCents',
  'settledCents',
  'modelled',
] as const;

/** The splits as CSV (RFC 4180, semicolon, UTF-8 with its mark, as German spreadsheets read it); amounts in cents. */
export function splitSheet(fundingYear: number, splits: readonly CentreSplit[]): string {
  const rows = splits.map((split) => [
    String(fundingYear),
    harmless(split.ags),
    harmless(split.centreName),
    split.centreId,
    split.source,
    split.planned.toString(),
    split.committed.toString(),
    split.paid?.toString() ?? '',
    split.settled.toString(),
    String(split.modelled),
  ]);
  return stringify([[...COLUMNS], ...rows], { delimiter: ';', bom: true, record_delimiter: 'windows' });
}
