import { Injectable } from '@nestjs/common';
import { CalendarDate } from '../../kernel/calendar-date.js';
import type { DecisionId } from '../../kernel/ids.js';
import { Money } from '../../kernel/money.js';
import type { ReadTx } from '../../platform/database/tx.js';
import type { ProgrammeCode } from '../../programmes/guideline.rules.js';
import { decidedYears, type DecidedGrant, type FrozenDecision } from './replay.rules.js';

interface FrozenRow extends Omit<FrozenDecision, 'decided'> {
  readonly amounts: readonly {
    readonly fundingYear: number;
    readonly source: string;
    readonly cents: string;
  }[];
}

interface GrantRow extends FrozenRow, Pick<DecidedGrant, 'centreId' | 'fileNumber'> {
  readonly settled: Readonly<Record<string, string | null>>;
}

const FROZEN = `
  select d.id, v.inputs, v.steps, v.sha256, d.centre_id as "centreId", d.file_number as "fileNumber",
         coalesce((select json_object_agg(g.funding_year, g.settled_on::text) from grant_year g where g.decision_id = d.id),
                  '{}'::json) as settled,
         coalesce((select json_agg(json_build_object('fundingYear', a.funding_year, 'source', a.source,
                                                     'cents', a.amount_cents::text))
                     from decision_amount a where a.decision_id = d.id and a.validity <> 'discarded'),
                  '[]'::json) as amounts
    from decision_derivation v join decision d on d.id = v.decision_id and d.draft = v.draft
   where d.state <> 'discarded'`;

function frozenOf({ id, inputs, steps, sha256, amounts }: FrozenRow): FrozenDecision {
  const decided = amounts.map(({ cents, ...one }) => ({ ...one, amount: Money.ofCents(BigInt(cents)) }));
  return { id, inputs, steps, sha256, decided };
}

/** A grant year by year; a year for which it grants nothing is left out. */
function grantsOf({ settled, centreId, fileNumber, ...row }: GrantRow): DecidedGrant[] {
  const { id, inputs, decided } = frozenOf(row);
  return decidedYears(inputs).flatMap(({ fundingYear, facts, periodFrom }) => {
    const own = decided.filter((one) => one.fundingYear === fundingYear);
    if (own.length === 0) return [];
    const settledOn = settled[String(fundingYear)] ?? null;
    return [
      {
        ...{ id, centreId, fileNumber, fundingYear, facts, periodFrom },
        guidelineVersionId: facts.version.id,
        settledOn: settledOn === null ? null : CalendarDate.parse(settledOn),
        decided: new Map(own.map(({ source, amount }) => [source, amount])),
      },
    ];
  });
}

/** Decisions as they were frozen, beside what they fix. */
@Injectable()
export class FrozenDecisionRepository {
  /** Decisions with what they froze and the amounts they fix by year and source, in the order of their ids. */
  async frozen(tx: ReadTx, after: DecisionId | null, limit: number): Promise<FrozenDecision[]> {
    const rows = await tx.rows<FrozenRow>(
      `${FROZEN} and ($1::uuid is null or d.id > $1::uuid) order by d.id limit $2`,
      [after, limit],
    );
    return rows.map(frozenOf);
  }

  /** Released grants that still hold, year by year. */
  async releasedGrants(tx: ReadTx, programme: ProgrammeCode): Promise<DecidedGrant[]> {
    const rows = await tx.rows<GrantRow>(
      `${FROZEN} and d.programme = $1 and d.state <> 'drafted' and d.kind <> 'refusal'
         and exists (select from decision_amount a where a.decision_id = d.id and a.validity = 'in_force')
       order by d.file_number`,
      [programme],
    );
    return rows.flatMap(grantsOf);
  }
}
