import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../audit/command-runner.js';
import type { Actor } from '../kernel/actor.js';
import type { Text } from '../kernel/violation.js';
import { Clock } from '../platform/clock.js';
import { keyOf, pageOf, type Page, type PageQuery } from '../platform/http/page.js';
import { waitingWork, workKinds, type WorkKind } from './waiting-work.repository.js';
import { ageInDays, kindsFor, lastDayOver, personsOf } from './waiting.rules.js';
import { WorkListRepository, type WorkFilter, type WorkItem } from './work-list.repository.js';

/** Something that waits, with what is to be done about it and for how long it has waited. */
export interface WaitingItem extends WorkItem {
  readonly operation: string;
  readonly text: Text;
  readonly ageDays: number;
}

/** What waits for whoever asks: by role, powers and person, oldest first. */
@Injectable()
export class WorkListService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly work: WorkListRepository,
    private readonly clock: Clock,
  ) {}

  async list(
    actor: Actor,
    { kind, ...filter }: WorkFilter & { readonly kind: WorkKind | null },
    { limit, cursor }: PageQuery,
  ): Promise<Page<WaitingItem>> {
    const after = keyOf(cursor, ['day', 'instant', 'id', 'text']);
    const table = workKinds.map((each) => ({ ...waitingWork[each], kind: each }));
    const kinds = kindsFor(table, actor).filter((each) => kind === null || each === kind);
    if (kinds.length === 0) return { items: [], nextCursor: null };
    const today = this.clock.today();
    const asking = { kinds, persons: personsOf(actor), today, over: lastDayOver(today) };
    const rows = await this.commands.read(actor, (tx) =>
      this.work.list(tx, asking, filter, { after, limit: limit + 1 }),
    );
    const { items, nextCursor } = pageOf(rows, limit, (row) => [
      ...[row.sinceOn.toString(), row.since, row.subjectId, row.kind],
    ]);
    return {
      items: items.map((item) => {
        const { operation, text } = waitingWork[item.kind];
        return { ...item, operation, text, ageDays: ageInDays(item.sinceOn, today) };
      }),
      nextCursor,
    };
  }
}
