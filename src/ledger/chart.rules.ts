import type { BudgetLineId, CaseId, CentreId } from '../kernel/ids.js';
import type { Text } from '../kernel/violation.js';

/**
 * The stages money passes, each a kind of account. The three `outside` ones are the world beyond this ledger.
 * A commitment authorisation is no money but leave to promise money of a later year; it has stages of its own.
 */
export const stages = [
  'outside',
  'appropriated',
  'blocked',
  'allocated',
  'committed',
  'called',
  'paid',
  'settled',
  'remainder',
  'remainder_lapsed',
  'lapsed',
  'authorisation_outside',
  'authorised',
  'promised',
  'redeemed',
  'authorisation_lapsed',
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
  /** Of a commitment authorisation: the year in which it may be used; `fundingYear` is when the money is due. */
  readonly issueYear?: number;
  readonly programme?: string;
  readonly centreId?: CentreId;
  readonly source?: LedgerSource;
  readonly caseId?: CaseId;
}

/** The stages in the words of the trade. */
export const stageNames: Readonly<Record<Stage, Text>> = {
  outside: { de: 'außerhalb', en: 'outside' },
  appropriated: { de: 'Ansatz', en: 'appropriation' },
  blocked: { de: 'gesperrt', en: 'blocked' },
  allocated: { de: 'Mittelzuweisung', en: 'allotment' },
  committed: { de: 'bewilligt', en: 'committed' },
  called: { de: 'abgerufen', en: 'called' },
  paid: { de: 'ausgezahlt', en: 'paid' },
  settled: { de: 'abgerechnet', en: 'settled' },
  remainder: { de: 'Ausgaberest', en: 'remainder that may be carried over' },
  remainder_lapsed: { de: 'verfallener Ausgaberest', en: 'lapsed remainder' },
  lapsed: { de: 'verfallen', en: 'lapsed' },
  authorisation_outside: { de: 'außerhalb', en: 'outside' },
  authorised: { de: 'Verpflichtungsermächtigung', en: 'commitment authorisation' },
  promised: { de: 'für spätere Jahre zugesagt', en: 'promised for later years' },
  redeemed: { de: 'eingelöst', en: 'redeemed' },
  authorisation_lapsed: { de: 'verfallene Verpflichtungsermächtigung', en: 'lapsed authorisation' },
  memo_outside: { de: 'außerhalb', en: 'outside' },
  memo_committed: { de: 'von anderen zugesagt', en: 'committed by others' },
  memo_settled: { de: 'von anderen abgerechnet', en: 'settled by others' },
};

type Dimension = Exclude<keyof AccountKey, 'stage'>;

const LINE: readonly Dimension[] = ['lineId', 'fundingYear'];
const AUTHORITY: readonly Dimension[] = ['lineId', 'fundingYear', 'issueYear', 'programme'];
const CASE: readonly Dimension[] = ['lineId', 'fundingYear', 'programme', 'centreId', 'source', 'caseId'];
const MEMO: readonly Dimension[] = ['fundingYear', 'programme', 'centreId', 'source', 'caseId'];

/** The dimensions each stage has. From commitment on they name the case, so no decision drains another's commitment. */
export const chart: Readonly<Record<Stage, readonly Dimension[]>> = {
  outside: LINE,
  appropriated: LINE,
  blocked: LINE,
  allocated: ['lineId', 'fundingYear', 'programme'],
  committed: CASE,
  called: CASE,
  paid: CASE,
  settled: CASE,
  remainder: LINE,
  remainder_lapsed: LINE,
  lapsed: LINE,
  authorisation_outside: ['lineId', 'fundingYear', 'issueYear'],
  authorised: AUTHORITY,
  promised: [...CASE, 'issueYear'],
  redeemed: AUTHORITY,
  authorisation_lapsed: AUTHORITY,
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
