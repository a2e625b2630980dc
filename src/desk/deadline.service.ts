import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../audit/command-runner.js';
import { permits } from '../identity/access.rules.js';
import type { Actor } from '../kernel/actor.js';
import type { CalendarDate } from '../kernel/calendar-date.js';
import type { CentreId } from '../kernel/ids.js';
import { Clock } from '../platform/clock.js';
import { keyOf, pageOf, type Key, type Page, type PageQuery } from '../platform/http/page.js';
import { DeadlineRepository, type RunningPeriod } from './deadline.repository.js';
import {
  daysLeft,
  deadlineKinds,
  deadlineRules,
  type DeadlineKind,
  type DeadlineRule,
  type Ending,
} from './deadline.rules.js';

export interface DeadlineFilter {
  readonly until: CalendarDate | null;
  readonly overdue: boolean | null;
  readonly kind: DeadlineKind | null;
  readonly centreId: CentreId | null;
}

export interface Deadline extends RunningPeriod, Ending {
  readonly rule: DeadlineRule;
  readonly daysLeft: number;
}

/** Deadlines are computed each time they are asked for, from what happened and the rules; none is stored. */
@Injectable()
export class DeadlineService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly periods: DeadlineRepository,
    private readonly clock: Clock,
  ) {}

  async list(
    actor: Actor,
    { until, overdue, kind, centreId }: DeadlineFilter,
    { limit, cursor }: PageQuery,
  ): Promise<Page<Deadline>> {
    const after = keyOf(cursor, ['day', 'text', 'id']);
    const today = this.clock.today();
    const kinds = deadlineKinds.filter(
      (each) => (kind === null || each === kind) && permits(deadlineRules[each].seenBy, actor.role),
    );
    if (kinds.length === 0) return { items: [], nextCursor: null };
    const periods = await this.commands.read(actor, (tx) => this.periods.running(tx, kinds, today, centreId));
    const wanted = periods
      .flatMap((period) => deadlineOf(period, today) ?? [])
      .filter(({ dueOn }) => until === null || !dueOn.isAfter(until))
      .filter((one) => overdue === null || one.daysLeft < 0 === overdue)
      .filter((one) => after === null || compare(keyOfDeadline(one), after) > 0)
      .sort((a, b) => compare(keyOfDeadline(a), keyOfDeadline(b)));
    return pageOf(wanted.slice(0, limit + 1), limit, keyOfDeadline);
  }
}

function deadlineOf(period: RunningPeriod, today: CalendarDate): Deadline | null {
  const rule: DeadlineRule = deadlineRules[period.kind];
  const ending = rule.ending(period.facts);
  return ending === null ? null : { ...period, ...ending, rule, daysLeft: daysLeft(ending.dueOn, today) };
}

function keyOfDeadline({ dueOn, kind, subjectId }: Deadline): Key {
  return [dueOn.toString(), kind, subjectId];
}

function compare(a: Key, b: Key): number {
  const [left, right] = [a.join(' '), b.join(' ')];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
