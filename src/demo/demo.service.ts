import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../audit/command-runner.js';
import { technicalActor } from '../kernel/actor.js';
import { newId } from '../kernel/ids.js';
import { Clock } from '../platform/clock.js';
import { centres } from './data/centres.js';
import { DemoCast, municipalityName, statewideCast } from './demo-cast.service.js';
import { DemoHouses } from './demo-houses.service.js';
import { DemoStage, type Progress } from './demo-stage.js';
import { DemoRepository } from './demo.repository.js';
import { commandsOf, playYear } from './demo-year.js';
import { demoYears } from './data/years.js';
import { opening } from './opening.js';

/** A year's statewide split, as the start-up prints it. */
export type YearSummary = Awaited<ReturnType<DemoHouses['splits']['statewide']>>;

@Injectable()
export class DemoService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly clock: Clock,
    private readonly demo: DemoRepository,
    private readonly cast: DemoCast,
    private readonly houses: DemoHouses,
  ) {}

  /** Plays what has not been played: once, in order, going on where an earlier start was broken off. */
  async play(show: Progress): Promise<void> {
    const played = await this.played();
    const missing = demoYears.filter(({ year }) => !played.includes(year));
    if (missing.length === 0) return;
    try {
      const first = new DemoStage('opening', this.cast, this.clock, { show, total: opening.commands });
      const { houses } = this;
      const recorded = await opening.play({ cast: this.cast, houses, stage: first });
      for (const year of missing) {
        const stage = new DemoStage(String(year.year), this.cast, this.clock, {
          show,
          total: commandsOf(year),
        });
        await playYear(year, { houses, stage, recorded });
        await this.keep(year.year);
      }
    } finally {
      this.clock.playOn(null);
    }
  }

  /** The statewide split of every year that was played. */
  async summary(): Promise<YearSummary[]> {
    const actor = await this.cast.actor('lrh-1');
    return Promise.all((await this.played()).map((year) => this.houses.splits.statewide(actor, year, null)));
  }

  /** Everybody knows the demo's password, so a server that is no demo does not start over its accounts. */
  async refuseDemoSignIns(): Promise<void> {
    const municipalities = centres.map(({ ags }) => municipalityName(ags));
    for (const username of ['admin-1', 'admin-2', ...Object.keys(statewideCast), ...municipalities]) {
      if (await this.cast.opens(username)) {
        throw new Error(
          `The account ${username} of this database opens with the demo's password. Start with DEMO=true for a demo, or use another database.`,
        );
      }
    }
  }

  private played(): Promise<number[]> {
    return this.commands.read(technicalActor('system'), (tx) => this.demo.playedYears(tx));
  }

  private async keep(year: number): Promise<void> {
    const invocation = {
      actor: technicalActor('system'),
      requestId: newId(),
      idempotency: null,
      expectedVersion: null,
      dryRun: false,
      present: () => ({ status: 200, body: null }),
    };
    await this.commands.run(invocation, 'demo.finishYear', async (unit) => {
      const id = newId();
      await this.demo.keepYear(unit, id, year);
      unit.concerns({ type: 'demo-year', id, version: 1, centreId: null, caseId: null });
      return null;
    });
  }
}
