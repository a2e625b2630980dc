import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../audit/command-runner.js';
import type { Unit } from '../audit/unit.js';
import type { Actor } from '../kernel/actor.js';
import type { CalendarDate } from '../kernel/calendar-date.js';
import { notFound, ruleViolated, stateConflict } from '../kernel/failure.js';
import { newId, type CallId } from '../kernel/ids.js';
import { violation } from '../kernel/violation.js';
import { Clock } from '../platform/clock.js';
import type { ReadTx } from '../platform/database/tx.js';
import { keyOf, pageOf, type Page, type PageQuery } from '../platform/http/page.js';
import type { Answer, Invocation } from '../platform/invocation.js';
import type { Call } from './call.entity.js';
import { CallRepository, type CallFilter, type NewCall } from './call.repository.js';
import { callState, judgeNewCall, type CallFacts } from './call.rules.js';

/** A call and the day it is looked at: what state it is in depends on it. */
export interface ShownCall {
  readonly call: Call;
  readonly today: CalendarDate;
}

/** Windows for applications: announced, closed early, read. */
@Injectable()
export class CallService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly calls: CallRepository,
    private readonly clock: Clock,
  ) {}

  open(invocation: Invocation<ShownCall>, call: Omit<NewCall, 'id'>): Promise<Answer> {
    return this.commands.run(invocation, 'call.open', async (unit) => {
      const objections = judgeNewCall(call, unit.today);
      if (objections.length > 0) throw ruleViolated(objections);
      const id = newId<CallId>();
      await this.calls.insert(unit, { ...call, id });
      return this.reread(unit, id);
    });
  }

  /** Ends a call before its last day, or before it began; what was submitted until then stays in time. */
  close(invocation: Invocation<ShownCall>, id: CallId, reason: string): Promise<Answer> {
    return this.commands.run(invocation, 'call.close', async (unit) => {
      const call = await this.calls.lock(unit, id);
      if (call === null) throw notFound();
      unit.expect(call.version);
      if (callState(call, unit.today) === 'closed') throw stateConflict(CLOSED);
      await this.calls.close(unit, id, unit.today, reason);
      return this.reread(unit, id);
    });
  }

  read(actor: Actor, id: CallId): Promise<ShownCall> {
    const today = this.clock.today();
    return this.commands.read(actor, async (tx) => {
      const call = await this.calls.find(tx, id);
      if (call === null) throw notFound();
      return { call, today };
    });
  }

  async list(actor: Actor, { limit, cursor, ...filter }: CallFilter & PageQuery): Promise<Page<ShownCall>> {
    const slice = { after: keyOf(cursor, ['id']), limit: limit + 1 };
    const today = this.clock.today();
    const rows = await this.commands.read(actor, (tx) => this.calls.page(tx, filter, today, slice));
    const { items, nextCursor } = pageOf(rows, limit, ({ id }) => [id]);
    return { items: items.map((call) => ({ call, today })), nextCursor };
  }

  /** The call an application names. @throws Failure 422 `unknown-call` */
  async require(tx: ReadTx, id: CallId): Promise<CallFacts> {
    const call = await this.calls.find(tx, id);
    if (call === null) throw ruleViolated([UNKNOWN]);
    return call;
  }

  private async reread(unit: Unit, id: CallId): Promise<ShownCall> {
    const call = await this.calls.find(unit, id);
    if (call === null) throw notFound();
    unit.concerns({ type: 'call', id, version: call.version, centreId: null, caseId: null });
    return { call, today: unit.today };
  }
}

const CLOSED = { de: 'Der Aufruf ist bereits geschlossen.', en: 'The call is closed already.' };

const UNKNOWN = violation(
  'unknown-call',
  null,
  {
    de: 'Diesen Aufruf gibt es nicht. Welche offen sind, sagt call.list.',
    en: 'There is no such call. call.list says which are open.',
  },
  '/callId',
);
