import { createHash, randomUUID } from 'node:crypto';
import type { Response, Test } from 'supertest';
import { CalendarDate } from '../../src/kernel/calendar-date.js';
import type { GuidelineDraft } from '../../src/programmes/guideline.rules.js';
import type { CallId, CentreId } from '../../src/kernel/ids.js';
import { POOL_SIZE, type Caller, type TestApp } from './app.js';
import { guidelineDraft, passed } from './guideline.js';
import { staged } from './original.js';

/** What every answer about one thing carries. */
export interface Thing {
  readonly id: string;
  readonly version: number;
}

export interface Application extends Thing {
  readonly caseId: string;
  readonly fundingYear: number;
}

export interface Decision extends Thing {
  readonly caseId: string;
  readonly fundingYear: number;
  readonly state: string;
  readonly finalOn: string | null;
  readonly amounts: readonly { readonly source: string; readonly amountCents: number }[];
}

export interface Drawdown extends Thing {
  readonly state: string;
  readonly amountCents: number;
}

export interface Payment extends Thing {
  readonly state: string;
  readonly amountCents: number;
  readonly iban: string;
  readonly holder: string;
  readonly reference: string;
  readonly confirmedOn: string | null;
}

export interface Settlement extends Thing {
  readonly state: string;
  readonly dueOn: string;
  readonly overdue: boolean;
  readonly items: readonly {
    readonly kind: string;
    readonly category: string;
    readonly perNoticeCents: number | null;
    readonly settledCents: number | null;
  }[];
}

/** What one source gives by a decision, in cents. */
export function grantedBy(decision: Decision, source: string): number {
  return decision.amounts.find((amount) => amount.source === source)?.amountCents ?? 0;
}

/** A centre as a story names it. */
export interface Place {
  readonly ags: string;
  readonly name: string;
  readonly openedOn: string | null;
  readonly knownOpenBy?: string;
  readonly iban?: string;
}

export const coesfeld: Place = { ags: '05558000', name: 'Kreis Coesfeld', openedOn: '2016-02-12' };
export const borken: Place = {
  ...{ ags: '05554000', name: 'Kreis Borken', openedOn: '2016-06-28' },
  iban: 'DE02120300000000202051',
};

/** Amounts and days go over the wire as they print themselves. */
const wire = (value: unknown): object => JSON.parse(JSON.stringify(value)) as object;

/** Somebody at work: every act over HTTP, with key and If-Match as the API wants them. */
export class Desk {
  constructor(readonly caller: Caller) {}

  /** A new thing; the answer is what was made. */
  async makes<T extends Thing = Thing>(path: string, body: object): Promise<T> {
    const response = await this.caller.post(path, body).set('Idempotency-Key', randomUUID());
    return ofStatus(response, 201);
  }

  /** A step in the life of a thing, as it is now. */
  async does<T extends Thing = Thing>(path: string, thing: Thing, verb: string, body?: object): Promise<T> {
    return ofStatus(await this.tries(path, thing, verb, body), 200);
  }

  /** The same, whatever comes of it. */
  tries(path: string, thing: Thing, verb: string, body?: object): Test {
    return this.caller
      .post(`${path}/${thing.id}/${verb}`, body)
      .set('Idempotency-Key', randomUUID())
      .set('If-Match', `"v${String(thing.version)}"`);
  }

  async changes<T extends Thing = Thing>(path: string, thing: Thing, body: object): Promise<T> {
    const etag = `"v${String(thing.version)}"`;
    return ofStatus(await this.caller.patch(`${path}/${thing.id}`, body).set('If-Match', etag), 200);
  }

  /** What is there, as it answers a GET. */
  async sees<T>(path: string): Promise<T> {
    return ofStatus(await this.caller.get(path), 200);
  }
}

/** A story that goes wrong says so in the words of the application. */
function ofStatus<T>(response: Response, status: number): T {
  if (response.status !== status) {
    const { method, url } = response.request;
    throw new Error(
      `${method} ${url} answered ${String(response.status)}: ${JSON.stringify(response.body, null, 2)}`,
    );
  }
  return response.body as T;
}

/** The recipient behind a centre. */
export class Municipality extends Desk {
  constructor(
    caller: Caller,
    readonly centreId: CentreId,
    readonly place: Place,
    /** The call it answers unless a story says otherwise. */
    readonly callId: CallId,
  ) {
    super(caller);
  }

  /** A whole application for the posts of the guideline, occupied from a day until the end of the year, and submitted. */
  async applies({
    from,
    municipalCents = 2_000_000,
    callId = this.callId,
  }: {
    from: string;
    municipalCents?: number;
    callId?: string;
  }): Promise<Application> {
    const year = Number(from.slice(0, 4));
    const occupied = { occupiedFrom: from, occupiedTo: `${String(year + 1)}-01-01` };
    const draft = await this.makes<Application>('/applications', {
      ...{ callId, programme: 'KI', fundingYear: year },
      ...{ periodFrom: from, periodTo: occupied.occupiedTo },
      posts: [
        { category: 'specialist', fteHundredths: 300, ...occupied },
        { category: 'assistant', fteHundredths: 50, ...occupied },
        { category: 'teacher', fteHundredths: 200, ...occupied },
      ],
      financingPlan: [{ source: 'municipal', amountCents: municipalCents }],
    });
    const { totals } = await this.sees<{ totals: { source: string; amountCents: number }[] }>(
      `/applications/${draft.id}/calculation`,
    );
    const financingPlan = [
      ...totals.map(({ source, amountCents }) => ({ source, amountCents })),
      { source: 'municipal', amountCents: municipalCents },
    ];
    const planned = await this.changes('/applications', draft, { financingPlan });
    return this.does<Application>('/applications', planned, 'submit');
  }

  waives(decision: Thing): Promise<Decision> {
    return this.does('/decisions', decision, 'waive-remedies');
  }

  calls(decision: Decision, amountCents: number, dueOn: string): Promise<Drawdown> {
    const { id: decisionId, fundingYear } = decision;
    return this.makes('/drawdowns', { decisionId, fundingYear, amountCents, dueOn });
  }

  opensReport({ id: decisionId, fundingYear }: Decision): Promise<Settlement> {
    return this.makes('/settlements', { decisionId, fundingYear });
  }

  /** Fills in a report: what was spent on personnel and material, and the recipient's own share that paid the rest. */
  fillsIn(report: Settlement, spent: { personnelCents: number; materialCents: number }): Promise<Settlement> {
    const perNotice = (category: string): number =>
      report.items.find((item) => item.category === category)?.perNoticeCents ?? 0;
    const paid = report.items.find(({ category }) => category === 'state_integration')?.settledCents ?? 0;
    const teachers = perNotice('state_school');
    const own = Math.max(0, spent.personnelCents + spent.materialCents - paid);
    const expenditure = (category: string, cents: number) => ({
      ...{ kind: 'expenditure', category, settledCents: cents, eligibleCents: cents },
    });
    return this.changes('/settlements', report, {
      narrative: 'Alle Stellen waren besetzt; beide Handlungsfelder wurden bearbeitet.',
      postMonthsHundredths: 4200,
      auditOfficeCertified: true,
      confirmed: true,
      items: [
        { kind: 'income', category: 'state_integration', settledCents: paid },
        { kind: 'income', category: 'state_school', settledCents: teachers },
        { kind: 'income', category: 'municipal', settledCents: own },
        { kind: 'income', category: 'third_party', settledCents: 0 },
        expenditure('personnel', spent.personnelCents),
        expenditure('material', spent.materialCents),
        expenditure('seconded_teachers', teachers),
      ],
    });
  }

  async accounts(
    decision: Decision,
    spent: { personnelCents: number; materialCents: number },
  ): Promise<Settlement> {
    const report = await this.fillsIn(await this.opensReport(decision), spent);
    return this.does('/settlements', report, 'submit');
  }
}

/** The granting authority; who releases, orders and accepts is another person than who prepares. */
export class Clerk extends Desk {
  private cases = 0;

  constructor(
    caller: Caller,
    private readonly second: Desk,
  ) {
    super(caller);
  }

  /** Checked, recommended, drafted by the clerk; released by the second person; handed over the same day. */
  async grants(application: Application, on: string): Promise<Decision> {
    const checked = await this.does('/applications', application, 'check', passed());
    await this.does('/applications', checked, 'recommend', { recommendation: 'Bewilligung wie beantragt.' });
    const draft = await this.makes('/decisions', {
      ...{ applicationId: application.id, kind: 'grant', remedyInformation: true },
      fileNumber: `36.02-KI-${String(application.fundingYear)}-${String(++this.cases)}`,
    });
    const released = await this.second.does('/decisions', draft, 'release');
    return this.does('/decisions', released, 'notify', { mode: 'handover', on });
  }

  certifies(drawdown: Thing): Promise<Drawdown> {
    return this.does('/drawdowns', drawdown, 'certify', { factually: true, arithmetically: true });
  }

  /** Certified by the clerk, ordered by the second person. */
  async orders(drawdown: Thing): Promise<Drawdown> {
    return this.second.does('/drawdowns', await this.certifies(drawdown), 'order');
  }

  /** Found complete, examined without objection. */
  async examines(report: Thing): Promise<Settlement> {
    const checked = await this.does('/settlements', report, 'check', {});
    return this.does('/settlements', checked, 'examine', noObjection);
  }

  accepts(report: Thing): Promise<Settlement> {
    return this.second.does('/settlements', report, 'accept');
  }
}

export const noObjection = {
  checked: 'Zahlenteil gegen Bescheid und Auszahlungen, Stellenbesetzung.',
  result: 'Keine Beanstandungen.',
  purposeReached: true,
  consequence: 'grant_kept',
};

/** The state cash office. */
export class Cashier extends Desk {
  async pays(drawdown: Thing, on: string): Promise<Payment> {
    return this.does('/payments', await this.orderFor(drawdown), 'confirm', { on });
  }

  /** The payment a drawdown waits for. */
  async orderFor(drawdown: Thing): Promise<Payment> {
    const { items } = await this.sees<{ items: Payment[] }>(
      `/payments?drawdownId=${drawdown.id}&state=ordered`,
    );
    const [payment] = items;
    if (payment === undefined) throw new Error('nothing was ordered');
    return payment;
  }
}

/** Where a funding year is played: the real application, its business day, and the people who work in it. */
export class Trade {
  private constructor(
    readonly app: TestApp,
    readonly ministry: Desk,
    readonly clerk: Clerk,
    readonly second: Desk,
    readonly cashier: Cashier,
    private readonly announced: CallId | null,
  ) {}

  /** On 4 January 2016, with the KI guideline of 2012 in force and money allotted for the year, unless it is none. */
  static async open(
    as: string,
    allottedCents = 884_000_000,
    poolSize = POOL_SIZE,
    guideline: Partial<GuidelineDraft> = {},
  ): Promise<Trade> {
    const wanted = JSON.stringify([allottedCents, guideline]);
    const name = `trade-${createHash('sha256').update(wanted).digest('hex').slice(0, 16)}`;
    const { app, made } = await staged({ name, as, poolSize }, async (empty) => {
      const trade = await Trade.in(empty, null);
      trade.on('2016-01-04');
      const second = new Desk(await empty.signIn('ministry2'));
      await trade.guideline(second, new Desk(await empty.signIn('school_ministry')), guideline);
      if (allottedCents > 0) await trade.money(second, allottedCents);
      return (await trade.announces()).id as CallId;
    });
    return Trade.in(app, made);
  }

  private static async in(app: TestApp, announced: CallId | null): Promise<Trade> {
    const desk = async (username: string): Promise<Desk> => new Desk(await app.signIn(username));
    const second = await desk('granting_authority2');
    const clerk = new Clerk(await app.signIn('granting_authority'), second);
    const cashier = new Cashier(await app.signIn('cashier'));
    return new Trade(app, await desk('ministry'), clerk, second, cashier, announced);
  }

  /** The call that stands open all the time, so that a story about something else need not think of it. */
  get callId(): CallId {
    if (this.announced === null) throw new Error('No call has been opened yet');
    return this.announced;
  }

  /** A call of the ministry, with what a story wants to be different. */
  announces(changes: object = {}): Promise<Thing> {
    return this.ministry.makes('/calls', {
      ...{ programme: 'KI', fromYear: 2010, toYear: 2030, opensOn: '2010-01-01', closesOn: '2030-12-31' },
      ...{ titleDe: 'Grundförderung', titleEn: 'Base funding', textDe: 'Aufruf', textEn: 'Call' },
      ...changes,
    });
  }

  /** From here on it is this day. */
  on(day: string): void {
    this.app.clock.playOn(CalendarDate.parse(day));
  }

  close(): Promise<void> {
    return this.app.close();
  }

  /** A centre with its recipient, somebody who acts for it, and an account two persons know. */
  async municipality(place: Place): Promise<Municipality> {
    const { ags, name, openedOn, knownOpenBy = null, iban = 'DE89370400440532013000' } = place;
    const centre = await this.ministry.makes('/centres', {
      ...{ ags, name, hostType: 'kreis', regierungsbezirk: 'Münster', openedOn, knownOpenBy },
      recipient: { name, kind: 'kreis' },
    });
    const account = await this.clerk.makes(`/centres/${centre.id}/bank-accounts`, { iban, holder: name });
    await this.second.does('/bank-accounts', account, 'confirm');
    const centreId = centre.id as CentreId;
    const { username } = await this.app.cast.municipality(centreId);
    return new Municipality(await this.app.signIn(username), centreId, place, this.callId);
  }

  private async guideline(second: Desk, school: Desk, changes: Partial<GuidelineDraft>): Promise<void> {
    const { rates, ...draft } = guidelineDraft(changes);
    const body = wire({
      ...draft,
      rates: rates.map(({ amount, ...rate }) => ({ ...rate, amountCents: amount })),
    });
    const released = await second.does(
      '/guidelines',
      await this.ministry.makes('/guidelines', body),
      'release',
    );
    await school.does('/guidelines', released, 'co-release');
  }

  private async money(second: Desk, amountCents: number): Promise<void> {
    const line = await this.ministry.makes('/budget/lines', {
      ...{ chapter: '11 060', title: 'TG 68', name: 'Kommunale Integrationszentren', transferable: false },
    });
    const about = { lineId: line.id, fundingYear: 2016, reason: 'Haushalt 2016' };
    const appropriation = await this.ministry.makes('/budget/appropriations', {
      ...{ ...about, amountCents: 1_000_000_000, source: 'Haushaltsgesetz 2016', confidence: 'assumed' },
    });
    await second.does('/budget/appropriations', appropriation, 'release');
    const allotment = { ...about, programme: 'KI', kind: 'allotment', amountCents };
    await second.does(
      '/budget/allocations',
      await this.ministry.makes('/budget/allocations', allotment),
      'release',
    );
  }
}
