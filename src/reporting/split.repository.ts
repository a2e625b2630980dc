import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../kernel/calendar-date.js';
import type { CentreId } from '../kernel/ids.js';
import { Money } from '../kernel/money.js';
import type { ReadTx } from '../platform/database/tx.js';
import type { Key } from '../platform/http/page.js';
import type { Split, SplitSource } from './split.rules.js';

export interface CentreSplit extends Split {
  readonly centreId: CentreId;
  readonly ags: string;
  readonly centreName: string;
}

export interface StatewideSplit extends Split {
  /** The part of `committed` that rests on modelled plans. */
  readonly modelledCommitted: Money;
}

/** Totals by source, and the two sides of all accounts of the year: equal, or the ledger is broken. */
export interface Statewide {
  readonly splits: readonly StatewideSplit[];
  readonly debits: Money;
  readonly credits: Money;
}

export interface SplitFilter {
  readonly fundingYear: number;
  readonly asOf: CalendarDate;
  readonly centreId: CentreId | null;
  readonly after: Key | null;
  readonly limit: number;
}

interface Row {
  source: SplitSource;
  planned_cents: string;
  committed_cents: string;
  paid_cents: string | null;
  settled_cents: string;
  modelled: boolean;
}

@Injectable()
export class SplitRepository {
  /** By centre and source, as far as the caller may see centres' money: a municipality sees its own. */
  async splits(
    tx: ReadTx,
    { fundingYear, asOf, centreId, after, limit }: SplitFilter,
  ): Promise<CentreSplit[]> {
    const rows = await tx.rows<Row & { centre_id: CentreId; ags: string; name: string }>(
      `select s.*, c.ags, c.name
         from reporting.split($1, $2, $3) as s join centre c on c.id = s.centre_id
        where $4::text is null or (c.ags, s.source) > ($4::text, $5::text)
        order by c.ags, s.source limit $6`,
      [fundingYear, asOf.toString(), centreId, after?.[0] ?? null, after?.[1] ?? null, limit],
    );
    return rows.map((row) => ({
      ...splitOf(row),
      centreId: row.centre_id,
      ags: row.ags,
      centreName: row.name,
    }));
  }

  /** The whole Land in one statement; the same numbers for whoever asks. */
  async statewide(tx: ReadTx, fundingYear: number, asOf: CalendarDate): Promise<Statewide> {
    const rows = await tx.rows<Row & { modelled_cents: string; debits_cents: string; credits_cents: string }>(
      'select * from reporting.statewide($1, $2)',
      [fundingYear, asOf.toString()],
    );
    return {
      splits: rows.map((row) => ({ ...splitOf(row), modelledCommitted: moneyOf(row.modelled_cents) })),
      debits: moneyOf(rows[0]?.debits_cents ?? '0'),
      credits: moneyOf(rows[0]?.credits_cents ?? '0'),
    };
  }
}

const moneyOf = (cents: string): Money => Money.ofCents(BigInt(cents));

function splitOf(row: Row): Split {
  return {
    source: row.source,
    planned: moneyOf(row.planned_cents),
    committed: moneyOf(row.committed_cents),
    paid: row.paid_cents === null ? null : moneyOf(row.paid_cents),
    settled: moneyOf(row.settled_cents),
    modelled: row.modelled,
  };
}
