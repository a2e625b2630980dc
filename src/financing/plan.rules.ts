import type { Money } from '../kernel/money.js';
import { violation, type Text, type Violation } from '../kernel/violation.js';

/** Who pays. Foundations and other third parties are one source, as in the published splits. */
export const fundingSources = ['state_integration', 'state_school', 'municipal', 'third_party'] as const;
export type FundingSource = (typeof fundingSources)[number];

/** What one source gives in the year of the application. */
export interface PlannedShare {
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

/** A plan names each source once, and says where a modelled figure comes from. */
export function judgePlan(plan: readonly PlannedShare[]): Violation[] {
  return plan.flatMap(({ source, modelled, origin }, index) => {
    const violations: Violation[] = [];
    if (plan.findIndex((other) => other.source === source) !== index) {
      violations.push(
        violation(
          'source-named-twice',
          null,
          {
            de: `Der Finanzierungsplan nennt die Quelle „${sourceWords[source].de}“ mehrfach.`,
            en: `The financing plan names the source "${sourceWords[source].en}" more than once.`,
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

/** The plan must name exactly what the rules give: a plan with less or more state money does not balance. */
export function judgeStateShares(
  plan: readonly Pick<PlannedShare, 'source' | 'amount'>[],
  computed: readonly { readonly source: FundingSource; readonly amount: Money }[],
): Violation[] {
  const stated = new Map(plan.map(({ source, amount }) => [source, amount]));
  const given = new Map(computed.map(({ source, amount }) => [source, amount]));
  const state = fundingSources.filter(
    (source) => source === 'state_integration' || source === 'state_school',
  );
  return state.flatMap((source) => {
    const planned = stated.get(source);
    const reckoned = given.get(source);
    if ((planned?.cents ?? 0n) === (reckoned?.cents ?? 0n)) return [];
    const place = plan.findIndex((item) => item.source === source);
    const amounts = { planned: planned ?? null, reckoned: reckoned ?? null };
    return [
      violation(
        'plan-differs-from-rules',
        'VVG zu § 44 LHO',
        {
          de: `${sourceWords[source].de}: Der Finanzierungsplan nennt ${money(amounts.planned, 'de')}, nach der Richtlinie ergeben sich ${money(amounts.reckoned, 'de')}.`,
          en: `${sourceWords[source].en}: the financing plan says ${money(amounts.planned, 'en')}, the guideline gives ${money(amounts.reckoned, 'en')}.`,
        },
        place === -1 ? '/financingPlan' : `/financingPlan/${String(place)}/amountCents`,
      ),
    ];
  });
}

export const sourceWords: Readonly<Record<FundingSource, Text>> = {
  state_integration: { de: 'Land (Integrationsministerium)', en: 'State (integration ministry)' },
  state_school: { de: 'Land (Schulministerium, Lehrkräfte)', en: 'State (school ministry, teachers)' },
  municipal: { de: 'Kommune', en: 'Municipality' },
  third_party: { de: 'Dritte', en: 'Third parties' },
};

function money(amount: Money | null, locale: 'de' | 'en'): string {
  return amount?.format(locale) ?? (locale === 'de' ? 'nichts' : 'nothing');
}
