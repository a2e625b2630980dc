import { stringify } from 'csv-stringify/sync';
import type { BurnDownRow } from './burn-down.rules.js';
import { harmless } from './split.sheet.js';

const COLUMNS = [
  ...['line', 'lineId', 'programme', 'centre', 'centreId', 'month'],
  ...['appropriatedCents', 'blockedCents', 'allocatedCents', 'committedCents', 'calledCents', 'paidCents'],
  ...['returnedCents', 'freeCents', 'forecastPaidCents'],
];

/** The report as CSV (RFC 4180, semicolon, UTF-8); amounts in cents, what does not apply is empty. */
export function burnDownSheet(rows: readonly BurnDownRow[], { bom }: { bom: boolean }): string {
  const cells = rows.map((row) => [
    ...[row.line, row.lineId, row.programme, row.centre, row.centreId, row.month].map((cell) =>
      harmless(cell ?? ''),
    ),
    ...[row.appropriated, row.blocked, row.allocated, row.committed, row.called, row.paid].map(
      (sum) => sum?.toString() ?? '',
    ),
    ...[row.returned, row.free, row.forecastPaid].map((sum) => sum?.toString() ?? ''),
  ]);
  return stringify([COLUMNS, ...cells], { delimiter: ';', bom, record_delimiter: 'windows' });
}
