import { randomUUID } from 'node:crypto';
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

/** Plays one act after the other and remembers what each left in the audit record. */
export class Stage {
  readonly played: Played[] = [];

  constructor(
    protected readonly app: TestApp,
    private readonly onlooker: Onlooker | null = null,
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
    let answer: Thing & Record<string, unknown> = { id: '', version: 0 };
    const records = await this.app.recordsOf(async () => {
      const call = method === 'post' ? caller.post(path, body) : caller.patch(path, body ?? {});
      void call.set('Idempotency-Key', randomUUID());
      if (to !== undefined) void call.set('If-Match', `"v${String(to.version)}"`);
      const response = await (file === undefined ? call : call.type(type).send(file));
      if (response.status >= 300)
        throw new Error(`${by}: ${method} ${path} → ${String(response.status)} ${response.text}`);
      answer = response.body as typeof answer;
    });
    const operation =
      this.app.contract.operationOf(method, `/api/v1${path.split('?')[0] ?? ''}`)?.operation.operationId ??
      path;
    this.played.push({ operation, records });
    return answer;
  }

  on(day: string): void {
    this.app.clock.playOn(CalendarDate.parse(day));
  }
}
