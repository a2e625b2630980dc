import { apportion } from '../kernel/allocate.js';
import type { CalendarDate } from '../kernel/calendar-date.js';
import type { BudgetLineId, CentreId } from '../kernel/ids.js';
import type { Money } from '../kernel/money.js';
import { violation, type Text, type Violation } from '../kernel/violation.js';
import { step, type Posting } from '../ledger/posting.rules.js';
import type { ProposalWords } from './proposal.rules.js';

export const allocationKinds = ['allotment', 'quota', 'reduction'] as const;
export type AllocationKind = (typeof allocationKinds)[number];

/** How each is spoken of. */
export const allocationNames: Readonly<Record<AllocationKind, Text>> = {
  allotment: { de: 'Die Mittelzuweisung', en: 'The allotment' },
  quota: { de: 'Das Kontingent', en: 'The quota' },
  reduction: { de: 'Die Rücknahme', en: 'The taking back' },
};

export const allocationWords: ProposalWords = {
  noun: 'allocation',
  instead: {
    de: 'Was freigegeben ist, ändert nur ein neuer Eintrag, etwa eine Rücknahme (allocation.propose).',
    en: 'What is released is changed by a new entry only, a taking back for instance (allocation.propose).',
  },
};

/** A centre's weight in a distribution key: inhabitants, posts, refugees assigned. */
export interface KeyWeight {
  readonly centreId: CentreId;
  readonly weight: bigint;
}

/** A key by which a quota is distributed; it is stored with its source, so that everybody can compute it again. */
export interface DistributionKey {
  readonly name: string;
  readonly source: string;
  readonly weights: readonly KeyWeight[];
}

export interface AllocationFacts {
  readonly kind: AllocationKind;
  readonly centreId: CentreId | null;
  readonly key: DistributionKey | null;
}

/** One centre's part of a quota that was distributed by a key. */
export interface QuotaShare extends KeyWeight {
  readonly amount: Money;
}

const KEY_BASIS = '§ 7 TIntG NRW';

/** An allotment goes to the granting authority as a whole; a quota to one centre, or to several by a key. */
export function judgeAllocation({ kind, centreId, key }: AllocationFacts): Violation[] {
  const objections: Violation[] = [];
  if (kind === 'quota' && centreId === null && key === null) {
    objections.push(violation('quota-needs-centre', null, QUOTA_NEEDS_CENTRE, '/centreId'));
  }
  if (kind === 'quota' && centreId !== null && key !== null) {
    objections.push(violation('key-or-centre', null, KEY_OR_CENTRE, '/key'));
  }
  if (kind === 'allotment' && centreId !== null) {
    objections.push(
      violation('allotment-has-no-centre', '§ 9 LHO NRW', ALLOTMENT_HAS_NO_CENTRE, '/centreId'),
    );
  }
  if (kind !== 'quota' && key !== null) {
    objections.push(violation('key-is-for-quotas', '§ 9 LHO NRW', KEY_IS_FOR_QUOTAS, '/key'));
  }
  return key === null ? objections : [...objections, ...judgeKey(key)];
}

function judgeKey({ weights }: DistributionKey): Violation[] {
  const negative = weights.flatMap(({ weight }, index) =>
    weight < 0n
      ? [violation('negative-weight', KEY_BASIS, NEGATIVE_WEIGHT, `/key/weights/${String(index)}/weight`)]
      : [],
  );
  if (negative.length > 0) return negative;
  const twice = new Set(weights.map(({ centreId }) => centreId)).size < weights.length;
  return [
    ...(twice ? [violation('centre-twice', KEY_BASIS, CENTRE_TWICE, '/key/weights')] : []),
    ...(weights.every(({ weight }) => weight === 0n)
      ? [violation('no-weight', KEY_BASIS, NO_WEIGHT, '/key/weights')]
      : []),
  ];
}

/** Largest remainder, ties to the smaller centre id; the parts sum to the amount exactly. */
export function sharesOf(amount: Money, { weights }: DistributionKey): QuotaShare[] {
  const parts = apportion(amount, new Map(weights.map(({ centreId, weight }) => [centreId, weight])));
  return weights.flatMap(({ centreId, weight }) => {
    const part = parts.get(centreId);
    return part === undefined ? [] : [{ centreId, weight, amount: part }];
  });
}

/** A quota is a plan, not spending power: it moves nothing, and taking it back neither. */
export function allocationPostings(
  released: Pick<AllocationFacts, 'kind' | 'centreId'> & {
    readonly lineId: BudgetLineId;
    readonly fundingYear: number;
    readonly programme: string;
    readonly amount: Money;
  },
  effectiveOn: CalendarDate,
): Posting[] {
  const { kind, centreId, lineId, fundingYear, programme, amount } = released;
  if (kind === 'quota' || centreId !== null) return [];
  const stages =
    kind === 'allotment'
      ? (['appropriated', 'allocated'] as const)
      : (['allocated', 'appropriated'] as const);
  return [step('allocation.release', stages, { lineId, fundingYear, programme }, { amount, effectiveOn })];
}

/** A quota is not reduced below zero. */
export function judgeQuotaReduction(amount: Money, quota: Money): Violation[] {
  return amount.compare(quota) > 0
    ? [
        violation(
          'reduction-above-quota',
          '§ 9 LHO NRW',
          {
            de: `Das Kontingent beträgt ${quota.format('de')}.`,
            en: `The quota is ${quota.format('en')}.`,
          },
          '/amountCents',
        ),
      ]
    : [];
}

/** A quota is not withdrawn from under what takes it back; `left` is the centre's quota without it. */
export function judgeQuotaWithdrawal(left: Money): Violation[] {
  return left.isNegative() ? [violation('reduction-rests-on-quota', '§ 9 LHO NRW', RESTS_ON_QUOTA)] : [];
}

const RESTS_ON_QUOTA: Text = {
  de: 'Von dem Kontingent ist schon eine Rücknahme eingetragen. Zuerst ist sie zurückzuziehen (allocation.withdraw).',
  en: 'A taking back of the quota has been proposed already. It is to be withdrawn first (allocation.withdraw).',
};
const QUOTA_NEEDS_CENTRE: Text = {
  de: 'Ein Kontingent nennt sein Zentrum oder einen Verteilschlüssel.',
  en: 'A quota names its centre, or a distribution key.',
};
const KEY_OR_CENTRE: Text = {
  de: 'Entweder ein Zentrum oder ein Schlüssel.',
  en: 'Either a centre or a key.',
};
const ALLOTMENT_HAS_NO_CENTRE: Text = {
  de: 'Eine Mittelzuweisung geht an die Bewilligungsbehörde, nicht an ein Zentrum.',
  en: 'An allotment goes to the granting authority, not to a centre.',
};
const KEY_IS_FOR_QUOTAS: Text = {
  de: 'Ein Verteilschlüssel verteilt Kontingente, keine Mittelzuweisung.',
  en: 'A key distributes quotas, no allotment.',
};
const NEGATIVE_WEIGHT: Text = {
  de: 'Ein Gewicht ist nicht negativ.',
  en: 'A weight is not negative.',
};
const CENTRE_TWICE: Text = {
  de: 'Jedes Zentrum steht einmal im Schlüssel.',
  en: 'Each centre stands in the key once.',
};
const NO_WEIGHT: Text = {
  de: 'Alle Gewichte sind null: Es gibt niemanden, dem etwas zufiele.',
  en: 'All weights are zero: there is nobody to give anything to.',
};
