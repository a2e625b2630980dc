import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../audit/command-runner.js';
import type { Actor } from '../kernel/actor.js';
import { Money } from '../kernel/money.js';
import { Clock } from '../platform/clock.js';
import { BurnDownRepository, type BurnDownFilter } from './burn-down.repository.js';
import { burnDown } from './burn-down.rules.js';

/** How the year's money burns down, and where it will stand at the end of the year. */
@Injectable()
export class BurnDownService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly repository: BurnDownRepository,
    private readonly clock: Clock,
  ) {}

  report(actor: Actor, filter: BurnDownFilter) {
    const asOf = this.clock.today();
    const ofCentre = filter.by === 'centre' || filter.centreId !== null;
    const view = { by: filter.by, ofCentre, thisMonth: asOf.toString().slice(0, 7) };
    return this.commands.read(actor, async (tx) => {
      const expected = await this.repository.expected(tx, filter);
      const rows = burnDown(await this.repository.movements(tx, filter), expected, view);
      const expectedPaid = expected.at(-1)?.amount ?? Money.zero;
      return { fundingYear: filter.fundingYear, by: filter.by, asOf, rows, expectedPaid };
    });
  }
}

export type BurnDown = Awaited<ReturnType<BurnDownService['report']>>;
