import { calculateGrant } from '../../src/programmes/funding.rules.js';
import { CalendarDate } from '../../src/kernel/calendar-date.js';
import { fundingYear } from '../../src/kernel/funding-year.js';
import { Money } from '../../src/kernel/money.js';
import { Period } from '../../src/kernel/period.js';
import type { NoticeFacts, NoticePost } from '../../src/grants/decision/notice-facts.rules.js';
import { guidelineFacts } from './guideline.js';

const day = (iso: string) => CalendarDate.parse(iso);

/** The reckoning of some posts of 2016 by the guideline of 2012, as a decision would freeze it. */
function stepsOf(posts: readonly NoticePost[]) {
  return calculateGrant({
    ...{ version: guidelineFacts(), hostType: 'kreis', fundingYear: fundingYear(2016) },
    posts: posts.map(({ position, category, fteHundredths, from, to }) => ({
      ...{ key: String(position), category, fteHundredths, occupied: Period.of(from, to) },
    })),
  }).derivation;
}

/** What the notice of a grant to the Kreis Coesfeld says, with what a test wants to be different. */
export function noticeFacts(changes: Partial<NoticeFacts> = {}): NoticeFacts {
  const occupied = { from: day('2016-02-12'), to: day('2017-01-01') };
  const posts: readonly NoticePost[] = changes.posts ?? [
    { position: 1, category: 'specialist', fteHundredths: 300, ...occupied },
    { position: 2, category: 'assistant', fteHundredths: 50, ...occupied },
    { position: 3, category: 'teacher', fteHundredths: 200, ...occupied },
  ];
  const amount = (source: NoticeFacts['amounts'][number]['source'], cents: number) => ({
    ...{ fundingYear: 2016, source, inKind: source === 'state_school', amount: Money.ofCents(cents) },
    line: source === 'state_integration' ? 'Kapitel 11 060, Titel TG 68 (Integration)' : null,
  });
  return {
    ...{ kind: 'grant', fileNumber: '36.02-KI-2016-7', programme: 'KI', at: 1_455_100_000 },
    recipient: { name: 'Kreis Coesfeld', kind: 'kreis' },
    centre: { name: 'Kreis Coesfeld', ags: '05558000' },
    ...{ appliedOn: day('2016-01-18'), releasedOn: day('2016-02-10') },
    proofs: [{ fundingYear: 2016, dueOn: day('2017-03-31') }],
    period: occupied,
    ...{
      reasons: null,
      remedyInformation: true,
      copyRequired: false,
      ...{ earlyStarts: [], furtherProvision: null },
      earlier: null,
      reckoning: '0f'.repeat(32),
    },
    amounts: [
      amount('state_integration', 15_049_180),
      amount('state_school', 8_852_459),
      amount('municipal', 2_000_000),
    ],
    grounds: [{ ...guidelineFacts(), fundingYear: 2016 }],
    steps: stepsOf(posts),
    ...changes,
    posts,
  };
}
