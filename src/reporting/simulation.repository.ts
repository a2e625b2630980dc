import { Injectable } from '@nestjs/common';
import { CalendarDate } from '../kernel/calendar-date.js';
import type { CentreId } from '../kernel/ids.js';
import { Period } from '../kernel/period.js';
import type { ReadTx } from '../platform/database/tx.js';
import type { HostType, PostCategory, ProgrammeCode } from '../programmes/guideline.rules.js';

export interface CentreRow {
  readonly id: CentreId;
  readonly ags: string;
  readonly name: string;
  readonly hostType: HostType;
  readonly open: Period;
}

export interface EstablishedPost {
  readonly centreId: CentreId;
  readonly category: PostCategory;
  readonly fteHundredths: number;
  readonly period: Period;
}

interface Days {
  readonly from: string;
  readonly to: string | null;
}

@Injectable()
export class SimulationRepository {
  /** Every centre that is open on some day of the period; the opening of early ones is only known to be no later. */
  async centres(tx: ReadTx, { from, to }: Period): Promise<CentreRow[]> {
    const rows = await tx.rows<Omit<CentreRow, 'open'> & Days>(
      `select c.id, c.ags, c.name, c.host_type as "hostType", coalesce(c.opened_on, c.known_open_by)::text as from,
              c.closed_on::text as to
         from centre c
        where coalesce(c.opened_on, c.known_open_by) < $2::date and (c.closed_on is null or c.closed_on > $1::date)
        order by c.ags`,
      [from.toString(), to?.toString() ?? null],
    );
    return rows.map(({ from: begins, to: ends, ...centre }) => ({
      ...centre,
      open: periodOf({ from: begins, to: ends }),
    }));
  }

  /** Posts of the establishment that one of the two ministries funds, each with the days of one phase. */
  async establishedPosts(
    tx: ReadTx,
    programme: ProgrammeCode,
    { from, to }: Period,
  ): Promise<EstablishedPost[]> {
    const rows = await tx.rows<Omit<EstablishedPost, 'period'> & Days>(
      `select f.centre_id as "centreId", f.category, f.fte_hundredths as "fteHundredths", f.valid_from::text as from,
              f.valid_to::text as to
         from post_phase f join post p on p.id = f.post_id
        where p.programme = $1 and f.funder <> 'municipality'
          and daterange(f.valid_from, f.valid_to) && daterange($2::date, $3::date)
        order by f.centre_id, p.number, f.valid_from`,
      [programme, from.toString(), to?.toString() ?? null],
    );
    return rows.map(({ from: begins, to: ends, ...post }) => ({
      ...post,
      period: periodOf({ from: begins, to: ends }),
    }));
  }
}

function periodOf({ from, to }: Days): Period {
  return Period.of(CalendarDate.parse(from), to === null ? null : CalendarDate.parse(to));
}
