import { Acts, type ActDecision } from '../support/acts.js';
import { passed } from '../support/guideline.js';
import type {
  Trade,
  Application,
  Decision,
  Drawdown,
  Municipality,
  Settlement,
  Thing,
} from '../support/trade.js';

/** A year granted and paid in full, ready to be reported on. */
interface Paid {
  readonly own: Municipality;
  readonly decision: Decision;
}

/** A thing that has been brought into a state, and whose it is. */
export interface Living {
  readonly thing: string;
  readonly state: string;
  readonly path: string;
  readonly id: string;
  readonly municipality: Municipality;
}

const GRANTED = '2016-10-04';
/** A day in the year after, when reports are due. */
export const REPORTING = '2017-02-01';
const FROM = '2016-01-05';

/** How far a report goes; one that is closed is accepted, and its grant is closed too. */
const REPORTS = ['due', 'submitted', 'in_check', 'queried', 'examined', 'accepted', 'closed'];

/**
 * Brings one application, decision, drawdown, payment and settlement report into each state it can have. Each has a
 * place of its own, so that all are brought up side by side.
 */
export class Nursery {
  readonly born: Living[] = [];
  readonly acts: Acts;
  private places = 0;

  constructor(private readonly trade: Trade) {
    this.acts = new Acts(trade);
  }

  async fill(): Promise<readonly Living[]> {
    this.trade.on(GRANTED);
    const [paid] = await Promise.all([
      Promise.all(REPORTS.map(() => this.paid())),
      ...[this.applications(), this.decisions(), this.drawdowns()],
    ]);
    this.trade.on(REPORTING);
    await Promise.all(paid.map((year, index) => this.settlement(REPORTS[index] ?? '', year)));
    return this.born;
  }

  private async place(): Promise<Municipality> {
    this.places += 1;
    const ags = `05${String(900_000 + this.places)}`;
    return this.trade.municipality({ ags, name: `Kreis ${String(this.places)}`, openedOn: '2016-01-01' });
  }

  private is(thing: string, state: string, { id }: Thing, municipality: Municipality): void {
    this.born.push({ thing, state, path: `/${thing}s/${id}`, id, municipality });
  }

  private async applications(): Promise<void> {
    const { clerk } = this.trade;
    const first = await this.place();
    const gone = await first.does('/applications', await first.applies({ from: FROM }), 'retract');
    this.is('application', 'retracted', gone, first);
    const submitted = await first.applies({ from: FROM });
    this.is('application', 'submitted', submitted, first);

    const second = await this.place();
    const again = await second.applies({ from: FROM });
    const query = { question: 'Warum?', dueOn: '2016-11-02' };
    this.is('application', 'queried', await clerk.does('/applications', again, 'query', query), second);

    const third = await this.place();
    const checked = await clerk.does('/applications', await third.applies({ from: FROM }), 'check', passed());
    this.is('application', 'in_check', checked, third);

    const fourth = await this.place();
    const ready = await this.acts.readied(await fourth.applies({ from: FROM }));
    this.is('application', 'recommended', ready, fourth);

    const fifth = await this.place();
    const occupied = { occupiedFrom: FROM, occupiedTo: '2017-01-01' };
    const draft = await fifth.makes<Application>('/applications', {
      ...{ callId: fifth.callId, programme: 'KI', fundingYear: 2016 },
      ...{ periodFrom: FROM, periodTo: '2017-01-01' },
      posts: [{ category: 'teacher', fteHundredths: 100, ...occupied }],
      financingPlan: [{ source: 'state_school', amountCents: 4_945_355 }],
    });
    this.is('application', 'draft', draft, fifth);
  }

  private async decisions(): Promise<void> {
    const { second } = this.trade;
    const first = await this.place();
    const application = await this.acts.readied(await first.applies({ from: FROM }));
    const drafted = await this.acts.drafts(application);
    const discarded = await this.acts.does<ActDecision>(drafted, 'discard', { reason: 'Verschrieben' });
    this.is('decision', 'discarded', discarded, first);
    this.is('decision', 'drafted', await this.acts.drafts(application), first);

    const other = await this.place();
    const ready = await this.acts.readied(await other.applies({ from: FROM }));
    const released = await this.acts.drafts(ready);
    await this.acts.does(released, 'release', undefined, second);
    this.is('decision', 'released', released, other);

    const third = await this.place();
    const notified = await this.trade.clerk.grants(await third.applies({ from: FROM }), GRANTED);
    for (const purpose of ['withdrawal', 'revocation']) {
      await this.acts.hears(notified, purpose, '2016-10-31');
      await this.acts.does(notified, 'close-hearing', { statement: 'Es war anders.' });
    }
    this.is('decision', 'notified', notified, third);
    const { applicationId } = await this.trade.clerk.sees<{ applicationId: string }>(
      `/decisions/${notified.id}`,
    );
    const decided = await third.sees<Application>(`/applications/${applicationId}`);
    const change = { kind: 'staffing', what: 'Eine Stelle ist unbesetzt.', sinceOn: GRANTED };
    this.is(
      'application',
      'decided',
      await third.does('/applications', decided, 'notify-change', change),
      third,
    );

    const fourth = await this.place();
    const sued = await this.trade.clerk.grants(await fourth.applies({ from: FROM }), GRANTED);
    await this.acts.sues(sued, GRANTED);
    await this.acts.hears(sued, 'revocation', '2016-10-31');
    this.is('decision', 'notified, sued and heard', sued, fourth);
  }

  private async drawdowns(): Promise<void> {
    const { clerk, second, cashier } = this.trade;
    const own = await this.place();
    const granted = await clerk.grants(await own.applies({ from: FROM }), GRANTED);
    await own.waives(granted);
    const asks = (): Promise<Drawdown> => own.calls(granted, 10_000, GRANTED);
    this.is('drawdown', 'requested', await asks(), own);
    this.is('drawdown', 'certified', await clerk.certifies(await asks()), own);
    this.is('drawdown', 'cancelled', await own.does('/drawdowns', await asks(), 'cancel'), own);
    const reason = { reason: 'falsches Jahr' };
    this.is('drawdown', 'rejected', await clerk.does('/drawdowns', await asks(), 'reject', reason), own);

    const back = { on: GRANTED, reason: 'Konto erloschen' };
    const ordered = await clerk.orders(await asks());
    this.is('drawdown', 'ordered', ordered, own);
    this.is('payment', 'ordered', await cashier.orderFor(ordered), own);
    const paid = await cashier.pays(await clerk.orders(await asks()), GRANTED);
    this.is('payment', 'confirmed', paid, own);
    const bouncing = await cashier.orderFor(await clerk.orders(await asks()));
    this.is('payment', 'bounced', await cashier.does('/payments', bouncing, 'bounce', back), own);
    const returning = await cashier.pays(await clerk.orders(await asks()), GRANTED);
    this.is('payment', 'returned', await cashier.does('/payments', returning, 'return', back), own);
    await second.sees(`/drawdowns/${ordered.id}`);
  }

  private async paid(): Promise<Paid> {
    const { clerk, cashier } = this.trade;
    const own = await this.place();
    const decision = await clerk.grants(await own.applies({ from: FROM }), GRANTED);
    await own.waives(decision);
    const money = decision.amounts.find(({ source }) => source === 'state_integration')?.amountCents ?? 0;
    const called = await own.calls(decision, money, GRANTED);
    await cashier.pays(await clerk.orders(called), GRANTED);
    return { own, decision };
  }

  /** A paid year reported on, as far as it goes. */
  private async settlement(state: string, { own, decision }: Paid): Promise<void> {
    const report = await this.report(state, own, decision);
    if (state === 'closed') {
      await this.acts.does(decision, 'close');
      this.is('decision', 'closed', decision, own);
      const { applicationId } = await own.sees<{ applicationId: string }>(`/decisions/${decision.id}`);
      this.is('application', 'decided and closed', { id: applicationId, version: 0 }, own);
    } else {
      this.is('settlement', state, report, own);
      if (state === 'accepted') this.is('decision', 'notified and settled', decision, own);
    }
  }

  private async report(state: string, own: Municipality, decision: Decision): Promise<Settlement> {
    const { clerk } = this.trade;
    const filled = await own.fillsIn(await own.opensReport(decision), {
      ...{ personnelCents: 18_000_000, materialCents: 0 },
    });
    if (state === 'due') return filled;
    const submitted = await own.does<Settlement>('/settlements', filled, 'submit');
    if (state === 'submitted') return submitted;
    const query = { note: 'Es fehlt der Sachbericht.' };
    if (state === 'queried') return clerk.does('/settlements', submitted, 'query', query);
    if (state === 'in_check') return clerk.does('/settlements', submitted, 'check', {});
    const examined = await clerk.examines(submitted);
    return state === 'examined' ? examined : clerk.accepts(examined);
  }
}
