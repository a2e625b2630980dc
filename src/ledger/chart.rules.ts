import type { BudgetLineId, CaseId, CentreId } from '../kernel/ids.js';

/** The stages money passes, each a kind of account. `outside` and `memo_outside` are the world beyond this ledger. */
export const stages = [
  'outside',
  'appropriated',
  'allocated',
  'committed',
  'called',
  'paid',
  'settled',
  'memo_outside',
  'memo_committed',
  'memo_settled',
] as const;
export type Stage = (typeof stages)[number];

/** Who money comes from. Teacher posts of the school ministry are seconded staff: no money, so not in the ledger. */
export const ledgerSources = ['state_integration', 'municipal', 'third_party'] as const;
export type LedgerSource = (typeof ledgerSources)[number];

/** Which account: a stage and the dimensions it has. */
export interface AccountKey {
  readonly stage: Stage;
  readonly lineId?: BudgetLineId;
  readonly fundingYear: number;
  readonly programme?: string;
  readonly centreId?: CentreId;
  readonly source?: LedgerSource;
  readonly caseId?: CaseId;
}

type Dimension = Exclude<keyof AccountKey, 'stage'>;

const CASE: readonly Dimension[] = ['lineId', 'fundingYear', 'programme', 'centreId', 'source', 'caseId'];
const MEMO: readonly Dimension[] = ['fundingYear', 'programme', 'centreId', 'source', 'caseId'];

/** The dimensions each stage has. From commitment on they name the case, so no decision drains another's commitment. */
export const chart: Readonly<Record<Stage, readonly Dimension[]>> = {
  outside: ['lineId', 'fundingYear'],
  appropriated: ['lineId', 'fundingYear'],
  allocated: ['lineId', 'fundingYear', 'programme'],
  committed: CASE,
  called: CASE,
  paid: CASE,
  settled: CASE,
  memo_outside: MEMO,
  memo_committed: MEMO,
  memo_settled: MEMO,
};

/**
 * The key cut down to what the stage's account has.
 * @throws RangeError when a dimension the stage needs is missing.
 */
export function accountKey(stage: Stage, dimensions: Omit<AccountKey, 'stage'>): AccountKey {
  const known = chart[stage].map((name) => {
    const value = dimensions[name];
    if (value === undefined) {
      throw new RangeError(`An account of stage ${stage} needs ${name}`);
    }
    return [name, value] as const;
  });
  return { stage, fundingYear: dimensions.fundingYear, ...Object.fromEntries(known) };
}
