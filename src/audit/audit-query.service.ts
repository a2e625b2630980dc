import { Injectable } from '@nestjs/common';
import type { Actor } from '../kernel/actor.js';
import { notFound } from '../kernel/failure.js';
import {
  AuditQueryRepository,
  type RecordBody,
  type RecordFilter,
  type RecordHead,
  type RowChange,
} from './audit-query.repository.js';
import { CommandRunner } from './command-runner.js';

/** A record in full. The journal behind it is for auditors; for others `rowChanges` is null. */
export interface RecordInFull extends RecordBody {
  readonly rowChanges: readonly RowChange[] | null;
}

@Injectable()
export class AuditQueryService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly records: AuditQueryRepository,
  ) {}

  list(actor: Actor, filter: RecordFilter): Promise<RecordHead[]> {
    return this.commands.read(actor, (tx) => this.records.list(tx, filter));
  }

  /** @throws Failure 404 for a record that does not exist, or not for this actor. */
  read(actor: Actor, id: number): Promise<RecordInFull> {
    return this.commands.read(actor, async (tx) => {
      const found = await this.records.find(tx, id);
      if (found === null) throw notFound();
      return {
        ...found,
        rowChanges: actor.role === 'auditor' ? await this.records.rowChanges(tx, id) : null,
      };
    });
  }
}
