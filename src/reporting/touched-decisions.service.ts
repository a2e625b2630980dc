import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../audit/command-runner.js';
import { ReplayService } from '../grants/decision/replay.service.js';
import type { Actor } from '../kernel/actor.js';
import type { GuidelineVersionId } from '../kernel/ids.js';
import type { GuidelineFacts } from '../programmes/guideline.rules.js';
import { ProgrammeService } from '../programmes/programme.service.js';
import { touchedBy, type TouchedDecision } from './touched-decisions.rules.js';

export interface TouchedDecisions {
  readonly version: GuidelineFacts;
  readonly touched: readonly TouchedDecision[];
}

/** What a guideline that reaches back does to decisions already made; it changes none of them. */
@Injectable()
export class TouchedDecisionsService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly programmes: ProgrammeService,
    private readonly decisions: ReplayService,
  ) {}

  touched(actor: Actor, id: GuidelineVersionId): Promise<TouchedDecisions> {
    return this.commands.read(actor, async (tx) => {
      const { facts: version } = await this.programmes.require(tx, id);
      const grants = await this.decisions.releasedGrants(tx, version.programme);
      return { version, touched: grants.flatMap((grant) => touchedBy(version, grant) ?? []) };
    });
  }
}
