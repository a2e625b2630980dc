import { Money } from '../kernel/money.js';
import { violation, type Text, type Violation } from '../kernel/violation.js';

const PROOF = 'Nr. 7 ANBest-G';

export const itemKinds = ['income', 'expenditure'] as const;
export type ItemKind = (typeof itemKinds)[number];

export const incomeSources = ['state_integration', 'state_school', 'municipal', 'third_party'] as const;
export const expenditureCategories = ['personnel', 'material', 'seconded_teachers'] as const;
export const itemCategories = [...incomeSources, ...expenditureCategories] as const;
export type ItemCategory = (typeof itemCategories)[number];

/** One figure of the report. */
export interface SettlementItemFacts {
  readonly kind: ItemKind;
  readonly category: ItemCategory;
  /** Null where the notice names no figure of its own: it fixes the sources, not how expenditure divides. */
  readonly perNotice: Money | null;
  /** Null until the recipient has given it. */
  readonly settled: Money | null;
  readonly eligible: Money | null;
  readonly inKind: boolean;
}

/** What an amount of the notice contributes to the report's structure. */
export interface GrantedAmount {
  readonly source: (typeof incomeSources)[number];
  readonly amount: Money;
  readonly modelled: boolean;
}

/**
 * The empty report in the structure of the notice: every source of its financing plan and, because new income must
 * show too, the recipient's own and third parties' money in any case; seconded teachers only where they were promised.
 * What the state paid is filled in.
 */
export function openItems(
  granted: readonly GrantedAmount[],
  paid: Money,
): (SettlementItemFacts & { readonly modelled: boolean })[] {
  const of = (source: GrantedAmount['source']) => granted.filter((amount) => amount.source === source);
  const hasTeachers = of('state_school').length > 0;
  const incomes = incomeSources
    .filter((source) => source !== 'state_school' || hasTeachers)
    .map((source) => ({
      kind: 'income' as const,
      category: source,
      perNotice: Money.sum(of(source).map(({ amount }) => amount)),
      settled: source === 'state_integration' ? paid : null,
      eligible: null,
      inKind: source === 'state_school',
      modelled: of(source).some(({ modelled }) => modelled),
    }));
  const expenditures = expenditureCategories
    .filter((category) => category !== 'seconded_teachers' || hasTeachers)
    .map((category) => ({
      kind: 'expenditure' as const,
      category,
      perNotice:
        category === 'seconded_teachers' ? Money.sum(of('state_school').map(({ amount }) => amount)) : null,
      settled: null,
      eligible: null,
      inKind: category === 'seconded_teachers',
      modelled: false,
    }));
  return [...incomes, ...expenditures];
}

/** A figure of an open report as the notices grant now, beside what it was when somebody last worked on it. */
export interface FigureNow {
  readonly kind: ItemKind;
  readonly category: ItemCategory;
  readonly perNotice: Money | null;
  readonly modelled: boolean;
}

/**
 * The figures whose promise an amendment or revocation has changed since the report was opened, and those it added.
 * What no notice promises any more stays in the report, with nothing promised.
 */
export function overtakenFigures(
  items: readonly (SettlementItemFacts & { readonly modelled: boolean })[],
  granted: readonly GrantedAmount[],
): { readonly changed: FigureNow[]; readonly added: ReturnType<typeof openItems> } {
  const now = openItems(granted, Money.zero);
  const same = (one: FigureNow) => (other: FigureNow) =>
    one.kind === other.kind && one.category === other.category;
  const changed = items.flatMap((item) => {
    const { kind, category } = item;
    const { perNotice, modelled } = now.find(same(item)) ?? { perNotice: Money.zero, modelled: false };
    const isSame = item.perNotice === null || (perNotice !== null && item.perNotice.equals(perNotice));
    return isSame && item.modelled === modelled ? [] : [{ kind, category, perNotice, modelled }];
  });
  return { changed, added: now.filter((one) => !items.some(same(one))) };
}

/** Place of a figure in the report: incomes first, in the order of the model form. */
export function placeOf({ category }: Pick<SettlementItemFacts, 'category'>): number {
  return itemCategories.indexOf(category);
}

const categoryWords: Readonly<Record<ItemCategory, Text>> = {
  state_integration: { de: 'Landesmittel', en: 'state money' },
  state_school: { de: 'abgeordnete Lehrkräfte des Landes', en: "the state's seconded teachers" },
  municipal: { de: 'Eigenanteil', en: "recipient's own share" },
  third_party: { de: 'Leistungen Dritter', en: 'third-party money' },
  personnel: { de: 'Personalausgaben', en: 'personnel' },
  material: { de: 'Sachausgaben', en: 'material' },
  seconded_teachers: { de: 'Lehrkräfte', en: 'teachers' },
};

/** The figure in words, for a notice. */
export function itemWords({ kind, category }: Pick<SettlementItemFacts, 'kind' | 'category'>): Text {
  const of = categoryWords[category];
  return kind === 'income'
    ? { de: `Einnahmen, ${of.de}`, en: `income, ${of.en}` }
    : { de: `Ausgaben, ${of.de}`, en: `expenditure, ${of.en}` };
}

/** A report may hold a category once, and only those its notice has. */
export function judgeFigures(
  figures: readonly { kind: string; category: string; settledCents: Money; eligibleCents: Money | null }[],
  known: readonly SettlementItemFacts[],
): Violation[] {
  return figures.flatMap((figure, index) => {
    const pointer = `/items/${index}`;
    const first = figures.findIndex(
      ({ kind, category }) => kind === figure.kind && category === figure.category,
    );
    const isKnown = known.some(({ kind, category }) => kind === figure.kind && category === figure.category);
    if (!isKnown || first !== index) {
      return [
        violation(
          isKnown ? 'figure-twice' : 'figure-unknown',
          PROOF,
          {
            de: `Der Zahlenteil hat genau eine Zeile je Einnahmequelle und Ausgabeart des Bescheids.`,
            en: `The figures have exactly one row per source of income and kind of expenditure of the notice.`,
          },
          `${pointer}/category`,
        ),
      ];
    }
    if (figure.kind === 'income' && figure.eligibleCents !== null) {
      return [
        violation(
          'eligible-of-income',
          PROOF,
          {
            de: 'Zuwendungsfähig sind Ausgaben, nicht Einnahmen.',
            en: 'Expenditure is eligible, not income.',
          },
          `${pointer}/eligibleCents`,
        ),
      ];
    }
    return figure.eligibleCents !== null && figure.eligibleCents.compare(figure.settledCents) > 0
      ? [
          violation(
            'eligible-above-settled',
            PROOF,
            {
              de: 'Zuwendungsfähig ist höchstens, was ausgegeben wurde.',
              en: 'No more is eligible than was spent.',
            },
            `${pointer}/eligibleCents`,
          ),
        ]
      : [];
  });
}
