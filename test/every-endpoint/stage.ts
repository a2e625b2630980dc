import { randomUUID } from 'node:crypto';
import type { Response, Test } from 'supertest';
import { CalendarDate } from '../../src/kernel/calendar-date.js';
import type { TestApp } from '../support/app.js';

/** What the API answers about one thing. */
export interface Thing {
  readonly id: string;
  readonly version: number;
  readonly caseId?: string;
}

/** One write that was played, and the audit records it left. */
export interface Played {
  readonly operation: string;
  readonly records: readonly string[];
}

export interface Act {
  readonly by: string;
  readonly path: string;
  readonly body?: object;
  /** A file instead of a body: a sheet as CSV unless it says otherwise. */
  readonly file?: string | Buffer;
  readonly type?: string;
  /** The thing addressed; its version goes into If-Match. */
  readonly to?: Thing;
  readonly method?: 'post' | 'patch';
}

/** Somebody who looks on: called before and after each act. */
export interface Onlooker {
  before(act: Act): Promise<void>;
  after(act: Act): Promise<void>;
}

/** A write sent once with `dryRun=true` and then for real, with the same key and version. */
export interface Rehearsed {
  readonly operation: string;
  /** What the rehearsal answered, and what the play did; what is new each time is left out. */
  readonly rehearsal: string;
  readonly play: string;
  /** Tables the rehearsal wrote to. */
  readonly wrote: readonly string[];
}

/** Ids, instants and hashes are made anew each time. */
const NEW = /[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\dT[0-9:.]+Z|\b[0-9a-f]{64}\b/g;

const answered = ({ status, text }: Response): string => `${String(status)} ${text.replaceAll(NEW, '…')}`;

/**
 * Plays one act after the other and remembers what each left in the audit record. As long as somebody looks on, each
 * act that can be is rehearsed first.
 */
export class Stage {
  readonly played: Played[] = [];
  readonly rehearsed: Rehearsed[] = [];

  constructor(
    protected readonly app: TestApp,
    protected onlooker: Onlooker | null,
  ) {}

  /** One write; throws in the words of the application when it is refused. */
  async act(act: Act): Promise<Thing & Record<string, unknown>> {
    await this.onlooker?.before(act);
    const answer = await this.perform(act);
    await this.onlooker?.after(act);
    return answer;
  }

  private async perform({
    by,
    path,
    body,
    file,
    type = 'text/csv',
    to,
    method = 'post',
  }: Act): Promise<Thing & Record<string, unknown>> {
    const caller = await this.app.signIn(by);
    const key = randomUUID();
    const send = (at: string): Test => {
      const call = method === 'post' ? caller.post(at, body) : caller.patch(at, body ?? {});
      void call.set('Idempotency-Key', key);
      if (to !== undefined) void call.set('If-Match', `"v${String(to.version)}"`);
      return file === undefined ? call : call.type(type).send(file);
    };
    const found = this.app.contract.operationOf(method, `/api/v1${path.split('?')[0] ?? ''}`)?.operation;
    const operation = found?.operationId ?? path;
    const rehearsable = found?.parameters.some(({ name }) => name === 'dryRun') === true;
    const rehearsal =
      rehearsable && this.onlooker !== null
        ? await this.rehearse(() => send(`${path}${path.includes('?') ? '&' : '?'}dryRun=true`))
        : null;
    let answer: Thing & Record<string, unknown> = { id: '', version: 0 };
    const records = await this.app.recordsOf(async () => {
      const response = await send(path);
      if (response.status >= 300)
        throw new Error(`${by}: ${method} ${path} → ${String(response.status)} ${response.text}`);
      if (rehearsal !== null) this.rehearsed.push({ operation, play: answered(response), ...rehearsal });
      answer = response.body as typeof answer;
    });
    this.played.push({ operation, records });
    return answer;
  }

  private async rehearse(send: () => Test): Promise<Pick<Rehearsed, 'rehearsal' | 'wrote'>> {
    const before = await this.app.extent();
    const rehearsal = answered(await send());
    const after = await this.app.extent();
    const same = ({ name, rows, last }: (typeof after)[number]): boolean =>
      before.some((one) => one.name === name && one.rows === rows && one.last === last);
    return { rehearsal, wrote: after.filter((one) => !same(one)).map(({ name }) => name) };
  }

  on(day: string): void {
    this.app.clock.playOn(CalendarDate.parse(day));
  }
}
