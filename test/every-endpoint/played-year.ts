import type { CentreId } from '../../src/kernel/ids.js';
import type { TestApp } from '../support/app.js';
import { guidelineDraft, passed } from '../support/guideline.js';
import { pdf } from '../support/files.js';
import { staged } from '../support/original.js';
import { playActs } from './played-acts.js';
import { playStaffing } from './played-staffing.js';
import { Stage, type Act, type Played, type Rehearsed, type Thing } from './stage.js';
import { Watcher, type Watched } from './watcher.js';

/** One centre's side of the year: what it owns, by the name of the thing. */
export interface Half {
  /** Who acts for the centre. */
  readonly member: string;
  readonly centre: Thing;
  readonly account: Thing;
  readonly post: Thing;
  readonly occupancy: Thing;
  readonly application: Thing;
  readonly attachment: Thing;
  readonly decision: Thing;
  readonly drawdown: Thing;
  readonly payment: Thing;
  readonly settlement: Thing;
  readonly followUp: Thing;
}

const FULL_YEAR = { occupiedFrom: '2016-01-01', occupiedTo: '2017-01-01' };
const POSTS = [
  { category: 'specialist', fteHundredths: 300, ...FULL_YEAR },
  { category: 'assistant', fteHundredths: 50, ...FULL_YEAR },
  { category: 'teacher', fteHundredths: 200, ...FULL_YEAR },
];
const PLAN = {
  state_integration: 17_000_000,
  state_school: 10_000_000,
  municipal: 5_000_000,
  third_party: 1_000_000,
};

type Parts = Pick<PlayedYear, 'own' | 'foreign' | 'common' | 'played' | 'rehearsed' | 'watched'>;

/** A funding year of two centres from the first rate to the accepted report, every write over HTTP and counted. */
export class PlayedYear {
  readonly played: readonly Played[];
  /** Each write that can be rehearsed, was. */
  readonly rehearsed: readonly Rehearsed[];
  /** What the work lists said meanwhile. */
  readonly watched: Watched;
  readonly own: Half;
  readonly foreign: Half;
  /** What belongs to no centre. */
  readonly common: Readonly<Record<string, Thing>>;

  private constructor(
    private readonly app: TestApp,
    parts: Parts,
  ) {
    this.own = parts.own;
    this.foreign = parts.foreign;
    this.common = parts.common;
    this.played = parts.played;
    this.rehearsed = parts.rehearsed;
    this.watched = parts.watched;
  }

  /** An application on a year that has been played; `as` names the test. */
  static async staged(as: string): Promise<{ app: TestApp; year: PlayedYear }> {
    const { app, made } = await staged({ name: 'played-year', as }, (played) => PlayedYear.play(played));
    return { app, year: new PlayedYear(app, made) };
  }

  private static async play(app: TestApp): Promise<Parts> {
    const watcher = new Watcher(app);
    const stage = new Play(app, watcher);
    const common = { ...(await stage.rules()), ...(await stage.budget()), ...(await stage.people()) };
    const own = await stage.year({ ags: '05554000', name: 'Kreis Borken', iban: 'DE02120300000000202051' });
    // The neighbours do the same, and nobody looks on; only afterwards does everybody look at their list again.
    stage.alone();
    const foreign = await stage.year({
      ags: '05566000',
      name: 'Kreis Steinfurt',
      iban: 'DE02500105170137075030',
    });
    await watcher.everybody();
    const { played, rehearsed } = stage;
    return { own, foreign, common, played, rehearsed, watched: watcher.seen() };
  }

  /** The newest audit record of a case. */
  async recordOf(caseId: string): Promise<number> {
    const [row] = await this.app.rows<{ id: string }>(
      'select max(id)::text as id from audit_record where case_id = $1',
      [caseId],
    );
    return Number(row?.id);
  }
}

/** The acts of the year, in the order of the trade. */
class Play extends Stage {
  private callId = '';
  private attached: Thing = { id: '', version: 0 };

  /** From here on nobody looks on. */
  alone(): void {
    this.onlooker = null;
  }

  async rules(): Promise<Record<string, Thing>> {
    this.on('2016-01-04');
    const { validFrom, validTo, ...draft } = JSON.parse(JSON.stringify(guidelineDraft())) as Record<
      string,
      unknown
    >;
    const body = { ...wired(draft), validFrom, validTo };
    await this.regrets({ by: 'ministry', path: '/guidelines', body });
    let guideline: Thing = await this.act({ by: 'ministry', path: '/guidelines', body });
    guideline = await this.act({
      by: 'ministry2',
      path: `/guidelines/${guideline.id}/release`,
      to: guideline,
    });
    guideline = await this.act({
      by: 'school_ministry',
      path: `/guidelines/${guideline.id}/co-release`,
      to: guideline,
    });
    const figure = await this.act({
      by: 'ministry',
      path: '/published-figures',
      body: {
        ...{ fundingYear: 2016, subject: 'ki.total', source: 'state', publication: 'Presse' },
        ...{ amountCents: 100_000_000, roundedToCents: 10_000_000, roundingText: 'rund' },
      },
    });
    const candidate = {
      fundingYear: 2016,
      textDe: 'Weitere Stellen',
      textEn: 'More posts',
      source: 'Presse',
    };
    await this.act({ by: 'ministry', path: '/published-figures/candidates', body: candidate });
    return { guideline, figure, ...(await this.calls()) };
  }

  /** One to apply through, and one that is closed again. */
  private async calls(): Promise<Record<string, Thing>> {
    const body = {
      ...{ programme: 'KI', fromYear: 2016, toYear: 2017, opensOn: '2016-01-04', closesOn: '2017-12-31' },
      ...{ titleDe: 'Aufruf', titleEn: 'Call', textDe: 'Anträge', textEn: 'Applications' },
    };
    const call = await this.act({ by: 'ministry', path: '/calls', body });
    const doubled = await this.act({ by: 'ministry', path: '/calls', body });
    const reason = { reason: 'doppelt eröffnet' };
    await this.act({ by: 'ministry', path: `/calls/${doubled.id}/close`, body: reason, to: doubled });
    this.callId = call.id;
    return { call };
  }

  async budget(): Promise<Record<string, Thing>> {
    const line = await this.act({
      by: 'ministry',
      path: '/budget/lines',
      body: { chapter: '11 060', title: 'TG 68', name: 'Kommunale Integrationszentren', transferable: false },
    });
    const of = { lineId: line.id, fundingYear: 2016, reason: 'Haushaltsplan 2016' };
    const given = { ...of, amountCents: 200_000_000, source: 'Haushaltsgesetz', confidence: 'assumed' };
    const parliament = { by: 'ministry', path: '/budget/appropriations', body: given };
    await this.regrets(parliament);
    let appropriation: Thing = await this.act(parliament);
    let path = `/budget/appropriations/${appropriation.id}/release`;
    appropriation = await this.act({ by: 'ministry2', path, to: appropriation });
    const allotment = { ...of, programme: 'KI', kind: 'allotment', amountCents: 100_000_000 };
    const handedOn = { by: 'ministry', path: '/budget/allocations', body: allotment };
    await this.regrets(handedOn);
    let allocation: Thing = await this.act(handedOn);
    path = `/budget/allocations/${allocation.id}/release`;
    allocation = await this.act({ by: 'ministry2', path, to: allocation });
    const promises = {
      by: 'ministry',
      path: '/budget/commitment-authorisations',
      body: {
        ...{ lineId: line.id, programme: 'KI', issueYear: 2016, dueYear: 2017, amountCents: 1_000_000 },
        ...{ reason: 'Bewilligungen für 2017', source: 'Haushaltsgesetz', confidence: 'assumed' },
      },
    };
    await this.regrets(promises);
    let authorisation: Thing = await this.act(promises);
    path = `/budget/commitment-authorisations/${authorisation.id}/release`;
    authorisation = await this.act({ by: 'ministry2', path, to: authorisation });
    const opened = await this.act({ by: 'ministry', path: '/budget/years', body: { fundingYear: 2015 } });
    const budgetYear = await this.act({
      by: 'ministry',
      path: `/budget/years/${opened.id}/close`,
      to: opened,
    });
    return { line, appropriation, allocation, authorisation, budgetYear };
  }

  /** Enters something, and takes it back before anybody released it. */
  private async regrets(entry: Act, at = entry.path): Promise<void> {
    const mistaken = await this.act(entry);
    const body = { reason: 'Beim Eintragen vertippt.' };
    await this.act({ by: entry.by, path: `${at}/${mistaken.id}/withdraw`, body, to: mistaken });
  }

  async people(): Promise<Record<string, Thing>> {
    const password = 'Sieben Brücken, ein Fluss';
    const person = await this.act({ by: 'admin', path: '/persons', body: { name: 'Anna Beispiel' } });
    const account = { personId: person.id, username: 'a.beispiel', password };
    let user: Thing = await this.act({ by: 'admin', path: '/users', body: account });
    const roles = `/users/${user.id}/roles`;
    let grant: Thing = await this.act({
      by: 'admin',
      path: roles,
      body: { role: 'cashier' },
    });
    grant = await this.act({ by: 'admin2', path: `${roles}/${grant.id}/confirm`, to: grant });
    await this.sessions('a.beispiel', password);
    grant = await this.act({ by: 'admin', path: `${roles}/${grant.id}/revoke`, to: grant });
    const current = (await (await this.app.signIn('admin')).get(`/users/${user.id}`)).body as Thing;
    user = await this.act({ by: 'admin', path: `/users/${user.id}/disable`, to: current });
    return { user, grant, ...(await this.substitutes()), ...(await this.erased()) };
  }

  /** Somebody stands in for a clerk on leave, who is back early. */
  private async substitutes(): Promise<Record<string, Thing>> {
    const { userId: away, grantId } = this.app.cast.member('granting_authority');
    const { userId: substituteUserId } = this.app.cast.member('granting_authority2');
    const path = `/users/${away}/roles/${grantId}/substitutes`;
    const body = { substituteUserId, from: '2016-01-04', to: '2016-01-09' };
    let substitution: Thing = await this.act({ by: 'admin', path, body });
    const at = `/users/${away}/substitutes/${substitution.id}`;
    substitution = await this.act({ by: 'admin2', path: `${at}/confirm`, to: substitution });
    substitution = await this.act({ by: 'admin', path: `${at}/end`, to: substitution });
    return {
      substitution,
      away: { id: away, version: 1 },
      awayGrant: { id: grantId, version: 1 },
    };
  }

  /** Somebody who was never needed is erased again. */
  private async erased(): Promise<Record<string, Thing>> {
    const person = await this.act({ by: 'admin', path: '/persons', body: { name: 'Bernd Muster' } });
    const path = `/persons/${person.id}/erasures`;
    const asked = await this.act({ by: 'admin', path, body: { ground: 'on_request' } });
    const erasure = await this.act({ by: 'admin2', path: `${path}/${asked.id}/confirm`, to: asked });
    return { person, erasure };
  }

  private async sessions(username: string, password: string): Promise<void> {
    const note = async (operation: string, work: () => Promise<unknown>): Promise<void> => {
      this.played.push({ operation, records: await this.app.recordsOf(work) });
    };
    let tokens = { accessToken: '', refreshToken: '' };
    await note('session.create', async () => {
      const { body } = await this.app.anonymous().post('/sessions', { username, password }).expect(201);
      tokens = body as typeof tokens;
    });
    await note('session.refresh', async () => {
      const { refreshToken } = tokens;
      const { body } = await this.app.anonymous().post('/sessions/refresh', { refreshToken }).expect(201);
      tokens = body as typeof tokens;
    });
    await note('session.end', () => this.app.as(tokens.accessToken).post('/sessions/end').expect(204));
  }

  async year({ ags, name, iban }: { ags: string; name: string; iban: string }): Promise<Half> {
    this.on('2016-01-11');
    const centre = await this.act({
      by: 'ministry',
      path: '/centres',
      body: {
        ...{ ags, name, hostType: 'kreis', regierungsbezirk: 'Münster', knownOpenBy: '2016-01-01' },
        recipient: { name, kind: 'kreis' },
      },
    });
    const assumption = { from: '2015-07-01', reason: 'Im Haushaltsplan 2015 veranschlagt.' };
    const at = `/centres/${centre.id}/assume-opening`;
    await this.act({ by: 'ministry', path: at, body: assumption, to: centre });
    const { username: member } = await this.app.cast.municipality(centre.id as CentreId, `kreis-${ags}`);
    const proposal = {
      by: 'granting_authority',
      path: `/centres/${centre.id}/bank-accounts`,
      body: { iban, holder: name },
    };
    await this.regrets(proposal, '/bank-accounts');
    const proposed = await this.act(proposal);
    const confirm = `/bank-accounts/${proposed.id}/confirm`;
    const account = await this.act({ by: 'granting_authority2', path: confirm, to: proposed });
    const { post, occupancy } = await playStaffing((one) => this.act(one), { centre, member });
    const { attachment, decision, ...granted } = await this.grant(member);
    const application = await this.tellsOfChange(member, granted.application);
    const { drawdown, payment } = await this.money(member, decision);
    const settlement = await this.settle(member, decision);
    const notice = `/decisions/${decision.id}`;
    const closing = { by: 'granting_authority', path: `${notice}/close` };
    await this.act({ ...closing, to: await this.sees('granting_authority', notice) });
    await this.act({
      by: member,
      path: `/applications/${application.id}/continuation`,
      body: { callId: this.callId },
    });
    await this.act({ by: member, path: `/audit/case-files/${application.caseId ?? ''}/export`, body: {} });
    const followUp = await this.followsUp(member, decision);
    const papers = { application, attachment, decision, drawdown, payment, settlement, followUp };
    return { ...papers, centre, account, post, occupancy, member };
  }

  private async apply(member: string): Promise<Thing> {
    const body = {
      ...{
        callId: this.callId,
        programme: 'KI',
        fundingYear: 2016,
        periodFrom: '2016-01-01',
        periodTo: '2017-01-01',
        posts: POSTS,
      },
      financingPlan: Object.entries(PLAN).map(([source, amountCents]) => ({ source, amountCents })),
    };
    const drafted = await this.act({ by: member, path: '/applications', body });
    const path = `/applications/${drafted.id}`;
    const edited = await this.act({
      by: member,
      method: 'patch',
      path,
      body: { periodTo: '2017-01-01' },
      to: drafted,
    });
    const attach = (): Promise<Thing> =>
      this.act({ by: member, path: `${path}/attachments?kind=other`, file: pdf(), type: 'application/pdf' });
    const mistaken = await attach();
    await this.act({ by: member, path: `${path}/attachments/${mistaken.id}/remove`, to: mistaken });
    this.attached = await attach();
    return this.act({ by: member, path: `${path}/submit`, to: { ...edited, version: edited.version + 3 } });
  }

  private async grant(member: string): Promise<{ application: Thing; attachment: Thing; decision: Thing }> {
    const [clerk, head] = ['granting_authority', 'granting_authority2'];
    const regretted = await this.apply(member);
    await this.act({ by: member, path: `/applications/${regretted.id}/retract`, to: regretted });
    let application = await this.apply(member);
    const attachment = this.attached;
    const path = `/applications/${application.id}`;
    const query = { question: 'Ist die Assistenz besetzt?', dueOn: '2016-03-15' };
    application = await this.act({ by: clerk, path: `${path}/query`, body: query, to: application });
    const answer = { query: 1, text: 'Ja, seit Jahresbeginn.' };
    application = await this.act({ by: member, path: `${path}/answer`, body: answer, to: application });
    application = await this.act({ by: clerk, path: `${path}/check`, body: passed(), to: application });
    const opinion = { opinion: 'unfavourable', reason: 'Die Lehrkräfte fehlen noch.' };
    application = await this.act({
      by: 'school_ministry',
      path: `${path}/opine`,
      body: opinion,
      to: application,
    });
    const consent = { startsOn: '2016-02-01', reason: 'Die Stellen müssen besetzt sein.' };
    application = await this.act({
      ...{ by: clerk, path: `${path}/consent-early-start`, body: consent, to: application },
    });
    const deviations = [{ office: 'school_ministry', reason: 'Sie sind inzwischen abgeordnet.' }];
    const vote = { recommendation: 'wie beantragt', deviations };
    application = await this.act({ by: clerk, path: `${path}/recommend`, body: vote, to: application });
    const body = { applicationId: application.id, kind: 'grant', remedyInformation: true };
    const drafts = (fileNumber: string): Promise<Thing> =>
      this.act({ by: clerk, path: '/decisions', body: { ...body, fileNumber } });
    const mistyped = await drafts(`36,02-${member}`);
    const reworded = await this.act({
      by: clerk,
      method: 'patch',
      path: `/decisions/${mistyped.id}`,
      body: { fileNumber: `36.02-${member}` },
      to: mistyped,
    });
    const reason = 'Die Rechtsbehelfsbelehrung fehlte.';
    await this.act({ by: head, path: `/decisions/${mistyped.id}/discard`, body: { reason }, to: reworded });
    const drafted = await drafts(`36.02-${member}`);
    const at = `/decisions/${drafted.id}`;
    const released = await this.act({ by: head, path: `${at}/release`, to: drafted });
    this.on('2016-02-01');
    const handed = { mode: 'handover', on: '2016-02-01' };
    await this.act({ by: clerk, path: `${at}/notify`, body: handed, to: released });
    await playActs(
      (one) => this.act(one),
      () => this.sees(clerk, at),
      member,
    );
    const decision = await this.act({
      by: member,
      path: `${at}/waive-remedies`,
      to: await this.sees(clerk, at),
    });
    return { application, attachment, decision };
  }

  private async tellsOfChange(member: string, { id }: Thing): Promise<Thing> {
    const path = `/applications/${id}`;
    const change = { kind: 'staffing', what: 'Eine Stelle ist seit heute unbesetzt.', sinceOn: '2016-02-01' };
    const decided = await this.sees(member, path);
    const told = await this.act({ by: member, path: `${path}/notify-change`, body: change, to: decided });
    const answer = { change: 1, consequence: 'none', reason: 'Sie ist ausgeschrieben.' };
    const by = 'granting_authority';
    return this.act({ by, path: `${path}/acknowledge-change`, body: answer, to: told });
  }

  private async money(member: string, decision: Thing): Promise<{ drawdown: Thing; payment: Thing }> {
    const [clerk, head] = ['granting_authority', 'granting_authority2'];
    const requests = (dueOn: string): Promise<Thing> => {
      const body = { decisionId: decision.id, fundingYear: 2016, amountCents: 8_500_000, dueOn };
      return this.act({ by: member, path: '/drawdowns', body });
    };
    this.on('2016-05-02');
    const withdrawn = await requests('2016-05-02');
    await this.act({ by: member, path: `/drawdowns/${withdrawn.id}/cancel`, to: withdrawn });
    const refused = await requests('2016-05-02');
    const reason = { reason: 'falsches Haushaltsjahr' };
    await this.act({ by: clerk, path: `/drawdowns/${refused.id}/reject`, body: reason, to: refused });
    let last: { drawdown: Thing; payment: Thing } | null = null;
    for (const day of ['2016-05-02', '2016-10-04']) {
      this.on(day);
      let drawdown = await requests(day);
      const at = `/drawdowns/${drawdown.id}`;
      const certificate = { factually: true, arithmetically: true };
      drawdown = await this.act({ by: clerk, path: `${at}/certify`, body: certificate, to: drawdown });
      const back = { on: day, reason: 'Konto erloschen' };
      const again = async (): Promise<Thing> => {
        const waiting = await this.sees(head, at);
        await this.act({ by: head, path: `${at}/order`, to: waiting });
        return this.orderedPayment(drawdown);
      };
      const bounced = await again();
      await this.act({ by: 'cashier', path: `/payments/${bounced.id}/bounce`, body: back, to: bounced });
      const returned = await this.confirms(await again(), day);
      await this.act({ by: 'cashier', path: `/payments/${returned.id}/return`, body: back, to: returned });
      const payment = await this.confirms(await again(), day);
      last = { drawdown: await this.sees(head, at), payment };
    }
    if (last === null) throw new Error('no money');
    return last;
  }

  private async followsUp(member: string, { id: subjectId }: Thing): Promise<Thing> {
    const note = 'Frau Muster nach dem Schlussbescheid fragen.';
    const body = { subjectType: 'decision', subjectId, dueOn: '2017-02-01', note };
    const noted = await this.act({ by: member, path: '/follow-ups', body });
    const remark = { remark: 'Frau Muster hat ihn.' };
    return this.act({ by: member, path: `/follow-ups/${noted.id}/complete`, body: remark, to: noted });
  }

  private confirms(payment: Thing, on: string): Promise<Thing> {
    return this.act({ by: 'cashier', path: `/payments/${payment.id}/confirm`, body: { on }, to: payment });
  }

  private async sees(by: string, path: string): Promise<Thing> {
    return (await (await this.app.signIn(by)).get(path).expect(200)).body as Thing;
  }

  private async orderedPayment(drawdown: Thing): Promise<Thing> {
    const caller = await this.app.signIn('cashier');
    const found = await caller.get(`/payments?drawdownId=${drawdown.id}&state=ordered`).expect(200);
    const [ordered] = (found.body as { items: Thing[] }).items;
    if (ordered === undefined) throw new Error('nothing was ordered');
    return ordered;
  }

  private async settle(member: string, decision: Thing): Promise<Thing> {
    const [clerk, head] = ['granting_authority', 'granting_authority2'];
    this.on('2017-02-01');
    const body = { decisionId: decision.id, fundingYear: 2016 };
    let settlement: Thing & Record<string, unknown> = await this.act({
      by: member,
      path: '/settlements',
      body,
    });
    const at = `/settlements/${settlement.id}`;
    const items = [
      ...Object.entries(PLAN).map(([category, settledCents]) => ({ kind: 'income', category, settledCents })),
      { kind: 'expenditure', category: 'personnel', settledCents: 22_000_000, eligibleCents: 22_000_000 },
      { kind: 'expenditure', category: 'material', settledCents: 1_000_000, eligibleCents: 0 },
      {
        kind: 'expenditure',
        category: 'seconded_teachers',
        settledCents: 10_000_000,
        eligibleCents: 10_000_000,
      },
    ];
    const report = {
      narrative: 'Alle Stellen besetzt.',
      postMonthsHundredths: 6600,
      auditOfficeCertified: true,
      confirmed: true,
      items,
    };
    settlement = await this.act({ by: member, method: 'patch', path: at, body: report, to: settlement });
    settlement = await this.act({ by: member, path: `${at}/submit`, to: settlement });
    const asked = { note: 'Wer hat bescheinigt?' };
    settlement = await this.act({ by: clerk, path: `${at}/query`, body: asked, to: settlement });
    settlement = await this.act({ by: member, path: `${at}/submit`, to: settlement });
    const checked = { note: 'vollständig' };
    settlement = await this.act({ by: clerk, path: `${at}/check`, body: checked, to: settlement });
    const note = {
      checked: 'Zahlenteil',
      result: 'ohne Beanstandung',
      purposeReached: true,
      consequence: 'grant_kept',
    };
    settlement = await this.act({ by: clerk, path: `${at}/examine`, body: note, to: settlement });
    return this.act({ by: head, path: `${at}/accept`, to: settlement });
  }
}

/** Amounts of the rules' own data carry the API's name for cents. */
function wired(value: unknown): Record<string, unknown> {
  const text = JSON.stringify(value).replaceAll('"amount":', '"amountCents":');
  return JSON.parse(text) as Record<string, unknown>;
}
