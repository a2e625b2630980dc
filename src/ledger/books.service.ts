import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../audit/command-runner.js';
import { technicalActor } from '../kernel/actor.js';
import { bookChecks, BooksRepository, type BookCount, type BookFault } from './books.repository.js';

export interface BookReport extends BookCount {
  readonly checks: readonly string[];
  readonly faults: readonly BookFault[];
}

/** Whether the books are true: recomputed from the transfers and the audit record, in one snapshot. */
@Injectable()
export class BooksService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly books: BooksRepository,
  ) {}

  verify(): Promise<BookReport> {
    return this.commands.read(technicalActor('system'), async (tx) => {
      await this.books.takeTime(tx);
      return {
        checks: bookChecks,
        faults: await this.books.faults(tx),
        ...(await this.books.count(tx)),
      };
    });
  }
}
