import pLimit from 'p-limit';
import type { Actor } from '../kernel/actor.js';
import { CalendarDate } from '../kernel/calendar-date.js';
import type { Clock } from '../platform/clock.js';
import type { Answer, Invocation } from '../platform/invocation.js';
import { itself, keyed, type DemoCast, type Outcome } from './demo-cast.service.js';

export type Progress = (title: string, done: number, total: number) => void;

const AT_ONCE = 4;

/** Where a demo year is played: day by day, each command by its person, under a key that never changes. */
export class DemoStage {
  private done = 0;

  constructor(
    readonly title: string,
    private readonly cast: DemoCast,
    private readonly clock: Clock,
    private readonly progress: { readonly show: Progress; readonly total: number },
  ) {}

  /** From here on it is this day. */
  on(day: string): void {
    this.clock.playOn(CalendarDate.parse(day));
  }

  /** One command by one person, whose result carries id and version itself. */
  command<R extends Outcome>(
    who: string,
    key: string,
    call: (invocation: Invocation<R>) => Promise<Answer>,
  ): Promise<Outcome> {
    return this.commandOf<R>({ who, key, outcome: itself }, call);
  }

  /** One command by one person; `outcome` finds what to go on from in its result. */
  async commandOf<R>(
    { who, key, outcome }: { who: string; key: string; outcome: (result: R) => Outcome },
    call: (invocation: Invocation<R>) => Promise<Answer>,
  ): Promise<Outcome> {
    const result = await keyed(await this.cast.actor(who), `${this.title}/${key}`, outcome, call);
    this.advance(1);
    return result;
  }

  /** Somebody of the cast, to read as. */
  actor(who: string): Promise<Actor> {
    return this.cast.actor(who);
  }

  /** Counts commands that were run elsewhere. */
  advance(commands: number): void {
    this.done += commands;
    this.progress.show(this.title, Math.min(this.done, this.progress.total), this.progress.total);
  }

  /** The same act by many on one day, a few at a time, as it would be. */
  async all<T, R>(many: readonly T[], act: (one: T) => Promise<R>): Promise<R[]> {
    const limit = pLimit(AT_ONCE);
    return Promise.all(many.map((one) => limit(() => act(one))));
  }
}
