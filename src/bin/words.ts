import type { Config } from '../platform/config.js';
import type { YearSummary } from '../demo/demo.service.js';
import { type Money } from '../kernel/money.js';

const SOURCES: Readonly<Record<string, string>> = {
  state_integration: 'state, integration ministry',
  state_school: 'state, school ministry (seconded teachers, in kind)',
  municipal: 'municipalities',
  third_party: 'foundations and third parties',
};

interface Welcome {
  readonly config: Config;
  readonly address: string;
  readonly folder: string | null;
  readonly years: readonly YearSummary[];
}

/** What a person sees when everything runs: the statewide split, where to go next, and the demo sign-ins. */
export function welcome({ address, folder, years }: Welcome): string {
  const lines = [
    ...years.flatMap(splitTable),
    '',
    `Förderbuch is running on ${address}`,
    `  documentation   ${address}/docs`,
    `  API             ${address}/api/v1/openapi.json`,
  ];
  if (folder !== null) {
    lines.push(`  database        ${folder}`);
  }
  if (years.length > 0) {
    lines.push(
      '',
      'Demo sign-ins (password foerderbuch-demo; POST /api/v1/sessions, or "Authorize" in the documentation):',
    );
    lines.push('  ministry-1 ministry-2 school-1 school-2 laki-1 laki-2 laki-3 cash-1 lrh-1 admin-1 admin-2');
    lines.push('  ki-<8-digit AGS> for each of the 54 bodies, e.g. ki-05558000 (Kreis Coesfeld)');
  }
  lines.push('', 'Ctrl-C stops the server and its database.');
  return lines.join('\n');
}

function splitTable({ fundingYear, splits }: YearSummary): string[] {
  const money = (cents: Money | null) => (cents === null ? '–' : cents.format('de')).padStart(20);
  const head = ['planned', 'committed', 'paid', 'settled'].map((word) => word.padStart(20)).join('');
  return [
    '',
    `Who paid for the municipal integration centres in ${String(fundingYear)} (statewide)`,
    `${''.padEnd(54)}${head}`,
    ...splits.map((item) => {
      const name = `${SOURCES[item.source] ?? item.source}${item.modelled ? ' *' : ''}`;
      return `${name.padEnd(54)}${money(item.planned)}${money(item.committed)}${money(item.paid)}${money(item.settled)}`;
    }),
    '* modelled: published statewide sums, apportioned by population',
  ];
}

export function farewell(embedded: boolean): string {
  return embedded ? '\nStopping the server and its database …' : '\nStopping the server …';
}

/** A port in use is a clear sentence, not a stack trace. */
export function portInUse(error: unknown, { PORT, HOST }: Config): Error | null {
  const inUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  return inUse
    ? new Error(
        `Port ${String(PORT)} on ${HOST} is in use by another program. Set PORT to another one, e.g. PORT=3001 npm start.`,
      )
    : null;
}
