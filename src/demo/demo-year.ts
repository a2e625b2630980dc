import { apportion } from '../kernel/allocate.js';
import { CalendarDate } from '../kernel/calendar-date.js';
import type { AllocationId, AppropriationId, BudgetLineId, CallId } from '../kernel/ids.js';
import { Money } from '../kernel/money.js';
import type { CandidateFacts, PublishedFacts } from '../financing/published-figure.rules.js';
import type { NewCentre } from '../centres/centres.rules.js';
import type { GuidelineDraft } from '../programmes/guideline.rules.js';
import { centres as bodies } from './data/centres.js';
import type { Outcome } from './demo-cast.service.js';
import type { DemoHouses } from './demo-houses.service.js';
import type { DemoStage } from './demo-stage.js';
import { commandCounts, type Act, type CentreCalendar, type PlayedCentre } from './centre-year.js';
import { FundingYearPlay } from './funding-year.js';
import type { DemoBody } from './opening.js';

/** What is given for a demo year; everything else follows from the guideline and the bodies. */
export interface DemoYear {
  readonly year: number;
  readonly guideline: GuidelineDraft;
  readonly moneyOn: string;
  readonly appropriation: { readonly amount: Money; readonly reason: string; readonly source: string };
  readonly allotment: { readonly amount: Money; readonly reason: string };
  /** What municipalities and third parties gave statewide, apportioned by inhabitants, and where the sums come from. */
  readonly others: { readonly municipal: Money; readonly thirdParty: Money; readonly origin: string };
  /** The calendar of centres whose grant begins after the named day, latest first; the last holds for all others. */
  readonly calendars: readonly { readonly after: string | null; readonly calendar: CentreCalendar }[];
  readonly published: readonly PublishedFacts[];
  readonly candidates: readonly CandidateFacts[];
}

const LINE = {
  chapter: '11 060',
  title: 'TG 68',
  name: 'Kommunale Integrationszentren',
  transferable: false,
};
const MONEY_COMMANDS = 4;
const CALL_COMMANDS = 1;

/** How many commands the year takes: money, applications to settlements, published figures. */
export function commandsOf(demo: DemoYear): number {
  const centres = bodies.flatMap((body) => firstDay(body, demo.year) ?? []);
  const perCentre = centres.map((from) => {
    const { instalments } = calendarOf(demo, from);
    return commandCounts.grant + commandCounts.settlement + instalments.length * commandCounts.instalment;
  });
  const figures = demo.published.length + demo.candidates.length;
  return (
    1 + MONEY_COMMANDS + CALL_COMMANDS + figures + perCentre.reduce((sum, commands) => sum + commands, 0)
  );
}

/** Plays a year: every act on its day, whoever's it is. */
export async function playYear(
  demo: DemoYear,
  { houses, stage, recorded }: { houses: DemoHouses; stage: DemoStage; recorded: readonly DemoBody[] },
): Promise<void> {
  await provideMoney(demo, houses, stage);
  const { year, guideline } = demo;
  const callId = await announce(demo, houses, stage);
  const centres = played(demo, recorded);
  const acts: Act[] = demo.calendars.flatMap(({ calendar }) => {
    const group = centres.filter(({ from }) => calendarOf(demo, from) === calendar);
    return group.length === 0
      ? []
      : new FundingYearPlay({ year, callId, guideline, houses, stage }, group).acts(calendar);
  });
  for (const act of acts.toSorted((one, other) => (one.on < other.on ? -1 : one.on > other.on ? 1 : 0))) {
    stage.on(act.on);
    await act.play();
  }
  await publish(demo, houses, stage);
}

/**
 * The first day of a body's grant in a year; null when it had no centre yet. Bodies of whose centre only is known that
 * it was among the first 49 count as open all the time (assumed); others from the day by which they were open.
 */
function firstDay({ openedOn, knownOpenBy, ordinal }: NewCentre, year: number): CalendarDate | null {
  const first = CalendarDate.of(year, 1, 1);
  const known = openedOn ?? (ordinal === null ? first : knownOpenBy);
  if (known === null || known.year > year) return null;
  return CalendarDate.max(known, first);
}

function calendarOf({ calendars, year }: DemoYear, from: CalendarDate): CentreCalendar {
  const found = calendars.find(({ after }) => after === null || from.isAfter(CalendarDate.parse(after)));
  if (found === undefined)
    throw new Error(`No calendar for a centre from ${from.toString()} in ${String(year)}`);
  return found.calendar;
}

/** The centres of the year with their modelled shares, which sum exactly to the statewide sums. */
function played({ year, others }: DemoYear, recorded: readonly DemoBody[]): PlayedCentre[] {
  const open = recorded.flatMap((body) => {
    const from = firstDay(body, year);
    return from === null ? [] : [{ ...body, from }];
  });
  const weights = new Map(open.map(({ ags, population }) => [ags, BigInt(population ?? 0)]));
  const municipal = apportion(others.municipal, weights);
  const thirdParty = apportion(others.thirdParty, weights);
  return open.map(({ id, ags, hostType, from }) => ({
    ...{ id, ags, hostType, from, origin: others.origin },
    municipal: municipal.get(ags) ?? Money.zero,
    thirdParty: thirdParty.get(ags) ?? Money.zero,
  }));
}

async function provideMoney(demo: DemoYear, houses: DemoHouses, stage: DemoStage): Promise<void> {
  const { year: fundingYear } = demo;
  stage.on(demo.moneyOn);
  const actor = await stage.actor('ministry-1');
  const lines = await houses.budget.lines(actor, { after: null, limit: 50 });
  const standing = lines.find(({ chapter, title }) => chapter === LINE.chapter && title === LINE.title);
  const line =
    standing ??
    (await stage.command('ministry-1', 'line', (invocation) => houses.budget.createLine(invocation, LINE)));
  if (standing !== undefined) stage.advance(1);
  const lineId = line.id as BudgetLineId;
  const appropriation = await stage.command('ministry-1', 'appropriation', (invocation) =>
    houses.appropriations.propose(invocation, {
      ...{ lineId, fundingYear, confidence: 'assumed' },
      amountCents: demo.appropriation.amount,
      reason: demo.appropriation.reason,
      source: demo.appropriation.source,
    }),
  );
  await stage.command('ministry-2', 'appropriation/release', (invocation) =>
    houses.appropriations.release(invocation, appropriation.id as AppropriationId),
  );
  const allotment = await stage.command('ministry-1', 'allotment', (invocation) =>
    houses.allocations.propose(invocation, {
      ...{ lineId, fundingYear, programme: 'KI', kind: 'allotment', centreId: null },
      amountCents: demo.allotment.amount,
      reason: demo.allotment.reason,
    }),
  );
  await stage.command('ministry-2', 'allotment/release', (invocation) =>
    houses.allocations.release(invocation, allotment.id as AllocationId),
  );
}

/** Open from the day the money is there until the year ends, for a centre may open late in it. */
async function announce({ year, moneyOn }: DemoYear, houses: DemoHouses, stage: DemoStage): Promise<CallId> {
  const call = await stage.commandOf(
    { who: 'ministry-1', key: 'call', outcome: ({ call: opened }: { call: Outcome }) => opened },
    (invocation) =>
      houses.calls.open(invocation, {
        ...{ programme: 'KI', fromYear: year, toYear: year, requiredAttachments: [] },
        opensOn: CalendarDate.parse(moneyOn),
        closesOn: CalendarDate.of(year, 12, 31),
        titleDe: `Förderung der Kommunalen Integrationszentren ${String(year)}`,
        titleEn: `Funding of the local integration centres ${String(year)}`,
        textDe: `Anträge auf Grundförderung für das Haushaltsjahr ${String(year)} nimmt die Bewilligungsbehörde bis zum Jahresende entgegen (Demo; der Termin ist angenommen).`,
        textEn: `The granting authority takes applications for base funding in the year ${String(year)} until its end (demo; the date is assumed).`,
      }),
  );
  return call.id as CallId;
}

async function publish(
  { published, candidates }: DemoYear,
  houses: DemoHouses,
  stage: DemoStage,
): Promise<void> {
  for (const [index, figure] of published.entries()) {
    const step = { who: 'ministry-1', key: `published/${String(index)}`, outcome: unchanging };
    await stage.commandOf(step, (invocation) => houses.figures.record(invocation, figure));
  }
  for (const [index, candidate] of candidates.entries()) {
    const step = { who: 'ministry-1', key: `candidate/${String(index)}`, outcome: unchanging };
    await stage.commandOf(step, (invocation) => houses.figures.nameCandidate(invocation, candidate));
  }
}

/** What is recorded once and never changed has no versions. */
function unchanging({ id }: { id: string }): Outcome {
  return { id, version: 1 };
}
