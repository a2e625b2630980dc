import { Injectable } from '@nestjs/common';
import type { BudgetLineId, CentreId } from '../kernel/ids.js';
import { Money } from '../kernel/money.js';
import type { Stage } from '../ledger/chart.rules.js';
import type { ReadTx } from '../platform/database/tx.js';
import type { BurnDownGroup, BurnDownMovement, ExpectedPayment } from './burn-down.rules.js';

export interface BurnDownFilter {
  readonly fundingYear: number;
  readonly by: BurnDownGroup;
  readonly lineId: BudgetLineId | null;
  readonly programme: string | null;
  readonly centreId: CentreId | null;
}

interface Row {
  stage: Stage;
  line_id: BudgetLineId | null;
  line: string | null;
  programme: string | null;
  centre_id: CentreId | null;
  centre: string | null;
  month: string | null;
  debits: string;
  credits: string;
  reversed: string;
}

/** From the ledger's own totals, of the Land or of its centres: the effort does not grow with the transfers. */
const STATEWIDE = `
  select t.stage, t.line_id, l.chapter || ' ' || l.title as line, t.programme, null::uuid as centre_id, null::text as centre,
         t.starts_on as day, t.debits, t.credits, t.reversed
    from stage_total t join budget_line l on l.id = t.line_id
   where t.funding_year = $1 and t.span = case $5 when 'month' then 'month' else 'year' end
     and $4::uuid is null`;
const OF_CENTRES = `
  select t.stage, t.line_id, l.chapter || ' ' || l.title as line, t.programme, t.centre_id, c.name as centre,
         t.starts_on as day, t.debits, t.credits, t.reversed
    from centre_total t join budget_line l on l.id = t.line_id join centre c on c.id = t.centre_id
   where t.funding_year = $1 and t.span = 'month' and ($4::uuid is null or t.centre_id = $4) and $5::text is not null`;

@Injectable()
export class BurnDownRepository {
  async movements(tx: ReadTx, filter: BurnDownFilter): Promise<BurnDownMovement[]> {
    const { fundingYear, by, lineId, programme, centreId } = filter;
    const source = by === 'centre' || centreId !== null ? OF_CENTRES : STATEWIDE;
    const rows = await tx.rows<Row>(
      `select stage,
              case when $5 = 'line' then line_id end as line_id, case when $5 = 'line' then line end as line,
              case when $5 = 'programme' then programme end as programme,
              case when $5 = 'centre' then centre_id end as centre_id, case when $5 = 'centre' then centre end as centre,
              case when $5 = 'month' then to_char(day, 'YYYY-MM') end as month,
              sum(debits)::text as debits, sum(credits)::text as credits, sum(reversed)::text as reversed
         from (${source}) as moved
        where ($2::uuid is null or line_id = $2) and ($3::text is null or programme = $3)
        group by 1, 2, 3, 4, 5, 6, 7`,
      [fundingYear, lineId, programme, centreId, by],
    );
    return rows.map((row) => ({
      ...{ stage: row.stage, lineId: row.line_id, line: row.line, programme: row.programme },
      ...{ centreId: row.centre_id, centre: row.centre, month: row.month },
      debits: Money.ofCents(BigInt(row.debits)),
      credits: Money.ofCents(BigInt(row.credits)),
      reversed: Money.ofCents(BigInt(row.reversed)),
    }));
  }

  /** By the end of each month of the year: the share of every released decision that its payment dates have reached. */
  async expected(
    tx: ReadTx,
    { fundingYear, lineId, programme, centreId }: BurnDownFilter,
  ): Promise<ExpectedPayment[]> {
    const rows = await tx.rows<{ month: string; cents: string }>(
      `select to_char(make_date($1, m.month, 1), 'YYYY-MM') as month,
              coalesce(sum(div(d.amount_cents * coalesce(p.reached, 10000), 10000)), 0)::text as cents
         from generate_series(1, 12) as m(month)
         left join (decision_amount d join decision e on e.id = d.decision_id and e.released_on is not null)
           on d.funding_year = $1 and d.source = 'state_integration' and d.validity = 'in_force'
          and ($2::uuid is null or d.line_id = $2) and ($3::text is null or e.programme = $3)
          and ($4::uuid is null or d.centre_id = $4)
         left join lateral (
           select coalesce(max(g.cumulative_hundredths) filter (where g.month <= m.month), 0) as reached
             from guideline_payment_date g where g.guideline_version_id = e.guideline_version_id
           having count(*) > 0) as p on true
        group by m.month order by m.month`,
      [fundingYear, lineId, programme, centreId],
    );
    return rows.map(({ month, cents }) => ({ month, amount: Money.ofCents(BigInt(cents)) }));
  }
}
