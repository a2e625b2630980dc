import { composeIBAN } from 'ibantools';
import { apportion } from '../kernel/allocate.js';
import { CalendarDate } from '../kernel/calendar-date.js';
import type { AllocationId, AppropriationId, BankAccountId, BudgetLineId, CentreId, GuidelineVersionId } from '../kernel/ids.js';
import { Money } from '../kernel/money.js';
import type { NewCentre } from '../centres/centres.rules.js';
import { centres as bodies } from './data/centres.js';
import { kiGuideline2012 } from './data/ki-guideline-2012.js';
import { candidates2016, publishedFigures2016 } from './data/published-figures-2016.js';
import { municipalityName, statewideCast, type DemoCast, type Outcome } from './demo-cast.service.js';
import type { DemoHouses } from './demo-houses.service.js';
import type { DemoStage } from './demo-stage.js';
import { commandCounts, FundingYearPlay, type CentreCalendar, type PlayedCentre } from './funding-year.js';

/** A body of the demo once its centre is recorded. */
export interface DemoBody extends NewCentre {
  readonly id: CentreId;
}

interface Opening {
  readonly cast: DemoCast;
  readonly houses: DemoHouses;
  readonly stage: DemoStage;
}

const COMMANDS_PER_PERSON = 4;
const COMMANDS_PER_BODY = 3 + COMMANDS_PER_PERSON;

/** Before the first year: the people, the 54 bodies and their accounts, and the guideline in force. */
export const opening = {
  commands: 1 + Object.keys(statewideCast).length * COMMANDS_PER_PERSON + bodies.length * COMMANDS_PER_BODY + 3,
  async play({ cast, houses, stage }: Opening): Promise<DemoBody[]> {
    stage.on('2012-06-25');
    await cast.found();
    stage.advance(1);
    await stage.all(Object.entries(statewideCast), async ([username, role]) => {
      await cast.admit(username, role, null);
      stage.advance(COMMANDS_PER_PERSON);
    });
    const recorded = await stage.all(bodies, (body) => settle(body, { cast, houses, stage }));
    const outcome = ({ row }: { row: Outcome }) => row;
    const draft = await stage.commandOf({ who: 'ministry-1', key: 'guideline', outcome }, (invocation) =>
      houses.programmes.draft(invocation, kiGuideline2012),
    );
    const id = draft.id as GuidelineVersionId;
    await stage.commandOf({ who: 'ministry-2', key: 'guideline/release', outcome }, (invocation) =>
      houses.programmes.release(invocation, id),
    );
    await stage.commandOf({ who: 'school-1', key: 'guideline/co-release', outcome }, (invocation) =>
      houses.programmes.coRelease(invocation, id),
    );
    return recorded;
  },
};

async function settle(body: NewCentre, { cast, houses, stage }: Opening): Promise<DemoBody> {
  const centre = await stage.command('ministry-1', `${body.ags}/centre`, (invocation) => houses.centres.create(invocation, body));
  const id = centre.id as CentreId;
  const account = await stage.command('laki-1', `${body.ags}/account`, (invocation) =>
    houses.accounts.propose(invocation, { centreId: id, iban: fictitiousIban(body.ags), holder: `${body.recipient.name}, Kasse (Demo)` }),
  );
  await stage.command('laki-2', `${body.ags}/account/confirm`, (invocation) =>
    houses.accounts.confirm(invocation, account.id as BankAccountId),
  );
  await cast.admit(municipalityName(body.ags), 'municipality', id);
  stage.advance(COMMANDS_PER_PERSON);
  return { ...body, id };
}

/** Right in form and check digits, and nobody's: no bank has this code. */
function fictitiousIban(ags: string): string {
  const iban = composeIBAN({ countryCode: 'DE', bban: `99999999${ags.padStart(10, '0')}` });
  if (iban === null) throw new Error(`No IBAN can be made for ${ags}`);
  return iban;
}

const YEAR = 2016;
const FIRST_DAY = CalendarDate.of(YEAR, 1, 1);

const FIRST_HALF = { asks: '2016-04-18', dueOn: '2016-05-01', paidOn: '2016-05-02', from: 0, to: 5_000 };
const SECOND_HALF = { asks: '2016-09-19', dueOn: '2016-10-01', paidOn: '2016-10-04', from: 5_000, to: 10_000 };
const WHOLE = { ...SECOND_HALF, from: 0 };

/** Most centres stood at the beginning of the year, Coesfeld opened before the first payment date. */
const earlier: CentreCalendar = {
  ...{ applies: '2016-01-11', checks: '2016-01-18', drafts: '2016-01-25', releases: '2016-02-01', waives: '2016-02-08' },
};
/** Borken and Steinfurt opened at the end of June. */
const later: CentreCalendar = {
  ...{ applies: '2016-05-17', checks: '2016-05-23', drafts: '2016-05-30', releases: '2016-06-06', waives: '2016-06-13' },
};
const settlementDays = { reports: '2017-03-20', examines: '2017-04-24', accepts: '2017-05-08' };

const played = bodies.filter((body) => openIn2016(body));
const opensLate = ({ openedOn }: Pick<NewCentre, 'openedOn'>) => openedOn?.isAfter(CalendarDate.of(YEAR, 5, 1)) ?? false;
const lateCount = played.filter(opensLate).length;

/** Bodies whose opening day nobody knows count as open for all of 2016 (assumed). */
function openIn2016({ openedOn, knownOpenBy }: NewCentre): boolean {
  return (openedOn ?? knownOpenBy)?.isBefore(CalendarDate.of(YEAR + 1, 1, 1)) ?? false;
}

/** The funding year 2016 of base funding, and what was published about it. */
export const play2016 = {
  commands:
    5 + publishedFigures2016.length + candidates2016.length +
    played.length * (commandCounts.grant + 2 * commandCounts.instalment + commandCounts.settlement) -
    lateCount * commandCounts.instalment,
  async play(houses: DemoHouses, stage: DemoStage, recorded: readonly DemoBody[]): Promise<void> {
    await provideMoney(houses, stage);
    const centres = modelled(recorded.filter(openIn2016));
    const late = new Set(recorded.filter(opensLate).map(({ id }) => id));
    const early = centres.filter(({ id }) => !late.has(id));
    const latecomers = centres.filter(({ id }) => late.has(id));
    const play = new FundingYearPlay(YEAR, kiGuideline2012, houses, stage);
    const decisions = await play.grant(early, earlier);
    await play.pay(early, decisions, [FIRST_HALF]);
    const lateDecisions = await play.grant(latecomers, later);
    await play.pay(early, decisions, [SECOND_HALF]);
    await play.pay(latecomers, lateDecisions, [WHOLE]);
    await play.settle(centres, new Map([...decisions, ...lateDecisions]), settlementDays);
    for (const [index, figure] of publishedFigures2016.entries()) {
      await stage.commandOf({ who: 'ministry-1', key: `published/${String(index)}`, outcome: unchanging }, (invocation) =>
        houses.figures.record(invocation, figure),
      );
    }
    for (const [index, candidate] of candidates2016.entries()) {
      await stage.commandOf({ who: 'ministry-1', key: `candidate/${String(index)}`, outcome: unchanging }, (invocation) =>
        houses.figures.nameCandidate(invocation, candidate),
      );
    }
  },
};

/** What is recorded once and never changed has no versions. */
function unchanging({ id }: { id: string }): Outcome {
  return { id, version: 1 };
}

async function provideMoney(houses: DemoHouses, stage: DemoStage): Promise<void> {
  stage.on('2016-01-04');
  const line = await stage.command('ministry-1', 'line', (invocation) =>
    houses.budget.createLine(invocation, { chapter: '11 060', title: 'TG 68', name: 'Kommunale Integrationszentren', transferable: false }),
  );
  const lineId = line.id as BudgetLineId;
  const appropriation = await stage.command('ministry-1', 'appropriation', (invocation) =>
    houses.budget.proposeAppropriation(invocation, {
      lineId,
      fundingYear: YEAR,
      amountCents: Money.ofCents(1_000_000_000),
      reason: 'Haushaltsjahr 2016, Landesförderung der Kommunalen Integrationszentren',
      source: '„jährlich rund zehn Millionen Euro“, Presseinformation 90/2/2016; der Ansatz selbst ist angenommen',
      confidence: 'assumed',
    }),
  );
  await stage.command('ministry-2', 'appropriation/release', (invocation) =>
    houses.budget.releaseAppropriation(invocation, appropriation.id as AppropriationId),
  );
  const allotment = await stage.command('ministry-1', 'allotment', (invocation) =>
    houses.budget.proposeAllocation(invocation, {
      lineId,
      fundingYear: YEAR,
      programme: 'KI',
      kind: 'allotment',
      centreId: null,
      amountCents: Money.ofCents(884_000_000),
      reason: '52 Zentren zu höchstens 170.000 Euro (angenommen)',
    }),
  );
  await stage.command('ministry-2', 'allotment/release', (invocation) =>
    houses.budget.releaseAllocation(invocation, allotment.id as AllocationId),
  );
}

/** Published sums of the municipalities and third parties, apportioned by inhabitants: they sum exactly to what was published. */
function modelled(open: readonly DemoBody[]): PlayedCentre[] {
  const weights = new Map(open.map(({ ags, population }) => [ags, BigInt(population ?? 0)]));
  const municipal = apportion(Money.ofCents(1_960_000_000), weights);
  const thirdParty = apportion(Money.ofCents(530_000_000), weights);
  return open.map(({ id, ags, hostType, openedOn }) => ({
    id,
    ags,
    hostType,
    from: openedOn ?? FIRST_DAY,
    municipal: municipal.get(ags) ?? Money.zero,
    thirdParty: thirdParty.get(ags) ?? Money.zero,
  }));
}
