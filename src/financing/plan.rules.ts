import type { Money } from '../kernel/money.js';
import { violation, type Text, type Violation } from '../kernel/violation.js';

/** Who pays. Foundations and other third parties are one source, as in the published splits. */
export const fundingSources = ['state_integration', 'state_school', 'municipal', 'third_party'] as const;
export type FundingSource = (typeof fundingSources)[number];

/** What one source gives in one year of the grant period. */
export interface PlannedShare {
  readonly fundingYear: number;
  readonly source: FundingSource;
  readonly amount: Money;
  /** Computed from assumptions instead of stated by a body; `origin` says from which. */
  readonly modelled: boolean;
  readonly origin: string | null;
}

/** Teachers are seconded by the school ministry: counted in the split, never paid. */
export function isInKind(source: FundingSource): boolean {
  return source === 'state_school';
}

/** As an applicant states it: who names no year means the first of the grant period. */
export interface StatedShare extends Omit<PlannedShare, 'fundingYear'> {
  readonly fundingYear?: number | null;
}

export function sharesFrom(firstYear: number, plan: readonly StatedShare[]): PlannedShare[] {
  return plan.map((share) => ({ ...share, fundingYear: share.fundingYear ?? firstYear }));
}

/** A plan names each source once a year, and says where a modelled figure comes from. */
export function judgePlan(plan: readonly PlannedShare[]): Violation[] {
  return plan.flatMap(({ source, fundingYear, modelled, origin }, index) => {
    const violations: Violation[] = [];
    const first = plan.findIndex((other) => other.source === source && other.fundingYear === fundingYear);
    if (first !== index) {
      violations.push(
        violation(
          'source-named-twice',
          null,
          {
            de: `Der Finanzierungsplan nennt die Quelle „${sourceWords[source].de}“ für ${String(fundingYear)} mehrfach.`,
            en: `The financing plan names the source "${sourceWords[source].en}" for ${String(fundingYear)} more than once.`,
          },
          `/financingPlan/${String(index)}/source`,
        ),
      );
    }
    if (modelled && origin === null) {
      violations.push(
        violation(
          'origin-missing',
          null,
          {
            de: 'Ein modellierter Betrag nennt, woraus er abgeleitet ist.',
            en: 'A modelled amount says what it is derived from.',
          },
          `/financingPlan/${String(index)}/origin`,
        ),
      );
    }
    return violations;
  });
}

/** A plan is for the years of the grant period. */
export function judgePlanYears(plan: readonly PlannedShare[], years: readonly number[]): Violation[] {
  return plan.flatMap(({ fundingYear }, index) =>
    years.includes(fundingYear)
      ? []
      : [
          violation(
            'plan-outside-period',
            PLAN,
            {
              de: `Der Finanzierungsplan nennt ${String(fundingYear)}; der Bewilligungszeitraum umfasst ${years.join(', ')}.`,
              en: `The financing plan names ${String(fundingYear)}; the grant period spans ${years.join(', ')}.`,
            },
            `/financingPlan/${String(index)}/fundingYear`,
          ),
        ],
  );
}

/** What the rules give for one year. */
interface ComputedYear {
  readonly fundingYear: number;
  readonly totals: readonly { readonly source: FundingSource; readonly amount: Money }[];
}

/**
 * The plan must name exactly what the rules give, year by year: a plan with less or more state money does not balance.
 * Where there are several years the objection says which.
 */
export function judgeStateShares(
  plan: readonly Pick<PlannedShare, 'fundingYear' | 'source' | 'amount'>[],
  years: readonly ComputedYear[],
  several: boolean,
): Violation[] {
  const state = fundingSources.filter(
    (source) => source === 'state_integration' || source === 'state_school',
  );
  return years.flatMap(({ fundingYear, totals }) =>
    state.flatMap((source) => {
      const place = plan.findIndex((item) => item.source === source && item.fundingYear === fundingYear);
      const planned = plan[place]?.amount ?? null;
      const reckoned = totals.find((total) => total.source === source)?.amount ?? null;
      if ((planned?.cents ?? 0n) === (reckoned?.cents ?? 0n)) return [];
      const which = several ? `${String(fundingYear)}, ` : '';
      return [
        violation(
          'plan-differs-from-rules',
          PLAN,
          {
            de: `${which}${sourceWords[source].de}: Der Finanzierungsplan nennt ${money(planned, 'de')}, nach der Richtlinie ergeben sich ${money(reckoned, 'de')}.`,
            en: `${which}${sourceWords[source].en}: the financing plan says ${money(planned, 'en')}, the guideline gives ${money(reckoned, 'en')}.`,
          },
          place === -1 ? '/financingPlan' : `/financingPlan/${String(place)}/amountCents`,
        ),
      ];
    }),
  );
}

const PLAN = 'VVG zu § 44 LHO';

export const sourceWords: Readonly<Record<FundingSource, Text>> = {
  state_integration: { de: 'Land (Integrationsministerium)', en: 'State (integration ministry)' },
  state_school: { de: 'Land (Schulministerium, Lehrkräfte)', en: 'State (school ministry, teachers)' },
  municipal: { de: 'Kommune', en: 'Municipality' },
  third_party: { de: 'Dritte', en: 'Third parties' },
};

function money(amount: Money | null, locale: 'de' | 'en'): string {
  return amount?.format(locale) ?? (locale === 'de' ? 'nichts' : 'nothing');
}
