import type { CalendarDate } from '../../kernel/calendar-date.js';
import { Money } from '../../kernel/money.js';
import { violation, type Text, type Violation } from '../../kernel/violation.js';
import { isInKind, type FundingSource } from '../../financing/plan.rules.js';
import type { HearingState } from './hearing.rules.js';
import type { AmountSuit } from './in-force.rules.js';

export const takingsBack = ['withdrawal', 'revocation'] as const;
/** Money is taken back from a decision that was unlawful (§ 48 VwVfG NRW), or lawful and not kept to (§ 49). */
export type TakingBack = (typeof takingsBack)[number];

export const grounds = [
  'unlawful_from_start',
  'obtained_by_deceit',
  'wrong_statements',
  'unlawfulness_known',
  'not_used_for_purpose',
  'requirement_broken',
] as const;
export type Ground = (typeof grounds)[number];

/** For each act the grounds the law gives for it, with the provision. */
export const groundsOf: Readonly<Record<TakingBack, Readonly<Partial<Record<Ground, string>>>>> = {
  withdrawal: {
    unlawful_from_start: '§ 48 Abs. 1, 2 Satz 1 VwVfG NRW',
    obtained_by_deceit: '§ 48 Abs. 2 Satz 3 Nr. 1 VwVfG NRW',
    wrong_statements: '§ 48 Abs. 2 Satz 3 Nr. 2 VwVfG NRW',
    unlawfulness_known: '§ 48 Abs. 2 Satz 3 Nr. 3 VwVfG NRW',
  },
  revocation: {
    not_used_for_purpose: '§ 49 Abs. 3 Satz 1 Nr. 1 VwVfG NRW',
    requirement_broken: '§ 49 Abs. 3 Satz 1 Nr. 2 VwVfG NRW',
  },
};

/** Where the decision has been obtained by deceit, the year does not run (§ 48 (4) sentence 2). */
const WITHOUT_LIMIT: Ground = 'obtained_by_deceit';

/** An amount in force that an act would change. */
export interface StandingRow {
  readonly fundingYear: number;
  readonly source: FundingSource;
  readonly amount: Money;
  /** What of it is called or paid, state money only. */
  readonly called: Money;
  readonly suit: AmountSuit;
  readonly settled: boolean;
}

/** What an act would leave of a year and source. */
export interface NewAmountWish {
  readonly fundingYear: number;
  readonly source: FundingSource;
  readonly amount: Money;
  /** Where the caller said so; null for what follows from the posts. */
  readonly pointer: string | null;
}

/** The last day on which the act can be issued: a year from the day of full knowledge, ends of weeks notwithstanding. */
export function lastDayToTakeBack(ground: Ground, knownOn: CalendarDate): CalendarDate | null {
  return ground === WITHOUT_LIMIT ? null : knownOn.plusYears(1);
}

/** Within a year of full knowledge (§ 48 (4), § 49 (3) sentence 2 VwVfG NRW): the act itself counts, not its draft. */
export function judgeYear(
  kind: TakingBack,
  { ground, knownOn }: { readonly ground: Ground; readonly knownOn: CalendarDate },
  on: CalendarDate,
): Violation[] {
  const last = lastDayToTakeBack(ground, knownOn);
  if (last === null || !on.isAfter(last)) return [];
  return [
    violation(
      'year-of-knowledge-over',
      kind === 'withdrawal'
        ? '§ 48 Abs. 4 VwVfG NRW'
        : '§ 49 Abs. 3 Satz 2 in Verbindung mit § 48 Abs. 4 VwVfG NRW',
      {
        de: `Alle Tatsachen sind seit dem ${knownOn.format('de')} bekannt; die Jahresfrist endete am ${last.format('de')}.`,
        en: `All facts have been known since ${knownOn.toString()}; the year ended on ${last.toString()}.`,
      },
      '/knownOn',
    ),
  ];
}

export interface TakingBackFacts {
  readonly kind: TakingBack;
  readonly ground: Ground;
  readonly knownOn: CalendarDate;
  /** The latest hearing of the decision for this purpose; null where there was none. */
  readonly hearing: { readonly state: HearingState } | null;
}

/** A ground of its own kind, a hearing that is over, and a year that is not. */
export function judgeTakingBack(
  { kind, ground, knownOn, hearing }: TakingBackFacts,
  today: CalendarDate,
): Violation[] {
  const found: Violation[] = [];
  if (groundsOf[kind][ground] === undefined) {
    found.push(
      violation(
        'ground-of-another-act',
        kind === 'withdrawal' ? '§ 48 VwVfG NRW' : '§ 49 VwVfG NRW',
        kind === 'withdrawal'
          ? {
              de: 'Eine Rücknahme setzt einen von Anfang an rechtswidrigen Bescheid voraus.',
              en: 'A withdrawal needs a decision that was unlawful from the start.',
            }
          : {
              de: 'Ein Widerruf setzt Zweckverfehlung oder einen Verstoß gegen eine Auflage voraus.',
              en: 'A revocation needs a purpose missed or a requirement broken.',
            },
        '/ground',
      ),
    );
  }
  if (hearing === null || hearing.state === 'open') {
    found.push(
      violation('hearing-missing', '§ 28 Abs. 1 VwVfG NRW', {
        de: 'Zuerst ist die Kommune zu hören und die Anhörung abzuschließen (decision.openHearing, decision.closeHearing).',
        en: 'First the municipality is to be heard and the hearing closed (decision.openHearing, decision.closeHearing).',
      }),
    );
  }
  if (knownOn.isAfter(today)) {
    found.push(
      violation(
        'known-in-the-future',
        '§ 48 Abs. 4 VwVfG NRW',
        {
          de: 'Der Tag der vollständigen Kenntnis liegt in der Zukunft.',
          en: 'The day of full knowledge lies in the future.',
        },
        '/knownOn',
      ),
    );
  }
  return [...found, ...judgeYear(kind, { ground, knownOn }, today)];
}

/** Every year and source once, something that changes, and no amount a court is busy with. */
export function judgeWishes(
  rows: readonly StandingRow[],
  wishes: readonly NewAmountWish[],
  nothing: Text,
): Violation[] {
  const found = wishes.flatMap(({ fundingYear, source, pointer }, index) => {
    const row = rowOf(rows, { fundingYear, source });
    const twice =
      wishes.findIndex((other) => other.fundingYear === fundingYear && other.source === source) !== index;
    return [
      ...(twice
        ? [
            violation(
              'amount-named-twice',
              null,
              {
                de: `Jahr ${String(fundingYear)} und Quelle sind doppelt genannt.`,
                en: `Year ${String(fundingYear)} and source are named twice.`,
              },
              pointer,
            ),
          ]
        : []),
      ...(row?.suit === 'suit_recorded'
        ? [
            violation(
              'suit-pending',
              '§ 113 VwGO',
              {
                de: `Um den Betrag für ${String(fundingYear)} läuft eine Klage.`,
                en: `A suit about the amount for ${String(fundingYear)} is pending.`,
              },
              pointer,
            ),
          ]
        : []),
    ];
  });
  const changes = wishes.some((wish) => !(rowOf(rows, wish)?.amount ?? Money.zero).equals(wish.amount));
  return changes ? found : [...found, violation('nothing-changes', null, nothing)];
}

/**
 * An amendment leaves settled years alone and does not reach for money that has been called: that takes a withdrawal
 * or a revocation. More state money follows from posts, never from a figure.
 */
export function judgeAmendment(
  rows: readonly StandingRow[],
  wishes: readonly NewAmountWish[],
  settledYears: readonly number[],
): Violation[] {
  return wishes.flatMap((wish) => {
    const { fundingYear, source, amount, pointer } = wish;
    const row = rowOf(rows, wish);
    const stands = row?.amount ?? Money.zero;
    if (amount.equals(stands)) return [];
    const year = String(fundingYear);
    const found: Violation[] = [];
    if (settledYears.includes(fundingYear)) {
      found.push(
        violation(
          'year-settled',
          '§ 43 Abs. 2 VwVfG NRW, Nr. 11 VVG zu § 44 LHO',
          {
            de: `Das Jahr ${year} ist abgerechnet; ändern können es nur Rücknahme oder Widerruf.`,
            en: `The year ${year} is settled; only a withdrawal or a revocation can change it.`,
          },
          pointer,
        ),
      );
    }
    if (source === 'state_integration' && amount.compare(row?.called ?? Money.zero) < 0) {
      found.push(
        violation(
          'less-than-called',
          '§ 49 Abs. 3, § 49a VwVfG NRW',
          {
            de: `Für ${year} sind ${(row?.called ?? Money.zero).format('de')} schon abgerufen; darunter führt nur ein Widerruf oder eine Rücknahme.`,
            en: `For ${year}, ${(row?.called ?? Money.zero).format('en')} has been called; going below takes a revocation or a withdrawal.`,
          },
          pointer,
        ),
      );
    }
    if (pointer !== null && isState(source) && amount.compare(stands) > 0) {
      found.push(
        violation(
          'more-needs-posts',
          'VVG zu § 44 LHO',
          {
            de: `Mehr Landesmittel für ${year} ergeben sich aus Stellen: Der Änderungsbescheid nennt sie unter /posts.`,
            en: `More state money for ${year} follows from posts: the amendment names them under /posts.`,
          },
          pointer,
        ),
      );
    }
    return found;
  });
}

/** What is taken back is part of what stands. */
export function judgeTakenAmounts(
  rows: readonly StandingRow[],
  wishes: readonly NewAmountWish[],
): Violation[] {
  return wishes.flatMap((wish) => {
    const stands = rowOf(rows, wish)?.amount ?? Money.zero;
    return wish.amount.compare(stands) <= 0
      ? []
      : [
          violation(
            'more-than-stands',
            '§ 49 Abs. 3 VwVfG NRW',
            {
              de: `Für ${String(wish.fundingYear)} gelten hier nur ${stands.format('de')}; eine Rücknahme oder ein Widerruf lässt davon höchstens alles.`,
              en: `For ${String(wish.fundingYear)} only ${stands.format('en')} is in force here; taking back leaves at most all of it.`,
            },
            wish.pointer,
          ),
        ];
  });
}

export function isState(source: FundingSource): boolean {
  return source === 'state_integration' || isInKind(source);
}

export function rowOf<R extends { readonly fundingYear: number; readonly source: FundingSource }>(
  rows: readonly R[],
  { fundingYear, source }: { readonly fundingYear: number; readonly source: FundingSource },
): R | null {
  return rows.find((row) => row.fundingYear === fundingYear && row.source === source) ?? null;
}
