import { Fraction } from '../kernel/fraction.js';
import { CalendarDate } from '../kernel/calendar-date.js';
import { fundingYear, yearPeriod } from '../kernel/funding-year.js';
import {
  newId,
  type ApplicationId,
  type CentreId,
  type DecisionId,
  type DrawdownId,
  type GuidelineVersionId,
  type RateId,
  type SettlementId,
} from '../kernel/ids.js';
import { Money } from '../kernel/money.js';
import { Period } from '../kernel/period.js';
import type { FundingSource } from '../financing/plan.rules.js';
import { calculateGrant, type PostClaim } from '../programmes/funding.rules.js';
import { occupiedShare } from '../programmes/occupied-share.rules.js';
import type { GuidelineDraft, HostType } from '../programmes/guideline.rules.js';
import type { Outcome } from './demo-cast.service.js';
import { municipalityName } from './demo-cast.service.js';
import type { DemoHouses } from './demo-houses.service.js';
import type { DemoStage } from './demo-stage.js';

/** A centre in the year that is played. */
export interface PlayedCentre {
  readonly id: CentreId;
  readonly ags: string;
  readonly hostType: HostType;
  /** First day of its grant in this year. */
  readonly from: CalendarDate;
  /** Modelled shares of the municipality and of third parties. */
  readonly municipal: Money;
  readonly thirdParty: Money;
}

/** The days on which each act of a centre's year is played. */
export interface CentreCalendar {
  readonly applies: string;
  readonly checks: string;
  readonly drafts: string;
  readonly releases: string;
  readonly waives: string;
}

/** A part of the year's grant, between two cumulative hundredths of it, and the days it is asked for, due and paid. */
export interface Instalment {
  readonly asks: string;
  readonly dueOn: string;
  readonly paidOn: string;
  readonly from: number;
  readonly to: number;
}

/** How many commands each part of a centre's year takes. */
export const commandCounts = { grant: 8, instalment: 4, settlement: 6 } as const;

const ONE = { limit: 1, cursor: null };
const MODEL = 'Veröffentlichte landesweite Summe, nach Einwohnern auf die Zentren verteilt (Modell)';

/** Plays a funding year of base funding from the applications to the accepted settlement reports. */
export class FundingYearPlay {
  constructor(
    private readonly year: number,
    private readonly guideline: GuidelineDraft,
    private readonly houses: DemoHouses,
    private readonly stage: DemoStage,
  ) {}

  /** What the guideline gives a centre for its part of the year, and the posts it asks for. */
  private claim(centre: PlayedCentre) {
    const occupied = Period.of(centre.from, yearEnd(this.year));
    const posts: PostClaim[] = this.guideline.posts
      .filter(({ hostType }) => hostType === centre.hostType)
      .map(({ category, fteHundredths }) => ({ key: category, category, fteHundredths, occupied }));
    const { hostType } = centre;
    const rates = this.guideline.rates.map((rate) => ({ ...rate, id: newId<RateId>() }));
    const version = { ...this.guideline, rates, id: newId<GuidelineVersionId>() };
    return { posts, totals: calculateGrant({ version, hostType, fundingYear: fundingYear(this.year), posts }).totals };
  }

  /** Months of full-time posts that were filled, in hundredths. */
  private postMonths(centre: PlayedCentre): number {
    const { posts } = this.claim(centre);
    const shares = posts.map(({ fteHundredths, occupied }) =>
      Fraction.of(12 * fteHundredths).times(occupiedShare(occupied, fundingYear(this.year), 'actual_days')),
    );
    return Number(Fraction.sum(shares).roundHalfAwayFromZero());
  }

  private stateShare(centre: PlayedCentre, source: FundingSource): Money {
    return this.claim(centre).totals.find((total) => total.source === source)?.amount ?? Money.zero;
  }

  /** Application, check, decision, release, notice and waiver of several centres, act by act and day by day. */
  async grant(centres: readonly PlayedCentre[], calendar: CentreCalendar): Promise<Map<CentreId, DecisionId>> {
    const { stage, houses } = this;
    stage.on(calendar.applies);
    const applications = await stage.all(centres, (centre) => this.apply(centre));
    stage.on(calendar.checks);
    await stage.all(applications, async ({ centre, id }) => {
      await stage.commandOf({ who: 'laki-1', key: `${centre.ags}/check`, outcome: applicationOf }, (invocation) =>
        houses.checks.check(invocation, id, { complete: true, note: 'Antrag vollständig, Stellen und Zeitraum nachvollziehbar.' }),
      );
      await stage.commandOf({ who: 'laki-1', key: `${centre.ags}/recommend`, outcome: applicationOf }, (invocation) =>
        houses.checks.recommend(invocation, id, 'Bewilligung wie beantragt: Die Voraussetzungen der Richtlinie liegen vor.'),
      );
    });
    stage.on(calendar.drafts);
    const decisions = await stage.all(applications, async ({ centre, id }) => {
      const decision = await stage.commandOf({ who: 'laki-2', key: `${centre.ags}/decision`, outcome: decisionOf }, (invocation) =>
        houses.drafts.draft(invocation, {
          applicationId: id,
          kind: 'grant',
          fileNumber: `36.02-KI-${String(this.year)}-${centre.ags}`,
          reasons: null,
          posts: null,
          remedyInformation: true,
        }),
      );
      return { centre, id: decision.id as DecisionId };
    });
    await this.decide(decisions, calendar);
    return new Map(decisions.map(({ centre, id }) => [centre.id, id]));
  }

  private async decide(
    decisions: readonly { centre: PlayedCentre; id: DecisionId }[],
    { releases, waives }: CentreCalendar,
  ): Promise<void> {
    const { stage, houses } = this;
    stage.on(releases);
    await stage.all(decisions, async ({ centre, id }) => {
      await stage.commandOf({ who: 'laki-3', key: `${centre.ags}/release`, outcome: decisionOf }, (invocation) =>
        houses.decisions.release(invocation, id),
      );
      await stage.commandOf({ who: 'laki-2', key: `${centre.ags}/notify`, outcome: decisionOf }, (invocation) =>
        houses.decisions.notify(invocation, id, { mode: 'electronic', on: CalendarDate.parse(releases) }),
      );
    });
    stage.on(waives);
    await stage.all(decisions, ({ centre, id }) =>
      stage.commandOf({ who: municipalityName(centre.ags), key: `${centre.ags}/waive`, outcome: decisionOf }, (invocation) =>
        houses.decisions.waiveRemedies(invocation, id),
      ),
    );
  }

  private async apply(centre: PlayedCentre): Promise<{ centre: PlayedCentre; id: ApplicationId }> {
    const who = municipalityName(centre.ags);
    const { posts, totals } = this.claim(centre);
    const stateShares = totals.map(({ source, amount }) => ({ source, amount, modelled: false, origin: null }));
    const draft = await this.stage.commandOf({ who, key: `${centre.ags}/draft`, outcome: applicationOf }, (invocation) =>
      this.houses.applications.draft(invocation, {
        programme: 'KI',
        fundingYear: this.year,
        periodFrom: centre.from,
        periodTo: yearEnd(this.year),
        posts: posts.map(({ category, fteHundredths }) => ({
          category,
          fteHundredths,
          occupiedFrom: centre.from,
          occupiedTo: yearEnd(this.year),
        })),
        plan: [
          ...stateShares,
          { source: 'municipal', amount: centre.municipal, modelled: true, origin: MODEL },
          { source: 'third_party', amount: centre.thirdParty, modelled: true, origin: MODEL },
        ],
      }),
    );
    const id = draft.id as ApplicationId;
    await this.stage.commandOf({ who, key: `${centre.ags}/submit`, outcome: applicationOf }, (invocation) =>
      this.houses.applications.submit(invocation, id),
    );
    return { centre, id };
  }

  /** The instalments of several centres: requested, certified, ordered by another person, confirmed by the cash office. */
  async pay(
    centres: readonly PlayedCentre[],
    decisions: ReadonlyMap<CentreId, DecisionId>,
    instalments: readonly Instalment[],
  ): Promise<void> {
    for (const { asks, dueOn, paidOn, from, to } of instalments) {
      this.stage.on(asks);
      const requested = await this.stage.all(centres, (centre) =>
        this.request(centre, decisions, { from, to, dueOn: CalendarDate.parse(dueOn) }),
      );
      await this.stage.all(requested, ({ centre, id }) =>
        this.stage.command('laki-1', `${centre.ags}/certify/${dueOn}`, (invocation) =>
          this.houses.drawdowns.certify(invocation, id, { factually: true, arithmetically: true }),
        ),
      );
      this.stage.on(paidOn);
      await this.stage.all(requested, ({ centre, id }) => this.orderAndConfirm(centre, id, { dueOn, paidOn }));
    }
  }

  private async request(
    centre: PlayedCentre,
    decisions: ReadonlyMap<CentreId, DecisionId>,
    { from, to, dueOn }: { from: number; to: number; dueOn: CalendarDate },
  ): Promise<{ centre: PlayedCentre; id: DrawdownId }> {
    const granted = this.stateShare(centre, 'state_integration');
    // Rounded down, as the rule does, so that no instalment is a cent ahead of its date.
    const upTo = (hundredths: number) => Money.ofCents(Fraction.of(granted.cents).times(Fraction.of(hundredths, 10_000)).floor());
    const drawdown = await this.stage.command(municipalityName(centre.ags), `${centre.ags}/drawdown/${dueOn.toString()}`, (invocation) =>
      this.houses.drawdowns.request(invocation, {
        decisionId: known(decisions, centre.id),
        fundingYear: this.year,
        amountCents: upTo(to).minus(upTo(from)),
        dueOn,
      }),
    );
    return { centre, id: drawdown.id as DrawdownId };
  }

  private async orderAndConfirm(
    centre: PlayedCentre,
    id: DrawdownId,
    { dueOn, paidOn }: { dueOn: string; paidOn: string },
  ): Promise<void> {
    await this.stage.command('laki-2', `${centre.ags}/order/${dueOn}`, (invocation) => this.houses.drawdowns.order(invocation, id));
    const unfiltered = { decisionId: null, centreId: null, fundingYear: null, state: null };
    const found = await this.houses.payments.list(await this.stage.actor('cash-1'), { ...unfiltered, drawdownId: id }, ONE);
    const [payment] = found.items;
    if (payment === undefined) throw new Error('An order makes a payment');
    await this.stage.command('cash-1', `${centre.ags}/confirm/${dueOn}`, (invocation) =>
      this.houses.payments.confirm(invocation, payment.id, CalendarDate.parse(paidOn)),
    );
  }

  /** The settlement reports of all centres: reported, examined by one person, accepted by another. */
  async settle(
    centres: readonly PlayedCentre[],
    decisions: ReadonlyMap<CentreId, DecisionId>,
    days: { readonly reports: string; readonly examines: string; readonly accepts: string },
  ): Promise<void> {
    const { stage, houses } = this;
    stage.on(days.reports);
    const reports = await stage.all(centres, (centre) => this.report(centre, known(decisions, centre.id)));
    stage.on(days.examines);
    await stage.all(reports, async ({ centre, id }) => {
      await stage.commandOf({ who: 'laki-1', key: `${centre.ags}/settlement/check`, outcome: settlementOf }, (invocation) =>
        houses.settlements.check(invocation, id, { complete: true, note: null }),
      );
      await stage.commandOf({ who: 'laki-1', key: `${centre.ags}/settlement/examine`, outcome: settlementOf }, (invocation) =>
        houses.settlements.examine(invocation, id, {
          checked: 'Rechnerisch und auf Übereinstimmung mit Bescheid, Stellenbesetzung und Finanzierungsplan geprüft.',
          result: 'Keine Abweichungen.',
          purposeReached: true,
          consequence: 'grant_kept',
        }),
      );
    });
    stage.on(days.accepts);
    await stage.all(reports, ({ centre, id }) =>
      stage.commandOf({ who: 'laki-2', key: `${centre.ags}/settlement/accept`, outcome: settlementOf }, (invocation) =>
        houses.acceptances.accept(invocation, id),
      ),
    );
  }

  private async report(centre: PlayedCentre, decisionId: DecisionId): Promise<{ centre: PlayedCentre; id: SettlementId }> {
    const { stage, houses } = this;
    const who = municipalityName(centre.ags);
    const opened = await stage.commandOf({ who, key: `${centre.ags}/settlement/open`, outcome: settlementOf }, (invocation) =>
      houses.settlements.open(invocation, { decisionId, fundingYear: this.year }),
    );
    const id = opened.id as SettlementId;
    const state = this.stateShare(centre, 'state_integration');
    const teachers = this.stateShare(centre, 'state_school');
    const spent = state.plus(centre.municipal).plus(centre.thirdParty);
    await stage.commandOf({ who, key: `${centre.ags}/settlement/edit`, outcome: settlementOf }, (invocation) =>
      houses.settlements.edit(invocation, id, {
        narrative: `Das Kommunale Integrationszentrum hat im Jahr ${String(this.year)} in beiden Handlungsfeldern gearbeitet; die geförderten Stellen waren besetzt.`,
        postMonthsHundredths: this.postMonths(centre),
        auditOfficeCertified: true,
        confirmed: true,
        items: [
          { kind: 'income', category: 'state_integration', settledCents: state, eligibleCents: null },
          { kind: 'income', category: 'state_school', settledCents: teachers, eligibleCents: null },
          { kind: 'income', category: 'municipal', settledCents: centre.municipal, eligibleCents: null },
          { kind: 'income', category: 'third_party', settledCents: centre.thirdParty, eligibleCents: null },
          { kind: 'expenditure', category: 'personnel', settledCents: spent, eligibleCents: state },
          { kind: 'expenditure', category: 'material', settledCents: Money.zero, eligibleCents: Money.zero },
          { kind: 'expenditure', category: 'seconded_teachers', settledCents: teachers, eligibleCents: teachers },
        ],
      }),
    );
    await stage.commandOf({ who, key: `${centre.ags}/settlement/submit`, outcome: settlementOf }, (invocation) =>
      houses.settlements.submit(invocation, id),
    );
    return { centre, id };
  }
}

function applicationOf({ application }: { application: Outcome }): Outcome {
  return application;
}

function decisionOf({ decision }: { decision: Outcome }): Outcome {
  return decision;
}

function settlementOf({ settlement }: { settlement: Outcome }): Outcome {
  return settlement;
}

function known<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key);
  if (value === undefined) throw new Error(`Nothing is known of ${String(key)}`);
  return value;
}

export function yearEnd(year: number): CalendarDate {
  const { to } = yearPeriod(fundingYear(year));
  if (to === null) throw new Error('A funding year has an end');
  return to;
}
