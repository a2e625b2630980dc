import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../audit/command-runner.js';
import { PublishedFigureService } from '../financing/published-figure.service.js';
import type { Actor } from '../kernel/actor.js';
import type { CalendarDate } from '../kernel/calendar-date.js';
import type { CentreId } from '../kernel/ids.js';
import { Clock } from '../platform/clock.js';
import type { Key } from '../platform/http/page.js';
import { compare } from './reconciliation.rules.js';
import { SplitRepository, type CentreSplit } from './split.repository.js';

export interface SplitWishes {
  readonly fundingYear: number;
  readonly centreId: CentreId | null;
  /** Null for today. */
  readonly asOf: CalendarDate | null;
  readonly after: Key | null;
  readonly limit: number;
}

/** Who pays for what: by centre, for the whole Land, and beside what was published about it. */
@Injectable()
export class SplitService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly repository: SplitRepository,
    private readonly figures: PublishedFigureService,
    private readonly clock: Clock,
  ) {}

  splits(actor: Actor, { asOf, ...wishes }: SplitWishes): Promise<CentreSplit[]> {
    const filter = { ...wishes, asOf: asOf ?? this.clock.today() };
    return this.commands.read(actor, (tx) => this.repository.splits(tx, filter));
  }

  statewide(actor: Actor, fundingYear: number, asOf: CalendarDate | null) {
    const day = asOf ?? this.clock.today();
    return this.commands.read(actor, async (tx) => {
      const totals = await this.repository.statewide(tx, fundingYear, day);
      return { fundingYear, asOf: day, ...totals, published: await this.figures.figuresOf(tx, fundingYear) };
    });
  }

  /** Published figures beside the books, with what might explain a difference and without claiming that it does. */
  reconciliation(actor: Actor, fundingYear: number) {
    const asOf = this.clock.today();
    return this.commands.read(actor, async (tx) => {
      const { splits } = await this.repository.statewide(tx, fundingYear, asOf);
      const books = splits.map(({ source, committed, modelledCommitted }) => ({
        source,
        committed,
        modelled: modelledCommitted,
      }));
      const figures = await this.figures.figuresOf(tx, fundingYear);
      return {
        fundingYear,
        asOf,
        lines: figures.map((figure) => ({ figure, ...compare(figure, books) })),
        candidates: await this.figures.candidatesOf(tx, fundingYear),
      };
    });
  }
}

export type StatewideAnswer = Awaited<ReturnType<SplitService['statewide']>>;
export type Reconciliation = Awaited<ReturnType<SplitService['reconciliation']>>;
