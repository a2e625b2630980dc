import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../kernel/calendar-date.js';
import type { CentreId } from '../kernel/ids.js';
import { Money } from '../kernel/money.js';
import type { ReadTx } from '../platform/database/tx.js';
import type { Key } from '../platform/http/page.js';
import { splitSources, type Split, type SplitSource } from './split.rules.js';

export interface CentreSplit extends Split {
  readonly centreId: CentreId;
  readonly ags: string;
  readonly centreName: string;
}

/** One year of a series. */
export interface YearSplits {
  readonly fundingYear: number;
  readonly splits: readonly Split[];
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

/** What counts: what took effect until a day, and was recorded until an instant; null for everything recorded. */
export interface Horizon {
  readonly asOf: CalendarDate;
  readonly knownAt: string | null;
}

export interface SplitFilter extends Horizon {
  readonly fundingYear: number;
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
    { fundingYear, asOf, knownAt, centreId, after, limit }: SplitFilter,
  ): Promise<CentreSplit[]> {
    const rows = await tx.rows<Row & { centre_id: CentreId; ags: string; name: string }>(
      `select s.*, c.ags, c.name
         from reporting.split($1, $2, $7, $3) as s join centre c on c.id = s.centre_id
        where $4::text is null or (c.ags, s.source) > ($4::text, $5::text)
        order by c.ags, s.source limit $6`,
      [fundingYear, asOf.toString(), centreId, after?.[0] ?? null, after?.[1] ?? null, limit, knownAt],
    );
    return rows.map((row) => ({
      ...splitOf(row),
      centreId: row.centre_id,
      ags: row.ags,
      centreName: row.name,
    }));
  }

  /** The whole Land in one statement; the same numbers for whoever asks. */
  async statewide(tx: ReadTx, fundingYear: number, { asOf, knownAt }: Horizon): Promise<Statewide> {
    const rows = await tx.rows<Row & { modelled_cents: string; debits_cents: string; credits_cents: string }>(
      'select * from reporting.statewide($1, $2, $3)',
      [fundingYear, asOf.toString(), knownAt],
    );
    return {
      splits: rows.map((row) => ({ ...splitOf(row), modelledCommitted: moneyOf(row.modelled_cents) })),
      debits: moneyOf(rows[0]?.debits_cents ?? '0'),
      credits: moneyOf(rows[0]?.credits_cents ?? '0'),
    };
  }

  /** Year by year, each with every source; of the Land, or of one centre as far as the caller may see it. */
  async series(
    tx: ReadTx,
    { from, to, centreId }: { from: number; to: number; centreId: CentreId | null },
    { asOf, knownAt }: Horizon,
  ): Promise<YearSplits[]> {
    const ofLand = 'select * from reporting.statewide(y.year, $3, $4)';
    const ofCentre = `
      select w.source, coalesce(c.planned_cents, 0) as planned_cents, coalesce(c.committed_cents, 0) as committed_cents,
             case when w.source = 'state_integration' then coalesce(c.paid_cents, 0) end as paid_cents,
             coalesce(c.settled_cents, 0) as settled_cents, coalesce(c.modelled, false) as modelled
        from unnest($6::text[]) as w(source) left join reporting.split(y.year, $3, $4, $5) as c on c.source = w.source`;
    const rows = await tx.rows<Row & { year: number }>(
      `select y.year, s.source, s.planned_cents, s.committed_cents, s.paid_cents, s.settled_cents, s.modelled
         from generate_series($1::integer, $2::integer) as y(year)
         cross join lateral (${centreId === null ? ofLand : ofCentre}) as s
        order by y.year, array_position($6::text[], s.source)${centreId === null ? ', $5::uuid' : ''}`,
      [from, to, asOf.toString(), knownAt, centreId, splitSources],
    );
    return Array.from({ length: to - from + 1 }, (_, index) => ({
      fundingYear: from + index,
      splits: rows.filter(({ year }) => year === from + index).map(splitOf),
    }));
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
