import type { Actor } from '../../kernel/actor.js';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { BudgetLineId, PersonId } from '../../kernel/ids.js';
import type { Money } from '../../kernel/money.js';
import { violation, type Violation } from '../../kernel/violation.js';
import {
  fundingSources,
  isInKind,
  type FundingSource,
  type PlannedShare,
} from '../../financing/plan.rules.js';
import type { FundingTotal } from '../../programmes/funding-facts.rules.js';
import type { PlacedPost } from '../application/application.rules.js';
import type { YearTotals } from '../application/funding-years.rules.js';

export const decisionKinds = ['grant', 'partial_grant', 'refusal'] as const;
/** How an application is decided. */
export type DecisionKind = (typeof decisionKinds)[number];

/** An amount of a draft is in force from its release; a wording that was given up leaves its amounts behind. */
export const amountValidities = [
  'drafted',
  'in_force',
  'discarded',
  // Another decision has taken its place, by amending, withdrawing or revoking.
  'superseded',
  'withdrawn',
  'revoked',
] as const;
export type AmountValidity = (typeof amountValidities)[number];

/** The part of a post that is granted; the place names the post of the application. */
export interface GrantedPost {
  readonly position: number;
  readonly fteHundredths: number;
  readonly occupiedFrom: CalendarDate;
  readonly occupiedTo: CalendarDate;
}

export interface DraftFacts {
  readonly kind: DecisionKind;
  readonly reasons: string | null;
  readonly asked: readonly PlacedPost[];
  /** Given for a partial grant only; otherwise everything asked for, or nothing. */
  readonly granted: readonly GrantedPost[] | null;
}

/** What a decision fixes for one year and source. */
export interface AmountFacts {
  readonly fundingYear: number;
  readonly source: FundingSource;
  readonly amount: Money;
  readonly inKind: boolean;
  readonly modelled: boolean;
  readonly lineId: BudgetLineId | null;
}

/** Reasons where the applicant does not get what was asked, and a partial grant that is one. */
export function judgeDraft({ kind, reasons, asked, granted }: DraftFacts): Violation[] {
  const violations: Violation[] = [];
  if (kind !== 'grant' && reasons === null) {
    violations.push(
      violation(
        'reasons-missing',
        '§ 39 Abs. 1 VwVfG NRW',
        {
          de: 'Eine Ablehnung, auch eine teilweise, muss begründet werden.',
          en: 'A refusal, a partial one included, must state its reasons.',
        },
        '/reasons',
      ),
    );
  }
  if (kind === 'partial_grant' && granted === null) {
    violations.push(
      violation(
        'granted-posts-missing',
        '§ 37 Abs. 1 VwVfG NRW',
        {
          de: 'Eine Teilbewilligung nennt, welche Stellen in welchem Umfang bewilligt werden.',
          en: 'A partial grant says which posts are granted, and how much of them.',
        },
        '/posts',
      ),
    );
  }
  if (kind !== 'partial_grant' && granted !== null) {
    violations.push(
      violation(
        'granted-posts-unexpected',
        null,
        {
          de: 'Nur eine Teilbewilligung nennt einzelne Stellen.',
          en: 'Only a partial grant names single posts.',
        },
        '/posts',
      ),
    );
  }
  if (kind === 'partial_grant' && granted !== null) {
    violations.push(...judgeGranted(asked, granted));
  }
  return violations;
}

function judgeGranted(asked: readonly PlacedPost[], granted: readonly GrantedPost[]): Violation[] {
  const violations = granted.flatMap((post, index) => {
    const wish = asked.find(({ position }) => position === post.position) ?? null;
    const pointer = `/posts/${String(index)}`;
    const twice = granted.findIndex(({ position }) => position === post.position) !== index;
    if (wish === null || twice) {
      return [
        violation(
          'granted-post-unknown',
          null,
          {
            de: `Stelle ${String(post.position)} gibt es im Antrag nicht, oder sie ist doppelt genannt.`,
            en: `The application has no post ${String(post.position)}, or it is named twice.`,
          },
          `${pointer}/position`,
        ),
      ];
    }
    return isWithin(post, wish) ? [] : [beyondWish(post, pointer)];
  });
  const everything =
    granted.length === asked.length &&
    granted.every((post) => asked.some((wish) => wish.position === post.position && isSame(post, wish)));
  if (violations.length > 0 || (granted.length > 0 && !everything)) return violations;
  return [
    violation(
      'not-a-partial-grant',
      null,
      granted.length === 0
        ? { de: 'Wird keine Stelle bewilligt, ist es eine Ablehnung.', en: 'Granting no post is a refusal.' }
        : {
            de: 'Wird alles bewilligt, ist es keine Teilbewilligung.',
            en: 'Granting everything is no partial grant.',
          },
      '/kind',
    ),
  ];
}

function isWithin(post: GrantedPost, wish: PlacedPost): boolean {
  return (
    post.fteHundredths <= wish.fteHundredths &&
    post.occupiedFrom.isBefore(post.occupiedTo) &&
    !post.occupiedFrom.isBefore(wish.occupiedFrom) &&
    !post.occupiedTo.isAfter(wish.occupiedTo)
  );
}

function isSame(post: GrantedPost, wish: PlacedPost): boolean {
  return (
    post.fteHundredths === wish.fteHundredths &&
    post.occupiedFrom.equals(wish.occupiedFrom) &&
    post.occupiedTo.equals(wish.occupiedTo)
  );
}

function beyondWish({ position }: GrantedPost, pointer: string): Violation {
  return violation(
    'granted-beyond-application',
    'VVG zu § 44 LHO',
    {
      de: `Stelle ${String(position)}: bewilligt wird höchstens, was beantragt ist, im beantragten Zeitraum.`,
      en: `Post ${String(position)}: at most what was applied for can be granted, within the time applied for.`,
    },
    pointer,
  );
}

/** The posts the reckoning rests on: all for a grant, the granted parts for a partial one, none for a refusal. */
export function decidedPosts({ kind, asked, granted }: DraftFacts): PlacedPost[] {
  switch (kind) {
    case 'grant':
      return [...asked];
    case 'partial_grant':
      return (granted ?? []).flatMap((post) =>
        asked
          .filter(({ position }) => position === post.position)
          .map(({ category, expectedExpenditure = null }) => ({ ...post, category, expectedExpenditure })),
      );
    case 'refusal':
      return [];
  }
}

/** State money as the rules give it, other sources as the plan states them; sources that give nothing are left out. */
export function amountsOf(
  { fundingYear, totals }: YearTotals,
  plan: readonly PlannedShare[],
  lineId: BudgetLineId | null,
): AmountFacts[] {
  return fundingSources.flatMap((source) => {
    const total = totals.find((one) => one.source === source) ?? null;
    const share = plan.find((one) => one.source === source && one.fundingYear === fundingYear) ?? null;
    const fromState = source === 'state_integration' || source === 'state_school';
    const amount = fromState ? total?.amount : share?.amount;
    if (amount?.isPositive() !== true) return [];
    return [
      {
        ...{ fundingYear, source, amount, inKind: isInKind(source) },
        modelled: fromState ? false : (share?.modelled ?? false),
        lineId: source === 'state_integration' ? lineId : null,
      },
    ];
  });
}

/** A grant that grants nothing is a refusal. */
export function judgeAmounts(kind: DecisionKind, totals: readonly FundingTotal[]): Violation[] {
  if (kind === 'refusal' || totals.some(({ amount }) => amount.isPositive())) return [];
  return [
    violation(
      'nothing-granted',
      null,
      {
        de: 'Nach der Richtlinie ergibt sich kein Betrag; das wäre eine Ablehnung.',
        en: 'The guideline gives no amount; that would be a refusal.',
      },
      '/kind',
    ),
  ];
}

export interface HandsOnCase {
  /** Everybody who ever worded it. */
  readonly draftedBy: readonly PersonId[];
  readonly checkedBy: readonly PersonId[];
  readonly recommendedBy: PersonId | null;
}

/** Four eyes about persons: whoever drafted, checked or recommended does not release (VV zu § 70 LHO). */
export function judgeRelease(
  { draftedBy, checkedBy, recommendedBy }: HandsOnCase,
  { personId, onBehalfOf }: Pick<Actor, 'personId' | 'onBehalfOf'>,
): Violation[] {
  const releasing = [personId, onBehalfOf].filter((person) => person !== null);
  const hands = [
    {
      did: draftedBy.some((person) => releasing.includes(person)),
      de: 'den Bescheid entworfen',
      en: 'drafted the decision',
    },
    {
      did: checkedBy.some((person) => releasing.includes(person)),
      de: 'den Antrag geprüft',
      en: 'checked the application',
    },
    {
      did: recommendedBy !== null && releasing.includes(recommendedBy),
      de: 'die Entscheidung vorgeschlagen',
      en: 'recommended the decision',
    },
  ];
  return hands
    .filter(({ did }) => did)
    .map(({ de, en }) =>
      violation('four-eyes', 'VV zu § 70 LHO NRW', {
        de: `Wer ${de} hat, gibt den Bescheid nicht frei.`,
        en: `Whoever ${en} does not release the decision.`,
      }),
    );
}

/** A notification happened, and after the release. */
export function judgeNotification(
  on: CalendarDate,
  releasedOn: CalendarDate | null,
  today: CalendarDate,
): Violation[] {
  if (on.isAfter(today)) {
    return [
      violation(
        'notified-in-the-future',
        '§ 41 VwVfG NRW',
        {
          de: 'Der Tag der Bekanntgabe liegt in der Zukunft.',
          en: 'The day of notification lies in the future.',
        },
        '/on',
      ),
    ];
  }
  if (releasedOn !== null && on.isBefore(releasedOn)) {
    return [
      violation(
        'notified-before-release',
        '§ 41 VwVfG NRW',
        {
          de: `Der Bescheid wurde erst am ${releasedOn.format('de')} freigegeben.`,
          en: `The decision was released on ${releasedOn.toString()} only.`,
        },
        '/on',
      ),
    ];
  }
  return [];
}

/** Remedies are waived after notification and while there are any. */
export function judgeWaiver(
  {
    notifiedOn,
    finalOn,
  }: { readonly notifiedOn: CalendarDate | null; readonly finalOn: CalendarDate | null },
  today: CalendarDate,
): Violation[] {
  if (finalOn !== null && !today.isBefore(finalOn)) {
    return [
      violation('already-final', '§ 74 Abs. 1 VwGO', {
        de: `Der Bescheid ist seit dem ${finalOn.format('de')} bestandskräftig.`,
        en: `The decision has been final since ${finalOn.toString()}.`,
      }),
    ];
  }
  if (notifiedOn === null || today.isBefore(notifiedOn)) {
    return [
      violation('not-notified-yet', '§ 43 Abs. 1 VwVfG NRW', {
        de: 'Der Bescheid ist noch nicht bekannt gegeben.',
        en: 'The decision has not been notified yet.',
      }),
    ];
  }
  return [];
}
