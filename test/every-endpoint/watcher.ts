import { randomUUID } from 'node:crypto';
import type { WorkKind } from '../../src/desk/waiting-work.repository.js';
import type { TestApp } from '../support/app.js';
import { passed } from '../support/guideline.js';
import { call, endpointsOf, needs, type Endpoint } from './operations.js';
import type { Act, Onlooker } from './stage.js';

interface Row {
  readonly kind: WorkKind;
  readonly subject: { readonly type: string; readonly id: string; readonly place: string };
  readonly operation: string;
  readonly ageDays: number;
}

const OFFICES = ['ministry', 'ministry2', 'school_ministry', 'granting_authority', 'granting_authority2'];
const ELSE = ['cashier', 'admin', 'admin2', 'auditor'];

/** What is not filled in yet waits too, and says what is missing when somebody tries to submit it. */
const MAY_OBJECT: readonly WorkKind[] = ['application_to_submit', 'settlement_to_submit'];

const tables: Readonly<Record<string, string>> = { guideline: 'guideline_version' };
const idsIn = (text: string): string[] => text.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? [];
const nameOf = ({ kind, subject }: Row): string => `${kind} ${subject.id}`;

/** What was seen of the work lists. */
export interface Watched {
  /** Each time a list promised what was refused, or still named what was done. */
  readonly wrong: readonly string[];
  /** Person, kind and thing of each row that was tried. */
  readonly tried: readonly string[];
  /** Kinds of work that stood on a list when they were done. */
  readonly done: readonly WorkKind[];
}

/**
 * Watches the work lists while a year is played: before each act whoever acts, with their colleagues, looks at the
 * list and tries what is on it; after work was done, everybody.
 */
export class Watcher implements Onlooker {
  private readonly wrong: string[] = [];
  private readonly tried = new Set<string>();
  private readonly done = new Set<WorkKind>();
  private readonly people = new Set([...OFFICES, ...ELSE]);
  private readonly endpoints: readonly Endpoint[];
  private lists = new Map<string, Row[]>();

  constructor(private readonly app: TestApp) {
    this.endpoints = endpointsOf(app);
  }

  seen(): Watched {
    return { wrong: this.wrong, tried: [...this.tried], done: [...this.done] };
  }

  async before({ by }: Act): Promise<void> {
    this.people.add(by);
    const desk = (person: string): string => person.replace(/2$/, '');
    this.lists = await this.look([...this.people].filter((person) => desk(person) === desk(by)));
    await this.try();
  }

  private async try(): Promise<void> {
    for (const [person, rows] of this.lists) {
      for (const row of rows) {
        const name = `${person} ${nameOf(row)}`;
        if (this.tried.has(name)) continue;
        this.tried.add(name);
        await this.rehearse(person, row);
      }
    }
  }

  /** Whatever was done to a thing that waited, it no longer waits for it, on no desk. */
  async after({ by, path, body, method = 'post' }: Act): Promise<void> {
    const operation = this.app.contract.operationOf(method, `/api/v1${path.split('?')[0] ?? ''}`)?.operation;
    const named = idsIn(path + JSON.stringify(body ?? {}));
    const rows = (this.lists.get(by) ?? []).filter(
      (row) =>
        row.operation === operation?.operationId &&
        [row.subject.id, ...idsIn(row.subject.place)].some((id) => named.includes(id)),
    );
    if (rows.length === 0) return;
    await this.everybody();
    const left = new Set([...this.lists.values()].flat().map(nameOf));
    for (const row of rows) {
      this.done.add(row.kind);
      if (left.has(nameOf(row))) this.wrong.push(`${nameOf(row)} still waits after ${by}: ${path}`);
    }
  }

  /** Everybody looks at their list and tries what is new on it. */
  async everybody(): Promise<void> {
    this.lists = await this.look([...this.people]);
    await this.try();
  }

  private async look(people: readonly string[]): Promise<Map<string, Row[]>> {
    const lists = new Map<string, Row[]>();
    for (const person of people) {
      const caller = await this.app.signIn(person);
      const { body } = await caller.get('/work-list?limit=200').expect(200);
      lists.set(person, (body as { items: Row[] }).items);
    }
    return lists;
  }

  /** Rehearses the operation the row names, as the person on whose list it stands. */
  private async rehearse(person: string, row: Row): Promise<void> {
    const endpoint = this.endpoints.find(({ id }) => id === row.operation);
    if (endpoint === undefined) throw new Error(`no operation ${row.operation}`);
    const { subject } = row;
    const [whose = subject.id] = idsIn(subject.place);
    const twoIds = endpoint.template.split('{').length === 3;
    // A hearing is part of its decision, and is addressed by it.
    const addressed = subject.type === 'hearing' ? { type: 'decision', id: whose } : subject;
    const ids = twoIds ? [whose, subject.id] : [addressed.id];
    const path = endpoint.template.replaceAll(/\{[^}]+\}/g, () => ids.shift() ?? '');
    const caller = await this.app.signIn(person);
    const sent = call(caller, endpoint, `${path}?dryRun=true`, this.bodyFor(row, whose));
    if (needs(endpoint, 'Idempotency-Key')) void sent.set('Idempotency-Key', randomUUID());
    if (needs(endpoint, 'If-Match')) {
      const [found] = await this.app.rows<{ version: number }>(
        `select version from ${tables[addressed.type] ?? addressed.type} where id = $1`,
        [addressed.id],
      );
      void sent.set('If-Match', `"v${String(found?.version)}"`);
    }
    const { status, text } = await sent;
    const right = status < 300 || (status === 422 && MAY_OBJECT.includes(row.kind));
    if (!right) this.wrong.push(`${person}: ${nameOf(row)} → ${String(status)} ${text}`);
    if (row.ageDays < 0) this.wrong.push(`${nameOf(row)} is ${String(row.ageDays)} days old`);
  }

  private bodyFor({ kind, subject }: Row, whose: string): object | undefined {
    const on = this.app.clock.today().toString();
    const bodies: Partial<Record<WorkKind, object>> = {
      application_to_check: passed(),
      application_with_query: { query: 1, text: 'Ja.' },
      change_to_acknowledge: { change: 1, consequence: 'none', reason: 'Gering.' },
      application_to_recommend: { recommendation: 'wie beantragt' },
      decision_to_draft: {
        ...{ applicationId: subject.id, kind: 'grant', fileNumber: randomUUID(), remedyInformation: true },
      },
      decision_to_notify: { mode: 'handover', on },
      drawdown_to_certify: { factually: true, arithmetically: true },
      settlement_to_check: {},
      settlement_to_examine: {
        ...{ checked: 'Zahlen', result: 'in Ordnung', purposeReached: true, consequence: 'grant_kept' },
      },
      payment_to_confirm: { on },
      call_to_answer: {
        ...{ callId: subject.id, programme: 'KI', fundingYear: 2016, posts: [], financingPlan: [] },
        ...{ periodFrom: '2016-01-01', periodTo: '2017-01-01' },
      },
      settlement_to_open: { decisionId: whose, fundingYear: 2016 },
      follow_up: { remark: 'gesehen' },
      hearing_to_answer: { statement: 'Nein.' },
      hearing_to_close: { statement: null },
    };
    return bodies[kind];
  }
}
