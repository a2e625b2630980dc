import { Injectable } from '@nestjs/common';
import { CalendarDate } from '../kernel/calendar-date.js';
import { newId, type CentreId, type OccupancyId, type PostId } from '../kernel/ids.js';
import { Money } from '../kernel/money.js';
import type { ReadTx, Tx } from '../platform/database/tx.js';
import type { Key } from '../platform/http/page.js';
import type { Expenditure, NewOccupancy, Occupancy, PersonClaim } from './occupancy.rules.js';

export interface OccupancyFilter {
  readonly centreId: CentreId | null;
  readonly postId: PostId | null;
  readonly on: CalendarDate | null;
  readonly corrected: boolean;
}

interface OccupancyRow extends Omit<
  Occupancy,
  'occupiedFrom' | 'occupiedTo' | 'correctedAt' | 'expenditure'
> {
  readonly occupiedFrom: string;
  readonly occupiedTo: string | null;
  readonly correctedAt: Date | null;
  readonly expenditure: readonly { fundingYear: number; cents: string }[];
}

const select = (pseudonym: string): string => `
  select o.id, o.post_id as "postId", o.centre_id as "centreId", o.occupied_from::text as "occupiedFrom",
         o.occupied_to::text as "occupiedTo", o.fte_hundredths as "fteHundredths", ${pseudonym} as pseudonym, o.corrects,
         o.corrected_at as "correctedAt", o.correction_reason as "correctionReason", o.version,
         coalesce((select json_agg(json_build_object('fundingYear', e.funding_year, 'cents', e.amount_cents::text) order by e.funding_year)
                     from occupancy_expenditure e
                    where e.occupancy_id = o.id and e.replaced_at is null and e.amount_cents is not null), '[]') as expenditure
    from occupancy o`;
/** A body knows its own people by their pseudonyms; nobody else may read the column. */
const OWN = select('o.pseudonym');
const EXAMINED = select('null::text');

@Injectable()
export class OccupancyRepository {
  async add(tx: Tx, occupancies: readonly NewOccupancy[]): Promise<void> {
    const rows = occupancies.map(({ expenditure: _, ...row }) => row);
    await tx.rows(
      `insert into occupancy (id, post_id, centre_id, occupied_from, occupied_to, fte_hundredths, pseudonym, corrects)
       select n.id, n."postId", n."centreId", n."occupiedFrom", n."occupiedTo", n."fteHundredths", n.pseudonym, n.corrects
         from jsonb_to_recordset($1) as n(id uuid, "postId" uuid, "centreId" uuid, "occupiedFrom" date, "occupiedTo" date,
                                          "fteHundredths" integer, pseudonym text, corrects uuid)`,
      [JSON.stringify(rows)],
    );
    await this.addExpenditure(
      tx,
      occupancies.flatMap(({ id, centreId, expenditure }) =>
        expenditure.map((one) => ({ id, centreId, ...one })),
      ),
    );
  }

  async addExpenditure(
    tx: Tx,
    expenditure: readonly (Expenditure & Pick<Occupancy, 'id' | 'centreId'>)[],
  ): Promise<void> {
    if (expenditure.length === 0) return;
    const rows = expenditure.map(({ id, centreId, fundingYear, amount }) => ({
      id: newId(),
      occupancyId: id,
      centreId,
      fundingYear,
      cents: amount.toString(),
    }));
    await tx.rows(
      `insert into occupancy_expenditure (id, occupancy_id, centre_id, funding_year, amount_cents)
       select n.id, n."occupancyId", n."centreId", n."fundingYear", n.cents
         from jsonb_to_recordset($1)
           as n(id uuid, "occupancyId" uuid, "centreId" uuid, "fundingYear" integer, cents bigint)`,
      [JSON.stringify(rows)],
    );
  }

  /** A later figure takes the place of the one before, which stays as it was. */
  async replaceExpenditure(
    tx: Tx,
    occupancy: Pick<Occupancy, 'id' | 'centreId'>,
    expenditure: Expenditure,
  ): Promise<void> {
    await tx.rows(
      `update occupancy_expenditure set replaced_at = transaction_timestamp(), version = version + 1
        where occupancy_id = $1 and funding_year = $2 and replaced_at is null`,
      [occupancy.id, expenditure.fundingYear],
    );
    await this.addExpenditure(tx, [{ id: occupancy.id, centreId: occupancy.centreId, ...expenditure }]);
  }

  async touch(tx: Tx, id: OccupancyId): Promise<void> {
    await tx.rows('update occupancy set version = version + 1 where id = $1', [id]);
  }

  async end(tx: Tx, id: OccupancyId, on: CalendarDate): Promise<void> {
    await tx.rows('update occupancy set occupied_to = $2, version = version + 1 where id = $1', [
      id,
      on.toString(),
    ]);
  }

  async markCorrected(tx: Tx, id: OccupancyId, reason: string): Promise<void> {
    await tx.rows(
      `update occupancy set corrected_at = transaction_timestamp(), correction_reason = $2, version = version + 1 where id = $1`,
      [id, reason],
    );
  }

  /** The occupancy of one's own body, locked. */
  async lockOwn(tx: Tx, id: OccupancyId): Promise<Occupancy | null> {
    const [row] = await tx.rows<OccupancyRow>(`${OWN} where o.id = $1 for update of o`, [id]);
    return row === undefined ? null : occupancyOf(row);
  }

  /** What counts on these posts of one's own body. */
  async currentOn(tx: ReadTx, posts: readonly PostId[]): Promise<Occupancy[]> {
    const rows = await tx.rows<OccupancyRow>(
      `${OWN} where o.post_id = any ($1) and o.corrected_at is null order by o.occupied_from, o.id`,
      [posts],
    );
    return rows.map(occupancyOf);
  }

  /** What counts on posts of a centre, or of all; without pseudonyms. */
  async costed(tx: ReadTx, centreId: CentreId | null): Promise<Occupancy[]> {
    const rows = await tx.rows<OccupancyRow>(
      `${EXAMINED} where ($1::uuid is null or o.centre_id = $1) and o.corrected_at is null order by o.id`,
      [centreId],
    );
    return rows.map(occupancyOf);
  }

  async page(
    tx: ReadTx,
    { centreId, postId, on, corrected }: OccupancyFilter,
    { after, limit, own }: { after: Key | null; limit: number; own: boolean },
  ): Promise<Occupancy[]> {
    const rows = await tx.rows<OccupancyRow>(
      `${own ? OWN : EXAMINED}
        where ($1::uuid is null or o.centre_id = $1) and ($2::uuid is null or o.post_id = $2)
          and ($3::date is null or (o.occupied_from <= $3 and (o.occupied_to is null or o.occupied_to > $3)))
          and ($4 or o.corrected_at is null) and ($5::uuid is null or o.id > $5)
        order by o.id limit $6`,
      [centreId, postId, on?.toString() ?? null, corrected, after?.[0] ?? null, limit],
    );
    return rows.map(occupancyOf);
  }

  /** Which of the claims would put a person on more than one full post over all bodies, by their place; locks the persons. */
  async doubleFunded(tx: Tx, claims: readonly PersonClaim[]): Promise<Set<number>> {
    const rows = await tx.rows<{ place: number }>('select place from staffing.double_funded($1) as place', [
      JSON.stringify(
        claims.map(({ pseudonym, occupiedFrom, occupiedTo, fteHundredths, replaces }, place) => ({
          ...{ place, pseudonym, from: occupiedFrom, to: occupiedTo, fte: fteHundredths, replaces },
        })),
      ),
    ]);
    return new Set(rows.map(({ place }) => place));
  }
}

function occupancyOf({
  occupiedFrom,
  occupiedTo,
  correctedAt,
  expenditure,
  ...row
}: OccupancyRow): Occupancy {
  return {
    ...row,
    occupiedFrom: CalendarDate.parse(occupiedFrom),
    occupiedTo: occupiedTo === null ? null : CalendarDate.parse(occupiedTo),
    correctedAt: correctedAt?.toISOString() ?? null,
    expenditure: expenditure.map(({ fundingYear, cents }) => ({
      fundingYear,
      amount: Money.ofCents(BigInt(cents)),
    })),
  };
}
