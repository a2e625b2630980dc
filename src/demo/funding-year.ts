import { Fraction } from '../kernel/fraction.js';
import { CalendarDate } from '../kernel/calendar-date.js';
import { fundingYear } from '../kernel/funding-year.js';
import {
  newId,
  type ApplicationId,
  type CallId,
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
import type { PostClaim } from '../programmes/funding-facts.rules.js';
import { calculateGrant } from '../programmes/funding.rules.js';
import { occupiedShare } from '../programmes/occupied-share.rules.js';
import type { GuidelineDraft } from '../programmes/guideline.rules.js';
import { municipalityName } from './demo-cast.service.js';
import type { DemoHouses } from './demo-houses.service.js';
import {
  applicationOf,
  decisionOf,
  known,
  settlementOf,
  yearEnd,
  type Act,
  type CentreCalendar,
  type Instalment,
  type PlayedCentre,
  type Setting,
} from './centre-year.js';
import type { DemoStage } from './demo-stage.js';

const ONE = { limit: 1, cursor: null };
/** A funding year of base funding of a group of centres, from the applications to the accepted settlement reports. */
export class FundingYearPlay {
  private readonly year: number;
  private readonly callId: CallId;
  private readonly guideline: GuidelineDraft;
  private readonly houses: DemoHouses;
  private readonly stage: DemoStage;
  private readonly applications = new Map<CentreId, ApplicationId>();
  private readonly decisions = new Map<CentreId, DecisionId>();
  private readonly settlements = new Map<CentreId, SettlementId>();
  private readonly drawdowns = new Map<string, DrawdownId>();

  constructor(
    { year, callId, guideline, houses, stage }: Setting,
    private readonly centres: readonly PlayedCentre[],
  ) {
    this.year = year;
    this.callId = callId;
    this.guideline = guideline;
    this.houses = houses;
    this.stage = stage;
  }

  /** All acts of the group, each on its day. */
  acts(calendar: CentreCalendar): Act[] {
    const each = (on: string, act: (centre: PlayedCentre) => Promise<unknown>): Act => ({
      on,
      play: () => this.stage.all(this.centres, act),
    });
    return [
      each(calendar.applies, (centre) => this.apply(centre)),
      each(calendar.checks, (centre) => this.check(centre)),
      each(calendar.drafts, (centre) => this.draft(centre)),
      each(calendar.releases, (centre) => this.release(centre, CalendarDate.parse(calendar.releases))),
      each(calendar.waives, (centre) => this.waive(centre)),
      ...calendar.instalments.flatMap((instalment) => [
        each(instalment.asks, (centre) => this.call(centre, instalment)),
        each(instalment.paidOn, (centre) => this.pay(centre, instalment)),
      ]),
      each(calendar.reports, (centre) => this.report(centre)),
      each(calendar.examines, (centre) => this.examine(centre)),
      each(calendar.accepts, (centre) => this.accept(centre)),
    ];
  }

  /** What the guideline gives a centre for its part of the year, and the posts it asks for. */
  private claim(centre: PlayedCentre) {
    const occupied = Period.of(centre.from, yearEnd(this.year));
    const posts: PostClaim[] = this.guideline.posts
      .filter(({ hostType }) => hostType === centre.hostType)
      .flatMap(({ category, fteHundredths }) =>
        fteHundredths === null ? [] : [{ key: category, category, fteHundredths, occupied }],
      );
    const { hostType } = centre;
    const rates = this.guideline.rates.map((rate) => ({ ...rate, id: newId<RateId>() }));
    const version = { ...this.guideline, rates, id: newId<GuidelineVersionId>() };
    return {
      posts,
      totals: calculateGrant({ version, hostType, fundingYear: fundingYear(this.year), posts }).totals,
    };
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

  private async check(centre: PlayedCentre): Promise<void> {
    const { stage, houses } = this;
    const id = known(this.applications, centre.id);
    await stage.commandOf(
      { who: 'laki-1', key: `${centre.ags}/check`, outcome: applicationOf },
      (invocation) =>
        houses.checks.check(invocation, id, {
          results: this.guideline.checklist.map(({ code }) => ({ code, result: 'met', reason: null })),
          note: 'Antrag vollständig, Stellen und Zeitraum nachvollziehbar.',
        }),
    );
    await stage.commandOf(
      { who: 'laki-1', key: `${centre.ags}/recommend`, outcome: applicationOf },
      (invocation) =>
        houses.checks.recommend(invocation, id, {
          ...{ proposes: 'grant', deviations: [] },
          recommendation: 'Bewilligung wie beantragt: Die Voraussetzungen der Richtlinie liegen vor.',
        }),
    );
  }

  private async draft(centre: PlayedCentre): Promise<void> {
    const decision = await this.stage.commandOf(
      { who: 'laki-2', key: `${centre.ags}/decision`, outcome: decisionOf },
      (invocation) =>
        this.houses.drafts.draft(invocation, {
          applicationId: known(this.applications, centre.id),
          kind: 'grant',
          fileNumber: `36.02-KI-${String(this.year)}-${centre.ags}`,
          reasons: null,
          ...{ posts: null, lines: null, copyWaiver: null, provisions: null, furtherProvision: null },
          remedyInformation: true,
        }),
    );
    this.decisions.set(centre.id, decision.id as DecisionId);
  }

  private async release(centre: PlayedCentre, on: CalendarDate): Promise<void> {
    const { stage, houses } = this;
    const id = known(this.decisions, centre.id);
    await stage.commandOf(
      { who: 'laki-3', key: `${centre.ags}/release`, outcome: decisionOf },
      (invocation) => houses.decisions.release(invocation, id),
    );
    await stage.commandOf({ who: 'laki-2', key: `${centre.ags}/notify`, outcome: decisionOf }, (invocation) =>
      houses.decisions.notify(invocation, id, { mode: 'electronic', on, answerWeighed: false }),
    );
  }

  private waive(centre: PlayedCentre): Promise<unknown> {
    const waiver = { who: municipalityName(centre.ags), key: `${centre.ags}/waive`, outcome: decisionOf };
    return this.stage.commandOf(waiver, (invocation) =>
      this.houses.decisions.waiveRemedies(invocation, known(this.decisions, centre.id)),
    );
  }

  private async apply(centre: PlayedCentre): Promise<void> {
    const who = municipalityName(centre.ags);
    const { posts, totals } = this.claim(centre);
    const stateShares = totals.map(({ source, amount }) => ({
      source,
      amount,
      modelled: false,
      origin: null,
    }));
    const draft = await this.stage.commandOf(
      { who, key: `${centre.ags}/draft`, outcome: applicationOf },
      (invocation) =>
        this.houses.applications.draft(invocation, {
          ...{ callId: this.callId, programme: 'KI', fundingYear: this.year },
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
            { source: 'municipal', amount: centre.municipal, modelled: true, origin: centre.origin },
            { source: 'third_party', amount: centre.thirdParty, modelled: true, origin: centre.origin },
          ],
        }),
    );
    const id = draft.id as ApplicationId;
    await this.stage.commandOf({ who, key: `${centre.ags}/submit`, outcome: applicationOf }, (invocation) =>
      this.houses.applications.submit(invocation, id),
    );
    this.applications.set(centre.id, id);
  }

  /** The recipient calls an instalment, and the granting authority certifies it. */
  private async call(centre: PlayedCentre, { from, to, dueOn }: Instalment): Promise<void> {
    const { stage, houses } = this;
    const granted = this.stateShare(centre, 'state_integration');
    // Rounded down, as the rule does, so that no instalment is a cent ahead of its date.
    const upTo = (hundredths: number) =>
      Money.ofCents(Fraction.of(granted.cents).times(Fraction.of(hundredths, 10_000)).floor());
    const drawdown = await stage.command(
      municipalityName(centre.ags),
      `${centre.ags}/drawdown/${dueOn}`,
      (invocation) =>
        houses.drawdowns.request(invocation, {
          decisionId: known(this.decisions, centre.id),
          fundingYear: this.year,
          amountCents: upTo(to).minus(upTo(from)),
          dueOn: CalendarDate.parse(dueOn),
        }),
    );
    const id = drawdown.id as DrawdownId;
    await stage.command('laki-1', `${centre.ags}/certify/${dueOn}`, (invocation) =>
      houses.drawdowns.certify(invocation, id, { factually: true, arithmetically: true }),
    );
    this.drawdowns.set(`${centre.id} ${dueOn}`, id);
  }

  /** Ordered by another person, and paid by the cash office. */
  private async pay(centre: PlayedCentre, { dueOn, paidOn }: Instalment): Promise<void> {
    const { stage, houses } = this;
    const drawdownId = known(this.drawdowns, `${centre.id} ${dueOn}`);
    await stage.command('laki-2', `${centre.ags}/order/${dueOn}`, (invocation) =>
      houses.drawdowns.order(invocation, drawdownId),
    );
    const unfiltered = { decisionId: null, centreId: null, fundingYear: null, state: null };
    const found = await houses.payments.list(await stage.actor('cash-1'), { ...unfiltered, drawdownId }, ONE);
    const [payment] = found.items;
    if (payment === undefined) throw new Error('An order makes a payment');
    await stage.command('cash-1', `${centre.ags}/confirm/${dueOn}`, (invocation) =>
      houses.payments.confirm(invocation, payment.id, CalendarDate.parse(paidOn)),
    );
  }

  private async examine(centre: PlayedCentre): Promise<void> {
    const { stage, houses } = this;
    const id = known(this.settlements, centre.id);
    await stage.commandOf(
      { who: 'laki-1', key: `${centre.ags}/settlement/check`, outcome: settlementOf },
      (invocation) => houses.settlements.check(invocation, id, null),
    );
    await stage.commandOf(
      { who: 'laki-1', key: `${centre.ags}/settlement/examine`, outcome: settlementOf },
      (invocation) =>
        houses.settlements.examine(invocation, id, {
          checked:
            'Rechnerisch und auf Übereinstimmung mit Bescheid, Stellenbesetzung und Finanzierungsplan geprüft.',
          result: 'Keine Abweichungen.',
          purposeReached: true,
          consequence: 'grant_kept',
        }),
    );
  }

  private accept(centre: PlayedCentre): Promise<unknown> {
    const acceptance = { who: 'laki-2', key: `${centre.ags}/settlement/accept`, outcome: settlementOf };
    return this.stage.commandOf(acceptance, (invocation) =>
      this.houses.acceptances.accept(invocation, known(this.settlements, centre.id)),
    );
  }

  private async report(centre: PlayedCentre): Promise<void> {
    const { stage, houses } = this;
    const decisionId = known(this.decisions, centre.id);
    const who = municipalityName(centre.ags);
    const opened = await stage.commandOf(
      { who, key: `${centre.ags}/settlement/open`, outcome: settlementOf },
      (invocation) => houses.settlements.open(invocation, { decisionId, fundingYear: this.year }),
    );
    const id = opened.id as SettlementId;
    const state = this.stateShare(centre, 'state_integration');
    const teachers = this.stateShare(centre, 'state_school');
    const spent = state.plus(centre.municipal).plus(centre.thirdParty);
    await stage.commandOf(
      { who, key: `${centre.ags}/settlement/edit`, outcome: settlementOf },
      (invocation) =>
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
            {
              kind: 'expenditure',
              category: 'material',
              settledCents: Money.zero,
              eligibleCents: Money.zero,
            },
            {
              kind: 'expenditure',
              category: 'seconded_teachers',
              settledCents: teachers,
              eligibleCents: teachers,
            },
          ],
        }),
    );
    await stage.commandOf(
      { who, key: `${centre.ags}/settlement/submit`, outcome: settlementOf },
      (invocation) => houses.settlements.submit(invocation, id),
    );
    this.settlements.set(centre.id, id);
  }
}
