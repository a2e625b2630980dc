import { CalendarDate } from '../../kernel/calendar-date.js';
import type { DerivationStep } from '../../kernel/derivation.js';
import { Money } from '../../kernel/money.js';
import { sourceWords, type PlannedShare } from '../../financing/plan.rules.js';
import { categoryWords } from '../../programmes/ceiling.rules.js';
import { stateSources, type StateSource } from '../../programmes/funding-facts.rules.js';
import type { PlacedPost } from '../application/application.rules.js';
import type { YearTotals } from '../application/funding-years.rules.js';
import { hundredths, periodWords } from '../explanation.rules.js';
import type { GrantedPost } from './decision.rules.js';

/** What was asked for and what of it is granted. */
export interface Cut {
  readonly asked: readonly PlacedPost[];
  readonly granted: readonly PlacedPost[];
  readonly plan: readonly Pick<PlannedShare, 'fundingYear' | 'source' | 'amount'>[];
  readonly years: readonly YearTotals[];
}

const BASIS = '§ 39 Abs. 1 VwVfG NRW';

/** What a partial grant does not grant: post by post, and in money by year and source; the applicant need not compare. */
export function cutSteps({ asked, granted, plan, years }: Cut): DerivationStep[] {
  return [
    ...asked.map((wish) =>
      postStep(wish, granted.find(({ position }) => position === wish.position) ?? null),
    ),
    ...years.flatMap((year) =>
      stateSources.flatMap((source) => amountStep(source, plan, year, years.length > 1)),
    ),
  ];
}

function amountStep(
  source: StateSource,
  plan: Cut['plan'],
  { fundingYear, totals }: YearTotals,
  several: boolean,
): DerivationStep[] {
  const wish = plan.find((share) => share.source === source && share.fundingYear === fundingYear);
  const wanted = wish?.amount ?? Money.zero;
  const given = totals.find((total) => total.source === source)?.amount ?? Money.zero;
  if (wanted.equals(given)) return [];
  const cut = wanted.minus(given);
  const words = sourceWords[source];
  const which = several ? `${String(fundingYear)}, ` : '';
  return [
    {
      label: {
        de: `${which}${words.de}: beantragt ${wanted.format('de')}, bewilligt ${given.format('de')}, nicht bewilligt ${cut.format('de')}`,
        en: `${which}${words.en}: asked for ${wanted.format('en')}, granted ${given.format('en')}, not granted ${cut.format('en')}`,
      },
      ...{ rule: 'partial_grant.amount', basis: BASIS, confidence: null },
      operands: [
        ...(several ? [{ name: 'fundingYear', value: String(fundingYear) }] : []),
        { name: 'askedCents', value: wanted.toString() },
        { name: 'grantedCents', value: given.toString() },
      ],
      result: cut.toString(),
    },
  ];
}

/** The posts a decision froze, read back from its inputs. */
export function grantedPosts(inputs: string): (GrantedPost & Pick<PlacedPost, 'category'>)[] {
  const { posts } = JSON.parse(inputs) as {
    posts: readonly {
      readonly position: number;
      readonly category: PlacedPost['category'];
      readonly fteHundredths: number;
      readonly occupiedFrom: string;
      readonly occupiedTo: string;
    }[];
  };
  return posts.map(({ position, category, fteHundredths, occupiedFrom, occupiedTo }) => ({
    ...{ position, category, fteHundredths },
    ...{ occupiedFrom: CalendarDate.parse(occupiedFrom), occupiedTo: CalendarDate.parse(occupiedTo) },
  }));
}

function postStep(wish: PlacedPost, given: PlacedPost | null): DerivationStep {
  const said = (post: PlacedPost | null, locale: 'de' | 'en'): string => {
    if (post === null) return locale === 'de' ? 'nichts' : 'nothing';
    const period = periodWords(post.occupiedFrom.toString(), post.occupiedTo.toString(), locale);
    return `${hundredths(String(post.fteHundredths), locale)} ${locale === 'de' ? 'VZÄ' : 'FTE'} (${period})`;
  };
  const place = String(wish.position);
  const words = categoryWords[wish.category];
  const cut = wish.fteHundredths - (given?.fteHundredths ?? 0);
  return {
    label: {
      de: `Stelle ${place}, ${words.de}: beantragt ${said(wish, 'de')}, bewilligt ${said(given, 'de')}`,
      en: `Post ${place}, ${words.en}: asked for ${said(wish, 'en')}, granted ${said(given, 'en')}`,
    },
    ...{ rule: 'partial_grant.post', basis: BASIS, confidence: null },
    operands: [
      { name: 'post', value: place },
      ...operandsOf('asked', wish),
      ...(given === null ? [] : operandsOf('granted', given)),
    ],
    result: String(cut),
  };
}

function operandsOf(what: string, { fteHundredths, occupiedFrom, occupiedTo }: PlacedPost) {
  return [
    { name: `${what}FteHundredths`, value: String(fteHundredths) },
    { name: `${what}From`, value: occupiedFrom.toString() },
    { name: `${what}To`, value: occupiedTo.toString() },
  ];
}
