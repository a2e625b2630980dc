import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../audit/command-runner.js';
import { PublishedFigureService } from '../financing/published-figure.service.js';
import type { Actor } from '../kernel/actor.js';
import { ruleViolated } from '../kernel/failure.js';
import type { CalendarDate } from '../kernel/calendar-date.js';
import type { CentreId } from '../kernel/ids.js';
import { Clock } from '../platform/clock.js';
import type { Key } from '../platform/http/page.js';
import { compare } from './reconciliation.rules.js';
import { judgeYears } from './split.rules.js';
import { SplitRepository, type CentreSplit } from './split.repository.js';

export interface SplitWishes {
  readonly fundingYear: number;
  readonly centreId: CentreId | null;
  /** Null for today. */
  readonly asOf: CalendarDate | null;
  /** An instant; null for everything recorded by now. */
  readonly knownAt: string | null;
  readonly after: Key | null;
  readonly limit: number;
}

export interface SeriesWishes {
  readonly from: number;
  readonly to: number;
  /** Null for the whole Land. */
  readonly centreId: CentreId | null;
  readonly asOf: CalendarDate | null;
  readonly knownAt: string | null;
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

  statewide(actor: Actor, fundingYear: number, asOf: CalendarDate | null, knownAt: string | null = null) {
    const day = asOf ?? this.clock.today();
    return this.commands.read(actor, async (tx) => {
      const totals = await this.repository.statewide(tx, fundingYear, { asOf: day, knownAt });
      return {
        fundingYear,
        asOf: day,
        knownAt,
        ...totals,
        published: await this.figures.figuresOf(tx, fundingYear),
      };
    });
  }

  /** Year by year, of the Land or of one centre. @throws Failure 422 for years in the wrong order or too many */
  series(actor: Actor, { from, to, centreId, asOf, knownAt }: SeriesWishes) {
    const objections = judgeYears(from, to);
    if (objections.length > 0) throw ruleViolated(objections);
    const horizon = { asOf: asOf ?? this.clock.today(), knownAt };
    return this.commands.read(actor, async (tx) => ({
      ...{ from, to, centreId, ...horizon },
      years: await this.repository.series(tx, { from, to, centreId }, horizon),
    }));
  }

  /** Published figures beside the books, with what might explain a difference and without claiming that it does. */
  reconciliation(actor: Actor, fundingYear: number) {
    const asOf = this.clock.today();
    return this.commands.read(actor, async (tx) => {
      const { splits } = await this.repository.statewide(tx, fundingYear, { asOf, knownAt: null });
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
export type SeriesAnswer = Awaited<ReturnType<SplitService['series']>>;
export type Reconciliation = Awaited<ReturnType<SplitService['reconciliation']>>;
