import { Injectable } from '@nestjs/common';
import type { AccountId, CaseId, TransferId } from '../kernel/ids.js';
import { Money } from '../kernel/money.js';
import type { ReadTx } from '../platform/database/tx.js';
import { accountKey, chart, type AccountKey, type Stage } from './chart.rules.js';
import type { Inflow } from './reversal.rules.js';

type Side = { readonly [Name in keyof AccountKey]: AccountKey[Name] | null };

interface Row {
  readonly id: TransferId;
  readonly account: AccountId;
  readonly from: Side;
  readonly to: Side;
  readonly left: string;
  readonly lying: string;
}

const SIDE = (account: string): string =>
  `json_build_object('stage', ${account}.stage, 'lineId', ${account}.line_id, 'fundingYear', ${account}.funding_year,
     'issueYear', ${account}.issue_year, 'programme', ${account}.programme, 'centreId', ${account}.centre_id,
     'source', ${account}.source, 'caseId', ${account}.case_id)`;

@Injectable()
export class ReversalRepository {
  /** What brought money to the commitments of a case and lies there still, newest first. */
  async commitments(tx: ReadTx, caseId: CaseId): Promise<Inflow[]> {
    const rows = await tx.rows<Row>(
      `select t.id, a.id as account, ${SIDE('f')} as "from", ${SIDE('a')} as "to",
              (t.amount_cents - coalesce(undone.cents, 0))::text as "left", (a.credits - a.debits)::text as lying
         from account a
         join transfer t on t.credit = a.id and t.reverses is null
         join account f on f.id = t.debit
         left join lateral (select sum(r.amount_cents) as cents from transfer r where r.reverses = t.id) as undone on true
        where a.case_id = $1 and a.stage in ('committed', 'promised', 'memo_committed') and a.credits > a.debits
          and t.amount_cents > coalesce(undone.cents, 0)
        order by t.at desc, t.id desc`,
      [caseId],
    );
    return rows.map(({ id, account, from, to, left, lying }) => ({
      ...{ transferId: id, account, from: keyOf(from), to: keyOf(to) },
      ...{ left: Money.ofCents(BigInt(left)), lying: Money.ofCents(BigInt(lying)) },
    }));
  }
}

/** An account's row has a null for every dimension its stage does not have. */
function keyOf({ stage, fundingYear, ...rest }: Side): AccountKey {
  if (stage === null || fundingYear === null) throw new Error('an account has a stage and a year');
  const dimensions = chart[stage satisfies Stage].flatMap((name) =>
    name === 'fundingYear' || rest[name] === null ? [] : [[name, rest[name]] as const],
  );
  return accountKey(stage, { fundingYear, ...Object.fromEntries(dimensions) });
}
