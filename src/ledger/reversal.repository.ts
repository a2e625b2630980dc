import { Injectable } from '@nestjs/common';
import type { CaseId } from '../kernel/ids.js';
import { Money } from '../kernel/money.js';
import type { ReadTx } from '../platform/database/tx.js';
import { accountKey, chart, type AccountKey } from './chart.rules.js';
import { promiseStages, type Commitment, type CommitmentStage } from './reversal.rules.js';

type Row = { readonly [Name in keyof AccountKey]: AccountKey[Name] | null } & {
  readonly stage: CommitmentStage;
  readonly fundingYear: number;
  readonly lying: string;
};

@Injectable()
export class ReversalRepository {
  /** What a case was promised and has not called yet, by account, the newest promise first. */
  async commitments(tx: ReadTx, caseId: CaseId): Promise<Commitment[]> {
    const rows = await tx.rows<Row>(
      `select stage, line_id as "lineId", funding_year as "fundingYear", issue_year as "issueYear", programme,
              centre_id as "centreId", source, case_id as "caseId", (credits - debits)::text as lying
         from account
        where case_id = $1 and stage = any ($2) and credits > debits
        order by funding_year, issue_year desc nulls first, id`,
      [caseId, promiseStages],
    );
    return rows.map(({ lying, ...row }) => ({ account: keyOf(row), lying: Money.ofCents(BigInt(lying)) }));
  }
}

/** An account's row has a null for every dimension its stage does not have. */
function keyOf({ stage, fundingYear, ...rest }: Omit<Row, 'lying'>): Commitment['account'] {
  const dimensions = chart[stage].flatMap((name) =>
    name === 'fundingYear' || rest[name] === null ? [] : [[name, rest[name]] as const],
  );
  return { ...accountKey(stage, { fundingYear, ...Object.fromEntries(dimensions) }), stage };
}
